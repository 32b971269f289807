"""Licences to run a trade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, PROVINCE_CHARACTER, PROVINCES, abbreviated_province_fact, place_fact
from registry.kinds.credit_code import check_organisation, is_organisation
from registry.kinds.food_licences import (
    CATERING_LICENCE,
    CIRCULATION_PERMIT,
    FOOD_BUSINESS,
    FOOD_PRODUCTION,
    PRODUCTION_PERMIT,
)
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.ordinals import HAN, YEAR, as_ordinal, with_year_in_brackets, year_fact
from registry.kinds.reasons import doubtful, impossible, wrong_length, wrong_province
from registry.kinds.shaping import groups, show_all
from registry.text import Text

_COPIES: Final = ("正本", "副本", "正、副本")
_AREA: Final = Text("发证地", "Issued in")
_YEAR: Final = Text("年份", "Year")

_HYGIENE: Final = re.compile(
    rf"{HAN}{{1,6}}(?:卫公证字|卫公字|卫证字|卫食证字|卫水证字|食卫证字){YEAR}第[0-9A-Z\-]{{2,20}}号", re.ASCII
)

HYGIENE_NUMBER: Final = NumberRule(
    slug="hygiene_licence",
    title=Text("卫生许可证号", "Hygiene licence number"),
    form="text",
    pattern=_HYGIENE,
    shape=Reason(
        "shape",
        Text(
            "卫生许可证号一般形如“粤卫公证字(2024)第0385号”；如证件确实如此，可以照填。",
            "The number usually looks like 粤卫公证字(2024)第0385号. If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    decode=lambda number: (*abbreviated_province_fact(number[0], _AREA), *year_fact(number)),
    mask=show_all,
    sensitive=False,
    scanned=True,
    repair=Repair(as_ordinal, plain=False),
    suggest=lambda number: [form for form in with_year_in_brackets(number) if _HYGIENE.fullmatch(form)],
    evidence=30,
    source="numbers on licences; each place words them in its own way",
)

HYGIENE_LICENCE: Final = DocumentKind(
    slug="hygiene_licence",
    family="licences",
    title=Text("卫生许可证", "Hygiene licence"),
    titles=(
        Text("卫生许可证", "Hygiene licence"),
        Text("公共场所卫生许可证", "Hygiene licence of a public place"),
        Text("食品卫生许可证", "Food hygiene licence"),
    ),
    aliases=("卫生证", "供水单位卫生许可证", "卫生许可证正本", "卫生许可证副本"),
    issuer=Text("县级卫生健康行政部门", "County health commission"),
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "许可证号", "编号", "许可证编号"),
            where=Text(
                "证件上部，地名简称加“卫公证字”等字样开头的一行。",
                "In the upper part, the line that begins with the place and 卫公证字 or similar words.",
            ),
            example="粤卫公证字(2024)第0385号",
            rules=(HYGIENE_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="公共场所卫生管理条例",
)

_TOBACCO_NAME: Final = Text("烟草专卖许可证号", "A tobacco licence number")
_TOBACCO_SHAPE: Final = Reason(
    "shape",
    Text(
        "烟草专卖零售许可证号为 12 位数字：6 位地区、1 位类别、5 位顺序号；如证件确实如此，可以照填。",
        "The number is 12 digits: six of the area, one of the sort of holder and five of the series. "
        "If the document really shows this, keep it.",
    ),
)
_HOLDER: Final = Text("持证人类别", "Sort of holder")
_HOLDERS: Final = {"1": Text("个体工商户", "Sole trader"), "2": Text("企业", "Company")}


def _explain_tobacco(number: str) -> Iterable[Finding]:
    if not (number.isascii() and number.isdigit()):
        return (doubtful(_TOBACCO_SHAPE),)
    if len(number) != 12:
        return (impossible(wrong_length(_TOBACCO_NAME, Text("12", "12"), len(number))),)
    if number[:2] not in PROVINCES:
        return (impossible(wrong_province(_TOBACCO_NAME, number[:2])),)
    return (doubtful(_TOBACCO_SHAPE),)


def _decode_tobacco(number: str) -> tuple[Fact, ...]:
    holder = _HOLDERS.get(number[6])
    return (*place_fact(number[:6], _AREA), *((Fact(_HOLDER, holder),) if holder else ()))


TOBACCO_NUMBER: Final = NumberRule(
    slug="tobacco_retail_licence",
    title=Text("烟草专卖零售许可证号", "Tobacco retail licence number"),
    pattern=re.compile(rf"{PROVINCE}\d{{4}}[1-9]\d{{5}}", re.ASCII),
    shape=_TOBACCO_SHAPE,
    lengths=(12,),
    certain=True,
    explain=_explain_tobacco,
    decode=_decode_tobacco,
    mask=show_all,
    group=groups(6, 6),
    sensitive=False,
    evidence=4,
    guess=re.compile(rf"{PROVINCE}\d{{4}}[12]\d{{5}}", re.ASCII),
    source="State Tobacco Monopoly Administration; printed on every carton as the last 12 characters",
)

TOBACCO_LICENCE: Final = DocumentKind(
    slug="tobacco_retail_licence",
    family="licences",
    title=Text("烟草专卖零售许可证", "Tobacco retail licence"),
    titles=(Text("烟草专卖零售许可证", "Tobacco retail licence"),),
    aliases=("烟草证", "烟草许可证", "烟草专卖证", "烟草专卖许可证", "烟证"),
    issuer=Text("烟草专卖局", "Tobacco monopoly bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("许可证号", "证号", "许可证编号", "编号"),
            where=Text(
                "证件上部“许可证号”之后的 12 位数字；每条烟上喷的 32 位码，最后 12 位也是它。",
                "In the upper part after 许可证号, 12 digits; they are also the last 12 of the code on every carton.",
            ),
            example="440106100123",
            rules=(TOBACCO_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="烟草专卖许可证管理办法",
)

_DRUG: Final = re.compile(rf"{PROVINCE_CHARACTER}(?:[A-D][AB](?:\d{{9}}|\d{{7}})|[1-4]\d{{6}})", re.ASCII)
_TRADE: Final = Text("经营类别", "Line of business")
_TRADES: Final = {
    "A": Text("药品批发", "Wholesale"),
    "B": Text("药品零售连锁总部", "Head office of a chain"),
    "C": Text("药品零售连锁门店", "Shop of a chain"),
    "D": Text("单体药店", "Single shop"),
}
_PERSON: Final = Text("法人资格", "Legal person")
_PERSONS: Final = {"A": Text("是", "Yes"), "B": Text("否", "No")}

_MARKS: Final = re.compile(r"[()\-.]")


def _tidy_drug(number: str) -> str:
    return _MARKS.sub("", number)


def _decode_drug(number: str) -> tuple[Fact, ...]:
    province = abbreviated_province_fact(number[0], _AREA)
    if number[1] not in _TRADES:
        return province
    return *province, Fact(_TRADE, _TRADES[number[1]]), Fact(_PERSON, _PERSONS[number[2]])


DRUG_NUMBER: Final = NumberRule(
    slug="drug_business_licence",
    title=Text("药品经营许可证编号", "Drug business licence number"),
    form="text",
    pattern=_DRUG,
    shape=Reason(
        "shape",
        Text(
            "药品经营许可证编号一般为省份简称、两个字母、7 位或 9 位数字，例如粤DA7550123；如证件确实如此，可以照填。",
            "The number is usually the character of a province, two letters and 7 or 9 digits, such as 粤DA7550123. "
            "If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    decode=_decode_drug,
    mask=show_all,
    sensitive=False,
    repair=Repair(_tidy_drug, plain=False),
    evidence=20,
    # Seven digits after a province could be much else.
    guess=re.compile(rf"{PROVINCE_CHARACTER}[A-D][AB][\d\-]+", re.ASCII),
    source="药品经营许可证管理办法; provincial rules of 2024 for 9 digits",
)

DRUG_LICENCE: Final = DocumentKind(
    slug="drug_business_licence",
    family="licences",
    title=Text("药品经营许可证", "Drug business licence"),
    titles=(Text("药品经营许可证", "Drug business licence"),),
    aliases=("药品经营企业许可证", "GSP证书", "药品许可证", "药品经营许可证正本", "药品经营许可证副本"),
    issuer=Text("药品监督管理部门", "Drug administration"),
    numbers=(
        NumberField(
            name="number",
            labels=("许可证编号", "证号", "编号", "许可证号"),
            where=Text(
                "证件上部“许可证编号”或“证号”之后，以省份简称开头。",
                "In the upper part after 许可证编号 or 证号, beginning with the character of the province.",
            ),
            example="粤DA7550123",
            rules=(DRUG_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="药品经营许可证管理办法",
)

_GROUP_22: Final = groups(9, 6, 2, 4, 1)
_SORT: Final = Text("机构类别", "Sort of institution")
_SORTS: Final = {
    "A": Text("医院", "Hospital"),
    "B": Text("社区卫生服务中心（站）", "Community health centre"),
    "C": Text("卫生院", "Township health centre"),
    "D": Text("门诊部、诊所、卫生室", "Clinic"),
    "E": Text("急救中心（站）", "Emergency centre"),
    "G": Text("妇幼保健院（所、站）", "Maternal and child health centre"),
}
_CODE: Final = Text("组织机构代码", "Organisation code")


def _check_institution(number: str) -> Finding | None:
    # PDY stands where an institution had no organisation code.
    if len(number) != 22 or number.startswith("PDY"):
        return None
    failed = check_organisation(number[:9])
    return doubtful(failed.reason) if failed else None


def _decode_institution(number: str) -> tuple[Fact, ...]:
    if len(number) != 22:
        return place_fact(number[:6], _AREA)
    inner = f"{number[:8]}-{number[8]}"
    sort = _SORTS.get(number[17])
    return (
        *((Fact(_CODE, Text(inner, inner)),) if is_organisation(number[:9]) else ()),
        *place_fact(number[9:15], _AREA),
        *((Fact(_SORT, sort),) if sort else ()),
    )


_INSTITUTION: Final = rf"[0-9A-Z]{{9}}{PROVINCE}\d{{6}}[A-Z]\d{{4}}"

INSTITUTION_NUMBER: Final = NumberRule(
    slug="medical_institution_licence",
    title=Text("医疗机构登记号", "Medical institution's registration number"),
    pattern=re.compile(rf"{_INSTITUTION}|{PROVINCE}(?:\d{{10}}|\d{{13,16}})", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "医疗机构登记号一般为 22 位：9 位机构代码、6 位地区、2 位经济类型、4 位机构类别、1 位分类；诊所有 12 位的。"
            "如证件确实如此，可以照填。",
            "The number usually has 22 characters: nine of the organisation code, six of the area, then seven of what "
            "sort the institution is; clinics may have 12. If the document really shows this, keep it.",
        ),
    ),
    lengths=(22, 12, 15, 16, 17, 18),
    checks=(_check_institution,),
    decode=_decode_institution,
    mask=show_all,
    group=lambda number: _GROUP_22(number) if len(number) == 22 else number,
    sensitive=False,
    scanned=True,
    evidence=25,
    # The shorter forms are like any number that begins with a province.
    guess=re.compile(_INSTITUTION, re.ASCII),
    telling=re.compile(_INSTITUTION, re.ASCII),
    source="医疗机构管理条例实施细则; WS 218 for the sorts",
)

MEDICAL_INSTITUTION: Final = DocumentKind(
    slug="medical_institution_licence",
    family="licences",
    title=Text("医疗机构执业许可证", "Medical institution's licence"),
    titles=(
        Text("医疗机构执业许可证", "Medical institution's licence"),
        Text("诊所备案凭证", "Clinic's filing certificate"),
    ),
    aliases=("医疗机构许可证", "医疗许可证", "医疗机构执业许可证正本", "医疗机构执业许可证副本"),
    issuer=Text("卫生健康行政部门", "Health commission"),
    numbers=(
        NumberField(
            name="number",
            labels=("登记号", "许可证号", "证号", "编号"),
            where=Text(
                "证件上部“登记号”之后，一般 22 位；诊所备案凭证是备案编号。",
                "In the upper part after 登记号, usually 22 characters.",
            ),
            example="45586008244010611A1001",
            rules=(INSTITUTION_NUMBER,),
        ),
    ),
    copies=_COPIES,
    measure="份",
    source="医疗机构管理条例",
)

_CCC: Final = re.compile(r"20\d{14}", re.ASCII)
_PRODUCT: Final = Text("产品类别代码", "Class of product")


def _decode_certification(number: str) -> tuple[Fact, ...]:
    if not _CCC.fullmatch(number):
        return ()
    return Fact(_YEAR, Text(number[:4], number[:4])), Fact(_PRODUCT, Text(number[6:10], number[6:10]))


CERTIFICATION_NUMBER: Final = NumberRule(
    slug="quality_certification",
    title=Text("认证证书编号", "Certification number"),
    form="text",
    pattern=re.compile(r"20\d{14}|(?=.*\d)[0-9A-Z\-]{5,24}(?:/\d{1,4})?", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "认证证书编号一般为 5 位以上的数字或字母，强制性产品认证为 16 位数字；如证书上确实如此，可以照填。",
            "A certification number usually has five digits or letters or more, that of a compulsory certification "
            "16 digits. If the certificate really shows this, keep it.",
        ),
    ),
    decode=_decode_certification,
    mask=show_all,
    sensitive=False,
    free=True,
    source="CCC: Certification and Accreditation Administration; others: each certification body",
)

CERTIFICATION: Final = DocumentKind(
    slug="quality_certification",
    family="licences",
    title=Text("认证证书", "Certification"),
    titles=(
        Text("质量管理体系认证证书", "Quality management certificate"),
        Text("中国国家强制性产品认证证书", "Compulsory product certificate"),
        Text("环境管理体系认证证书", "Environmental management certificate"),
        Text("有机产品认证证书", "Organic product certificate"),
        Text("认证证书", "Certification"),
    ),
    aliases=("CCC证书", "3C证书", "ISO9001证书", "体系认证证书", "产品认证证书"),
    issuer=Text("认证机构", "Certification body"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "编号", "证书号", "注册号"),
            where=Text(
                "证书上部“证书编号”之后；没有的不填。",
                "In the upper part after 证书编号. Leave it empty if there is none.",
            ),
            example="2016010901123456",
            rules=(CERTIFICATION_NUMBER,),
            required=False,
        ),
    ),
    measure="份",
    source="认证认可条例",
)

FAMILY: Final = Family(
    "licences",
    Text("行业许可证", "Trade licences"),
    (
        FOOD_BUSINESS,
        FOOD_PRODUCTION,
        PRODUCTION_PERMIT,
        CIRCULATION_PERMIT,
        CATERING_LICENCE,
        HYGIENE_LICENCE,
        TOBACCO_LICENCE,
        DRUG_LICENCE,
        MEDICAL_INSTITUTION,
        CERTIFICATION,
    ),
)
