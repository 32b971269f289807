"""The reference (登记号): `S26-4088-385X`.

S for 声明, two digits of the year, seven random digits and a check character after ISO 7064 MOD 11-2, which notices
every single wrong digit and every swap of two neighbours. Digits are what two people on the telephone can say in any
dialect, and the X is known from the resident ID. Random, so that nobody can walk through the pending ones.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

from stdnum.iso7064 import mod_11_2

from registry.errors import RegistryError
from registry.text import fold

SHAPE = re.compile(r"S?(\d{2})(\d{4})(\d{3})([\dX])")


class BadReference(RegistryError):
    """A text is no reference.

    `mistyped` tells that its shape is right and its check character is not.
    """

    def __init__(self, *, mistyped: bool) -> None:
        super().__init__("not a reference")
        self.mistyped = mistyped


def new_reference(day: date) -> str:
    """Return a reference for a declaration begun on `day`; the caller's unique constraint tells if it is taken."""
    return complete_reference(f"{day:%y}{secrets.randbelow(10**7):07d}")


def complete_reference(digits: str) -> str:
    """Return the reference whose nine digits these are, with its check character."""
    return _spell(digits + mod_11_2.calc_check_digit(digits))


def digits_of(reference: str) -> str:
    """Return the nine digits of a reference in its one spelling, without its check character."""
    return reference.removeprefix("S").replace("-", "")[:-1]


def parse_reference(text: str) -> str:
    """Return the one spelling of a typed reference: any case, width, spaces and dashes, with or without the S.

    Raises:
        BadReference: it has another shape, or the check character says that it was mistyped.
    """
    compact = re.sub(r"[\s\-.]", "", fold(text))
    match = SHAPE.fullmatch(compact)
    if not match:
        raise BadReference(mistyped=False)
    digits = compact.removeprefix("S")
    if not mod_11_2.is_valid(digits):
        raise BadReference(mistyped=True)
    return _spell(digits)


def looks_like_reference(text: str) -> bool:
    """Whether a text with its S is meant as a reference; without the S it may be any number."""
    return bool(re.fullmatch(r"S\d{9}[\dX]", re.sub(r"[\s\-.]", "", fold(text))))


def _spell(digits: str) -> str:
    return f"S{digits[:2]}-{digits[2:6]}-{digits[6:]}"
