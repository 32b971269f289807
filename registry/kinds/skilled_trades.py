"""Certificates of people who work with current, cranes, boilers, visitors and of skilled workers.

The number for special operations is a T and the resident ID, that for special equipment the resident ID alone since
about 2013: both from practice, so a failing check digit is doubtful only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, PROVINCES, place_fact
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.reasons import doubtful
from registry.kinds.resident import (
    RESIDENT_18,
    RESIDENT_ID_18,
    checks_inside,
    mend_x,
    resident_facts,
    suggest_18,
    suggest_inside,
)
from registry.kinds.shaping import fours, groups, keep, show_all
from registry.kinds.slips import best
from registry.text import Text

_OPERATIONS: Final = re.compile(rf"T{RESIDENT_18.pattern}", re.ASCII)
_WITHOUT_T: Final = Reason(
    "shape",
    Text(
        "操作证号以字母 T 开头，后面是身份证号，请确认没有漏写 T；2010 年以前的旧证如确实如此，可以照填。",
        "The number begins with the letter T before the resident identity number: check that it was not left out. "
        "If an old certificate from before 2010 really shows this, keep it.",
    ),
)


def _explain_operations(number: str) -> Iterable[Finding]:
    return (doubtful(_WITHOUT_T),) if RESIDENT_18.fullmatch(number) else ()


def _suggest_operations(number: str) -> Iterable[str]:
    candidates = (f"T{number}",) if RESIDENT_18.fullmatch(number) else suggest_inside(1)(number)
    return best(iter(candidates), number, lambda meant: _OPERATIONS.fullmatch(meant) is not None and _is_right(meant))


def _is_right(number: str) -> bool:
    return not any(check(number) for check in checks_inside(1))


SPECIAL_OPERATIONS_NUMBER: Final = NumberRule(
    slug="special_operations_certificate",
    title=Text("特种作业操作证号", "Special operations certificate number"),
    pattern=_OPERATIONS,
    shape=Reason(
        "shape",
        Text(
            "特种作业操作证号一般是字母 T 加持证人的 18 位身份证号；2010 年以前的旧证不同，如证件确实如此，可以照填。",
            "The number is usually the letter T and the holder's resident identity number. Certificates from before "
            "2010 differ; if it really shows this, keep it.",
        ),
    ),
    lengths=(19,),
    explain=_explain_operations,
    checks=checks_inside(1, certain=False),
    decode=lambda number: resident_facts(number[1:]),
    mask=keep(3, 1),
    group=groups(1, 6, 4, 4, 4),
    sensitive=True,
    repair=Repair(lambda number: number[:1] + mend_x(number[1:]), plain=False, words=False),
    suggest=_suggest_operations,
    evidence=38,
    telling=_OPERATIONS,
    source="practice; ZWFW C0210-2021 (seen in part) cites GB 11643",
)

_OLD_EQUIPMENT: Final = re.compile(r"TS6[A-Z]{4}\d{5}", re.ASCII)
_EQUIPMENT_INSIDE: Final = checks_inside(0, certain=False)


def _check_equipment(number: str) -> Finding | None:
    if len(number) != 18:
        return None
    return next((finding for check in _EQUIPMENT_INSIDE if (finding := check(number))), None)


def _decode_equipment(number: str) -> tuple[Fact, ...]:
    if len(number) == 18:
        return resident_facts(number)
    return (
        Fact(Text("作业种类代号", "Kind of work"), Text(number[3], number[3])),
        Fact(Text("地区代号", "Area"), Text(number[4:7], number[4:7])),
    )


SPECIAL_EQUIPMENT_NUMBER: Final = NumberRule(
    slug="special_equipment_operator",
    title=Text("特种设备作业人员证编号", "Special equipment operator's number"),
    pattern=re.compile(rf"{RESIDENT_18.pattern}|{_OLD_EQUIPMENT.pattern}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "特种设备作业人员证的编号一般就是持证人的身份证号；旧证为 TS6 加 4 个字母和 5 位数字，"
            "如证件确实如此，可以照填。",
            "The number is usually the holder's resident identity number; old ones are TS6, four letters and five "
            "digits. If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(12, 18),
    checks=(_check_equipment,),
    decode=_decode_equipment,
    mask=keep(3, 1),
    group=lambda number: RESIDENT_ID_18.group(number) if len(number) == 18 else groups(3, 4, 5)(number),
    sensitive=True,
    repair=mend_x,
    suggest=lambda number: suggest_18(number) if len(number) == 18 else (),
    equivalents=RESIDENT_ID_18.equivalents,
    evidence=30,
    guess=_OLD_EQUIPMENT,
    source="TSG Z6001 (old form, two copies of one text); practice for the new",
)

_GUIDE: Final = re.compile(r"(?P<letter>D)-?(?P<area>\d{4})-?(?P<serial>\d{6})|[DL]-?\d{8}", re.ASCII)


def _other_hyphens(number: str) -> tuple[str, ...]:
    """The other ways in which a guide's number is written: D-4403-000123, D4403000123."""
    joined = number.replace("-", "")
    forms = [joined, f"{joined[0]}-{joined[1:]}"]
    if len(joined) == 11:
        forms.append(f"{joined[0]}-{joined[1:5]}-{joined[5:]}")
    return tuple(form for form in forms if form != number)


