"""Saying how many: counts of copies, and days, in the numerals of a house style."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

PLAIN: Final = "零一二三四五六七八九"
FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_YEAR: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_TEN: Final = {"plain": "十", "formal": "拾"}
_DIGITS: Final = {"plain": PLAIN, "formal": FORMAL}
_VALUES: Final = {character: value for digits in (PLAIN, FORMAL) for value, character in enumerate(digits)} | {"两": 2}
_TENS: Final = frozenset("十拾")
_ONES: Final = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_COUNT: Final = re.compile(
    rf"(?<![0-9{_ONES}十拾])([1-9][0-9]?|[{_ONES}]?[十拾][{_ONES}]?|[{_ONES}])(?=[枚本张份块套副])"
)
_BOTH: Final = re.compile(r"正([、和及]?)副")


def say_count(count: int, numerals: str) -> str:
    """Return a count from 1 to 99 as it stands before a measure word: 两 and not 二, 贰, 2."""
    if numerals == "digits" or not 0 < count < 100:
        return str(count)
    digits = _DIGITS[numerals]
    if count == 2 and numerals == "plain":
        return "两"
    tens, ones = divmod(count, 10)
    # In words for money and counts eleven is 壹拾壹, in plain ones 十一.
    before = "" if tens == 0 or (tens == 1 and numerals == "plain") else digits[tens]
    return before + (_TEN[numerals] if tens else "") + (digits[ones] if ones else "")


def say_copies(copies: str, *, numerals: str, both: str) -> str:
    """Return what a record says of copies (正、副本, 两枚), counts in `numerals` and `both` between 正 and 副."""
    said = _COUNT.sub(lambda match: say_count(_value(match[1]), numerals), copies)
    return _BOTH.sub(f"正{both}副", said)


def ways_to_say(copies: str) -> tuple[str, ...]:
    """Return every way in which a house style may say this, the record's own first."""
    ways = (
        say_copies(copies, numerals=numerals, both=both)
        for numerals in ("plain", "formal", "digits")
        for both in ("、", "", "和", "及")
    )
    return tuple(dict.fromkeys((copies, *ways)))


def say_day(day: date, *, pattern: str, numerals: str) -> str:
    """Return a day by a pattern of {year}, {month} and {day}: 2026年9月2日, or 二〇二六年九月二日."""
    if numerals == "digits":
        return pattern.format(year=day.year, month=day.month, day=day.day)
    year = f"{day.year:04}".translate(_YEAR)
    return pattern.format(year=year, month=_ordinal(day.month), day=_ordinal(day.day))


def _ordinal(number: int) -> str:
    # A second day is 二日; 两 is for counts alone.
    return "二" if number == 2 else say_count(number, "plain")


def _value(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, ten, ones = re.split(r"([十拾])", text) if set(text) & _TENS else ("", "", text)
    return (10 * (_VALUES[tens] if tens else 1) if ten else 0) + (_VALUES[ones] if ones else 0)
