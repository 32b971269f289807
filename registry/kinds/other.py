"""Whatever has no kind of its own: the declarant writes the title as the document has it."""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Family, NumberField, NumberRule
from registry.kinds.reasons import NO_DIGIT
from registry.kinds.shaping import fours, show_all
from registry.text import Text

# Public unless a resident ID is found inside: what an unknown number tells is not known either.
FREE_NUMBER: Final = NumberRule(
    slug="other",
    title=Text("号码", "Number"),
    form="text",
    pattern=re.compile(r".*[0-9].*", re.DOTALL),
    shape=NO_DIGIT,
    mask=show_all,
    group=fours,
    sensitive=False,
    free=True,
    source="free form",
)

OTHER: Final = DocumentKind(
    slug="other",
    family="other",
    title=Text("其他证件", "Other document"),
    titles=(),
    aliases=("其他", "其它", "证书", "证件", "票据", "收据", "合同"),
    issuer=Text("发证单位", "Whoever issued it"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "证号", "号码", "证书编号", "证件号码"),
            where=Text(
                "证件上“编号”“证号”或 No. 之后；没有号码的不填。",
                "On the document after 编号, 证号 or No. Leave it empty if there is none.",
            ),
            example="阳教字第20190123号",
            rules=(FREE_NUMBER,),
            required=False,
        ),
    ),
    measure="份",
    source="free form",
    free_title=True,
)

FAMILY: Final = Family("other", Text("其他", "Other"), (OTHER,))
