"""An editor puts the column of an open edition into another order."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from registry.db.engine import lock_log
from registry.db.tables import Declaration
from registry.declarations import editions
from registry.declarations.column_order import arrange, keep_places, mark_of
from registry.declarations.states import Actor, record_event
from registry.errors import StaleChange

MOVED = "moved"


def move(session: Session, *, day: date, number: int, place: int, seen: str, actor: Actor) -> Declaration:
    """Put the declaration that stands at `number` of a column to another place; the others close up. Return it.

    Both are counted from 1, and what is outside of the column means its nearest end. `seen` is the mark of the order
    that the editor saw.

    Raises:
        NotFound: there is no edition of that day.
        StaleChange: the column has another order by now, or holds other declarations.
        TransitionRefused: the edition is closed or out.
    """
    column = _column(session, day, seen)
    number, place = (min(max(each, 1), len(column)) for each in (number, place))
    moved = column[number - 1]
    if place != number:
        column.insert(place - 1, column.pop(number - 1))
        keep_places(column)
        _record(session, moved, number, place, actor)
        session.flush()
    return moved


def reset(session: Session, *, day: date, seen: str, actor: Actor) -> None:
    """Put a column back into its natural order.

    Raises:
        NotFound, StaleChange, TransitionRefused: see `move`.
    """
    column = _column(session, day, seen)
    for one in column:
        one.column_place = None
    for place, one in enumerate(arrange(column), start=1):
        before = column.index(one) + 1
        if place != before:
            _record(session, one, before, place, actor)
    session.flush()


def _column(session: Session, day: date, seen: str) -> list[Declaration]:
    # Approving, moving and publishing wait for each other.
    lock_log(session)
    edition = editions.require_edition(session, day)
    editions.require_open(session, edition)
    column = editions.list_column(session, edition, statuses=("approved",), lock=True)
    if not column or mark_of(column) != seen:
        raise StaleChange(f"the column of {day} is no longer in the order that was seen")
    return column


def _record(session: Session, declaration: Declaration, before: int, place: int, actor: Actor) -> None:
    reason = f"{before} {place}"
    record_event(session, declaration, actor=actor, action=MOVED, reason=reason, before=declaration.status)
