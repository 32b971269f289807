"""Reading back: what a printed page says, beside what the records say, item by item.

A page reaches the register as text that was taken out of a PDF, typed off, or copied from a typesetter's program. On
that way lines are broken anywhere, blanks come and go, and characters change between full and half width; so none of
that counts. Everything else does, most of all a digit.

Whatever is printed exactly is found first, the longest first, so that a sentence inside another is not taken for its
own. The others are looked for in what is then left of the page, wherever most pairs of characters agree, by their edit
distance (G. Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46, 1999).
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Final

# Of the characters of a sentence. With more of them changed it is another one: name and number are a third of a notice,
# and all notices have the rest in common.
MOST_CHANGED: Final = 0.25
_ENDINGS: Final = "。！"
# What a window has on either side, in parts of the sentence, for what was put in or left out.
_SLACK: Final = 3
_WINDOWS: Final = 4
# A pair of characters that stands everywhere on a page tells little of where a sentence is.
_PLACES_OF_A_PAIR: Final = 64
_NOT_BESIDE_LATIN: Final = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")


class Outcome(StrEnum):
    """What has become of an item on the page."""

    FOUND = "found"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an item: what the record says there, and what the page says."""

    recorded: str
    printed: str
    same: bool


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """An item by its key; `parts` join to its whole sentence, and are there where it was changed."""

    key: str
    sentence: str
    outcome: Outcome
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every item in the order given, and the pieces of the page that belong to none of them."""

    items: tuple[ComparedItem, ...]
    extra: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether every item stands on the page as it is recorded."""
        return all(item.outcome is Outcome.FOUND for item in self.items)

    def count(self, outcome: Outcome) -> int:
        return sum(item.outcome is outcome for item in self.items)


def compare(
    items: Sequence[tuple[str, str]], text: str, *, bullet: str = "", furniture: Iterable[str] = ()
) -> Comparison:
    """Return how the text of a page agrees with items of (key, sentence without its bullet).

    `furniture` is what stands on lines of its own besides the items: headings, the day, the paper's name. An item may
    go on over such a line, as from the foot of one page to the head of the next.
    """
    page = _Page(_without_lines(text, furniture), bullet)
    sentences = [_Folded(sentence) for _key, sentence in items]
    places = _find_exactly(page, sentences)
    found = set(places)
    places.update(_find_nearly(page, sentences, [number for number in range(len(items)) if number not in found]))
    compared = []
    for number, (key, sentence) in enumerate(items):
        if number in found:
            compared.append(ComparedItem(key, sentence, Outcome.FOUND))
        elif number in places:
            parts = tuple(_parts(sentences[number], page, places[number]))
            compared.append(ComparedItem(key, sentence, Outcome.CHANGED, parts))
        else:
            compared.append(ComparedItem(key, sentence, Outcome.MISSING))
    return Comparison(tuple(compared), tuple(page.extra()))


def _without_lines(text: str, furniture: Iterable[str]) -> str:
    known = {_Folded(piece).text for piece in furniture} - {""}
    return "\n".join(line for line in text.splitlines() if _Folded(line).text not in known)


@lru_cache(maxsize=16_384)
def _spelling(character: str) -> str:
    """Return what of a character is compared: nothing of blanks and of what is invisible."""
    if character.isspace() or unicodedata.category(character) in ("Cc", "Cf") or _is_selector(character):
        return ""
    decomposition = unicodedata.decomposition(character)
    # Programs that take text out of a PDF give ⽇, the radical, for 日. Other compatible forms are no matter of width:
    # ② and ² are not what 2 is.
    if decomposition.startswith(("<wide>", "<narrow>")) or "\u2e80" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKD", character)
    return unicodedata.normalize("NFD", character)


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


class _Folded:
    """A text by what of it is compared, and where each character of that stands in the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        pieces = []
        places: list[int] = []
        for place, character in enumerate(original):
            piece = _spelling(character)
            pieces.append(piece)
            places += [place] * len(piece)
        self.text = "".join(pieces)
        self._places = places

    def part(self, start: int, end: int) -> str:
        """Return what stands in the original from one place of the folded text to another, line breaks closed."""
        if start >= end:
            return ""
        original = self.original[self._places[start] : self._places[end - 1] + 1]
        return re.sub(r"\s+", " ", _NOT_BESIDE_LATIN.sub("", original))


class _Page(_Folded):
    """The text of a page, and what of it was found to belong to an item."""

    def __init__(self, original: str, bullet: str) -> None:
        super().__init__(original)
        self._bullet = _Folded(bullet).text
        self._claimed = bytearray(len(self.text))

    def claim(self, start: int, end: int) -> None:
        self._claimed[start:end] = b"\x01" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        return self._claimed.find(1, start, end) < 0

    def find_free(self, piece: str) -> list[int]:
        """Return the places at which a piece stands in what belongs to nobody, the likeliest first.

        An item begins the page, or behind a bullet or the end of a sentence or of another item.
        """
        places = []
        start = self.text.find(piece) if piece else -1
        while start >= 0:
            if self.is_free(start, start + len(piece)):
                places.append(start)
            start = self.text.find(piece, start + 1)
        return sorted(places, key=lambda place: (-self._bounds(place, place + len(piece)), place))

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Yield what belongs to nobody, as places from and to."""
        end = 0
        while (start := self._claimed.find(0, end)) >= 0:
            end = self._claimed.find(1, start)
            if end < 0:
                end = len(self.text)
            yield start, end
            if end == len(self.text):
                return

    def extra(self) -> Iterator[str]:
        """Yield the pieces that belong to nobody, bullets left out."""
        for start, end in self.gaps():
            piece = self.part(start, end).strip(self._bullet + " ")
            if piece:
                yield piece

    def _bounds(self, start: int, end: int) -> int:
        begins = start == 0 or self._claimed[start - 1] or self.text[start - 1] in self._bullet + _ENDINGS
        ends = end == len(self.text) or self._claimed[end] or self.text[end] in self._bullet
        return bool(begins) + bool(ends)


