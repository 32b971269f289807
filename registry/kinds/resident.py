"""The resident identity number, which many papers bear or contain.

GB 11643-1999; the first generation had 15 digits and ended on 2013-01-01, but old notices print it. Residents from
Hong Kong, Macao and Taiwan (since 2018) and foreigners who live here for good (since 2023) have numbers of the same
build, with other beginnings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from registry import clock
from registry.kinds.areas import PROVINCE, PROVINCES, place_fact
from registry.kinds.checks import read_date, resident_check
from registry.kinds.model import Fact, Finding, NumberRule, Reason, Repair
from registry.kinds.reasons import (
    doubtful,
    impossible,
    wrong_character,
    wrong_check,
    wrong_length,
    wrong_province,
)
from registry.kinds.shaping import groups, keep
from registry.kinds.slips import as_digits, best, doubled_or_dropped, wrong_places
from registry.text import Text

_NAME: Final = Text("身份证号", "A resident identity number")
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
RESIDENT_18: Final = re.compile(rf"{PROVINCE}\d{{4}}(?:18|19|20)\d{{2}}{_DAY}\d{{3}}[\dX]", re.ASCII)
PERMIT_18: Final = re.compile(rf"8[123]0000(?:19|20)\d{{2}}{_DAY}\d{{3}}[\dX]", re.ASCII)
FOREIGNER_18: Final = re.compile(rf"9{PROVINCE}\d{{3}}(?:19|20)\d{{2}}{_DAY}\d{{3}}[\dX]", re.ASCII)
PERSONAL_18: Final = re.compile("|".join(form.pattern for form in (RESIDENT_18, PERMIT_18, FOREIGNER_18)), re.ASCII)
RESIDENT_15: Final = re.compile(rf"{PROVINCE}\d{{4}}\d{{2}}{_DAY}\d{{3}}", re.ASCII)
DIGITS_18: Final = re.compile(r"\d{17}[\dX]", re.ASCII)

_WEIGHTS: Final = tuple(pow(2, 17 - at, 11) for at in range(18))
# What people put for the X that their keyboard hides: the sign of multiplication, Cyrillic Ha, Greek Chi, a box line.
_NOT_QUITE_X: Final = "\u00d7\u0425\u03a7\u2573"
# Numbers were first given out in 1984; nobody who received one was born earlier than this.
_EARLIEST: Final = date(1860, 1, 1)
_OLDEST_CLOCK: Final = 2000
# Orders kept for people of a hundred years and more when numbers had 15 digits.
_CENTENARIANS: Final = ("996", "997", "998", "999")

_BAD_DATE: Final = Reason(
    "birth_date",
    Text(
        "中间的出生日期在日历上不存在，请对照证件再看一遍。",
        "The birth date inside is not a day of the calendar. Compare it with the document.",
    ),
)
_FUTURE: Final = Reason(
    "birth_date",
    Text(
        "中间的出生日期晚于今天，请对照证件再看一遍。",
        "The birth date inside lies in the future. Compare it with the document.",
    ),
)
_TOO_EARLY: Final = Reason(
    "birth_date",
    Text(
        "中间的出生日期早得少见，请对照证件确认年份。",
        "The birth date inside is unusually early. Compare the year with the document.",
    ),
)
_PERMIT: Final = Reason(
    "province",
    Text(
        "81、82、83 开头的是港澳台居民居住证号码，不是居民身份证号，请确认证件种类。",
        "Numbers that begin with 81, 82 or 83 stand on residence permits for Hong Kong, Macao and Taiwan residents, "
        "not on resident identity cards. Check the kind of document.",
    ),
)
_TAIWAN: Final = Reason(
    "province",
    Text(
        "71 是台湾省的代码，居民身份证上很少见，请对照证件确认。",
        "71 is the code of Taiwan, which is rarely seen on a resident identity card. Compare it with the document.",
    ),
)
_SHAPE_18: Final = Reason(
    "shape",
    Text(
        "身份证号为 18 位：6 位地区、8 位出生日期、3 位顺序码、1 位校验码（可为 X），请对照证件再看一遍。",
        "A resident identity number is 6 digits of the area, 8 of the birth date, 3 of the order and a check character "
        "(perhaps X). Compare it with the document.",
    ),
)
_SHAPE_15: Final = Reason(
    "shape",
    Text(
        "旧身份证号为 15 位：6 位地区、6 位出生日期、3 位顺序码，请对照证件再看一遍。",
        "An old resident identity number is 6 digits of the area, 6 of the birth date and 3 of the order. "
        "Compare it with the document.",
    ),
)
_ALPHABET: Final = Text("数字，末位可为 X", "digits and perhaps a final X")
_PLACE: Final = Text("首次登记地", "First registered in")
_BIRTH: Final = Text("出生日期", "Born")
_SEX: Final = Text("性别", "Sex")
_MALE, _FEMALE = Text("男", "male"), Text("女", "female")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def written_day(day: date) -> Text:
    """A day in words of both languages."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def check_birth(number: str) -> Finding | None:
    """What is wrong with the birth date in the middle of 18 characters."""
    born = read_date(number[6:14])
    if born is None or not "18" <= number[6:8] <= "20":
        return impossible(_BAD_DATE)
    # Whatever the clock says, it does not stand before the year 2000; and it is slow to ask.
    if born.year >= _OLDEST_CLOCK and born > clock.today():
        return impossible(_FUTURE)
    return doubtful(_TOO_EARLY) if born < _EARLIEST else None


