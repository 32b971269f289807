"""Papers of drivers, vehicles and road haulage.

Licences to operate and certificates of vehicles have the province, 交运管 and a place before 字, then six digits of the
area and six of the series (JT/T 415-2006, whose title alone was found; three real numbers agree). Notices often print
the twelve digits alone.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds import drivers, vehicles
from registry.kinds.areas import PROVINCE_CHARACTER, abbreviated_province_fact, place_fact
from registry.kinds.model import DocumentKind, Fact, Family, NumberField, NumberRule, Reason, Repair
from registry.kinds.ordinals import HAN
from registry.kinds.resident import RESIDENT_18, RESIDENT_ID_18, checks_inside, mend_x, resident_facts, suggest_inside
from registry.kinds.shaping import fours, keep, show_all
from registry.kinds.slips import best
from registry.text import Text

_OFFICE: Final = Text("发证地", "Issued in")
_DIGITS: Final = re.compile(r"\d{12}", re.ASCII)
_ORDINAL: Final = re.compile(r"(.*字)第?(\d{12})号?", re.ASCII)


def _decode(number: str) -> tuple[Fact, ...]:
    match = _DIGITS.search(number)
    return (match and place_fact(match[0][:6], _OFFICE)) or abbreviated_province_fact(number[0], _OFFICE)


def _as_on_the_licence(number: str) -> str:
    """The number without 第 and with 号, which notices add and leave out."""
    match = _ORDINAL.fullmatch(number)
    return f"{match[1]}{match[2]}号" if match else number


OPERATION_LICENCE_NUMBER: Final = NumberRule(
    slug="road_transport_operation_licence",
    title=Text("道路运输经营许可证号", "Road transport operation licence number"),
    form="text",
    pattern=re.compile(rf"{PROVINCE_CHARACTER}交运管许可[\u4e00-\u9fff]{{1,3}}字第?\d{{12}}号?|\d{{12}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "许可证号一般如“粤交运管许可深字440300000001号”，也可只填其中的 12 位数字；如证件确实如此，可以照填。",
            "The number usually ends in 12 digits behind the words 交运管许可; they alone will do. "
            "If the licence really shows this, keep it.",
        ),
    ),
    decode=_decode,
    mask=show_all,
    group=fours,
    sensitive=False,
    repair=Repair(_as_on_the_licence, plain=False),
    evidence=20,
    guess=re.compile(r".*交运管许可.*"),
    source="three real numbers; JT/T 415-2006 (not read)",
)

TRANSPORT_CERTIFICATE_NUMBER: Final = NumberRule(
    slug="road_transport_certificate",
    title=Text("道路运输证号", "Road transport certificate number"),
    form="text",
    pattern=re.compile(rf"{PROVINCE_CHARACTER}?交运管[\u4e00-\u9fff]{{1,3}}字第?\d{{12}}号?|\d{{12}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "证号一般如“粤交运管深字440300123456号”，也可只填其中的 12 位数字；如证件确实如此，可以照填。",
            "The number usually ends in 12 digits behind the words 交运管; they alone will do. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    decode=_decode,
    mask=show_all,
    group=fours,
    sensitive=False,
    repair=Repair(_as_on_the_licence, plain=False),
    evidence=20,
    # Twelve digits alone are anything.
    guess=re.compile(rf".*{HAN}.*"),
    source="one program for the six and six digits; JT/T 415-2006 (not read)",
)


_QUALIFICATION: Final = re.compile(rf"{RESIDENT_18.pattern}\d?", re.ASCII)

QUALIFICATION_NUMBER: Final = NumberRule(
    slug="transport_qualification",
    title=Text("道路运输从业资格证号", "Road transport practitioner's number"),
    pattern=_QUALIFICATION,
    shape=Reason(
        "shape",
        Text(
            "从业资格证号一般就是持证人的身份证号，有的在后面多 1 位；旧证各地不同，如证件确实如此，可以照填。",
            "The number is usually the holder's resident identity number, sometimes with one more digit; old local "
            "ones differ. If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(18, 19),
    checks=checks_inside(0, certain=False),
    decode=lambda number: resident_facts(number[:18]),
    mask=keep(3, 1),
    group=lambda number: RESIDENT_ID_18.group(number) if len(number) == 18 else fours(number),
    sensitive=True,
    repair=mend_x,
    suggest=lambda number: best(iter(suggest_inside(0)(number)), number, _QUALIFICATION.fullmatch),
    equivalents=RESIDENT_ID_18.equivalents,
    source="common practice; GB 11643-1999 for the number inside",
)

OPERATION_LICENCE: Final = DocumentKind(
    slug="road_transport_operation_licence",
    family="transport",
    title=Text("道路运输经营许可证", "Road transport operation licence"),
    titles=(
        Text("道路运输经营许可证", "Road transport operation licence"),
        Text("网络预约出租汽车经营许可证", "Ride-hailing operation licence"),
    ),
    aliases=("运输许可证", "经营许可证", "道路经营许可证", "道路运输许可证"),
    issuer=Text("交通运输主管部门", "Transport bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("许可证号", "经营许可证号", "字号", "证号", "号码", "编号"),
            where=Text(
                "证照上部“×交运管许可×字”之后；可填全文，也可只填 12 位数字。",
                "In the upper part behind the words 交运管许可; the whole text or the 12 digits alone.",
            ),
            example="粤交运管许可深字440300000001号",
            rules=(OPERATION_LICENCE_NUMBER,),
        ),
    ),
    copies=("正本", "副本", "正、副本"),
    measure="份",
    source="JT/T 415-2006",
)

TRANSPORT_CERTIFICATE: Final = DocumentKind(
    slug="road_transport_certificate",
    family="transport",
    title=Text("道路运输证", "Road transport certificate"),
    titles=(
        Text("道路运输证", "Road transport certificate"),
        Text("营运证", "Operation certificate"),
        Text("网约车运输证", "Ride-hailing transport certificate"),
    ),
    aliases=("运输证", "道路运输营运证", "车辆营运证", "网络预约出租汽车运输证"),
    issuer=Text("交通运输主管部门", "Transport bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "道路运输证号", "营运证号", "字号", "编号"),
            where=Text(
                "证件上“×交运管×字”之后；可填全文，也可只填 12 位数字。证件不在手边的，可只填号牌号码。",
                "Behind the words 交运管; the whole text or the 12 digits alone. "
                "Without the certificate at hand, give the plate alone.",
            ),
            example="440300123456",
            rules=(TRANSPORT_CERTIFICATE_NUMBER,),
            required=False,
        ),
        vehicles.PLATE_ON_PAPER,
    ),
    copies=("正本", "副本", "正、副本"),
    measure="本",
    source="JT/T 415-2006",
)

QUALIFICATION: Final = DocumentKind(
    slug="transport_qualification",
    family="transport",
    title=Text("道路运输从业资格证", "Road transport practitioner's certificate"),
    titles=(
        Text("道路运输从业资格证", "Road transport practitioner's certificate"),
        Text("从业资格证", "Practitioner's certificate"),
        Text("道路货物运输从业资格证", "Road haulage practitioner's certificate"),
        Text("道路旅客运输从业资格证", "Passenger transport practitioner's certificate"),
        Text("网络预约出租汽车驾驶员证", "Ride-hailing driver's certificate"),
        Text("巡游出租汽车驾驶员证", "Taxi driver's certificate"),
    ),
    aliases=("货运资格证", "客运资格证", "网约车驾驶员证", "出租车驾驶员证", "服务监督卡"),
    issuer=Text("交通运输主管部门", "Transport bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("从业资格证号", "证号", "证件号码", "编号"),
            where=Text(
                "证件首页“证号”之后，一般就是持证人的身份证号。",
                "On the first page after 证号, usually the holder's resident identity number.",
            ),
            example="11010519491231002X",
            rules=(QUALIFICATION_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="Ministry of Transport; number from common practice",
)

FAMILY: Final = Family(
    "transport",
    Text("驾驶与运输", "Driving and transport"),
    (drivers.DRIVER_LICENCE, *vehicles.KINDS, OPERATION_LICENCE, TRANSPORT_CERTIFICATE, QUALIFICATION),
)
