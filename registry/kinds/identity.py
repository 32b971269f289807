"""Papers that say who a person is."""

from __future__ import annotations

from typing import Final

from registry.kinds.model import DocumentKind, Family, NumberField
from registry.kinds.resident import RESIDENT_ID_15, RESIDENT_ID_18
from registry.text import Text

RESIDENT_CARD: Final = DocumentKind(
    slug="resident_id_18",
    family="identity",
    title=Text("居民身份证", "Resident identity card"),
    titles=(
        Text("居民身份证", "Resident identity card"),
        Text("身份证", "Identity card"),
        Text("二代身份证", "Second-generation identity card"),
        Text("第二代居民身份证", "Second-generation resident identity card"),
    ),
    aliases=("公民身份证", "一代身份证", "第一代居民身份证"),
    issuer=Text("县级公安机关", "County public security bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("身份证号", "公民身份号码", "证号", "号码"),
            where=Text(
                "印有照片的一面最下方，“公民身份号码”之后的 18 位；记不住时，户口簿上也有。",
                "At the foot of the side with the photograph, 18 characters after 公民身份号码; "
                "the household register shows it too.",
            ),
            example="11010519491231002X",
            rules=(RESIDENT_ID_18, RESIDENT_ID_15),
        ),
    ),
    measure="张",
    source="GB 11643-1999",
)

FAMILY: Final = Family("identity", Text("身份证件", "Identity papers"), (RESIDENT_CARD,))
