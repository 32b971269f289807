"""The spellings of one typed number: labels peeled, blanks out, hyphens kept or not.

Nothing here exchanges one letter or digit for another, so no two real numbers become one: birth certificates
use the letters O and I, (1-1) and (11) are different copies, 2019-1-12 and 2019-11-2 different contracts.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from registry.kinds.areas import ABBREVIATIONS, PROVINCE_CHARACTER
from registry.kinds.traditional import in_either
from registry.text import BRACKETS, find_forbidden, fold, squeeze

MAX_LENGTH: Final = 64
# Four characters of blanks and labels for each of the number is more than anybody types on purpose.
MAX_INPUT: Final = 4 * MAX_LENGTH

# Words that stand before a number and are no part of it, besides the labels of the kinds themselves.
_WORDS_BEFORE: Final = (
    "B/L",
    "统一社会信用代码",
    "出生医学证明编号",
    "营业执照注册号",
    "公民身份号码",
    "居民身份证号码",
    "居民身份证号",
    "身份证件号码",
    "身份证件号",
    "身份证号码",
    "身份证号",
    "印章防伪编码",
    "印章编码",
    "公章编码",
    "防伪编码",
    "工作证编号",
    "工作证号",
    "出生证编号",
    "执法证号",
    "员工编号",
    "证书编号",
    "证书号码",
    "证书号",
    "证件编号",
    "证件号码",
    "证件号",
    "注册号",
    "备案编号",
    "备案号",
    "印章编号",
    "信用代码",
    "流水号",
    "机构编码",
    "管理号",
    "档案编号",
    "编号",
    "编码",
    "号码",
    "证号",
    "工号",
    "代码",
)
# Latin words of a label, in whichever order and number: Passport No., B/L No., ID number.
_LATIN_WORDS: Final = (
    r"(?:(?:passport|permit|identity|id|card|certificate|cert|licen[cs]e|registration|reg|document|invoice|receipt"
    r"|contract|policy|seal|serial|account|a/c|b/l|bill of lading)\.?\s*)"
)
# Both widths, so that the same peeling serves the folded text and the text as typed.
_WORD: Final = r"0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_HAN: Final = r"\u4e00-\u9fff"
_COLON: Final = r"[:\uff1a\ufe55]"
_GAP: Final = r"[\s:\uff1a\ufe55为為是]"
_DASHES: Final = r"[-\u2010-\u2015\u2212\uff0d=\uff1d]"
_PAIRS: Final = {
    "（": "）",
    "﹙": "﹚",
    "<": ">",
    "\uff1c": "\uff1e",
    "《": "》",
    "«": "»",
    "‹": "›",
    "⟨": "⟩",
    "⦅": "⦆",
    "｟": "｠",
    **BRACKETS,
}
_CLOSING: Final = frozenset(_PAIRS.values())
_OPEN: Final = re.escape("".join(_PAIRS))
_CLOSED: Final = f"[{re.escape(''.join(_PAIRS.values()))}]"
# What a number begins with: a plate and many licences with the character of a province; or words of its own.
_PLACE: Final = rf"[{ABBREVIATIONS}军使]"
_HEAD: Final = rf"(?:[{_WORD}]|{_PLACE}[{_WORD}])"
# 粤房地权证穗字第…, 社证字第…, 穗府集用(2010)第…
_WORDED_HEAD: Final = (
    rf"(?:组代管\d|[{ABBREVIATIONS}][^{_WORD}]{{1,14}}[{_WORD}]"
    rf"|[{_HAN}]{{1,14}}(?:字[第{_OPEN}]?[{_WORD}]|[{_OPEN}](?:19|20)\d\d)"
    rf"|[{_HAN}]{{1,8}}[{_OPEN}][{_HAN}]{{1,10}}{_CLOSED}(?:字[第{_OPEN}]?|第)[{_WORD}])"
)
_BEGINNING: Final = rf"(?:{_HEAD}|[{_OPEN}]|{_WORDED_HEAD})"
# Any word for a number counts as a label if it stands before a colon, but no number in words: 京教第3号：…
_NUMBER_WORD: Final = "|".join([f"{in_either('号')}[码碼]?", *map(in_either, ("编码", "代码", "号段"))])
_ANY_LABEL: Final = rf"[{_HAN}、/]{{0,12}}(?<![第字])(?:{_NUMBER_WORD})\s*{_COLON}+\s*"
# Bare NO123 stays: bills of lading and receipts really begin so.
_NUMERO: Final = r"(?:[Nn\uff2e\uff4e][Oo\uff2f\uff4f°º]|№)"
_NO: Final = re.compile(
    rf"(?:{_NUMERO}\s*[.\uff0e:\uff1a]{{1,2}}\s*|№\s*|{_NUMERO}(?<=[°º])\s*)(?=[{_WORD}{_HAN}{_OPEN}])"
    rf"|(?:{_NUMERO}\s+|[#\uff03]\s*)(?={_BEGINNING})"
    rf"|(?i:{_LATIN_WORDS}+(?:no|number)\b\.?|number\b){_COLON}*\s*(?={_BEGINNING})"
)
_ORDINAL: Final = re.compile(
    rf"(?:第?\s*([{_WORD}][{_WORD}\s.·\-/()（）\uff0d\uff0e]*?)|第\s*({PROVINCE_CHARACTER}[{_WORD}]{{6,}}?))\s*号"
)
_EDGES: Final = " \t\r\n,\uff0c、。.\uff0e;\uff1b:\uff1a'\"“”‘’`"
_NUMERO_SIGN: Final = re.compile(r"[№°º]")
_INNER_NUMERO: Final = re.compile(r"(?:№|[Nn\uff2e\uff4e][°º])[.:\uff0e\uff1a]?")
# Nearly every number: no label is written with Latin letters and digits alone, and nothing else is to be peeled.
_PLAIN: Final = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_ANY_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LOOSE: Final = re.compile(r"[\s\-.·•‧∙・]+")


class Sort(IntEnum):
    """What a text is made of: digits alone; letters; signs too; Chinese besides; or characters of any other sort."""

    DIGITS = 0
    PLAIN = 1
    SIGNED = 2
    WORDED = 3
    ODD = 4


DIGITS, PLAIN, SIGNED, WORDED, ODD = Sort


class Spelling(NamedTuple):
    """One typed number as the rules read it.

    text: folded, label peeled, no blanks. compact: no hyphens and dots either. sort: of the text.
    fault: the code of the reason why nothing can be kept ("empty", "too_long", "characters"), or "".
    """

    text: str
    compact: str
    sort: Sort
    fault: str = ""


def as_printed(text: str) -> str:
    """What was typed, as a notice would print it: on one line, without label, `No.`, `第…号` or quotes around it."""
    text = squeeze(text)
    while True:
        peeled = _peel(text)
        if peeled == text:
            return text
        text = peeled


@cache
def _label() -> re.Pattern[str]:
    """A label before a number; without a colon only before what a number begins with: 工号牌3 keeps it.

    Made when first needed, because the kinds, which bring their labels, are themselves made of modules that read this.
    """
    from registry.kinds.catalogue import CATALOGUE

    words = {word for kind in CATALOGUE for field in kind.numbers for word in field.labels}.union(_WORDS_BEFORE)
    longest_first = "|".join(in_either(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    before = rf"(?:{_GAP}*{_COLON}\s*|{_GAP}+|(?:{_DASHES}+\s*)?(?={_BEGINNING})|\Z)"
    return re.compile(rf"(?:{longest_first}){before}|{_ANY_LABEL}")


def _peel(text: str) -> str:
    text = text.strip(_EDGES)
    # No label begins with a digit.
    for pattern in () if text[:1].isdigit() else (_label(), _NO):
        if match := pattern.match(text):
            text = text[match.end() :]
    if match := _ORDINAL.fullmatch(text):
        text = match[1] or match[2]
    return _unbracketed(text)


def _unbracketed(text: str) -> str:
    """The text without brackets around the whole of it, and without one at either end that has no partner."""
    first, last = text[:1] in _PAIRS, text[-1:] in _CLOSING
    if not first and not last:
        return text
    depths = list(accumulate((character in _PAIRS) - (character in _CLOSING) for character in text))
    if first and last and 0 not in depths[:-1] and depths[-1] == 0:
        return text[1:-1]
    if last and depths[-1] < 0:
        return text[:-1]
    return text[1:] if first and depths[-1] > 0 else text


# What stands for characters that are not shown: 1101**********1234, 1101××××1234.
_MASK: Final = re.compile(r"[*\u00d7\u2217\u25a0\u25a1\u25cb\u25cf]{2,}|X{4,}")


def is_masked(number: str) -> bool:
    """Whether part of a folded number is hidden. It is then equal to nothing, not even to itself.

    >>> is_masked("1101**********1234"), is_masked("11010519491231002X")
    (True, False)
    """
    return (not number.isalnum() or "XXXX" in number) and _MASK.search(number) is not None


def spell(text: str) -> Spelling:
    """The spellings of `text`; never raises, whatever it is."""
    if len(text) <= MAX_LENGTH and text.isascii():
        if text.isalnum():
            text = text.upper()
            return Spelling(text, text, DIGITS if text.isdigit() else PLAIN)
        if _PLAIN.fullmatch(text):
            text = text.upper()
            return Spelling(text, text.replace("-", ""), SIGNED)
    if len(text) > MAX_INPUT:
        return Spelling("", "", ODD, "too_long")
    if _NUMERO_SIGN.search(text):
        # Folding would make № the letters NO, which can belong to a number; at the second end of a range it stands too.
        text = _INNER_NUMERO.sub("", as_printed(text))
    folded = fold(text)
    bare = "".join(as_printed(folded).split())
    # Taking out blanks can complete a label (编 号 123) or join an accent to its letter; a canonical number must
    # stay what it is when it is spelled again.
    while bare != folded and not _PLAIN.fullmatch(bare):
        before, folded = bare, fold(bare)
        bare = "".join(as_printed(folded).split())
        if bare == before:
            break
    fault = ""
    if not bare:
        fault = "empty"
    elif len(bare) > MAX_LENGTH:
        fault = "too_long"
    elif find_forbidden(bare):
        fault = "characters"
    if fault:
        return Spelling("", "", ODD, fault)
    return Spelling(bare, _LOOSE.sub("", bare), _sort_of(bare))


def _sort_of(text: str) -> Sort:
    if text.isascii():
        return DIGITS if text.isdigit() else PLAIN if text.isalnum() else SIGNED
    return WORDED if _ANY_HAN.search(text) else ODD
