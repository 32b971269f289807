"""Published editions by month, for the calendar of them. Each query reads the editions it tells of, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, extract, func
from sqlmodel import Session, col, select

from registry.db.tables import Declaration, Edition
from registry.declarations.editions import EditionCount


@dataclass(frozen=True, slots=True)
class Around:
    """The days of the first and the last edition there is, and of those that come next before and after some days."""

    first: date | None
    last: date | None
    before: date | None
    after: date | None


def month_of(day: date) -> date:
    """Return the first day of its month, by which a month is named."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def list_month(session: Session, month: date) -> list[EditionCount]:
    """Return the published editions of a month with their counts, by day."""
    counted = select(func.count(col(Declaration.id))).where(
        Declaration.edition_id == Edition.id, col(Declaration.published_on).is_not(None)
    )
    statement = (
        select(Edition, counted.scalar_subquery())
        .where(*_published(month, month_after(month)))
        .order_by(col(Edition.day), col(Edition.id))
    )
    return [EditionCount(edition, count) for edition, count in session.exec(statement)]


def count_editions(session: Session, year: int) -> dict[int, int]:
    """Return how many editions were published in each month of a year that has any: 1 for January."""
    month = extract("month", col(Edition.day))
    statement = select(month, func.count(col(Edition.id))).where(*_published(date(year, 1, 1), date(year + 1, 1, 1)))
    return {int(number): count for number, count in session.exec(statement.group_by(month))}


def find_around(session: Session, month: date) -> Around:
    """Return which editions there are besides those of a month."""
    published = col(Edition.published_at).is_not(None)
    first = select(func.min(Edition.day)).where(published)
    last = select(func.max(Edition.day)).where(published)
    return Around(
        first=session.exec(first).one(),
        last=session.exec(last).one(),
        before=session.exec(last.where(col(Edition.day) < month)).one(),
        after=session.exec(first.where(col(Edition.day) >= month_after(month))).one(),
    )


def _published(since: date, before: date) -> tuple[ColumnElement[bool], ...]:
    return col(Edition.published_at).is_not(None), col(Edition.day) >= since, col(Edition.day) < before
