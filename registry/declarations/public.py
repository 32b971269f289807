"""What everybody may read of published declarations, many at once and without the ORM: lists, feeds, exports.

Two statements whatever the number of declarations. Sensitive numbers come masked and in no other form, so whatever is
made of this can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import BindParameter, and_, func, select
from sqlmodel import Session

from registry.db.direct import Query, Reader, Row, day_of, moment_of, param, reader_from
from registry.db.tables import metadata
from registry.declarations.edition_names import NamedEdition, name_editions
from registry.declarations.states import PUBLIC
from registry.wording import fill

# So many ids does a statement take; what is not needed is filled up with the last of them.
SIZES: Final = (1, 32, 512)
_NAMES: Final = tuple(f"id{place}" for place in range(SIZES[-1]))

_declaration = metadata.tables["declaration"]
_document = metadata.tables["document"]
_number = metadata.tables["document_number"]
_edition = metadata.tables["edition"]
_earlier = _declaration.alias("earlier")
_later = _declaration.alias("later")


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


class PublicLine(NamedTuple):
    """As much of a published declaration as a line of the list shows; `sentence` as in PublicDeclaration."""

    reference: str
    status: str
    sentence: str
    published_on: date
    edition: int


def list_by_ids(source: Session | Reader, ids: Sequence[int]) -> list[PublicDeclaration]:
    """Return the published ones of these declarations, in the order of `ids`."""
    reader = reader_from(source)
    found: dict[int, PublicDeclaration] = {}
    for size, values in _in_parts(ids):
        documents = _documents_of(reader, size, values)
        for row in reader.rows(_declarations(size), values):
            declaration = _made(row, documents.get(row[0], []))
            found[declaration.declaration_id] = declaration
    return [found[declaration_id] for declaration_id in ids if declaration_id in found]


def list_lines(source: Session | Reader, ids: Sequence[int]) -> list[PublicLine]:
    """Return the lines of these declarations, which are published, in the order of `ids`."""
    reader = reader_from(source)
    found: dict[int, Row] = {}
    numbers: dict[int, list[str]] = {}
    for size, values in _in_parts(ids):
        for row in reader.rows(_lines(size), values):
            found[row[0]] = row
            if row[5] is not None:
                numbers.setdefault(row[0], []).append(row[5])
    editions = name_editions(reader, {row[4] for row in found.values()})
    return [_line(found[one], numbers.get(one, ()), editions) for one in ids if one in found]


def _line(row: Row, numbers: Sequence[str], editions: Mapping[int, NamedEdition]) -> PublicLine:
    _id, reference, status, statement, edition_id, _shown = row
    day, number = editions[edition_id]
    assert number is not None
    return PublicLine(reference, status, fill(statement, numbers), day, number)


def list_first_lines(source: Session | Reader, edition: int, *, most: int) -> list[PublicLine]:
    """Return the lines with which the column of a published edition, named by its number, begins."""
    reader = reader_from(source)
    found = reader.rows(_FIRST, {"edition": edition, "most": most})
    return list_lines(reader, [declaration_id for (declaration_id,) in found])


def _in_parts(ids: Sequence[int]) -> Iterator[tuple[int, dict[str, object]]]:
    for start in range(0, len(ids), SIZES[-1]):
        some = [*ids[start : start + SIZES[-1]]]
        size = next(size for size in SIZES if size >= len(some))
        yield size, dict(zip(_NAMES[:size], some + some[-1:] * (size - len(some)), strict=True))


def _made(row: Row, documents: list[PublicDocument]) -> PublicDeclaration:
    declaration_id, reference, nature, about, status, declarant, statement, *days, edition, replaced_by = row
    published_on, withdrawn_on, published_at = days
    day, moment = day_of(published_on), moment_of(published_at)
    assert day is not None
    assert moment is not None
    return PublicDeclaration(
        declaration_id,
        reference,
        nature,
        about,
        status,
        declarant,
        fill(statement, [number.shown for document in documents for number in document.numbers]),
        day,
        moment,
        day_of(withdrawn_on),
        edition,
        tuple(documents),
        replaced_by,
    )


def _documents_of(reader: Reader, size: int, values: dict[str, object]) -> dict[int, list[PublicDocument]]:
    """Return documents by the id of their declaration, in the order in which its statement counts their numbers."""
    documents: dict[int, list[PublicDocument]] = {}
    last = None
    for document_id, declaration_id, kind, title, copies, holder, label, sensitive, shown in reader.rows(
        _documents(size), values
    ):
        own = documents.setdefault(declaration_id, [])
        numbers: tuple[PublicNumber, ...] = () if shown is None else (PublicNumber(label, shown, bool(sensitive)),)
        if document_id == last:
            numbers = own.pop().numbers + numbers
        own.append(PublicDocument(kind, title, copies, holder, numbers))
        last = document_id
    return documents


@cache
def _declarations(size: int) -> Query:
    return Query(
        select(
            *_declaration.c["id", "reference", "nature"],
            _earlier.c.reference,
            *_declaration.c["status", "declarant", "statement", "published_on", "withdrawn_on"],
            *_edition.c["published_at", "number"],
            _later.c.reference,
        )
        .select_from(_declaration)
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
        .where(
            _declaration.c.id.in_(_ids(size)),
            _declaration.c.status.in_(PUBLIC),
            _declaration.c.published_on.is_not(None),
        )
    )


_FIRST: Final = Query(
    select(_declaration.c.id)
    .join(_edition, _edition.c.id == _declaration.c.edition_id)
    .where(
        _edition.c.number == param("edition"),
        _declaration.c.status.in_(PUBLIC),
        _declaration.c.published_on.is_not(None),
    )
    .order_by(*_declaration.c["column_place", "submitted_at", "id"])
    .limit(param("most"))
)


@cache
def _lines(size: int) -> Query:
    return Query(
        select(
            *_declaration.c["id", "reference", "status", "statement", "edition_id"],
            func.coalesce(_number.c.printed, _number.c.masked),
        )
        .select_from(_declaration)
        .join(_document, _document.c.declaration_id == _declaration.c.id, isouter=True)
        .join(_number, _number.c.document_id == _document.c.id, isouter=True)
        .where(_declaration.c.id.in_(_ids(size)), _declaration.c.published_on.is_not(None))
        .order_by(_declaration.c.id, _document.c.position, _number.c.position)
    )


@cache
def _documents(size: int) -> Query:
    # Of a sensitive number nothing is printed here (CHECK printed_or_sealed), so its mask is what everybody sees.
    shown = func.coalesce(_number.c.printed, _number.c.masked)
    return Query(
        select(
            *_document.c["id", "declaration_id", "kind", "title", "copies", "holder"],
            *_number.c["label", "sensitive"],
            shown,
        )
        .select_from(_document)
        .join(_number, _number.c.document_id == _document.c.id, isouter=True)
        .where(_document.c.declaration_id.in_(_ids(size)))
        .order_by(_document.c.declaration_id, _document.c.position, _number.c.position)
    )


def _ids(size: int) -> list[BindParameter[object]]:
    return [param(name) for name in _NAMES[:size]]
