"""Counting a sentence as newspapers do, and what it costs. Amounts are integers in fen throughout.

Full-width characters, capitals and marks count one each, digits and small letters a half, and what takes no room of
its own, such as the accent over a letter, nothing. Halves are added up over the whole sentence, so that two digits
count one wherever they stand.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Final

from registry.wording.style import Column, HouseStyle

_MM_A_POINT: Final = Decimal("25.4") / 72
# An asterisk covers a digit of a number that is not printed in full, and takes no more room than one.
_COVER: Final = "*"
_NO_WIDTH: Final = ("Mn", "Me", "Mc", "Cf", "Cc")


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a notice is: characters, rounded up, and started lines of the column."""

    characters: int
    lines: int


@dataclass(frozen=True, slots=True)
class Price:
    """What a notice costs and why.

    Attributes:
        fen: the amount.
        rule: what was charged for, one of `style.RULES`.
        units: how many lines, documents, blocks or square millimetres that were; 0 for free.
        style, version: the house style by whose rule it was fixed, and which state of that rule.
    """

    fen: int
    rule: str
    units: int
    style: str
    version: str


def measure(sentence: str, style: HouseStyle) -> Measure:
    """Return how long a sentence is, given without its bullet, numbers as they will be printed."""
    text = (style.bullet if style.price.bullet else "") + sentence
    halves = count_halves(text, style.price.halves)
    characters = -(-halves // 2)
    return Measure(characters, -(-characters // style.column.characters) + style.column.extra_lines)


def price_of(sentence: str, style: HouseStyle, *, documents: int, nature: str = "loss") -> Price:
    """Return what a notice costs. `documents` is how many it is about; a withdrawal counts as one."""
    rule = style.price
    charged = {"loss": True, "correction": rule.corrections, "withdrawal": rule.withdrawals}[nature]
    if rule.rule == "free" or not charged:
        return Price(0, "free", 0, style.name, style.price_version)
    measured = measure(sentence, style)
    if rule.rule == "line":
        units = measured.lines
    elif rule.rule == "document":
        units = max(documents, 1)
    elif rule.rule == "block":
        units = -(-measured.characters // rule.block)
    else:
        units = area_of(measured.lines, style.column)
        fen = (Decimal(units) * rule.amount / 100).to_integral_value(ROUND_HALF_UP)
        return Price(max(int(fen), rule.minimum), rule.rule, units, style.name, style.price_version)
    return Price(max(units * rule.amount, rule.minimum), rule.rule, units, style.name, style.price_version)


def area_of(lines: int, column: Column) -> int:
    """Return the square millimetres, rounded up, that so many lines take; a started millimetre of height counts."""
    height = (lines * column.leading * _MM_A_POINT).to_integral_value(ROUND_CEILING)
    return int((height * column.width).to_integral_value(ROUND_CEILING))


def count_halves(text: str, halves: tuple[str, ...]) -> int:
    """Return the length of a text in halves of a character. `halves` names what counts half (`style.NARROW`)."""
    return sum(_halves_of(character, halves) for character in text)


def _halves_of(character: str, halves: tuple[str, ...]) -> int:
    if "\u3400" <= character <= "\u9fff":
        return 2
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    if not character.isascii():
        return 2
    if character.isdigit() or character == _COVER:
        sort = "digits"
    elif character.isalpha():
        sort = "lowercase" if character.islower() else "uppercase"
    else:
        sort = "blanks" if character == " " else "punctuation"
    return 1 if sort in halves else 2
