"""Cards of residents who are not from the mainland; their numbers have the build of a resident identity number.

Residence permits for Hong Kong, Macao and Taiwan residents: State Council, since 2018-09-01. Foreigners' permanent
residence cards: the edition of 2023 has 18 characters; those of 2004 and 2017, with 15, hold until they expire.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry import clock
from registry.kinds.areas import PROVINCE, place_fact, province_fact
from registry.kinds.checks import icao_check, read_date
from registry.kinds.countries import country, nationality_fact
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import doubtful, impossible, wrong_character, wrong_check, wrong_length
from registry.kinds.resident import (
    DIGITS_18,
    FOREIGNER_18,
    PERMIT_18,
    birth_facts,
    check_birth,
    check_digit,
    is_personal_18,
    mend_x,
    suggest_18,
    written_day,
)
from registry.kinds.shaping import groups, keep, keep_letters
from registry.kinds.slips import best, single_slips
from registry.text import Text

_ALPHABET: Final = Text("数字，末位可为 X", "digits and perhaps a final X")
_PERMIT: Final = Text("居住证上的公民身份号码", "The number of a residence permit")
_BEGINNING: Final = Reason(
    "beginning",
    Text(
        "居住证上的公民身份号码以 810000（香港）、820000（澳门）或 830000（台湾）开头，请对照证件再看一遍。",
        "The number begins with 810000 (Hong Kong), 820000 (Macao) or 830000 (Taiwan). Compare it with the document.",
    ),
)
_HOME: Final = Text("来自", "From")
_HOMES: Final = {
    "81": Text("香港", "Hong Kong"),
    "82": Text("澳门", "Macao"),
    "83": Text("台湾", "Taiwan"),
}


def _strange_characters(name: Text, number: str) -> tuple[Finding, ...]:
    """What is wrong with 18 characters that are not all digits."""
    if DIGITS_18.fullmatch(number):
        return ()
    odd = next((character for character in number[:17] if not ("0" <= character <= "9")), number[17])
    return (impossible(wrong_character(name, odd, _ALPHABET)),)


def _explain_permit(number: str) -> Iterable[Finding]:
    if len(number) != 18:
        return (impossible(wrong_length(_PERMIT, Text("18", "18"), len(number))),)
    if strange := _strange_characters(_PERMIT, number):
        return strange
    if number[:6] not in ("810000", "820000", "830000"):
        return (impossible(_BEGINNING),)
    return tuple(finding for finding in (check_birth(number), check_digit(number)) if finding)


def _is_permit(number: str) -> bool:
    return PERMIT_18.fullmatch(number) is not None and is_personal_18(number)


def _decode_permit(number: str) -> tuple[Fact, ...]:
    return (Fact(_HOME, _HOMES[number[:2]]), *birth_facts(number[6:14], number[14:17]))


HMT_PERMIT_NUMBER: Final = NumberRule(
    slug="hmt_residence_permit",
    title=Text("港澳台居民居住证号码", "Residence permit number (Hong Kong, Macao, Taiwan)"),
    pattern=PERMIT_18,
    shape=_BEGINNING,
    lengths=(18,),
    certain=True,
    explain=_explain_permit,
    checks=(check_birth, check_digit),
    decode=_decode_permit,
    mask=keep(3, 1),
    group=groups(6, 4, 4, 4),
    sensitive=True,
    repair=mend_x,
    suggest=lambda number: suggest_18(number, _is_permit),
    evidence=40,
    telling=PERMIT_18,
    source="State Council, measures of 2018 on residence permits of HMT residents; GB 11643-1999 for the build",
)

HMT_PERMIT: Final = DocumentKind(
    slug="hmt_residence_permit",
    family="identity",
    title=Text("港澳台居民居住证", "Residence permit for Hong Kong, Macao and Taiwan residents"),
    titles=(
        Text("港澳居民居住证", "Residence permit for Hong Kong and Macao residents"),
        Text("台湾居民居住证", "Residence permit for Taiwan residents"),
    ),
    aliases=("居住证", "港澳台居住证", "港澳居住证", "台湾居住证"),
    issuer=Text("县级公安机关", "County public security bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("公民身份号码", "证件号码", "证号", "号码"),
            where=Text(
                "印有照片的一面最下方，“公民身份号码”之后的 18 位，以 810000、820000 或 830000 开头。",
                "At the foot of the side with the photograph, 18 characters after 公民身份号码 "
                "that begin with 810000, 820000 or 830000.",
            ),
            example="810000190108230029",
            rules=(HMT_PERMIT_NUMBER,),
        ),
    ),
    measure="张",
    source="State Council, 2018",
)

_CARD: Final = Text("永久居留身份证号码", "A permanent residence number")
_CARD_LENGTHS: Final = Text("18（2017 版及以前为 15）", "18 (or 15, on cards of 2017 and before)")
_NINE: Final = Reason(
    "beginning",
    Text(
        "2023 版外国人永久居留身份证号码以 9 开头，请对照证件再看一遍。",
        "The number of a card of 2023 begins with 9. Compare it with the document.",
    ),
)
_INSIDE_18: Final = Reason(
    "shape",
    Text(
        "2023 版号码一般为 9、2 位省份代码、3 位国家代码、8 位出生日期、3 位顺序码和 1 位校验码；"
        "如证件确实如此，可以照填。",
        "A number of 2023 is usually 9, two digits of the province, three of the country, eight of the birth date, "
        "three of the order and a check character. If the document really shows this, keep it.",
    ),
)
_BUILD_15: Final = Reason(
    "shape",
    Text(
        "2017 版及以前的号码一般为 3 个字母（国籍）加 12 位数字；如证件确实如此，可以照填。",
        "A number of 2017 or before is usually three letters of the nationality and twelve digits. "
        "If the document really shows this, keep it.",
    ),
)
_ISSUED: Final = Text("签发地", "Issued in")
_BORN: Final = Text("出生日期", "Born")
# A holder born earlier would have been past ninety when the first cards were given out in 2004.
_OLDEST: Final = 1910


def _softened(finding: Finding | None) -> Finding | None:
    """The build inside the number of 2023 is known from one source only, so a fault in it is no proof."""
    return doubtful(finding.reason) if finding else None


def _check_birth_inside(number: str) -> Finding | None:
    return _softened(check_birth(number))


def _explain_18(number: str) -> Iterable[Finding]:
    if len(number) != 18:
        return (impossible(wrong_length(_CARD, _CARD_LENGTHS, len(number))),)
    if strange := _strange_characters(_CARD, number):
        return strange
    if number[0] != "9":
        return (impossible(_NINE),)
    failed = check_digit(number)
    return (failed, doubtful(_INSIDE_18)) if failed else (doubtful(_INSIDE_18),)


def _is_card_18(number: str) -> bool:
    return FOREIGNER_18.fullmatch(number) is not None and is_personal_18(number)


def _decode_18(number: str) -> tuple[Fact, ...]:
    return (
        *nationality_fact(number[3:6]),
        *province_fact(number[1:3], _ISSUED),
        *birth_facts(number[6:14], number[14:17]),
    )


CARD_NUMBER_18: Final = NumberRule(
    slug="foreigner_permanent_residence_18",
    title=Text("外国人永久居留身份证号码（18 位）", "Permanent residence number (18 characters, since 2023)"),
    pattern=FOREIGNER_18,
    shape=_INSIDE_18,
    lengths=(18,),
    explain=_explain_18,
    checks=(_check_birth_inside, check_digit),
    decode=_decode_18,
    mask=keep(3, 1),
    group=groups(6, 4, 4, 4),
    sensitive=True,
    repair=mend_x,
    suggest=lambda number: suggest_18(number, _is_card_18),
    evidence=35,
    telling=FOREIGNER_18,
    source="National Immigration Administration, card of 2023; GB 11643-1999 for the check character",
)

_FORM_15: Final = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
# Three letters and twelve digits are a waybill's too.
_TELLING_15: Final = re.compile(rf"[A-Z]{{3}}{PROVINCE}\d{{4}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d\d", re.ASCII)


def _check_15(number: str) -> Finding | None:
    # Doubtful only: that the digit is made so is one source's word.
    expected = icao_check(number[:14])
    return None if number[14] == expected else doubtful(wrong_check(15, expected))


def _explain_15(number: str) -> Iterable[Finding]:
    if len(number) != 15:
        return (impossible(wrong_length(_CARD, _CARD_LENGTHS, len(number))),)
    return (doubtful(_BUILD_15),)


def _suggest_15(number: str) -> tuple[str, ...]:
    def fits(meant: str) -> bool:
        return _TELLING_15.fullmatch(meant) is not None and bool(country(meant[:3])) and _check_15(meant) is None

    return best(single_slips(number), number, fits) if len(number) == 15 else ()


def _born_15(digits: str) -> tuple[Fact, ...]:
    """The birth date written as YYMMDD, if only one century can be meant."""
    days = (read_date(century + digits) for century in ("19", "20"))
    possible = [day for day in days if day and day.year >= _OLDEST and day <= clock.today()]
    return (Fact(_BORN, written_day(possible[0])),) if len(possible) == 1 else ()


def _decode_15(number: str) -> tuple[Fact, ...]:
    return (*nationality_fact(number[:3]), *place_fact(number[3:7], _ISSUED), *_born_15(number[7:13]))


CARD_NUMBER_15: Final = NumberRule(
    slug="foreigner_permanent_residence_15",
    title=Text("外国人永久居留身份证号码（15 位旧号）", "Permanent residence number (15 characters, before 2023)"),
    pattern=_FORM_15,
    shape=_BUILD_15,
    lengths=(15,),
    explain=_explain_15,
    checks=(_check_15,),
    decode=_decode_15,
    mask=keep_letters(2),
    group=groups(3, 4, 6, 2),
    sensitive=True,
    suggest=_suggest_15,
    evidence=25,
    guess=_TELLING_15,
    telling=_TELLING_15,
    source="Ministry of Public Security, cards of 2004 and 2017; ICAO Doc 9303 for the check digit (one source)",
)

FOREIGNER_CARD: Final = DocumentKind(
    slug="foreigner_permanent_residence",
    family="identity",
    title=Text("外国人永久居留身份证", "Foreign permanent resident identity card"),
    titles=(
        Text("外国人永久居留身份证", "Foreign permanent resident identity card"),
        Text("外国人永久居留证", "Foreigner's permanent residence card"),
    ),
    aliases=("永居证", "永久居留证", "永久居留身份证", "五星卡", "中国绿卡", "绿卡"),
    issuer=Text("国家移民管理局", "National Immigration Administration"),
    numbers=(
        NumberField(
            name="number",
            labels=("证件号码", "编号", "证号", "号码"),
            where=Text(
                "印有照片的一面“证件号码”之后：2023 版 18 位，以 9 开头；2017 版及以前为 3 个字母加 12 位数字。",
                "On the side with the photograph after 证件号码: 18 characters that begin with 9 on cards of 2023, "
                "three letters and twelve digits on older ones.",
            ),
            example="911398199012310021",
            rules=(CARD_NUMBER_18, CARD_NUMBER_15),
        ),
    ),
    measure="张",
    source="National Immigration Administration",
)