TOUR_GUIDE_NUMBER: Final = NumberRule(
    slug="tour_guide",
    title=Text("导游证号", "Tour guide's number"),
    form="hyphen",
    pattern=_GUIDE,
    shape=Reason(
        "shape",
        Text(
            "导游证号一般如 D-4403-000123；电子导游证的编号不同，如证件确实如此，可以照填。",
            "The number is usually written like D-4403-000123. Electronic cards have others; "
            "if the card really shows this, keep it.",
        ),
    ),
    decode=lambda number: place_fact(number.replace("-", "")[1:5]),
    mask=show_all,
    sensitive=False,
    equivalents=_other_hyphens,
    evidence=20,
    source="two descriptions, of which one has eight digits and cards show four and six",
)

_SKILLS: Final = {
    "1": Text("一级（高级技师）", "Level 1, senior technician"),
    "2": Text("二级（技师）", "Level 2, technician"),
    "3": Text("三级（高级工）", "Level 3, senior worker"),
    "4": Text("四级（中级工）", "Level 4, intermediate worker"),
    "5": Text("五级（初级工）", "Level 5, junior worker"),
}


def _decode_vocational(number: str) -> tuple[Fact, ...]:
    # Only one description, so nothing is read out of a number that has no province where it says.
    if not number.isdigit() or number[2:4] not in PROVINCES:
        return ()
    year, level = f"20{number[:2]}", _SKILLS.get(number[10])
    if number[:2] > "50":
        year = f"19{number[:2]}"
    return (
        Fact(Text("年份", "Year"), Text(year, year)),
        *place_fact(number[2:6]),
        *((Fact(Text("等级", "Level"), level),) if level else ()),
    )


VOCATIONAL_NUMBER: Final = NumberRule(
    slug="vocational_qualification",
    title=Text("职业资格证书编号", "Vocational qualification number"),
    pattern=re.compile(r"\d{16}|[A-Z]\d{12,18}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "职业资格证书编号一般为 16 位数字，技能等级证书以一个字母开头；如证书上确实如此，可以照填。",
            "A vocational qualification number is usually 16 digits; those of skill levels begin with a letter. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=tuple(range(13, 20)),
    decode=_decode_vocational,
    mask=keep(4, 4),
    group=fours,
    sensitive=False,
    scanned=True,
    evidence=6,
    guess=re.compile(rf"\d{{2}}{PROVINCE}\d{{6}}[1-5]\d{{5}}", re.ASCII),
    source="Ministry of Human Resources; one description, letters from practice",
)

SPECIAL_OPERATIONS: Final = DocumentKind(
    slug="special_operations_certificate",
    family="professions",
    title=Text("特种作业操作证", "Special operations certificate"),
    titles=(
        Text("特种作业操作证", "Special operations certificate"),
        Text("中华人民共和国特种作业操作证", "Special operations certificate of the PRC"),
        Text("建筑施工特种作业操作资格证", "Special operations certificate for building sites"),
    ),
    aliases=("特种作业证", "操作证", "电工证", "焊工证", "高处作业证", "高空作业证", "制冷证"),
    issuer=Text("应急管理部门", "Emergency management department"),
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "操作证号", "证书编号", "编号"),
            where=Text(
                "证件正面“证号”之后：字母 T 加持证人的身份证号。",
                "On the front after 证号: the letter T and the holder's resident identity number.",
            ),
            example="T11010519491231002X",
            rules=(SPECIAL_OPERATIONS_NUMBER,),
        ),
    ),
    measure="张",
    source="Ministry of Emergency Management",
)

