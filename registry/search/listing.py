"""The public list: published declarations, newest first, filtered, a page at a time by keyset."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Generic, NamedTuple, TypeVar

from sqlalchemy import select
from sqlmodel import Session

from registry import kinds
from registry.db.direct import Query, Reader, day_of, param, reader_from
from registry.db.tables import metadata
from registry.declarations.indexing import kind_token, place_of, places_of, status_token
from registry.declarations.public import PublicDeclaration, PublicLine, list_by_ids, list_lines
from registry.search import on_postgresql, on_sqlite
from registry.search.text import FIRST_PLACE, LAST_PLACE, Found, Wanted, phrases_of

PAGE_SIZE = 25
BATCH = 500
MOST_COUNTED = 10_000
# PostgreSQL looks every row of a count up, which costs it a hundred times what SQLite takes.
MOST_COUNTED_ON_POSTGRESQL = 1_000

_edition = metadata.tables["edition"]
_search_document = metadata.tables["search_document"]
_DAY_OF_EDITION = Query(select(_edition.c.day).where(_edition.c.number == param("number")))

_PLACE = Query(select(_search_document.c.place).where(_search_document.c.declaration_id == param("declaration")))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all.

    Attributes:
        words: every run of letters and digits in it has to be part of a name, a title or the sentence; what else
            stands in it is no matter. Callers limit its length.
        kind, family: slugs of the catalogue; a declaration with one such document is found.
        published_from, published_to: days, both included.
        edition: the number of one, or its day.
    """

    words: str = ""
    kind: str = ""
    family: str = ""
    status: str = ""
    published_from: date | None = None
    published_to: date | None = None
    edition: int | date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list: what follows it is older, or newer when `newer` is set."""

    PATTERN: ClassVar[str] = "[no][1-9][0-9]{9,13}"

    place: int
    newer: bool = False

    def __str__(self) -> str:
        return f"{'n' if self.newer else 'o'}{self.place}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """Return the cursor that `str` wrote; None for anything else, so that a torn address shows the first page."""
        if not re.fullmatch(cls.PATTERN, text):
            return None
        return cls(int(text[1:]), newer=text.startswith("n"))


Shown = TypeVar("Shown", PublicDeclaration, PublicLine)


class Count(NamedTuple):
    """How many there are: `number`, or `more` than that where counting on would take too long."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Shown]):
    """One page of the list, and of how many declarations it is one."""

    declarations: list[Shown]
    count: Count
    newer: Cursor | None = None
    older: Cursor | None = None
    filters: Filters = field(default_factory=Filters)


def list_public(
    source: Session | Reader, filters: Filters, *, cursor: Cursor | None = None, size: int = PAGE_SIZE
) -> Page[PublicDeclaration]:
    """Return a page of published declarations, newest first."""
    return _page(source, filters, cursor, size, list_by_ids)


def list_briefly(
    source: Session | Reader, filters: Filters, *, cursor: Cursor | None = None, size: int = PAGE_SIZE
) -> Page[PublicLine]:
    """Return the same page with no more of each declaration than a line of the list shows, which costs half as much."""
    return _page(source, filters, cursor, size, list_lines)


def iterate_public(source: Session | Reader, filters: Filters, *, batch: int = BATCH) -> Iterator[PublicDeclaration]:
    """Yield every published declaration that the filters let through, newest first, however many there are.

    Read in batches by keyset, so that memory stays level; what is published meanwhile is newer and does not come.
    """
    for found, _reached in batches_public(source, filters, batch=batch):
        yield from found


def batches_public(
    source: Session | Reader, filters: Filters, *, after: Cursor | None = None, batch: int = BATCH
) -> Iterator[tuple[list[PublicDeclaration], Cursor]]:
    """Yield what `iterate_public` does, batch by batch, each with the cursor from which to go on elsewhere."""
    reader = reader_from(source)
    wanted, cursor = _wanted(reader, filters), after
    while hits := _find(reader, wanted, cursor, batch).hits:
        cursor = Cursor(hits[-1].place)
        yield list_by_ids(reader, [hit.declaration_id for hit in hits]), cursor
        if len(hits) < batch:
            return


