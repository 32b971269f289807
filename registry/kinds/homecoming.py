"""Permits of Hong Kong, Macao and Taiwan residents for travelling to the mainland.

The first characters are a person's for life; old editions added the count of renewals, so numbers of two lengths
hold side by side. The long and the short form are not taken for one number: they belong to papers of different years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import impossible, wrong_length
from registry.kinds.shaping import keep, keep_letters
from registry.kinds.slips import as_digits, best
from registry.text import Text

_FROM: Final = Text("来自", "From")
_HOMES: Final = {"H": Text("香港", "Hong Kong"), "M": Text("澳门", "Macao")}
_LIFELONG: Final = Text("终身号", "Number for life")
_RENEWALS: Final = Text("换证次数", "Renewals")
_ISSUES: Final = Text("签发次数", "Times issued")
_OFFICE: Final = Text("签发机关代码", "Code of the issuing office")
_NAME: Final = Text("港澳居民来往内地通行证号码", "A permit number")
_LABELS: Final = ("证件号码", "通行证号码", "证号", "号码")

_HOME_RETURN_FORM: Final = re.compile(r"[HM]\d{8}(?:\d{2})?", re.ASCII)
# Booklets of before 1999 are not documented, so nothing longer than the known lengths is certainly wrong.
_HOME_RETURN_SHORT: Final = re.compile(r"[HM](?:\d{1,7}|\d{9})", re.ASCII)


def _plain(number: str) -> Text:
    return Text(number, number)


def _explain_home_return(number: str) -> Iterable[Finding]:
    if not _HOME_RETURN_SHORT.fullmatch(number):
        return ()
    return (impossible(wrong_length(_NAME, Text("9（2013 年以前为 11）", "9 (or 11, before 2013)"), len(number))),)


def _suggest_home_return(number: str) -> tuple[str, ...]:
    meant = number[:1] + as_digits(number[1:])
    return best(iter((meant,)), number, _HOME_RETURN_FORM.fullmatch)


def _decode_home_return(number: str) -> tuple[Fact, ...]:
    renewals = (Fact(_RENEWALS, _plain(str(int(number[9:])))),) if len(number) == 11 else ()
    return (Fact(_FROM, _HOMES[number[0]]), Fact(_LIFELONG, _plain(number[1:9])), *renewals)


HOME_RETURN_NUMBER: Final = NumberRule(
    slug="hk_macau_home_return_permit",
    title=Text("港澳居民来往内地通行证号码", "Home return permit number"),
    pattern=_HOME_RETURN_FORM,
    shape=Reason(
        "shape",
        Text(
            "港澳居民来往内地通行证号码一般为 H（香港）或 M（澳门）加 8 位数字，2013 年以前再加 2 位换证次数；"
            "如证件确实如此，可以照填。",
            "The number is usually H (Hong Kong) or M (Macao) and eight digits, before 2013 with two more for the "
            "renewals. If the document really shows this, keep it.",
        ),
    ),
    lengths=(9, 11),
    explain=_explain_home_return,
    decode=_decode_home_return,
    mask=keep_letters(2),
    sensitive=True,
    suggest=_suggest_home_return,
    evidence=10,
    source="Hong Kong and Macao Affairs Office, November 2017; four published validators agree",
)

HOME_RETURN_PERMIT: Final = DocumentKind(
    slug="hk_macau_home_return_permit",
    family="travel",
    title=Text("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents"),
    titles=(
        Text("港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents"),
        Text("回乡证", "Home return permit"),
        Text("回乡卡", "Home return card"),
    ),
    aliases=("港澳同胞回乡证", "港澳居民通行证"),
    issuer=Text("国家移民管理局（委托中国旅行社受理）", "National Immigration Administration via China Travel Service"),
    numbers=(
        NumberField(
            name="number",
            labels=_LABELS,
            where=Text(
                "卡片正面“证件号码”之后，H 或 M 加 8 位数字；旧卡还有 2 位换证次数。",
                "On the front after 证件号码, H or M and eight digits; old cards add two for the renewals.",
            ),
            example="H12345678",
            rules=(HOME_RETURN_NUMBER,),
        ),
    ),
    measure="张",
    source="National Immigration Administration",
)


def _decode_compatriot(number: str) -> tuple[Fact, ...]:
    issues = (Fact(_ISSUES, _plain(str(int(number[8:10])))),) if len(number) > 8 else ()
    office = (Fact(_OFFICE, _plain(number[11])),) if len(number) > 10 else ()
    return (Fact(_LIFELONG, _plain(number[:8])), *issues, *office)


COMPATRIOT_NUMBER: Final = NumberRule(
    slug="taiwan_compatriot_permit",
    title=Text("台湾居民来往大陆通行证号码", "Taiwan compatriot permit number"),
    pattern=re.compile(r"\d{8}|\d{10}(?:\([0-9A-Z]\))?", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "台湾居民来往大陆通行证号码一般为 8 位数字；2008 年 9 月以前为 10 位，可带括号里的签发机关代码；"
            "一次有效的证件另有编号；如证件确实如此，可以照填。",
            "The number usually has eight digits; before September 2008 ten, perhaps with the code of the office in "
            "brackets; permits for one journey differ. If the document really shows this, keep it.",
        ),
    ),
    lengths=(8, 10, 13),
    decode=_decode_compatriot,
    mask=keep(0, 2),
    sensitive=True,
    evidence=10,
    # Eight or ten digits alone are anything.
    guess=re.compile(r"\d{10}\([0-9A-Z]\)", re.ASCII),
    source="Ministry of Public Security, rule of 2008-09-25 as the press reported it; a published validator",
)

COMPATRIOT_PERMIT: Final = DocumentKind(
    slug="taiwan_compatriot_permit",
    family="travel",
    title=Text("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
    titles=(
        Text("台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
        Text("台胞证", "Taiwan compatriot permit"),
        Text("台胞卡", "Taiwan compatriot card"),
    ),
    aliases=("台湾同胞证", "台湾居民通行证"),
    issuer=Text("公安出入境管理机构及港澳受理机构", "Exit and entry offices and those in Hong Kong and Macao"),
    numbers=(
        NumberField(
            name="number",
            labels=_LABELS,
            where=Text(
                "卡片正面“证件号码”之后的 8 位数字；旧本式证件为 10 位，后面可带括号。",
                "On the front after 证件号码, eight digits; ten on old booklets, perhaps with a bracket behind.",
            ),
            example="12345678",
            rules=(COMPATRIOT_NUMBER,),
        ),
    ),
    measure="张",
    source="National Immigration Administration",
)
