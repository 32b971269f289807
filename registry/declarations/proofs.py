"""The proof of a declaration: its sentence, what that is in print, how long it is and what it costs.

The page that shows a proof and the service that stores what was read on it both ask here, so they cannot differ.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from registry import clock, wording
from registry.db.engine import style_of, vault_of
from registry.db.tables import Declaration, Document, Price
from registry.declarations.entries import DeclarationEntry, ExaminedDocument, examine_entry
from registry.declarations.records import Reveal, document_rows, shown_number
from registry.wording import Measure, NoticeRecord


@dataclass(frozen=True, slots=True)
class About:
    """The published record that a correction or withdrawal points at."""

    declaration: Declaration
    nature: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What will be stored and printed.

    Attributes:
        statement: the sentence with placeholders, without the bullet.
        documents, rows: the documents as they were examined and, unsaved, as they will be stored.
        printed, masked: the sentence as the newspaper prints it and as the website shows it.
    """

    statement: str
    documents: tuple[ExaminedDocument, ...]
    rows: list[Document]
    printed: str
    masked: str
    measure: Measure
    price: wording.Price

    @property
    def digest(self) -> str:
        """What tells this proof from one with another sentence or another price."""
        read = f"{self.printed}\n{self.price!r}"
        return hashlib.sha256(read.encode()).hexdigest()[:32]


def make_proof(session: Session, entry: DeclarationEntry, *, day: date, about: About | None = None) -> Proof:
    """Return the proof of an entry that is handed in on `day`, in the registry's house style of now.

    Raises:
        EntryRefused: see `examine_entry`.
    """
    style = style_of(session)
    documents = examine_entry(entry, style)
    record = _record_of(entry, documents, day, about)
    statement = wording.compose(record, style)
    rows = document_rows(vault_of(session), documents)
    numbers = [number for row in rows for number in row.numbers]
    printed, masked = (
        wording.fill(statement, [shown_number(session, number, reveal) for number in numbers])
        for reveal in (Reveal.AS_CHOSEN, Reveal.MASKED)
    )
    return Proof(
        statement=statement,
        documents=documents,
        rows=rows,
        printed=printed,
        masked=masked,
        measure=wording.measure(printed, style),
        price=wording.price_of(printed, style, documents=len(rows), nature=record.nature),
    )


def withdrawal_of(session: Session, declaration: Declaration) -> tuple[str, wording.Price]:
    """Return the sentence that withdraws a published declaration, and what it costs who asks for it.

    Raises:
        ValueError: it is not published.
    """
    published = declaration.published_on
    record = NoticeRecord(
        declarant=declaration.declarant,
        documents=(),
        nature="withdrawal",
        about=(declaration.reference, published) if published else None,
    )
    style = style_of(session)
    sentence = wording.compose(record, style)
    return sentence, wording.price_of(sentence, style, documents=0, nature="withdrawal")


def keep_price(declaration: Declaration, price: wording.Price) -> None:
    """Fix the price of a declaration that is handed in; of one that is handed in again, in the place of the first."""
    fixed: dict[str, Any] = {**asdict(price), "fixed_at": clock.now()}
    if declaration.price is None:
        declaration.price = Price(**fixed)
    else:
        declaration.price.sqlmodel_update(fixed)


def _record_of(
    entry: DeclarationEntry, documents: tuple[ExaminedDocument, ...], day: date, about: About | None
) -> NoticeRecord:
    printed = entry.circumstances_printed
    earlier = about.declaration if about else None
    return NoticeRecord(
        declarant=entry.declarant,
        documents=tuple(document.in_notice() for document in documents),
        nature=about.nature if about else "loss",
        lost_on=entry.lost_on if printed else None,
        lost_at=entry.lost_at if printed else None,
        about=(earlier.reference, earlier.published_on) if earlier and earlier.published_on else None,
        organisation=entry.declarant_type == "organisation",
        signed_on=day,
    )
