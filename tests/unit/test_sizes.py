"""Sizes of texts on a sheet: the longer, the smaller, and never so small without need."""

from __future__ import annotations

from registry.printing.setting import Run
from registry.printing.sizes import LONGEST, ems_of, size_of

SENTENCE = "因不慎将山西顺合昌物流有限公司的公章丢失，声明作废。"


def test_one_seal_is_set_as_large_as_can_be():
    assert size_of([Run(SENTENCE)]) == 1


def test_a_longer_text_is_never_larger():
    sizes = [size_of([Run("一" * length)]) for length in range(1, 4000, 37)]
    assert sizes == sorted(sizes)
    assert set(sizes) == set(range(1, LONGEST + 1))


def test_what_is_kept_whole_takes_the_rest_of_the_line_before_it():
    text, number = "一二三四五六七八九十", "9" * 22
    broken = Run(text + "九" * 13 + text + "九" * 13 + "作废。")
    assert size_of([Run(text + number + text + number + "作废。")]) > size_of([broken])
    assert size_of([Run(text), Run(number, whole=True), Run(text), Run(number, whole=True), Run("作废。")]) > 1


def test_a_number_that_would_leave_a_hole_before_it_is_set_smaller():
    before, number, after = "因保管不善将李兰的职业资格证书丢失，证号为", Run("2" * 16, whole=True), Run("，声明作废。")
    assert size_of([Run(before), number, after]) == 2
    assert size_of([Run(before.replace("丢失，证号为", "")), number, after]) == 1


def test_a_mark_does_not_begin_a_line():
    assert size_of([Run("一" * 58)], share=0.5) == 3
    assert size_of([Run("一" * 13 + "，" + "一" * 14)], share=0.5) == 2


def test_no_text_is_larger_than_is_allowed():
    assert size_of([Run(SENTENCE)], largest=3) == 3


def test_lines_of_a_signature_count():
    full = [Run("一" * 54)]
    assert size_of(full) < size_of(full, ("声明人：山西顺合昌物流有限公司", "二〇二六年九月二日"))


def test_the_longest_statement_with_its_numbers_has_a_size():
    twenty = "；".join(["某某的居民身份证丢失，居民身份证号码为" + "1" * 64] * 20)
    assert size_of([Run(twenty)]) < LONGEST
    assert size_of([Run("一" * 2000)]) < LONGEST


def test_chinese_is_wider_than_digits():
    assert ems_of("中，〇𠮷") == 4
    assert ems_of("12A*") < 3
