"""The answers of a draft: what the pages have asked so far, in a form that JSON keeps.

Only answers that their page accepted come in here; `answered` tells a document whose page was filled in from one that
was merely chosen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar

from registry import kinds
from registry.declarations.drafts import Answers
from registry.declarations.entries import MOST_DOCUMENTS, Contact, DeclarationEntry, DocumentEntry, NumberEntry

Part = TypeVar("Part")


@dataclass(slots=True)
class NumberAnswer:
    """A number as typed. No answer at all stands for a document without a number."""

    text: str
    label: str
    full_in_print: bool = False
    confirmed: bool = False


@dataclass(slots=True)
class DocumentAnswer:
    """A lost document. An empty `holder` means that it is the declarant's own."""

    kind: str
    title: str = ""
    copies: str = ""
    holder: str = ""
    numbers: dict[str, NumberAnswer] = field(default_factory=dict)
    answered: bool = False

    def entry(self) -> DocumentEntry:
        names = [number.name for number in kinds.get(self.kind).numbers]
        return DocumentEntry(
            kind=self.kind,
            title=self.title,
            copies=self.copies or None,
            holder=self.holder or None,
            numbers=tuple(
                NumberEntry(name, number.text, number.label, number.full_in_print, number.confirmed)
                for name, number in sorted(self.numbers.items(), key=lambda item: names.index(item[0]))
            ),
        )


@dataclass(slots=True)
class DeclarantAnswer:
    """Who declares and how to reach them. `lost_on` is an ISO date or empty."""

    declarant_type: str
    declarant: str
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    lost_on: str = ""
    lost_at: str = ""
    circumstances_printed: bool = False


@dataclass(slots=True)
class DraftAnswers:
    documents: list[DocumentAnswer] = field(default_factory=list)
    declarant: DeclarantAnswer | None = None

    def to_json(self) -> Answers:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Answers) -> DraftAnswers:
        """Read kept answers. What an earlier version of the catalogue knew and this one does not is asked again."""
        documents = [_read_document(each) for each in raw.get("documents", [])]
        declarant = raw.get("declarant")
        return cls(
            documents=[document for document in documents if document is not None][:MOST_DOCUMENTS],
            declarant=_read(DeclarantAnswer, declarant) if declarant else None,
        )

    @property
    def complete(self) -> bool:
        return self.unanswered() is None and self.declarant_complete

    @property
    def declarant_complete(self) -> bool:
        return self.declarant is not None and bool(self.declarant.declarant and self.declarant.phone)

    def unanswered(self) -> int | None:
        """Return the position, counted from 1, of the first document whose page is still to be filled in."""
        for position, document in enumerate(self.documents, start=1):
            if not document.answered:
                return position
        return None

    def entry(self) -> DeclarationEntry:
        """Return the whole as the services take it; only for complete answers."""
        assert self.declarant is not None
        who = self.declarant
        return DeclarationEntry(
            declarant_type=who.declarant_type,
            declarant=who.declarant,
            contact=Contact(name=who.contact_name or who.declarant, phone=who.phone, email=who.email),
            # A holder who turns out to be the declarant is nobody else.
            documents=tuple(
                (replace(document, holder="") if document.holder == who.declarant else document).entry()
                for document in self.documents
            ),
            lost_on=date.fromisoformat(who.lost_on) if who.lost_on else None,
            lost_at=who.lost_at or None,
            circumstances_printed=who.circumstances_printed and bool(who.lost_on or who.lost_at),
        )


def answers_of_entry(entry: DeclarationEntry) -> DraftAnswers:
    """Return the answers from which a stored declaration was made, for amending or correcting it.

    Erased contact details come back empty, so that they are asked for anew.
    """
    contact = entry.contact
    lost_on = entry.lost_on.isoformat() if entry.lost_on else ""
    documents = [
        DocumentAnswer(
            kind=document.kind,
            title=document.title,
            copies=document.copies or "",
            holder=document.holder or "",
            numbers={
                number.field: NumberAnswer(number.text, number.label, number.full_in_print, number.confirmed)
                for number in document.numbers
            },
            answered=True,
        )
        for document in entry.documents
    ]
    declarant = DeclarantAnswer(
        declarant_type=entry.declarant_type,
        declarant=entry.declarant,
        contact_name=contact.name if contact.name != entry.declarant else "",
        phone=contact.phone,
        email=contact.email,
        lost_on=lost_on,
        lost_at=entry.lost_at or "",
        circumstances_printed=entry.circumstances_printed,
    )
    return DraftAnswers(documents=documents, declarant=declarant)


def _read_document(raw: dict[str, Any]) -> DocumentAnswer | None:
    try:
        kind = kinds.get(raw.get("kind", ""))
    except kinds.UnknownKind:
        return None
    known = {number.name for number in kind.numbers}
    document = _read(DocumentAnswer, raw)
    numbers = {name: _read(NumberAnswer, number) for name, number in raw.get("numbers", {}).items()}
    document.numbers = {name: number for name, number in numbers.items() if name in known}
    document.answered = document.answered and len(document.numbers) == len(numbers)
    return document


def _read(part: type[Part], raw: dict[str, Any]) -> Part:
    known = {each.name for each in fields(part)}  # type: ignore[arg-type]
    return part(**{name: value for name, value in raw.items() if name in known})
