"""Where a resident ID hides in a longer number or a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from registry.kinds.resident import is_personal_18, is_resident_15
from registry.text import fold

# Digits of a resident ID as a text may have them: in a row, or in groups divided by one blank, hyphen or dot.
# That it may begin here at all is seen quickest by the length of the run.
_ID_18: Final = re.compile(r"(?=[\d \-.]{17})(?=((?:\d[ \-.]?){17}[\dX\u00d7\u0425\u03a7]))", re.ASCII)
_ID_15: Final = re.compile(r"(?<![\dA-Z])(\d{15}|\d{6}[ \-]\d{6}[ \-]\d{3})(?![\dX])", re.ASCII)
# What holds no such run holds no resident ID; it is found in a third of the time.
_LONG_RUN: Final = re.compile(r"[\d \-.]{15}", re.ASCII)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_NOT_ID: Final = re.compile(r"[ \-.]")


def find_sensitive(text: str) -> tuple[tuple[int, int], ...]:
    """Where resident IDs hide in a text, as spans of its indices, left to right, overlapping ones joined.

    18 characters count wherever they stand, also inside a longer number, if province, birth date and check character
    fit; so do those of residents from Hong Kong, Macao and Taiwan and of foreigners. 15 digits, which have no check
    digit, count only on their own and for births from 1910 on: nobody older lived to be given a number, and old
    business registration numbers would often look so.
    """
    if len(text) < 15:
        return ()
    folded: str = text.upper()
    places: Sequence[int] = range(len(text))
    if not text.isascii():
        if len(_HAN.sub("", text)) < 15:
            return ()
        folded, places = _fold_with_places(text)
    if not _LONG_RUN.search(folded):
        return ()
    found = []
    for match in _ID_18.finditer(folded) if len(folded) >= 18 else ():
        number = _NOT_ID.sub("", match[1])
        if is_personal_18(number[:17] + (number[17] if number[17].isdigit() else "X")):
            found.append(match.span(1))
    for match in _ID_15.finditer(folded):
        number = _NOT_ID.sub("", match[1])
        if number[6] != "0" and is_resident_15(number):
            found.append(match.span(1))
    joined: list[tuple[int, int]] = []
    for start, end in sorted((places[start], places[end - 1] + 1) for start, end in found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in fold(character):
            folded.append(part)
            places.append(place)
    return "".join(folded), places
