"""Papers of birth and family, and the disability certificate.

The birth certificate's form (a letter, two digits of the province, seven more) is shared by editions 2 to 7, since
2000. That the letter is the year of printing (A = 2000) is inferred from a press report and dated samples, and the
first edition (1996-1999) had digits only, so little is called impossible here. I and O are real letters of the series.

Marriage papers since 2004 bear a letter (J marriage, L divorce, B before it on a reissue), the area of the registry,
the year and a serial; before, every place had words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry import clock
from registry.kinds.areas import PROVINCE, PROVINCES, place_fact, province_fact
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.reasons import doubtful, impossible, wrong_length, wrong_province
from registry.kinds.resident import RESIDENT_18, RESIDENT_ID_18, checks_inside, resident_facts, suggest_inside
from registry.kinds.shaping import groups, keep, words_only
from registry.text import Text

_NAME: Final = Text("出生医学证明编号", "A birth certificate number")
_SHAPE: Final = Reason(
    "shape",
    Text(
        "出生医学证明编号一般是一个字母加 9 位数字，例如 G140235681；如证件确实如此，可以照填。",
        "A birth certificate number is usually a letter and nine digits, such as G140235681. "
        "If the document really shows this, keep it.",
    ),
)
_FIRST_EDITION: Final = Reason(
    "shape",
    Text(
        "2000 年以后的出生医学证明编号以一个字母开头，请确认没有漏写；1996—1999 年的旧证只有数字，可以照填。",
        "Since 2000 the number begins with a letter: check that it was not left out. Certificates of 1996-1999 have "
        "digits only; keep them as they are.",
    ),
)
_PRINTED: Final = Text("印制年份（推定）", "Printed (inferred)")


def _explain(number: str) -> Iterable[Finding]:
    if re.fullmatch(r"\d+", number, re.ASCII):
        return (doubtful(_FIRST_EDITION),)
    if not re.fullmatch(r"[A-Z]\d+", number, re.ASCII):
        return (doubtful(_SHAPE),)
    if len(number) != 10:
        return (impossible(wrong_length(_NAME, Text("10", "10"), len(number))),)
    if number[1:3] not in PROVINCES:
        return (doubtful(wrong_province(_NAME, number[1:3])),)
    return ()


def _decode(number: str) -> tuple[Fact, ...]:
    year = 2000 + ord(number[0]) - ord("A")
    printed = (Fact(_PRINTED, Text(str(year), str(year))),) if year <= clock.today().year else ()
    return (*printed, *province_fact(number[1:3]))


def _mask(number: str) -> str:
    # A child's number: what remains tells a year and a province, which thousands share.
    if len(number) < 8:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 5) + number[-2:]


BIRTH_CERTIFICATE_NUMBER: Final = NumberRule(
    slug="birth_medical_certificate",
    title=Text("出生医学证明编号", "Birth certificate number"),
    pattern=re.compile(rf"[A-Z]{PROVINCE}\d{{7}}", re.ASCII),
    shape=_SHAPE,
    lengths=(10,),
    explain=_explain,
    decode=_decode,
    mask=_mask,
    group=groups(3, 3, 4),
    sensitive=True,
    evidence=20,
    source="National Health Commission, editions 2 to 7 of the certificate; letter as year: press report",
)

BIRTH_CERTIFICATE: Final = DocumentKind(
    slug="birth_medical_certificate",
    family="civil",
    title=Text("出生医学证明", "Medical certificate of birth"),
    titles=(Text("出生医学证明", "Medical certificate of birth"),),
    aliases=("出生证", "出生证明", "医学出生证明", "出生证明书"),
    issuer=Text("出生医院（国家卫生健康委统一制发）", "Hospital of birth (forms by the National Health Commission)"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "出生医学证明编号", "出生证编号"),
            where=Text(
                "正页上“出生医学证明编号”或“编号”之后，一个字母加 9 位数字。",
                "On the main page after 出生医学证明编号 or 编号: a letter and nine digits.",
            ),
            example="X329999999",
            rules=(BIRTH_CERTIFICATE_NUMBER,),
        ),
    ),
    copies=("正页", "副页", "正、副页"),
    measure="份",
    source="National Health Commission; Ministry of Public Security",
)

_WORDS: Final = Text("字号", "A certificate number")
_TYPE: Final = Text("类别", "Type")
_TYPES: Final = {
    "J": Text("结婚", "Marriage"),
    "L": Text("离婚", "Divorce"),
    "BJ": Text("结婚（补发）", "Marriage (reissued)"),
    "BL": Text("离婚（补发）", "Divorce (reissued)"),
}
_REGISTRY: Final = Text("登记机关所在地", "Registered in")
_YEAR: Final = Text("登记年份", "Year")
_MARRIAGE_FORM: Final = re.compile(
    rf"(?P<type>B?[JL])(?P<area>{PROVINCE}\d{{4}})-(?P<year>(?:19|20)\d{{2}})-(?P<serial>\d{{9}}|\d{{6}})", re.ASCII
)
_MARRIAGE_LOOSE: Final = re.compile(r"(B?[JL]\d{6})[\-.·]?((?:19|20)\d{2})[\-.·]?(\d{9}|\d{6})", re.ASCII)
_MARRIAGE_BUILD: Final = re.compile(r"B?[JL](\d{2})\d{4}-?(?:19|20)\d{2}-?\d+", re.ASCII)


def _explain_marriage(number: str) -> Iterable[Finding]:
    build = _MARRIAGE_BUILD.fullmatch(number)
    if build and build[1] not in PROVINCES:
        return (doubtful(wrong_province(_WORDS, build[1])),)
    return ()


def _decode_marriage(number: str) -> tuple[Fact, ...]:
    parts = _MARRIAGE_FORM.fullmatch(number)
    if not parts:
        return ()
    year = Fact(_YEAR, Text(parts["year"], parts["year"]))
    return (Fact(_TYPE, _TYPES[parts["type"]]), *place_fact(parts["area"], _REGISTRY), year)


def _mask_marriage(number: str) -> str:
    # That somebody is married or divorced is their own affair; an area and a year tell of thousands.
    parts = _MARRIAGE_FORM.fullmatch(number)
    if not parts:
        return words_only(number)
    start, end = parts.start("area"), parts.start("serial")
    return "*" * start + number[start:end] + "*" * (len(number) - end)


def _with_hyphens(number: str) -> str:
    """The number with the hyphens that divide its parts, whose widths are fixed."""
    parts = _MARRIAGE_LOOSE.fullmatch(number)
    return "-".join(parts.groups()) if parts else number


MARRIAGE_NUMBER: Final = NumberRule(
    slug="marriage_certificate",
    title=Text("结婚证、离婚证字号", "Marriage or divorce certificate number"),
    form="hyphen",
    pattern=_MARRIAGE_FORM,
    shape=Reason(
        "shape",
        Text(
            "2004 年以后的字号一般是 J（结婚）或 L（离婚）加 6 位地区、4 位年份、6 位序号，例如 J110101-2010-000001；"
            "如证件确实如此，可以照填。",
            "Since 2004 the number is usually J (marriage) or L (divorce), six digits of the area, four of the year "
            "and six of the serial, such as J110101-2010-000001. If the document really shows this, keep it.",
        ),
    ),
    explain=_explain_marriage,
    decode=_decode_marriage,
    mask=_mask_marriage,
    sensitive=True,
    lengths=(17, 18, 20, 21),
    repair=Repair(_with_hyphens, words=False),
    evidence=30,
    source="Ministry of Civil Affairs, rules on marriage registration (as one web page quotes them)",
)

OLD_MARRIAGE_NUMBER: Final = NumberRule(
    slug="marriage_certificate_before_2004",
    title=Text("结婚证、离婚证旧字号", "Marriage or divorce certificate number before 2004"),
    form="hyphen",
    pattern=re.compile(
        r"(?:\((?:19|20)?\d{2}\))?[\u4e00-\u9fff]{1,14}字(?:\((?:19|20)?\d{2}\))?第?[0-9A-Z\-]{1,14}号?"
    ),
    shape=Reason(
        "shape",
        Text(
            "2004 年以前的字号各地不同，一般是“某字第某号”；如证件确实如此，可以照填。",
            "Before 2004 every place had numbers of its own, usually 字第 and digits. "
            "If the document really shows this, keep it.",
        ),
    ),
    mask=words_only,
    sensitive=True,
    # Hundreds of other papers are numbered with the same words.
    evidence=0,
    source="local practice before 2004",
)

MARRIAGE_CERTIFICATE: Final = DocumentKind(
    slug="marriage_certificate",
    family="civil",
    title=Text("结婚证、离婚证", "Marriage or divorce certificate"),
    titles=(
        Text("结婚证", "Marriage certificate"),
        Text("离婚证", "Divorce certificate"),
        Text("夫妻关系证明书", "Certificate of marital status"),
        Text("解除夫妻关系证明书", "Certificate of dissolved marriage"),
    ),
    aliases=("婚姻登记证", "结婚证书", "离婚证书", "结婚登记证"),
    issuer=Text("县级民政部门婚姻登记机关", "Marriage registry of the county civil affairs bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("字号", "结婚证字号", "离婚证字号", "编号", "证号"),
            where=Text(
                "内页“结婚证字号”或“离婚证字号”之后，以 J、L、BJ 或 BL 开头；婚姻登记机关可以查到。",
                "Inside after 结婚证字号 or 离婚证字号, beginning with J, L, BJ or BL; the marriage registry can look "
                "it up.",
            ),
            example="J110101-2010-000001",
            rules=(MARRIAGE_NUMBER, OLD_MARRIAGE_NUMBER),
            required=False,
        ),
    ),
    measure="本",
    source="Ministry of Civil Affairs",
)

_CARD: Final = Text("残疾人证号", "A disability certificate number")
_CARD_FORM: Final = re.compile(rf"{RESIDENT_18.pattern}[1-7][1-4](?:B\d)?", re.ASCII)
_CARD_BUILD: Final = re.compile(r"\d{17}[\dX]\d{2}(?:B\d)?", re.ASCII)
_FIRST_GENERATION: Final = Reason(
    "shape",
    Text(
        "第二代残疾人证号为身份证号加 1 位类别、1 位等级，共 20 位；一代证是当地编号，如证件确实如此，可以照填。",
        "Since the second generation the number is the resident identity number, a digit of the category and one of "
        "the grade. The first had local numbers; if the document really shows this, keep it.",
    ),
)
_WRONG_CATEGORY: Final = Reason(
    "category",
    Text(
        "第 19 位是残疾类别，应为 1—7，请对照证件再看一遍。",
        "Character 19 is the category of the disability, 1 to 7. Compare it with the document.",
    ),
)
_WRONG_GRADE: Final = Reason(
    "grade",
    Text(
        "第 20 位是残疾等级，应为 1—4，请对照证件再看一遍。",
        "Character 20 is the grade of the disability, 1 to 4. Compare it with the document.",
    ),
)
_CATEGORY: Final = Text("残疾类别", "Category of the disability")
_CATEGORIES: Final = {
    "1": Text("视力", "Sight"),
    "2": Text("听力", "Hearing"),
    "3": Text("言语", "Speech"),
    "4": Text("肢体", "Limbs"),
    "5": Text("智力", "Intellect"),
    "6": Text("精神", "Mind"),
    "7": Text("多重", "Multiple"),
}
_GRADE: Final = Text("残疾等级", "Grade of the disability")
_GRADES: Final = {
    "1": Text("一级", "1 (most severe)"),
    "2": Text("二级", "2"),
    "3": Text("三级", "3"),
    "4": Text("四级", "4 (mildest)"),
}
_REISSUED: Final = Text("补发次数", "Times reissued")
_CHECKS_INSIDE: Final = checks_inside(0)
_SUGGEST_INSIDE: Final = suggest_inside(0)


def _explain_card(number: str) -> Iterable[Finding]:
    if not _CARD_BUILD.fullmatch(number):
        return (doubtful(_FIRST_GENERATION),)
    found = [finding for check in _CHECKS_INSIDE if (finding := check(number))]
    if number[18] not in _CATEGORIES:
        found.append(impossible(_WRONG_CATEGORY))
    if number[19] not in _GRADES:
        found.append(impossible(_WRONG_GRADE))
    if number[:2] not in PROVINCES:
        found.append(doubtful(wrong_province(_CARD, number[:2])))
    return found


def _suggest_card(number: str) -> tuple[str, ...]:
    return tuple(meant for meant in _SUGGEST_INSIDE(number) if _CARD_FORM.fullmatch(meant))


def _decode_card(number: str) -> tuple[Fact, ...]:
    facts = (
        *resident_facts(number[:18]),
        Fact(_CATEGORY, _CATEGORIES[number[18]]),
        Fact(_GRADE, _GRADES[number[19]]),
    )
    return (*facts, Fact(_REISSUED, Text(number[21], number[21]))) if len(number) > 20 else facts


DISABILITY_NUMBER: Final = NumberRule(
    slug="disability_card",
    title=Text("残疾人证号", "Disability certificate number"),
    pattern=_CARD_FORM,
    shape=_FIRST_GENERATION,
    lengths=(20, 22),
    explain=_explain_card,
    checks=_CHECKS_INSIDE,
    decode=_decode_card,
    # The last two digits tell of somebody's health.
    mask=keep(3, 0),
    group=lambda number: f"{RESIDENT_ID_18.group(number[:18])} {number[18:]}" if len(number) > 18 else number,
    sensitive=True,
    suggest=_suggest_card,
    evidence=40,
    telling=_CARD_FORM,
    source="China Disabled Persons' Federation, second-generation certificates; GB 11643-1999",
)

DISABILITY_CERTIFICATE: Final = DocumentKind(
    slug="disability_card",
    family="civil",
    title=Text("残疾人证", "Disability certificate"),
    titles=(
        Text("残疾人证", "Disability certificate"),
        Text("中华人民共和国残疾人证", "Disability certificate of the People's Republic of China"),
    ),
    aliases=("残疾证", "残疾人证书", "残联证"),
    issuer=Text("县级残疾人联合会", "County disabled persons' federation"),
    numbers=(
        NumberField(
            name="number",
            labels=("残疾人证号", "证号", "编号"),
            where=Text(
                "内页“残疾人证号”或“证号”之后，身份证号加 2 位数字，共 20 位；补发的证件再加 B 和 1 位数字。",
                "Inside after 残疾人证号 or 证号: the resident identity number and two digits; reissued certificates "
                "add B and a digit.",
            ),
            example="44052418800101001443",
            rules=(DISABILITY_NUMBER,),
        ),
    ),
    measure="本",
    source="China Disabled Persons' Federation",
)

FAMILY: Final = Family(
    "civil",
    Text("出生、婚姻与残疾", "Birth, marriage and disability"),
    (BIRTH_CERTIFICATE, MARRIAGE_CERTIFICATE, DISABILITY_CERTIFICATE),
)
