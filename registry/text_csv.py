"""CSV that spreadsheets open as it is meant: a cell is text, never a formula, and a number keeps all its digits.

A leaf of the house: standard library only.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

# Excel takes a file without it for one in the code page of the country, and shows Chinese as rubbish.
BOM: Final = "\ufeff"

# With these a spreadsheet begins a formula, half or full width, also behind blanks, which some programs drop.
_FORMULA: Final = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")


def text_cell(text: str) -> str:
    """Return a text so that no spreadsheet takes it for a formula: an apostrophe goes before what could be one."""
    return f"'{text}" if _FORMULA.match(text) else text


def number_cell(number: str) -> str:
    """Return a document's number so that a spreadsheet keeps it: a tab before it, which is not to be seen.

    Without it `0012` becomes 12, `14990332018376` becomes 1.4990E+13 and `3-12` becomes a day in March. Programs take
    the tab off, or read a file that is not made for people.
    """
    return f"\t{number}" if number and not _FORMULA.match(number) else text_cell(number)


def lines(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as lines of CSV after RFC 4180, each with its end."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
