"""Passports and travel permits.

Their numbers have no check digit of their own; the machine-readable lines add one that no notice prints. After the
first letter of a Chinese passport or permit I and O are not used. Several generations hold side by side, and new
series will come, so only the length of a known series is certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from registry.kinds.homecoming import COMPATRIOT_PERMIT, HOME_RETURN_PERMIT
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import impossible, wrong_length
from registry.kinds.shaping import keep_letters
from registry.kinds.slips import as_digits, best
from registry.text import Text

_PASSPORT: Final = Text("护照号", "A passport number")
_PERMIT: Final = Text("通行证号码", "A permit number")
_NINE: Final = Text("9", "9")
_SERIES: Final = Text("版本", "Edition")
_TYPE: Final = Text("护照种类", "Type of passport")
_FROM: Final = Text("来自", "From")
_HONG_KONG, _MACAO = Text("香港", "Hong Kong"), Text("澳门", "Macao")
_NO_I_O: Final = Reason(
    "character",
    Text(
        "第 2 位不用字母 I 和 O，可能是数字 1 或 0，请对照证件再看一遍。",
        "The second character is never I or O; it may be the digit 1 or 0. Compare it with the document.",
    ),
)
_MASK: Final = keep_letters(2)


def _shape(zh: str, en: str) -> Reason:
    return Reason(
        "shape",
        Text(f"{zh}；如证件确实如此，可以照填。", f"{en} If the document really shows this, keep it."),
    )


def _explain(
    name: Text, known: str, lengths: tuple[int, ...], wanted: Text = _NINE
) -> Callable[[str], Iterable[Finding]]:
    """What is certainly wrong with a number that begins like a `known` series (a regular expression)."""
    series = re.compile(rf"{known}\d*", re.ASCII)

    def explain(number: str) -> Iterable[Finding]:
        if re.fullmatch(r"[A-Z][IO]\d*", number, re.ASCII) and series.fullmatch(number[0] + number[2:]):
            return (impossible(_NO_I_O),)
        if series.fullmatch(number) and len(number) not in lengths:
            return (impossible(wrong_length(name, wanted, len(number))),)
        return ()

    return explain


def _suggest(pattern: re.Pattern[str]) -> Callable[[str], tuple[str, ...]]:
    """Numbers of this form for which letters were typed that look like digits."""

    def suggest(number: str) -> tuple[str, ...]:
        meant = (number[:kept] + as_digits(number[kept:]) for kept in (1, 2, 0))
        return best(iter(meant), number, pattern.fullmatch)

    return suggest


def _by_prefix(name: Text, values: dict[str, Text]) -> Callable[[str], tuple[Fact, ...]]:
    """What the beginning of a number tells; of two beginnings that fit the longer one."""
    longest_first = sorted(values, key=len, reverse=True)

    def decode(number: str) -> tuple[Fact, ...]:
        return next(((Fact(name, values[prefix]),) for prefix in longest_first if number.startswith(prefix)), ())

    return decode


_ELECTRONIC: Final = Text("电子护照（2012 年 5 月起）", "Electronic passport (since May 2012)")
_ELECTRONIC_LETTER: Final = Text("电子护照（2017 年起的号段）", "Electronic passport (series since 2017)")
_OLDER: Final = Text("更早的护照", "Older passport")
_ORDINARY_FORM: Final = re.compile(r"E[0-9A-HJ-NP-Z]\d{7}|G\d{8}|1[45]\d{7}", re.ASCII)

ORDINARY_PASSPORT_NUMBER: Final = NumberRule(
    slug="passport_ordinary",
    title=Text("普通护照号", "Ordinary passport number"),
    pattern=_ORDINARY_FORM,
    shape=_shape(
        "普通护照号一般为 9 位：E 或 E 加一个字母、G 之后是数字，更早的是 14、15 开头的数字",
        "An ordinary passport number usually has nine characters: E, E with another letter or G and digits, or, "
        "on older passports, digits that begin with 14 or 15.",
    ),
    lengths=(9,),
    explain=_explain(_PASSPORT, "(?:E[A-HJ-NP-Z]?|G)", (9,)),
    decode=_by_prefix(
        _SERIES,
        {
            **{f"E{letter}": _ELECTRONIC_LETTER for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"},
            "E": _ELECTRONIC,
            "G": Text("机读护照（2012 年以前）", "Machine-readable passport (before 2012)"),
            "14": _OLDER,
            "15": _OLDER,
        },
    ),
    mask=_MASK,
    sensitive=True,
    suggest=_suggest(_ORDINARY_FORM),
    evidence=12,
    source="National Immigration Administration; three published validators agree",
)

_NUMBER_LABELS: Final = ("证件号码", "通行证号码", "证号", "号码")

ORDINARY_PASSPORT: Final = DocumentKind(
    slug="passport_ordinary",
    family="travel",
    title=Text("普通护照", "Ordinary passport"),
    titles=(
        Text("护照", "Passport"),
        Text("普通护照", "Ordinary passport"),
        Text("中华人民共和国普通护照", "Ordinary passport of the People's Republic of China"),
        Text("因私护照", "Private passport"),
        Text("因私普通护照", "Private ordinary passport"),
    ),
    aliases=("中国护照", "中华人民共和国护照"),
    issuer=Text("国家移民管理局（公安出入境管理机构）", "National Immigration Administration (exit and entry office)"),
    numbers=(
        NumberField(
            name="number",
            labels=("护照号", "护照号码", "证号", "号码"),
            where=Text(
                "资料页右上角“护照号”之后的 9 位，例如 E 或 EA 开头；复印件、旧签证上也有。",
                "At the top right of the data page, nine characters that begin with E or EA, for instance; "
                "copies and old visas show it too.",
            ),
            example="E12345678",
            rules=(ORDINARY_PASSPORT_NUMBER,),
        ),
    ),
    measure="本",
    source="National Immigration Administration",
)

_DIPLOMATIC: Final = Text("外交护照", "Diplomatic passport")
_SERVICE: Final = Text("公务护照", "Service passport")
_PUBLIC_AFFAIRS: Final = Text("公务普通护照", "Public affairs passport")
_OFFICIAL_FORM: Final = re.compile(r"[DSP]E\d{7}|[DSP]\d{7,8}", re.ASCII)

OFFICIAL_PASSPORT_NUMBER: Final = NumberRule(
    slug="passport_official",
    title=Text("外交、公务、公务普通护照号", "Diplomatic, service or public affairs passport number"),
    pattern=_OFFICIAL_FORM,
    shape=_shape(
        "因公护照号一般以 DE、SE、PE 加 7 位数字，或 D、S、P 加 7 至 8 位数字组成",
        "An official passport number is usually DE, SE or PE and seven digits, or D, S or P and seven or eight.",
    ),
    lengths=(8, 9),
    explain=_explain(_PASSPORT, "[DSP]E?", (8, 9), Text("9（旧护照也有 8）", "9 (or 8, on old passports)")),
    decode=_by_prefix(_TYPE, {"D": _DIPLOMATIC, "S": _SERVICE, "P": _PUBLIC_AFFAIRS}),
    mask=_MASK,
    sensitive=True,
    suggest=_suggest(_OFFICIAL_FORM),
    evidence=12,
    source="Ministry of Foreign Affairs; two published validators agree",
)

OFFICIAL_PASSPORT: Final = DocumentKind(
    slug="passport_official",
    family="travel",
    title=Text("外交、公务、公务普通护照", "Diplomatic, service or public affairs passport"),
    titles=(
        _PUBLIC_AFFAIRS,
        _SERVICE,
        _DIPLOMATIC,
        Text("因公普通护照", "Ordinary passport for official business"),
        Text("因公护照", "Passport for official business"),
    ),
    aliases=("公务普通护照（因公）", "因公出国护照"),
    issuer=Text("外交部及其委托的机关", "Ministry of Foreign Affairs and authorities it commissions"),
    numbers=(
        NumberField(
            name="number",
            labels=("护照号码", "护照号", "证号", "号码"),
            where=Text(
                "资料页右上角“护照号”之后，以 D、S 或 P 开头；单位外事部门也有登记。",
                "At the top right of the data page, beginning with D, S or P; the employer's foreign affairs office "
                "keeps it too.",
            ),
            example="PE1234567",
            rules=(OFFICIAL_PASSPORT_NUMBER,),
        ),
    ),
    measure="本",
    source="Ministry of Foreign Affairs",
)

_SAR_FORM: Final = re.compile(r"K\d{8}|KJ\d{7}|H\d{8}|HJ\d{7}|M[AB]\d{7}", re.ASCII)

SAR_PASSPORT_NUMBER: Final = NumberRule(
    slug="passport_sar",
    title=Text("特别行政区护照号", "SAR passport number"),
    pattern=_SAR_FORM,
    shape=_shape(
        "特别行政区护照号一般为 9 位：香港以 K、KJ、H 或 HJ 开头，澳门以 MA 或 MB 开头",
        "A SAR passport number usually has nine characters: K, KJ, H or HJ and digits for Hong Kong, MA or MB for "
        "Macao.",
    ),
    lengths=(9,),
    decode=_by_prefix(_FROM, {"K": _HONG_KONG, "H": _HONG_KONG, "M": _MACAO}),
    mask=_MASK,
    sensitive=True,
    suggest=_suggest(_SAR_FORM),
    evidence=5,
    source="one published validator for K and MA; KJ, H, HJ, MB: from memory",
)

SAR_PASSPORT: Final = DocumentKind(
    slug="passport_sar",
    family="travel",
    title=Text("香港、澳门特别行政区护照", "Hong Kong or Macao SAR passport"),
    titles=(
        Text("香港特别行政区护照", "Hong Kong SAR passport"),
        Text("澳门特别行政区护照", "Macao SAR passport"),
    ),
    aliases=("特区护照", "香港特区护照", "澳门特区护照", "香港护照", "澳门护照"),
    issuer=Text("香港入境事务处、澳门身份证明局", "Hong Kong Immigration Department, Macao identification bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("护照号码", "护照号", "证号", "号码"),
            where=Text(
                "资料页上“护照号码”之后的 9 位，香港以 K 或 H 开头，澳门以 M 开头。",
                "On the data page after 护照号码, nine characters that begin with K or H for Hong Kong, M for Macao.",
            ),
            example="K12345678",
            rules=(SAR_PASSPORT_NUMBER,),
        ),
    ),
    measure="本",
    source="Hong Kong Immigration Department; Macao identification bureau",
)

_HK_MACAU_FORM: Final = re.compile(r"C\d{8}|C[A-HJ-NP-Z]\d{7}|W\d{8}", re.ASCII)

HK_MACAU_PERMIT_NUMBER: Final = NumberRule(
    slug="hk_macau_permit",
    title=Text("往来港澳通行证号码", "Hong Kong and Macao permit number"),
    pattern=_HK_MACAU_FORM,
    shape=_shape(
        "往来港澳通行证号码一般为 9 位：C 或 C 加一个字母开头，旧本式证件以 W 开头",
        "A Hong Kong and Macao permit number usually has nine characters: C, or C and another letter, and digits; W "
        "on old booklets.",
    ),
    lengths=(9,),
    explain=_explain(_PERMIT, "(?:C[A-HJ-NP-Z]?|W)", (9,)),
    decode=_by_prefix(
        _SERIES,
        {
            **{
                f"C{letter}": Text("卡式（2018 年 12 月起的号段）", "Card (series since December 2018)")
                for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"
            },
            "C": Text("卡式（2014 年起）", "Card (since 2014)"),
            "W": Text("本式（2014 年以前）", "Booklet (before 2014)"),
        },
    ),
    mask=_MASK,
    sensitive=True,
    suggest=_suggest(_HK_MACAU_FORM),
    evidence=12,
    source="National Immigration Administration, notice of December 2018; published validators",
)

HK_MACAU_PERMIT: Final = DocumentKind(
    slug="hk_macau_permit",
    family="travel",
    title=Text("往来港澳通行证", "Permit for travelling to and from Hong Kong and Macao"),
    titles=(
        Text("往来港澳通行证", "Permit for travelling to and from Hong Kong and Macao"),
        Text("港澳通行证", "Hong Kong and Macao permit"),
        Text(
            "中华人民共和国往来港澳通行证",
            "Exit-entry permit of the People's Republic of China for Hong Kong and Macao",
        ),
    ),
    aliases=("双程证", "港澳证"),
    issuer=Text("公安出入境管理机构", "Exit and entry office of public security"),
    numbers=(
        NumberField(
            name="number",
            labels=_NUMBER_LABELS,
            where=Text(
                "卡片正面右上方的 9 位，以 C 开头；旧本式证件在资料页，以 W 开头。",
                "At the top right of the card's front, nine characters that begin with C; on the data page of old "
                "booklets, beginning with W.",
            ),
            example="C12345678",
            rules=(HK_MACAU_PERMIT_NUMBER,),
        ),
    ),
    measure="张",
    source="National Immigration Administration",
)

_TAIWAN_FORM: Final = re.compile(r"[LT]\d{8}", re.ASCII)

TAIWAN_PERMIT_NUMBER: Final = NumberRule(
    slug="taiwan_permit",
    title=Text("往来台湾通行证号码", "Taiwan permit number"),
    pattern=_TAIWAN_FORM,
    shape=_shape(
        "往来台湾通行证号码一般为 L（卡式）或 T（旧本式）加 8 位数字",
        "A Taiwan permit number is usually L (card) or T (old booklet) and eight digits.",
    ),
    lengths=(9,),
    decode=_by_prefix(
        _SERIES,
        {
            "L": Text("卡式（2016、2017 年起）", "Card (since 2016 or 2017)"),
            "T": Text("本式", "Booklet"),
        },
    ),
    mask=_MASK,
    sensitive=True,
    suggest=_suggest(_TAIWAN_FORM),
    evidence=8,
    source="two published validators; years from memory",
)

TAIWAN_PERMIT: Final = DocumentKind(
    slug="taiwan_permit",
    family="travel",
    title=Text("往来台湾通行证", "Permit for travelling to and from Taiwan"),
    titles=(
        Text("往来台湾通行证", "Permit for travelling to and from Taiwan"),
        Text("大陆居民往来台湾通行证", "Mainland residents' permit for travelling to and from Taiwan"),
    ),
    aliases=("台湾通行证", "大通证", "陆胞证"),
    issuer=Text("公安出入境管理机构", "Exit and entry office of public security"),
    numbers=(
        NumberField(
            name="number",
            labels=_NUMBER_LABELS,
            where=Text(
                "卡片正面右上方，L 加 8 位数字；旧本式证件在资料页，以 T 开头。",
                "At the top right of the card's front, L and eight digits; on the data page of old booklets, "
                "beginning with T.",
            ),
            example="L12345678",
            rules=(TAIWAN_PERMIT_NUMBER,),
        ),
    ),
    measure="张",
    source="National Immigration Administration",
)

FAMILY: Final = Family(
    "travel",
    Text("护照与通行证", "Passports and travel permits"),
    (
        ORDINARY_PASSPORT,
        OFFICIAL_PASSPORT,
        SAR_PASSPORT,
        HK_MACAU_PERMIT,
        TAIWAN_PERMIT,
        HOME_RETURN_PERMIT,
        COMPATRIOT_PERMIT,
    ),
)
