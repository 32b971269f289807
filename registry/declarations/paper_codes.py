"""Codes that are typed off paper: groups of four characters, of which the last one of all tells a slip.

The alphabet has 31 characters, a prime number, so the method of the references (ISO 7064, here as MOD 31-2) notices
every wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import re
from typing import Final

from stdnum.iso7064 import mod_37_2

from registry.errors import RegistryError
from registry.text import fold

# 0, O, 1, I and L are left out: the code is read off paper.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class BadCode(RegistryError):
    """A text is no such code.

    `mistyped` tells that it has as many characters as one, and that one of them is wrong.
    """

    def __init__(self, *, mistyped: bool) -> None:
        super().__init__("not a code of a sheet")
        self.mistyped = mistyped


def make_code(body: str) -> str:
    """Return the code of some characters of the alphabet: with its check character, in its one spelling."""
    return _spell(body + _check_character(body))


def parse_code(text: str, *, length: int) -> str:
    """Return the one spelling of a typed code: any case, width, blanks and dashes. `length` counts the check character.

    Raises:
        BadCode: it has another length, or the check character says that it was mistyped.
    """
    compact = re.sub(r"[\s\-.]", "", fold(text))
    if len(compact) != length or not re.fullmatch(r"[0-9A-Z]+", compact):
        raise BadCode(mistyped=False)
    if not set(compact) <= set(ALPHABET) or _check_character(compact[:-1]) != compact[-1]:
        raise BadCode(mistyped=True)
    return _spell(compact)


def _check_character(body: str) -> str:
    return str(mod_37_2.calc_check_digit(body, alphabet=ALPHABET))


def _spell(compact: str) -> str:
    return "-".join(compact[start : start + 4] for start in range(0, len(compact), 4))
