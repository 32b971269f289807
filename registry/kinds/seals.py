"""Seals and chops.

Most seals made since the public security bureaus register them carry a code: six digits of the area and seven of the
series (GA 241.1-2000, of which only the first part could be read); 14 digits occur, one registration system takes 3 to
19, and sites that describe a check digit contradict each other. So nothing is impossible here, and many seals,
name seals above all, have no code.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.areas import PROVINCE, place_fact
from registry.kinds.model import DocumentKind, Family, NumberField, NumberRule, Reason
from registry.kinds.shaping import fours, groups, show_all
from registry.text import Text

_GROUP_13: Final = groups(6, 3, 4)
_GROUP_14: Final = groups(6, 4, 4)


def _group(number: str) -> str:
    match len(number):
        case 13:
            return _GROUP_13(number)
        case 14:
            return _GROUP_14(number)
        case _:
            return fours(number)


SEAL_CODE: Final = NumberRule(
    slug="seal_code",
    title=Text("印章编码", "Seal code"),
    pattern=re.compile(rf"{PROVINCE}\d{{11,12}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "印章编码一般是 13 或 14 位数字，前两位是省份代码；如印章上确实如此，可以照填。",
            "A seal code is usually 13 or 14 digits that begin with the code of a province. "
            "If the seal really shows this, keep it.",
        ),
    ),
    lengths=(13, 14),
    # 4401060012345-1 is the first copy under a code of 13 digits, not a code of 14.
    keep_hyphens=re.compile(r".*\d[\-.·]\d{1,2}", re.ASCII),
    decode=lambda number: place_fact(number[:6]),
    mask=show_all,
    group=_group,
    sensitive=False,
    evidence=10,
    source="GA 241.1-2000 (first part); common practice",
)

SEAL: Final = DocumentKind(
    slug="seal_code",
    family="seals",
    title=Text("印章", "Seal"),
    titles=(
        Text("公章", "Official seal"),
        Text("法人章", "Legal representative's seal"),
        Text("法定代表人名章", "Legal representative's name seal"),
        Text("财务专用章", "Finance seal"),
        Text("合同专用章", "Contract seal"),
        Text("发票专用章", "Invoice seal"),
        Text("报关专用章", "Customs declaration seal"),
        Text("业务专用章", "Business seal"),
        Text("行政公章", "Administrative seal"),
        Text("党支部印章", "Party branch seal"),
        Text("工会章", "Trade union seal"),
        Text("预留印鉴", "Specimen seal kept by a bank"),
    ),
    aliases=(
        "图章",
        "公司印章",
        "企业公章",
        "行政章",
        "法人私章",
        "法人名章",
        "法定代表人印章",
        "负责人章",
        "财务章",
        "合同章",
        "发票章",
        "报关章",
        "业务章",
        "党支部章",
        "印鉴",
    ),
    issuer=Text("公安机关备案，刻章单位制作", "Registered with public security, made by an engraver"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "印章编码", "防伪编码", "备案号", "公章编码"),
            where=Text(
                "印面下方弧形排列的一行数字，或刻章备案证明上的“印章编码”；没有编码的印章不填。",
                "The line of digits along the lower rim of the imprint, or 印章编码 on the engraver's certificate. "
                "Leave it empty if the seal has none.",
            ),
            example="4401060012345",
            rules=(SEAL_CODE,),
            required=False,
        ),
    ),
    copies=("一枚", "两枚", "三枚", "一套"),
    measure="枚",
    source="GA 241.1-2000",
)

FAMILY: Final = Family("seals", Text("印章", "Seals"), (SEAL,))
