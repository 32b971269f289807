"""Breaking a sentence into the lines of a newspaper's column, as a compositor does.

Browsers, WeasyPrint and word processors each break Chinese in a way of their own, line by line, and let a long number
tear wherever a line is full. Here the lines of a whole sentence are chosen together, so that they are evenly filled and
numbers stay whole where that leaves no hole. A sheet then has the same lines whoever lays it out.

Widths are counted in halves of a character: Chinese and whatever is not ASCII takes two, ASCII one, which the style
sheet makes true by the half-width forms of the font. So a line holds what a line of the price is counted to hold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, groupby, pairwise
from operator import add
from typing import Final

from registry.printing.justify import WIDEST_GAP, is_gap
from registry.printing.setting import LONGEST_NUMBER, Run

# What may not begin a line, and what may not end one: GB/T 15834, 附录B, and brackets and marks of other sorts.
CLOSING: Final = frozenset("，。、；：！？）》〉」』】〕〗］｝”’…—～·,.;:!?)]}%％‰℃°々")
OPENING: Final = frozenset("（《〈「『【〔〖［｛“‘([{$￥¥№")
# Their ink stands in the left half, so at the end of a line the right half hangs over the edge; of the others it
# stands in the right half, and the left one hangs over the edge where a line begins.
HANGING: Final = frozenset("，。、；：！？）》〉」』】〕〗］｝”’")
LEANING: Final = frozenset("（《〈「『【〔〖［｛“‘")
# How far the first line of a paragraph stands in, in halves of a character.
INDENT: Final = 4
# What stands free to the right of a signature, in characters.
SIGNATURE_INSET: Final = 2

# What is bad about a line, compared with a gap of a tenth of a character, which is 100.
_LINE: Final = 20.0
_TORN_AT_MARK: Final = 600.0
_TORN_NUMBER: Final = 1200.0
_TORN_END: Final = 5000.0
_TORN_WORD: Final = 3800.0
_HOLE: Final = 2000.0
_LONELY: Final = 400.0
_NEVER: Final = float("inf")
# A number that is torn leaves so many of its characters on each of the two lines.
_SHORTEST_END: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line that is all ASCII (`narrow`) or has none."""

    text: str
    narrow: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set.

    Attributes:
        parts: what stands in it, in order.
        leaning: whether half of its first character stands beyond the edge on the left.
        hanging: whether half of its last character stands beyond the edge on the right.
        justified: whether it is spread to the edge; the last one is not, nor one that would have to be torn apart.
    """

    parts: tuple[Part, ...]
    leaning: bool
    hanging: bool
    justified: bool

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What is not broken; `cost` is that of ending a line behind it."""

    text: str
    cost: float


def width_of(text: str) -> int:
    """Return the width of a text in halves of a character."""
    return sum(map(_width, text))


def set_lines(runs: Iterable[Run], *, characters: int, indent: int = 0) -> tuple[Line, ...]:
    """Return runs as lines of so many full characters, the first of them shorter by `indent` halves.

    The texts of the lines join to those of the runs; a blank at which a line ends stays at its end.
    """
    text = _Text(tuple(_clusters(runs, 2 * characters - indent)), 2 * characters, indent)
    # The cheapest way to set the first clusters, by how many they are: its cost, and where its last line begins.
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text.clusters) + 1):
        best.append(min(_ways(text, best, end), default=(_NEVER, end - 1)))
    starts = [len(text.clusters)]
    while starts[-1]:
        starts.append(best[starts[-1]][1])
    starts.reverse()
    return tuple(_line(text, start, end) for start, end in pairwise(starts))


def set_signature(lines: Iterable[str], *, characters: int) -> tuple[Line, ...]:
    """Return the lines of a signature as they are set below a text whose lines hold so many full characters."""
    set_ones = (set_lines((Run(line),), characters=characters - SIGNATURE_INSET) for line in lines)
    return tuple(chain.from_iterable(set_ones))


class _Text:
    """A text in its clusters, and the room for its lines: it knows the measures of each without going through it."""

    def __init__(self, clusters: Sequence[_Cluster], room: int, indent: int) -> None:
        self.clusters = clusters
        self._room = room
        self._indent = indent
        texts = [cluster.text for cluster in clusters]
        # A blank at which a line ends takes no room.
        ends = [text.rstrip(" ") for text in texts]
        before = [is_gap(one[-1], other[0]) for one, other in pairwise(texts)]
        self._widths = [0, *accumulate(map(width_of, texts))]
        self._ended = [width_of(text) - width_of(end) for text, end in zip(texts, ends, strict=True)]
        self._gaps = [0, *accumulate(map(add, map(_gaps_in, texts), (0, *before)))]
        self._gaps_before = (0, *before)
        self._gaps_ended = [_gaps_in(text) - _gaps_in(end) for text, end in zip(texts, ends, strict=True)]
        self.leaning = [text[0] in LEANING for text in texts]
        self.hanging = [end[-1:] in HANGING for end in ends]

    def measure(self, start: int, end: int) -> tuple[int, int, int]:
        """Return the width of a line, how many gaps are in it, and how much is left over: less than none if too little.

        All but the gaps are in halves of a character.
        """
        width = self._widths[end] - self._widths[start] - self._ended[end - 1]
        gaps = self._gaps[end] - self._gaps[start] - self._gaps_before[start] - self._gaps_ended[end - 1]
        beyond = self.leaning[start] + self.hanging[end - 1]
        return width, gaps, self._room - (0 if start else self._indent) - width + beyond


