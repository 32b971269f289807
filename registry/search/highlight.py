"""Where the words of a search stand in a text, so that a page can mark them."""

from __future__ import annotations

from registry.search.text import terms_of
from registry.text import fold


def find_terms(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of `text` in which a term of `words` stands, left to right, overlapping ones joined.

    Width and case are folded as the index folds them, character by character, so that the spans fit the text as it is.
    """
    terms = terms_of(words)
    if not terms:
        return ()
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in fold(character):
            folded.append(part)
            places.append(place)
    line = "".join(folded)
    found: list[tuple[int, int]] = []
    for term in terms:
        start = line.find(term)
        while start != -1:
            end = start + len(term)
            found.append((places[start], places[end - 1] + 1))
            start = line.find(term, end)
    return _joined(found)


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
