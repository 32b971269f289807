"""Tables as text: one number a line, or columns divided by commas, tabs or semicolons, in the encodings of China."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry.search.files.model import LONGEST_CELL, MOST_COLUMNS, Cell, Description, FileRefused, Marked, Row, Table

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# By their marks at the front; UTF-32 is looked for first, for its mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS: Final = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}
_DELIMITERS: Final = "\t,;|，；"
# Stands for a delimiter where there is none: no text that passed holds it.
_NONE: Final = "\x1f"
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Characters that cannot be read, of so many, are a slip; more are another encoding.
_ONE_IN: Final = 50
_LINES_LOOKED_AT: Final = 100
_DIRECTIVE: Final = re.compile(r"sep=(.)", re.IGNORECASE)
# Written so that Excel keeps a number's zeros.
_AS_FORMULA: Final = re.compile(r'=\s*"([^"]*)"')
_SHORTENED: Final = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{1,3}", re.IGNORECASE)
_FORMULA_FAULTS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)


class _QuotesAstray(Exception):
    """A quote that opens and does not close where a cell ends."""


@dataclass(frozen=True, slots=True)
class _Layout:
    encoding: str
    delimiter: str
    skipped: int


def read(pieces: Iterable[bytes]) -> Table:
    """Return a text as a table. `pieces` are its bytes in a row, and can be gone through several times.

    A line without columns is a row of one cell. Where quotes are astray they are taken for ordinary characters.

    Raises:
        FileRefused: it is no text, or in no encoding that is known here.
    """
    encoding = _encoding_of(pieces)
    layout = _layout_of(_head(pieces, encoding), encoding)
    quoted = any(b'"' in piece for piece in pieces) and _is_well_quoted(pieces, layout)
    alone = layout.delimiter == _NONE
    description = Description(
        "text" if alone else "csv", encoding=ENCODINGS[encoding], delimiter="" if alone else layout.delimiter
    )
    return Table(description, _rows(pieces, layout, quoted=quoted))


def fault_of(text: str) -> str:
    """Return why a cell of a text cannot be looked up, as the code of a `Marked`; empty if it can."""
    if _SHORTENED.fullmatch(text):
        return "digits_lost"
    if "\ufffd" in text:
        return "unreadable"
    return "formula" if text in _FORMULA_FAULTS else ""


def _is_well_quoted(pieces: Iterable[bytes], layout: _Layout) -> bool:
    try:
        for _row in _rows(pieces, layout, quoted=True):
            pass
    except _QuotesAstray:
        return False
    return True


def _encoding_of(pieces: Iterable[bytes]) -> str:
    first = next(iter(pieces), b"")
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            if not encoding:
                raise FileRefused("unreadable_text")
            return encoding
    if any(b"\x00" in piece for piece in pieces):
        raise FileRefused("other_type")
    # What is UTF-8 throughout is hardly ever anything else, while GB 18030 makes something of nearly all bytes.
    for encoding in ("utf-8", "gb18030"):
        if _is_readable(pieces, encoding):
            return encoding
    faults = {encoding: _faults(pieces, encoding) for encoding in ("utf-8", "gb18030")}
    encoding = min(faults, key=lambda name: faults[name])
    if faults[encoding] * _ONE_IN > 1:
        raise FileRefused("unreadable_text")
    return encoding


def _is_readable(pieces: Iterable[bytes], encoding: str) -> bool:
    try:
        for _text in codecs.iterdecode(pieces, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _faults(pieces: Iterable[bytes], encoding: str) -> float:
    """Return the share of characters that cannot be read, of those that are not ASCII anyway in all encodings."""
    bad = foreign = 0
    for text in codecs.iterdecode(pieces, encoding, "replace"):
        bad += text.count("\ufffd")
        foreign += sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    return bad / max(foreign, 1)


def _head(pieces: Iterable[bytes], encoding: str) -> list[str]:
    stream = _stream(pieces, encoding)
    lines: list[str] = []
    for line in stream:
        lines.append(line)
        if len(lines) == _LINES_LOOKED_AT:
            break
    text = "".join(lines)
    if not text.strip():
        if not any(line.strip() for line in stream):
            raise FileRefused("empty")
    elif len(_CONTROL.findall(text)) * _ONE_IN > len(text):
        raise FileRefused("other_type")
    return lines


def _layout_of(lines: list[str], encoding: str) -> _Layout:
    if lines and (match := _DIRECTIVE.fullmatch(lines[0].strip())):
        return _Layout(encoding, match[1], 1)
    wanted = [line for line in lines if line.strip()]
    found = max(_DELIMITERS, key=lambda delimiter: _fit(wanted, delimiter))
    return _Layout(encoding, found if _fit(wanted, found) >= 0.7 else _NONE, 0)


def _fit(lines: list[str], delimiter: str) -> float:
    """Return the share of rows that have as many cells as most, if that is more than one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        widths = Counter(line.count(delimiter) + 1 for line in lines)
    if not widths:
        return 0
    width, count = widths.most_common(1)[0]
    return count / widths.total() if width > 1 else 0


def _rows(pieces: Iterable[bytes], layout: _Layout, *, quoted: bool) -> Iterator[Row]:
    """Give the rows that are not empty.

    Raises:
        _QuotesAstray: only where quotes count.
    """
    lines = _stream(pieces, layout.encoding)
    reader = csv.reader(
        lines, delimiter=layout.delimiter, strict=quoted, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    )
    began = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if quoted:
                raise _QuotesAstray from error
            raise FileRefused("other_type") from error
        if cells is None:
            return
        line, began = began, reader.line_num + 1
        if line <= layout.skipped:
            continue
        tidied = [_tidy(cell, quoted) for cell in cells[:MOST_COLUMNS]]
        if any(tidied):
            yield Row(line, tidied)


def _tidy(cell: str, quoted: bool) -> Cell:
    cell = cell.strip()
    if not quoted:
        cell = cell.strip('"')
    if cell.startswith("=") and (match := _AS_FORMULA.fullmatch(cell)):
        cell = match[1]
    return cell[:LONGEST_CELL]


def _stream(pieces: Iterable[bytes], encoding: str) -> io.TextIOWrapper:
    # Without translation, so that \r, \n and both together end a line and are told from those within quotes.
    return io.TextIOWrapper(io.BufferedReader(_Pieces(pieces)), encoding, errors="replace", newline="")


class _Pieces(io.RawIOBase):
    """Pieces of bytes as one stream."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        length = min(len(target), len(self._rest))
        target[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length


def marked(cell: Cell) -> Cell:
    """Return a cell of a text with its mark, if it has earned one."""
    if isinstance(cell, str) and (fault := fault_of(cell)):
        return Marked(fault, cell)
    return cell
