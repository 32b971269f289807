"""The second half of the work: the chosen column is checked, block by block, by one process or two."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Final

from registry import clock, kinds
from registry.db.direct import Reader, Readers
from registry.db.engine import make_engine
from registry.db.sealed_files import RecordReader, RecordWriter
from registry.db.sealing import KeyRing, Vault
from registry.declarations.references import looks_like_reference
from registry.search.batch import NotThere, check_list
from registry.search.check import Answer
from registry.search.files import results
from registry.search.files.folders import PLACES, ROWS, Folder, Progress, State
from registry.search.files.model import BLOCK, NUMBER, Cell, Marked, text_of
from registry.search.files.reading import PAUSE_SECONDS
from registry.search.files.results import ATTENTION, Summary
from registry.search.files.texts import marked

# Numbers too long for a spreadsheet to keep as a number, and what it leaves of one: 15 digits, then zeros.
_LONG: Final = re.compile(r"\d{17,}", re.ASCII)
_ROUNDED: Final = re.compile(r"\d{15}00+", re.ASCII)
_SUSPICIOUS: Final = 3


class PartFailed(Exception):
    """A helper did not finish."""


def check(folder: Folder, told: dict[str, Any], helpers: Sequence[BaseProcess] = ()) -> None:
    """Check the chosen column and announce the results, which are on the disk by then.

    `helpers` are the processes that check the other parts; they are waited for, and never outlast this.

    Raises:
        FileNotFoundError: the folder was erased meanwhile.
        PartFailed: a helper did not finish.
    """
    as_of, parts = clock.now(), folder.state().parts
    try:
        check_part(folder, 0, told)
        for helper in helpers:
            helper.join()
            if helper.exitcode:
                raise PartFailed
    finally:
        _stop(helpers)
    found = Summary()
    for part in range(parts):
        with RecordReader(folder.results(part), folder.key) as file:
            found.add(Summary.from_json(file.read(len(file) - 1)))
    with RecordWriter(folder.path / PLACES, folder.key, durable=True) as file:
        for word in ATTENTION:
            file.append(found.places[word].tobytes())
    (folder.path / ROWS).unlink()
    folder.forget_progress()
    folder.change(
        stage="done",
        counts=found.counts,
        as_of=as_of,
        stored_as_numbers=found.as_numbers,
        rounded=found.rounded if found.rounded == found.long >= _SUSPICIOUS else 0,
    )


def check_part(folder: Folder, part: int, told: dict[str, Any]) -> None:
    """Check every so many of the blocks, beginning with the one of this number, and write what came of them."""
    state = folder.state()
    vault = Vault(KeyRing(b"", urlsafe_b64decode(told["lookup"]), {}, "", ()))
    readers = Readers(make_engine(told["url"], read_only=True), vault)
    with (
        readers.reader() as reader,
        RecordReader(folder.path / ROWS, folder.key) as rows,
        RecordWriter(folder.results(part), folder.key, durable=True) as file,
    ):
        summary, noted = Summary(), 0.0
        mine = range(part, len(state.blocks), state.parts)
        for turn, block in enumerate(mine):
            if monotonic() - noted > PAUSE_SECONDS:
                noted = monotonic()
                folder.save_progress(part, Progress(turn * BLOCK))
            file.append(_check_block(reader, state, block, list(_cells(state, rows, block)), summary))
        file.append(summary.to_json())
    folder.save_progress(part, Progress(len(mine) * BLOCK))
    readers.dispose()


def _cells(state: State, rows: RecordReader, block: int) -> Iterator[tuple[int, Cell]]:
    """Give of each row of a block its line and its cell in the chosen column; nothing for a heading."""
    start, width = state.blocks[block]
    lines = json.loads(rows.read(start))
    cells = json.loads(rows.read(start + 1 + state.column)) if state.column < width else [""] * len(lines)
    for at, (line, cell) in enumerate(zip(lines, cells, strict=True)):
        if at or block or not state.has_heading:
            yield line, marked(cell) if isinstance(cell, str) else Marked(*cell)


def _check_block(reader: Reader, state: State, block: int, cells: list[tuple[int, Cell]], summary: Summary) -> bytes:
    as_of = clock.now()
    first = block * BLOCK
    rows: list[list[Any]] = []
    wanted = [_wanted(cell) for _line, cell in cells]
    found = check_list(reader, filter(None, wanted))
    for (line, cell), number in zip(cells, wanted, strict=True):
        text = number or text_of(cell)
        if not number:
            row = results.bad_row(line, text, cell.mark if isinstance(cell, Marked) else "empty")
            word = results.BAD
        elif isinstance(answer := next(found), NotThere):
            row, word = [line, answer.masked or text], "not_on_register"
            summary.as_numbers += isinstance(cell, Marked)
        elif _is_reference(answer):
            row, word = results.bad_row(line, text, "reference"), results.BAD
        elif answer.forms:
            row = results.row_of(line, answer)
            word = answer.verdicts[0].verdict
            summary.as_numbers += isinstance(cell, Marked)
        else:
            row = results.bad_row(line, text, kinds.examine("other", text).reasons[0].code)
            word = results.BAD
        if word in summary.places:
            summary.places[word].append(first + len(rows))
        rows.append(row)
        if _LONG.fullmatch(text):
            summary.long += 1
            summary.rounded += _ROUNDED.fullmatch(text) is not None
    summary.checked += len(rows)
    return results.pack(rows, as_of)


def _is_reference(answer: Answer) -> bool:
    """Whether what was written names a declaration: no clerk may read of it that it is not on the register."""
    return answer.best is None and not answer.is_registered and looks_like_reference(answer.number)


def _wanted(cell: Cell) -> str:
    """Return the number of a cell that can be looked up; nothing of another."""
    return cell if isinstance(cell, str) else cell.text if cell.mark == NUMBER else ""


def _stop(helpers: Sequence[BaseProcess]) -> None:
    for helper in helpers:
        helper.kill()
        helper.join()
