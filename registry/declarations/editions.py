"""Editions: what is published on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import case, func, or_
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from registry import clock
from registry.db.engine import lock_log
from registry.db.tables import Declaration, Document, Edition, EditionClosing, EditionEvent
from registry.declarations import edition_files, indexing
from registry.declarations.column_order import arrange, keep_places
from registry.declarations.edition_files import MadeFile
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
    """An edition with how many declarations stand in it, and the number under which it is closed."""

    edition: Edition
    declarations: int
    closed_as: int | None = None


@dataclass(frozen=True, slots=True)
class MadeColumn:
    """What was made of a column before it is closed: the files, and what they were made of.

    Attributes:
        number: the edition's number as the files print it.
        versions: the id and version of each declaration, in the order of the column.
        lacking: why there is no PDF among the files; None where there is.
    """

    number: int
    versions: tuple[tuple[int | None, int], ...]
    files: tuple[MadeFile, ...]
    lacking: str | None = None


def open_edition(session: Session, *, day: date, today: date) -> Edition:
    """Return the edition of `day`, making it when it is the first thing approved for that day.

    Raises:
        TransitionRefused: the day is past, or its edition is already closed or published.
    """
    if day < today:
        raise TransitionRefused(f"the edition of {day} is in the past")
    lock_log(session)
    edition = get_edition(session, day)
    if edition is None:
        edition = Edition(day=day)
        session.add(edition)
        session.flush()
    require_open(session, edition)
    return edition


def require_open(session: Session, edition: Edition) -> None:
    """Do nothing where the column of an edition may still be changed.

    Raises:
        TransitionRefused: it is closed or published.
    """
    if edition.published_at is not None:
        raise TransitionRefused(f"the edition of {edition.day} is published")
    if closed_as(session, edition) is not None:
        raise TransitionRefused(f"the edition of {edition.day} is closed")


def close(session: Session, *, day: date, actor: Actor, made: MadeColumn) -> Edition:
    """Close an edition: nothing goes into its column or out of it, it has its number, and the files are kept.

    Raises:
        NotFound: there is no edition of that day.
        StaleChange: the column, or the number, is no longer what the files were made of.
        TransitionRefused: it is closed or out already, or empty.
    """
    edition = _lock_edition(session, day)
    require_open(session, edition)
    column = list_column(session, edition, statuses=("approved",), lock=True)
    if not column:
        raise TransitionRefused(f"the edition of {day} is empty")
    _close(session, edition, column, made)
    _record(session, edition, "closed", actor, made.lacking)
    return edition


def reopen(session: Session, *, day: date, actor: Actor, reason: str) -> Edition:
    """Open a closed edition again before it is published. Its number stays its own, its files are marked as replaced.

    What was withdrawn since it was closed is then no longer in it.

    Raises:
        NotFound: there is no edition of that day.
        TransitionRefused: it is not closed, or it is published.
    """
    edition = _lock_edition(session, day)
    if edition.published_at is not None:
        raise TransitionRefused(f"the edition of {day} is published")
    closing = session.get(EditionClosing, edition.id, populate_existing=True)
    if closing is None or closing.closed_at is None:
        raise TransitionRefused(f"the edition of {day} is not closed")
    closing.closed_at = None
    for declaration in list_withdrawn(session, edition):
        declaration.edition = None
    edition_files.mark_replaced(session, edition)
    _record(session, edition, "reopened", actor, reason)
    return edition


def publish(
    session: Session,
    *,
    day: date,
    today: date,
    actor: Actor,
    seen: int | None = None,
    made: MadeColumn | None = None,
) -> Edition:
    """Publish an edition: publish what is approved for it, and carry out its corrections and withdrawals.

    One that is not closed is closed by it. `seen` is how many declarations the editor read before agreeing. `made` is
    what is kept: all files of an edition that was not closed, or those that take the place of some of its files.

    Raises:
        NotFound: there is no edition of that day.
        StaleChange: by now there are more or fewer than were seen, or other ones than the files were made of.
        TransitionRefused: it is out already, its day is not yet come, or it is empty.
    """
    edition = _lock_edition(session, day)
    if edition.published_at is not None:
        raise TransitionRefused(f"the edition of {day} is published")
    if day > today:
        raise TransitionRefused(f"the edition of {day} is not yet due")
    declarations = list_column(session, edition, statuses=("approved",), lock=True)
    if not declarations:
        raise TransitionRefused(f"the edition of {day} is empty")
    if seen is not None and len(declarations) != seen:
        raise StaleChange(f"the edition of {day} has {len(declarations)} declarations, not {seen}")
    edition.number = _close(session, edition, declarations, made)
    edition.published_at = clock.now()
    for declaration in declarations:
        change_status(session, declaration, "published", actor=actor, action="published", reason=str(edition.number))
        declaration.published_on = day
        if declaration.nature != "loss":
            _carry_out(session, declaration, day)
    session.add(edition)
    _record(session, edition, "published", actor, made.lacking if made else None)
    assert edition.id is not None
    indexing.index_edition(session, edition.id)
    return edition


def keep_later(session: Session, edition: Edition, *, actor: Actor, made: MadeColumn) -> None:
    """Keep files that could not be made when the edition was closed.

    Raises:
        StaleChange: the column is no longer what they were made of.
        TransitionRefused: the edition is open.
    """
    edition = _lock_edition(session, edition.day)
    if number_in_use(session, edition) is None:
        raise TransitionRefused(f"the edition of {edition.day} is open")
    _require_as_made(session, edition, list_column(session, edition), made)
    edition_files.keep(session, edition, made.files)
    _record(session, edition, "filed", actor, made.lacking)


def closed_as(session: Session, edition: Edition) -> int | None:
    """Return the number under which an edition is closed; None while its column is open."""
    # Asked of the database each time: another may have closed it while this transaction waited for a lock.
    statement = select(EditionClosing.number).where(
        EditionClosing.edition_id == edition.id, col(EditionClosing.closed_at).is_not(None)
    )
    return session.exec(statement).first()


def at_press_in(session: Session, declaration: Declaration) -> int | None:
    """Return the number of the closed edition that a declaration is accepted for; the paper may be printing it."""
    if declaration.status != "approved" or declaration.edition is None:
        return None
    return closed_as(session, declaration.edition)


def number_in_use(session: Session, edition: Edition) -> int | None:
    """Return the number that an edition was published or is closed under; None while its column is open."""
    return edition.number if edition.number is not None else closed_as(session, edition)


def in_print(session: Session, edition: Edition) -> Edition:
    """Return an edition as it is printed: under the number that it is closed under. It is not to be stored."""
    return Edition(id=edition.id, day=edition.day, number=number_in_use(session, edition))


def next_number(session: Session, edition: Edition) -> int:
    """Return the number that an edition has, or that it would get now."""
    if edition.number is not None:
        return edition.number
    own = session.exec(select(EditionClosing.number).where(EditionClosing.edition_id == edition.id)).first()
    if own is not None:
        return own
    published = session.exec(select(func.max(Edition.number))).one() or 0
    closed = session.exec(select(func.max(EditionClosing.number))).one() or 0
    return max(published, closed) + 1


def versions_of(column: Iterable[Declaration]) -> tuple[tuple[int | None, int], ...]:
    """Return what tells one state of a column from another: what stands in it, and in which version."""
    return tuple((declaration.id, declaration.version) for declaration in column)


def list_events(session: Session, edition: Edition) -> list[EditionEvent]:
    """Return what happened to an edition, the latest first."""
    statement = (
        select(EditionEvent)
        .where(EditionEvent.edition_id == edition.id)
        .order_by(col(EditionEvent.id).desc())
        .options(selectinload(EditionEvent.staff_member))  # type: ignore[arg-type]
    )
    return list(session.exec(statement))


def next_edition_day(session: Session, today: date) -> date:
    """Return the first day, today or later, whose edition is neither closed nor out: what an approval proposes."""
    full = (
        select(col(Edition.day))
        .join(EditionClosing, isouter=True)
        .where(
            col(Edition.day) >= today,
            or_(col(Edition.published_at).is_not(None), col(EditionClosing.closed_at).is_not(None)),
        )
    )
    taken = set(session.exec(full))
    day = today
    while day in taken:
        day += timedelta(days=1)
    return day


def get_edition(session: Session, day: date) -> Edition | None:
    # Read anew even where the session knows it: after waiting for the lock, another may have published it.
    fresh = select(Edition).where(Edition.day == day).execution_options(populate_existing=True)
    return session.exec(fresh).first()


def require_edition(session: Session, day: date) -> Edition:
    """Return the edition of a day.

    Raises:
        NotFound: nothing was ever accepted for that day.
    """
    edition = get_edition(session, day)
    if edition is None:
        raise NotFound(f"no edition of {day}")
    return edition


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
    counted = select(func.count(col(Declaration.id))).where(
        Declaration.edition_id == Edition.id,
        col(Declaration.published_on).is_not(None) if published else Declaration.status == "approved",
    )
    closed = case((col(EditionClosing.closed_at).is_not(None), EditionClosing.number))
    statement = select(Edition, counted.scalar_subquery(), closed).join(EditionClosing, isouter=True)
    if published:
        statement = statement.where(col(Edition.published_at).is_not(None)).order_by(col(Edition.day).desc())
        if before is not None:
            statement = statement.where(col(Edition.day) < before)
    else:
        statement = statement.where(col(Edition.published_at).is_(None)).order_by(col(Edition.day))
    return [EditionCount(*row) for row in session.exec(statement.limit(most))]


def list_open_before(session: Session, edition: Edition) -> list[date]:
    """Return the days before an edition's for which something is approved whose editions are not closed."""
    statement = (
        select(col(Edition.day))
        .join(EditionClosing, isouter=True)
        .where(
            col(Edition.day) < edition.day,
            col(Edition.published_at).is_(None),
            col(EditionClosing.closed_at).is_(None),
            select(Declaration.id)
            .where(Declaration.edition_id == Edition.id, col(Declaration.status) == "approved")
            .exists(),
        )
        .order_by(col(Edition.day))
    )
    return list(session.exec(statement))


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
) -> list[Declaration]:
    """Return the declarations of an edition in the order of its column.

    With `lock` nobody else takes one of them out until the transaction ends.
    """
    statement = (
        select(Declaration)
        .where(
            Declaration.edition_id == edition.id,
            col(Declaration.status).in_(statuses),
            # What was withdrawn after the edition was closed is still its own, and never became public.
            or_(col(Declaration.published_on).is_not(None), col(Declaration.status) == "approved"),
        )
        .order_by(*_PRINTED)
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
    return column if edition.published_at else arrange(column)


def list_withdrawn(session: Session, edition: Edition) -> list[Declaration]:
    """Return what was withdrawn after the edition was closed and before it was published, in the column's order."""
    statement = (
        select(Declaration)
        .where(
            Declaration.edition_id == edition.id,
            Declaration.status == "withdrawn",
            col(Declaration.published_on).is_(None),
        )
        .order_by(*_PRINTED)
    )
    return list(session.exec(statement))


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


def _lock_edition(session: Session, day: date) -> Edition:
    lock_log(session)
    return require_edition(session, day)


def _close(session: Session, edition: Edition, column: list[Declaration], made: MadeColumn | None) -> int:
    """Number an edition, keep its order and the files that were made of it; return the number."""
    if made is not None:
        _require_as_made(session, edition, column, made)
    number = next_number(session, edition)
    closing = session.get(EditionClosing, edition.id, populate_existing=True)
    if closing is None:
        assert edition.id is not None
        closing = EditionClosing(edition_id=edition.id, number=number)
    if closing.closed_at is None:
        closing.closed_at = clock.now()
    session.add(closing)
    keep_places(column)
    if list_withdrawn(session, edition):
        # Nobody is shown what was withdrawn before it was published, even where nothing new could be made.
        edition_files.mark_replaced(session, edition, audience="public")
    if made is not None:
        edition_files.keep(session, edition, made.files)
    return number


def _require_as_made(session: Session, edition: Edition, column: list[Declaration], made: MadeColumn) -> None:
    if (made.number, made.versions) != (next_number(session, edition), versions_of(column)):
        raise StaleChange(f"the edition of {edition.day} was changed while its files were made")


def _record(session: Session, edition: Edition, action: str, actor: Actor, reason: str | None = None) -> None:
    assert edition.id is not None
    session.add(
        EditionEvent(
            edition_id=edition.id,
            at=clock.now(),
            actor=actor.role,
            actor_id=actor.staff_id,
            action=action,
            reason=reason,
        )
    )
    session.flush()


def _carry_out(session: Session, further: Declaration, day: date) -> None:
    """Let a published correction or withdrawal take effect on the record it points at."""
    earlier = further.follows
    assert earlier is not None
    corrected = further.nature == "correction"
    status = "corrected" if corrected else "withdrawn"
    change_status(session, earlier, status, actor=SYSTEM, action=status, reason=further.reference)
    earlier.withdrawn_on = day
