"""Cheques and drafts, cards and accounts, policies, bills of lading and contracts.

Cheques and drafts have 16 digits in two rows since 2011 (银发〔2010〕299号), the second of which is the serial that
people quote. Cards obey Luhn; the accounts of passbooks and companies are each bank's own affair, so among numbers of a
card's length only those of UnionPay, which are cards for certain, are ever impossible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from registry.kinds.areas import province_fact
from registry.kinds.checks import card_check
from registry.kinds.commerce import BILL_OF_LADING, CONTRACT, INSURANCE_POLICY
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason, Repair
from registry.kinds.reasons import doubtful, impossible, wrong_check
from registry.kinds.shaping import fours, groups, keep, show_all
from registry.kinds.slips import as_digits, best, doubled_or_dropped, single_slips
from registry.text import Text

_BANK: Final = Text("出票银行", "Bank")
_SORT: Final = Text("票据种类", "Kind of paper")
# The first three digits of a bank's code in the payment system.
_BANKS: Final = {
    "102": Text("中国工商银行", "Industrial and Commercial Bank of China"),
    "103": Text("中国农业银行", "Agricultural Bank of China"),
    "104": Text("中国银行", "Bank of China"),
    "105": Text("中国建设银行", "China Construction Bank"),
    "203": Text("中国农业发展银行", "Agricultural Development Bank of China"),
    "301": Text("交通银行", "Bank of Communications"),
    "302": Text("中信银行", "China CITIC Bank"),
    "303": Text("中国光大银行", "China Everbright Bank"),
    "304": Text("华夏银行", "Hua Xia Bank"),
    "305": Text("中国民生银行", "China Minsheng Bank"),
    "306": Text("广发银行", "China Guangfa Bank"),
    "307": Text("平安银行", "Ping An Bank"),
    "308": Text("招商银行", "China Merchants Bank"),
    "309": Text("兴业银行", "Industrial Bank"),
    "310": Text("上海浦东发展银行", "Shanghai Pudong Development Bank"),
    "313": Text("城市商业银行", "A city commercial bank"),
    "314": Text("农村商业银行", "A rural commercial bank"),
    "315": Text("恒丰银行", "Evergrowing Bank"),
    "316": Text("浙商银行", "China Zheshang Bank"),
    "317": Text("农村合作银行", "A rural cooperative bank"),
    "318": Text("渤海银行", "China Bohai Bank"),
    "319": Text("徽商银行", "Huishang Bank"),
    "320": Text("村镇银行", "A village bank"),
    "402": Text("农村信用社", "A rural credit cooperative"),
    "403": Text("中国邮政储蓄银行", "Postal Savings Bank of China"),
}
_SORTS: Final = {
    "1": Text("现金支票", "Cash cheque"),
    "2": Text("转账支票", "Transfer cheque"),
    "3": Text("清分机支票", "Machine-sorted cheque"),
    "4": Text("银行汇票", "Banker's draft"),
    "5": Text("银行承兑汇票", "Bank acceptance"),
    "6": Text("商业承兑汇票", "Commercial acceptance"),
    "7": Text("银行本票", "Cashier's order"),
    "8": Text("银行本票", "Cashier's order"),
}
_TWO_ROWS: Final = re.compile(r"\d{8}/\d{8}", re.ASCII)
_GROUP_16: Final = groups(8, 8)


def _decode_cheque(number: str) -> tuple[Fact, ...]:
    if len(number) != 16:
        return ()
    bank, sort = _BANKS.get(number[:3]), _SORTS.get(number[6])
    facts = (Fact(_BANK, bank),) if bank else ()
    return (*facts, *province_fact(number[4:6]), *((Fact(_SORT, sort),) if sort else ()))


CHEQUE_NUMBER: Final = NumberRule(
    slug="cheque_number",
    title=Text("票据号码", "Cheque or draft number"),
    pattern=re.compile(r"\d{16}|\d{8}|[A-Z]{2}\d{10}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "票据号码一般为 16 位数字（上下两排各 8 位），或只写下排 8 位；2011 年以前有两个字母加 10 位数字的。"
            "如票据上确实如此，可以照填。",
            "The number is usually 16 digits (two rows of 8) or the 8 of the lower row, before 2011 also two letters "
            "and 10 digits. If the paper really shows this, keep it.",
        ),
    ),
    # 17 with the stroke that some write between the rows.
    lengths=(16, 8, 12, 17),
    decode=_decode_cheque,
    mask=show_all,
    group=lambda number: _GROUP_16(number) if len(number) == 16 else number,
    sensitive=False,
    ranged=True,
    repair=Repair(
        lambda number: number.replace("/", "") if _TWO_ROWS.fullmatch(number) else number, plain=False, words=False
    ),
    evidence=9,
    # Eight digits alone are anything.
    guess=re.compile(rf"(?:{'|'.join(_BANKS)})\d(?:00|[1-6]\d)[1-8]\d{{9}}", re.ASCII),
    source="银发〔2010〕299号; bank codes of the payment system",
)

CHEQUE: Final = DocumentKind(
    slug="cheque_number",
    family="finance",
    title=Text("支票、汇票、本票", "Cheque or draft"),
    titles=(
        Text("转账支票", "Transfer cheque"),
        Text("现金支票", "Cash cheque"),
        Text("支票", "Cheque"),
        Text("空白支票", "Blank cheque"),
        Text("银行承兑汇票", "Bank acceptance"),
        Text("商业承兑汇票", "Commercial acceptance"),
        Text("银行汇票", "Banker's draft"),
        Text("银行本票", "Cashier's order"),
    ),
    aliases=("转帐支票", "空白转账支票", "空白现金支票", "承兑汇票", "汇票", "本票", "银行票据"),
    issuer=Text("银行", "Bank"),
    numbers=(
        NumberField(
            name="number",
            labels=("支票号码", "票据号码", "凭证号码", "支票号", "票号", "汇票号码", "号码"),
            where=Text(
                "票面右上角，上下两排数字；多张连号的，填起号和止号，中间用“至”或横线。",
                "At the upper right, two rows of digits. For several in a row enter the first and the last number "
                "with a hyphen between.",
            ),
            example="1020442112345678",
            rules=(CHEQUE_NUMBER,),
            required=False,
        ),
    ),
    measure="张",
    source="银发〔2010〕299号",
)

_CARD: Final = re.compile(r"[3-6]\d{15,18}|9558\d{15}", re.ASCII)
_NOT_A_CARD: Final = Reason(
    "check_digit",
    Text(
        "这不是有效的银行卡号：其中可能有一处写错，请对照卡面逐位再看一遍；如果是存折、存单或单位账号，可以照填。",
        "This is no valid card number: one digit may be wrong. Compare each with the card. "
        "If it is the number of a passbook, a certificate of deposit or a company's account, keep it.",
    ),
)


def _check_card(number: str) -> Finding | None:
    expected = card_check(number[:-1])
    if number[-1] == expected:
        return None
    unionpay = number.startswith("62")
    return impossible(wrong_check(len(number), expected)) if unionpay else doubtful(_NOT_A_CARD)


def _is_card(number: str) -> bool:
    return _CARD.fullmatch(number) is not None and card_check(number[:-1]) == number[-1]


def _suggest_card(number: str) -> Iterable[str]:
    def candidates() -> Iterator[str]:
        digits = as_digits(number)
        yield digits
        if not (digits.isascii() and digits.isdigit()):
            return
        if len(digits) in (16, 19):
            yield from single_slips(digits)
        elif len(digits) in (18, 20):
            yield from doubled_or_dropped(digits, 19)
        yield digits[:-1] + card_check(digits[:-1])

    return best(candidates(), number, _is_card)


CARD_NUMBER: Final = NumberRule(
    slug="bank_card",
    title=Text("银行卡号", "Bank card number"),
    pattern=_CARD,
    shape=Reason(
        "shape",
        Text(
            "银行卡号一般为 16 至 19 位数字；存折、存单和单位账号各行不同，如证件确实如此，可以照填。",
            "A card number usually has 16 to 19 digits; passbooks and company accounts differ from bank to bank. "
            "If the document really shows this, keep it.",
        ),
    ),
    lengths=(16, 17, 18, 19),
    checks=(_check_card,),
    mask=keep(0, 4),
    group=fours,
    sensitive=True,
    suggest=_suggest_card,
    evidence=14,
    # UnionPay, Visa and Mastercard, and the first cards of the ICBC.
    guess=re.compile(r"62\d{14,17}|[45]\d{15}|9558\d{15}", re.ASCII),
    source="ISO/IEC 7812-1 (Luhn)",
)

ACCOUNT_NUMBER: Final = NumberRule(
    slug="bank_account",
    title=Text("银行账号", "Bank account number"),
    form="hyphen",
    # Not what has a card's form: that is a card whose check digit fails.
    pattern=re.compile(
        r"(?!-*(?:[3-6]-*(?:\d-*){15,18}|9-*5-*5-*8-*(?:\d-*){15})\Z)"
        r"(?=(?:-*\d){8})[0-9-]{8,32}",
        re.ASCII,
    ),
    shape=Reason(
        "shape",
        Text(
            "银行账号一般为 8 位以上的数字；如证件确实如此，可以照填。",
            "An account number usually has eight digits or more. If the document really shows this, keep it.",
        ),
    ),
    mask=keep(0, 4),
    group=fours,
    sensitive=True,
    free=True,
    source="each bank numbers its accounts in its own way",
)

BANK_CARD: Final = DocumentKind(
    slug="bank_card",
    family="finance",
    title=Text("银行卡、存折、存单", "Bank card, passbook or certificate of deposit"),
    titles=(
        Text("银行卡", "Bank card"),
        Text("储蓄卡", "Debit card"),
        Text("信用卡", "Credit card"),
        Text("单位结算卡", "Company settlement card"),
        Text("存折", "Passbook"),
        Text("存单", "Certificate of deposit"),
        Text("整存整取储蓄存单", "Fixed-term certificate of deposit"),
    ),
    aliases=("银行账户", "账号", "帐号", "对公账户", "借记卡", "银行账号", "定期存单"),
    issuer=Text("银行", "Bank"),
    numbers=(
        NumberField(
            name="number",
            labels=("卡号", "账号", "帐号", "存单号", "银行卡号"),
            where=Text(
                "卡片正面的 16 至 19 位数字，或存折、存单上“账号”之后；记不住的可以不填。",
                "The 16 to 19 digits on the front of the card, or after 账号 in the passbook. "
                "Leave it empty if you do not know it.",
            ),
            example="6217999999999999998",
            rules=(CARD_NUMBER, ACCOUNT_NUMBER),
            required=False,
        ),
    ),
    measure="张",
    source="ISO/IEC 7812-1",
)

FAMILY: Final = Family(
    "finance",
    Text("票据、账户与合同", "Cheques, accounts and contracts"),
    (CHEQUE, BANK_CARD, INSURANCE_POLICY, CONTRACT, BILL_OF_LADING),
)
