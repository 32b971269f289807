"""The public list: published declarations, newest first, filtered, a page at a time by keyset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from registry import kinds
from registry.db.tables import Declaration, Document, Edition
from registry.declarations.public import PublicDeclaration, list_by_ids
from registry.declarations.states import PUBLIC
from registry.search.text import matches

PAGE_SIZE = 25
BATCH = 500
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all.

    Attributes:
        kind, family: slugs of the catalogue; a declaration with one such document is found.
        edition: the number of one.
    """

    words: str = ""
    kind: str = ""
    family: str = ""
    status: str = ""
    published_from: date | None = None
    published_to: date | None = None
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: what follows it is older, or newer when `newer` is set."""

    published_on: date
    declaration_id: int
    newer: bool = False

    def __str__(self) -> str:
        return f"{'n' if self.newer else 'o'}{self.published_on:%Y%m%d}-{self.declaration_id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """Return the cursor that `str` wrote; None for anything else, so that a torn address shows the first page."""
        match = re.fullmatch(r"([no])(\d{4})(\d\d)(\d\d)-(\d{1,18})", text, re.ASCII)
        if not match:
            return None
        try:
            day = date(int(match[2]), int(match[3]), int(match[4]))
        except ValueError:
            return None
        return cls(day, int(match[5]), newer=match[1] == "n")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list. `total` is capped at MOST_COUNTED + 1, which means "more than can be counted fast"."""

    declarations: list[PublicDeclaration]
    total: int
    newer: Cursor | None = None
    older: Cursor | None = None
    filters: Filters = field(default_factory=Filters)

    @property
    def total_is_capped(self) -> bool:
        return self.total > MOST_COUNTED


def list_public(session: Session, filters: Filters, *, cursor: Cursor | None = None, size: int = PAGE_SIZE) -> Page:
    """Return a page of published declarations, newest first."""
    total = count_public(session, filters)
    found = list_by_ids(session, _ids(session, filters, cursor, size + 1))
    newer = bool(cursor and cursor.newer)
    more = len(found) > size
    rows = found[:size]
    if newer:
        rows.reverse()
    if not rows:
        return Page([], total, filters=filters)
    return Page(
        rows,
        total,
        newer=_cursor(rows[0], newer=True) if (more if newer else cursor is not None) else None,
        older=_cursor(rows[-1], newer=False) if (True if newer else more) else None,
        filters=filters,
    )


def iterate_public(session: Session, filters: Filters, *, batch: int = BATCH) -> Iterator[PublicDeclaration]:
    """Yield every published declaration that the filters let through, newest first, however many there are.

    Read in batches by keyset, so that memory stays level; what is published meanwhile is newer and does not come.
    """
    cursor = None
    while found := list_by_ids(session, _ids(session, filters, cursor, batch)):
        yield from found
        cursor = _cursor(found[-1], newer=False)


def count_public(session: Session, filters: Filters) -> int:
    """Return how many declarations the filters let through; MOST_COUNTED + 1 where there are more."""
    found = select(col(Declaration.id)).where(*_conditions(session, filters)).limit(MOST_COUNTED + 1)
    count: int = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    return count


def _ids(session: Session, filters: Filters, cursor: Cursor | None, most: int) -> list[int]:
    day, number = col(Declaration.published_on), col(Declaration.id)
    statement = select(number).where(*_conditions(session, filters))
    if cursor and cursor.newer:
        after = or_(day > cursor.published_on, and_(day == cursor.published_on, number > cursor.declaration_id))
        statement = statement.where(day >= cursor.published_on, after).order_by(day, number)
    else:
        if cursor:
            before = or_(day < cursor.published_on, and_(day == cursor.published_on, number < cursor.declaration_id))
            # The first bound says nothing new, but it is the one that an index can start from.
            statement = statement.where(day <= cursor.published_on, before)
        statement = statement.order_by(day.desc(), number.desc())
    return [found for found in session.execute(statement.limit(most)).scalars() if found is not None]


def _conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        col(Declaration.published_on).is_not(None),
        col(Declaration.status).in_((filters.status,) if filters.status else PUBLIC),
    ]
    for slugs in _slugs(filters):
        holding = select(col(Document.declaration_id)).where(col(Document.kind).in_(slugs))
        conditions.append(col(Declaration.id).in_(holding))
    if filters.published_from:
        conditions.append(col(Declaration.published_on) >= filters.published_from)
    if filters.published_to:
        conditions.append(col(Declaration.published_on) <= filters.published_to)
    if filters.edition is not None:
        edition = select(col(Edition.id)).where(col(Edition.number) == filters.edition)
        conditions.append(col(Declaration.edition_id) == edition.scalar_subquery())
    found = matches(session, filters.words)
    if found is not None:
        conditions.append(found)
    return conditions


def _slugs(filters: Filters) -> Iterator[tuple[str, ...]]:
    if filters.kind:
        yield (filters.kind,)
    if filters.family:
        yield tuple(kind.slug for kind in kinds.CATALOGUE if kind.family == filters.family)


def _cursor(declaration: PublicDeclaration, *, newer: bool) -> Cursor:
    return Cursor(declaration.published_on, declaration.declaration_id, newer=newer)
