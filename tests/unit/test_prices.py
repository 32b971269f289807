"""Characters, lines and prices, counted by hand beside the sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.wording import HouseStyle, Price, load_style, measure, price_of
from registry.wording.price import area_of, count_halves

YANGQUAN = load_style("yangquan", Path())
HALVES = YANGQUAN.price.halves
WORK_ID = "因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。"


def charging(rule: str, amount: int, **changes: object) -> HouseStyle:
    column = {name: changes.pop(name) for name in ("characters", "extra_lines") if name in changes}
    price = replace(YANGQUAN.price, **{"rule": rule, "amount": amount, "minimum": 0, **changes})
    return replace(YANGQUAN, price=price, column=replace(YANGQUAN.column, **column))


def fen(sentence: str, style: HouseStyle, documents: int = 1, nature: str = "loss") -> int:
    return price_of(sentence, style, documents=documents, nature=nature).fen


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("", 0),
        ("遗", 2),
        ("12", 2),
        ("123", 3),
        ("ab", 2),
        ("AB", 4),
        ("aB1", 1 + 2 + 1),
        ("，。；：（）", 6 * 2),
        (",.;:()", 6 * 2),
        ("JY21403110047868", 2 * 2 + 14),
        ("G140235681", 2 + 9),
        ("91140302MAR7558G5F", 8 + 3 * 2 + 4 + 2 + 1 + 2),
        ("琼（2019）海口市不动产权第0953165号", 2 + 2 + 4 + 2 + 8 * 2 + 7 + 2),
        ("3810-0123", 4 + 2 + 4),
        ("１２３", 3 * 2),
        ("ＡＢ", 2 * 2),
        ("𠮷田", 2 * 2),
        ("\U00031350", 2),
        ("ni\u0303o", 1 + 1 + 0 + 1),
        ("café", 1 + 1 + 1 + 2),
        ("cafe\u0301", 4),
        ("葛\U000e0100城", 2 * 2),
        ("沙马·日古", 5 * 2),
        ("Tomasz Wieczorek", 2 + 5 + 1 + 2 + 8),
        ("11010519491231002X", 17 + 2),
        ("110**************X", 3 + 14 + 2),
        ("…—“”", 4 * 2),
    ],
)
def test_what_counts_a_half_one_and_nothing(text: str, halves: int) -> None:
    assert count_halves(text, HALVES) == halves


def test_a_covered_number_is_as_long_as_the_number() -> None:
    assert count_halves("110**************X", HALVES) == count_halves("11010519491231002X", HALVES)


def test_which_characters_count_half_is_the_styles_to_say() -> None:
    assert count_halves("aB1, ", ()) == 10
    assert count_halves("aB1, ", ("uppercase", "punctuation")) == 2 + 1 + 2 + 1 + 2


def test_the_measure_of_the_seed_sentence() -> None:
    # ■1 因不慎将4 杨阔远3 的1 工作证3 丢失2 ，1 工作证号4 为1, thirteen digits 6½, ，1 声明作废4 。1: 32½.
    measured = measure(WORK_ID, YANGQUAN)
    assert (measured.characters, measured.lines) == (33, 3)
    without = measure(WORK_ID, charging("line", 0, bullet=False))
    assert (without.characters, without.lines) == (32, 3)
    assert measure(WORK_ID, charging("line", 0, extra_lines=2)).lines == 5


@pytest.mark.parametrize(("length", "lines"), [(1, 1), (11, 1), (12, 1), (13, 2), (25, 2), (26, 3), (38, 3), (39, 4)])
def test_a_line_counts_once_it_is_begun(length: int, lines: int) -> None:
    # With the bullet 12 characters fill a line of 13, and one more begins another.
    assert measure("字" * length, YANGQUAN).lines == lines
    assert fen("字" * length, charging("line", 1250)) == lines * 1250


def test_half_a_character_too_many_begins_a_line() -> None:
    assert measure("字" * 11 + "12", YANGQUAN).lines == 1
    assert measure("字" * 11 + "123", YANGQUAN).lines == 2


@pytest.mark.parametrize(("length", "blocks"), [(1, 1), (49, 1), (50, 2), (99, 2), (100, 3)])
def test_blocks_of_fifty_characters(length: int, blocks: int) -> None:
    price = price_of("字" * length, charging("block", 8000), documents=1)
    assert (price.fen, price.units, price.rule) == (blocks * 8000, blocks, "block")


def test_by_the_character_with_a_minimum() -> None:
    # 每字2元，50字起.
    by_character = charging("block", 200, block=1, minimum=10_000, bullet=False)
    assert fen("字" * 30, by_character) == 10_000
    assert fen("字" * 50, by_character) == 10_000
    assert fen("字" * 51, by_character) == 10_200


def test_by_the_document() -> None:
    style = charging("document", 10_000)
    assert [fen(WORK_ID, style, documents) for documents in (1, 2, 5)] == [10_000, 20_000, 50_000]
    assert fen("撤销。", style, 0, "withdrawal") == 10_000


def test_by_the_size_in_the_column() -> None:
    # Three lines of 11.5 points are 34.5 points, 12.17 mm, of which 13 begun; 38 mm wide: 494 square millimetres.
    assert area_of(3, YANGQUAN.column) == 494
    price = price_of(WORK_ID, charging("area", 1500), documents=1)
    assert (price.units, price.fen) == (494, 7410)
    # 1 line: 4.06 mm, 5 begun, 190 mm²; at 15.01 a square centimetre 28.519 yuan.
    assert fen("字", charging("area", 1501)) == 2852
    wide = replace(YANGQUAN.column, width=Decimal("38.5"))
    assert area_of(1, wide) == 193


def test_free_of_charge_whatever_the_length() -> None:
    assert price_of("字" * 500, charging("free", 0), documents=9) == Price(
        0, "free", 0, "yangquan", charging("free", 0).price_version
    )


def test_further_records_may_be_free() -> None:
    style = charging("line", 1000, corrections=False, withdrawals=False)
    assert [fen(WORK_ID, style, nature=nature) for nature in ("loss", "correction", "withdrawal")] == [3000, 0, 0]
    charged = charging("line", 1000)
    assert [fen(WORK_ID, charged, nature=nature) for nature in ("loss", "correction", "withdrawal")] == [3000] * 3


def test_the_styles_that_come_along_charge_by_hand_counted_amounts() -> None:
    # name-first: lines of 14 at 60; 33 characters are 3. in-brackets: a block of 50 at 80. verb-first: 100 a document.
    # letter: 33 less the bullet, which it has not, are 32: 2 lines of 25 and 2 more at 13.5 points, 19.05 mm, of which
    # 20 begun, 80 wide: 16 cm² at 15 are 240.
    expected = {"yangquan": 3000, "name-first": 18_000, "in-brackets": 8000, "verb-first": 10_000, "letter": 24_000}
    assert {name: fen(WORK_ID, load_style(name, Path())) for name in expected} == expected


def test_a_minimum_is_for_what_is_charged_alone() -> None:
    assert fen("字", charging("line", 1000, minimum=2000)) == 2000
    assert fen("字", charging("line", 1000, minimum=2000, withdrawals=False), nature="withdrawal") == 0


def test_the_version_changes_with_the_rule_and_with_nothing_else() -> None:
    versions = [
        style.price_version
        for style in (
            YANGQUAN,
            charging("line", 1001, minimum=2000),
            charging("line", 1000, minimum=2000, characters=12),
        )
    ]
    assert len(set(versions)) == 3
    assert replace(YANGQUAN, bullet="●").price_version == YANGQUAN.price_version
    assert all(re.fullmatch(r"[0-9a-f]{12}", version) for version in versions)


texts = st.text(alphabet="遗失声明aZ19，. 𠮷\u0301", max_size=200)


@given(texts, texts)
def test_counting_adds_up_and_more_is_never_cheaper(one: str, other: str) -> None:
    assert count_halves(one + other, HALVES) == count_halves(one, HALVES) + count_halves(other, HALVES)
    for rule in ("line", "document", "block", "area", "free"):
        style = charging(rule, 777)
        assert fen(one, style) <= fen(one + other, style)
    measured = measure(one, YANGQUAN)
    assert (measured.lines - 1) * 13 < measured.characters <= measured.lines * 13
