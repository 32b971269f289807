"""The key of "did you mean": numbers that an eye takes for each other have the same.

Never the canonical number: I and O are real series letters of birth certificates, and two real numbers may share this
key. It only finds what to show beside an honest answer.
"""

from __future__ import annotations

import re
from typing import Final

from registry.text import fold

_SEPARATORS: Final = re.compile(r"[\W_]+")
_DIGITS: Final = str.maketrans("OQDILZSBG", "000112586")
# Latin capitals that look like digits, and Cyrillic and Greek ones that look like those or like other Latin ones.
_ALIKE: Final = _DIGITS | str.maketrans(
    "АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXSIJABEZHIKMNOPTYX".translate(_DIGITS)
)


def lookalike(number: str) -> str:
    """Return the key: upper case, without separators, look-alikes as digits.

    >>> lookalike("O44-9999I99"), lookalike("0449999199")
    ('0449999199', '0449999199')
    """
    if number.isascii() and number.isalnum():
        return number if number.isdigit() else number.upper().translate(_DIGITS)
    return _SEPARATORS.sub("", fold(number).translate(_ALIKE))