SPECIAL_EQUIPMENT: Final = DocumentKind(
    slug="special_equipment_operator",
    family="professions",
    title=Text("特种设备作业人员证", "Special equipment operator's certificate"),
    titles=(
        Text("特种设备作业人员证", "Special equipment operator's certificate"),
        Text("特种设备安全管理和作业人员证", "Special equipment safety management and operator's certificate"),
    ),
    aliases=("特种设备作业证", "叉车证", "电梯证", "锅炉证", "司炉证", "起重机证", "压力容器证"),
    issuer=Text("市场监督管理部门", "Market regulation bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "证号", "档案编号", "编号"),
            where=Text(
                "证件首页“证书编号”之后；新证就是持证人的身份证号，旧证以 TS6 开头。",
                "On the first page after 证书编号: the holder's resident identity number; on old ones it begins "
                "with TS6.",
            ),
            example="11010519491231002X",
            rules=(SPECIAL_EQUIPMENT_NUMBER,),
        ),
    ),
    measure="本",
    source="TSG Z6001",
)

TOUR_GUIDE: Final = DocumentKind(
    slug="tour_guide",
    family="professions",
    title=Text("导游证", "Tour guide's card"),
    titles=(
        Text("导游证", "Tour guide's card"),
        Text("导游员证", "Tour guide's certificate"),
        Text("临时导游证", "Temporary tour guide's card"),
        Text("导游资格证书", "Tour guide's qualification certificate"),
    ),
    aliases=("导游IC卡", "导游资格证", "领队证"),
    issuer=Text("文化和旅游主管部门", "Culture and tourism bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("导游证号", "编号", "证号", "证件编号"),
            where=Text(
                "卡片正面“导游证号”之后，字母 D 或 L 开头。",
                "On the front after 导游证号, beginning with D or L.",
            ),
            example="D-4403-000123",
            rules=(TOUR_GUIDE_NUMBER,),
        ),
    ),
    measure="张",
    source="Ministry of Culture and Tourism",
)

VOCATIONAL_QUALIFICATION: Final = DocumentKind(
    slug="vocational_qualification",
    family="professions",
    title=Text("职业资格证书", "Vocational qualification certificate"),
    titles=(
        Text("职业资格证书", "Vocational qualification certificate"),
        Text("职业技能等级证书", "Skill level certificate"),
        Text("专业技术职务任职资格证书", "Certificate of professional title"),
    ),
    aliases=("职业资格证", "技能等级证书", "技能等级证", "技师证", "技工证", "职称证", "职称证书"),
    issuer=Text("人力资源社会保障部门或评价机构", "Human resources department or assessing body"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "编号", "证书号", "证号"),
            where=Text(
                "证书内页“证书编号”之后，一般为 16 位。",
                "Inside after 证书编号, usually 16 digits.",
            ),
            example="1844010000300123",
            rules=(VOCATIONAL_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="Ministry of Human Resources and Social Security",
)

KINDS: Final = (SPECIAL_OPERATIONS, SPECIAL_EQUIPMENT, TOUR_GUIDE, VOCATIONAL_QUALIFICATION)