def check_digit(number: str) -> Finding | None:
    """What is wrong with the last of 18 characters."""
    expected = resident_check(number[:17])
    return None if number[17] == expected else impossible(wrong_check(18, expected))


def _check_province(number: str) -> Finding | None:
    code = number[:2]
    if code in PROVINCES:
        return None
    if code == "71":
        return doubtful(_TAIWAN)
    return impossible(_PERMIT if code in ("81", "82", "83") else wrong_province(_NAME, code))


def _explain_18(number: str) -> Iterable[Finding]:
    if len(number) != 18:
        return (impossible(wrong_length(_NAME, Text("18", "18"), len(number))),)
    if not DIGITS_18.fullmatch(number):
        odd = next((c for c in number[:17] if not ("0" <= c <= "9")), number[17])
        return (impossible(wrong_character(_NAME, odd, _ALPHABET)),)
    found = (_check_province(number), check_birth(number), check_digit(number))
    return tuple(finding for finding in found if finding)


def is_resident_18(number: str) -> bool:
    """Whether these 18 characters could be somebody's number: province, a past birth date, check character."""
    return RESIDENT_18.fullmatch(number) is not None and _is_right_inside(number)


def is_personal_18(number: str) -> bool:
    """Whether these 18 characters could be the number of a person of any sort, resident or foreign."""
    return PERSONAL_18.fullmatch(number) is not None and _is_right_inside(number)


def _is_right_inside(number: str) -> bool:
    return resident_check(number[:17]) == number[17] and check_birth(number) is None


def is_resident_15(number: str) -> bool:
    """Whether these 15 digits could be somebody's first-generation number: province and birth date."""
    return RESIDENT_15.fullmatch(number) is not None and read_date(_birth_15(number)) is not None


def _birth_15(number: str) -> str:
    return ("18" if number[12:] in _CENTENARIANS else "19") + number[6:12]


def suggest_18(number: str, fits: Callable[[str], bool] = is_resident_18) -> tuple[str, ...]:
    """The numbers of 18 characters that fit and that one slip could have turned into this."""

    def candidates() -> Iterator[str]:
        digits = as_digits(number[:17]) + number[17:18]
        yield digits
        yield as_digits(digits)
        if len(number) == 17 and digits.isdigit():
            yield digits + resident_check(digits)
        if len(number) in (17, 19):
            yield from doubled_or_dropped(number, 18)
        if DIGITS_18.fullmatch(digits):
            yield from wrong_places(digits, alphabet="0123456789X", weights=_WEIGHTS, modulus=11, remainder=1)

    return best(candidates(), number, fits)


def _suggest_15(number: str) -> Iterable[str]:
    return best(iter((as_digits(number),)), number, is_resident_15)


def birth_facts(birth: str, order: str) -> tuple[Fact, ...]:
    """The birth date written as YYYYMMDD and the sex that an order number tells by being odd or even."""
    born = read_date(birth)
    day = (Fact(_BIRTH, written_day(born)),) if born else ()
    return (*day, Fact(_SEX, _MALE if int(order) % 2 else _FEMALE))


def _facts(area: str, birth: str, order: str) -> tuple[Fact, ...]:
    return (*place_fact(area, _PLACE, since=int(birth[:4])), *birth_facts(birth, order))


def resident_facts(number: str) -> tuple[Fact, ...]:
    """What the 18 characters of a resident identity number tell."""
    return _facts(number[:6], number[6:14], number[14:17])


