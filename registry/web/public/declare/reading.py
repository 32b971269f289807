"""What the proof shows: the sentence, each document with its numbers, and whatever the declarant had better know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from registry.db.engine import reader_within, style_of
from registry.db.tables import SENTENCE_LENGTH, Declaration, Document, DocumentNumber, Draft
from registry.declarations import proofs
from registry.declarations.entries import ExaminedDocument, ExaminedNumber
from registry.kinds import Fact, Grade
from registry.search.check import Verdict, check
from registry.web.i18n import gettext as _
from registry.web.public.declare import steps
from registry.web.public.declare.draft_store import OpenDraft
from registry.web.rendering import as_day, in_reader_language, today
from registry.web.sessions import db
from registry.wording import HouseStyle


@dataclass(frozen=True, slots=True)
class Known:
    """A declaration that already holds one of the numbers. `reference` is set where everybody may read it."""

    text: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ReadNumber:
    label: str
    display: str
    masked: str
    sensitive: bool
    full_in_print: bool
    confirmed: bool
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    position: int
    name: str
    title: str
    copies: str
    holder: str
    numbers: tuple[ReadNumber, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The proof. `masked` is the sentence as this website shows it, where that differs from print."""

    proof: proofs.Proof
    style: HouseStyle
    sentence: str
    masked: str
    documents: tuple[ReadDocument, ...]
    twice: tuple[str, ...]
    too_long: bool

    @property
    def warned(self) -> bool:
        return bool(self.twice) or any(n.warnings or n.known for d in self.documents for n in d.numbers)


def read(draft: OpenDraft) -> Reading:
    """Return what the proof of a complete draft shows.

    Raises:
        EntryRefused: an answer is not accepted any more.
    """
    session = db()
    style = style_of(session)
    proof = proofs.make_proof(session, draft.answers.entry(), day=today(), about=_about(session, draft.draft))
    own = {draft.draft.amends_id, draft.draft.follows_id} - {None}
    return Reading(
        proof=proof,
        style=style,
        sentence=style.bullet + proof.printed,
        masked=style.bullet + proof.masked if proof.masked != proof.printed else "",
        documents=tuple(
            _document(session, place, draft, row, document, own)
            for place, (row, document) in enumerate(zip(proof.rows, proof.documents, strict=True))
        ),
        twice=_twice(proof.documents),
        too_long=len(proof.statement) > SENTENCE_LENGTH,
    )


def _about(session: Session, draft: Draft) -> proofs.About | None:
    if draft.follows_id is not None:
        return proofs.About(session.get_one(Declaration, draft.follows_id), "correction")
    if draft.amends_id is not None:
        amended = session.get_one(Declaration, draft.amends_id)
        return proofs.About(amended.follows, amended.nature) if amended.follows else None
    return None


def _document(
    session: Session, place: int, draft: OpenDraft, row: Document, examined: ExaminedDocument, own: set[int | None]
) -> ReadDocument:
    return ReadDocument(
        position=place + 1,
        name=steps.name_of(draft.answers.documents[place]),
        title=row.title,
        copies=row.copies or "",
        holder=row.holder or "",
        numbers=tuple(
            _number(session, number, each, own) for number, each in zip(row.numbers, examined.numbers, strict=True)
        ),
    )


def _number(session: Session, row: DocumentNumber, examined: ExaminedNumber, own: set[int | None]) -> ReadNumber:
    examination = examined.examination
    valid = examination.grade is Grade.VALID
    verdicts = check(reader_within(session), examined.entry.text).verdicts
    return ReadNumber(
        label=row.label,
        display=examination.display,
        masked=row.masked,
        sensitive=row.sensitive,
        full_in_print=row.full_in_print,
        confirmed=row.confirmed,
        facts=examination.decoded,
        warnings=() if valid else tuple(in_reader_language(reason.message) for reason in examination.reasons),
        known=tuple(dict.fromkeys(known for verdict in verdicts if (known := _known(verdict, own)))),
    )


def _known(verdict: Verdict, own: set[int | None]) -> Known | None:
    entry = verdict.entry
    if entry is None or entry.declaration_id in own:
        return None
    reference = entry.reference
    match verdict.verdict:
        case "declared" | "contested":
            text = _("This number is already declared void, since %(day)s.", day=as_day(verdict.since))
            return Known(text, reference)
        case "withdrawn":
            text = _("This number was declared before; that declaration was withdrawn on %(day)s.",
                     day=as_day(verdict.until))  # fmt: skip
            return Known(text, reference)
        case _:
            # It is not public yet: neither its reference nor its wording is anybody's but its declarant's.
            text = _("A declaration with this number was handed in on %(day)s and waits for review. If that was you, "
                     "you need not send another.", day=as_day(verdict.filed_at))  # fmt: skip
            return Known(text)


def _twice(examined: tuple[ExaminedDocument, ...]) -> tuple[str, ...]:
    """Return the numbers, as displayed, that stand on more than one of the documents."""
    seen: dict[str, tuple[str, int]] = {}
    for document in examined:
        for number in document.numbers:
            canonical = number.examination.canonical
            shown, times = seen.get(canonical, (number.examination.display, 0))
            seen[canonical] = (shown, times + 1)
    return tuple(shown for shown, times in seen.values() if times > 1)
