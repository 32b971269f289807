"""The sheet of a house's column: how many columns stand on it, how many lines in each, and the styles that say so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from registry.wording.style import Column

MM_A_POINT: Final = Decimal("25.4") / 72
# All in millimetres. Sheets stand upright: A4, and for columns that are wider than that the next larger ones.
_SHEETS: Final = ((210, 297), (297, 420), (420, 594))
_MARGIN: Final = 14
_TOP: Final = 14
_BOTTOM: Final = 15
_LEAST_GAP: Final = Decimal(2)
_MOST_GAP: Final = Decimal(6)
# What stands over the columns of the first sheet and of the others, and below the columns.
_FIRST_HEAD: Final = 32
_HEAD: Final = 10
_FOOT: Final = 11


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper and its columns, in millimetres.

    Attributes:
        width, height: of the sheet.
        columns: how many stand beside each other.
        gap: between two columns.
        margin: left and right of them.
        first_lines, lines: how many lines a column has on the first sheet, and on the others.
    """

    width: int
    height: int
    columns: int
    gap: Decimal
    margin: Decimal
    first_lines: int
    lines: int


def sheet_for(column: Column) -> Sheet:
    """Return the smallest sheet that holds a column, with as many of them as fit beside each other."""
    width, height = next(size for size in _SHEETS if column.width <= size[0] - 2 * _MARGIN or size == _SHEETS[-1])
    # The widest column that a style may have leaves narrower margins on the largest sheet.
    room = max(Decimal(width - 2 * _MARGIN), column.width)
    count = int(((room + _LEAST_GAP) / (column.width + _LEAST_GAP)).to_integral_value(ROUND_FLOOR))
    gap = min(_MOST_GAP, (room - count * column.width) / (count - 1)) if count > 1 else Decimal(0)
    used = count * column.width + (count - 1) * gap
    free = height - _TOP - _BOTTOM - _FOOT
    return Sheet(
        width=width,
        height=height,
        columns=count,
        gap=gap,
        margin=(width - used) / 2,
        first_lines=_lines(free - _FIRST_HEAD, column),
        lines=_lines(free - _HEAD, column),
    )


def stylesheet(column: Column) -> str:
    """Return the styles of a house's column, to stand between those of print.css and of lines.css."""
    sheet = sheet_for(column)
    used = _mm(sheet.width - 2 * sheet.margin)
    half, next_width = _mm(sheet.gap / 2), _mm(column.width + sheet.gap / 2)
    columns = f"""\
  .print-page {{ width: {used}; }}
  .print-page-head {{ height: {_HEAD}mm; }}
  .print-page:first-child > .print-page-head {{ height: {_FIRST_HEAD}mm; }}
  .print-page-foot {{ height: {_FOOT}mm; }}
  .print-columns {{ display: flex; }}
  .print-column {{ flex: none; width: {column.width}mm; font-size: {column.size}pt; line-height: {column.leading}pt; }}
  .print-column + .print-column {{ width: {next_width}; margin-left: {half}; padding-left: {half}; }}
  .print-column + .print-column {{ border-left: 0.4pt solid #000; }}
  .print-column > li {{ width: {column.characters}em; margin: 0 auto; }}
  .print-column > .indented {{ margin-bottom: {column.leading}pt; }}
"""
    # WeasyPrint leaves out rules whose media it does not know, all of them, so that one list of media does not do.
    return f"""\
@page edition {{ size: {sheet.width}mm {sheet.height}mm; margin: {_TOP}mm {_mm(sheet.margin)} {_BOTTOM}mm; }}
@media print {{
{columns}}}
@media screen and (min-width: {sheet.width}mm) {{
{columns}\
  .print-edition .sheet-of-paper {{ width: {sheet.width}mm; max-width: none; padding-inline: {_mm(sheet.margin)}; }}
  .print-edition .toolbar, .print-edition .toolbar-note {{ max-width: {sheet.width}mm; }}
}}
"""


def _lines(height: int, column: Column) -> int:
    # One line less than there is room for: a browser's printer may take a little more for its margins.
    return max(1, int(height / (column.leading * MM_A_POINT)) - 1)


def _mm(length: Decimal) -> str:
    return f"{length.quantize(Decimal('0.001'))}mm"
