"""What is kept, unified and refused in text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.text import Text, find_forbidden, fold, squeeze


def test_text_speaks_both_languages() -> None:
    text = Text("公章", "Official seal")
    assert text.in_language("zh") == "公章"
    assert text.in_language("en") == "Official seal"
    assert text.in_language("fr") == "公章"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a \u3000 b\n\tc ", "a b c"),
        ("阳\u200b泉\ufeff", "阳泉"),
        ("杨\u00a0鑫", "杨 鑫"),
        # A compatibility character of a name must not become another one, as NFKC and NFC would have it.
        ("\uf9d0", "\uf9d0"),
        ("", ""),
    ],
)
def test_squeeze(typed: str, kept: str) -> None:
    assert squeeze(typed) == kept


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("１４０３０２ｘ", "140302X"),
        ("a—b–c－d−e", "A-B-C-D-E"),
        ("〔2019〕【1】（2）［3］", "(2019)(1)(2)(3)"),
        ("Ⅹ", "X"),
        ("1\u200b2\u202e3\ufe0f", "123"),
        ("一号", "一号"),
        ("コーヒー", "コーヒー"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_fold_is_a_fixed_point_for_every_character() -> None:
    # Beyond the first two planes only the compatibility ideographs fold to anything else.
    for point in (*range(0x20000), *range(0x2F800, 0x2FA20), sys.maxunicode):
        once = fold(chr(point))
        assert fold(once) == once, hex(point)


@settings(deadline=None)
@given(st.text())
def test_fold_is_a_fixed_point(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@settings(deadline=None)
@given(st.text())
def test_squeeze_is_a_fixed_point(text: str) -> None:
    once = squeeze(text)
    assert squeeze(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "因不慎将阳泉思成工程机械回收有限公司的法人章丢失，声明作废。",
        "■●★☆№§℃㎡—…·〇",
        "O'Brien & Söhne (Ελλάς) ﷲ ئۇيغۇر བོད་ཡིག ᠮᠣᠩᠭᠣᠯ",
        "\U00020bb7野家 \U0002ebf0 \U00031350 ⿰亻因",
        "Tiếng Việt, Nguyễn".encode().decode(),
        unicodedata.normalize("NFD", "Nguyễn"),
        "葛\U000e0101城",
    ],
)
def test_what_notices_carry_passes(text: str) -> None:
    assert find_forbidden(text) is None


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\x07",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ue000",
        chr(0xD800),
        "\uffff",
        "\ufffd",
        "😀",
        "❤",
        "\u20e3",
        "🇨",
        "\U000e0041",
        "\n",
    ],
)
def test_what_cannot_be_printed_is_found(character: str) -> None:
    assert find_forbidden(f"杨{character}鑫") == character


def test_line_breaks_pass_where_several_lines_are_asked_for() -> None:
    assert find_forbidden("一\r\n二\t三", multiline=True) is None
    assert find_forbidden("一\n二\0", multiline=True) == "\0"


def test_accents_piled_up_are_refused() -> None:
    assert find_forbidden("Z" + "\u0301" * 3) is None
    assert find_forbidden("Z" + "\u0301" * 4) == "\u0301"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_breaks_the_search(text: str) -> None:
    found = find_forbidden(text)
    assert found is None or found in text