def keep_found(source: Session | Reader, filters: Filters, ids: Sequence[int]) -> list[int]:
    """Return those of these declarations, in their order, that the filters let through."""
    reader = reader_from(source)
    wanted = _wanted(reader, filters)
    kept = []
    for declaration_id in ids:
        for (place,) in reader.rows(_PLACE, {"declaration": declaration_id}):
            here = replace(wanted, first=max(wanted.first, place), last=min(wanted.last, place))
            if _find(reader, here, None, 1).hits:
                kept.append(declaration_id)
    return kept


def count_public(source: Session | Reader, filters: Filters) -> Count:
    """Return how many declarations the filters let through."""
    reader = reader_from(source)
    return _count(reader, _wanted(reader, filters))


def _page(
    source: Session | Reader,
    filters: Filters,
    cursor: Cursor | None,
    size: int,
    make: Callable[[Reader, list[int]], list[Shown]],
) -> Page[Shown]:
    reader = reader_from(source)
    wanted = _wanted(reader, filters)
    upwards = bool(cursor and cursor.newer)
    found = _find(reader, wanted, cursor, size + 1)
    hits = found.hits[:size]
    more = len(found.hits) > size
    if cursor is not None or (more and found.total is None):
        count = _count(reader, wanted)
    else:
        count = _up_to(reader, len(hits) if found.total is None else found.total)
    if not hits:
        return Page([], count, filters=filters)
    if upwards:
        hits.reverse()
    return Page(
        make(reader, [hit.declaration_id for hit in hits]),
        count,
        newer=Cursor(hits[0].place, newer=True) if (more if upwards else cursor is not None) else None,
        older=Cursor(hits[-1].place) if (upwards or more) else None,
        filters=filters,
    )


def _find(reader: Reader, wanted: Wanted, cursor: Cursor | None, most: int) -> Found:
    """Return hits beyond the cursor, the nearest first."""
    if cursor and cursor.newer:
        wanted = replace(wanted, first=max(wanted.first, cursor.place + 1))
    elif cursor:
        wanted = replace(wanted, last=min(wanted.last, cursor.place - 1))
    if wanted.nothing:
        return Found([], 0)
    list_hits = on_postgresql.list_hits if reader.is_postgresql else on_sqlite.list_hits
    return list_hits(reader, wanted, upwards=bool(cursor and cursor.newer), most=most)


def _count(reader: Reader, wanted: Wanted) -> Count:
    if wanted.nothing:
        return Count(0)
    most, everything = _most_counted(reader), wanted == Wanted()
    # What is published stays in the list: once there is more of it than is counted, there always is.
    if everything and ("counted", most) in reader.lasting:
        return Count(most, more=True)
    count_hits = on_postgresql.count_hits if reader.is_postgresql else on_sqlite.count_hits
    count = _up_to(reader, count_hits(reader, wanted, most=most + 1))
    if everything and count.more:
        reader.lasting["counted", most] = True
    return count


def _up_to(reader: Reader, total: int) -> Count:
    most = _most_counted(reader)
    return Count(min(total, most), total > most)


def _most_counted(reader: Reader) -> int:
    return MOST_COUNTED_ON_POSTGRESQL if reader.is_postgresql else MOST_COUNTED


def _wanted(reader: Reader, filters: Filters) -> Wanted:
    choices: list[tuple[str, ...]] = []
    if filters.status:
        choices.append((status_token(filters.status),))
    if filters.kind:
        choices.append((kind_token(filters.kind),))
    if filters.family:
        choices.append(tuple(kind_token(kind.slug) for kind in kinds.CATALOGUE if kind.family == filters.family))
    first = place_of(filters.published_from, 0) if filters.published_from else FIRST_PLACE
    last = places_of(filters.published_to, filters.published_to)[1] if filters.published_to else LAST_PLACE
    if filters.edition is not None:
        lowest, highest = _places_of_edition(reader, filters.edition)
        first, last = max(first, lowest), min(last, highest)
    return Wanted(phrases_of(filters.words), tuple(choices), first, last)


def _places_of_edition(reader: Reader, edition: int | date) -> tuple[int, int]:
    day: date | None
    if isinstance(edition, date):
        day = edition
    else:
        day = next((day_of(day) for (day,) in reader.rows(_DAY_OF_EDITION, {"number": edition})), None)
    return places_of(day, day) if day else (LAST_PLACE, FIRST_PLACE)
