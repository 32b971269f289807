"""Turning examined entries into rows, and rows back into what a sentence and a reader need."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import Enum

from sqlmodel import Session

from registry import kinds
from registry.db.engine import vault_of
from registry.db.sealing import Vault
from registry.db.tables import Declaration, Document, DocumentNumber
from registry.declarations.entries import (
    Contact,
    DeclarationEntry,
    DocumentEntry,
    ExaminedDocument,
    ExaminedNumber,
    NumberEntry,
)
from registry.declarations.masking import mask_hidden
from registry.declarations.spans import span_of
from registry.kinds import Grade
from registry.wording import NoticeDocument, NoticeRecord, fill

NUMBER_PURPOSE = "document_number.sealed"
CONTACT_PURPOSE = "declaration.contact_sealed"
SECRET_PURPOSE = "declaration.secret_sealed"  # noqa: S105 (the name of a column)


class Reveal(Enum):
    """How much of a sensitive number a reader may see."""

    MASKED = "masked"
    AS_CHOSEN = "as chosen by the declarant for print"
    FULL = "full"


def document_rows(vault: Vault, documents: tuple[ExaminedDocument, ...]) -> list[Document]:
    """Return unsaved rows for examined documents, sensitive numbers sealed."""
    rows = []
    for position, document in enumerate(documents, start=1):
        entry = document.entry
        row = Document(position=position, kind=entry.kind, title=entry.title, copies=entry.copies, holder=entry.holder)
        row.numbers = [_number_row(vault, place, number) for place, number in enumerate(document.numbers, start=1)]
        rows.append(row)
    return rows


def notice_record(declaration: Declaration) -> NoticeRecord:
    """Return what the sentence of a stored declaration says."""
    earlier = declaration.follows
    return NoticeRecord(
        declarant=declaration.declarant,
        documents=tuple(notice_document(document) for document in declaration.documents),
        nature=declaration.nature,
        lost_on=declaration.lost_on if declaration.circumstances_printed else None,
        lost_at=declaration.lost_at if declaration.circumstances_printed else None,
        about=(earlier.reference, earlier.published_on) if earlier and earlier.published_on else None,
        organisation=declaration.declarant_type == "organisation",
    )


def notice_document(document: Document) -> NoticeDocument:
    return NoticeDocument(
        title=document.title,
        copies=document.copies,
        holder=document.holder,
        labels=tuple(number.label for number in document.numbers),
        kind=document.kind,
    )


def numbers_of(declaration: Declaration) -> list[DocumentNumber]:
    """Return the numbers of a declaration in the order that its statement counts them."""
    return [number for document in declaration.documents for number in document.numbers]


def shown_number(session: Session, number: DocumentNumber, reveal: Reveal) -> str:
    """Return one number as a reader with this right sees it."""
    if number.sealed is None:
        return number.printed or ""
    if reveal is Reveal.FULL or (reveal is Reveal.AS_CHOSEN and number.full_in_print):
        return vault_of(session).open(number.sealed, purpose=NUMBER_PURPOSE).reveal()
    return number.masked


def is_covered_in_print(declaration: Declaration) -> bool:
    """Whether a number of a declaration is printed masked."""
    return any(number.sensitive and not number.full_in_print for number in numbers_of(declaration))


def statement_of(session: Session, declaration: Declaration, reveal: Reveal = Reveal.MASKED) -> str:
    """Return the sentence of a declaration with its numbers filled in as far as the reader may see them."""
    return fill(declaration.statement, [shown_number(session, number, reveal) for number in numbers_of(declaration)])


def seal_contact(vault: Vault, contact: Contact) -> str:
    return vault.seal(json.dumps(asdict(contact), ensure_ascii=False), purpose=CONTACT_PURPOSE)


def contact_of(session: Session, declaration: Declaration) -> Contact | None:
    """Return how to reach the declarant; None once it was erased."""
    if declaration.contact_sealed is None:
        return None
    opened = vault_of(session).open(declaration.contact_sealed, purpose=CONTACT_PURPOSE)
    return Contact(**json.loads(opened.reveal()))


def entry_of(session: Session, declaration: Declaration) -> DeclarationEntry:
    """Return a stored declaration as the entry it was made from, so that its declarant can amend it."""
    documents = tuple(
        DocumentEntry(
            kind=document.kind,
            title=document.title,
            copies=document.copies,
            holder=document.holder,
            numbers=tuple(
                NumberEntry(
                    field=number.field,
                    text=shown_number(session, number, Reveal.FULL),
                    label=number.label,
                    full_in_print=number.full_in_print,
                    confirmed=number.confirmed,
                )
                for number in document.numbers
            ),
        )
        for document in declaration.documents
    )
    return DeclarationEntry(
        declarant_type=declaration.declarant_type,
        declarant=declaration.declarant,
        contact=contact_of(session, declaration) or Contact(name="", phone=""),
        documents=documents,
        lost_on=declaration.lost_on,
        lost_at=declaration.lost_at,
        circumstances_printed=declaration.circumstances_printed,
    )


def _number_row(vault: Vault, position: int, number: ExaminedNumber) -> DocumentNumber:
    entry, examination = number.entry, number.examination
    # A resident ID typed where another number belongs is as sensitive there as on its own card.
    hidden = examination.grade is not Grade.VALID and bool(kinds.find_sensitive(number.printed))
    sensitive = examination.sensitive or hidden
    key = vault.lookup_key(examination.canonical) if sensitive else examination.canonical
    row = DocumentNumber(
        position=position,
        field=entry.field,
        rule=examination.rule,
        label=entry.label,
        sensitive=sensitive,
        printed=None if sensitive else number.printed,
        masked=mask_hidden(number.printed) if hidden and not examination.sensitive else examination.masked,
        sealed=vault.seal(number.printed, purpose=NUMBER_PURPOSE) if sensitive else None,
        key=key,
        full_in_print=sensitive and entry.full_in_print,
        confirmed=entry.confirmed and examination.grade is Grade.IMPOSSIBLE,
    )
    file_number(row)
    return row


def file_number(row: DocumentNumber) -> None:
    """Set the keys under which a public number is found by its look and by the ranges; a sensitive one has none."""
    if row.sensitive:
        return
    row.near_key = kinds.lookalike(row.key)
    span = span_of(row.rule, row.key)
    row.range_group = span.group if span else None
    row.range_first = span.first if span else None
    row.range_last = span.last if span else None
