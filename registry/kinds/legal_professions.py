"""Papers of lawyers and law firms.

Lawyers are publicly listed, but their number tells their sex, so the middle of it stays hidden. Firms have had a
unified social credit code that begins with 31 since 2016; the 17 digits before are known from practice alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, place_fact, province_fact
from registry.kinds.checks import USCC_ALPHABET, uscc_check
from registry.kinds.credit_code import UNIFIED_CODE
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import doubtful, impossible, wrong_check
from registry.kinds.shaping import fours, groups, keep, show_all
from registry.text import Text

_YEAR: Final = Text("年份", "Year")
_GRADES: Final = {
    "A": Text("A 类", "Class A"),
    "B": Text("B 类", "Class B"),
    "C": Text("C 类", "Class C"),
}


def _decode_qualification(number: str) -> tuple[Fact, ...]:
    return (
        Fact(Text("类别", "Class"), _GRADES[number[0]]),
        Fact(_YEAR, Text(number[1:5], number[1:5])),
        *place_fact(number[5:11]),
    )


QUALIFICATION_NUMBER: Final = NumberRule(
    slug="legal_professional_qualification",
    title=Text("法律职业资格证书号", "Legal professional qualification number"),
    pattern=re.compile(rf"[ABC](?:19|20)\d{{2}}{PROVINCE}\d{{8}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "法律职业资格证书号一般是字母 A、B 或 C 加 14 位数字；2002 年以前的律师资格证不同，"
            "如证书上确实如此，可以照填。",
            "The number is usually A, B or C and 14 digits. Lawyers' qualifications from before 2002 differ; "
            "if the certificate really shows this, keep it.",
        ),
    ),
    lengths=(15,),
    decode=_decode_qualification,
    mask=keep(5, 2),
    group=groups(1, 4, 6, 4),
    sensitive=False,
    evidence=24,
    source="Ministry of Justice; two agreeing descriptions",
)

_CATEGORIES: Final = {
    "1": Text("专职律师", "Full-time"),
    "2": Text("兼职律师", "Part-time"),
    "3": Text("香港居民律师", "Hong Kong resident"),
    "4": Text("澳门居民律师", "Macao resident"),
}
_FIRM_NUMBER: Final = Reason(
    "shape",
    Text(
        "以 2 或 3 开头的是律师事务所的号码，律师个人的执业证号以 1 开头，请对照证件再看一遍。",
        "Numbers that begin with 2 or 3 belong to law firms; a lawyer's own begins with 1. "
        "Compare it with the certificate.",
    ),
)


def _explain_lawyer(number: str) -> Iterable[Finding]:
    return (doubtful(_FIRM_NUMBER),) if re.fullmatch(rf"[23]{PROVINCE}\d{{14}}", number, re.ASCII) else ()


def _decode_lawyer(number: str) -> tuple[Fact, ...]:
    category = _CATEGORIES.get(number[9])
    return (
        *place_fact(number[1:5]),
        Fact(Text("首次执业年份", "First practised"), Text(number[5:9], number[5:9])),
        *((Fact(Text("类别", "Category"), category),) if category else ()),
    )


LAWYER_NUMBER: Final = NumberRule(
    slug="lawyer_licence",
    title=Text("律师执业证号", "Lawyer's practising number"),
    pattern=re.compile(rf"1{PROVINCE}\d{{2}}(?:19|20)\d{{2}}[1-9][01]\d{{6}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "律师执业证号一般为 17 位数字，以 1 开头；2010 年以前的旧证为 12 位，如证件确实如此，可以照填。",
            "A lawyer's practising number is usually 17 digits that begin with 1, on certificates from before 2010 "
            "12 digits. If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(17,),
    explain=_explain_lawyer,
    decode=_decode_lawyer,
    mask=keep(5, 2),
    group=groups(1, 4, 4, 2, 6),
    sensitive=True,
    evidence=18,
    source="Ministry of Justice, 2010; two descriptions of the length, one of the parts",
)

_WITH_CODE: Final = re.compile(rf"31\d{{6}}[{USCC_ALPHABET}]{{10}}", re.ASCII)
_OLD_FIRM: Final = rf"[23]{PROVINCE}\d{{4,14}}"


def _check_firm(number: str) -> Finding | None:
    if len(number) != 18 or uscc_check(number[:17]) == number[17]:
        return None
    return impossible(wrong_check(18, uscc_check(number[:17])))


def _suggest_firm(number: str) -> Iterable[str]:
    return [meant for meant in UNIFIED_CODE.suggest(number) if _WITH_CODE.fullmatch(meant)]


LAW_FIRM_NUMBER: Final = NumberRule(
    slug="law_firm_licence",
    title=Text("律师事务所执业许可证号", "Law firm's licence number"),
    pattern=re.compile(rf"{_WITH_CODE.pattern}|{_OLD_FIRM}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "许可证号一般是以 31 开头的 18 位统一社会信用代码，2016 年以前的旧证为 17 位数字；"
            "如证件确实如此，可以照填。",
            "The number is usually a unified social credit code of 18 characters that begins with 31, on licences from "
            "before 2016 17 digits. If the licence really shows this, keep it.",
        ),
    ),
    lengths=(*range(7, 19),),
    checks=(_check_firm,),
    decode=lambda number: UNIFIED_CODE.decode(number) if len(number) == 18 else province_fact(number[1:3]),
    mask=show_all,
    group=lambda number: UNIFIED_CODE.group(number) if len(number) == 18 else fours(number),
    sensitive=False,
    suggest=_suggest_firm,
    evidence=29,
    guess=re.compile(rf"{_WITH_CODE.pattern}|[23]{PROVINCE}\d{{14}}", re.ASCII),
    source="GB 32100-2015; three descriptions of its first digits, practice for the old numbers",
)

QUALIFICATION: Final = DocumentKind(
    slug="legal_professional_qualification",
    family="professions",
    title=Text("法律职业资格证书", "Legal professional qualification certificate"),
    titles=(
        Text("法律职业资格证书", "Legal professional qualification certificate"),
        Text("法律职业资格证", "Legal professional qualification"),
        Text("律师资格证", "Lawyer's qualification"),
    ),
    aliases=("司法考试证书", "法考证书", "律师资格证书", "法律资格证", "司考证"),
    issuer=Text("司法部", "Ministry of Justice"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书号", "证书编号", "证号", "编号"),
            where=Text(
                "证书上“证书号”或“编号”之后，字母 A、B 或 C 开头。",
                "After 证书号 or 编号, beginning with A, B or C.",
            ),
            example="A20164401000001",
            rules=(QUALIFICATION_NUMBER,),
        ),
    ),
    measure="本",
    source="Ministry of Justice",
)

LAWYER: Final = DocumentKind(
    slug="lawyer_licence",
    family="professions",
    title=Text("律师执业证", "Lawyer's practising certificate"),
    titles=(
        Text("律师执业证", "Lawyer's practising certificate"),
        Text("律师执业证书", "Lawyer's practising licence"),
        Text("实习律师证", "Trainee lawyer's card"),
        Text("律师工作证", "Lawyer's work card"),
    ),
    aliases=("律师证", "执业律师证", "申请律师执业人员实习证"),
    issuer=Text("省级司法行政机关", "Provincial justice department"),
    numbers=(
        NumberField(
            name="number",
            labels=("执业证号", "证号", "律师执业证号", "编号"),
            where=Text(
                "证件内页“执业证号”之后的 17 位数字；“流水号”是另一个号码，不填。",
                "Inside after 执业证号, 17 digits; 流水号 is another number and is not asked for.",
            ),
            example="14400201010000001",
            rules=(LAWYER_NUMBER,),
        ),
    ),
    measure="本",
    source="Ministry of Justice",
)

LAW_FIRM: Final = DocumentKind(
    slug="law_firm_licence",
    family="professions",
    title=Text("律师事务所执业许可证", "Law firm's practising licence"),
    titles=(
        Text("律师事务所执业许可证", "Law firm's practising licence"),
        Text("律师事务所分所执业许可证", "Law firm branch's practising licence"),
    ),
    aliases=("律所执业许可证", "律师事务所许可证", "律所许可证"),
    issuer=Text("省级司法行政机关", "Provincial justice department"),
    numbers=(
        NumberField(
            name="number",
            labels=("统一社会信用代码", "许可证号", "执业许可证号", "证号"),
            where=Text(
                "许可证上“统一社会信用代码”之后的 18 位；2016 年以前的旧证为“许可证号”。",
                "On the licence after 统一社会信用代码, 18 characters; before 2016 after 许可证号.",
            ),
            example="31440000MD0100009W",
            rules=(LAW_FIRM_NUMBER,),
        ),
    ),
    copies=("正本", "副本", "正、副本"),
    measure="份",
    source="Ministry of Justice",
)

KINDS: Final = (QUALIFICATION, LAWYER, LAW_FIRM)
