"""Permits of the People's Bank of China to keep a bank account; companies have needed none since 2019."""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Fact, NumberField, NumberRule, Reason, Repair
from registry.kinds.shaping import groups, show_all
from registry.text import Text

_ACCOUNT: Final = Text("账户性质", "Sort of account")
_ACCOUNTS: Final = {
    "J": Text("基本存款账户", "Basic account"),
    "L": Text("临时存款账户", "Temporary account"),
    "Z": Text("专用存款账户", "Special account"),
}
_CITY: Final = Text("人民银行地区代码", "People's Bank's code of the city")
_ISSUE: Final = Text("版本号", "Issue")
_COMPACT_SERIAL: Final = re.compile(r"\d{12}", re.ASCII)


def _decode_approval(number: str) -> tuple[Fact, ...]:
    return Fact(_ACCOUNT, _ACCOUNTS[number[0]]), *_city(number[1:5]), Fact(_ISSUE, Text(number[-2:], number[-2:]))


def _city(code: str) -> tuple[Fact, ...]:
    return (Fact(_CITY, Text(code, code)),)


APPROVAL_NUMBER: Final = NumberRule(
    slug="bank_account_permit_approval",
    title=Text("开户许可证核准号", "Approval number of a bank account permit"),
    pattern=re.compile(r"[JLZ]\d{13}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "核准号一般为一个字母（J、L 或 Z）加 13 位数字，例如 J2900000000101；如许可证上确实如此，可以照填。",
            "An approval number is usually a letter (J, L or Z) and 13 digits, such as J2900000000101. "
            "If the permit really shows this, keep it.",
        ),
    ),
    lengths=(14,),
    decode=_decode_approval,
    mask=show_all,
    group=groups(1, 4, 7, 2),
    sensitive=False,
    evidence=12,
    source="People's Bank of China; J as a vendor shows it, L and Z from common knowledge",
)


def _with_hyphen(number: str) -> str:
    return f"{number[:4]}-{number[4:]}" if _COMPACT_SERIAL.fullmatch(number) else number


PERMIT_SERIAL: Final = NumberRule(
    slug="bank_account_permit_serial",
    title=Text("开户许可证编号", "Printed number of a bank account permit"),
    form="hyphen",
    pattern=re.compile(r"\d{4}-\d{8}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "开户许可证编号一般为 4 位、一横、8 位数字，例如 2900-00000001；如许可证上确实如此，可以照填。",
            "The printed number is usually 4 digits, a hyphen and 8 digits, such as 2900-00000001. "
            "If the permit really shows this, keep it.",
        ),
    ),
    lengths=(12,),
    decode=lambda number: _city(number[:4]),
    mask=show_all,
    sensitive=False,
    repair=Repair(_with_hyphen, words=False),
    evidence=5,
    # Typed without its hyphen it is any number of 12 digits; with a zero in front a telephone's.
    guess=re.compile(r"[1-9]\d{3}-\d{8}", re.ASCII),
    source="as a vendor shows it; common knowledge",
)

BANK_ACCOUNT_PERMIT: Final = DocumentKind(
    slug="bank_account_permit",
    family="organisation",
    title=Text("开户许可证", "Bank account permit"),
    titles=(
        Text("开户许可证", "Bank account permit"),
        Text("基本存款账户开户许可证", "Permit for a basic account"),
        Text("专用存款账户开户许可证", "Permit for a special account"),
        Text("临时存款账户开户许可证", "Permit for a temporary account"),
        Text("基本存款账户信息", "Basic account information"),
    ),
    aliases=("银行开户许可证", "基本账户开户许可证", "开户许可证编号", "开户许可证核准号", "开户证", "账户开户许可证"),
    issuer=Text("中国人民银行", "People's Bank of China"),
    numbers=(
        NumberField(
            name="approval",
            labels=("核准号", "基本存款账户编号", "开户许可证核准号"),
            where=Text(
                "许可证左上方“核准号”之后，J、L 或 Z 加 13 位数字。",
                "At the upper left after 核准号: J, L or Z and 13 digits.",
            ),
            example="J2900000000101",
            rules=(APPROVAL_NUMBER,),
            required=False,
        ),
        NumberField(
            name="serial",
            labels=("编号", "开户许可证编号", "许可证编号"),
            where=Text(
                "许可证右上方“编号”之后，4 位、一横、8 位数字。",
                "At the upper right after 编号: 4 digits, a hyphen and 8 digits.",
            ),
            example="2900-00000001",
            rules=(PERMIT_SERIAL,),
            required=False,
        ),
    ),
    measure="份",
    source="People's Bank of China, 人民币银行结算账户管理办法 (2003)",
)
