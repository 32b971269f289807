"""Provinces by the first two digits of GB/T 2260, which stand in many numbers.

Source: GB/T 2260-2007. Counties are not decoded: their codes change, and a number keeps the code of its day.
"""

from __future__ import annotations

from typing import Final

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


def province_fact(code: str, name: Text = PROVINCE_NAME) -> tuple[Fact, ...]:
    """The province of a two-digit `code` as a fact, or nothing if there is none."""
    province = PROVINCES.get(code)
    return (Fact(name, province),) if province else ()


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
