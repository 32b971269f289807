"""Sizes of texts on a sheet: the longer, the smaller, and never so small without need; their lines as they are set."""

from __future__ import annotations

import re

from registry.config import ROOT
from registry.printing.lines import width_of
from registry.printing.setting import Run
from registry.printing.sizes import LONGEST, set_text
from registry.web import sheets

STYLES = (ROOT / "registry" / "static" / "css" / "sheets.css").read_text(encoding="utf-8")
SENTENCE = "因不慎将山西顺合昌物流有限公司的公章丢失，声明作废。"


def size_of(*runs, signature=(), **room):
    return set_text(runs, signature, **room).size


def test_one_seal_is_set_as_large_as_can_be():
    text = set_text([Run(SENTENCE)])
    assert text.size == 1
    assert [line.text for line in text.lines] == [SENTENCE[:14], SENTENCE[14:]]


def test_a_longer_text_is_never_larger():
    sizes = [size_of(Run("一" * int(20 * 1.12**power))) for power in range(48)]
    assert sizes == sorted(sizes)
    assert set(sizes) == set(range(1, LONGEST + 1))


def test_a_number_that_would_leave_a_hole_before_it_is_set_smaller():
    number, after = Run("2" * 20, whole=True), Run("，声明作废。")
    assert size_of(Run("一" * 19), number, after) == 1
    text = set_text([Run("一" * 22), number, after])
    assert text.size == 2
    assert not text.has_hole


def test_where_every_large_size_leaves_a_hole_the_largest_is_taken():
    numbers = [run for place in range(3) for run in (Run("号"), Run(str(place) * 28, whole=True))]
    text = set_text(numbers)
    assert (text.size, text.has_hole) == (1, True)
    assert set_text(numbers, largest=2).has_hole
    assert set_text(numbers, largest=3).has_hole


def test_a_mark_does_not_begin_a_line_and_may_end_one_beyond_its_edge():
    assert size_of(Run("一" * 30), share=0.5) == 1
    assert size_of(Run("一" * 31), share=0.5) == 2
    assert set_text([Run("一" * 13 + "，" + "二" * 14)]).lines[0].text == "一" * 13 + "，"


def test_no_text_is_larger_than_is_allowed():
    assert size_of(Run(SENTENCE), largest=3) == 3


def test_lines_of_a_signature_count():
    text = set_text([Run("一" * 62)], ("声明人：山西顺合昌物流有限公司", "二〇二六年九月二日"))
    assert size_of(Run("一" * 62)) == 1 < text.size
    assert [line.text for line in text.signature] == ["声明人：山西顺合昌物流有限公司", "二〇二六年九月二日"]
    assert text.characters.endswith("二〇二六年九月二日")


def test_the_longest_statement_with_its_numbers_has_a_size():
    twenty = "；".join(["某某的居民身份证丢失，居民身份证号码为" + "1" * 64] * 20)
    assert size_of(Run(twenty)) < LONGEST
    assert size_of(Run("一" * 2000)) < LONGEST


def test_the_style_sheet_has_the_measure_and_the_room_of_each_size():
    """On the 170 millimetres of a sheet, and in two columns beside a gap of eight."""
    found = re.findall(r"sheet-size-(\d+)\)? \.sheet-text \{ --measure: (\d+)em; font-size: ([\d.]+)pt", STYLES)
    assert [int(size) for size, _, _ in found] == [*range(1, 10), LONGEST]
    for size, measure, points in found:
        _first, second, *_ = set_text([Run("一" * 3 * int(measure))], largest=int(size)).lines
        assert width_of(second.text) == 2 * int(measure)
        assert int(measure) <= (170 if int(size) < 7 else 81) / (float(points) * 25.4 / 72) < int(measure) + 1


def test_what_a_proof_states_has_lines_of_the_width_that_the_style_sheet_gives_it():
    [measure] = re.findall(r"\.sheet-statement \{ max-width: (\d+)em", STYLES)
    assert int(measure) == sheets.STATEMENT
