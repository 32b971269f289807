"""Editions: what is published on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from registry import clock
from registry.db.engine import lock_log
from registry.db.tables import Declaration, Document, Edition
from registry.declarations import indexing
from registry.declarations.column_order import arrange, keep_places
from registry.declarations.states import PUBLIC, SYSTEM, Actor, change_status
from registry.errors import NotFound, StaleChange, TransitionRefused

# The order in which a published column was printed. Before places were kept, that was as it had come in.
_PRINTED: Final = (col(Declaration.column_place), col(Declaration.submitted_at), col(Declaration.id))


@dataclass(frozen=True, slots=True)
class EditionSum:
    """What the declarations of an edition cost together, in fen; `without` counts those that have no price."""

    fen: int
    without: int


@dataclass(frozen=True, slots=True)
class EditionCount:
    """An edition with how many declarations stand in it."""

    edition: Edition
    declarations: int


def open_edition(session: Session, *, day: date, today: date) -> Edition:
    """Return the edition of `day`, making it when it is the first thing approved for that day.

    Raises:
        TransitionRefused: the day is past, or its edition is already published.
    """
    if day < today:
        raise TransitionRefused(f"the edition of {day} is in the past")
    lock_log(session)
    edition = get_edition(session, day)
    if edition is None:
        edition = Edition(day=day)
        session.add(edition)
        session.flush()
    if edition.published_at is not None:
        raise TransitionRefused(f"the edition of {day} is published")
    return edition


def publish(session: Session, *, day: date, today: date, actor: Actor, seen: int | None = None) -> Edition:
    """Publish an edition: number it, publish what is approved for it, and carry out its corrections and withdrawals.

    `seen` is how many declarations the editor read before agreeing.

    Raises:
        NotFound: there is no edition of that day.
        StaleChange: by now there are more or fewer than were seen.
        TransitionRefused: it is out already, its day is not yet come, or it is empty.
    """
    lock_log(session)
    edition = get_edition(session, day)
    if edition is None:
        raise NotFound(f"no edition of {day}")
    if edition.published_at is not None:
        raise TransitionRefused(f"the edition of {day} is published")
    if day > today:
        raise TransitionRefused(f"the edition of {day} is not yet due")
    declarations = list_column(session, edition, statuses=("approved",), lock=True)
    if not declarations:
        raise TransitionRefused(f"the edition of {day} is empty")
    if seen is not None and len(declarations) != seen:
        raise StaleChange(f"the edition of {day} has {len(declarations)} declarations, not {seen}")
    edition.number = (session.exec(select(func.max(Edition.number))).one() or 0) + 1
    edition.published_at = clock.now()
    keep_places(declarations)
    for declaration in declarations:
        change_status(session, declaration, "published", actor=actor, action="published", reason=str(edition.number))
        declaration.published_on = day
        if declaration.nature != "loss":
            _carry_out(session, declaration, day)
    session.add(edition)
    session.flush()
    assert edition.id is not None
    indexing.index_edition(session, edition.id)
    return edition


def next_edition_day(session: Session, today: date) -> date:
    """Return the first day, today or later, whose edition is not yet out: what an approval proposes."""
    published = select(Edition).where(col(Edition.day) >= today, col(Edition.published_at).is_not(None))
    taken = {edition.day for edition in session.exec(published)}
    day = today
    while day in taken:
        day += timedelta(days=1)
    return day


def get_edition(session: Session, day: date) -> Edition | None:
    # Read anew even where the session knows it: after waiting for the lock, another may have published it.
    fresh = select(Edition).where(Edition.day == day).execution_options(populate_existing=True)
    return session.exec(fresh).first()


def get_published_edition(session: Session, day: date) -> Edition:
    """Return a published edition.

    Raises:
        NotFound: nothing was published on that day.
    """
    edition = get_edition(session, day)
    if edition is None or edition.published_at is None:
        raise NotFound(f"no edition of {day}")
    return edition


def get_latest_edition(session: Session) -> Edition | None:
    published = select(Edition).where(col(Edition.number).is_not(None)).order_by(col(Edition.number).desc())
    return session.exec(published.limit(1)).first()


def list_editions(
    session: Session, *, published: bool, before: date | None = None, most: int = 30
) -> list[EditionCount]:
    """Return editions with their counts: published ones newest first, before `before`; open ones by day."""
    # Counted for each edition that comes, and not for all of twenty years.
    counted = select(func.count(col(Declaration.id))).where(Declaration.edition_id == Edition.id)
    if published:
        counted = counted.where(col(Declaration.published_on).is_not(None))
    statement = select(Edition, counted.scalar_subquery())
    if published:
        statement = statement.where(col(Edition.published_at).is_not(None)).order_by(col(Edition.day).desc())
        if before is not None:
            statement = statement.where(col(Edition.day) < before)
    else:
        statement = statement.where(col(Edition.published_at).is_(None)).order_by(col(Edition.day))
    return [EditionCount(edition, count) for edition, count in session.exec(statement.limit(most))]


def get_neighbours(session: Session, edition: Edition) -> tuple[Edition | None, Edition | None]:
    """Return the published editions before and after a published one, by day."""
    published = select(Edition).where(col(Edition.published_at).is_not(None)).limit(1)
    before = published.where(col(Edition.day) < edition.day).order_by(col(Edition.day).desc())
    after = published.where(col(Edition.day) > edition.day).order_by(col(Edition.day))
    return session.exec(before).first(), session.exec(after).first()


def list_column(
    session: Session,
    edition: Edition,
    *,
    statuses: tuple[str, ...] = (*PUBLIC, "approved"),
    lock: bool = False,
    most: int | None = None,
) -> list[Declaration]:
    """Return the declarations of an edition, all or the first `most`, in the order of its column.

    With `lock` nobody else takes one of them out until the transaction ends.
    """
    statement = (
        select(Declaration)
        .where(Declaration.edition_id == edition.id, col(Declaration.status).in_(statuses))
        .order_by(*_PRINTED)
        .limit(most if edition.published_at else None)
        .options(
            selectinload(Declaration.documents).selectinload(Document.numbers),  # type: ignore[arg-type]
            selectinload(Declaration.follows),  # type: ignore[arg-type]
            selectinload(Declaration.price),  # type: ignore[arg-type]
        )
    )
    if lock:
        # Read anew even where the session knows them: others may have moved them before it had the lock.
        statement = statement.with_for_update(of=Declaration).execution_options(populate_existing=True)
    column = list(session.exec(statement))
    return column if edition.published_at else arrange(column)[:most]


def sum_of(column: Iterable[Declaration]) -> EditionSum:
    """Return what these declarations cost together."""
    prices = [declaration.price for declaration in column]
    return EditionSum(sum(price.fen for price in prices if price), sum(price is None for price in prices))


def list_column_ids(session: Session, edition: Edition) -> list[int]:
    """Return the ids of what a published edition printed, in the order of its column."""
    statement = (
        select(Declaration.id)
        .where(Declaration.edition_id == edition.id, col(Declaration.published_on).is_not(None))
        .order_by(*_PRINTED)
    )
    return [declaration_id for declaration_id in session.exec(statement) if declaration_id is not None]


def _carry_out(session: Session, further: Declaration, day: date) -> None:
    """Let a published correction or withdrawal take effect on the record it points at."""
    earlier = further.follows
    assert earlier is not None
    corrected = further.nature == "correction"
    status = "corrected" if corrected else "withdrawn"
    change_status(session, earlier, status, actor=SYSTEM, action=status, reason=further.reference)
    earlier.withdrawn_on = day
