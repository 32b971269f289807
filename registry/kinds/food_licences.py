"""Food licences of three generations.

Since 2015 JY (business) and SC (production) with 14 digits, the last of which is computed (GB/T 17710); the check held
for every number that companies publish. Before: SP for shops and 餐证字 for kitchens (2009-2015), QS and XK for
factories. SP ends in a digit that some offices computed and others did not, so nothing follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from registry.kinds.areas import PROVINCE, PROVINCE_CHARACTER, place_fact, province_fact
from registry.kinds.checks import registration_check
from registry.kinds.food_classes import ADDITIVES, FOODS
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.ordinals import HAN, YEAR, as_ordinal, without_ordinal, year_fact
from registry.kinds.reasons import doubtful, impossible, wrong_character, wrong_check, wrong_length
from registry.kinds.shaping import groups, show_all
from registry.kinds.slips import as_digits, best, doubled_or_dropped, wrong_digits
from registry.text import Text

_LICENCE: Final = Text("许可证编号", "A licence number")
_DIGITS: Final = Text("数字", "digits")
_AREA: Final = Text("发证地", "Issued in")
_OFFICE: Final = Text("市场监督管理部门", "Market regulation authority")
_COPIES: Final = ("正本", "副本", "正、副本")
_SIXTEEN: Final = groups(3, 6, 6, 1)
_YEAR: Final = Text("年份", "Year")


def _check_last(number: str) -> Finding | None:
    expected = registration_check(number[2:15])
    return None if number[15] == expected else impossible(wrong_check(16, expected))


def _explain(prefix: str, head: Reason) -> Callable[[str], Iterable[Finding]]:
    def explain(number: str) -> Iterable[Finding]:
        if not number.startswith(prefix):
            return ()
        odd = next((c for c in number[2:] if not ("0" <= c <= "9")), None)
        if odd:
            return (impossible(wrong_character(_LICENCE, odd, _DIGITS)),)
        if len(number) != 16:
            return (impossible(wrong_length(_LICENCE, Text("16", "16"), len(number))),)
        failed = _check_last(number)
        return (doubtful(head), failed) if failed else (doubtful(head),)

    return explain


def _suggest(prefix: str, pattern: re.Pattern[str]) -> Callable[[str], Iterable[str]]:
    def fits(number: str) -> bool:
        return pattern.fullmatch(number) is not None and registration_check(number[2:15]) == number[15]

    def suggest(number: str) -> Iterable[str]:
        def candidates() -> Iterator[str]:
            digits = as_digits(number.removeprefix(prefix))
            yield prefix + digits
            yield from doubled_or_dropped(prefix + digits, 16)
            if len(digits) == 14 and digits.isascii() and digits.isdigit():
                yield from (prefix + meant for meant in wrong_digits(digits))

        return best(candidates(), number, fits)

    return suggest


_BUSINESS_HEAD: Final = Reason(
    "shape",
    Text(
        "食品经营许可证编号为 JY 加 14 位数字：第 1 位为 1—3，第 2—3 位为省份代码，请对照证件再看一遍。",
        "The number is JY and 14 digits: first 1 to 3, then the code of a province. Compare it with the document.",
    ),
)
_BUSINESS: Final = re.compile(rf"JY[123]{PROVINCE}\d{{11}}", re.ASCII)
_TRADE: Final = Text("主体业态", "Line of business")
_TRADES: Final = {
    "1": Text("食品销售经营者", "Food shop"),
    "2": Text("餐饮服务经营者", "Catering"),
    "3": Text("单位食堂", "Canteen"),
}

FOOD_BUSINESS_NUMBER: Final = NumberRule(
    slug="food_business_licence",
    title=Text("食品经营许可证编号", "Food business licence number"),
    pattern=_BUSINESS,
    shape=_BUSINESS_HEAD,
    lengths=(16,),
    explain=_explain("JY", _BUSINESS_HEAD),
    checks=(_check_last,),
    decode=lambda number: (Fact(_TRADE, _TRADES[number[2]]), *place_fact(number[3:9], _AREA)),
    mask=show_all,
    group=_SIXTEEN,
    sensitive=False,
    suggest=_suggest("JY", _BUSINESS),
    evidence=35,
    telling=re.compile(r"JY\d{14}", re.ASCII),
    source="食品经营许可管理办法; GB/T 17710 (ISO 7064 MOD 11,10), which numbers published by companies obey",
)

FOOD_BUSINESS: Final = DocumentKind(
    slug="food_business_licence",
    family="licences",
    title=Text("食品经营许可证", "Food business licence"),
    titles=(Text("食品经营许可证", "Food business licence"),),
    aliases=("食品经营许可证正本", "食品经营许可证副本", "食品证", "食品许可证"),
    issuer=_OFFICE,
    numbers=(
        NumberField(
            name="number",
            labels=("许可证编号", "编号", "证号", "许可证号"),
            where=Text(
                "证件上部“许可证编号”之后，JY 加 14 位数字。",
                "In the upper part after 许可证编号: JY and 14 digits.",
            ),
            example="JY13301080111719",
            rules=(FOOD_BUSINESS_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="食品经营许可管理办法",
)

_PRODUCTION_HEAD: Final = Reason(
    "shape",
    Text(
        "食品生产许可证编号为 SC 加 14 位数字：第 1 位为 1 或 2，第 4—5 位为省份代码，请对照证件再看一遍。",
        "The number is SC and 14 digits: first 1 or 2, digits 4 and 5 the code of a province. "
        "Compare it with the document.",
    ),
)
_PRODUCTION: Final = re.compile(rf"SC[12]\d{{2}}{PROVINCE}\d{{9}}", re.ASCII)
_CLASS: Final = Text("食品类别", "Class of food")


def _decode_production(number: str) -> tuple[Fact, ...]:
    sort = (FOODS if number[2] == "1" else ADDITIVES).get(number[3:5])
    return (*((Fact(_CLASS, sort),) if sort else ()), *place_fact(number[5:11], _AREA))


FOOD_PRODUCTION_NUMBER: Final = NumberRule(
    slug="food_production_licence",
    title=Text("食品生产许可证编号", "Food production licence number"),
    pattern=_PRODUCTION,
    shape=_PRODUCTION_HEAD,
    lengths=(16,),
    explain=_explain("SC", _PRODUCTION_HEAD),
    checks=(_check_last,),
    decode=_decode_production,
    mask=show_all,
    group=groups(5, 6, 4, 1),
    sensitive=False,
    suggest=_suggest("SC", _PRODUCTION),
    evidence=35,
    telling=re.compile(r"SC\d{14}", re.ASCII),
    source="食品生产许可管理办法; GB/T 17710 (ISO 7064 MOD 11,10), which numbers published by companies obey",
)

FOOD_PRODUCTION: Final = DocumentKind(
    slug="food_production_licence",
    family="licences",
    title=Text("食品生产许可证", "Food production licence"),
    titles=(Text("食品生产许可证", "Food production licence"),),
    aliases=("SC证", "食品生产许可证正本", "食品生产许可证副本"),
    issuer=_OFFICE,
    numbers=(
        NumberField(
            name="number",
            labels=("许可证编号", "证书编号", "编号", "证号"),
            where=Text(
                "证件上部“许可证编号”之后，SC 加 14 位数字。",
                "In the upper part after 许可证编号: SC and 14 digits.",
            ),
            example="SC11464010500015",
            rules=(FOOD_PRODUCTION_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="食品生产许可管理办法",
)

_QS_SPELLED: Final = re.compile(r"QS[\d\-]{12,16}", re.ASCII)
_XK_SPELLED: Final = re.compile(rf"\(?({PROVINCE_CHARACTER})?\)?XK(\d\d)-?(\d{{3}})-?(\d{{5}})", re.ASCII)


def _tidy_production(number: str) -> str:
    if _QS_SPELLED.fullmatch(number):
        return number.replace("-", "")
    if match := _XK_SPELLED.fullmatch(number):
        place = f"({match[1]})" if match[1] else ""
        return f"{place}XK{match[2]}-{match[3]}-{match[4]}"
    return number


PRODUCTION_PERMIT_NUMBER: Final = NumberRule(
    slug="food_production_qs",
    title=Text("全国工业产品生产许可证编号", "Industrial production licence number"),
    form="hyphen",
    pattern=re.compile(rf"QS\d{{12}}|(?:\({PROVINCE_CHARACTER}\))?XK\d\d-\d{{3}}-\d{{5}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "编号一般为 QS 加 12 位数字，或形如 XK16-204-00123；如证件确实如此，可以照填。",
            "The number is usually QS and 12 digits, or like XK16-204-00123. "
            "If the document really shows this, keep it.",
        ),
    ),
    lengths=(14, 12),
    decode=lambda number: province_fact(number[2:4], _AREA) if number.startswith("QS") else (),
    mask=show_all,
    sensitive=False,
    repair=_tidy_production,
    evidence=25,
    source="工业产品生产许可证管理条例; numbers on products",
)

PRODUCTION_PERMIT: Final = DocumentKind(
    slug="food_production_qs",
    family="licences",
    title=Text("全国工业产品生产许可证", "Industrial production licence"),
    titles=(
        Text("全国工业产品生产许可证", "Industrial production licence"),
        Text("工业产品生产许可证", "Production licence"),
    ),
    aliases=("QS证", "生产许可证", "QS生产许可证"),
    issuer=Text("质量技术监督部门（现市场监督管理部门）", "Quality supervision, now market regulation authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "编号", "证号", "许可证编号"),
            where=Text(
                "证书上部“证书编号”之后，以 QS 或 XK 开头。",
                "In the upper part after 证书编号, beginning with QS or XK.",
            ),
            example="QS440012345678",
            rules=(PRODUCTION_PERMIT_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="工业产品生产许可证管理条例",
)

_SP_SPELLED: Final = re.compile(r"SP([\d\-]{16,20}?)(\(\d{1,2}-\d{1,2}\))?", re.ASCII)


def _tidy_circulation(number: str) -> str:
    match = _SP_SPELLED.fullmatch(number)
    return f"SP{match[1].replace('-', '')}{match[2] or ''}" if match else number


def _decode_circulation(number: str) -> tuple[Fact, ...]:
    # Shenzhen writes four digits of the year, all others two; the permits ended in 2015.
    year = number[8:12] if number[8:10] == "20" else f"20{number[8:10]}"
    known = (Fact(_YEAR, Text(year, year)),) if "2009" <= year <= "2016" else ()
    return (*place_fact(number[2:8], _AREA), *known)


CIRCULATION_NUMBER: Final = NumberRule(
    slug="food_circulation_permit",
    title=Text("食品流通许可证编号", "Food circulation permit number"),
    form="hyphen",
    pattern=re.compile(rf"SP{PROVINCE}\d{{14}}(?:\(\d{{1,2}}-\d{{1,2}}\))?", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "食品流通许可证编号一般为 SP 加 16 位数字，有的后面带“(1-1)”；如证件确实如此，可以照填。",
            "The number is usually SP and 16 digits, perhaps with (1-1) behind. "
            "If the document really shows this, keep it.",
        ),
    ),
    # 22 and more with the mark of a copy, whose hyphen is not counted.
    lengths=(18, 22, 23, 24),
    decode=_decode_circulation,
    mask=show_all,
    sensitive=False,
    repair=Repair(_tidy_circulation, plain=False, words=False),
    evidence=25,
    source="numbers that companies publish",
)

CIRCULATION_PERMIT: Final = DocumentKind(
    slug="food_circulation_permit",
    family="licences",
    title=Text("食品流通许可证", "Food circulation permit"),
    titles=(Text("食品流通许可证", "Food circulation permit"),),
    aliases=("流通许可证", "食品流通证", "食品流通许可证正本", "食品流通许可证副本"),
    issuer=Text("工商行政管理部门（2015 年停发）", "Administration for industry and commerce (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("许可证编号", "编号", "证号", "许可证号"),
            where=Text(
                "证件上部“许可证编号”之后，SP 加 16 位数字。",
                "In the upper part after 许可证编号: SP and 16 digits.",
            ),
            example="SP3412221410001130",
            rules=(CIRCULATION_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="食品流通许可证管理办法 (2009)",
)

_KITCHEN_DIGITS: Final = re.compile(r"\d{12}(?=号?\Z)", re.ASCII)
_BRACKETED: Final = re.compile(YEAR)


def _tidy_catering(number: str) -> str:
    return as_ordinal(number) if _BRACKETED.search(number) else without_ordinal(number)


def _decode_catering(number: str) -> tuple[Fact, ...]:
    match = _KITCHEN_DIGITS.search(number)
    if match is None:
        return ()
    year = number[match.start() - 4 : match.start()]
    facts = (Fact(_YEAR, Text(year, year)),) if year.isdigit() else year_fact(number)
    return (*facts, *place_fact(match[0][:6], _AREA))


CATERING_NUMBER: Final = NumberRule(
    slug="catering_service_licence",
    title=Text("餐饮服务许可证号", "Catering licence number"),
    form="text",
    pattern=re.compile(
        rf"(?:\({HAN}{{1,6}}\)|{HAN}{{1,4}})餐证字"
        rf"(?:{YEAR}第{PROVINCE}\d{{10}}号|(?:19|20)\d{{2}}{PROVINCE}\d{{10}})",
        re.ASCII,
    ),
    shape=Reason(
        "shape",
        Text(
            "餐饮服务许可证号一般形如“沪餐证字2012310106000123”；如证件确实如此，可以照填。",
            "The number usually looks like 沪餐证字2012310106000123: the place, 餐证字, the year and 12 digits. "
            "If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    decode=_decode_catering,
    mask=show_all,
    sensitive=False,
    repair=Repair(_tidy_catering, plain=False),
    evidence=30,
    source="餐饮服务许可管理办法 (2010)",
)

CATERING_LICENCE: Final = DocumentKind(
    slug="catering_service_licence",
    family="licences",
    title=Text("餐饮服务许可证", "Catering licence"),
    titles=(Text("餐饮服务许可证", "Catering licence"),),
    aliases=("餐饮许可证", "餐证", "餐饮服务许可证正本", "餐饮服务许可证副本"),
    issuer=Text("食品药品监督管理部门（2015 年停发）", "Food and drug administration (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("许可证号", "证号", "许可证编号", "编号"),
            where=Text(
                "证件上部“许可证号”之后，地名简称加“餐证字”开头。",
                "In the upper part after 许可证号, beginning with the place and 餐证字.",
            ),
            example="沪餐证字2012310106000123",
            rules=(CATERING_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="餐饮服务许可管理办法 (2010)",
)
