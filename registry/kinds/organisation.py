"""Licences and certificates of organisations, most of which bear one of their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCES, place_fact
from registry.kinds.bank_permit import BANK_ACCOUNT_PERMIT
from registry.kinds.checks import USCC_ALPHABET
from registry.kinds.credit_code import (
    BUSINESS_REGISTRATION,
    ORGANISATION_CODE,
    UNIFIED_CODE,
    check_uscc,
    decode_uscc,
    suggest_uscc,
)
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.ordinals import HAN, as_ordinal
from registry.kinds.reasons import doubtful, wrong_province
from registry.kinds.shaping import show_all
from registry.kinds.tax import TAX_REGISTRATION
from registry.text import Text

_COPY_MARK: Final = re.compile(r".*?\(?(\d{1,2})-(\d{1,2})\)?", re.ASCII)
_COPY: Final = Text("副本", "Copy")


def _decode_copy(number: str) -> tuple[Fact, ...]:
    match = _COPY_MARK.fullmatch(number)
    if match is None:
        return ()
    count, which = match[1], match[2]
    return (Fact(_COPY, Text(f"{count}-{which}", f"{count}-{which}")),)


COPY_NUMBER: Final = NumberRule(
    slug="business_licence_copy_number",
    title=Text("营业执照证照编号", "Number of a business licence's blank"),
    form="hyphen",
    pattern=re.compile(r"[A-Z]{0,3}\d{5,24}(?:\(\d{1,2}-\d{1,2}\))?|\(?\d{1,2}-\d{1,2}\)?", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "证照编号一般是 5 位以上的数字，有的后面带“(1-1)”，有的只有“1-1”；如执照上确实如此，可以照填。",
            "The number of the blank is usually five digits or more, perhaps with (1-1) behind, or 1-1 alone. "
            "If the licence really shows this, keep it.",
        ),
    ),
    decode=_decode_copy,
    mask=show_all,
    sensitive=False,
    free=True,
    source="each province numbers its blanks in its own way",
)

BUSINESS_LICENCE: Final = DocumentKind(
    slug="business_licence_uscc",
    family="organisation",
    title=Text("营业执照", "Business licence"),
    titles=(
        Text("营业执照", "Business licence"),
        Text("个体工商户营业执照", "Sole trader's business licence"),
        Text("企业法人营业执照", "Company's business licence"),
        Text("合伙企业营业执照", "Partnership's business licence"),
        Text("农民专业合作社法人营业执照", "Farmers' cooperative licence"),
        Text("事业单位法人证书", "Public institution certificate"),
        Text("工会法人资格证书", "Trade union certificate"),
        Text("农村集体经济组织登记证", "Rural collective certificate"),
        Text("统一社会信用代码证书", "Unified social credit code certificate"),
    ),
    aliases=(
        "营业执照正本",
        "营业执照副本",
        "营业执照号",
        "统一社会信用代码证",
        "执照",
        "工商执照",
        "注册号",
        "工商注册号",
        "执照编号",
        "证照编号",
        "正本编号",
        "副本编号",
        "(副本)1-1",
        "副本1-1",
    ),
    issuer=Text("市场监督管理、机构编制等登记机关", "Market regulation, staffing or another registering authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("统一社会信用代码", "注册号", "信用代码", "执照号"),
            where=Text(
                "证照上部“统一社会信用代码”之后的 18 位；2015 年 10 月以前的旧执照是 15 位注册号。",
                "In the upper part after 统一社会信用代码, 18 characters; "
                "licences from before October 2015 show 15 digits after 注册号.",
            ),
            example="91110000600037341L",
            rules=(UNIFIED_CODE, BUSINESS_REGISTRATION),
        ),
        NumberField(
            name="copy_number",
            labels=("证照编号", "副本编号", "正本编号", "执照编号", "编号"),
            where=Text(
                "标题下方或右上角“证照编号”“编号”之后，或“副本”二字之后的“1-1”；没有或不清楚的不填。",
                "Under the title or at the upper right after 证照编号 or 编号, or the 1-1 after 副本. "
                "Leave it empty if there is none or you do not know it.",
            ),
            example="14000002202101010001",
            rules=(COPY_NUMBER,),
            required=False,
        ),
    ),
    copies=("正本", "副本", "正、副本", "副本（1-1）"),
    measure="份",
    source="GB 32100-2015",
)

_OFFICE: Final = Text("颁发机关所在地", "Issuing office in")


def _check_office(number: str) -> Finding | None:
    return None if number[3:5] in PROVINCES else doubtful(wrong_province(_REGISTRATION_NAME, number[3:5]))


def _suggest_registration(number: str) -> Iterable[str]:
    if number[:6].isdigit():
        return (f"组代管{number}",) if CERTIFICATE_REGISTRATION.pattern.fullmatch(f"组代管{number}") else ()
    return ()


_REGISTRATION_NAME: Final = Text("登记号里的机关代码", "The office in a registration number")

CERTIFICATE_REGISTRATION: Final = NumberRule(
    slug="organisation_code_certificate_reg",
    title=Text("组织机构代码证登记号", "Registration number of an organisation code certificate"),
    form="text",
    pattern=re.compile(r"组代管\d{6}-\d{6,7}(?:-\d{1,2})?", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "登记号一般形如“组代管110108-123456-1”；如证件确实如此，可以照填。",
            "The number usually looks like 组代管110108-123456-1. If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    checks=(_check_office,),
    decode=lambda number: place_fact(number[3:9], _OFFICE),
    mask=show_all,
    sensitive=False,
    suggest=_suggest_registration,
    evidence=30,
    source="an issuing system's own rule; the length of the serial is partly from common knowledge",
)

ORGANISATION_CODE_CERTIFICATE: Final = DocumentKind(
    slug="organisation_code_certificate",
    family="organisation",
    title=Text("组织机构代码证", "Organisation code certificate"),
    titles=(
        Text("组织机构代码证", "Organisation code certificate"),
        Text("代码证书", "Code certificate"),
    ),
    aliases=("组织机构代码", "机构代码证", "代码证", "组代管", "登记号", "组织机构代码证正本", "组织机构代码证副本"),
    issuer=Text("质量技术监督部门（2015 年停发）", "Quality supervision bureau (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("代码", "组织机构代码", "机构代码", "代码证号"),
            where=Text(
                "证书正中“代码”之后，8 位数字或字母、一横、1 位校验码。",
                "In the middle after 代码: eight digits or letters, a hyphen and a check character.",
            ),
            example="600037341",
            rules=(ORGANISATION_CODE,),
            required=False,
        ),
        NumberField(
            name="registration",
            labels=("登记号", "登记证号", "证书登记号"),
            where=Text(
                "证书下方“登记号”之后，以“组代管”开头；没有的不填。",
                "At the foot after 登记号, beginning with 组代管. Leave it empty if there is none.",
            ),
            example="组代管110108-123456-1",
            rules=(CERTIFICATE_REGISTRATION,),
            required=False,
        ),
    ),
    copies=("正本", "副本", "正、副本"),
    measure="份",
    source="GB 11714-1997",
)

_CODE_OF_ASSOCIATION: Final = rf"5[1239]\d{{6}}[{USCC_ALPHABET}]{{10}}"
_ASSOCIATION_CODE: Final = re.compile(_CODE_OF_ASSOCIATION, re.ASCII)
_ASSOCIATION_SPELLED: Final = re.compile(rf"[{USCC_ALPHABET}]+(?:[\-.·][{USCC_ALPHABET}]+)+")
_SORT: Final = Text("组织类别", "Kind of organisation")
_SORTS: Final = {
    "51": Text("社会团体", "Association"),
    "52": Text("民办非企业单位", "Private non-profit unit"),
    "53": Text("基金会", "Foundation"),
    "社": Text("社会团体", "Association"),
    "民": Text("民办非企业单位", "Private non-profit unit"),
    "基": Text("基金会", "Foundation"),
}
_OLD_WORD: Final = re.compile(r"(社|民|基)(?:证|政)字")


def _tidy_association(number: str) -> str:
    if _ASSOCIATION_SPELLED.fullmatch(number):
        return re.sub(r"[\-.·]", "", number)
    return as_ordinal(number)


def _check_association(number: str) -> Finding | None:
    return check_uscc(number) if _ASSOCIATION_CODE.fullmatch(number) else None


def _suggest_association(number: str) -> Iterable[str]:
    return [code for code in suggest_uscc(number) if _ASSOCIATION_CODE.fullmatch(code)]


def _decode_association(number: str) -> tuple[Fact, ...]:
    if _ASSOCIATION_CODE.fullmatch(number):
        sort = _SORTS.get(number[:2])
        return (*((Fact(_SORT, sort),) if sort else ()), *decode_uscc(number)[1:])
    word = _OLD_WORD.search(number)
    return (Fact(_SORT, _SORTS[word[1]]),) if word else ()


ASSOCIATION_NUMBER: Final = NumberRule(
    slug="social_organisation_registration",
    title=Text("社会组织登记证号", "Registration number of a social organisation"),
    form="text",
    pattern=re.compile(
        rf"\(?{HAN}{{0,6}}\)?{HAN}{{0,4}}(?:社证字|民证字|基证字|社政字|民政字)第[0-9A-Z]{{3,10}}(?:-\d{{1,3}})?号"
        rf"|{_CODE_OF_ASSOCIATION}",
        re.ASCII,
    ),
    shape=Reason(
        "shape",
        Text(
            "登记证号一般为 51、52、53 开头的 18 位信用代码，旧证形如“社证字第3685号”；如证件确实如此，可以照填。",
            "The number is usually a unified social credit code of 18 characters that begins with 51, 52 or 53, on old "
            "certificates one like 社证字第3685号. If the document really shows this, keep it.",
        ),
    ),
    # The code alone; numbers in words have any length, and are tried whatever it is.
    lengths=(18,),
    checks=(_check_association,),
    decode=_decode_association,
    mask=show_all,
    sensitive=False,
    repair=Repair(_tidy_association, plain=False),
    suggest=_suggest_association,
    evidence=29,
    # A code is guessed to be a credit code, whose rule says what sort of organisation has it.
    guess=re.compile(rf".*{HAN}.*"),
    source="GB 32100-2015; old numbers in words as associations publish them",
)

SOCIAL_ORGANISATION: Final = DocumentKind(
    slug="social_organisation_registration",
    family="organisation",
    title=Text("社会组织登记证书", "Registration certificate of a social organisation"),
    titles=(
        Text("社会团体法人登记证书", "Association's registration certificate"),
        Text("民办非企业单位登记证书", "Private non-profit unit's registration certificate"),
        Text("基金会法人登记证书", "Foundation's registration certificate"),
        Text("社会团体分支机构登记证书", "Registration certificate of an association's branch"),
    ),
    aliases=("社会团体登记证", "民办非企业登记证", "民非登记证", "社团登记证", "基金会登记证"),
    issuer=Text("民政部门", "Civil affairs authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("统一社会信用代码", "登记证号", "登记号", "证号", "编号"),
            where=Text(
                "证书上部“统一社会信用代码”之后的 18 位；旧证是“社证字”“民证字”开头的登记证号。",
                "In the upper part after 统一社会信用代码, 18 characters; old certificates have a number in words "
                "with 社证字 or 民证字.",
            ),
            example="52440000MJ0000018D",
            rules=(ASSOCIATION_NUMBER,),
        ),
    ),
    copies=("正本", "副本", "正、副本"),
    measure="份",
    source="Ministry of Civil Affairs; GB 32100-2015",
)

FAMILY: Final = Family(
    "organisation",
    Text("单位证照", "Organisations' licences"),
    (
        BUSINESS_LICENCE,
        ORGANISATION_CODE_CERTIFICATE,
        TAX_REGISTRATION,
        SOCIAL_ORGANISATION,
        BANK_ACCOUNT_PERMIT,
    ),
)
