"""What the text index holds of a published declaration, and where: its tokens, and its place in the public list.

Chinese is written without spaces and its names have two characters, so every run of letters and digits becomes
overlapping pairs and its last character: `公章丢失` is `公章 章丢 丢失 失`, and a word is a phrase of pairs.
There are too few digits for pairs to tell numbers apart, so Latin letters and digits come as overlapping fours, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlmodel import Session

from registry.db.tables import PUBLIC_STATUSES, metadata
from registry.text import fold
from registry.wording import fill

RUN = re.compile("(?:[^\\W_]|[\U00020000-\U0003fffd])+")
LATIN_RUN = re.compile("[0-9A-Z]{4,}")
LATIN_LENGTH = 4
# Stands at both ends and between the parts, so that no phrase reaches from one into the next. No text has it.
GAP = "_"
# Leaves a gap in the sentence where a sensitive number stands: not even what its mask shows is searched.
HIDDEN = " "
DAY = 1_000_000

_declaration = metadata.tables["declaration"]
_document = metadata.tables["document"]
_number = metadata.tables["document_number"]
_edition = metadata.tables["edition"]
_search_document = metadata.tables["search_document"]

_of_edition = _declaration.c.edition_id == bindparam("edition")
_LOCKED = select(_declaration.c.id).where(_of_edition).order_by(_declaration.c.id).with_for_update()
_COLUMN = (
    select(*_declaration.c["id", "statement", "declarant", "status"])
    .where(_of_edition, _declaration.c.status.in_(PUBLIC_STATUSES), _declaration.c.published_on.is_not(None))
    .order_by(_declaration.c.submitted_at, _declaration.c.id)
)
_DOCUMENTS = (
    select(*_document.c["declaration_id", "kind", "title", "holder"])
    .join(_declaration, _declaration.c.id == _document.c.declaration_id)
    .where(_of_edition)
    .order_by(_document.c.declaration_id, _document.c.position)
)
_NUMBERS = (
    select(_document.c.declaration_id, _number.c.printed)
    .join(_document, _document.c.id == _number.c.document_id)
    .join(_declaration, _declaration.c.id == _document.c.declaration_id)
    .where(_of_edition)
    .order_by(_document.c.declaration_id, _document.c.position, _number.c.position)
)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row of the table search_document."""

    place: int
    declaration_id: int
    tokens: str


def place_of(day: date, position: int) -> int:
    """Return the place in the list of what stands at this position, from 1, in the column of an edition's day.

    Places count in the order in which declarations are published. 2026112000017 is the 17th of 20 November 2026.
    """
    return (day.year * 10_000 + day.month * 100 + day.day) * DAY + position


