"""Numbers in words: 京房权证朝字第1234567号. The words are part of the number; 第 and 号 come and go."""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import Fact
from registry.text import Text

# For use inside regular expressions: one Chinese character, and the year that such numbers carry in brackets.
HAN: Final = "[\u4e00-\u9fff]"
YEAR: Final = r"\((?:19|20)\d{2}\)"

_YEAR_NAME: Final = Text("年份", "Year")
_IN_BRACKETS: Final = re.compile(r"\(((?:19|20)\d{2})\)", re.ASCII)
_BARE_YEAR: Final = re.compile(rf"(?<={HAN})((?:19|20)\d{{2}})(?={HAN})", re.ASCII)
_SERIAL: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
# Papers of before 1956, of Hong Kong, or just old-fashioned print: the words of such numbers and the provinces.
_SIMPLIFIED: Final = str.maketrans(
    "號證權產動國屬許業餐農築圍衛藥醫療機構體團會務稅稱"
    "遼蘇魯貴雲陝寧贛閩滬粵瓊黃廣東",
    "号证权产动国属许业餐农筑围卫药医疗机构体团会务税称"
    "辽苏鲁贵云陕宁赣闽沪粤琼黄广东",
)  # fmt: skip
_TRADITIONAL: Final = re.compile(f"[{''.join(map(chr, _SIMPLIFIED))}]")


def simplified(number: str) -> str:
    """The number with the words that such numbers use in simplified characters; names of places stay."""
    return number.translate(_SIMPLIFIED) if _TRADITIONAL.search(number) else number


def as_ordinal(number: str) -> str:
    """The number with 第 before its digits and 号 behind them, one of which is often left out.

    >>> as_ordinal("粵房地證字第C0024777號"), as_ordinal("粤卫公证字(2024)0385号"), as_ordinal("123")
    ('粤房地证字第C0024777号', '粤卫公证字(2024)第0385号', '123')
    """
    number = simplified(number)
    words, serial = _parts(number)
    return f"{words}第{serial}号" if words and serial else number


def without_ordinal(number: str) -> str:
    """The number without 第 and 号 around its digits.

    >>> without_ordinal("沪餐证字第2012310112003394号")
    '沪餐证字2012310112003394'
    """
    number = simplified(number)
    words, serial = _parts(number)
    return words + serial if words and serial else number


def _parts(number: str) -> tuple[str, str]:
    """The words of a number and the serial that it ends with, without 第 and 号; no serial if it ends otherwise."""
    number = number.removesuffix("号")
    words = number.rstrip(_SERIAL)
    serial = number[len(words) :]
    return words.removesuffix("第"), serial if serial[-1:].isdigit() else ""


def with_year_in_brackets(number: str) -> tuple[str, ...]:
    """The number with the brackets that its year lacks, if it lacks them.

    >>> with_year_in_brackets("晋2019阳泉市不动产权第0001234号")
    ('晋(2019)阳泉市不动产权第0001234号',)
    """
    bracketed = as_ordinal(_BARE_YEAR.sub(r"(\1)", number, count=1))
    return (bracketed,) if bracketed != number else ()


def year_fact(number: str) -> tuple[Fact, ...]:
    """The first year in brackets as a fact, if there is one."""
    match = _IN_BRACKETS.search(number)
    return (Fact(_YEAR_NAME, Text(match[1], match[1])),) if match else ()
