"""The upkeep of seals: everything sealed anew with the current key, and whether the keys at hand are the right ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Column, Table, bindparam, func, select, update
from sqlmodel import Session, col

from registry import kinds
from registry.db.engine import vault_of
from registry.db.sealing import SealBroken
from registry.db.tables import DocumentNumber, metadata
from registry.declarations import drafts, edition_files
from registry.declarations.records import CONTACT_PURPOSE, NUMBER_PURPOSE, SECRET_PURPOSE, Reveal, shown_number

# A purpose is `table.column`, which is why it can be told from the seal that a value was moved.
PURPOSES: Final = (NUMBER_PURPOSE, CONTACT_PURPOSE, SECRET_PURPOSE, drafts.PURPOSE, edition_files.KEY_PURPOSE)
BATCH: Final = 500
UNKNOWN: Final = "?"


def reseal(session: Session, *, advance: Callable[[int], object] = lambda count: None) -> int:
    """Seal with the current key whatever is sealed with another; return how many values that were.

    `advance` hears of every batch. Rows are locked while they are resealed, so a draft that is being written keeps what
    was written last.

    Raises:
        SealBroken: a value's key is not in the ring; nothing was changed, once the caller has rolled back.
    """
    done = 0
    for purpose in PURPOSES:
        last = 0
        while batch := _lock_outdated(session, purpose, after=last):
            _reseal(session, purpose, batch)
            last = batch[-1][0]
            done += len(batch)
            advance(len(batch))
    return done


def count_by_key(session: Session) -> dict[str, int]:
    """Return how many values each key of the ring has sealed, and under UNKNOWN those whose key is not in it."""
    counts = dict.fromkeys(vault_of(session).key_ids, 0)
    total = 0
    for _, column in map(_place, PURPOSES):
        total += session.execute(select(func.count(column))).scalar_one()
        for key_id in counts:
            counts[key_id] += session.execute(
                select(func.count()).where(column.startswith(f"{key_id}.", autoescape=True))
            ).scalar_one()
    return {**counts, UNKNOWN: total - sum(counts.values())}


def find_unopenable(session: Session) -> tuple[str, ...]:
    """Try one value of every column and key; return `column (key)` for each that does not open.

    A key of the right name can still be another registry's, after a backup was put back with the wrong key file.
    """
    vault = vault_of(session)
    broken = []
    for purpose in PURPOSES:
        table, column = _place(purpose)
        for key_id in vault.key_ids:
            newest = select(column).where(column.startswith(f"{key_id}.", autoescape=True)).order_by(table.c.id.desc())
            sealed = session.execute(newest.limit(1)).scalar_one_or_none()
            try:
                if sealed is not None:
                    vault.open(sealed, purpose=purpose)
            except SealBroken:
                broken.append(f"{purpose} ({key_id})")
    return tuple(broken)


def finds_numbers(session: Session) -> bool:
    """Whether the look-up key still leads from a sealed number to its row; True where there is none to try.

    Raises:
        SealBroken: the number itself cannot be opened.
    """
    statement = select(DocumentNumber).where(col(DocumentNumber.sealed).is_not(None))
    number = session.execute(statement.order_by(col(DocumentNumber.id).desc()).limit(1)).scalars().first()
    if number is None:
        return True
    text = shown_number(session, number, Reveal.FULL)
    vault = vault_of(session)
    return number.key in {vault.lookup_key(form) for form in kinds.lookup_forms(text)}


def _lock_outdated(session: Session, purpose: str, *, after: int) -> list[tuple[int, str]]:
    table, column = _place(purpose)
    current = f"{vault_of(session).current_key}."
    outdated = (
        select(table.c.id, column)
        .where(table.c.id > after, column.is_not(None), ~column.startswith(current, autoescape=True))
        .order_by(table.c.id)
        .limit(BATCH)
        .with_for_update()
    )
    return [(row, sealed) for row, sealed in session.execute(outdated)]


def _reseal(session: Session, purpose: str, batch: list[tuple[int, str]]) -> None:
    table, column = _place(purpose)
    vault = vault_of(session)
    resealed = [
        {"row": row, "resealed": vault.seal(vault.open(sealed, purpose=purpose).reveal(), purpose=purpose)}
        for row, sealed in batch
    ]
    change = update(table).where(table.c.id == bindparam("row")).values({column: bindparam("resealed")})
    session.connection().execute(change, resealed)


def _place(purpose: str) -> tuple[Table, Column[str | None]]:
    table_name, _, column_name = purpose.partition(".")
    table = metadata.tables[table_name]
    return table, table.c[column_name]
