"""Numbers that obey their rules and, as far as a rule leaves room for it, cannot be anybody's.

For a kind that nothing is said about here, the example of its form is varied until the rule finds the result as good as
the example: so a new kind of the catalogue is in the demo the day it is added.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final

from registry import kinds
from registry.kinds import Grade, NumberField
from registry.kinds.checks import USCC_ALPHABET, organisation_check, resident_check, uscc_check

# Counties are numbered from 01 to 90; 99 was never given to one.
AREA: Final = "1499"
_TRIES: Final = 60
_DIGITS: Final = "0123456789"
_WORSE: Final = {Grade.VALID: 0, Grade.DOUBTFUL: 1, Grade.IMPOSSIBLE: 2}


def invent(rng: Random, field: NumberField, title: str) -> str:
    """Return a number for `field` of a document with this title that nothing speaks against."""
    made = next((_MAKERS[rule.slug](rng, title) for rule in field.rules if rule.slug in _MAKERS), None)
    number = made or _vary(rng, field)
    older = [
        equivalent
        for rule in field.rules
        for equivalent in rule.equivalents(number)
        if kinds.examine_field(field, equivalent).grade is Grade.VALID
    ]
    return rng.choice(older) if older and rng.random() < 0.2 else number


def spoil(rng: Random, field: NumberField, number: str, grade: Grade) -> str | None:
    """Return `number` with a slip of the hand that its rule answers with `grade`; None if no slip does."""
    for _ in range(_TRIES):
        at = rng.randrange(len(number))
        slip = rng.choice((number[:at] + rng.choice(_DIGITS) + number[at + 1 :], number[:at] + number[at + 1 :]))
        examination = kinds.examine_field(field, slip)
        if examination.grade is grade and examination.canonical:
            return slip
    return None


def _vary(rng: Random, field: NumberField) -> str:
    number = field.example
    aim = _WORSE[kinds.examine_field(field, number).grade]
    places = [at for at, character in enumerate(number) if character in _DIGITS]
    for at in rng.sample(places, len(places)):
        changed = number[:at] + rng.choice(_DIGITS) + number[at + 1 :]
        mended = [other for other in _mended(field, changed) if len(other) == len(number)]
        rng.shuffle(mended)
        number = next((other for other in mended if _fits(field, other, aim)), number)
    return number


def _mended(field: NumberField, number: str) -> tuple[str, ...]:
    """The number itself if its check digit happens to be right, or else what would make it right."""
    examination = kinds.examine_field(field, number)
    if examination.grade is Grade.VALID:
        return (number,)
    last = tuple(number[:-1] + character for character in _DIGITS + "X")
    return examination.suggestions or (number, *last)


def _fits(field: NumberField, number: str, aim: int) -> bool:
    return _WORSE[kinds.examine_field(field, number).grade] <= aim


def _resident_id(rng: Random, _title: str) -> str:
    """An area that does not exist, and an order above those that were given out."""
    born = date(1938, 1, 1) + timedelta(days=rng.randrange(29_000))
    body = f"{AREA}{rng.randrange(1, 99):02d}{born:%Y%m%d}{rng.randrange(840, 990)}"
    return body + resident_check(body)


_HEADS: Final = {
    "个体工商户营业执照": "92",
    "农民专业合作社法人营业执照": "93",
    "事业单位法人证书": "12",
    "社会团体法人登记证书": "51",
    "民办非企业单位登记证书": "52",
    "工会法人资格证书": "81",
    "农村集体经济组织登记证": "N2",
}


def _company_code(rng: Random, title: str) -> str:
    """An organisation code from the far end of the series MA, which has not been reached."""
    organisation = "MA" + rng.choice("QRTUWXY") + "".join(rng.choice(USCC_ALPHABET) for _ in range(5))
    organisation += organisation_check(organisation)
    body = f"{_HEADS.get(title, '91')}{AREA}{rng.randrange(1, 99):02d}{organisation}"
    return body + uscc_check(body)


def _seal_code(rng: Random, _title: str) -> str:
    return f"{AREA}{rng.randrange(1, 6):02d}{rng.randrange(10**7):07d}"


def _free_number(rng: Random, _title: str) -> str:
    number = rng.randrange(10**6)
    return rng.choice((f"LC{number:08d}", f"No.{number:07d}", f"澜证字第{number}号", f"{number:06d}-{number % 97:02d}"))


_MAKERS: Final[dict[str, Callable[[Random, str], str]]] = {
    "resident_id_18": _resident_id,
    "business_licence_uscc": _company_code,
    "seal_code": _seal_code,
    "other": _free_number,
}
