"""What a declarant entered, as the services take it: checked by a form, not yet a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from registry import kinds
from registry.db.tables import NAME_LENGTH, NUMBER_LENGTH
from registry.errors import RegistryError
from registry.kinds import DocumentKind, Examination, Grade, NumberField
from registry.text import find_forbidden
from registry.wording import HouseStyle, NoticeDocument
from registry.wording.patterns import BRACKETS

MOST_DOCUMENTS = 20


class EntryRefused(RegistryError):
    """An entry that no form would have let through; names the part at fault."""


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """A number as typed.

    `full_in_print` is the declarant's choice for a sensitive number; `confirmed` their word that an impossible number
    is printed so on the document.
    """

    field: str
    text: str
    label: str
    full_in_print: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    kind: str
    title: str
    copies: str | None = None
    holder: str | None = None
    numbers: tuple[NumberEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the declarant; sealed, shown to staff only, and erased after a term."""

    name: str
    phone: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationEntry:
    declarant_type: str
    declarant: str
    contact: Contact
    documents: tuple[DocumentEntry, ...]
    lost_on: date | None = None
    lost_at: str | None = None
    circumstances_printed: bool = False


@dataclass(frozen=True, slots=True)
class ExaminedNumber:
    """A number entry with what its rule says of it and how it is printed in the sentence."""

    entry: NumberEntry
    examination: Examination
    printed: str


@dataclass(frozen=True, slots=True)
class ExaminedDocument:
    entry: DocumentEntry
    kind: DocumentKind
    numbers: tuple[ExaminedNumber, ...] = field(default=())

    def in_notice(self) -> NoticeDocument:
        entry = self.entry
        labels = tuple(number.entry.label for number in self.numbers)
        return NoticeDocument(
            title=entry.title, copies=entry.copies, holder=entry.holder, labels=labels, kind=self.kind.slug
        )


def examine_entry(entry: DeclarationEntry, style: HouseStyle | None = None) -> tuple[ExaminedDocument, ...]:
    """Return the documents of an entry with their numbers examined, and ranges as `style` prints them.

    The last net under the forms: a programming fault upstream must not become a record.

    Raises:
        EntryRefused: something is missing, over-long, unprintable, or an impossible number was not confirmed.
    """
    if entry.declarant_type not in ("person", "organisation"):
        raise EntryRefused("declarant_type")
    _require_text("declarant", entry.declarant, NAME_LENGTH)
    if entry.lost_at is not None:
        _require_text("lost_at", entry.lost_at, NAME_LENGTH)
    if not 1 <= len(entry.documents) <= MOST_DOCUMENTS:
        raise EntryRefused("documents")
    return tuple(_examine_document(document, style) for document in entry.documents)


def printed_form(number_field: NumberField, examination: Examination, between: str = "-") -> str:
    """Return a number as the sentence prints it: closed up where spaces mean nothing, as typed where they may.

    `between` is what the house style puts between the ends of a range.
    """
    rule = next((rule for rule in number_field.rules if rule.slug == examination.rule), number_field.rules[0])
    typed = kinds.as_printed(examination.input)
    ends = kinds.range_of(examination.rule, examination.canonical)
    if ends and (rule.form == "compact" or all(end in typed for end in ends)):
        return between.join(ends)
    return examination.canonical if rule.form == "compact" else typed


def _examine_document(document: DocumentEntry, style: HouseStyle | None) -> ExaminedDocument:
    try:
        kind = kinds.get(document.kind)
    except kinds.UnknownKind as error:
        raise EntryRefused("kind") from error
    _require_text("title", document.title, NAME_LENGTH)
    for name, value, most in (("copies", document.copies, 32), ("holder", document.holder, NAME_LENGTH)):
        if value is not None:
            _require_text(name, value, most)
    between = style.patterns_of(kind.family).range if style else "-"
    fields = {number_field.name: number_field for number_field in kind.numbers}
    given = {number.field for number in document.numbers}
    if len(given) != len(document.numbers) or not given <= fields.keys():
        raise EntryRefused("numbers")
    numbers = []
    for number in document.numbers:
        _require_text("number", number.text, NUMBER_LENGTH)
        _require_text("label", number.label, 32)
        examination = kinds.examine_field(fields[number.field], number.text)
        if not examination.canonical:
            raise EntryRefused("number")
        if examination.grade is Grade.IMPOSSIBLE and not number.confirmed:
            raise EntryRefused("number")
        printed = printed_form(fields[number.field], examination, between)
        numbers.append(ExaminedNumber(number, examination, printed))
    return ExaminedDocument(document, kind, tuple(numbers))


def _require_text(name: str, value: str, most: int) -> None:
    if not value.strip() or len(value) > most or find_forbidden(value) or any(b in value for b in BRACKETS):
        raise EntryRefused(name)
    if name not in ("number", "label") and kinds.find_sensitive(value):
        raise EntryRefused(name)
