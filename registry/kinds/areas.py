"""The places of GB/T 2260, whose codes stand in many numbers: province, city and county by two digits each.

Cities and counties come from the table of python-stdnum, which knows the years of each code since 1980. Codes pass from
one place to another and a number keeps the code of its day, so that a place is told and never held against a number.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from stdnum import numdb

from registry.kinds.model import Fact
from registry.text import Text

PROVINCES: Final[dict[str, Text]] = {
    "11": Text("北京市", "Beijing"),
    "12": Text("天津市", "Tianjin"),
    "13": Text("河北省", "Hebei"),
    "14": Text("山西省", "Shanxi"),
    "15": Text("内蒙古自治区", "Inner Mongolia"),
    "21": Text("辽宁省", "Liaoning"),
    "22": Text("吉林省", "Jilin"),
    "23": Text("黑龙江省", "Heilongjiang"),
    "31": Text("上海市", "Shanghai"),
    "32": Text("江苏省", "Jiangsu"),
    "33": Text("浙江省", "Zhejiang"),
    "34": Text("安徽省", "Anhui"),
    "35": Text("福建省", "Fujian"),
    "36": Text("江西省", "Jiangxi"),
    "37": Text("山东省", "Shandong"),
    "41": Text("河南省", "Henan"),
    "42": Text("湖北省", "Hubei"),
    "43": Text("湖南省", "Hunan"),
    "44": Text("广东省", "Guangdong"),
    "45": Text("广西壮族自治区", "Guangxi"),
    "46": Text("海南省", "Hainan"),
    "50": Text("重庆市", "Chongqing"),
    "51": Text("四川省", "Sichuan"),
    "52": Text("贵州省", "Guizhou"),
    "53": Text("云南省", "Yunnan"),
    "54": Text("西藏自治区", "Tibet"),
    "61": Text("陕西省", "Shaanxi"),
    "62": Text("甘肃省", "Gansu"),
    "63": Text("青海省", "Qinghai"),
    "64": Text("宁夏回族自治区", "Ningxia"),
    "65": Text("新疆维吾尔自治区", "Xinjiang"),
}

# For use inside the regular expression of a number that begins with a province.
PROVINCE: Final = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"

PROVINCE_NAME: Final = Text("省份", "Province")
PLACE_NAME: Final = Text("地区", "Area")

# Nobody was given a number before, so that what a code meant earlier does not matter.
_FIRST_YEAR: Final = 1984
_LAST_YEAR: Final = 9999
# As the table has it: the years in brackets, with a hyphen between, then the name; several of them after commas.
_NAME: Final = re.compile(r"(?:\[\d*-(\d*)\])?([^,\[\]]+)")
# A few names stand in the table in traditional characters.
_SIMPLIFIED: Final = str.maketrans("達區嶺員會", "达区岭员会")
_NO_NAMES: Final = re.compile(r"县|.*市辖区|市区|.*直辖.*(?:区划|单位)")


def province_fact(code: str, name: Text = PROVINCE_NAME) -> tuple[Fact, ...]:
    """The province of a two-digit `code` as a fact, or nothing if there is none."""
    province = PROVINCES.get(code)
    return (Fact(name, province),) if province else ()


def place_fact(code: str, name: Text = PLACE_NAME, *, since: int = _FIRST_YEAR) -> tuple[Fact, ...]:
    """The place of a code of two, four or six digits, as far as it is known; nothing if it begins with no province.

    A code may have meant several places: all that had it in the year `since` or later are told, the latest first.

    >>> place_fact("440524")[0].value, place_fact("4403")[0].value.en, place_fact("110199")[0].value.zh
    (Text(zh='广东省汕头市潮阳县', en='Guangdong, 汕头市潮阳县'), 'Guangdong, 深圳市', '北京市')
    >>> place_fact("130502", since=1990)[0].value.zh
    '河北省邢台市襄都区（2019年及以前为桥东区）'
    """
    renamed = code in (codes := _renamed()) or code[:4] in codes
    place = _written(code, max(since, _FIRST_YEAR) if renamed else _FIRST_YEAR)
    return (Fact(name, place),) if place else ()


# Few codes have had several names, and numbers of a place come together: there are not many different answers.
@lru_cache(maxsize=8_192)
def _written(code: str, since: int) -> Text | None:
    province = PROVINCES.get(code[:2])
    if province is None:
        return None
    parts = [_place(part, since) for part in (f"{code[:4]}00", code) if len(part) == 6 and code[2:]]
    known = [part for part in dict.fromkeys(parts) if part]
    if not known:
        return province
    zh, en = ("".join(names) for names in zip(*known, strict=True))
    return Text(province.zh + zh, f"{province.en}, {en}")


def _place(code: str, since: int) -> Text | None:
    """The name of a city or county, with those that had its code before."""
    names = _places().get(code, ())
    names = tuple(entry for entry in names if entry[0] >= since) or names[-1:]
    if not names:
        return None
    *former, (_, latest) = names
    if not former:
        return Text(latest, latest)
    zh = "、".join(f"{last}年及以前为{name}" for last, name in reversed(former))
    en = ", ".join(f"until {last} {name}" for last, name in reversed(former))
    return Text(f"{latest}（{zh}）", f"{latest} ({en})")


@cache
def _places() -> dict[str, tuple[tuple[int, str], ...]]:
    """The names that each code of six digits has had, with the last year of each, in their order."""
    return {
        province + low: tuple(
            (int(last or _LAST_YEAR), name.translate(_SIMPLIFIED))
            for last, name in _NAME.findall(properties["county"])
            if not _NO_NAMES.fullmatch(name)
        )
        for _, province, _, _, children in numdb.get("cn/loc").prefixes
        for _, low, _, properties, _ in children
        if low != "0000"
    }


@cache
def _renamed() -> frozenset[str]:
    """The codes of six digits that have had several names; those of cities by their first four alone."""
    codes = [code for code, names in _places().items() if len(names) > 1]
    return frozenset(code[:4] if code.endswith("00") else code for code in codes)


# The one character by which plates, title certificates and many licences name a province.
ABBREVIATIONS: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
PROVINCE_CHARACTER: Final = f"[{ABBREVIATIONS}]"
_ABBREVIATED: Final = dict(zip(ABBREVIATIONS, PROVINCES.values(), strict=True))


def abbreviated_province_fact(character: str, name: Text = PROVINCE_NAME) -> tuple[Fact, ...]:
    """The province that a plate or a title certificate names by one character, or nothing if there is none.

    >>> abbreviated_province_fact("粤")[0].value.en
    'Guangdong'
    """
    province = _ABBREVIATED.get(character)
    return (Fact(name, province),) if province else ()
