"""Papers of birth and family.

The birth certificate's form (a letter, two digits of the province, seven more) is shared by editions 2 to 7, since
2000. That the letter is the year of printing (A = 2000) is inferred from a press report and dated samples, and the
first edition (1996-1999) had digits only, so little is called impossible here. I and O are real letters of the series.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry import clock
from registry.kinds.areas import PROVINCE, PROVINCES, province_fact
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import doubtful, impossible, wrong_length, wrong_province
from registry.kinds.shaping import groups
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

FAMILY: Final = Family("civil", Text("出生与家庭", "Birth and family"), (BIRTH_CERTIFICATE,))