def day_of(place: int) -> date:
    """Return the day of the edition in which a place of the list is."""
    day = place // DAY
    return date(day // 10_000, day // 100 % 100, day % 100)


def places_of(first: date, last: date) -> tuple[int, int]:
    """Return the lowest and the highest place that the editions of these days can have."""
    return place_of(first, 0), place_of(last, DAY - 1)


def index_edition(session: Session, edition_id: int) -> int:
    """Make the index agree with a published edition; return how many declarations it has."""
    # A status that changes between the two readings would be filed as it was; whoever changes one locks its row, too.
    session.execute(_LOCKED, {"edition": edition_id})
    wanted = {row.declaration_id: row for row in rows_of_edition(session, edition_id)}
    present = list_present(session, edition_id)
    wrong = [row.place for row in present if wanted.get(row.declaration_id) != row]
    if wrong:
        session.execute(
            delete(_search_document).where(_search_document.c.place == bindparam("wrong")),
            [{"wrong": place} for place in wrong],
        )
    right = {row.declaration_id for row in present if wanted.get(row.declaration_id) == row}
    missing = [row for row in wanted.values() if row.declaration_id not in right]
    if missing:
        session.execute(
            insert(_search_document),
            [{"place": row.place, "declaration_id": row.declaration_id, "tokens": row.tokens} for row in missing],
        )
    return len(wanted)


def change_listed_status(session: Session, declaration_id: int, before: str, after: str) -> None:
    """Let the index know of a listed declaration's new status; it keeps its place."""
    tokens = func.replace(_search_document.c.tokens, f" {status_token(before)} ", f" {status_token(after)} ")
    session.execute(
        update(_search_document).where(_search_document.c.declaration_id == declaration_id).values(tokens=tokens)
    )


def rows_of_edition(session: Session, edition_id: int) -> list[IndexRow]:
    """Return what the index ought to hold of a published edition, in the order of its column."""
    day = session.execute(select(_edition.c.day).where(_edition.c.id == edition_id)).scalar_one()
    documents: dict[int, list[tuple[str, ...]]] = {}
    for row in session.execute(_DOCUMENTS, {"edition": edition_id}):
        documents.setdefault(row.declaration_id, []).append((row.kind, row.title, row.holder or ""))
    numbers: dict[int, list[str]] = {}
    for row in session.execute(_NUMBERS, {"edition": edition_id}):
        numbers.setdefault(row.declaration_id, []).append(row.printed or HIDDEN)
    rows = []
    for position, row in enumerate(session.execute(_COLUMN, {"edition": edition_id}), start=1):
        own = documents.get(row.id, ())
        sentence = fill(row.statement, numbers.get(row.id, ()))
        texts = [sentence, row.declarant, *(part for _kind, *parts in own for part in parts)]
        tokens = tokens_of(texts, status=row.status, kinds=(kind for kind, *_parts in own))
        rows.append(IndexRow(place_of(day, position), row.id, tokens))
    return rows


def list_present(session: Session, edition_id: int) -> list[IndexRow]:
    """Return what the index holds of an edition, and whatever else stands at its places."""
    day = session.execute(select(_edition.c.day).where(_edition.c.id == edition_id)).scalar_one()
    first, last = places_of(day, day)
    own = select(_declaration.c.id).where(_declaration.c.edition_id == edition_id)
    here = or_(_search_document.c.declaration_id.in_(own), _search_document.c.place.between(first, last))
    columns = _search_document.c["place", "declaration_id", "tokens"]
    return [IndexRow(*row) for row in session.execute(select(*columns).where(here))]


def tokens_of(texts: Iterable[str], *, status: str, kinds: Iterable[str]) -> str:
    """Return the tokens of a declaration as one text: what filters ask for, then pairs, single characters and fours."""
    runs: list[str] = []
    for run in runs_of("\n".join(texts)):
        if not any(run in other for other in runs):
            runs.append(run)
    filters = dict.fromkeys([status_token(status), *(kind_token(kind) for kind in kinds)])
    tokens = [GAP, *filters, GAP]
    for run in runs:
        tokens += grams_of(run, 2)
        tokens.append(run[-1])
    whole = "".join(runs)
    ends = {run[-1] for run in runs}
    tokens += (GAP, *(character for character in dict.fromkeys(whole) if character not in ends), GAP)
    for run in runs:
        for latin in LATIN_RUN.findall(run):
            tokens += (*grams_of(latin, LATIN_LENGTH), GAP)
    return " ".join(tokens)


def phrase_of(term: str) -> tuple[str, ...]:
    """Return the tokens that stand one after the other wherever a run contains the term, and nowhere else."""
    if len(term) == 1:
        return (term,)
    return tuple(grams_of(term, LATIN_LENGTH if LATIN_RUN.fullmatch(term) else 2))


def runs_of(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`; width, case and what nobody sees are folded."""
    return RUN.findall(fold(text))


def grams_of(run: str, length: int) -> list[str]:
    """Return the overlapping parts of this length."""
    return [run[place : place + length] for place in range(len(run) - length + 1)]


def status_token(status: str) -> str:
    return f"_s{status}"


def kind_token(slug: str) -> str:
    return f"_k{slug}"
