"""Papers and plates of vehicles.

Plates: GA 36-2018 as four programs agree on it; the standard itself was not read. Motorcycles have the same form;
plates of the army, the armed police and of the years before 1992 have others, so only an I or O in the serial, which
no plate has, is impossible. Vehicle identification numbers: GB 16735, ISO 3779; cars built for Europe need not keep
the check character, and until 1997 any frame number would do, so nothing about them is more than doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from registry import clock
from registry.kinds.areas import PROVINCE, PROVINCE_CHARACTER, abbreviated_province_fact, province_fact
from registry.kinds.checks import vin_check
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason
from registry.kinds.other import FREE_NUMBER
from registry.kinds.reasons import doubtful, impossible, wrong_character, wrong_check, wrong_length
from registry.kinds.shaping import groups, show_all
from registry.kinds.slips import best, doubled_or_dropped, single_slips
from registry.text import Text

_SERIAL: Final = "[A-HJ-NP-Z0-9]"
_CLEAN_SMALL: Final = rf"[A-HJK]{_SERIAL}\d{{4}}"
_CLEAN_LARGE: Final = r"\d{5}[A-HJK]"
_PLATE: Final = re.compile(
    rf"{PROVINCE_CHARACTER}[A-HJ-Z]{_SERIAL}{{4}}(?:{_SERIAL}|[学警挂试超港澳领])"
    rf"|{PROVINCE_CHARACTER}[A-HJ-NP-Z](?:{_CLEAN_SMALL}|{_CLEAN_LARGE})"
    r"|使\d{6}|\d{6}使",
    re.ASCII,
)
_WITH_I_OR_O: Final = re.compile(rf"{PROVINCE_CHARACTER}[A-Z][A-Z0-9]{{4,5}}[A-Z0-9学警挂试超港澳领]", re.ASCII)
_I_AND_O: Final = str.maketrans("IO", "10")
_PLATE_NAME: Final = Text("号牌序号", "The serial of a plate")
_USES: Final = {
    "学": Text("教练车", "Driving school"),
    "警": Text("警车", "Police"),
    "挂": Text("挂车", "Trailer"),
    "试": Text("试验车", "Vehicle on trial"),
    "超": Text("特型车", "Oversize vehicle"),
    "港": Text("粤港直通", "Hong Kong"),
    "澳": Text("粤澳直通", "Macao"),
    "领": Text("领事馆", "Consulate"),
    "使": Text("大使馆", "Embassy"),
}
_USE: Final = Text("号牌种类", "Kind of plate")
_CLEAN: Final = Text("新能源汽车", "New energy vehicle")


def _explain_plate(number: str) -> Iterable[Finding]:
    odd = next((character for character in number[2:] if character in "IO"), None)
    if odd and _WITH_I_OR_O.fullmatch(number):
        return (
            impossible(
                wrong_character(_PLATE_NAME, odd, Text("数字和 I、O 以外的字母", "digits and letters but I and O"))
            ),
        )
    return ()


def _suggest_plate(number: str) -> Iterable[str]:
    candidates = iter((number[:2] + number[2:].translate(_I_AND_O),))
    return best(candidates, number, _PLATE.fullmatch)


def _decode_plate(number: str) -> tuple[Fact, ...]:
    use = _CLEAN if len(number) == 8 else _USES.get(number[-1], _USES.get(number[0]))
    uses = (Fact(_USE, use),) if use else ()
    if not (province := abbreviated_province_fact(number[0])):
        return uses
    return (*province, Fact(Text("发牌机关代号", "Issuing office"), Text(number[1], number[1])), *uses)


def _group_plate(number: str) -> str:
    return f"{number[:2]} {number[2:]}" if _PLATE.fullmatch(number) and not number[0].isdigit() else number


def _mask_plate(number: str) -> str:
    hidden = min(2, len(number))
    return number[: len(number) - hidden] + "*" * hidden


LICENCE_PLATE: Final = NumberRule(
    slug="licence_plate",
    title=Text("号牌号码", "Licence plate number"),
    pattern=_PLATE,
    shape=Reason(
        "shape",
        Text(
            "号牌号码一般是省份简称、一个字母和 5 位序号（新能源汽车 6 位），例如粤A12345；"
            "军队、武警等的号牌格式不同，如号牌确实如此，可以照填。",
            "A plate is usually the character of a province, a letter and a serial of five (six for new energy "
            "vehicles). Plates of the army and the armed police differ; if it really shows this, keep it.",
        ),
    ),
    lengths=(7, 8),
    explain=_explain_plate,
    decode=_decode_plate,
    mask=_mask_plate,
    group=_group_plate,
    sensitive=False,
    suggest=_suggest_plate,
    evidence=35,
    telling=_WITH_I_OR_O,
    source="GA 36-2018 after four programs; not read itself",
)

_VIN: Final = re.compile(r"[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}", re.ASCII)
_VIN_NAME: Final = Text("车辆识别代号", "A vehicle identification number")
_VIN_ALPHABET: Final = Text("数字和 I、O、Q 以外的大写字母", "digits and capital letters other than I, O and Q")
_MISREAD: Final = str.maketrans("IOQ", "100")
_OTHER_FRAME: Final = Reason(
    "check_digit",
    Text(
        "第 9 位与其他各位推算的校验码不符；欧洲生产的进口车可能如此，否则请对照证件逐位再看一遍。",
        "Character 9 is not the check character of the others. Cars built for Europe may have such a number; "
        "otherwise compare each character with the document.",
    ),
)
_YEARS: Final = "ABCDEFGHJKLMNPRSTVWXY123456789"
_COUNTRIES: Final = {
    "1": Text("美国", "United States"),
    "2": Text("加拿大", "Canada"),
    "3": Text("墨西哥", "Mexico"),
    "4": Text("美国", "United States"),
    "5": Text("美国", "United States"),
    "J": Text("日本", "Japan"),
    "L": Text("中国", "China"),
    "W": Text("德国", "Germany"),
}


def _check_vin(number: str) -> Finding | None:
    expected = vin_check(number)
    if number[8] == expected:
        return None
    # GB 16735 demands the check character of what is built here; elsewhere not everybody keeps it.
    return doubtful(wrong_check(9, expected) if number[0] == "L" else _OTHER_FRAME)


def _explain_vin(number: str) -> Iterable[Finding]:
    if not re.fullmatch(r"[A-Z0-9]+", number):
        return ()
    if len(number) != 17:
        return (doubtful(wrong_length(_VIN_NAME, Text("17", "17"), len(number))),) if len(number) > 13 else ()
    odd = next((character for character in number if character in "IOQ"), None)
    return (doubtful(wrong_character(_VIN_NAME, odd, _VIN_ALPHABET) if odd else _OTHER_FRAME),)


def _is_vin(number: str) -> bool:
    return _VIN.fullmatch(number) is not None and vin_check(number) == number[8]


def _suggest_vin(number: str) -> Iterable[str]:
    def candidates() -> Iterator[str]:
        plain = number.translate(_MISREAD)
        yield plain
        yield from doubled_or_dropped(plain, 17)
        yield from single_slips(plain)

    return best(candidates(), number, _is_vin) if 16 <= len(number) <= 18 else ()


def _decode_vin(number: str) -> tuple[Fact, ...]:
    facts = []
    if country := _COUNTRIES.get(number[0]):
        facts.append(Fact(Text("生产国", "Built in"), country))
    facts.append(Fact(Text("制造厂代号", "Maker's code"), Text(number[:3], number[:3])))
    # Whoever keeps the check character keeps the year too; the letters begin again after thirty years.
    if vin_check(number) == number[8] and number[9] in _YEARS:
        year = 1980 + _YEARS.index(number[9])
        later = year + 30
        written = f"{year}"
        if later <= clock.today().year + 1:
            facts.append(Fact(Text("年款", "Model year"), Text(f"{later} 或 {written}", f"{later} or {written}")))
        else:
            facts.append(Fact(Text("年款", "Model year"), Text(written, written)))
    facts.append(Fact(Text("装配厂代号", "Plant code"), Text(number[10], number[10])))
    return tuple(facts)


VIN: Final = NumberRule(
    slug="vin",
    title=Text("车辆识别代号（车架号）", "Vehicle identification number"),
    pattern=_VIN,
    shape=Reason(
        "shape",
        Text(
            "车辆识别代号一般为 17 位数字和字母；1997 年以前的车架号没有统一格式，如证件确实如此，可以照填。",
            "A vehicle identification number has 17 digits and letters. Frame numbers from before 1997 have no common "
            "form; if the document really shows this, keep it.",
        ),
    ),
    lengths=(17,),
    explain=_explain_vin,
    checks=(_check_vin,),
    decode=_decode_vin,
    mask=show_all,
    group=groups(3, 6, 4, 4),
    sensitive=False,
    suggest=_suggest_vin,
    evidence=28,
    # Digits alone could be a VIN and never are; a lawyer's or a teacher's number of 17 passes one time in eleven.
    guess=re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9]{17}"),
    telling=re.compile(r"(?=.*[A-Z].*[A-Z])[A-HJ-NPR-Z0-9]{13}\d{4}", re.ASCII),
    source="GB 16735-2019; ISO 3779",
)

VEHICLE_LICENCE_NUMBER: Final = NumberRule(
    slug="vehicle_licence",
    title=Text("行驶证编号", "Vehicle licence number"),
    pattern=re.compile(rf"{PROVINCE}[\dX]\d{{10}}|{PROVINCE}\d{{10}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "行驶证的证芯编号一般为 13 位，档案编号一般为 12 位，都以省份代码开头；如证件确实如此，可以照填。",
            "The core number of a vehicle licence usually has 13 characters and its file number 12; both begin with "
            "the code of a province. If the licence really shows this, keep it.",
        ),
    ),
    lengths=(12, 13),
    decode=lambda number: province_fact(number[:2]),
    mask=show_all,
    group=lambda number: groups(*(4, 4, 4) if len(number) == 12 else (3, 5, 5))(number),
    sensitive=False,
    evidence=6,
    # Thirteen digits are a seal's code far more often than a core number.
    guess=re.compile(rf"{PROVINCE}(?:X\d{{10}}|\d{{10}})", re.ASCII),
    source="two descriptions of the core number; its check character is unknown",
)

REGISTRATION_CERTIFICATE_NUMBER: Final = NumberRule(
    slug="vehicle_registration_certificate",
    title=Text("机动车登记证书编号", "Vehicle registration certificate number"),
    pattern=re.compile(rf"{PROVINCE}\d{{10}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "登记证书编号一般为 12 位数字，以省份代码开头；如证书上确实如此，可以照填。",
            "The number of a registration certificate is usually 12 digits that begin with the code of a province. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(12,),
    decode=lambda number: province_fact(number[:2]),
    mask=show_all,
    group=groups(4, 4, 4),
    sensitive=False,
    evidence=6,
    source="one description; common practice",
)


def _plate_field(where: Text) -> NumberField:
    return NumberField(
        name="plate",
        labels=("号牌号码", "车牌号码", "车牌号", "车号", "车牌"),
        where=where,
        example="粤A12345",
        rules=(LICENCE_PLATE,),
        required=False,
    )


PLATE_ON_PAPER: Final = _plate_field(
    Text(
        "证件上“号牌号码”“车辆号牌”或“车牌号”之后，从省份简称填起，中间的点不用填。",
        "After 号牌号码, 车辆号牌 or 车牌号, from the character of the province on; the dot may be left out.",
    )
)

VEHICLE_LICENCE: Final = DocumentKind(
    slug="vehicle_licence",
    family="transport",
    title=Text("机动车行驶证", "Vehicle licence"),
    titles=(
        Text("机动车行驶证", "Motor vehicle licence"),
        Text("行驶证", "Vehicle licence"),
        Text("行驶证副页", "Second page of a vehicle licence"),
    ),
    aliases=("行车证", "行车执照", "行驶本", "行车本"),
    issuer=Text("公安机关交通管理部门车辆管理所", "Vehicle management office of the traffic police"),
    numbers=(
        PLATE_ON_PAPER,
        NumberField(
            name="number",
            labels=("证芯编号", "档案编号", "编号", "证号"),
            where=Text(
                "副页条形码下面的 13 位证芯编号，或副页“档案编号”之后的 12 位；证件不在手边的，只填号牌号码。",
                "On the second page, the 13 characters under the bar code or the 12 digits after 档案编号. "
                "Without the licence at hand, give the plate alone.",
            ),
            example="4470012345678",
            rules=(VEHICLE_LICENCE_NUMBER,),
            required=False,
        ),
        NumberField(
            name="vin",
            labels=("车辆识别代号", "车架号", "车辆识别代码"),
            where=Text(
                "正页“车辆识别代号”之后的 17 位；购车发票、登记证书和挡风玻璃左下角也有。",
                "On the main page after 车辆识别代号, 17 characters; also on the sales invoice, the registration "
                "certificate and behind the windscreen.",
            ),
            example="LSVAB4184KN000001",
            rules=(VIN,),
            required=False,
        ),
    ),
    copies=("正页", "副页", "正、副页"),
    measure="本",
    source="Ministry of Public Security, GA 37 (form of the licence, not read)",
)

VEHICLE_REGISTRATION_CERTIFICATE: Final = DocumentKind(
    slug="vehicle_registration_certificate",
    family="transport",
    title=Text("机动车登记证书", "Vehicle registration certificate"),
    titles=(
        Text("机动车登记证书", "Motor vehicle registration certificate"),
        Text("登记证书", "Registration certificate"),
    ),
    aliases=("大绿本", "绿本", "车辆登记证", "机动车登记证", "车辆登记证书", "汽车登记证"),
    issuer=Text("公安机关交通管理部门车辆管理所", "Vehicle management office of the traffic police"),
    numbers=(
        NumberField(
            name="number",
            labels=("机动车登记证书编号", "登记证书编号", "编号", "证书编号"),
            where=Text(
                "封面内页右上角条形码下面的 12 位数字；证书不在手边的，可只填号牌号码。",
                "Top right of the first page, 12 digits under the bar code. "
                "Without the certificate at hand, give the plate alone.",
            ),
            example="440012345678",
            rules=(REGISTRATION_CERTIFICATE_NUMBER,),
            required=False,
        ),
        PLATE_ON_PAPER,
    ),
    measure="本",
    source="Ministry of Public Security; one description of the number",
)

PLATES: Final = DocumentKind(
    slug="licence_plate",
    family="transport",
    title=Text("机动车号牌", "Licence plates"),
    titles=(
        Text("机动车号牌", "Motor vehicle plates"),
        Text("号牌", "Plates"),
        Text("车牌", "Number plates"),
        Text("临时行驶车号牌", "Temporary plates"),
    ),
    aliases=("车牌号", "牌照", "车辆牌照", "车牌照", "临牌"),
    issuer=Text("公安机关交通管理部门车辆管理所", "Vehicle management office of the traffic police"),
    numbers=(
        NumberField(
            name="number",
            labels=("号牌号码", "车牌号", "车牌号码"),
            where=Text(
                "号牌上的全部字符，从省份简称填起，中间的点不用填；行驶证上也有。",
                "Everything on the plate from the character of the province on, without the dot; "
                "the vehicle licence shows it too.",
            ),
            example="粤A12345",
            rules=(LICENCE_PLATE,),
        ),
    ),
    copies=("一副", "前号牌一块", "后号牌一块", "一块"),
    measure="块",
    source="GA 36-2018",
)

CONFORMITY_CERTIFICATE: Final = DocumentKind(
    slug="vehicle_conformity_certificate",
    family="transport",
    title=Text("机动车合格证", "Vehicle conformity certificate"),
    titles=(
        Text("机动车整车出厂合格证", "Conformity certificate of a complete vehicle"),
        Text("车辆合格证", "Vehicle conformity certificate"),
        Text("汽车合格证", "Car conformity certificate"),
    ),
    aliases=("车辆合格证车架号", "车辆识别代号", "车架号", "VIN码", "大架号", "合格证", "车辆一致性证书"),
    issuer=Text("车辆生产企业", "Maker of the vehicle"),
    numbers=(
        NumberField(
            name="vin",
            labels=("车架号", "车辆识别代号", "VIN码", "大架号"),
            where=Text(
                "合格证上“车辆识别代号”之后的 17 位。",
                "On the certificate after 车辆识别代号, 17 characters.",
            ),
            example="LSVAB4184KN000001",
            rules=(VIN,),
            required=False,
        ),
        NumberField(
            name="number",
            labels=("合格证编号", "编号"),
            where=Text(
                "合格证右上方“合格证编号”之后。",
                "In the upper right after 合格证编号.",
            ),
            example="WAB0A1234567890",
            rules=(FREE_NUMBER,),
            required=False,
        ),
    ),
    measure="张",
    source="GB 16735-2019 for the vehicle's number; the certificate's own is the maker's",
)

KINDS: Final = (VEHICLE_LICENCE, VEHICLE_REGISTRATION_CERTIFICATE, PLATES, CONFORMITY_CERTIFICATE)
