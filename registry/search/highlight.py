"""Where the words of a search stand in a text, so that a page can mark them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from registry.search.text import terms_of
from registry.text import fold

# What may fold to another number of characters. All others fold to one, whatever stands beside it, and nearly every
# sentence is made of nothing else.
_STRANGE: Final = re.compile(
    "([^\0 -~\u2018-\u201d\u3001\u3002\u3008-\u3011\u3014-\u301b\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e])"
)
# These fold to themselves, and nothing else in a plain text folds to one of them.
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]*")


def find_terms(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of `text` in which a term of `words` stands, left to right, overlapping ones joined.

    Width and case are folded as the index folds them, character by character, so that the spans fit the text as it is.
    """
    terms, folding = _terms(words)
    if not terms:
        return ()
    line, places = _folded(text, folding=folding)
    found: list[tuple[int, int]] = []
    for term in terms:
        start = line.find(term)
        while start != -1:
            end = start + len(term)
            found.append((places[start], places[end - 1] + 1))
            start = line.find(term, end)
    return _joined(found) if found else ()


@lru_cache(maxsize=64)
def _terms(words: str) -> tuple[tuple[str, ...], bool]:
    """Return the terms, and whether any has a character that may be written in another way."""
    terms = tuple(terms_of(words))
    return terms, not _HAN.fullmatch("".join(terms))


def _folded(text: str, *, folding: bool) -> tuple[str, Sequence[int]]:
    """Return the folded text, and where each of its characters stands in the text."""
    if not _STRANGE.search(text):
        return fold(text) if folding else text, range(len(text))
    folded: list[str] = []
    places: list[int] = []
    end = 0
    # Every second part is a strange character.
    for number, part in enumerate(_STRANGE.split(text)):
        start, end = end, end + len(part)
        folded.append(fold(part))
        places += [start] * len(folded[-1]) if number % 2 else range(start, end)
    return "".join(folded), places


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
