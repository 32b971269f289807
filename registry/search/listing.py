"""The public list: published declarations, newest first, filtered, a page at a time by keyset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from registry.db.tables import Declaration, Document
from registry.declarations.queries import whole
from registry.declarations.states import PUBLIC
from registry.search.text import matches

PAGE_SIZE = 25
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all."""

    words: str = ""
    kind: str = ""
    status: str = ""
    published_from: date | None = None
    published_to: date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two declarations: those after it are older, or newer when `newer` is set."""

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

    declarations: list[Declaration]
    total: int
    newer: Cursor | None = None
    older: Cursor | None = None
    filters: Filters = field(default_factory=Filters)

    @property
    def total_is_capped(self) -> bool:
        return self.total > MOST_COUNTED


def list_public(session: Session, filters: Filters, *, cursor: Cursor | None = None, size: int = PAGE_SIZE) -> Page:
    """Return a page of published declarations, newest first."""
    conditions = _conditions(session, filters)
    total = session.exec(
        select(func.count()).select_from(select(Declaration.id).where(*conditions).limit(MOST_COUNTED + 1).subquery())
    ).one()
    rows = _rows(session, conditions, cursor, size)
    newer = bool(cursor and cursor.newer)
    more = len(rows) > size
    rows = rows[:size]
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


def _rows(
    session: Session, conditions: list[ColumnElement[bool]], cursor: Cursor | None, size: int
) -> list[Declaration]:
    day, number = col(Declaration.published_on), col(Declaration.id)
    statement = select(Declaration).where(*conditions)
    if cursor and cursor.newer:
        after = or_(day > cursor.published_on, and_(day == cursor.published_on, number > cursor.declaration_id))
        statement = statement.where(day >= cursor.published_on, after).order_by(day, number)
    else:
        if cursor:
            before = or_(day < cursor.published_on, and_(day == cursor.published_on, number < cursor.declaration_id))
            # The first bound says nothing new, but it is the one that an index can start from.
            statement = statement.where(day <= cursor.published_on, before)
        statement = statement.order_by(day.desc(), number.desc())
    return list(session.exec(statement.limit(size + 1).options(*whole())))


def _conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        col(Declaration.published_on).is_not(None),
        col(Declaration.status).in_((filters.status,) if filters.status else PUBLIC),
    ]
    if filters.kind:
        holding = select(Document.declaration_id).where(Document.kind == filters.kind)
        conditions.append(col(Declaration.id).in_(holding))
    if filters.published_from:
        conditions.append(col(Declaration.published_on) >= filters.published_from)
    if filters.published_to:
        conditions.append(col(Declaration.published_on) <= filters.published_to)
    found = matches(session, filters.words)
    if found is not None:
        conditions.append(found)
    return conditions


def _cursor(declaration: Declaration, *, newer: bool) -> Cursor:
    assert declaration.published_on is not None
    assert declaration.id is not None
    return Cursor(declaration.published_on, declaration.id, newer=newer)
