"""Setting a sentence: which of its parts stay on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# In ems. A column of a newspaper has some fifteen: what is wider than this would leave holes in a justified line.
WIDEST_KEPT: Final = 7.0
LONGEST_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence; `whole` parts are not broken over two lines."""

    text: str
    whole: bool = False


def set_runs(sentence: str, *, names: Iterable[str] = (), numbers: Iterable[str] = ()) -> tuple[Run, ...]:
    """Return a sentence as runs that join to it exactly.

    Kept whole are numbers and the names of people: half a name at the end of a line reads as another name. The names
    of companies are as long as a line and have to break.
    """
    kept = [name for name in names if len(name) <= LONGEST_NAME]
    kept += [number for number in numbers if _width(number) <= WIDEST_KEPT]
    longest_first = sorted({part for part in kept if part}, key=len, reverse=True)
    if not longest_first:
        return (Run(sentence),)
    pattern = "|".join(re.escape(part) for part in longest_first)
    parts = re.split(f"({pattern})", sentence)
    return tuple(Run(part, whole=bool(place % 2)) for place, part in enumerate(parts) if part)


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)
