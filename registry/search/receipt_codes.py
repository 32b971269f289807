"""The code of a receipt of a check: `7KQM-3TXD-9PWB`.

Eleven random characters, 54 bits, and a check character. The alphabet has 31 characters, a prime number, so the method
of the references (ISO 7064, here as MOD 31-2) notices every wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

from stdnum.iso7064 import mod_37_2

from registry.declarations.service import CODE_ALPHABET
from registry.errors import RegistryError
from registry.text import fold

LENGTH: Final = 12


class BadCode(RegistryError):
    """A text is no code of a receipt.

    `mistyped` tells that it has as many characters as one, and that one of them is wrong.
    """

    def __init__(self, *, mistyped: bool) -> None:
        super().__init__("not the code of a receipt")
        self.mistyped = mistyped


def new_code() -> str:
    """Return a code that nobody can guess."""
    body = "".join(secrets.choice(CODE_ALPHABET) for _ in range(LENGTH - 1))
    return _spell(body + _check_character(body))


def parse_code(text: str) -> str:
    """Return the one spelling of a typed code: any case, width, blanks and dashes.

    Raises:
        BadCode: it has another length, or the check character says that it was mistyped.
    """
    compact = re.sub(r"[\s\-.]", "", fold(text))
    if not re.fullmatch(r"[0-9A-Z]{12}", compact):
        raise BadCode(mistyped=False)
    if not set(compact) <= set(CODE_ALPHABET) or _check_character(compact[:-1]) != compact[-1]:
        raise BadCode(mistyped=True)
    return _spell(compact)


def _check_character(body: str) -> str:
    return str(mod_37_2.calc_check_digit(body, alphabet=CODE_ALPHABET))


def _spell(compact: str) -> str:
    return "-".join(compact[start : start + 4] for start in range(0, LENGTH, 4))
