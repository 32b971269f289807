"""What everybody may read of published declarations, many at once and without the ORM: lists, feeds, exports, notices.

Two statements whatever the number of declarations. Sensitive numbers come masked and in no other form, so whatever is
made of this can be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, func, select
from sqlmodel import Session

from registry.db.tables import metadata
from registry.declarations.states import PUBLIC
from registry.wording import fill

_declaration = metadata.tables["declaration"]
_document = metadata.tables["document"]
_number = metadata.tables["document_number"]
_edition = metadata.tables["edition"]
_earlier = _declaration.alias("earlier")

# Of a sensitive number nothing is printed here (CHECK printed_or_sealed), so its mask is what everybody sees.
_shown = func.coalesce(_number.c.printed, _number.c.masked).label("shown")
_ids: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_DECLARATIONS = (
    select(
        *_declaration.c[
            "id", "reference", "nature", "status", "declarant", "statement", "published_on", "withdrawn_on"
        ],
        *_edition.c["number", "published_at"],
        _earlier.c.reference.label("about"),
    )
    .join(_edition, _edition.c.id == _declaration.c.edition_id)
    .join(_earlier, _earlier.c.id == _declaration.c.follows_id, isouter=True)
    .where(_declaration.c.id.in_(_ids), _declaration.c.status.in_(PUBLIC), _declaration.c.published_on.is_not(None))
)
_DOCUMENTS = (
    select(
        *_document.c["id", "declaration_id", "kind", "title", "copies", "holder"],
        *_number.c["label", "sensitive"],
        _shown,
    )
    .join(_number, _number.c.document_id == _document.c.id, isouter=True)
    .where(_document.c.declaration_id.in_(_ids))
    .order_by(_document.c.declaration_id, _document.c.position, _number.c.position)
)
_STATEMENTS = select(*_declaration.c["id", "statement"]).where(_declaration.c.id.in_(_ids))
_NUMBERS = (
    select(_document.c.declaration_id, _shown)
    .join(_number, _number.c.document_id == _document.c.id)
    .where(_document.c.declaration_id.in_(_ids))
    .order_by(_document.c.declaration_id, _document.c.position, _number.c.position)
)


@dataclass(frozen=True, slots=True)
class PublicNumber:
    """A number as everybody may read it: as printed, or masked where it is `sensitive`."""

    label: str
    shown: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A lost document; `holder` is None where it is the declarant's own."""

    kind: str
    title: str
    copies: str | None
    holder: str | None
    numbers: tuple[PublicNumber, ...]


@dataclass(frozen=True, slots=True)
class PublicDeclaration:
    """A published declaration as everybody may read it.

    Attributes:
        sentence: as printed, its numbers filled in, sensitive ones masked.
        about: the reference of the record that a correction or withdrawal is about.
        published_on: the day of its edition; `published_at` is the moment, in UTC.
        withdrawn_on: the day on which it was withdrawn or corrected.
        edition: the number of its edition.
    """

    declaration_id: int
    reference: str
    nature: str
    about: str | None
    status: str
    declarant: str
    sentence: str
    published_on: date
    published_at: datetime
    withdrawn_on: date | None
    edition: int
    documents: tuple[PublicDocument, ...]


def list_by_ids(session: Session, ids: Sequence[int]) -> list[PublicDeclaration]:
    """Return the published ones of these declarations, in the order of `ids`."""
    documents = _documents_of(session, ids)
    found = {}
    for row in session.execute(_DECLARATIONS, {"ids": ids}):
        own = documents.get(row.id, ())
        numbers = [number.shown for document in own for number in document.numbers]
        found[row.id] = PublicDeclaration(
            row.id,
            row.reference,
            row.nature,
            row.about,
            row.status,
            row.declarant,
            fill(row.statement, numbers),
            row.published_on,
            row.published_at,
            row.withdrawn_on,
            row.number,
            tuple(own),
        )
    return [found[declaration_id] for declaration_id in ids if declaration_id in found]


def sentences_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the public sentence of each of these declarations, whatever its status, by its id."""
    numbers: dict[int, list[str]] = {}
    for declaration_id, shown in session.execute(_NUMBERS, {"ids": ids}):
        numbers.setdefault(declaration_id, []).append(shown)
    statements = session.execute(_STATEMENTS, {"ids": ids})
    return {
        declaration_id: fill(statement, numbers.get(declaration_id, ())) for declaration_id, statement in statements
    }


def _documents_of(session: Session, ids: Sequence[int]) -> dict[int, list[PublicDocument]]:
    """Return documents by the id of their declaration, in the order in which its statement counts their numbers."""
    documents: dict[int, list[PublicDocument]] = {}
    last = None
    for row in session.execute(_DOCUMENTS, {"ids": ids}):
        numbers: tuple[PublicNumber, ...] = (
            () if row.shown is None else (PublicNumber(row.label, row.shown, row.sensitive),)
        )
        if row.id == last:
            own = documents[row.declaration_id]
            before = own[-1]
            numbers = before.numbers + numbers
            own[-1] = PublicDocument(before.kind, before.title, before.copies, before.holder, numbers)
        else:
            document = PublicDocument(row.kind, row.title, row.copies, row.holder, numbers)
            documents.setdefault(row.declaration_id, []).append(document)
        last = row.id
    return documents
