"""The numbers on the register, as a check reads them: a few statements, each on one index."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    case,
    cast,
    exists,
    literal_column,
    or_,
    select,
    union_all,
)

from registry.db.direct import Query, Reader, Row, as_list, day_of, listed, moment_of, param
from registry.db.tables import metadata
from registry.declarations.edition_names import NamedEdition, name_editions
from registry.declarations.spans import WIDE, Span, group_in, span_in, spans_in
from registry.declarations.states import PENDING, PUBLIC

_DECLARATION: Final = metadata.tables["declaration"].c
_DOCUMENT: Final = metadata.tables["document"].c
_NUMBER: Final = metadata.tables["document_number"].c

# A short number such as 001 can stand on thousands of papers: what is read of them ends somewhere.
MOST_ENTRIES: Final = 100
# A statement is compiled for so many keys; those that are fewer are asked for twice.
_SIZES: Final = (0, 1, 2, 3, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
# So many keys are looked for one by one.
_FEW: Final = 4
# SQLite looks for a parameter's name among all of a statement, which a few hundred of them make slow.
_MOST_SPANS: Final = 16


class Entry(NamedTuple):
    """One number on the register, with what a check tells of its declaration.

    Attributes:
        key: the canonical number of a public number; None for a sensitive one.
        shown: the number as everybody may see it: as printed, or masked.
        filed_at: when the declaration was handed in, of one that is not published.
        published_on, withdrawn_on: the days of its edition, and of the one that corrected or withdrew it.
        edition_day, edition_number: its edition; the number is None until that is published.
        statement: the sentence, a placeholder where each number stands; `is_first` says that this one is the first.
    """

    declaration_id: int
    reference: str
    status: str
    nature: str
    follows_id: int | None
    declarant: str
    kind: str
    title: str
    rule: str
    key: str | None
    shown: str
    filed_at: datetime | None
    published_on: date | None
    withdrawn_on: date | None
    edition_day: date | None
    edition_number: int | None
    statement: str
    is_first: bool

    @property
    def sensitive(self) -> bool:
        return self.key is None


@dataclass(frozen=True, slots=True)
class Further:
    """A published record that points at an earlier one: a correction or a withdrawal."""

    reference: str
    nature: str


_COLUMNS: Final = (
    _NUMBER.id,
    _DECLARATION.id,
    _DECLARATION.reference,
    _DECLARATION.status,
    _DECLARATION.nature,
    _DECLARATION.follows_id,
    _DECLARATION.declarant,
    _DOCUMENT.kind,
    _DOCUMENT.title,
    _NUMBER.rule,
    _NUMBER.key,
    _NUMBER.sensitive,
    _NUMBER.masked,
    _NUMBER.printed,
    _DECLARATION.submitted_at,
    _DECLARATION.published_on,
    _DECLARATION.withdrawn_on,
    _DECLARATION.edition_id,
    _DECLARATION.statement,
    _DOCUMENT.position,
    _NUMBER.position,
)
_EDITION_ID: Final = _COLUMNS.index(_DECLARATION.edition_id)


def find_entries(reader: Reader, keys: Sequence[str], spans: Sequence[Span] = ()) -> list[Entry]:
    """Return the numbers on the register under any of these keys, and the ranges that meet one of these spans.

    They come in the order in which they were declared; of more than MOST_ENTRIES those that weigh most come, and one
    more than that to tell. Drafts, rejected and unpublished-withdrawn declarations are no part of the register and
    never come.
    """
    return find_or_near(reader, keys, spans, (), most_near=0)[0] if keys else []


def find_or_near(
    reader: Reader, keys: Sequence[str], spans: Sequence[Span], near_keys: Sequence[str], *, most_near: int
) -> tuple[list[Entry], list[Entry]]:
    """Return what `find_entries` does, and where that is nothing, what `find_near` does.

    Most numbers that are checked are on nobody's declaration, and near none: one look into the indexes tells both.
    """
    size, near_size = _size_for(len(keys)), _size_for(len(near_keys))
    given = [*_padded(keys, size), *chain.from_iterable([span.bounds for span in spans])]
    found = reader.rows_in_order(_probe(size, len(spans), near_size), given + _padded(near_keys, near_size))
    if not found:
        return [], []
    ids = [number for is_near, number in found if not is_near]
    if not ids:
        return [], find_near(reader, near_keys, most=most_near)
    if len(ids) > MOST_ENTRIES:
        rows = reader.rows_in_order(_weightiest_query(size, len(spans)), [*given, MOST_ENTRIES + 1])
    else:
        size = _size_for(len(ids))
        rows = reader.rows_in_order(_entries_query(size), _padded(ids, size))
    # What has the number and is no part of the register may still be near something that is.
    near = find_near(reader, near_keys, most=most_near) if not rows and near_keys else []
    return _in_order(rows, _editions_of(reader, rows)), near


class Question(NamedTuple):
    """What is asked about one number, so that many can be asked at once: its canonical spellings, and all its keys."""

    forms: tuple[str, ...]
    keys: Sequence[str]


def find_many(reader: Reader, questions: Sequence[Question]) -> list[list[Entry]]:
    """Return what `find_entries` says to each question, in a few statements for all of them."""
    by_key = _ids_by_key(reader, set(chain.from_iterable([keys for _, keys in questions])))
    by_span = _ids_by_span(reader, {form for forms, _ in questions for form in forms})
    found: dict[int, set[int]] = {}
    for place, (forms, keys) in enumerate(questions):
        # Most numbers are on nobody's declaration, and a set of the keys of a dictionary tells so at once.
        if by_key.keys().isdisjoint(keys) and by_span.keys().isdisjoint(forms):
            continue
        found[place] = {number for key in keys for number in by_key.get(key, ())}
        found[place].update([number for form in forms for number in by_span.get(form, ())])
    few = {number for ids in found.values() if len(ids) <= MOST_ENTRIES for number in ids}
    rows = {row[0]: row for row in reader.rows(_BY_ID, {"ids": as_list(sorted(few))})} if few else {}
    editions = _editions_of(reader, rows.values())
    answers: list[list[Entry]] = [[] for _ in questions]
    for place, ids in found.items():
        if len(ids) > MOST_ENTRIES:
            forms, keys = questions[place]
            answers[place] = find_entries(reader, keys, spans_in(forms))
        else:
            answers[place] = _in_order([rows[number] for number in ids if number in rows], editions)
    return answers


def find_near(reader: Reader, near_keys: Sequence[str], *, most: int) -> list[Entry]:
    """Return public numbers of published declarations that an eye may take for the one with these look-alike keys."""
    if not near_keys:
        return []
    size = _size_for(len(near_keys))
    rows = reader.rows_in_order(_near_query(size), [*_padded(near_keys, size), most])
    editions = _editions_of(reader, rows)
    return [_entry(row, editions) for row in rows]


def first_published_on(reader: Reader, entry: Entry) -> date | None:
    """Return the day on which the loss was first declared: of a correction, the day of what it corrects."""
    nature, day, earlier = entry.nature, entry.published_on, entry.follows_id
    while nature == "correction" and earlier is not None:
        nature, published_on, earlier = reader.rows(_EARLIER, {"id": earlier})[0]
        day = day_of(published_on)
    return day


def replacement_of(reader: Reader, entry: Entry) -> Further | None:
    """Return the published correction or withdrawal that ended a declaration."""
    return next(iter(further_of(reader, entry.declaration_id)), None)


def find_published(reader: Reader, reference: str) -> int | None:
    """Return the id of the declaration of this reference; None where there is none that everybody may see."""
    rows = reader.rows(_PUBLISHED, {"reference": reference})
    return rows[0][0] if rows else None


def further_of(reader: Reader, declaration_id: int) -> list[Further]:
    """Return the published corrections and withdrawals of a declaration, oldest first."""
    return [Further(*row) for row in reader.rows(_FURTHER, {"id": declaration_id})]


_PUBLISHED: Final = Query(
    select(_DECLARATION.id).where(
        _DECLARATION.reference == param("reference"),
        _DECLARATION.published_on.is_not(None),
        _DECLARATION.status.in_(PUBLIC),
    )
)
_EARLIER: Final = Query(
    select(_DECLARATION.nature, _DECLARATION.published_on, _DECLARATION.follows_id).where(
        _DECLARATION.id == param("id")
    )
)
_FURTHER: Final = Query(
    select(_DECLARATION.reference, _DECLARATION.nature)
    .where(_DECLARATION.follows_id == param("id"), _DECLARATION.published_on.is_not(None))
    .order_by(_DECLARATION.id)
)


def _ids_by_key(reader: Reader, keys: Collection[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    # In the order of the index, so that neighbours are read from one page.
    for key, number in reader.rows(_BY_KEY, {"keys": as_list(sorted(keys))}):
        found.setdefault(key, []).append(number)
    return found


def _ids_by_span(reader: Reader, forms: Collection[str]) -> dict[str, list[int]]:
    """Return the ranges on the register that these spellings meet.

    Most groups have no range in them, and only in the others a spelling is looked for.
    """
    groups = {form: group for form in forms if (group := group_in(form))}
    names = sorted({name for group in set(groups.values()) for name in (group, group + WIDE)})
    used = {name.removesuffix(WIDE) for (name,) in reader.rows(_GROUPS, {"groups": as_list(names)})} if names else ()
    wanted = [(form, span) for form, group in groups.items() if group in used and (span := span_in(form))]
    found: dict[str, list[int]] = {}
    for start in range(0, len(wanted), _MOST_SPANS):
        part = wanted[start : start + _MOST_SPANS]
        size = _size_for(len(part))
        values: dict[str, object] = {}
        for place in range(size):
            bounds = part[min(place, len(part) - 1)][1].bounds
            values.update(zip(_names_of_bounds(place), bounds, strict=True))
        for place, number in reader.rows(_spans_query(size), values):
            if place < len(part):
                found.setdefault(part[place][0], []).append(number)
    return found


def _on_the_register() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .select_from(metadata.tables["document_number"])
        .join(metadata.tables["document"], _DOCUMENT.id == _NUMBER.document_id)
        .join(metadata.tables["declaration"], _DECLARATION.id == _DOCUMENT.declaration_id)
        .where(or_(_DECLARATION.published_on.is_not(None) & _DECLARATION.status.in_(PUBLIC), _is_pending()))
    )


def _is_pending() -> ColumnElement[bool]:
    return _DECLARATION.status.in_(PENDING)


def _ids(keys: int, spans: int) -> CompoundSelect[Any]:
    found = [select(_NUMBER.id).where(_among(_NUMBER.key, "key", keys))]
    for place in range(spans):
        found += [select(_NUMBER.id).where(*meeting) for meeting in _meeting(place)]
    return union_all(*found)


def _meeting(place: int) -> tuple[tuple[ColumnElement[bool], ...], ...]:
    """Return what holds for the ranges that meet the span at this place: for the small ones and for the wide ones."""
    meets = (_NUMBER.range_first <= param(f"last{place}"), _NUMBER.range_last >= param(f"first{place}"))
    narrow = (_NUMBER.range_group == param(f"narrow{place}"), _NUMBER.range_first >= param(f"lowest{place}"))
    return (*narrow, *meets), (_NUMBER.range_group == param(f"wide{place}"), *meets)


@cache
def _probe(keys: int, spans: int, near_keys: int) -> Query:
    """Return the query whose parameters are the keys, the bounds of the spans, and the near keys."""
    exact: ColumnElement[int] = literal_column("0")
    near: ColumnElement[int] = literal_column("1")
    arms = [select(exact, _NUMBER.id).where(met) for met in _each_or_among(_NUMBER.key, "key", keys)]
    for place in range(spans):
        arms += [select(exact, _NUMBER.id).where(*meeting) for meeting in _meeting(place)]
    arms += [select(near, _NUMBER.id).where(met) for met in _each_or_among(_NUMBER.near_key, "near", near_keys)]
    return Query(union_all(*arms), (*_names("key", keys), *_names_of_spans(spans), *_names("near", near_keys)))


def _each_or_among(column: Column[Any], name: str, count: int) -> list[ColumnElement[bool]]:
    """Return what holds for each of these keys, or of many for all together.

    SQLite makes a table of its own for a list, which takes longer than one look into the index.
    """
    if count > _FEW:
        return [_among(column, name, count)]
    return [column == param(key) for key in _names(name, count)]


@cache
def _entries_query(ids: int) -> Query:
    return Query(_on_the_register().where(_among(_NUMBER.id, "id", ids)), _names("id", ids))


@cache
def _spans_query(spans: int) -> Query:
    met = [
        select(literal_column(str(place)), _NUMBER.id).where(*meeting)
        for place in range(spans)
        for meeting in _meeting(place)
    ]
    return Query(union_all(*met))


@cache
def _weightiest_query(keys: int, spans: int) -> Query:
    # A hundred filings that nobody has looked at must not hide one published declaration.
    weight = case({"published": 0, "contested": 1}, value=_DECLARATION.status, else_=2)
    pending = case((_is_pending(), 0), else_=1)
    found = _on_the_register().where(_NUMBER.id.in_(_ids(keys, spans)))
    names = (*_names("key", keys), *_names_of_spans(spans), "most")
    return Query(found.order_by(weight, pending, _NUMBER.id.desc()).limit(param("most")), names)


@cache
def _near_query(keys: int) -> Query:
    return Query(
        _on_the_register()
        .where(
            _among(_NUMBER.near_key, "key", keys),
            ~_is_pending(),
        )
        .order_by(_NUMBER.id.desc())
        .limit(param("most")),
        (*_names("key", keys), "most"),
    )


_KEYS: Final = listed("keys")
_BY_KEY: Final = Query(select(_KEYS.c.value, _NUMBER.id).where(_NUMBER.key == _KEYS.c.value))
_NAMES: Final = listed("groups")
# Every range has a first number. Asking for it keeps SQLite on the index, which looks poor to it: most keys are empty.
_GROUPS: Final = Query(
    select(_NAMES.c.value).where(exists().where(_NUMBER.range_group == _NAMES.c.value, _NUMBER.range_first >= ""))
)
_IDS: Final = listed("ids")
_BY_ID: Final = Query(_on_the_register().where(_NUMBER.id.in_(select(cast(_IDS.c.value, Integer)))))


def _among(column: Column[Any], name: str, count: int) -> ColumnElement[bool]:
    return column.in_([param(f"{name}{place}") for place in range(count)])


@cache
def _size_for(count: int) -> int:
    return next((size for size in _SIZES if count <= size), count)


@cache
def _names(name: str, size: int) -> tuple[str, ...]:
    return tuple(f"{name}{place}" for place in range(size))


@cache
def _names_of_bounds(place: int) -> tuple[str, ...]:
    return tuple(f"{name}{place}" for name in ("narrow", "wide", "lowest", "first", "last"))


@cache
def _names_of_spans(count: int) -> tuple[str, ...]:
    return tuple(name for place in range(count) for name in _names_of_bounds(place))


def _padded(given: Sequence[object], size: int) -> list[object]:
    return [*given, *[given[-1]] * (size - len(given))] if given else []


def _editions_of(reader: Reader, rows: Collection[Row]) -> Mapping[int, NamedEdition]:
    return name_editions(reader, {row[_EDITION_ID] for row in rows if row[_EDITION_ID] is not None}) if rows else {}


def _in_order(rows: list[Row], editions: Mapping[int, NamedEdition]) -> list[Entry]:
    """Return rows as entries in the order in which they were declared."""
    if len(rows) > 1:
        rows.sort(key=lambda row: (row[1], row[0]))
    return [_entry(row, editions) for row in rows]


def _entry(row: Row, editions: Mapping[int, NamedEdition]) -> Entry:
    _id, declaration_id, reference, status, nature, follows_id, declarant, kind, title, rule = row[:10]
    key, sensitive, masked, printed, filed_at, published_on, withdrawn_on, edition_id = row[10:18]
    statement, *positions = row[18:]
    edition = editions[edition_id] if edition_id is not None else None
    return Entry(
        declaration_id,
        reference,
        status,
        nature,
        follows_id,
        declarant,
        kind,
        title,
        rule,
        None if sensitive else key,
        masked if sensitive else printed,
        None if published_on else moment_of(filed_at),
        day_of(published_on),
        day_of(withdrawn_on),
        edition.day if edition else None,
        edition.number if edition else None,
        statement,
        positions == [1, 1],
    )
