"""The tokens of the text index, the places of the list, and the days that PostgreSQL's index is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.declarations.indexing import day_of, phrase_of, place_of, places_of, runs_of, tokens_of
from registry.search.on_postgresql import Stretch
from registry.search.text import terms_of

DAYS = st.dates(date(1990, 1, 1), date(2045, 12, 31))


def test_tokens_are_filters_pairs_characters_and_fours():
    tokens = tokens_of(["公章AB123，公章", "公章", "乙"], status="published", kinds=("seal_code", "seal_code"))
    assert tokens == "_ _spublished _kseal_code _ 公章 章A AB B1 12 23 3 乙 _ 公 章 A B 1 2 _ AB12 B123 _"


@given(st.text(alphabet="甲乙丙A1-。 ", max_size=30), st.data())
def test_every_part_of_a_run_is_a_phrase_of_the_tokens_and_nothing_else_is(text, data):
    tokens = tokens_of([text], status="published", kinds=())
    term = data.draw(st.text(alphabet="甲乙丙A1", min_size=1, max_size=6))
    assert (f" {' '.join(phrase_of(term))} " in tokens) == any(term in run for run in runs_of(text))


def test_terms_inside_others_are_left_out():
    assert terms_of("阔 杨阔远，杨阔 ＡＢ ab") == ["杨阔远", "AB"]


@given(DAYS, st.integers(1, 999_999))
def test_places_count_up_with_the_days(day, position):
    place = place_of(day, position)
    first, last = places_of(day, day)
    assert first < place <= last < place_of(day + timedelta(1), 0)
    assert day_of(place) == day


@settings(max_examples=25)
@given(DAYS, st.integers(0, 4000))
def test_the_days_of_a_stretch_are_named_once_each_and_shortly(first, length):
    last = first + timedelta(length)
    tokens = list(Stretch(first, last).tokens())
    named = sorted(day for token in tokens for day in days_of(token[1:]))
    assert named == [first + timedelta(days) for days in range(length + 1)]
    assert len(tokens) <= 60


def days_of(token: str) -> list[date]:
    year = int(token[:4])
    days = (date(year, 1, 1) + timedelta(number) for number in range(366))
    return [day for day in days if day.year == year and f"{day:%Y%m%d}".startswith(token)]


@pytest.mark.parametrize("upwards", [True, False])
def test_parts_of_a_stretch_leave_the_rest(upwards):
    left, seen = Stretch(date(2024, 2, 27), date(2024, 3, 9)), []
    days = 1
    while left:
        part = left.part(days, upwards=upwards)
        seen.append(part)
        left = left.without(part, upwards=upwards)
        days *= 3
    assert [(part.last - part.first).days + 1 for part in seen] == [1, 3, 8]
    ordered = seen if upwards else seen[::-1]
    assert (ordered[0].first, ordered[-1].last) == (date(2024, 2, 27), date(2024, 3, 9))
    assert all(after.first - before.last == timedelta(1) for before, after in pairwise(ordered))
