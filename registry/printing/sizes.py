"""How large a text is set on a sheet of its own: as large as leaves it one sheet, and its lines whole.

The sizes are classes of sheets.css, which a browser and WeasyPrint set alike; so they are told by counting and not by
trying. Whether a text fits is counted with more than it takes: a test sets each size as full as it may be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from registry.printing.setting import Run

# Beside a Chinese character: of the widest digits and capitals of the fonts, and of most.
_WIDEST: Final = 0.62
_LIKELY: Final = 0.54
_INDENT: Final = 2.0
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
# The line of the large sizes, 170 millimetres, in their characters. A hole in so few lines is seen; smaller ones have
# many lines, and a smaller size would open as many holes as it closes.
_MEASURE: Final = {1: 16.05, 2: 19.25, 3: 24.1, 4: 30.1}
_STEPS_DOWN: Final = 2
# In ems: by how much a gap between two characters may be widened before a line looks strewn.
_LOOSEST: Final = 0.2
_PART: Final = re.compile(r"[!-~]+|[^!-~]")
_CLOSING: Final = frozenset("，。、；：！？）》」』”’")

# What is not broken over two lines: its width in ems, and how many of its gaps may be widened.
_Atom = tuple[float, int]


def size_of(runs: Sequence[Run], signature: Iterable[str] = (), *, share: float = 1.0, largest: int = 1) -> int:
    """Return the size of a sentence and its signature, 1 for the largest, `largest` at most.

    `share` is how much of the room there is. A size or two smaller is taken where a number that is kept whole would
    leave a hole in a large line. LONGEST is that of texts which go on over a second sheet even so: they are longer than
    any that people declare.
    """
    widest, likely = list(_atoms(runs, _WIDEST)), list(_atoms(runs, _LIKELY))
    below = [ems_of(line) for line in signature]
    fitting = (size for size, room in _ROOM.items() if size >= largest and _fits(widest, below, *room, share=share))
    found = next(fitting, LONGEST)
    offered = [size for size in range(found, found + _STEPS_DOWN + 1) if size in _MEASURE]
    return next((size for size in offered if not _is_torn(likely, _MEASURE[size])), found)


def ems_of(text: str, narrow: float = _WIDEST) -> float:
    """Return how wide a text is, in Chinese characters; `narrow` is the width of those that are none."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else narrow for character in text)


def _atoms(runs: Iterable[Run], narrow: float) -> Iterator[_Atom]:
    width, gaps = 0.0, 0
    for run in runs:
        for part in (run.text,) if run.whole else _PART.findall(run.text):
            if width and part[0] not in _CLOSING:
                yield width, gaps
                width, gaps = 0.0, 0
            width += ems_of(part, narrow)
            gaps += 1 if part.isascii() else len(part)
    if width:
        yield width, gaps


def _lines(atoms: Iterable[_Atom], measure: float) -> list[_Atom]:
    """Return the lines that a text takes, each with its width and its gaps."""
    lines: list[_Atom] = []
    filled, spreading = _INDENT, 0
    for width, gaps in atoms:
        if filled + width > measure and filled:
            lines.append((filled, spreading))
            filled, spreading = 0.0, 0
        filled, spreading = filled + width, spreading + gaps
        while filled > measure:
            lines.append((measure, spreading))
            filled, spreading = filled - measure, 1
    return [*lines, (filled, spreading)]


def _fits(atoms: Iterable[_Atom], below: Iterable[float], measure: int, most: int, *, share: float) -> bool:
    signed = sum(1 + width // measure for width in below)
    return len(_lines(atoms, measure)) + signed <= int(most * share)


def _is_torn(atoms: Iterable[_Atom], measure: float) -> bool:
    return any(measure - filled > _LOOSEST * gaps for filled, gaps in _lines(atoms, measure)[:-1])
