"""Papers that say who a person is and where the household is registered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason
from registry.kinds.residence import FOREIGNER_CARD, HMT_PERMIT
from registry.kinds.resident import (
    RESIDENT_18,
    RESIDENT_ID_15,
    RESIDENT_ID_18,
    check_birth,
    check_digit,
    mend_x,
    of_the_holder,
    resident_facts,
    suggest_18,
)
from registry.kinds.shaping import fours, keep
from registry.text import Text

RESIDENT_CARD: Final = DocumentKind(
    slug="resident_id_18",
    family="identity",
    title=Text("居民身份证", "Resident identity card"),
    titles=(
        Text("居民身份证", "Resident identity card"),
        Text("身份证", "Identity card"),
        Text("二代身份证", "Second-generation identity card"),
        Text("第二代居民身份证", "Second-generation resident identity card"),
    ),
    aliases=("公民身份证", "身分证", "一代身份证", "第一代居民身份证"),
    issuer=Text("县级公安机关", "County public security bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("身份证号", "公民身份号码", "证号", "号码"),
            where=Text(
                "印有照片的一面最下方，“公民身份号码”之后的 18 位；记不住时，户口簿上也有。",
                "At the foot of the side with the photograph, 18 characters after 公民身份号码; "
                "the household register shows it too.",
            ),
            example="11010519491231002X",
            rules=(RESIDENT_ID_18, RESIDENT_ID_15),
        ),
    ),
    measure="张",
    source="GB 11643-1999",
)

TEMPORARY_NUMBER: Final = of_the_holder(
    "temporary_resident_id",
    Text("临时居民身份证上的公民身份号码", "Resident identity number on a temporary card"),
    "GB 11643-1999; Ministry of Public Security, measures of 2005 on temporary cards",
)

TEMPORARY_CARD: Final = DocumentKind(
    slug="temporary_resident_id",
    family="identity",
    title=Text("临时居民身份证", "Temporary resident identity card"),
    titles=(
        Text("临时居民身份证", "Temporary resident identity card"),
        Text("临时身份证", "Temporary identity card"),
    ),
    aliases=("临时证",),
    issuer=Text("县级公安机关", "County public security bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("公民身份号码", "身份证号", "证号", "号码"),
            where=Text(
                "证件正面“公民身份号码”之后的 18 位，与居民身份证号相同。",
                "On the front after 公民身份号码, 18 characters: the same number as on the resident identity card.",
            ),
            example="11010519491231002X",
            rules=(TEMPORARY_NUMBER, RESIDENT_ID_15),
        ),
    ),
    measure="张",
    source="Ministry of Public Security, measures of 2005 on temporary cards",
)

HOUSEHOLD_NUMBER: Final = NumberRule(
    slug="household_register",
    title=Text("户号", "Household number"),
    pattern=re.compile(r"\d{9}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "户号一般是 9 位数字；旧户口簿可能是当地编号，如户口簿上确实如此，可以照填。",
            "A household number is usually nine digits; old registers may have a local one. "
            "If the register really shows this, keep it.",
        ),
    ),
    lengths=(9,),
    mask=keep(0, 3),
    group=fours,
    sensitive=True,
    source="common practice; no standard found",
)

HOUSEHOLD_REGISTER: Final = DocumentKind(
    slug="household_register",
    family="identity",
    title=Text("居民户口簿", "Household register"),
    titles=(
        Text("居民户口簿", "Household register"),
        Text("户口簿", "Household booklet"),
        Text("户口本", "Household book"),
        Text("户口页", "Page of a household register"),
        Text("集体户口卡", "Collective household card"),
        Text("常住人口登记卡", "Permanent resident registration sheet"),
    ),
    aliases=("户口", "户籍", "户籍卡", "户籍证明", "集体户口"),
    issuer=Text("户籍所在地派出所", "Police station of the household"),
    numbers=(
        NumberField(
            name="number",
            labels=("户号", "编号", "身份证号"),
            where=Text(
                "首页“户号”之后的数字，一般为 9 位；没有户号的，可以填户主的身份证号，也可以不填。",
                "On the first page after 户号, usually nine digits. Without one, give the householder's resident "
                "identity number or leave it empty.",
            ),
            example="012345678",
            # Notices often print the householder's own number instead.
            rules=(HOUSEHOLD_NUMBER, RESIDENT_ID_18, RESIDENT_ID_15),
            required=False,
        ),
    ),
    copies=("首页", "内页"),
    measure="本",
    source="Ministry of Public Security; the number: common practice",
)


RESIDENCE_NUMBER: Final = of_the_holder(
    "residence_permit",
    Text("居住证上的公民身份号码", "Resident identity number on a residence permit"),
    "Regulations on residence permits, State Council Order 663 (2015); GB 11643-1999",
)

RESIDENCE_CARD_NUMBER: Final = NumberRule(
    slug="residence_permit_card",
    title=Text("居住证、暂住证编号", "Number of the residence permit itself"),
    form="hyphen",
    pattern=re.compile(r"(?=.*\d)[0-9A-Z\-]{4,20}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "居住证、暂住证的编号由各地自定，一般为 4 至 20 位数字或字母；如证件确实如此，可以照填。",
            "Each place numbers its permits in its own way, usually by 4 to 20 digits or letters. "
            "If the permit really shows this, keep it.",
        ),
    ),
    mask=keep(0, 3),
    group=fours,
    sensitive=True,
    free=True,
    source="common practice; no standard found",
)

RESIDENCE_PERMIT: Final = DocumentKind(
    slug="residence_permit",
    family="identity",
    title=Text("居住证", "Residence permit"),
    titles=(
        Text("居住证", "Residence permit"),
        Text("暂住证", "Temporary residence permit"),
    ),
    aliases=("流动人口居住证", "流动人口暂住证", "临时居住证", "居住证件", "居住卡"),
    issuer=Text("居住地公安机关", "Public security authority of the place of residence"),
    numbers=(
        NumberField(
            name="number",
            labels=("公民身份号码", "身份证号", "证号", "号码"),
            where=Text(
                "印有照片的一面“公民身份号码”之后的 18 位，与居民身份证号相同。",
                "On the side with the photograph after 公民身份号码, 18 characters: the same number as on the resident "
                "identity card.",
            ),
            example="11010519491231002X",
            rules=(RESIDENCE_NUMBER, RESIDENT_ID_15),
            required=False,
        ),
        NumberField(
            name="card",
            labels=("居住证号", "居住证编号", "暂住证号", "证件编号", "编号"),
            where=Text(
                "证件本身的编号，“编号”或“居住证号”之后；2016 年以前的暂住证一般都有，没有的不填。",
                "The permit's own number after 编号 or 居住证号; temporary permits of before 2016 usually have one. "
                "Leave it empty if there is none.",
            ),
            example="3101150012345678",
            rules=(RESIDENCE_CARD_NUMBER,),
            required=False,
        ),
    ),
    measure="张",
    source="Regulations on residence permits, State Council Order 663 (2015)",
)


def _holder_faults(number: str) -> Iterable[Finding]:
    """Faults of 18 characters that have the build of a resident identity number; the card's own number has no check."""
    if not RESIDENT_18.fullmatch(number):
        return ()
    return tuple(finding for check in (check_birth, check_digit) if (finding := check(number)))


