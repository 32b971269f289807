"""The life of a declaration, and the one function that changes its status."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import inspect
from sqlmodel import Session

from registry import clock
from registry.db.tables import PUBLIC_STATUSES, Declaration, HistoryEntry
from registry.declarations import indexing
from registry.errors import TransitionRefused

TRANSITIONS: Final = MappingProxyType(
    {
        "draft": frozenset({"submitted"}),
        "submitted": frozenset({"returned", "rejected", "approved", "withdrawn"}),
        "returned": frozenset({"submitted", "rejected", "withdrawn"}),
        "approved": frozenset({"published", "submitted", "withdrawn"}),
        "published": frozenset({"contested", "corrected", "withdrawn"}),
        "contested": frozenset({"published", "corrected", "withdrawn"}),
        "rejected": frozenset[str](),
        "corrected": frozenset[str](),
        "withdrawn": frozenset[str](),
    }
)

PUBLIC: Final = PUBLIC_STATUSES
PENDING: Final = ("submitted", "returned", "approved")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the declarant (by the secret), an editor (`staff_id`), or the program itself."""

    role: str
    staff_id: int | None = None


DECLARANT: Final = Actor("declarant")
SYSTEM: Final = Actor("system")


def editor(staff_id: int) -> Actor:
    return Actor("editor", staff_id)


def may_become(declaration: Declaration, status: str) -> bool:
    """Whether the table of transitions lets the declaration go to `status`."""
    return status in TRANSITIONS[declaration.status]


def pending_further(declaration: Declaration) -> Declaration | None:
    """Return the correction or withdrawal of the declaration that is under way, of which there is at most one."""
    return next((further for further in declaration.followers if further.status in PENDING), None)


def takes_further_record(declaration: Declaration) -> bool:
    """Whether a correction or withdrawal of the declaration may be handed in now."""
    out = declaration.status in ("published", "contested")
    return out and declaration.nature != "withdrawal" and pending_further(declaration) is None


def change_status(
    session: Session,
    declaration: Declaration,
    status: str,
    *,
    actor: Actor,
    action: str,
    reason: str | None = None,
) -> HistoryEntry:
    """Move a declaration to `status` and write the history row in the same transaction.

    `action` is an event in the past tense (`approved`, `returned` …); `reason` is read by the declarant and the staff.

    Raises:
        TransitionRefused: the table of transitions has no such step.
    """
    lock(session, declaration)
    if not may_become(declaration, status):
        raise TransitionRefused(f"{declaration.reference} is {declaration.status} and cannot become {status}")
    before = declaration.status
    declaration.status = status
    declaration.version += 1
    if before in PUBLIC:
        assert declaration.id is not None
        indexing.change_listed_status(session, declaration.id, before, status)
    return record_event(session, declaration, actor=actor, action=action, reason=reason, before=before)


def lock(session: Session, declaration: Declaration) -> None:
    """Hold a stored declaration's row until the transaction ends, and read its status and version as they are now.

    Two editors, or an editor and the declarant, may act at the same moment: the second waits here and then sees what
    the first did. On SQLite the writing transaction already holds everything.
    """
    if inspect(declaration).persistent:
        session.refresh(declaration, attribute_names=["status", "version"], with_for_update=True)


def record_event(
    session: Session,
    declaration: Declaration,
    *,
    actor: Actor,
    action: str,
    reason: str | None = None,
    before: str | None,
) -> HistoryEntry:
    """Add a row to the history of a declaration whose status is set; `before` is what it was."""
    entry = HistoryEntry(
        at=clock.now(),
        actor=actor.role,
        actor_id=actor.staff_id,
        action=action,
        from_status=before,
        to_status=declaration.status,
        reason=reason,
    )
    declaration.history.append(entry)
    session.add(declaration)
    return entry
