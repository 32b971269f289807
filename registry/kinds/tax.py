"""Tax registration certificates, merged into the business licence since October 2015.

Of an organisation the number is six digits of the area and the organisation code, of a sole trader the resident
identity number, with two digits behind it for the shops of one person, or five noughts behind one of 15 digits.
Bureaus also gave out codes of their own, so nothing is impossible here. The two offices of before 2018 print the
number in words (粤国税字…号); the words belong to the paper, not to the taxpayer's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, PROVINCES, place_fact
from registry.kinds.checks import organisation_check
from registry.kinds.credit_code import is_organisation, suggest_organisation
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.ordinals import HAN, simplified
from registry.kinds.reasons import doubtful, wrong_check, wrong_province
from registry.kinds.resident import (
    PERSONAL_18,
    RESIDENT_15,
    RESIDENT_ID_15,
    is_personal_18,
    is_resident_15,
    resident_facts,
)
from registry.kinds.shaping import groups, keep, show_all
from registry.text import Text

_NAME: Final = Text("税务登记证号", "A tax registration number")
_SHAPE: Final = Reason(
    "shape",
    Text(
        "税务登记证号一般为 15 位：6 位行政区划代码加 9 位组织机构代码；个体户为身份证号加 2 位数字。"
        "如证件确实如此，可以照填。",
        "A tax registration number is usually 6 digits of the area and the 9 of the organisation code, or for a sole "
        "trader the resident identity number and 2 digits. If the document really shows this, keep it.",
    ),
)
_IN_WORDS: Final = re.compile(rf"(?:{HAN}|[()])*字第?([0-9A-Z]{{15,20}})号?")
_AREA: Final = Text("登记地", "Registered in")
_CODE: Final = Text("组织机构代码", "Organisation code")
_GROUP_15: Final = groups(6, 9)
_GROUP_20: Final = groups(6, 8, 4, 2)


def _without_words(number: str) -> str:
    match = _IN_WORDS.fullmatch(simplified(number))
    return match[1] if match else number


def _check_area(number: str) -> Finding | None:
    return None if number[:2] in PROVINCES else doubtful(wrong_province(_NAME, number[:2]))


def _check_organisation(number: str) -> Finding | None:
    expected = organisation_check(number[6:14])
    return None if number[14] == expected else doubtful(wrong_check(15, expected))


def _decode(number: str) -> tuple[Fact, ...]:
    inner = f"{number[6:14]}-{number[14]}"
    code = (Fact(_CODE, Text(inner, inner)),) if is_organisation(number[6:]) else ()
    return (*place_fact(number[:6], _AREA), *code)


def _suggest(number: str) -> Iterable[str]:
    return [number[:6] + code for code in suggest_organisation(number[6:])] if number[:2] in PROVINCES else ()


TAX_NUMBER: Final = NumberRule(
    slug="tax_registration",
    title=Text("税务登记证号（单位）", "Tax registration number of an organisation"),
    pattern=re.compile(r"\d{6}[0-9A-Z]{8}[0-9X]", re.ASCII),
    shape=_SHAPE,
    lengths=(15,),
    checks=(_check_area, _check_organisation),
    decode=_decode,
    mask=show_all,
    group=_GROUP_15,
    sensitive=False,
    scanned=True,
    repair=Repair(_without_words, plain=False),
    suggest=_suggest,
    evidence=6,
    guess=re.compile(rf"{PROVINCE}\d{{4}}[0-9A-Z]{{8}}[0-9X]", re.ASCII),
    source="organisation code: GB 11714-1997; build of the number: several tax bureaus",
)


def _check_person(number: str) -> Finding | None:
    if _is_first_generation(number):
        return None if is_resident_15(number[:15]) else doubtful(_SHAPE)
    return None if is_personal_18(number[:18]) else doubtful(_NOT_A_PERSON)


def _is_first_generation(number: str) -> bool:
    return len(number) == 15 or (number.endswith("00000") and not is_personal_18(number[:18]))


def _decode_person(number: str) -> tuple[Fact, ...]:
    return RESIDENT_ID_15.decode(number[:15]) if _is_first_generation(number) else resident_facts(number[:18])


_NOT_A_PERSON: Final = Reason(
    "check_digit",
    Text(
        "个体户税号的前 18 位应为身份证号，现在与身份证号的规则不符，请对照证件逐位再看一遍。",
        "The first 18 characters of a sole trader's number are a resident identity number; these are none. "
        "Compare each with the document.",
    ),
)

TAX_NUMBER_OF_PERSON: Final = NumberRule(
    slug="tax_registration_person",
    title=Text("税务登记证号（个体户）", "Tax registration number of a sole trader"),
    pattern=re.compile(rf"(?:{PERSONAL_18.pattern})(?:\d{{2}})?|(?:{RESIDENT_15.pattern})(?:0{{5}})?", re.ASCII),
    shape=_SHAPE,
    lengths=(20, 18, 15),
    checks=(_check_person,),
    decode=_decode_person,
    mask=keep(3, 1),
    group=lambda number: _GROUP_20(number) if len(number) == 20 else number,
    sensitive=True,
    repair=Repair(_without_words, plain=False),
    evidence=20,
    # Shorter ones are the resident number itself, whose own rule speaks for it.
    guess=re.compile(rf"{PROVINCE}\d{{15}}[\dX]\d{{2}}", re.ASCII),
    telling=re.compile(rf"(?:{PERSONAL_18.pattern})\d{{2}}", re.ASCII),
    source="GB 11643-1999; build of the number: several tax bureaus",
)

TAX_REGISTRATION: Final = DocumentKind(
    slug="tax_registration",
    family="organisation",
    title=Text("税务登记证", "Tax registration certificate"),
    titles=(
        Text("税务登记证", "Tax registration certificate"),
        Text("国税税务登记证", "State tax registration certificate"),
        Text("地税税务登记证", "Local tax registration certificate"),
        Text("临时税务登记证", "Temporary tax registration certificate"),
    ),
    aliases=("国税登记证", "地税登记证", "税务登记证正本", "税务登记证副本", "税务证"),
    issuer=Text("国家税务局、地方税务局（2015 年停发）", "State or local tax bureau (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("税务登记证号", "税号", "纳税人识别号", "税务登记号", "税字号", "登记证号", "证号", "号码"),
            where=Text(
                "证件上部，“纳税人识别号”“税号”或“…税字…号”处的 15 位数字或字母；个体户为 20 位。",
                "In the upper part after 纳税人识别号 or 税号, 15 digits or letters; 20 on a sole trader's.",
            ),
            example="440106799655058",
            rules=(TAX_NUMBER, TAX_NUMBER_OF_PERSON),
        ),
    ),
    copies=("正本", "副本", "正、副本"),
    measure="份",
    source="State Taxation Administration; merged into the business licence in 2015",
)