def _ways(text: _Text, best: Sequence[tuple[float, int]], end: int) -> Iterator[tuple[float, int]]:
    last = end == len(text.clusters)
    after = 0.0 if last else text.clusters[end - 1].cost
    for start in range(end - 1, -1, -1):
        width, gaps, free = text.measure(start, end)
        if free < 0 and start < end - 1:
            return
        if best[start][0] < _NEVER:
            yield best[start][0] + _badness(width, gaps, max(free, 0), last=last) + after, start


def _badness(width: int, gaps: int, free: int, *, last: bool) -> float:
    if last:
        return _LINE + (_LONELY if width < INDENT else 0)
    gap = _gap(gaps, free)
    return _LINE + (100 * (gap / 0.1) ** 2 if gap <= WIDEST_GAP else _HOLE + 20 * free**2)


def _gaps_in(text: str) -> int:
    return sum([is_gap(one, other) for one, other in pairwise(text)])


def _gap(gaps: int, free: int) -> float:
    """Return how much wider each gap of a line gets, in characters."""
    return free / 2 / gaps if gaps else (_NEVER if free else 0.0)


def _line(text: _Text, start: int, end: int) -> Line:
    characters = "".join(cluster.text for cluster in text.clusters[start:end])
    parts = tuple(Part("".join(same), narrow) for narrow, same in groupby(characters, str.isascii))
    _width, gaps, free = text.measure(start, end)
    fits = _gap(gaps, max(free, 0)) <= WIDEST_GAP
    last = end == len(text.clusters)
    return Line(parts, leaning=text.leaning[start], hanging=text.hanging[end - 1], justified=fits and not last)


def _clusters(runs: Iterable[Run], room: int) -> Iterator[_Cluster]:
    text = ""
    for (piece, _cost), (following, cost) in pairwise([*_pieces(tuple(runs), room), ("", 0.0)]):
        text += piece
        if not following or cost or _may_part(text[-1], following[0]):
            yield _Cluster(text, cost)
            text = ""


def _pieces(runs: Sequence[Run], room: int) -> Iterator[tuple[str, float]]:
    """Yield what is not broken any further, with the cost of tearing what stands before it from it."""
    for place, run in enumerate(runs):
        torn = _cost_of_tearing(runs, place) if run.joint else 0.0
        if run.whole and width_of(run.text) <= room:
            yield run.text, torn
            continue
        for narrow, same in groupby(run.text, lambda character: character.isascii() and character != " "):
            word = "".join(same)
            if narrow and len(word) <= LONGEST_NUMBER:
                yield word, torn
            else:
                yield word[0], torn
                for position in range(1, len(word)):
                    yield word[position], _cost_within(word, position) if narrow else 0.0
            torn = 0.0


def _cost_within(word: str, position: int) -> float:
    """Return what it costs to tear a long word: little behind a dash, as in a range or in a date."""
    if not word[position - 1].isalnum() and word[position].isalnum() and word[position - 1] != "*":
        return _TORN_AT_MARK
    return _TORN_WORD if _SHORTEST_END <= position <= len(word) - _SHORTEST_END else _TORN_END


def _cost_of_tearing(runs: Sequence[Run], place: int) -> float:
    """Return what it costs to tear a number between two of its groups, which join at a place among the runs."""
    start, end = place - 1, place + 1
    while start > 0 and runs[start].joint:
        start -= 1
    while end < len(runs) and runs[end].joint:
        end += 1
    ends = (sum(len(run.text) for run in part) for part in (runs[start:place], runs[place:end]))
    return _TORN_NUMBER if min(ends) >= _SHORTEST_END else _TORN_END


def _may_part(before: str, after: str) -> bool:
    if _width(after) == 0 or after == " ":
        return False
    if after in "年月日":
        return not before.isdigit()
    return after not in CLOSING and before not in OPENING


@lru_cache(maxsize=16_384)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 1 if character.isascii() or unicodedata.east_asian_width(character) == "H" else 2
