"""Lines and pages of a column: how they are broken, filled and made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.printing.lines import CLOSING, OPENING, Line, Part, set_lines, width_of
from registry.printing.pages import SetItem, make_pages
from registry.printing.setting import Run, set_runs
from registry.printing.sheet import Sheet, sheet_for, stylesheet
from registry.wording import load_style
from registry.wording.house_styles import shipped
from registry.wording.style import Column

TEXT = st.text(alphabet="因不慎将杨阔远的工作证丢失，编号为。（）“”:()-— 0123456789ABXé\u0301𠮷", max_size=120)


def lines_of(sentence, characters, *, names=(), numbers=(), indent=0):
    runs = set_runs(sentence, names=names, numbers=numbers)
    return [line.text for line in set_lines(runs, characters=characters, indent=indent)]


def test_a_line_holds_as_many_as_the_house_says_and_digits_count_half():
    assert lines_of("一" * 30 + "声明作废。", 13) == ["一" * 13, "一" * 13, "一" * 4 + "声明作废。"]
    assert width_of("■G14，é\u0301") == 2 + 3 + 2 + 2
    assert lines_of("一" * 10 + "123456" + "二" * 13, 13) == ["一" * 10 + "123456", "二" * 13]


def test_marks_hang_over_the_edge_by_their_empty_half():
    first, *_rest = set_lines((Run("一" * 12 + "，二"),), characters=12)
    assert (first.text, first.hanging, first.justified) == ("一" * 11, False, True)
    first, *_rest = set_lines((Run("一二三四五六七八1九，十（甲）乙丙丁"),), characters=10)
    assert (first.text, first.hanging) == ("一二三四五六七八1九，", True)
    leaning = set_lines((Run("一二三四五六七八九十（甲）乙丙丁"),), characters=10)[1]
    assert (leaning.text, leaning.leaning) == ("（甲）乙丙丁", True)


def test_lines_are_chosen_together_so_that_a_number_stays_whole():
    sentence = "■因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。"
    assert lines_of(sentence, 13, names=("杨阔远",), numbers=(("2036254085333",),)) == [
        "■因不慎将杨阔远的工", "作证丢失，工作证号为", "2036254085333，声明作废。",
    ]  # fmt: skip
    code = ("91", "110000", "60003734", "1L")
    sentence = f"■因不慎将某公司的营业执照丢失，统一社会信用代码为{''.join(code)}，声明作废。"
    assert any("".join(code) in line for line in lines_of(sentence, 13, numbers=(code,)))


def test_a_number_that_cannot_stay_whole_is_torn_between_its_groups_and_not_at_its_ends():
    number = ("11", "010519", "491231", "002X", "11", "010519", "491231", "002X")
    torn = lines_of(f"号为{''.join(number)}，声明作废。", 13, numbers=(number,))
    assert torn[:2] == ["号为11010519491231", "002X11010519491231002X，声"]
    lines = lines_of("发票号码为00000001-00000025，声明作废。", 13, numbers=(("00000001-00000025",),))
    assert lines == ["发票号码为00000001-", "00000025，声明作废。"]
    endless = lines_of("1" * 60, 13)
    assert "".join(endless) == "1" * 60
    assert all(4 <= len(line) <= 26 for line in endless)


def test_plates_with_a_chinese_character_stay_whole():
    for characters in range(8, 14):
        assert any("粤A90831" in line for line in lines_of(
            "因不慎将甲的车牌丢失，号牌号码为粤A90831，声明作废。", characters, numbers=(("粤A90831",),)
        ))  # fmt: skip


@given(TEXT, st.integers(7, 40), st.sampled_from([0, 4]))
def test_lines_join_to_their_text_fit_and_begin_and_end_well(text, characters, indent):
    lines = set_lines((Run(text),), characters=characters, indent=indent)
    assert "".join(line.text for line in lines) == text
    for place, line in enumerate(lines):
        taken = width_of(line.text.rstrip(" ")) - line.hanging - line.leaning
        assert taken <= 2 * characters - (0 if place else indent) or is_one_piece(line.text)
        assert all(part.narrow is part.text.isascii() for part in line.parts)
        assert line.text[0] not in CLOSING or not place or line.text[0].isascii()
        assert line.text[-1] not in OPENING or line is lines[-1] or line.text[-1].isascii()


def is_one_piece(text):
    """Whether what is wider than a line has no place but between marks, or between a word and its marks."""
    return all(
        after in CLOSING or before in OPENING or not width_of(after) or " " in (before, after)
        or (before.isascii() and after.isascii())
        for before, after in pairwise(text)
    )  # fmt: skip


def items(*heights, signature=0):
    line = Line((Part("一", narrow=False),), leaning=False, hanging=False, justified=False)
    return [SetItem((line,) * height, (line,) * signature) for height in heights]


def heights(pages):
    return [[[item.height for item in column] for column in columns] for columns in pages]


SHEET = Sheet(210, 297, 2, Decimal(6), Decimal(20), first_lines=6, lines=10)


def test_pages_are_filled_and_the_last_one_is_even():
    assert heights(make_pages(items(3, 3, 4, 2, 4, 5, 3), SHEET, space=0)) == [[[3, 3], [4, 2]], [[4], [5, 3]]]
    assert heights(make_pages(items(2, 2, 2, 2), SHEET, space=0)) == [[[2, 2], [2, 2]]]
    assert heights(make_pages(items(2, 2, 2, 2), SHEET, space=1)) == [[[2, 2], [2, 2]]]
    assert heights(make_pages(items(3, 3, 3), SHEET, space=1)) == [[[3], [3]], [[3]]]


def test_an_edition_without_declarations_has_a_page():
    assert make_pages([], SHEET, space=0) == ((),)


def test_a_declaration_longer_than_a_column_goes_on_in_the_next():
    pages = make_pages(items(14, signature=2), SHEET, space=0)
    assert heights(pages) == [[[6], [6]], [[4]]]
    parts = [item for columns in pages for column in columns for item in column]
    assert [item.continued for item in parts] == [False, True, True]
    assert [len(item.signature) for item in parts] == [0, 0, 2]


@given(st.lists(st.integers(1, 20), max_size=40), st.integers(0, 2), st.integers(0, 1))
def test_no_column_is_longer_than_its_sheet_and_nothing_is_lost(asked, signature, space):
    made = items(*asked, signature=signature)
    pages = make_pages(made, SHEET, space=space)
    assert sum(item.height for columns in pages for column in columns for item in column) == sum(
        item.height for item in made
    )
    for place, columns in enumerate(pages):
        assert len(columns) <= SHEET.columns
        for column in columns:
            most = SHEET.lines if place else SHEET.first_lines
            assert sum(item.height for item in column) + space * (len(column) - 1) <= most


@pytest.mark.parametrize("name", shipped())
def test_the_columns_of_each_style_stand_on_a4(name):
    column = load_style(name, Path()).column
    sheet = sheet_for(column)
    assert (sheet.width, sheet.height) == (210, 297)
    used = sheet.columns * column.width + (sheet.columns - 1) * sheet.gap
    assert used + 2 * sheet.margin == pytest.approx(210)
    assert sheet.margin >= 14
    assert f"{column.characters}em" in stylesheet(column)


def test_wide_columns_get_larger_sheets():
    usual = Column(Decimal(183), Decimal(9), Decimal(13), 20, 0)
    assert (sheet_for(usual).width, sheet_for(usual).columns) == (297, 1)
    widest = sheet_for(replace(usual, width=Decimal(400), leading=Decimal(60)))
    assert (widest.width, widest.columns, widest.margin) == (420, 1, 10)
    assert widest.first_lines > 10
    smallest = sheet_for(Column(Decimal(10), Decimal(4), Decimal(4), 5, 0))
    assert smallest.columns == 15
