"""Workbooks of Excel and its like. What Excel keeps as a number has at most 15 of its digits, and no zeros in front.

Read with calamine: openpyxl took ten times as long for the same rows. It holds one sheet in memory, so this runs in a
process of its own, whose memory is limited (`work`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from registry.search.files import formats
from registry.search.files.model import (
    LONGEST_CELL,
    MOST_COLUMNS,
    NUMBER,
    Cell,
    Description,
    FileRefused,
    Marked,
    Row,
    Table,
)

# IEEE 754 doubles hold every whole number of 15 digits, and of longer ones what Excel leaves of them.
_WHOLE: Final = 10**15


def read(pieces: Iterable[bytes]) -> Table:
    """Return the first sheet that can be seen and is not empty as a table. `pieces` are the workbook's bytes in a row.

    Raises:
        FileRefused: it is no workbook, damaged, locked, far too large inside, or empty.
    """
    content = BytesIO(b"".join(pieces))
    formats.refuse_odd_archives(content)
    content.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(content)
        seen = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        for name in seen:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.start is not None:
                description = Description("xlsx", sheet=name, sheets=len(seen), first_column=sheet.start[1])
                return Table(description, _rows(sheet))
    except PasswordError:
        raise FileRefused("password") from None
    except CalamineError:
        raise FileRefused("damaged") from None
    raise FileRefused("empty")


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(value) for value in values[:MOST_COLUMNS]]
        if any(cells):
            yield Row(line, cells)


def _cell(value: object) -> Cell:
    match value:
        case str():
            return value.strip()[:LONGEST_CELL]
        case bool():
            return Marked("yes_no", str(value).upper())
        case float() if not math.isfinite(value):
            return Marked("formula", "")
        case int() | float():
            if abs(value) >= _WHOLE:
                return Marked("digits_lost", f"{value:.6G}")
            return Marked(NUMBER, str(int(value)) if value == int(value) else f"{value:.15g}")
        case date() | time():
            return Marked("date", value.isoformat())
        case timedelta():
            return Marked("date", str(value))
    return ""
