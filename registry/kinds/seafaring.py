"""Papers of seafarers.

Next to nothing is published about their numbers: one description of the certificate of competency, whose own parts add
up to 14 where its text says 15, and practice for the seaman's book. So nothing is impossible here.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Fact, Family, NumberField, NumberRule, Reason
from registry.kinds.shaping import keep, keep_letters, show_all
from registry.text import Text

BOOK_NUMBER: Final = NumberRule(
    slug="seafarer_passport",
    title=Text("海员证、船员服务簿号码", "Seaman's book number"),
    pattern=re.compile(r"[A-Z]{1,3}\d{6,12}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "海员证和船员服务簿的号码一般是 1 至 3 个字母加 6 至 12 位数字；如证件确实如此，可以照填。",
            "The number is usually one to three letters and 6 to 12 digits. If the book really shows this, keep it.",
        ),
    ),
    lengths=tuple(range(7, 16)),
    mask=keep_letters(2),
    group=show_all,
    sensitive=True,
    source="common practice; no rule was found",
)

_DEPARTMENTS: Final = {
    "1": Text("甲板部（驾驶）", "Deck"),
    "2": Text("轮机部", "Engine"),
    "3": Text("无线电", "Radio"),
}


def _decode_competency(number: str) -> tuple[Fact, ...]:
    return (
        Fact(Text("发证机关代号", "Issuing office"), Text(number[1:3], number[1:3])),
        Fact(Text("部门", "Department"), _DEPARTMENTS[number[3]]),
        Fact(Text("年份", "Year"), Text(number[6:10], number[6:10])),
    )


COMPETENCY_NUMBER: Final = NumberRule(
    slug="seafarer_competency",
    title=Text("船员适任证书编号", "Seafarer's certificate of competency number"),
    pattern=re.compile(r"[A-Z]{3}[1-3]\d{2}(?:19|20)\d{2}\d{4,5}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "适任证书编号一般是 3 个字母加 11 或 12 位数字，其中第 7—10 位是年份；如证书上确实如此，可以照填。",
            "The number is usually three letters and 11 or 12 digits, with the year in places 7 to 10. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(14, 15),
    decode=_decode_competency,
    mask=keep(3, 2),
    sensitive=False,
    evidence=15,
    source="one description, whose parts add up to 14 where it says 15",
)

SEAFARER_BOOK: Final = DocumentKind(
    slug="seafarer_passport",
    family="seafaring",
    title=Text("海员证、船员服务簿", "Seaman's book"),
    titles=(
        Text("海员证", "Seafarer's passport"),
        Text("船员服务簿", "Seafarer's service book"),
        Text("中华人民共和国海员证", "Seafarer's passport of the PRC"),
        Text("海船船员培训合格证", "Seafarer's training certificate"),
        Text("内河船员服务簿", "Inland seafarer's service book"),
    ),
    aliases=("服务簿", "培训合格证", "船员证", "海员护照"),
    issuer=Text("海事管理机构", "Maritime safety administration"),
    numbers=(
        NumberField(
            name="number",
            labels=("证件号码", "服务簿号码", "证号", "编号", "海员证号"),
            where=Text(
                "资料页右上方，字母开头；船员服务簿在首页“服务簿号码”之后。",
                "In the upper right of the page with the photograph, beginning with a letter; "
                "in a service book on the first page after 服务簿号码.",
            ),
            example="A12345678",
            rules=(BOOK_NUMBER,),
        ),
    ),
    measure="本",
    source="Maritime Safety Administration; numbers from common practice",
)

COMPETENCY: Final = DocumentKind(
    slug="seafarer_competency",
    family="seafaring",
    title=Text("船员适任证书", "Seafarer's certificate of competency"),
    titles=(
        Text("船员适任证书", "Seafarer's certificate of competency"),
        Text("海船船员适任证书", "Certificate of competency for sea-going ships"),
        Text("内河船舶船员适任证书", "Certificate of competency for inland vessels"),
    ),
    aliases=("适任证书", "船员适任证", "适任证", "船员证书"),
    issuer=Text("海事管理机构", "Maritime safety administration"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "编号", "证书号码", "证号"),
            where=Text(
                "证书上部“证书编号”之后，三个字母开头。",
                "In the upper part after 证书编号, beginning with three letters.",
            ),
            example="JBA11120080001",
            rules=(COMPETENCY_NUMBER,),
        ),
    ),
    measure="本",
    source="Maritime Safety Administration; one description of the number",
)

FAMILY: Final = Family("seafaring", Text("船员证件", "Seafarers' papers"), (SEAFARER_BOOK, COMPETENCY))
