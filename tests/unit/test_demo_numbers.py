"""Invented numbers obey their rules and leave real people alone."""

from __future__ import annotations

from random import Random

import pytest

from registry import kinds
from registry.cli.demo import numbers
from registry.kinds import CATALOGUE, Grade

FIELDS = [pytest.param(kind, field, id=f"{kind.slug}.{field.name}") for kind in CATALOGUE for field in kind.numbers]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_of_the_catalogue_gets_numbers_as_good_as_its_example(kind, field):
    example = kinds.examine_field(field, field.example).grade
    title = kind.titles[0].zh if kind.titles else "停车证"
    invented = [numbers.invent(Random(seed), field, title) for seed in range(12)]
    assert {kinds.examine_field(field, number).grade for number in invented} <= {example, Grade.VALID}
    assert len(set(invented)) > 6
    assert field.example not in invented


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_kind_without_words_of_its_own_is_varied_from_its_example(kind, field, monkeypatch):
    monkeypatch.setattr(numbers, "_MAKERS", {})
    varied = {numbers.invent(Random(seed), field, "") for seed in range(6)}
    assert len(varied) > 3
    assert all(kinds.examine_field(field, number).grade is not Grade.IMPOSSIBLE for number in varied)


def test_resident_ids_have_an_area_and_an_order_that_nobody_was_given():
    field = kinds.get("resident_id_18").numbers[0]
    seen = {numbers.invent(Random(seed), field, "居民身份证") for seed in range(200)}
    assert {len(number) for number in seen} == {15, 18}
    assert all(number.startswith(numbers.AREA) for number in seen)
    assert all(840 <= int(number[-4:-1] if len(number) == 18 else number[-3:]) <= 989 for number in seen)


def test_company_codes_are_of_the_series_that_is_not_yet_given_out():
    field = kinds.get("business_licence_uscc").numbers[0]
    for seed in range(50):
        number = numbers.invent(Random(seed), field, "营业执照")
        assert number.startswith(f"91{numbers.AREA}")
        assert number[8:10] == "MA"
        assert "Q" <= number[10] <= "Y"
        assert kinds.examine_field(field, number).grade is Grade.VALID


def test_a_slip_is_of_the_grade_asked_for():
    field = kinds.get("resident_id_18").numbers[0]
    number = numbers.invent(Random(1), field, "居民身份证")
    slip = numbers.spoil(Random(1), field, number, Grade.IMPOSSIBLE)
    assert slip is not None
    assert kinds.examine_field(field, slip).grade is Grade.IMPOSSIBLE


def test_no_slip_makes_a_free_number_impossible():
    assert numbers.spoil(Random(1), kinds.get("other").numbers[0], "20190123", Grade.IMPOSSIBLE) is None
