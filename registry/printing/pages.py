"""Making up the pages of a column: which declaration stands in which column of which sheet.

Declarations are not divided, but for those that are longer than a column. The columns of a page are as even as that
allows. Both printers, the browser's and WeasyPrint, would do it in ways of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from registry.printing.lines import Line
from registry.printing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class SetItem:
    """A declaration in the lines of its column, or a part of it; those of its signature stand to the right.

    Attributes:
        continued: whether its beginning stands in the column before.
    """

    lines: tuple[Line, ...]
    signature: tuple[Line, ...] = ()
    continued: bool = False

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return len(self.lines) + len(self.signature)


Columns = tuple[tuple[SetItem, ...], ...]


def make_pages(items: Iterable[SetItem], sheet: Sheet, *, space: int) -> tuple[Columns, ...]:
    """Return the columns of each page; `space` is how many lines are left free between two declarations.

    There is always one page, which may be without columns.
    """
    rest = [part for item in items for part in _divided(item, sheet.first_lines)]
    pages: list[Columns] = []
    while rest or not pages:
        most = sheet.lines if pages else sheet.first_lines
        taken = sum(map(len, _filled(rest, most, sheet.columns, space)))
        pages.append(_even(rest[:taken], most, sheet.columns, space))
        rest = rest[taken:]
    return tuple(pages)


def _divided(item: SetItem, most: int) -> Iterator[SetItem]:
    """Yield a declaration in parts that each fit into a column; its signature stays together with a line before it."""
    if item.height <= most:
        yield item
        return
    lines = item.lines
    continued = False
    while len(lines) + len(item.signature) > most:
        count = min(most, len(lines) - 1) or 1
        yield SetItem(lines[:count], continued=continued)
        lines, continued = lines[count:], True
        if not lines:
            break
    yield SetItem(lines, item.signature, continued)


def _filled(items: Sequence[SetItem], height: int, columns: int, space: int) -> Columns:
    """Return the first of the items in so many columns of a height, as many as fit."""
    filled: list[tuple[SetItem, ...]] = []
    place = 0
    while place < len(items) and len(filled) < columns:
        start, used = place, 0
        while place < len(items):
            more = items[place].height + (space if place > start else 0)
            if used + more > height and place > start:
                break
            used += more
            place += 1
        filled.append(tuple(items[start:place]))
    return tuple(filled)


def _even(items: Sequence[SetItem], most: int, columns: int, space: int) -> Columns:
    """Return all of the items in columns of the least height into which they fit."""
    least = max((item.height for item in items), default=0)
    for height in range(least, most + 1):
        filled = _filled(items, height, columns, space)
        if sum(map(len, filled)) == len(items):
            return filled
    return _filled(items, most, columns, space)
