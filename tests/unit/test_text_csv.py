"""CSV for spreadsheets: what is text stays text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.text_csv import lines, number_cell, text_cell

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "－1",
    "＋1",
    "＠x",
    " =1",
    "\u3000=1",
    "\t=1",
    "\tx",
    "\r=1",
    "−1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_be_a_formula_is_a_text(text: str) -> None:
    assert text_cell(text) == f"'{text}"
    assert number_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "杨阔远", "公章（1）", "S26-4071-3850", "2026-03-27", "1101**********002X", "a=b", "x@y"]
)
def test_other_text_is_left_alone(text: str) -> None:
    assert text_cell(text) == text


@pytest.mark.parametrize("number", ["0012", "14990332018376", "91110000600037341L", "3-12", "1E5", "粤A24881", "TRUE"])
def test_a_number_is_kept_by_a_tab_that_comes_off_again(number: str) -> None:
    assert number_cell(number) == "\t" + number
    assert number_cell("") == ""


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), min_size=2)))
def test_rows_come_back_as_they_were(rows: list[list[str]]) -> None:
    text = lines(rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows
    assert text.count("\r\n") >= len(rows)
