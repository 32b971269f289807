"""Invoices and receipts, which are lost singly, blank by the book, and in ranges from–to.

An invoice has a code, which says who printed it and when, and a number of 8 digits that is unique only together with
the code; since 2021 digital ones have 20 digits and no code. Codes: 国税函〔2004〕521号 for 12 digits; the build of
the 10 of value-added tax invoices is known from one source. Older invoices were numbered by each tax bureau, with 7
digits too, so nothing here is impossible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, PROVINCES, place_fact, province_fact
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import doubtful
from registry.kinds.shaping import fours, groups, show_all
from registry.kinds.slips import as_digits
from registry.text import Text

_AREA: Final = Text("税务机关所在地", "Tax area")
_YEAR: Final = Text("年份", "Year")
_SORT: Final = Text("发票种类", "Kind of invoice")
_COPIES: Final = Text("联次", "Copies in a set")
_PRINTED: Final = Text("印制机关", "Printed for")
_SPECIAL: Final = Text("增值税专用发票", "Special VAT invoice")
_ORDINARY: Final = Text("增值税普通发票", "Ordinary VAT invoice")
_FREIGHT: Final = Text("货物运输业增值税专用发票", "Special VAT invoice for freight")
_SORTS_10: Final = {
    "1": _SPECIAL, "5": _SPECIAL, "3": _ORDINARY, "6": _ORDINARY, "2": _FREIGHT, "7": _FREIGHT,
}  # fmt: skip
_ROLL: Final = Text("增值税普通发票（卷票）", "Ordinary VAT invoice on a roll")
_ELECTRONIC: Final = Text("增值税电子发票", "Electronic VAT invoice")
_SORTS_12: Final = {
    "04": _ORDINARY, "05": _ORDINARY, "06": _ROLL, "07": _ROLL,
    "11": _ELECTRONIC, "12": _ELECTRONIC, "13": _ELECTRONIC,
}  # fmt: skip
_BUREAUS: Final = {
    "0": Text("国家税务总局", "State Taxation Administration"),
    "1": Text("国家税务局", "State tax bureau"),
    "2": Text("地方税务局", "Local tax bureau"),
}


def _year_fact(digits: str) -> Fact:
    return Fact(_YEAR, Text(f"20{digits}", f"20{digits}"))


_CODE_10: Final = re.compile(r"[1-6]\d{7}[2-9][0-4]", re.ASCII)
_CODE_12: Final = re.compile(r"[012]\d{11}", re.ASCII)
_NUMBER_8: Final = re.compile(r"\d{8}", re.ASCII)
_NUMBER_20: Final = re.compile(rf"2\d{PROVINCE}\d{{16}}", re.ASCII)


def _in_digits(pattern: re.Pattern[str]) -> Callable[[str], Iterable[str]]:
    """Suggests the number with digits for the letters that look like them, if it then fits."""

    def suggest(number: str) -> Iterable[str]:
        digits = as_digits(number)
        return (digits,) if digits != number and pattern.fullmatch(digits) else ()

    return suggest


def _decode_10(number: str) -> tuple[Fact, ...]:
    sort = _SORTS_10.get(number[7])
    return (
        *place_fact(number[:4], _AREA),
        _year_fact(number[4:6]),
        *((Fact(_SORT, sort),) if sort else ()),
        Fact(_COPIES, Text(number[8], number[8])),
    )


INVOICE_CODE_10: Final = NumberRule(
    slug="invoice_code_10",
    title=Text("发票代码（10 位）", "Invoice code (10 digits)"),
    pattern=_CODE_10,
    shape=Reason(
        "shape",
        Text(
            "增值税发票代码一般为 10 位或 12 位数字；如发票上确实如此，可以照填。",
            "The code of a value-added tax invoice usually has 10 or 12 digits. "
            "If the invoice really shows this, keep it.",
        ),
    ),
    lengths=(10,),
    decode=_decode_10,
    mask=show_all,
    group=groups(4, 4, 2),
    sensitive=False,
    suggest=_in_digits(_CODE_10),
    evidence=3,
    guess=re.compile(rf"{PROVINCE}\d\d[0-3]\d\d[1-7][2-9][0-4]", re.ASCII),
    source="one published validator that explains each digit",
)


def _decode_12(number: str) -> tuple[Fact, ...]:
    sort = _SORTS_12.get(number[10:]) if number[0] == "0" else None
    return (
        Fact(_PRINTED, _BUREAUS[number[0]]),
        *place_fact(number[1:5], _AREA),
        _year_fact(number[5:7]),
        *((Fact(_SORT, sort),) if sort else ()),
    )


INVOICE_CODE_12: Final = NumberRule(
    slug="invoice_code_12",
    title=Text("发票代码（12 位）", "Invoice code (12 digits)"),
    pattern=_CODE_12,
    shape=Reason(
        "shape",
        Text(
            "12 位发票代码以 0、1 或 2 开头；如发票上确实如此，可以照填。",
            "An invoice code of 12 digits begins with 0, 1 or 2. If the invoice really shows this, keep it.",
        ),
    ),
    lengths=(12,),
    decode=_decode_12,
    mask=show_all,
    group=groups(5, 2, 3, 2),
    sensitive=False,
    suggest=_in_digits(_CODE_12),
    evidence=3,
    guess=re.compile(rf"[012](?:{PROVINCE}|00)\d\d[0-3]\d{{6}}", re.ASCII),
    source="国税函〔2004〕521号",
)

INVOICE_NUMBER: Final = NumberRule(
    slug="invoice_number_8",
    title=Text("发票号码（8 位）", "Invoice number (8 digits)"),
    pattern=_NUMBER_8,
    shape=Reason(
        "shape",
        Text(
            "发票号码一般为 8 位数字，号段写成“00000001-00000025”；老发票有 7 位的，如发票上确实如此，可以照填。",
            "An invoice number usually has 8 digits, a range looks like 00000001-00000025; old ones may have 7. "
            "If the invoice really shows this, keep it.",
        ),
    ),
    lengths=(8,),
    mask=show_all,
    sensitive=False,
    suggest=_in_digits(_NUMBER_8),
    ranged=True,
    evidence=10,
    # Eight digits alone are anything; from one to another they are a book.
    guess=re.compile(r"(?!)"),
    source="国税函〔2004〕521号",
)

_SERIAL_WHERE: Final = Text(
    "发票右上角“№”或“发票号码”之后的 8 位；整本或连号的，填起号和止号，中间用“至”或横线。",
    "At the upper right after № or 发票号码, 8 digits. For a book or several in a row enter the first and the last "
    "number with a hyphen between.",
)

INVOICE: Final = DocumentKind(
    slug="vat_invoice",
    family="invoices",
    title=Text("发票", "Invoice"),
    titles=(
        Text("增值税专用发票", "Special VAT invoice"),
        Text("增值税普通发票", "Ordinary VAT invoice"),
        Text("增值税电子普通发票", "Electronic ordinary VAT invoice"),
        Text("增值税电子专用发票", "Electronic special VAT invoice"),
        Text("机动车销售统一发票", "Uniform invoice for a motor vehicle"),
        Text("二手车销售统一发票", "Uniform invoice for a used vehicle"),
        Text("不动产销售统一发票", "Uniform invoice for real estate"),
        Text("货物运输业增值税专用发票", "Special VAT invoice for freight"),
        Text("通用机打发票", "General machine-printed invoice"),
        Text("通用手工发票", "General handwritten invoice"),
        Text("通用定额发票", "General fixed-amount invoice"),
        Text("购房发票", "Invoice for a home"),
        Text("发票", "Invoice"),
    ),
    aliases=(
        "专票",
        "普票",
        "空白发票",
        "卷票",
        "定额发票",
        "机打发票",
        "建筑业统一发票",
        "发票号",
        "发票号段",
        "购车发票",
    ),
    issuer=Text("税务机关监制，销售方开具", "Printed for the tax bureau, made out by the seller"),
    numbers=(
        NumberField(
            name="code",
            labels=("发票代码", "代码"),
            where=Text(
                "发票左上角“发票代码”之后的 10 位或 12 位；没有的不填。",
                "At the upper left after 发票代码, 10 or 12 digits. Leave it empty if there is none.",
            ),
            example="4400181130",
            rules=(INVOICE_CODE_10, INVOICE_CODE_12),
            required=False,
        ),
        NumberField(
            name="number",
            labels=("发票号码", "号码", "发票号", "票号", "发票号段"),
            where=_SERIAL_WHERE,
            example="00123456",
            rules=(INVOICE_NUMBER,),
            required=False,
        ),
    ),
    copies=("发票联", "抵扣联", "记账联", "发票联、抵扣联", "全部联次"),
    measure="份",
    source="发票管理办法; 国税函〔2004〕521号",
)

_NO_PROVINCE: Final = Reason(
    "province",
    Text(
        "数电发票号码第 3—4 位一般是省份代码，请对照发票再看一遍；计划单列市开具的发票可能不同，可以照填。",
        "Digits 3 and 4 are usually the code of a province. Compare them with the invoice; "
        "those of a few cities with a budget of their own may differ.",
    ),
)


def _explain_20(number: str) -> Iterable[Finding]:
    if re.fullmatch(r"2\d{19}", number, re.ASCII) and number[2:4] not in PROVINCES:
        return (doubtful(_NO_PROVINCE),)
    return ()


E_INVOICE_NUMBER: Final = NumberRule(
    slug="e_invoice_number_20",
    title=Text("数电发票号码（20 位）", "Digital invoice number (20 digits)"),
    pattern=_NUMBER_20,
    shape=Reason(
        "shape",
        Text(
            "数电发票号码为 20 位数字，前两位是年份；如发票上确实如此，可以照填。",
            "The number of a digital invoice has 20 digits, the first two of which are the year. "
            "If the invoice really shows this, keep it.",
        ),
    ),
    lengths=(20,),
    explain=_explain_20,
    decode=lambda number: (_year_fact(number[:2]), *province_fact(number[2:4], _AREA)),
    mask=show_all,
    group=fours,
    sensitive=False,
    suggest=_in_digits(_NUMBER_20),
    evidence=12,
    source="State Taxation Administration, explanation of fully digitalised invoices (2021)",
)

E_INVOICE: Final = DocumentKind(
    slug="e_invoice_number_20",
    family="invoices",
    title=Text("数电发票", "Digital invoice"),
    titles=(
        Text("数电发票", "Digital invoice"),
        Text("电子发票（增值税专用发票）", "Electronic invoice (special VAT invoice)"),
        Text("电子发票（普通发票）", "Electronic invoice (ordinary invoice)"),
    ),
    aliases=("全电发票", "数电票", "全面数字化的电子发票", "电子发票"),
    issuer=Text("电子发票服务平台", "E-invoice platform of the tax bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("发票号码", "号码", "数电票号码"),
            where=Text(
                "发票右上角“发票号码”之后的 20 位数字；数电发票没有发票代码。",
                "At the upper right after 发票号码, 20 digits. Digital invoices have no code.",
            ),
            example="24442000000123456789",
            rules=(E_INVOICE_NUMBER,),
        ),
    ),
    copies=("打印件",),
    measure="份",
    source="State Taxation Administration (2021)",
)

RECEIPT_NUMBER: Final = NumberRule(
    slug="receipt",
    title=Text("收据号", "Receipt number"),
    form="hyphen",
    pattern=re.compile(r"(?=.*\d)(?:NO)?[0-9A-Z\-]{4,20}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "收据号一般为 4 至 20 位数字或字母，号段写成“0036239-0036245”；如收据上确实如此，可以照填。",
            "A receipt number usually has 4 to 20 digits or letters, a range looks like 0036239-0036245. "
            "If the receipt really shows this, keep it.",
        ),
    ),
    mask=show_all,
    group=fours,
    sensitive=False,
    free=True,
    ranged=True,
    source="free form",
)

RECEIPT: Final = DocumentKind(
    slug="receipt",
    family="invoices",
    title=Text("收据、票据", "Receipt"),
    titles=(
        Text("收据", "Receipt"),
        Text("收款收据", "Receipt of payment"),
        Text("押金收据", "Deposit receipt"),
        Text("押金条", "Deposit slip"),
        Text("保证金收据", "Receipt of a security deposit"),
        Text("购房款收据", "Receipt for the price of a home"),
        Text("行政事业单位资金往来结算票据", "Public institution's settlement receipt"),
        Text("行政事业性收费票据", "Receipt of an administrative fee"),
        Text("非税收入票据", "Receipt of non-tax revenue"),
        Text("医疗收费票据", "Medical receipt"),
        Text("农村集体经济组织专用收据", "Rural collective's receipt"),
        Text("当票", "Pawn ticket"),
        Text("质押凭证", "Pledge certificate"),
    ),
    aliases=(
        "收条",
        "财政票据",
        "行政事业单位往来结算票据",
        "往来结算票据",
        "非税收入一般缴款书",
        "医疗门诊收费票据",
        "暂收收据",
        "认购金收据",
        "购房收据",
        "统一收款收据",
        "空白收据",
        "门票存根",
    ),
    issuer=Text("收款单位；财政票据由财政部门监制", "The payee; fiscal receipts are printed for the finance bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "号码", "票号", "收据编号", "收据号", "单据号", "当票号", "票据号码"),
            where=Text(
                "收据右上角“№”“编号”或“票号”之后；整本的填起号和止号，中间用“至”或横线；没有的不填。",
                "At the upper right after №, 编号 or 票号. For a book enter the first and the last number with a "
                "hyphen between. Leave it empty if there is none.",
            ),
            example="0036239",
            rules=(RECEIPT_NUMBER,),
            required=False,
        ),
    ),
    copies=("一张", "两张", "一本"),
    measure="张",
    source="free form",
)

FAMILY: Final = Family("invoices", Text("发票与收据", "Invoices and receipts"), (INVOICE, E_INVOICE, RECEIPT))
