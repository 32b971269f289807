"""What waits for the editors, and what in it deserves a second look.

What a number's rule says of it is examined anew each time and stored nowhere: rules get better, and a warning of last
year would stay. So the queue is ranked here and not by the database, over the oldest MOST_RANKED declarations; what
waits behind them follows by age until it moves up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased, selectinload
from sqlmodel import Session, col, select

from registry import kinds
from registry.db.tables import STATUSES, Declaration, Document, DocumentNumber
from registry.declarations import queries
from registry.declarations.records import Reveal, shown_number
from registry.declarations.states import PENDING
from registry.kinds import Examination, Grade

PAGE_SIZE: Final = 25
MOST_RANKED: Final = 40 * PAGE_SIZE
MOST_COUNTED: Final = 10_000
IN_FORCE: Final = (*PENDING, "published", "contested")


class Caution(StrEnum):
    """Why an editor should look twice."""

    IMPOSSIBLE = "impossible"
    DOUBTFUL = "doubtful"
    DECLARED_ELSEWHERE = "declared_elsewhere"
    FURTHER_RECORD = "further_record"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A declaration that waits, by what orders the queue."""

    declaration_id: int
    reference: str
    submitted_at: datetime
    cautions: tuple[Caution, ...]

    @property
    def rank(self) -> tuple[bool, datetime, int]:
        return not self.cautions, self.submitted_at, self.declaration_id


@dataclass(frozen=True, slots=True)
class Listed:
    declaration: Declaration
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue; `page` is the one that is shown, where a later one was asked for than there is."""

    rows: list[Listed]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RecordsPage:
    declarations: list[Declaration]
    page: int
    has_next: bool


def get_queue(session: Session, *, page: int = 1) -> QueuePage:
    """Return a page of what waits: what deserves a second look first, each part oldest first."""
    total = session.exec(select(func.count(col(Declaration.id))).where(Declaration.status == "submitted")).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_SIZE
    if start < MOST_RANKED:
        waiting = _ranked(session)[start : start + PAGE_SIZE]
    else:
        waiting = _with_cautions(session, _waiting(session, offset=start, limit=PAGE_SIZE))
    wanted = select(Declaration).where(col(Declaration.id).in_([one.declaration_id for one in waiting]))
    found = {declaration.id: declaration for declaration in session.exec(wanted.options(*queries.whole()))}
    rows = [Listed(found[one.declaration_id], one.cautions) for one in waiting if one.declaration_id in found]
    return QueuePage(rows, total, page, pages)


def next_waiting(session: Session, after: Declaration | None = None) -> str | None:
    """Return the reference of what to review next: what stands behind `after` in the queue, else its beginning.

    `after` itself is never returned. None when nothing else waits.
    """
    ranked = _ranked(session)
    if after is None or after.submitted_at is None:
        return ranked[0].reference if ranked else None
    assert after.id is not None
    place = Waiting(after.id, after.reference, after.submitted_at, cautions_of(session, after)).rank
    others = [one for one in ranked if one.declaration_id != after.id]
    behind = next((one for one in others if one.rank > place), others[0] if others else None)
    return behind.reference if behind else None


def cautions_of(session: Session, declaration: Declaration) -> tuple[Caution, ...]:
    """Return why an editor should look twice at one declaration, gravest first."""
    return _with_cautions(session, [declaration])[0].cautions


def examination_of(session: Session, document: Document, number: DocumentNumber) -> Examination | None:
    """Return what the rules say today of a stored number; None where its kind is no longer in the catalogue."""
    try:
        kind = kinds.get(document.kind)
    except kinds.UnknownKind:
        return None
    field = next((field for field in kind.numbers if field.name == number.field), None)
    return kinds.examine_field(field, shown_number(session, number, Reveal.FULL)) if field else None


def count_statuses(session: Session) -> dict[str, int]:
    """Return how many declarations have each status, counted no further than MOST_COUNTED + 1."""
    counts = {}
    for status in STATUSES:
        some = select(Declaration.id).where(Declaration.status == status).limit(MOST_COUNTED + 1).subquery()
        counts[status] = session.exec(select(func.count()).select_from(some)).one()
    return counts


def list_records(session: Session, status: str, *, page: int = 1) -> RecordsPage:
    """Return declarations of one status, the last handed in first."""
    statement = (
        select(Declaration)
        .where(Declaration.status == status)
        .order_by(col(Declaration.submitted_at).desc(), col(Declaration.id).desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
        .options(*queries.whole())
    )
    rows = list(session.exec(statement))
    return RecordsPage(rows[:PAGE_SIZE], page, len(rows) > PAGE_SIZE)


def _ranked(session: Session) -> list[Waiting]:
    return sorted(_with_cautions(session, _waiting(session)), key=lambda one: one.rank)


def _waiting(session: Session, *, offset: int = 0, limit: int = MOST_RANKED) -> Sequence[Declaration]:
    statement = (
        select(Declaration)
        .where(Declaration.status == "submitted")
        .order_by(col(Declaration.submitted_at), col(Declaration.id))
        .offset(offset)
        .limit(limit)
        .options(selectinload(Declaration.documents).selectinload(Document.numbers))  # type: ignore[arg-type]
    )
    return session.exec(statement).all()


def _with_cautions(session: Session, declarations: Sequence[Declaration]) -> list[Waiting]:
    elsewhere = _declared_elsewhere(session, [declaration.id for declaration in declarations])
    return [_look_at(session, declaration, elsewhere) for declaration in declarations]


def _look_at(session: Session, declaration: Declaration, elsewhere: frozenset[int | None]) -> Waiting:
    grades = set()
    for document in declaration.documents:
        for number in document.numbers:
            examination = examination_of(session, document, number)
            grades.add(examination.grade if examination else Grade.DOUBTFUL)
    applying = (
        (Caution.IMPOSSIBLE, Grade.IMPOSSIBLE in grades),
        (Caution.DECLARED_ELSEWHERE, declaration.id in elsewhere),
        (Caution.DOUBTFUL, Grade.DOUBTFUL in grades),
        (Caution.FURTHER_RECORD, declaration.nature != "loss"),
    )
    assert declaration.id is not None
    submitted_at = declaration.submitted_at or declaration.created_at
    cautions = tuple(caution for caution, applies in applying if applies)
    return Waiting(declaration.id, declaration.reference, submitted_at, cautions)


def _declared_elsewhere(session: Session, ids: Sequence[int | None]) -> frozenset[int | None]:
    """Return those of `ids` one of whose numbers another declaration in force has, not counting what it is about."""
    own_document, own_number = aliased(Document), aliased(DocumentNumber)
    other_document, other_number, other = aliased(Document), aliased(DocumentNumber), aliased(Declaration)
    twin: ColumnElement[bool] = exists().where(
        col(own_document.declaration_id) == col(Declaration.id),
        col(own_number.document_id) == col(own_document.id),
        col(other_number.key) == col(own_number.key),
        col(other_document.id) == col(other_number.document_id),
        col(other.id) == col(other_document.declaration_id),
        col(other.id) != col(Declaration.id),
        col(other.id) != func.coalesce(col(Declaration.follows_id), 0),
        col(other.status).in_(IN_FORCE),
    )
    return frozenset(session.exec(select(Declaration.id).where(col(Declaration.id).in_(ids), twin)))
