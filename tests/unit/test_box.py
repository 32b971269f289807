"""What is typed, pasted or scanned into the one box."""

from __future__ import annotations

import pytest

from registry.web.public import box

CODE = "9PHY-DVZ2-V78X"


@pytest.mark.parametrize(
    "text",
    [
        "110105 19491231 002x",
        "1403 0219 9001 0100 1X",
        "140303 000 0123",
        "6222 0202 0001 2345 678",
        "110105 194912310021",
        "0036239 - 0036245",
        "0036239至0036245",
        "00000001—00000025",
        "1,234,567",
        "91110000600037341L",
        "91110000600037341L 91110000600037341L",
        "1 张三 11010519491231002X",
        "晋 (2048) 阳泉市不动产权第 8471723 号",
        "杨阔远",
        "",
    ],
)
def test_one_number_is_no_list(text):
    assert box.numbers_in(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("91110000600037341L 91140303561341221F", ["91110000600037341L", "91140303561341221F"]),
        ("12345678 87654321", ["12345678", "87654321"]),
        ("2036254085333\n2036254085334\t2036254085333", ["2036254085333", "2036254085334"]),
        ("14990332018376、1499033201837,A1234567；", ["14990332018376", "1499033201837", "A1234567"]),
        ("杨阔远 2036254085333 91110000600037341L", ["2036254085333", "91110000600037341L"]),
        ("第12345678号、第12345679号", ["第12345678号", "第12345679号"]),
    ],
)
def test_several_numbers_are_told_apart(text, numbers):
    assert box.numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("杨阔远　2036254085333", "2036254085333"),
        ("1 张三 11010519491231002X", "11010519491231002X"),
        ("91110000600037341L 91110000600037341L", "91110000600037341L"),
        ("91110000600037341L", None),
        ("140303 000 0123", None),
        ("110105 19491231 002x", None),
    ],
)
def test_the_one_number_among_other_words(text, number):
    assert box.number_within(text) == number


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://register.example.cn/declarations/S26-4071-3850", "S26-4071-3850"),
        ("http://register.example.cn/sub/declarations/S26-4071-3850?lang=en", "S26-4071-3850"),
        (f"HTTPS://REGISTER.EXAMPLE.CN/RECEIPTS/{CODE}", CODE),
        ("登记号：S26-4071-3850", "S26-4071-3850"),
        ("Reference S26-4071-3850", "S26-4071-3850"),
        (f"验证码 {CODE}", CODE),
        ("登记号：14990332018376", "登记号：14990332018376"),
        ("code name", "code name"),
        ("https://register.example.cn/editions/2026-11-20", "https://register.example.cn/editions/2026-11-20"),
    ],
)
def test_addresses_and_labels_are_peeled(text, bare):
    assert box.unwrapped(text) == bare


@pytest.mark.parametrize(("text", "may"), [("第3中学", True), ("阳泉市3号", True), ("杨", False), ("1", False)])
def test_what_may_hold_a_name(text, may):
    assert box.may_hold_name(text) is may


def test_a_person_s_number_is_never_searched_for_as_a_name():
    assert not box.may_hold_name("杨阔远11010519491231002X")
