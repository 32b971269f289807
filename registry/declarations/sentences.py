"""The sentences of declarations as everybody may read them, without loading the declarations themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from sqlalchemy import func, select

from registry.db.direct import Query, Reader, param
from registry.db.tables import metadata
from registry.wording import fill

_MOST_AT_ONCE: Final = 32


def public_sentences(reader: Reader, ids: Iterable[int]) -> dict[int, str]:
    """Return the sentences of these declarations by their ids, sensitive numbers masked."""
    wanted = list(dict.fromkeys(ids))
    sentences: dict[int, str] = {}
    for start in range(0, len(wanted), _MOST_AT_ONCE):
        sentences.update(_sentences(reader, wanted[start : start + _MOST_AT_ONCE]))
    return sentences


def _sentences(reader: Reader, ids: list[int]) -> dict[int, str]:
    size = 1 if len(ids) == 1 else _MOST_AT_ONCE
    values = {f"id{place}": ids[min(place, len(ids) - 1)] for place in range(size)}
    statements: dict[int, str] = {}
    numbers: dict[int, list[str]] = {}
    for number, statement, shown in reader.rows(_query(size), values):
        statements[number] = statement
        if shown is not None:
            numbers.setdefault(number, []).append(shown)
    return {number: fill(statement, numbers.get(number, [])) for number, statement in statements.items()}


@cache
def _query(size: int) -> Query:
    tables = metadata.tables
    declaration, document, number = tables["declaration"], tables["document"], tables["document_number"]
    # A sensitive number has no `printed`, by a constraint of the table, so its mask stands in its place.
    shown = func.coalesce(number.c.printed, number.c.masked)
    return Query(
        select(declaration.c.id, declaration.c.statement, shown)
        .select_from(declaration)
        .join(document, document.c.declaration_id == declaration.c.id, isouter=True)
        .join(number, number.c.document_id == document.c.id, isouter=True)
        .where(declaration.c.id.in_([param(f"id{place}") for place in range(size)]))
        .order_by(declaration.c.id, document.c.position, number.c.position)
    )
