"""The key of "did you mean": numbers that an eye takes for each other have the same.

Never the canonical number: I and O are real series letters of birth certificates, and two real numbers may share this
key. It only finds what to show beside an honest answer.
"""

from __future__ import annotations

import re
from typing import Final

from registry.text import fold

_SEPARATORS: Final = re.compile(r"[\W_]+")
# Cyrillic and Greek capitals that look like Latin ones, then Latin ones that look like digits.
_LATIN: Final = str.maketrans("АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXSIJABEZHIKMNOPTYX")
_DIGITS: Final = str.maketrans("OQDILZSBG", "000112586")


def lookalike(number: str) -> str:
    """Return the key: upper case, without separators, look-alikes as digits.

    >>> lookalike("O44-9999I99"), lookalike("0449999199")
    ('0449999199', '0449999199')
    """
    return _SEPARATORS.sub("", fold(number).translate(_LATIN).translate(_DIGITS))
