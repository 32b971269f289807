"""Text as people type it: bilingual words, tidy spaces, the folded spelling, and what may not be printed.

A leaf of the house: standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple


class Text(NamedTuple):
    """The same words in both languages of the registry."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The words for a reader of `lang`; everything but English reads Chinese."""
        return self.en if lang == "en" else self.zh


# Marks that come along when text is copied from a web page and that nobody can see or type on purpose.
_ZERO_WIDTH: Final = "\u00ad\u200b\u2060\ufeff"
# What a comparison drops on top: joiners, directional marks, variation selectors.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_ZERO_WIDTH_RUN: Final = re.compile(f"[{_ZERO_WIDTH}]+")

# 一 (the numeral) and ー (the long vowel) look like dashes and are not: 一号 is not -号.
_DASHES: Final = (
    "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\u2500\u2796\u2e3a\u2e3b\ufe58\ufe63\uff0d"
)
# Most Chinese texts: these are the same in every normal form, and nothing of them is invisible.
_ALREADY_NFKC: Final = re.compile("[ -~\u3001\u3002\u3008-\u3011\u3014-\u301b\u4e00-\u9fff]*")
_OPENING: Final = "[{\u2045\u2768\u276e\u2770\u2774\u3008\u300c\u300e\u3010\u3014\u3016\u3018\u301a\uff3b\uff5b"
_CLOSING: Final = "]}\u2046\u2769\u276f\u2771\u2775\u3009\u300d\u300f\u3011\u3015\u3017\u3019\u301b\uff3d\uff5d"
# Every sort of bracket that is folded into round ones, and those.
BRACKETS: Final = {"(": ")", **dict(zip(_OPENING, _CLOSING, strict=True))}
_UNIFIED: Final = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_OPENING, "("),
        **dict.fromkeys(_CLOSING, ")"),
    }
)
# Looking for one of them takes a tenth of the time of exchanging none.
_TO_UNIFY: Final = re.compile(f"[{re.escape(_DASHES + _OPENING + _CLOSING)}]")


def squeeze(text: str) -> str:
    """`text` on one line: invisible paste marks dropped, blanks of any sort joined to one plain space.

    No character is exchanged for a similar one, because NFKC and even NFC change how names are written.
    """
    return " ".join(_ZERO_WIDTH_RUN.sub("", text).split())


def fold(text: str) -> str:
    """The spelling in which two texts are compared: NFKC, one dash, one sort of bracket, upper case.

    Nothing invisible is left; blanks are kept. Folding twice changes nothing more.
    """
    if text.isascii() or _ALREADY_NFKC.fullmatch(text):
        text = text.upper()
    else:
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).upper()
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return text.translate(_UNIFIED) if _TO_UNIFY.search(text) else text


# Nearly every text: printable ASCII, Chinese punctuation, Han characters, full-width forms.
_HARMLESS: Final = re.compile(
    "[ -~\u00b7\u2010-\u2015\u2018-\u201f\u2026\u3001-\u301b\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*"
)
# Bidirectional marks, overrides and isolates can make a printed line read other than it is stored.
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS: Final = frozenset("\u180e\u200c\u200d" + _ZERO_WIDTH)
_PICTURES: Final = re.compile(
    "[\u20e3\u231a-\u231b\u2328\u23cf\u23e9-\u23fa\u2600-\u2604\u2607-\u27bf\u2b05-\u2b07\u2b1b-\u2b1c"
    "\u2b50\u2b55\ufe0f\ufffc\ufffd\U0001f000-\U0001faff\U000e0000-\U000e00ff]"
)
_MAX_MARKS: Final = 3


def find_forbidden(text: str, *, multiline: bool = False) -> str | None:
    """The first character that a notice cannot carry, or None if all can.

    Refused: control characters (line breaks and tabs pass if `multiline`), unpaired surrogates,
    bidirectional controls, private-use and unassigned code points, emoji and pictures, and accents
    stacked higher than any script does. Characters of the Han planes pass even where this Python's
    Unicode tables are older than they are: rare characters are in people's names.
    """
    if _HARMLESS.fullmatch(text):
        return None
    marks = 0
    for character in text:
        if character in "\n\r\t" and multiline:
            continue
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        if _is_forbidden(character, category) or marks > _MAX_MARKS:
            return character
    return None


def _is_forbidden(character: str, category: str) -> bool:
    if category in ("Cc", "Cs", "Co", "Zl", "Zp"):
        return True
    if category == "Cn":
        return not "\U00020000" <= character <= "\U0003fffd"
    if category == "Cf":
        return character not in _JOINERS
    return character in _BIDI or _PICTURES.match(character) is not None
