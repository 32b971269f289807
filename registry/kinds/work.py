"""Cards that an employer or an authority gives to those who work for it.

Their numbers are free. They are sensitive because GB/T 35273-2020 lists the work ID among sensitive personal data.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Family, NumberField, NumberRule, Reason
from registry.kinds.shaping import fours, keep
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

FAMILY: Final = Family("work", Text("工作证件", "Work papers"), (WORK_ID,))