def _find_exactly(page: _Page, sentences: Sequence[_Folded]) -> dict[int, tuple[int, int]]:
    """Claim what is printed exactly; return by the number of the item where it stands."""
    alike: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        alike[sentence.text].append(number)
    places: dict[int, tuple[int, int]] = {}
    for text in sorted(alike, key=len, reverse=True):
        taken: list[tuple[int, int]] = []
        for start in page.find_free(text):
            if len(taken) < len(alike[text]) and page.is_free(start, start + len(text)):
                page.claim(start, start + len(text))
                taken.append((start, start + len(text)))
        places.update(zip(alike[text], sorted(taken), strict=False))
    return places


def _find_nearly(page: _Page, sentences: Sequence[_Folded], missing: list[int]) -> dict[int, tuple[int, int]]:
    """Claim what is nearly one of the missing items, the nearest first; return by its number where it stands."""
    places: dict[int, tuple[int, int]] = {}
    while missing:
        index = _PairIndex(page)
        nearest = []
        for number in missing:
            sentence = sentences[number].text
            hits = [_locate(sentence, page.text, start, end) for start, end in index.windows(sentence)]
            near = [hit for hit in hits if hit[0] <= MOST_CHANGED * len(sentence)]
            if near:
                distance, start, end = min(near)
                nearest.append((distance / len(sentence), number, start, end))
        claimed = False
        for _distance, number, start, end in sorted(nearest):
            if page.is_free(start, end):
                page.claim(start, end)
                places[number] = (start, end)
                claimed = True
        # Where two were nearest to one place, the other may still be near to another.
        missing = [number for _distance, number, *_place in nearest if number not in places]
        if not claimed:
            return places
    return places


class _PairIndex:
    """Where the pairs of characters stand in what is left of a page."""

    def __init__(self, page: _Page) -> None:
        self._gaps = list(page.gaps())
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for gap, (start, end) in enumerate(self._gaps):
            for place in range(start, end - 1):
                self._places[page.text[place : place + 2]].append((gap, place))

    def windows(self, sentence: str) -> list[tuple[int, int]]:
        """Return the stretches of the page in which a sentence may stand, the likeliest first."""
        width = len(sentence)
        slack = width // _SLACK + 4
        votes: dict[tuple[int, int], float] = defaultdict(float)
        for offset in range(width - 1):
            places = self._places.get(sentence[offset : offset + 2], ())
            for gap, place in places[:_PLACES_OF_A_PAIR]:
                votes[gap, (place - offset) // slack] += 1 / len(places)
        windows = []
        for (gap, stretch), _votes in heapq.nlargest(_WINDOWS, votes.items(), key=itemgetter(1)):
            first, last = self._gaps[gap]
            start = stretch * slack
            windows.append((max(first, start - slack), min(last, start + width + 2 * slack)))
        return windows


def _locate(sentence: str, text: str, first: int, last: int) -> tuple[int, int, int]:
    """Return the least edit distance of a sentence to a part of `text` between two places, and where that part is.

    Of parts equally near the longest is taken: a first or last character that was exchanged belongs to the item.
    """
    forward = _distances(sentence, text[first:last], anchored=False)
    distance = min(forward)
    end = forward.index(distance)
    while end + 1 < len(forward) and forward[end + 1] == distance:
        end += 1
    backward = _distances(sentence[::-1], text[first : first + end][::-1], anchored=True)
    length = max(place for place, reached in enumerate(backward) if reached == distance)
    return distance, first + end - length, first + end


def _distances(sentence: str, text: str, *, anchored: bool) -> list[int]:
    """Return for each length of the beginning of `text` how far the sentence is from it.

    Anchored is from the whole of that beginning; otherwise from the part nearest to it that ends there.
    """
    width = len(sentence)
    every, highest = (1 << width) - 1, 1 << (width - 1)
    masks: dict[str, int] = defaultdict(int)
    for place, character in enumerate(sentence):
        masks[character] |= 1 << place
    more, less, distance = every, 0, width
    distances = [distance]
    for character in text:
        same = masks.get(character, 0)
        diagonal = (((same & more) + more) ^ more) | same | less
        rise = less | (every & ~(diagonal | more))
        fall = more & diagonal
        distance += bool(rise & highest) - bool(fall & highest)
        rise = ((rise << 1) | anchored) & every
        more = ((fall << 1) & every) | (every & ~(diagonal | rise))
        less = rise & diagonal
        distances.append(distance)
    return distances


def _parts(sentence: _Folded, page: _Page, place: tuple[int, int]) -> Iterator[Part]:
    start, end = place
    matcher = SequenceMatcher(None, sentence.text, page.text[start:end], autojunk=False)
    for operation, of, to, page_of, page_to in matcher.get_opcodes():
        recorded = sentence.part(of, to)
        yield Part(recorded, page.part(start + page_of, start + page_to), same=operation == "equal")
