"""Cards that an employer or an authority gives to those who work for it.

The numbers of work IDs are free. They are sensitive because GB/T 35273-2020 lists the work ID among sensitive personal
data. Journalists are publicly listed, with the numbers of their cards.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Fact, Family, NumberField, NumberRule, Reason
from registry.kinds.shaping import fours, keep, show_all
from registry.text import Text

WORK_NUMBER: Final = NumberRule(
    slug="work_id",
    title=Text("工作证号", "Work ID number"),
    form="text",
    pattern=re.compile(r"(?=.*[0-9])[0-9A-Z\u4e00-\u9fff()\-./·]{2,30}"),
    shape=Reason(
        "shape",
        Text(
            "工作证号一般由 2 至 30 位数字、字母或汉字组成，其中有数字；如证件确实如此，可以照填。",
            "A work ID number is usually 2 to 30 digits, letters or Chinese characters, with a digit among them. "
            "If the document really shows this, keep it.",
        ),
    ),
    mask=keep(0, 3),
    group=fours,
    sensitive=True,
    free=True,
    source="free form; GB/T 35273-2020 for its sensitivity",
)

WORK_ID: Final = DocumentKind(
    slug="work_id",
    family="work",
    title=Text("工作证", "Work ID"),
    titles=(
        Text("工作证", "Work ID"),
        Text("员工证", "Staff card"),
        Text("工作牌", "Staff badge"),
        Text("执法证", "Law enforcement card"),
        Text("行政执法证", "Administrative enforcement card"),
        Text("铁路工作证", "Railway work ID"),
    ),
    aliases=("工作证件", "上岗证", "工牌", "员工卡", "胸牌"),
    issuer=Text("用人单位或发证机关", "Employer or issuing authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("工作证号", "编号", "证号", "工号"),
            where=Text(
                "证件内页或正面，“编号”“证号”或“工号”之后；没有号码的证件不填。",
                "Inside or on the front after 编号, 证号 or 工号. Leave it empty if the card has none.",
            ),
            example="2036254085333",
            rules=(WORK_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="free form",
)

_MEDIA: Final = {
    "B": Text("报纸", "Newspaper"),
    "G": Text("广播电视", "Broadcasting"),
    "J": Text("军队媒体", "Army media"),
    "K": Text("期刊", "Periodical"),
    "W": Text("新闻网站", "News site"),
    "X": Text("新华社", "Xinhua News Agency"),
    "Z": Text("中国新闻社", "China News Service"),
}


def _decode_press(number: str) -> tuple[Fact, ...]:
    medium = Fact(Text("媒体类别", "Medium"), _MEDIA[number[0]])
    if number[0] not in "BK":
        return (medium,)
    publication = f"CN {number[1:3]}-{number[3:7]}"
    return (medium, Fact(Text("国内统一刊号", "Publication number"), Text(publication, publication)))


PRESS_NUMBER: Final = NumberRule(
    slug="press_card",
    title=Text("新闻记者证编号", "Press card number"),
    pattern=re.compile(r"[BGJKXZW](?:\d{14}|\d{12})", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "记者证编号一般是一个字母（B、G、J、K、X、Z 或 W）加 14 位数字，2009 年以前的旧证为 12 位；"
            "如证件确实如此，可以照填。",
            "A press card number is usually a letter (B, G, J, K, X, Z or W) and 14 digits, on cards from before 2009 "
            "12 digits. If the card really shows this, keep it.",
        ),
    ),
    lengths=(13, 15),
    decode=_decode_press,
    mask=show_all,
    sensitive=False,
    evidence=16,
    source="press report of 2003 for 12 digits, one published number for 14; W from practice",
)

PRESS_CARD: Final = DocumentKind(
    slug="press_card",
    family="work",
    title=Text("新闻记者证", "Press card"),
    titles=(Text("新闻记者证", "Press card"), Text("记者证", "Journalist's card")),
    aliases=("记者采访证", "新闻采访证"),
    issuer=Text("国家新闻出版署", "National Press and Publication Administration"),
    numbers=(
        NumberField(
            name="number",
            labels=("记者证号", "编号", "证号", "记者证编号"),
            where=Text(
                "证件内页“记者证号”或“编号”之后，一个字母开头；中国记者网可按姓名查到。",
                "Inside after 记者证号 or 编号, beginning with a letter; the administration's site finds it by name.",
            ),
            example="B11000101000001",
            rules=(PRESS_NUMBER,),
        ),
    ),
    measure="本",
    source="National Press and Publication Administration",
)

FAMILY: Final = Family("work", Text("工作证件", "Work papers"), (WORK_ID, PRESS_CARD))