def _upgrade(number: str) -> tuple[str, ...]:
    """The 18-digit numbers that a 15-digit one can have become (GB 11643-1999)."""
    if not RESIDENT_15.fullmatch(number):
        return ()
    centuries = ("18", "19") if number[12:] in _CENTENARIANS else ("19",)
    bodies = [number[:6] + century + number[6:] for century in centuries]
    return tuple(body + resident_check(body) for body in bodies if read_date(body[6:14]))


def _downgrade(number: str) -> tuple[str, ...]:
    old = number[6:8] == "19" or (number[6:8] == "18" and number[14:17] in _CENTENARIANS)
    return (number[:6] + number[8:17],) if old and is_resident_18(number) else ()


def _mend_x(number: str) -> str:
    """18 characters with an X at the end where something like it was typed and the check digit confirms it."""
    if len(number) == 18 and number[17] in _NOT_QUITE_X and number[:17].isascii() and number[:17].isdigit():
        return number[:17] + "X" if resident_check(number[:17]) == "X" else number
    return number


mend_x: Final = Repair(_mend_x, plain=False, words=False)

RESIDENT_ID_18: Final = NumberRule(
    slug="resident_id_18",
    title=Text("居民身份证号码（18 位）", "Resident identity number (18 characters)"),
    pattern=RESIDENT_18,
    shape=_SHAPE_18,
    lengths=(18,),
    certain=True,
    explain=_explain_18,
    checks=(check_birth, check_digit),
    decode=resident_facts,
    mask=keep(3, 1),
    group=groups(6, 4, 4, 4),
    sensitive=True,
    repair=mend_x,
    suggest=suggest_18,
    equivalents=_downgrade,
    evidence=40,
    telling=RESIDENT_18,
    source="GB 11643-1999; ISO 7064 MOD 11-2",
)


def check_birth_15(number: str) -> Finding | None:
    """What is wrong with the birth date of 15 digits."""
    return None if read_date(_birth_15(number)) else impossible(_BAD_DATE)


def _explain_15(number: str) -> Iterable[Finding]:
    if len(number) != 15:
        return (impossible(wrong_length(_NAME, Text("18（旧证为 15）", "18 (or 15, on old cards)"), len(number))),)
    odd = next((character for character in number if not ("0" <= character <= "9")), None)
    if odd:
        return (impossible(wrong_character(_NAME, odd, Text("数字", "digits"))),)
    found = (_check_province(number), check_birth_15(number))
    return tuple(finding for finding in found if finding)


RESIDENT_ID_15: Final = NumberRule(
    slug="resident_id_15",
    title=Text("居民身份证号码（15 位旧号）", "Resident identity number (15 digits, first generation)"),
    pattern=RESIDENT_15,
    shape=_SHAPE_15,
    lengths=(15,),
    certain=True,
    explain=_explain_15,
    checks=(check_birth_15,),
    decode=lambda number: _facts(number[:6], _birth_15(number), number[12:]),
    mask=keep(3, 1),
    group=groups(6, 6, 3),
    sensitive=True,
    suggest=_suggest_15,
    equivalents=_upgrade,
    evidence=15,
    source="GB 11643-1989; upgraded by GB 11643-1999",
)


def of_the_holder(slug: str, title: Text, source: str) -> NumberRule:
    """The rule of papers whose number is their holder's resident identity number.

    A bare number is never guessed to be theirs: the resident card's own rule speaks for all of them.
    """
    return replace(RESIDENT_ID_18, slug=slug, title=title, source=source, evidence=0, telling=None)


def checks_inside(start: int, *, certain: bool = True) -> tuple[Callable[[str], Finding | None], ...]:
    """Checks of a longer number that has a resident identity number from index `start` on.

    Where that is not `certain`, because no standard or second source says so, a failure is doubtful only.
    """

    def birth(number: str) -> Finding | None:
        finding = check_birth(number[start : start + 18])
        return finding if certain or finding is None else doubtful(finding.reason)

    def digit(number: str) -> Finding | None:
        expected = resident_check(number[start : start + 17])
        if number[start + 17] == expected:
            return None
        reason = wrong_check(start + 18, expected)
        return impossible(reason) if certain else doubtful(reason)

    return birth, digit


def suggest_inside(start: int) -> Callable[[str], tuple[str, ...]]:
    """Longer numbers whose resident identity number, from index `start` on, is put right."""

    def suggest(number: str) -> tuple[str, ...]:
        inner = suggest_18(number[start : start + 18]) if len(number) >= start + 18 else ()
        return tuple(number[:start] + meant + number[start + 18 :] for meant in inner)

    return suggest
