"""What a table looks like: the right column is offered, a heading is known, and nothing sensitive shows."""

from __future__ import annotations

import pytest

from registry.search.files.model import Marked, Row
from registry.search.files.preview import masked, preview

ID = "11010519491231002X"


def rows(*lines):
    return [Row(number, list(line)) for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("lines", "best", "has_heading"),
    [
        ([["序号", "姓名", "证号"], ["1", "兰亦可", ID], ["2", "杨阔远", "110105491231002"]], 2, True),
        ([["1", "兰亦可", ID], ["2", "杨阔远", "110105491231002"]], 2, False),
        ([["电话", "印章编码"], ["13800138000", "1403000000001"], ["13800138001", "1403000000002"]], 1, True),
        ([["日期", "发票号码"], ["20240101", "00000001"], ["20240102", "00000002"]], 1, True),
        ([["证号"], [Marked("digits_lost", "1.1E+17")], [""]], 0, True),
        ([["A-1"]], 0, False),
        ([["王伟", "李静"], ["张三", "李四"]], 0, False),
        ([["备注"], [""]], 0, False),
        ([["number", "amount"], ["A1234", "100"], ["A1235", "2000000"]], 0, True),
    ],
)
def test_the_column_of_numbers_and_the_heading_are_guessed(lines, best, has_heading):
    seen = preview(rows(*lines))
    assert (seen.best, seen.has_heading) == (best, has_heading)


def test_samples_are_masked_and_headings_are_not_samples():
    seen = preview(rows(["姓名", "证号"], ["兰亦可", ID], [f"证件{ID}"]))
    assert [column.heading for column in seen.columns] == ["姓名", "证号"]
    assert seen.columns[1].samples == ("110**************X", "")
    assert ID not in str(seen)


def test_a_row_longer_than_the_first_brings_its_columns():
    seen = preview(rows(["1"], ["2", ID, "x"]))
    assert len(seen.columns) == 3
    assert seen.best == 1


@pytest.mark.parametrize("text", [ID, "110105 1949 1231 002X", "１１０１０５１９４９１２３１００２Ｘ", f"甲{ID}乙"])
def test_a_sensitive_number_is_masked_however_it_is_spelled(text):
    shown = masked(text)
    assert "*" in shown
    assert "19491231" not in shown
    assert masked("91110000600037341L") == "91110000600037341L"
