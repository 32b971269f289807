"""The rows of a result as its page shows them: what needs attention first, and nobody's sensitive number."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from registry import kinds
from registry.search.files import results
from registry.search.files.folders import Folder, State
from registry.search.files.results import ATTENTION, BAD, ResultRow
from registry.web.public import verdicts
from registry.web.public.file import words
from registry.web.public.verdicts import ShownVerdict

ROWS_ON_A_PAGE = 50
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the page: `display` is its number, grouped, masked where it may be sensitive."""

    line: int
    word: str
    display: str
    shown: tuple[ShownVerdict, ...]
    fault: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One page of a result; `word` is the one that is looked at, empty for all that need attention."""

    rows: tuple[ShownRow, ...]
    word: str
    page: int
    pages: int
    attention: int
    total: int


def result(folder: Folder, state: State, word: str, page: int) -> Result:
    """Return a page of the rows of one word, or of all that need attention, the worst first."""
    places = results.read_places(folder)
    word = word if word in ATTENTION else ""
    wanted = places[word] if word else list(chain.from_iterable(places[one] for one in ATTENTION))
    pages = max(1, -(-len(wanted) // ROWS_ON_A_PAGE))
    page = min(max(page, 1), pages)
    part = wanted[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    return Result(
        tuple(_shown(row) for row in results.read_rows(folder, state, part)),
        word,
        page,
        pages,
        sum(map(len, places.values())),
        sum(state.counts.values()),
    )


def _shown(row: ResultRow) -> ShownRow:
    fault = words.fault(row.fault, row.typed) if row.word == BAD else ""
    return ShownRow(row.line, row.word, _display(row), shown_verdicts(row), fault, row.is_cut)


def shown_verdicts(row: ResultRow) -> tuple[ShownVerdict, ...]:
    """Return what the register says of a row in the reader's words, worst first."""
    best, _candidates = kinds.recognise_best(row.typed) if row.typed else (None, ())
    return tuple(verdicts.show(row.facts, best))


def _display(row: ResultRow) -> str:
    if row.word == BAD:
        # What is no number may be a whole text.
        return row.number if len(row.number) <= MOST_SHOWN else f"{row.number[:MOST_SHOWN]}…"
    if kinds.is_masked(row.number):
        return kinds.in_groups(row.rule, row.number)
    best, _candidates = kinds.recognise_best(row.number)
    return kinds.in_groups(best.rule, best.canonical)
