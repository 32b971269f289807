"""Days, telephone numbers and addresses as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.web.public.declare.fields import fold_email, parse_day, parse_phone

NOW = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-18", date(2024, 3, 18)),
        ("2024年3月18日", date(2024, 3, 18)),
        ("2024 年 3 月 18 日", date(2024, 3, 18)),
        ("２０２４／３／１８", date(2024, 3, 18)),
        ("2024.3.18", date(2024, 3, 18)),
        ("2024 3 18", date(2024, 3, 18)),
        ("20240318", date(2024, 3, 18)),
        ("3月18日", date(2024, 3, 18)),
        ("12月31号", date(2023, 12, 31)),
        ("今天", NOW),
        ("昨天", date(2024, 3, 19)),
        ("前天", date(2024, 3, 18)),
        ("yesterday", date(2024, 3, 19)),
        ("2023-02-29", None),
        ("18/3/2024", None),
        ("03-18", None),
        ("2024", None),
        ("0000-00-00", None),
        ("上周", None),
        ("", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text, NOW) == day


def test_the_last_leap_day_of_a_year_that_had_none() -> None:
    assert parse_day("2月29日", date(2024, 2, 28)) is None


@given(st.dates())
def test_every_day_is_read_in_each_usual_form(day: date) -> None:
    for text in (day.isoformat(), f"{day.year:04}年{day.month}月{day.day}日", f"{day.year:04}{day:%m%d}"):
        assert parse_day(text, NOW) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("(+86) 138 0013 8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("86-13800138000", "13800138000"),
        ("0353-2296123", "0353-2296123"),
        ("0353 2296123", "0353-2296123"),
        ("（0353）2296123", "0353-2296123"),
        ("03532296123", "0353-2296123"),
        ("010-62345678", "010-62345678"),
        ("+86 10 6234 5678", "010-62345678"),
        ("+86 353 2296123", "0353-2296123"),
        ("+86 0353 2296123", "0353-2296123"),
        ("0353-2296123转801", "0353-2296123转801"),
        ("0353-2296123-801", "0353-2296123转801"),
        ("010-62345678 ext. 12", "010-62345678转12"),
        ("400-800-1234", "400-800-1234"),
        ("4008001234", "400-800-1234"),
        ("+852 2345 6789", "+85223456789"),
        ("00852 2345 6789", "+85223456789"),
        ("2296123", None),
        ("12345678901", None),
        ("1380013800", None),
        ("138001380000", None),
        ("+86 12345", None),
        ("电话", None),
        ("+", None),
        ("", None),
        ("١٣٨٠٠١٣٨٠٠٠", None),
    ],
)
def test_telephone_numbers(text: str, number: str | None) -> None:
    assert parse_phone(text) == number


@given(st.text(max_size=40))
def test_a_telephone_number_is_read_again_as_itself(text: str) -> None:
    number = parse_phone(text)
    assert number is None or parse_phone(number) == number


def test_addresses_lose_their_blanks_and_width() -> None:
    assert fold_email(" Yang＠Example。com ") == "Yang@Example.com"