def _check_holder(number: str) -> Finding | None:
    return next(iter(_holder_faults(number)), None)


def _decode_card(number: str) -> tuple[Fact, ...]:
    return resident_facts(number) if len(number) == 18 else ()


def _group_card(number: str) -> str:
    return RESIDENT_ID_18.group(number) if len(number) == 18 else number


SOCIAL_SECURITY_NUMBER: Final = NumberRule(
    slug="social_security_card",
    title=Text("社会保障卡卡号、社会保障号码", "Social security card or social security number"),
    pattern=re.compile(rf"[0-9A-Z]{{8}}[0-9X]|{RESIDENT_18.pattern}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "社会保障卡卡号一般为 9 位，末位是数字或 X；社会保障号码就是身份证号；如卡上确实如此，可以照填。",
            "A card number is usually nine characters that end with a digit or X; the social security number is the "
            "resident identity number. If the card really shows this, keep it.",
        ),
    ),
    lengths=(9, 18),
    checks=(_check_holder,),
    decode=_decode_card,
    mask=keep(3, 1),
    group=_group_card,
    sensitive=True,
    repair=mend_x,
    suggest=suggest_18,
    # Nine characters can be anything, and the resident card's rule speaks for the 18.
    evidence=0,
    source="Social Insurance Law, Article 58, for the social security number; the card's number: from memory",
)

SOCIAL_SECURITY_CARD: Final = DocumentKind(
    slug="social_security_card",
    family="identity",
    title=Text("社会保障卡", "Social security card"),
    titles=(
        Text("社会保障卡", "Social security card"),
        Text("社保卡", "Social security card"),
        Text("医保卡", "Medical insurance card"),
        Text("劳动保障卡", "Labour security card"),
    ),
    aliases=("市民卡", "社会保险卡", "医疗保险卡"),
    issuer=Text("人力资源和社会保障部门", "Human resources and social security authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("卡号", "社会保障卡卡号", "社会保障号码", "社会保障号", "编号"),
            where=Text(
                "卡面“社会保障卡卡号”或“卡号”之后的 9 位；也可以填“社会保障号码”，即身份证号。",
                "On the front after 卡号, nine characters; or the one after 社会保障号码, which is the resident "
                "identity number.",
            ),
            example="A12345678",
            rules=(SOCIAL_SECURITY_NUMBER,),
            required=False,
        ),
    ),
    measure="张",
    source="Social Insurance Law, Article 58",
)

FAMILY: Final = Family(
    "identity",
    Text("身份证件", "Identity papers"),
    (
        RESIDENT_CARD,
        TEMPORARY_CARD,
        HOUSEHOLD_REGISTER,
        SOCIAL_SECURITY_CARD,
        RESIDENCE_PERMIT,
        HMT_PERMIT,
        FOREIGNER_CARD,
    ),
)
