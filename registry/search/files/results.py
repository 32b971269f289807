"""What came of a file, row by row: written in blocks by those who check it, read by those who show it."""

from __future__ import annotations

import json
import re
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from registry.db.sealed_files import RecordReader
from registry.search.check import ORDER, Answer
from registry.search.facts import Facts, facts_in_short, shown_number
from registry.search.files.folders import PLACES, Folder, State
from registry.search.files.model import BLOCK
from registry.search.files.preview import masked

BAD: Final = "bad_row"
# What somebody has to look at, in this order; the rest is not on the register.
ATTENTION: Final = (*[word for word in ORDER if word != "not_on_register"], BAD)
# Of these the cell holds no number, or none any more.
_HARMLESS: Final = frozenset({"empty", "digits_lost", "date", "yes_no", "formula", "reference"})
_RUN: Final = re.compile(r"[^\W_]{6,}", re.ASCII)
WORDS: Final = (*ATTENTION, "not_on_register")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of a file and its answer.

    Attributes:
        line: where it stands in the file, counted from 1.
        number: as it stands there, but masked where it is or may be sensitive.
        rule: what a registered or impossible number is likeliest to be; empty where that cannot be told.
        word: its worst verdict, or BAD.
        fault: of a bad row, the code of what is wrong.
        facts: all of what the register says, worst first; none of a bad row and of one that is not on the register.
        is_cut: there are more than these.
        typed: the number in full, of a bad row and of an impossible number, to tell what is wrong. Never shown.
    """

    line: int
    number: str
    word: str
    as_of: datetime
    rule: str = ""
    fault: str = ""
    facts: tuple[Facts, ...] = ()
    is_cut: bool = False
    typed: str = field(default="", repr=False)


def row_of(line: int, answer: Answer) -> list[Any]:
    """Return a checked row as it is written: most, of which there is nothing to tell, are very short."""
    word = answer.verdicts[0].verdict
    number, rule, is_masked = shown_number(answer)
    number = number if is_masked else answer.number
    if word == "not_on_register":
        return [line, number]
    facts = [one.to_json() for one in facts_in_short(answer)]
    return [line, number, word, rule, facts, answer.is_cut, answer.number if word == "impossible" else ""]


def bad_row(line: int, typed: str, fault: str) -> list[Any]:
    shown = masked(typed)
    # What is no number may have one in it, of any kind.
    return [line, shown if fault in _HARMLESS else _RUN.sub(_hidden, shown), BAD, fault, typed]


def _hidden(run: re.Match[str]) -> str:
    return f"{run[0][:2]}{'*' * (len(run[0]) - 3)}{run[0][-1]}"


def pack(rows: list[list[Any]], as_of: datetime) -> bytes:
    """Return a block of rows as bytes."""
    return json.dumps([as_of.isoformat(), rows], ensure_ascii=False).encode()


def unpack(block: bytes) -> Iterator[ResultRow]:
    """Give the rows that `pack` was given."""
    moment, rows = json.loads(block)
    as_of = datetime.fromisoformat(moment)
    for line, number, *answer in rows:
        if not answer:
            yield ResultRow(line, number, "not_on_register", as_of)
        elif answer[0] == BAD:
            yield ResultRow(line, number, BAD, as_of, fault=answer[1], typed=answer[2])
        else:
            word, rule, told, is_cut, typed = answer
            facts = tuple(map(Facts.from_json, told))
            yield ResultRow(line, number, word, as_of, rule=rule, facts=facts, is_cut=is_cut, typed=typed)


@dataclass(slots=True)
class Summary:
    """What one process has come upon.

    Attributes:
        places: by word of ATTENTION where its rows stand: the number of their block times BLOCK, and the place in it.
        checked: how many rows there were.
        as_numbers: cells that a workbook keeps as numbers, which have no zeros in front.
        long, rounded: numbers too long for Excel to keep as a number, and those of them that end as it leaves them.
    """

    places: dict[str, array[int]] = field(default_factory=lambda: {word: array("I") for word in ATTENTION})
    checked: int = 0
    as_numbers: int = 0
    long: int = 0
    rounded: int = 0

    def add(self, other: Summary) -> None:
        """Take in what another process has come upon."""
        for word, places in self.places.items():
            self.places[word] = array("I", sorted((*places, *other.places[word])))
        self.checked += other.checked
        self.as_numbers += other.as_numbers
        self.long += other.long
        self.rounded += other.rounded

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of rows by word."""
        counts = {word: len(places) for word, places in self.places.items()}
        return {**counts, "not_on_register": self.checked - sum(counts.values())}

    def to_json(self) -> bytes:
        places = {word: b64encode(found).decode() for word, found in self.places.items()}
        return json.dumps([places, self.checked, self.as_numbers, self.long, self.rounded]).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Summary:
        packed, *counts = json.loads(text)
        return cls({word: array("I", b64decode(found)) for word, found in packed.items()}, *counts)


def read_places(folder: Folder) -> dict[str, array[int]]:
    """Return, by word of ATTENTION, where its rows stand among the results of a file that is done."""
    with RecordReader(folder.path / PLACES, folder.key) as file:
        return {word: array("I", packed) for word, packed in zip(ATTENTION, file, strict=True)}


def read_rows(folder: Folder, state: State, places: Sequence[int]) -> list[ResultRow]:
    """Return the rows that stand at these places among the results, in their order."""
    blocks: dict[int, list[ResultRow]] = {}
    with _open(folder, state) as files:
        for block in dict.fromkeys(place // BLOCK for place in places):
            blocks[block] = _block(files, block)
    return [blocks[place // BLOCK][place % BLOCK] for place in places]


def all_rows(folder: Folder, state: State) -> Iterator[list[ResultRow]]:
    """Give every row, block by block, in the order of the file."""
    with _open(folder, state) as files:
        for block in range(len(state.blocks)):
            yield _block(files, block)


@contextmanager
def _open(folder: Folder, state: State) -> Iterator[list[RecordReader]]:
    with ExitStack() as stack:
        paths = [folder.results(part) for part in range(state.parts)]
        yield [stack.enter_context(RecordReader(path, folder.key)) for path in paths]


def _block(files: list[RecordReader], block: int) -> list[ResultRow]:
    return list(unpack(files[block % len(files)].read(block // len(files))))
