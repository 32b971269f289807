"""How large a text is set on a sheet of its own: as large as leaves it one sheet, and its lines whole.

The sizes are classes of sheets.css. Their lines are broken here, so that a browser and WeasyPrint set the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Final

from registry.printing.lines import INDENT, Line, set_lines, set_signature, width_of
from registry.printing.setting import Run

# Size → how many characters its lines hold, and how many lines the sheet. From the seventh on there are two columns.
_ROOM: Final = {
    1: (16, 4),
    2: (19, 5),
    3: (24, 7),
    4: (30, 9),
    5: (37, 12),
    6: (45, 18),
    7: (25, 42),
    8: (28, 60),
    9: (31, 66),
    10: (35, 86),
}
LONGEST: Final = 11
# A hole in the few lines of these is seen; smaller ones have many lines, and a smaller size would open as many holes as
# it closes.
_SMALLEST_OF_THE_LARGE: Final = 4
_STEPS_DOWN: Final = 2


@dataclass(frozen=True, slots=True)
class SetText:
    """A text in its lines, its signature in lines of its own, and the size of both: 1 for the largest."""

    lines: tuple[Line, ...]
    signature: tuple[Line, ...]
    size: int

    @property
    def characters(self) -> str:
        return "".join(line.text for line in (*self.lines, *self.signature))

    @property
    def has_hole(self) -> bool:
        """Whether a line stays short because what follows it is kept whole."""
        return any(not line.justified for line in self.lines[:-1])


def set_text(runs: Sequence[Run], signature: Iterable[str] = (), *, share: float = 1.0, largest: int = 1) -> SetText:
    """Return a sentence and its signature as they are set, in a size of `largest` at most.

    `share` is how much of the room there is. A size or two smaller is taken where a number that is kept whole would
    leave a hole in a large line. LONGEST is that of texts which go on over a second sheet even so: they are longer than
    any that people declare.
    """
    fitting = _fitting(runs, tuple(signature), share, largest)
    found = next(fitting)
    least = min(found.size + _STEPS_DOWN, _SMALLEST_OF_THE_LARGE)
    offered = takewhile(lambda text: text.size <= least, chain((found,), fitting))
    return next((text for text in offered if not text.has_hole), found)


def _fitting(runs: Sequence[Run], signature: Sequence[str], share: float, largest: int) -> Iterator[SetText]:
    """Yield a text in each size in which it fits, the largest first, and in the end as if it did."""
    width = width_of("".join(run.text for run in runs))
    for size, (characters, most) in _ROOM.items():
        lines = int(most * share)
        # Marks at both ends of a line may stand half over its edges. Of what is far too long no line need be broken.
        if size >= largest and width <= (2 * characters + 2) * lines:
            text = _set(runs, signature, size, characters)
            if len(text.lines) + len(text.signature) <= lines:
                yield text
    yield _set(runs, signature, LONGEST, _ROOM[LONGEST - 1][0])


def _set(runs: Sequence[Run], signature: Sequence[str], size: int, characters: int) -> SetText:
    lines = set_lines(runs, characters=characters, indent=INDENT)
    return SetText(lines, set_signature(signature, characters=characters), size)
