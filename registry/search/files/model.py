"""What a file of numbers is made of, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from registry.errors import RegistryError

MOST_ROWS: Final = 200_000
# Rows that are kept and looked up together.
BLOCK: Final = 500
MOST_COLUMNS: Final = 60
# More than any number has, and enough to recognise a cell by.
LONGEST_CELL: Final = 300
# Numbers that a program keeps as numbers: all their digits, but no zeros in front of them.
NUMBER: Final = "number"


class FileRefused(RegistryError):
    """A file that cannot be read as a table; `code` says why, and a page what to do about it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the file was refused: {code}")
        self.code = code


class Marked(NamedTuple):
    """A cell that is more than its text: NUMBER, or the code of what makes it unfit to be looked up."""

    mark: str
    text: str


Cell = str | Marked


class Row(NamedTuple):
    """A row that is not empty, and the line of the file on which it begins, counted from 1."""

    line: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Description:
    """How a file was understood.

    Attributes:
        format: "text" (a number a line), "csv" or "xlsx".
        encoding: the name of its encoding; empty for xlsx.
        delimiter: what divides its columns; empty for text and xlsx.
        sheet: the sheet that was read, one of `sheets`; empty but for xlsx.
        first_column: of xlsx, how many empty columns stand before the first of the table.
    """

    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: int = 0
    first_column: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is offered for the choice.

    Attributes:
        heading: its cell in the first row, where that looks like a row of headings.
        samples: its first cells below, sensitive numbers masked.
        share: how many of a hundred of its cells look like a document's number.
    """

    heading: str
    samples: tuple[str, ...]
    share: int


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows, which are read when they are asked for."""

    description: Description
    rows: Iterable[Row]


def text_of(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text
