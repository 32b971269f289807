"""The reference: sayable, and a typo in it is noticed."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.declarations.references import BadReference, looks_like_reference, new_reference, parse_reference

references = st.dates(date(2020, 1, 1), date(2099, 12, 31)).map(new_reference)


@given(references)
def test_a_reference_reads_back_in_any_spelling(reference):
    assert parse_reference(reference) == reference
    wide = reference.translate({ord(character): ord(character) + 0xFEE0 for character in "S0123456789X"})
    for typed in (
        reference.lower(),
        reference.replace("-", " "),
        f" {reference.replace('-', '')} ",
        wide,
        reference[1:],
    ):
        assert parse_reference(typed) == reference


@given(references, st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(reference, place, digit):
    digits = reference.replace("-", "")[1:]
    if digits[place] == digit:
        return
    with pytest.raises(BadReference) as caught:
        parse_reference("S" + digits[:place] + digit + digits[place + 1 :])
    assert caught.value.mistyped


@given(references, st.integers(0, 7))
def test_two_swapped_neighbours_are_noticed(reference, place):
    digits = reference.replace("-", "")[1:]
    if digits[place] == digits[place + 1]:
        return
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    with pytest.raises(BadReference) as caught:
        parse_reference(swapped)
    assert caught.value.mistyped


@given(st.text(max_size=20))
def test_any_other_text_is_refused_and_nothing_worse(text):
    with contextlib.suppress(BadReference):
        assert parse_reference(parse_reference(text)) == parse_reference(text)


def test_only_a_text_with_its_letter_is_taken_for_a_reference():
    assert looks_like_reference("s26 4088 385x")
    assert not looks_like_reference("264088385X")
