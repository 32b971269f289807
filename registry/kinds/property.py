"""Title papers of land, houses and forests.

Since 2015 one certificate for all: 晋(2019)阳泉市不动产权第0001234号. The papers before it were worded by each place,
of their numbers only the usual build is known, so nothing here is impossible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, PROVINCE_CHARACTER, abbreviated_province_fact, province_fact
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.ordinals import HAN, YEAR, as_ordinal, with_year_in_brackets, year_fact
from registry.kinds.reasons import doubtful
from registry.kinds.shaping import groups, show_all
from registry.text import Text

_ISSUER: Final = Text("自然资源（不动产登记）部门", "Natural resources bureau, real estate registry")
_PLACE: Final = Text("登记地", "Registered in")
_SORT: Final = Text("权利类型", "Sort of right")

_TITLE: Final = re.compile(
    rf"({PROVINCE_CHARACTER}|国)\(20\d{{2}}\)({HAN}{{0,12}}?)(?:不动产权|不动产证明)第\d{{5,9}}号", re.ASCII
)
_TITLE_SHAPE: Final = Reason(
    "shape",
    Text(
        "不动产权证号一般形如“晋(2019)阳泉市不动产权第0001234号”；如证书上确实如此，可以照填。",
        "The number usually looks like 晋(2019)阳泉市不动产权第0001234号. "
        "If the certificate really shows this, keep it.",
    ),
)
_NO_PROVINCE: Final = Reason(
    "province",
    Text(
        "不动产权证号以省份简称开头，例如“晋(2019)…”，请对照证书看看是否漏写。",
        "The number begins with the character of a province. Check on the certificate that it was not left out.",
    ),
)
_NO_BRACKETS: Final = Reason(
    "brackets",
    Text(
        "不动产权证号里的年份有括号，例如“晋(2019)…”，请对照证书看看是否漏写。",
        "The year stands in brackets. Check on the certificate that they were not left out.",
    ),
)
_SHORT: Final = Reason(
    "length",
    Text(
        "“第”和“号”之间一般为 7 位数字，前面的 0 也要写，请对照证书看看是否漏写。",
        "There are usually seven digits, noughts in front and all. Check on the certificate that none was left out.",
    ),
)


def _explain_title(number: str) -> Iterable[Finding]:
    if re.fullmatch(rf"{YEAR}.*不动产.*", number, re.ASCII):
        return (doubtful(_NO_PROVINCE),)
    if re.fullmatch(rf"{PROVINCE_CHARACTER}20\d\d{HAN}.*不动产.*", number, re.ASCII):
        return (doubtful(_NO_BRACKETS),)
    if re.fullmatch(rf"{PROVINCE_CHARACTER}{YEAR}{HAN}*不动产(?:权|证明)第\d{{1,4}}号", number, re.ASCII):
        return (doubtful(_SHORT),)
    return ()


def _decode_title(number: str) -> tuple[Fact, ...]:
    match = _TITLE.fullmatch(number)
    if match is None:
        return ()
    place = (Fact(_PLACE, Text(match[2], match[2])),) if match[2] else ()
    return (*abbreviated_province_fact(match[1]), *place, *year_fact(number))


TITLE_NUMBER: Final = NumberRule(
    slug="real_estate_certificate",
    title=Text("不动产权证号", "Real estate title number"),
    form="text",
    pattern=_TITLE,
    shape=_TITLE_SHAPE,
    worded=True,
    explain=_explain_title,
    decode=_decode_title,
    mask=show_all,
    sensitive=False,
    repair=Repair(as_ordinal, plain=False),
    suggest=lambda number: [form for form in with_year_in_brackets(number) if _TITLE.fullmatch(form)],
    evidence=40,
    source="Ministry of Natural Resources, numbering of real estate certificates (2015)",
)

PRINT_NUMBER: Final = NumberRule(
    slug="real_estate_certificate_print_no",
    title=Text("不动产权证书印制编号", "Print number of a real estate certificate"),
    pattern=re.compile(rf"[DJ]?(?:10|{PROVINCE})\d{{9}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "印制编号一般为 D 加 11 位数字，例如 D44012345678；如证书上确实如此，可以照填。",
            "The print number is usually D and 11 digits, such as D44012345678. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(12, 11),
    decode=lambda number: province_fact(number.lstrip("DJ")[:2]),
    mask=show_all,
    group=lambda number: groups(1, 2, 9)(number) if len(number) == 12 else number,
    sensitive=False,
    evidence=6,
    # Eleven digits that begin with 13 or 15 are telephones.
    guess=re.compile(r"[DJ]\d{11}", re.ASCII),
    source="common knowledge",
)

REAL_ESTATE: Final = DocumentKind(
    slug="real_estate_certificate",
    family="property",
    title=Text("不动产权证书", "Real estate title certificate"),
    titles=(
        Text("不动产权证书", "Real estate title certificate"),
        Text("不动产登记证明", "Real estate registration proof"),
    ),
    aliases=("不动产权证", "不动产证", "不动产证书", "房产证", "不动产证明", "证书编号", "NO D"),
    issuer=_ISSUER,
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "不动产权证号", "证书号", "不动产权证书号", "证明号"),
            where=Text(
                "第一页上方，省份简称、年份、市县、“不动产权第…号”的一整行。",
                "At the top of the first page, the whole line: province, year, place, 不动产权 and the digits.",
            ),
            example="晋(2019)阳泉市不动产权第0001234号",
            rules=(TITLE_NUMBER,),
            required=False,
        ),
        NumberField(
            name="print_number",
            labels=("印制编号", "编号", "证书编号"),
            where=Text(
                "封面内页下方“编号 NO”之后，D 加 11 位数字；没有或不清楚的不填。",
                "At the foot of the inner cover after NO: D and 11 digits. "
                "Leave it empty if there is none or you do not know it.",
            ),
            example="D44012345678",
            rules=(PRINT_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="不动产登记暂行条例 (2015)",
)

_LETTER: Final = re.compile(r"[A-Z]?")


def _decode_house(number: str) -> tuple[Fact, ...]:
    return (*abbreviated_province_fact(_LETTER.sub("", number, count=1)[0]), *year_fact(number))


HOUSE_NUMBER: Final = NumberRule(
    slug="property_ownership_certificate_old",
    title=Text("房屋所有权证号", "Building ownership number"),
    form="text",
    # Nearly every number in words has this form, so one of the words must be of houses.
    pattern=re.compile(rf"(?=.*[房地产屋])[A-Z]?{HAN}{{1,14}}(?:{YEAR}{HAN}{{0,6}})?第[0-9A-Z\-]{{3,20}}号", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "房屋所有权证号一般形如“粤房地权证穗字第0123456789号”；如证件确实如此，可以照填。",
            "The number usually looks like 粤房地权证穗字第0123456789号. If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    decode=_decode_house,
    mask=show_all,
    sensitive=False,
    scanned=True,
    repair=Repair(as_ordinal, plain=False),
    evidence=20,
    guess=re.compile(r".*房.*[权權地证證].*"),
    source="each place worded it in its own way until 2015",
)

HOUSE: Final = DocumentKind(
    slug="property_ownership_certificate_old",
    family="property",
    title=Text("房屋所有权证", "Building ownership certificate"),
    titles=(
        Text("房屋所有权证", "Building ownership certificate"),
        Text("房地产权证", "Real property certificate"),
        Text("房产证", "House certificate"),
        Text("房屋他项权证", "Certificate of another's right in a building"),
        Text("房屋共有权证", "Co-ownership certificate of a building"),
    ),
    aliases=("房权证", "房屋产权证", "房屋所有权证书", "购房合同及房产证", "产权证"),
    issuer=Text("房产管理部门（2015 年停发）", "Housing bureau (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "房权证号", "房产证号", "编号"),
            where=Text(
                "封面或第一页上的“…房权证…字第…号”一整行；不清楚的不填。",
                "On the cover or the first page, the whole line with 房权证 and the digits. "
                "Leave it empty if you do not know it.",
            ),
            example="粤房地权证穗字第0123456789号",
            rules=(HOUSE_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="房屋登记办法 (2008)",
)

_LAND_WORDS: Final = {
    "国用": Text("国有土地使用权", "Use of state land"),
    "集用": Text("集体土地使用权", "Use of collective land"),
    "集建": Text("集体土地建设用地使用权", "Use of collective land for building"),
    "集有": Text("集体土地所有权", "Ownership of collective land"),
    "他项": Text("土地他项权利", "Another's right in land"),
    "宅用": Text("宅基地使用权", "Use of a homestead"),
}
_LAND: Final = re.compile(rf"{HAN}{{1,10}}({'|'.join(_LAND_WORDS)}){YEAR}字?第[0-9A-Z\-]{{1,20}}号", re.ASCII)


def _decode_land(number: str) -> tuple[Fact, ...]:
    match = _LAND.fullmatch(number)
    if match is None:
        return ()
    return (*abbreviated_province_fact(number[0]), Fact(_SORT, _LAND_WORDS[match[1]]), *year_fact(number))


LAND_NUMBER: Final = NumberRule(
    slug="land_use_certificate",
    title=Text("土地使用证号", "Land use number"),
    form="text",
    pattern=_LAND,
    shape=Reason(
        "shape",
        Text(
            "土地使用证号一般形如“京朝国用(2005)第0123号”；如证件确实如此，可以照填。",
            "The number usually looks like 京朝国用(2005)第0123号. If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    decode=_decode_land,
    mask=show_all,
    sensitive=False,
    scanned=True,
    repair=Repair(as_ordinal, plain=False),
    suggest=lambda number: [form for form in with_year_in_brackets(number) if _LAND.fullmatch(form)],
    evidence=30,
    source="each place worded it in its own way until 2015",
)

LAND: Final = DocumentKind(
    slug="land_use_certificate",
    family="property",
    title=Text("土地使用证", "Land use certificate"),
    titles=(
        Text("国有土地使用证", "State land use certificate"),
        Text("集体土地使用证", "Collective land use certificate"),
        Text("集体土地建设用地使用证", "Certificate of collective land for building"),
        Text("宅基地使用证", "Homestead certificate"),
        Text("土地使用证", "Land use certificate"),
        Text("土地他项权利证明书", "Proof of another's right in land"),
    ),
    aliases=("土地证", "国有土地使用权证", "集体土地使用权证", "宅基地证", "国土证"),
    issuer=Text("国土资源部门（2015 年停发）", "Land bureau (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "土地证号", "土地使用证号", "编号", "地号"),
            where=Text(
                "第一页上方的“…国用(…)第…号”一整行；不清楚的不填。",
                "At the top of the first page, the whole line with 国用, the year and the digits. "
                "Leave it empty if you do not know it.",
            ),
            example="京朝国用(2005)第0123号",
            rules=(LAND_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="土地登记办法 (2007)",
)

_FOREST: Final = re.compile(rf"{HAN}{{0,8}}林证字{YEAR}第\d{{3,12}}号", re.ASCII)

FOREST_NUMBER: Final = NumberRule(
    slug="forest_right_certificate",
    title=Text("林权证号", "Forest right number"),
    form="text",
    pattern=_FOREST,
    shape=Reason(
        "shape",
        Text(
            "林权证号一般形如“浙政林证字(2008)第1234567890号”；如证件确实如此，可以照填。",
            "The number usually looks like 浙政林证字(2008)第1234567890号. If the document really shows this, keep it.",
        ),
    ),
    worded=True,
    decode=lambda number: (*abbreviated_province_fact(number[0]), *year_fact(number)),
    mask=show_all,
    sensitive=False,
    repair=Repair(as_ordinal, plain=False),
    suggest=lambda number: [f for f in with_year_in_brackets(number) if _FOREST.fullmatch(f)],
    evidence=35,
    source="forms of forestry bureaus",
)

FOREST: Final = DocumentKind(
    slug="forest_right_certificate",
    family="property",
    title=Text("林权证", "Forest right certificate"),
    titles=(Text("林权证", "Forest right certificate"),),
    aliases=("林权证书", "山林权证", "林权登记证"),
    issuer=Text("林业主管部门（2015 年停发）", "Forestry bureau (none since 2015)"),
    numbers=(
        NumberField(
            name="number",
            labels=("林权证号", "证号", "编号"),
            where=Text(
                "第一页上的“…林证字(…)第…号”一整行；不清楚的不填。",
                "On the first page, the whole line with 林证字, the year and the digits. "
                "Leave it empty if you do not know it.",
            ),
            example="浙政林证字(2008)第1234567890号",
            rules=(FOREST_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="林木和林地权属登记管理办法 (2000)",
)

FAMILY: Final = Family("property", Text("不动产", "Property"), (REAL_ESTATE, HOUSE, LAND, FOREST))
