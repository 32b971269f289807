"""How large a text is set on a sheet of its own: as large as leaves it one sheet.

The sizes are classes of sheets.css, which a browser and WeasyPrint set alike; so they are told by counting and not by
trying. Counted is rather too much: a test sets each size as full as it may be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from registry.printing.justify import WIDEST_GAP
from registry.printing.setting import Run

# Of the widest digits and capitals of the fonts, beside a Chinese character.
_NARROW: Final = 0.62
_INDENT: Final = 2.0
_WORD: Final = re.compile(r"([!-~]+)")
# Size → how many characters its lines hold, and how many lines the sheet. From the seventh on there are two columns.
_ROOM: Final = {
    1: (15, 4),
    2: (18, 5),
    3: (23, 7),
    4: (29, 9),
    5: (36, 12),
    6: (44, 18),
    7: (24, 42),
    8: (27, 60),
    9: (30, 66),
    10: (33, 90),
}
LONGEST: Final = 11
# In few and large lines a hole is seen; from the fifth size on it is one among many.
_SMALL: Final = 5
_STEPS_DOWN: Final = 2


def size_of(runs: Iterable[Run], signature: Iterable[str] = (), *, share: float = 1.0) -> int:
    """Return the size of a sentence and its signature, 1 for the largest; `share` is how much of the room they have.

    A size or two smaller is taken where a number that is kept whole would leave a hole in the line before it. LONGEST
    is that of texts which go on over a second sheet even so: they are longer than any that people declare.
    """
    widths = [(ems_of(part), whole) for run in runs for part, whole in _parts_of(run)]
    below = [ems_of(line) for line in signature]
    largest = LONGEST
    for size, (measure, most) in _ROOM.items():
        lines, torn = _set(widths, measure)
        if lines + sum(1 + width // measure for width in below) > int(most * share):
            continue
        largest = min(largest, size)
        if not torn:
            return size
        if largest >= _SMALL or size == largest + _STEPS_DOWN:
            break
    return largest


def ems_of(text: str) -> float:
    """Return how wide a text is at most, in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else _NARROW for character in text)


def _parts_of(run: Run) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a run and whether they are kept whole, as words and numbers are."""
    if run.whole:
        yield run.text, True
        return
    for part in _WORD.split(run.text):
        yield part, part.isascii()


def _set(widths: list[tuple[float, bool]], measure: int) -> tuple[float, bool]:
    """Return how many lines the parts take, and whether one of those has a hole at its end that is not spread out."""
    lines, filled, torn = 1.0, _INDENT, False
    for width, whole in widths:
        if whole and width <= measure:
            if filled + width > measure:
                torn = torn or measure - filled > WIDEST_GAP * filled
                lines, filled = lines + 1, 0.0
            filled += width
        else:
            # A comma may not begin a line, so most lines lose some of their last place.
            more, filled = divmod(filled + width * (1 + 0.5 / measure), measure)
            lines += more
    return lines, torn
