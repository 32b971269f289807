"""Papers without which a profession may not be practised: law, medicine, building, accounts and skilled trades."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds import health_professions, legal_professions, skilled_trades
from registry.kinds.areas import PROVINCE, PROVINCE_CHARACTER, abbreviated_province_fact, province_fact
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import doubtful
from registry.kinds.resident import RESIDENT_18, RESIDENT_ID_18, checks_inside, mend_x, resident_facts, suggest_18
from registry.kinds.shaping import fours, keep, show_all
from registry.text import Text

_CONSTRUCTOR: Final = re.compile(
    rf"(?:{PROVINCE_CHARACTER}|军)(?P<grade>[12])(?P<first>{PROVINCE}|99)"
    r"(?:(?P<short>\d{2}\d{2})\d{5}|(?P<long>(?:19|20)\d{2}(?:19|20)\d{2})\d{5})(?:\(0\d\))?",
    re.ASCII,
)
_CLASSES: Final = {"1": Text("一级建造师", "First class"), "2": Text("二级建造师", "Second class")}


def _century(year: str) -> str:
    # The first constructors were registered in 2005 and qualified in 2004.
    return year if len(year) == 4 else f"20{year}"


def _decode_constructor(number: str) -> tuple[Fact, ...]:
    match = _CONSTRUCTOR.fullmatch(number)
    if not match:
        return ()
    years = match["short"] or match["long"]
    qualified, registered = (_century(year) for year in (years[: len(years) // 2], years[len(years) // 2 :]))
    return (
        *abbreviated_province_fact(number[0], Text("注册省份", "Registered in")),
        Fact(Text("级别", "Grade"), _CLASSES[match["grade"]]),
        *province_fact(match["first"], Text("首次注册省份", "First registered in")),
        Fact(Text("取得资格年份", "Qualified"), Text(qualified, qualified)),
        Fact(Text("注册年份", "Registered"), Text(registered, registered)),
    )


def _group_constructor(number: str) -> str:
    match = _CONSTRUCTOR.fullmatch(number)
    if not match:
        return number
    return " ".join(
        (number[:4], match["short"] or match["long"], number[match.end("short" if match["short"] else "long") :])
    )


CONSTRUCTOR_NUMBER: Final = NumberRule(
    slug="constructor_registration",
    title=Text("建造师注册编号", "Constructor's registration number"),
    pattern=_CONSTRUCTOR,
    shape=Reason(
        "shape",
        Text(
            "建造师注册编号一般是省份简称加 12 位数字（新证 16 位），首位 1 或 2 表示级别；"
            "如证书上确实如此，可以照填。",
            "A constructor's registration number is usually the character of a province and 12 digits (16 on new "
            "ones), the first being 1 or 2 for the grade. If the certificate really shows this, keep it.",
        ),
    ),
    # With (01) behind it on a seal that was made again.
    lengths=(13, 17, 21),
    decode=_decode_constructor,
    mask=show_all,
    group=_group_constructor,
    sensitive=False,
    evidence=32,
    source="Ministry of Housing, rules for registration numbers and seals; four agreeing descriptions of 12 digits",
)

_ACCOUNTANT_INSIDE: Final = checks_inside(0, certain=False)


def _check_accountant(number: str) -> Finding | None:
    if not RESIDENT_18.fullmatch(number):
        return None
    return next((finding for check in _ACCOUNTANT_INSIDE if (finding := check(number))), None)


_TOO_SHORT: Final = Reason(
    "length",
    Text(
        "会计从业资格证书的档案号一般不少于 8 位，请对照证书再看一遍；如确实如此，可以照填。",
        "The file number of an accountant usually has at least 8 characters. "
        "Compare it with the certificate; if it really shows this, keep it.",
    ),
)


def _explain_accountant(number: str) -> Iterable[Finding]:
    return (doubtful(_TOO_SHORT),) if len(number) < 8 else ()


ACCOUNTANT_NUMBER: Final = NumberRule(
    slug="accountant_qualification",
    title=Text("会计从业资格证书档案号", "Accountant's file number"),
    pattern=re.compile(
        rf"{RESIDENT_18.pattern}|HK[0-9A-Z()]{{7,11}}|MO[0-9()]{{8,11}}|TW\d{{8,10}}|WJ\d{{13}}|\d{{8,14}}", re.ASCII
    ),
    shape=Reason(
        "shape",
        Text(
            "2013 年以后的档案号就是持证人的身份证号，以前各地为 8 至 14 位数字；如证书上确实如此，可以照填。",
            "Since 2013 the file number is the holder's resident identity number; before, it was 8 to 14 digits. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(*range(8, 16), 18),
    explain=_explain_accountant,
    checks=(_check_accountant,),
    decode=lambda number: resident_facts(number) if len(number) == 18 else (),
    mask=keep(3, 1),
    group=lambda number: RESIDENT_ID_18.group(number) if len(number) == 18 else fours(number),
    sensitive=True,
    repair=mend_x,
    suggest=lambda number: suggest_18(number) if len(number) == 18 else (),
    equivalents=RESIDENT_ID_18.equivalents,
    source="Ministry of Finance, notice of 2013; local numbers before from practice",
)

CONSTRUCTOR: Final = DocumentKind(
    slug="constructor_registration",
    family="professions",
    title=Text("建造师注册证书", "Constructor's registration certificate"),
    titles=(
        Text("建造师注册证书", "Constructor's registration certificate"),
        Text("一级建造师注册证书", "First-class constructor's registration certificate"),
        Text("二级建造师注册证书", "Second-class constructor's registration certificate"),
        Text("一级建造师执业印章", "First-class constructor's practising seal"),
        Text("二级建造师执业印章", "Second-class constructor's practising seal"),
    ),
    aliases=("一级建造师", "二级建造师", "建造师证", "建造师执业印章", "一建证", "二建证", "注册建造师"),
    issuer=Text("住房和城乡建设主管部门", "Housing and urban-rural development authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("注册编号", "注册号", "证书编号", "编号"),
            where=Text(
                "证书上“注册编号”之后，从省份简称填起；执业印章上也刻有注册号。",
                "After 注册编号, from the character of the province on; the practising seal shows it too.",
            ),
            example="京111050700001",
            rules=(CONSTRUCTOR_NUMBER,),
        ),
    ),
    measure="本",
    source="Ministry of Housing and Urban-Rural Development",
)

ACCOUNTANT: Final = DocumentKind(
    slug="accountant_qualification",
    family="professions",
    title=Text("会计从业资格证书", "Accounting qualification certificate"),
    titles=(
        Text("会计从业资格证书", "Accounting qualification certificate"),
        Text("会计从业资格证", "Accounting qualification"),
        Text("会计证", "Accountant's card"),
    ),
    aliases=("会计上岗证", "会计资格证"),
    issuer=Text("财政部门（2017 年取消）", "Finance bureau (abolished in 2017)"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书档案号", "档案号", "编号", "证书编号", "证号"),
            where=Text(
                "证书内页“档案号”之后；2013 年以后的就是持证人的身份证号。",
                "Inside after 档案号; since 2013 it is the holder's resident identity number.",
            ),
            example="11010519491231002X",
            rules=(ACCOUNTANT_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="Ministry of Finance",
)

FAMILY: Final = Family(
    "professions",
    Text("职业资格证书", "Professions"),
    (
        *legal_professions.KINDS,
        *health_professions.KINDS,
        CONSTRUCTOR,
        ACCOUNTANT,
        *skilled_trades.KINDS,
    ),
)
