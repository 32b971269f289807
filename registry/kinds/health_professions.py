"""Papers of physicians, nurses and pharmacists.

A physician's qualification number holds the whole resident ID, of 15 digits until about 2000 and of 18 since, behind
nine digits of year, province, grade and class. Physicians from Hong Kong, Macao, Taiwan and abroad have the number of
another document there, so that only what must be a resident ID can be impossible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, place_fact, province_fact
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.reasons import impossible, wrong_length
from registry.kinds.resident import (
    RESIDENT_18,
    RESIDENT_ID_15,
    check_birth_15,
    checks_inside,
    mend_x,
    resident_facts,
    suggest_inside,
)
from registry.kinds.shaping import fours, groups, keep
from registry.kinds.slips import best
from registry.text import Text

_HEAD: Final = 9
_NAME: Final = Text("医师资格证书编码", "A physician's qualification code")
_QUALIFICATION: Final = re.compile(
    rf"(?:19|20)\d{{2}}{PROVINCE}[123]\d{{2}}(?:{RESIDENT_18.pattern}|\d{{15}})", re.ASCII
)
_LIKE_ONE: Final = re.compile(r"(?:19|20)\d{6,28}[\dX]", re.ASCII)
_ISSUED_IN: Final = Text("发证省份", "Issued in")
_YEAR: Final = Text("年份", "Year")
_GRADE: Final = Text("级别", "Grade")
_GRADES: Final = {
    "1": Text("执业医师", "Physician"),
    "2": Text("执业助理医师", "Assistant physician"),
}
_WITH_18, _WITH_15 = _HEAD + 18, _HEAD + 15


def _check_inside(number: str) -> Finding | None:
    if len(number) == _WITH_15:
        return check_birth_15(number[_HEAD:])
    return next((finding for check in checks_inside(_HEAD) if (finding := check(number))), None)


def _explain_qualification(number: str) -> Iterable[Finding]:
    if not _LIKE_ONE.fullmatch(number):
        return ()
    if len(number) in (_WITH_15 + 1, _WITH_18 - 1, _WITH_18 + 1):
        return (impossible(wrong_length(_NAME, Text("27（旧证为 24）", "27 (or 24, on old ones)"), len(number))),)
    return ()


def _decode_qualification(number: str) -> tuple[Fact, ...]:
    grade = _GRADES.get(number[6])
    inside = number[_HEAD:]
    return (
        Fact(_YEAR, Text(number[:4], number[:4])),
        *province_fact(number[4:6], _ISSUED_IN),
        *((Fact(_GRADE, grade),) if grade else ()),
        *(resident_facts(inside) if len(inside) == 18 else RESIDENT_ID_15.decode(inside)),
    )


def _mask_qualification(number: str) -> str:
    # Of anything shorter the first nine would tell more than a year and a province.
    return number[:_HEAD] + "*" * (len(number) - _HEAD) if len(number) >= _WITH_15 else keep(3, 1)(number)


DOCTOR_QUALIFICATION_CODE: Final = NumberRule(
    slug="doctor_qualification",
    title=Text("医师资格证书编码", "Physician's qualification code"),
    pattern=_QUALIFICATION,
    shape=Reason(
        "shape",
        Text(
            "医师资格证书编码一般为 27 位（旧证 24 位）：4 位年份、2 位省份、3 位级别类别，后面是身份证号；"
            "境外人士的不同，如证书上确实如此，可以照填。",
            "A physician's qualification code is usually 27 characters (24 on old ones): the year, two digits of the "
            "province, three of grade and class, then the resident identity number. Foreigners' differ; "
            "if it really shows this, keep it.",
        ),
    ),
    lengths=(_WITH_15, _WITH_18),
    explain=_explain_qualification,
    checks=(_check_inside,),
    decode=_decode_qualification,
    mask=_mask_qualification,
    group=lambda number: groups(9, 6, 4, 4, 4)(number) if len(number) == _WITH_18 else groups(9, 6, 6, 3)(number),
    sensitive=True,
    repair=Repair(lambda number: number[:_HEAD] + mend_x(number[_HEAD:]), plain=False, words=False),
    suggest=lambda number: best(iter(suggest_inside(_HEAD)(number)), number, _QUALIFICATION.fullmatch),
    evidence=45,
    telling=re.compile(rf"(?:19|20)\d{{2}}{PROVINCE}[123]\d{{2}}{RESIDENT_18.pattern}", re.ASCII),
    source="National Health Commission; four agreeing descriptions; GB 11643-1999 for the number inside",
)


def _decode_practising(number: str) -> tuple[Fact, ...]:
    grade = _GRADES.get(number[0])
    return (*((Fact(_GRADE, grade),) if grade else ()), *place_fact(number[3:9]))


DOCTOR_PRACTISING_CODE: Final = NumberRule(
    slug="doctor_practising",
    title=Text("医师执业证书编码", "Physician's practising code"),
    pattern=re.compile(rf"[123]\d{{2}}{PROVINCE}\d{{10}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "医师执业证书编码一般为 15 位数字：3 位级别类别、6 位行政区划代码、6 位顺序号；"
            "如证书上确实如此，可以照填。",
            "A physician's practising code is usually 15 digits: three of grade and class, six of the area and six of "
            "the series. If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(15,),
    decode=_decode_practising,
    mask=keep(5, 2),
    group=groups(3, 6, 6),
    sensitive=False,
    evidence=10,
    source="four agreeing descriptions of the length, one of the parts",
)

NURSE_PRACTISING_NUMBER: Final = NumberRule(
    slug="nurse_practising",
    title=Text("护士执业证书编号", "Nurse's practising number"),
    pattern=re.compile(rf"(?:19|20)\d{{2}}{PROVINCE}\d{{6}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "护士执业证书编号一般为 12 位数字：4 位年份、2 位省份、6 位顺序号；如证书上确实如此，可以照填。",
            "A nurse's practising number is usually 12 digits: the year, two of the province and six of the series. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(12,),
    decode=lambda number: (Fact(_YEAR, Text(number[:4], number[:4])), *province_fact(number[4:6])),
    mask=keep(4, 2),
    group=groups(4, 2, 6),
    sensitive=False,
    evidence=9,
    source="common practice; one description agrees",
)

PHARMACIST_NUMBER: Final = NumberRule(
    slug="pharmacist_certificate",
    title=Text("执业药师证书编号", "Pharmacist's certificate number"),
    pattern=re.compile(r"ZY\d{8}|\d{11,20}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "执业药师证书编号一般为 11 至 20 位数字，或 ZY 加 8 位数字；如证书上确实如此，可以照填。",
            "A pharmacist's certificate number is usually 11 to 20 digits, or ZY and eight. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=tuple(range(10, 21)),
    mask=keep(4, 2),
    group=fours,
    sensitive=False,
    scanned=True,
    evidence=8,
    guess=re.compile(r"ZY\d{8}", re.ASCII),
    source="common practice; no rule was found",
)

DOCTOR_QUALIFICATION: Final = DocumentKind(
    slug="doctor_qualification",
    family="professions",
    title=Text("医师资格证书", "Physician's qualification certificate"),
    titles=(
        Text("医师资格证书", "Physician's qualification certificate"),
        Text("医师资格证", "Physician's qualification"),
    ),
    aliases=("执业医师资格证", "助理医师资格证", "执业医师资格证书", "医生资格证", "医师证"),
    issuer=Text("卫生健康主管部门", "Health commission"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编码", "编码", "证书编号", "编号"),
            where=Text(
                "证书内页“证书编码”之后，一般为 27 位，其中后 18 位是身份证号。",
                "Inside after 证书编码, usually 27 characters, the last 18 being the resident identity number.",
            ),
            example="202444110440524188001010014",
            rules=(DOCTOR_QUALIFICATION_CODE,),
        ),
    ),
    measure="本",
    source="National Health Commission",
)

DOCTOR_PRACTISING: Final = DocumentKind(
    slug="doctor_practising",
    family="professions",
    title=Text("医师执业证书", "Physician's practising certificate"),
    titles=(
        Text("医师执业证书", "Physician's practising certificate"),
        Text("医师执业证", "Physician's practising licence"),
    ),
    aliases=("执业医师证", "医生执业证", "执业助理医师证", "医师执业"),
    issuer=Text("卫生健康主管部门", "Health commission"),
    numbers=(
        NumberField(
            name="number",
            labels=("执业证书编码", "编码", "执业证书编号", "编号", "证书编码"),
            where=Text(
                "证书内页“执业证书编码”之后的 15 位数字；国家卫生健康委网站可按姓名查到。",
                "Inside after 执业证书编码, 15 digits; the commission's site finds it by name.",
            ),
            example="110440106000123",
            rules=(DOCTOR_PRACTISING_CODE,),
        ),
    ),
    measure="本",
    source="National Health Commission",
)

NURSE_PRACTISING: Final = DocumentKind(
    slug="nurse_practising",
    family="professions",
    title=Text("护士执业证书", "Nurse's practising certificate"),
    titles=(
        Text("护士执业证书", "Nurse's practising certificate"),
        Text("护士执业证", "Nurse's practising licence"),
        Text("护士资格证书", "Nurse's qualification certificate"),
    ),
    aliases=("护士证", "护士资格证", "护师证"),
    issuer=Text("卫生健康主管部门", "Health commission"),
    numbers=(
        NumberField(
            name="number",
            labels=("执业证书编号", "编号", "证书编号", "护士执业证书编号"),
            where=Text(
                "证书内页“护士执业证书编号”之后，一般为 12 位数字。",
                "Inside after 护士执业证书编号, usually 12 digits.",
            ),
            example="201944012345",
            rules=(NURSE_PRACTISING_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="National Health Commission",
)

PHARMACIST_CERTIFICATE: Final = DocumentKind(
    slug="pharmacist_certificate",
    family="professions",
    title=Text("执业药师证书", "Pharmacist's certificate"),
    titles=(
        Text("执业药师注册证", "Pharmacist's registration certificate"),
        Text("执业药师资格证书", "Pharmacist's qualification certificate"),
        Text("执业药师职业资格证书", "Pharmacist's professional qualification certificate"),
    ),
    aliases=("执业药师资格证", "执业药师证", "药师证", "执业中药师证"),
    issuer=Text("药品监督管理或人力资源社会保障部门", "Drug administration or human resources department"),
    numbers=(
        NumberField(
            name="number",
            labels=("注册证编号", "证书编号", "编号", "资格证书编号"),
            where=Text(
                "注册证上“注册证编号”之后；资格证书上为“证书编号”或“编号”。",
                "On the registration certificate after 注册证编号, on the qualification after 证书编号 or 编号.",
            ),
            example="442200123456",
            rules=(PHARMACIST_NUMBER,),
        ),
    ),
    measure="本",
    source="National Medical Products Administration; number from common practice",
)

KINDS: Final = (DOCTOR_QUALIFICATION, DOCTOR_PRACTISING, NURSE_PRACTISING, PHARMACIST_CERTIFICATE)
