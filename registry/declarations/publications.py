"""Proofs of publication: that a declaration was published, said on paper, with a code by which anybody verifies it.

Nothing is kept of a proof. Its code holds the declaration's reference and the day on which the sheet was made, and a
mark that only the registry's look-up key makes; all else on the sheet stands in the register anyway.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from registry import kinds
from registry.db.engine import vault_of
from registry.db.sealing import Vault
from registry.db.tables import Declaration
from registry.declarations import paper_codes
from registry.declarations.queries import get_public_declaration
from registry.declarations.records import numbers_of
from registry.declarations.references import complete_reference, digits_of
from registry.errors import NotFound, TransitionRefused

LENGTH: Final = 16
_PURPOSE: Final = "publication"
# Days from the publication on, for forty-four years, and each reference that nine digits make.
_DAYS: Final = 2**14
_SHEETS: Final = 10**9 * _DAYS
_BASE: Final = len(paper_codes.ALPHABET)
# What is left of the characters is the mark's: one code in some 1,400 million is genuine by chance.
_MARKS: Final[int] = _BASE ** (LENGTH - 1) // _SHEETS


class ForgedCode(NotFound):
    """A code that this registry never gave, though no character of it is mistyped."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What a proof is about: the published declaration, and the day on which the sheet was made."""

    code: str
    declaration: Declaration
    made_on: date

    @property
    def ended_since(self) -> bool:
        """Whether the declaration was withdrawn or corrected after the day of the sheet, which cannot say so."""
        ended = self.declaration.withdrawn_on
        return ended is not None and ended > self.made_on


def prove(session: Session, declaration: Declaration, *, today: date) -> Publication:
    """Return the proof of today, which for one declaration is the same all day.

    Raises:
        TransitionRefused: the declaration has not been published.
    """
    if declaration.published_on is None:
        raise TransitionRefused(f"{declaration.reference} is not published")
    place = int(digits_of(declaration.reference)) * _DAYS + (today - declaration.published_on).days % _DAYS
    number = _mark(vault_of(session), place) * _SHEETS + place
    return Publication(paper_codes.make_code(_as_text(number)), declaration, today)


def parse_code(text: str) -> str:
    """Return the one spelling of a typed code of a proof.

    Raises:
        paper_codes.BadCode: it has another length, or the check character says that it was mistyped.
    """
    return paper_codes.parse_code(text, length=LENGTH)


def find_publication(session: Session, code: str) -> Publication:
    """Return what the proof of a code, in its one spelling, is about.

    Raises:
        ForgedCode: this registry gave no such code.
        NotFound: it did, and the register has no such declaration any more.
    """
    mark, place = divmod(_as_number(code), _SHEETS)
    if not hmac.compare_digest(str(mark), str(_mark(vault_of(session), place))):
        raise ForgedCode(code)
    digits, days = divmod(place, _DAYS)
    declaration = get_public_declaration(session, complete_reference(f"{digits:09d}"))
    assert declaration.published_on is not None
    return Publication(code, declaration, declaration.published_on + timedelta(days=days))


def names_number(session: Session, declaration: Declaration, typed: str) -> bool:
    """Whether a typed number, in whatever spelling, is one of the declaration's."""
    forms = kinds.lookup_forms(typed)
    keys = {*forms, *vault_of(session).lookup_keys(forms)}
    return any(number.key in keys for number in numbers_of(declaration))


def _mark(vault: Vault, place: int) -> int:
    return int.from_bytes(vault.mark(str(place), purpose=_PURPOSE), "big") % _MARKS


def _as_text(number: int) -> str:
    characters: list[str] = []
    for _place in range(LENGTH - 1):
        number, digit = divmod(number, _BASE)
        characters.append(paper_codes.ALPHABET[digit])
    return "".join(reversed(characters))


def _as_number(code: str) -> int:
    number = 0
    for character in code.replace("-", "")[:-1]:
        number = number * _BASE + paper_codes.ALPHABET.index(character)
    return number
