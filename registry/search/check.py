"""The check: what the register may answer to a number, never more certain than its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from registry import clock, kinds
from registry.db.engine import vault_of
from registry.db.tables import Declaration, DocumentNumber
from registry.declarations.queries import find_by_keys, find_near
from registry.declarations.spans import Span, span_in
from registry.declarations.states import PENDING
from registry.kinds import Examination, Grade

MOST_NEAR = 5
# Of a typed range up to this many numbers are looked up one by one; larger ones meet ranges only.
MOST_INSIDE = 500
# Worst first: what a clerk must not overlook stands on top.
ORDER = ("declared", "contested", "provisional", "withdrawn", "impossible", "not_on_register")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer.

    Attributes:
        verdict: one of ORDER.
        number: the matching number on the register; None for `impossible` and `not_on_register`.
        since, until: publication and withdrawal day, where the verdict has them.
        filed_at: when it was handed in, for `provisional`.
        examination: what the rule says, for `impossible`.
    """

    verdict: str
    number: DocumentNumber | None = None
    since: date | None = None
    until: date | None = None
    filed_at: datetime | None = None
    examination: Examination | None = None

    @property
    def declaration(self) -> Declaration | None:
        return self.number.document.declaration if self.number else None

    @property
    def replaced_by(self) -> Declaration | None:
        """The published correction or withdrawal that ended the declaration."""
        followers = self.declaration.followers if self.declaration else []
        return next((further for further in followers if further.published_on), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """All verdicts on one number, worst first, and what kinds of document it could belong to.

    `near` holds numbers on the register that an eye may take for one that is not: offered, never taken silently.
    """

    number: str
    as_of: datetime
    verdicts: tuple[Verdict, ...]
    candidates: tuple[Examination, ...]
    near: tuple[DocumentNumber, ...] = ()


def check(session: Session, text: str) -> Answer:
    """Answer a typed number. `text` is any string; what cannot be a number is not on the register."""
    forms, candidates = kinds.look_up(text)
    # One hidden number is not another because both show the same end.
    forms = tuple(form for form in forms if not kinds.is_masked(form))
    spans = tuple({span for form in forms if (span := span_in(form))})
    numbers = find_by_keys(session, _keys(session, forms, spans), spans)
    repeated = {number.document.declaration.follows_id for number in numbers if _is_out(number)}
    # A correction that repeats the number answers for the record it corrects.
    verdicts = [_registered(number) for number in numbers if number.document.declaration_id not in repeated]
    if verdicts:
        verdicts.sort(key=lambda verdict: ORDER.index(verdict.verdict))
        return Answer(text, clock.now(), tuple(verdicts), candidates)
    near = find_near(session, sorted({kinds.lookalike(form) for form in forms}), most=MOST_NEAR)
    return Answer(text, clock.now(), (_unregistered(candidates),), candidates, tuple(near))


def lookup_keys(session: Session, text: str) -> list[str]:
    """Return every index key under which the number could stand: as itself where it is public, as HMAC where not."""
    return _keys(session, kinds.lookup_forms(text), ())


def _keys(session: Session, forms: Sequence[str], spans: Sequence[Span]) -> list[str]:
    vault = vault_of(session)
    inside = [number for span in spans if 1 < span.count <= MOST_INSIDE for number in span.numbers()]
    return [*forms, *(vault.lookup_key(form) for form in forms), *inside]


def _is_out(number: DocumentNumber) -> bool:
    return number.document.declaration.published_on is not None


def _registered(number: DocumentNumber) -> Verdict:
    declaration = number.document.declaration
    if declaration.status in PENDING:
        return Verdict("provisional", number, filed_at=declaration.submitted_at)
    if declaration.status in ("corrected", "withdrawn"):
        return Verdict("withdrawn", number, since=declaration.published_on, until=declaration.withdrawn_on)
    word = "contested" if declaration.status == "contested" else "declared"
    return Verdict(word, number, since=_first_published_on(declaration))


def _first_published_on(declaration: Declaration) -> date | None:
    while declaration.nature == "correction" and declaration.follows:
        declaration = declaration.follows
    return declaration.published_on


def _unregistered(candidates: tuple[Examination, ...]) -> Verdict:
    """Impossible is said only when every kind that the number could belong to says so."""
    if candidates and all(candidate.grade is Grade.IMPOSSIBLE for candidate in candidates):
        return Verdict("impossible", examination=candidates[0])
    return Verdict("not_on_register")
