"""Policies, contracts and bills of lading: whoever issues them numbers them as they like.

Hyphens stay, for 2019-1-12 and 2019-11-2 are different contracts, and policies may be made so too.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Fact, NumberField, NumberRule, Reason
from registry.kinds.shaping import fours, keep, show_all
from registry.text import Text

POLICY_NUMBER: Final = NumberRule(
    slug="insurance_policy",
    title=Text("保险单证号", "Insurance policy number"),
    form="hyphen",
    pattern=re.compile(r"(?=.*\d)[0-9A-Z\-]{8,30}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "保险单证号一般为 8 至 30 位数字或字母；如单证上确实如此，可以照填。",
            "The number of a policy or its blank usually has 8 to 30 digits or letters. "
            "If the document really shows this, keep it.",
        ),
    ),
    # The middle of a person's policy number leads to the contract.
    mask=keep(3, 3),
    group=fours,
    sensitive=False,
    free=True,
    ranged=True,
    source="each insurer numbers in its own way",
)

INSURANCE_POLICY: Final = DocumentKind(
    slug="insurance_policy",
    family="finance",
    title=Text("保险单证", "Insurance document"),
    titles=(
        Text("保险单", "Insurance policy"),
        Text("机动车交通事故责任强制保险单", "Compulsory motor insurance policy"),
        Text("机动车交通事故责任强制保险标志", "Compulsory motor insurance sticker"),
        Text("保险凭证", "Insurance certificate"),
        Text("空白保险单证", "Blank insurance document"),
    ),
    aliases=("保单", "交强险", "交强险保单", "交强险标志", "保险合同", "保险费收据"),
    issuer=Text("保险公司", "Insurer"),
    numbers=(
        NumberField(
            name="number",
            labels=("保单号", "单证号", "印刷流水号", "单证流水号", "印刷号", "保险单号", "号码"),
            where=Text(
                "保险单上方“保险单号”之后，或左上、右上角的印刷流水号；成批的空白单证填起号和止号。",
                "At the top after 保险单号, or the printed serial in an upper corner. "
                "For a batch of blanks enter the first and the last number.",
            ),
            example="PDAA201944010000012345",
            rules=(POLICY_NUMBER,),
            required=False,
        ),
    ),
    copies=("正本", "副本", "正、副本"),
    measure="份",
    source="free form",
)

CONTRACT_NUMBER: Final = NumberRule(
    slug="contract_number",
    title=Text("合同编号", "Contract number"),
    form="text",
    pattern=re.compile(r"(?=.*[0-9])[0-9A-Z\u4e00-\u9fff()\-/.·#_]{3,40}"),
    shape=Reason(
        "shape",
        Text(
            "合同编号一般由 3 至 40 位数字、字母或汉字组成，其中有数字；如合同上确实如此，可以照填。",
            "A contract number is usually 3 to 40 digits, letters or Chinese characters, with a digit among them. "
            "If the contract really shows this, keep it.",
        ),
    ),
    mask=show_all,
    group=fours,
    sensitive=False,
    free=True,
    source="free form",
)

CONTRACT: Final = DocumentKind(
    slug="contract_number",
    family="finance",
    title=Text("合同", "Contract"),
    titles=(
        Text("合同", "Contract"),
        Text("商品房买卖合同", "Contract for the sale of a home"),
        Text("存量房买卖合同", "Contract for the sale of a used home"),
        Text("建设工程施工合同", "Building contract"),
        Text("租赁合同", "Lease"),
        Text("劳动合同", "Employment contract"),
        Text("认购书", "Subscription letter"),
        Text("就业协议书", "Graduate employment agreement"),
        Text("房屋征收补偿协议书", "Compensation agreement for a requisitioned house"),
        Text("协议书", "Agreement"),
    ),
    aliases=("合同书", "购房合同", "施工合同", "合同编号", "房屋买卖合同", "三方协议", "认购协议", "借款合同"),
    issuer=Text("合同双方", "The parties"),
    numbers=(
        NumberField(
            name="number",
            labels=("合同编号", "合同号", "编号", "备案号"),
            where=Text(
                "合同封面或首页右上角“合同编号”之后；没有编号的不填。",
                "On the cover or at the upper right of the first page after 合同编号. Leave it empty if there is none.",
            ),
            example="2019-SJ-0012",
            rules=(CONTRACT_NUMBER,),
            required=False,
        ),
    ),
    copies=("原件", "正本", "副本", "一式两份"),
    measure="份",
    source="free form",
)

_CARRIER: Final = Text("承运人", "Carrier")
# The prefixes under which carriers are listed in the Standard Carrier Alpha Code.
_CARRIERS: Final = {
    "APLU": Text("美国总统轮船", "APL"),
    "CMDU": Text("达飞轮船", "CMA CGM"),
    "COSU": Text("中远海运集运", "COSCO Shipping Lines"),
    "EGLV": Text("长荣海运", "Evergreen Line"),
    "HDMU": Text("韩新海运", "HMM"),
    "HJSC": Text("韩进海运", "Hanjin Shipping"),
    "HLCU": Text("赫伯罗特", "Hapag-Lloyd"),
    "KKLU": Text("川崎汽船", "K Line"),
    "MAEU": Text("马士基", "Maersk"),
    "MEDU": Text("地中海航运", "MSC"),
    "MSCU": Text("地中海航运", "MSC"),
    "ONEY": Text("海洋网联船务", "Ocean Network Express"),
    "OOLU": Text("东方海外", "OOCL"),
    "WHLC": Text("万海航运", "Wan Hai Lines"),
    "YMLU": Text("阳明海运", "Yang Ming"),
    "ZIMU": Text("以星航运", "ZIM"),
}


def _decode_lading(number: str) -> tuple[Fact, ...]:
    carrier = _CARRIERS.get(number[:4])
    return (Fact(_CARRIER, carrier),) if carrier else ()


LADING_NUMBER: Final = NumberRule(
    slug="bill_of_lading",
    title=Text("提单号", "Bill of lading number"),
    form="hyphen",
    pattern=re.compile(r"(?=.*\d)[A-Z]{2,6}[0-9A-Z\-/]{5,14}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "提单号一般以承运人的 2 至 6 个字母开头，例如 COSU6123456780；如提单上确实如此，可以照填。",
            "A bill of lading number usually begins with 2 to 6 letters of the carrier, such as COSU6123456780. "
            "If the bill really shows this, keep it.",
        ),
    ),
    decode=_decode_lading,
    mask=show_all,
    sensitive=False,
    free=True,
    source="each carrier numbers in its own way, most with their Standard Carrier Alpha Code in front",
)

BILL_OF_LADING: Final = DocumentKind(
    slug="bill_of_lading",
    family="finance",
    title=Text("提单", "Bill of lading"),
    titles=(
        Text("提单", "Bill of lading"),
        Text("正本提单", "Original bill of lading"),
        Text("海运提单", "Ocean bill of lading"),
        Text("正本海运提单", "Original ocean bill of lading"),
        Text("运单", "Waybill"),
    ),
    aliases=("B/L", "电放提单", "货运提单", "提单正本", "提货单"),
    issuer=Text("承运人或其代理人", "Carrier or its agent"),
    numbers=(
        NumberField(
            name="number",
            labels=("提单号", "提单号码", "运单号", "提单编号"),
            where=Text(
                "提单右上角“B/L No.”或“提单号”之后。",
                "At the upper right after B/L No. or 提单号.",
            ),
            example="COSU6123456780",
            rules=(LADING_NUMBER,),
            required=False,
        ),
    ),
    copies=("全套", "正本三份", "一套三份"),
    measure="份",
    source="free form",
)
