"""Workbooks as they are sent: written row by row, every cell a text, and nothing of them on the disk.

The libraries for workbooks either hold all cells in memory or put them into temporary files in the clear, and these are
numbers that somebody has asked about. What a table needs of the format (ECMA-376) is little.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# XML cannot hold these at all, and Excel reads _x0041_ as a letter.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_OF_EXCEL: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TEXT, _BOLD = 1, 2
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
MEDIA_TYPE: Final = f"{_CONTENT}.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the widths of its columns in characters, its rows in blocks, the first row a heading.

    A text of digits alone in the first column becomes a number, so that it can be sorted; every other cell is a text.
    """

    name: str
    widths: Sequence[int]
    blocks: Iterable[Sequence[Sequence[str]]]


class _Sink:
    """Where the archive is written to: what has come is taken out again at once."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken


def stream(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """Give a workbook piece by piece; a block of rows is read when its piece is asked for."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:  # type: ignore[call-overload]
        for name, content in _frame([sheet.name for sheet in sheets]).items():
            archive.writestr(name, content)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for text in _sheet(sheet):
                    part.write(text.encode())
                    if piece := sink.take():
                        yield piece
    yield sink.take()


def _frame(names: Sequence[str]) -> dict[str, str]:
    """Return the parts of a workbook that say which sheets there are."""
    numbers = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_CONTENT}.worksheet+xml"/>' for n in numbers
    )
    sheets = "".join(
        f'<sheet name="{_attribute(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId{len(names) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }


def _sheet(sheet: Sheet) -> Iterator[str]:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" style="{_TEXT}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )
    letters = [chr(ord("A") + place) for place in range(len(sheet.widths))]
    number = 0
    for block in sheet.blocks:
        lines = []
        for row in block:
            number += 1
            style = _BOLD if number == 1 else _TEXT
            cells = [_cell(f"{letter}{number}", text, style) for letter, text in zip(letters, row, strict=True) if text]
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
        yield "".join(lines)
    yield "</sheetData></worksheet>"


def _cell(place: str, text: str, style: int) -> str:
    if place[0] == "A" and text.isdecimal() and text.isascii():
        return f'<c r="{place}"><v>{text}</v></c>'
    text = escape(_ESCAPE_OF_EXCEL.sub("_x005F_", _UNFIT.sub("\ufffd", text)))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
