"""What everybody may read of published declarations, many at once and without the ORM: lists, feeds, exports, notices.

Two statements whatever the number of declarations. Sensitive numbers come masked and in no other form, so whatever is
made of this can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, and_, bindparam, func, select, tuple_
from sqlmodel import Session

from registry.db.tables import metadata
from registry.declarations.states import PUBLIC
from registry.wording import fill

_declaration = metadata.tables["declaration"]
_document = metadata.tables["document"]
_number = metadata.tables["document_number"]
_edition = metadata.tables["edition"]
_history = metadata.tables["history_entry"]
_earlier = _declaration.alias("earlier")
_later = _declaration.alias("later")

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
        _later.c.reference.label("replaced_by"),
    )
    .join(_edition, _edition.c.id == _declaration.c.edition_id)
    .join(_earlier, _earlier.c.id == _declaration.c.follows_id, isouter=True)
    # A further record that was withdrawn before it came out has a status of the public ones and no day.
    .join(
        _later,
        and_(
            _later.c.follows_id == _declaration.c.id,
            _later.c.status.in_(PUBLIC),
            _later.c.published_on.is_not(None),
        ),
        isouter=True,
    )
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
# The history tells of every step; only those of a published record are anybody's business.
_CHANGES = (
    select(_history.c.declaration_id, func.max(_history.c.at).label("changed_at"))
    .where(
        _history.c.declaration_id.in_(_ids),
        _history.c.from_status.in_(PUBLIC),
        _history.c.from_status != _history.c.to_status,
    )
    .group_by(_history.c.declaration_id)
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
        replaced_by: the reference of the correction or withdrawal that was published about it.
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
    replaced_by: str | None = None


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
            row.replaced_by,
        )
    return [found[declaration_id] for declaration_id in ids if declaration_id in found]


def iterate_all(session: Session, *, batch: int = 500) -> Iterator[PublicDeclaration]:
    """Yield everything published, oldest first, in batches by keyset, so that memory stays level."""
    newest = _declaration.c["published_on", "id"]
    statement = (
        select(*newest)
        .where(_declaration.c.status.in_(PUBLIC), _declaration.c.published_on.is_not(None))
        .order_by(*newest)
        .limit(batch)
    )
    following = statement
    while rows := session.execute(following).all():
        yield from list_by_ids(session, [row.id for row in rows])
        following = statement.where(tuple_(*newest) > tuple_(*rows[-1]))


def count_all(session: Session) -> int:
    """Return how many declarations are published."""
    published = (_declaration.c.status.in_(PUBLIC), _declaration.c.published_on.is_not(None))
    count: int = session.execute(select(func.count()).select_from(_declaration).where(*published)).scalar_one()
    return count


def list_changed_ids(session: Session, *, since: date, most: int) -> list[int]:
    """Return the declarations that further records published on or after a day are about, the latest change first."""
    statement = (
        select(_declaration.c.follows_id)
        .where(
            _declaration.c.published_on >= since,
            _declaration.c.follows_id.is_not(None),
            _declaration.c.status.in_(PUBLIC),
        )
        .order_by(_declaration.c.published_on.desc(), _declaration.c.id.desc())
        .limit(most)
    )
    return list(session.execute(statement).scalars())


def changes_of(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Return the moment, in UTC, of the last change of status since it was published, by id; others are left out."""
    return {row.declaration_id: row.changed_at for row in session.execute(_CHANGES, {"ids": ids})}


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
