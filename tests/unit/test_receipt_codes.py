"""Codes of receipts: typed from paper, and a slip is noticed."""

from __future__ import annotations

import re

import pytest

from registry.declarations.paper_codes import ALPHABET, BadCode
from registry.search.receipt_codes import new_code, parse_code


def is_mistyped(text):
    try:
        parse_code(text)
    except BadCode as error:
        return error.mistyped
    return False


def test_a_code_has_three_groups_of_characters_that_are_not_confused():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", code)
        assert parse_code(code) == code


@pytest.mark.parametrize(
    "spell",
    [str.lower, lambda c: c.replace("-", ""), lambda c: c.replace("-", " "), lambda c: c.replace("-", "－"),
     lambda c: "".join(chr(ord(x) + 0xFEE0) for x in c), lambda c: f" {c} "],
)  # fmt: skip
def test_spelling_makes_no_difference(spell):
    code = new_code()
    assert parse_code(spell(code)) == code


def test_every_wrong_character_and_every_swap_of_neighbours_is_noticed():
    code = new_code().replace("-", "")
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            assert is_mistyped(code[:place] + wrong + code[place + 1 :])
    for place in range(len(code) - 1):
        one, other = code[place], code[place + 1]
        if one != other:
            assert is_mistyped(code[:place] + other + one + code[place + 2 :])


def test_a_character_that_no_code_has_is_a_mistyped_one():
    assert is_mistyped("0OIL-1111-2222")


@pytest.mark.parametrize(
    "text", ["", "-", "7KQM-3TXD", "7KQM-3TXD-9PWB-2", "7KQM-3TXD-9PW张", "7KQM/3TXD/9PWA", "½" * 12]
)
def test_what_has_another_shape_is_no_code(text):
    with pytest.raises(BadCode) as caught:
        parse_code(text)
    assert not caught.value.mistyped
