"""The driving licence and its three numbers.

The 证号 is the number of the holder's identity document: of residents the resident ID, of others whatever they hold, so
only a number that looks like a resident ID can be impossible. The 档案编号 (on the second page) belongs to the file at
the traffic police; the 证芯编号 (under the bar code) to the printed blank, and changes with every reissue. Its check
character was read in two copies of a police client and never tried on a real card, so a failure is doubtful only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from registry.kinds.areas import PROVINCE, place_fact, province_fact
from registry.kinds.checks import licence_core_check
from registry.kinds.model import DocumentKind, Fact, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import (
    doubtful,
    impossible,
    wrong_character,
    wrong_check,
    wrong_length,
    wrong_province,
)
from registry.kinds.resident import (
    PERSONAL_18,
    RESIDENT_18,
    RESIDENT_ID_15,
    RESIDENT_ID_18,
    birth_facts,
    is_personal_18,
    of_the_holder,
    resident_facts,
    suggest_18,
)
from registry.kinds.shaping import groups, keep, show_all
from registry.kinds.slips import as_digits, best, doubled_or_dropped, single_slips
from registry.text import Text

_LIKE_AN_ID: Final = re.compile(r"\d{16,19}[\dX]?", re.ASCII)
# The longest number of any other identity document has 15 characters, three letters among them.
_LETTERS_AMONG: Final = re.compile(r"[\dA-Z]{17}[\dX]", re.ASCII)
_IS_FILE_NUMBER: Final = Reason(
    "shape",
    Text(
        "12 位数字是副页上的档案编号，不是证号；证号一般就是持证人的身份证号，请对照证件再看一遍。",
        "Twelve digits are the file number of the second page, not the licence number, which is usually the holder's "
        "resident identity number. Compare it with the licence.",
    ),
)
_OTHER_PAPER: Final = Reason(
    "shape",
    Text(
        "驾驶证的证号一般就是持证人的身份证号（18 位）；外国人等是其所持证件的号码，如证件确实如此，可以照填。",
        "The number of a driving licence is usually the holder's resident identity number (18 characters); that of "
        "foreigners is the number of their own document. If the licence really shows this, keep it.",
    ),
)


def _explain_number(number: str) -> Iterable[Finding]:
    mistyped = _LETTERS_AMONG.fullmatch(number) and PERSONAL_18.fullmatch(as_digits(number))
    if (mistyped or _LIKE_AN_ID.fullmatch(number)) and RESIDENT_ID_18.explain:
        return RESIDENT_ID_18.explain(number)
    return (doubtful(_IS_FILE_NUMBER if re.fullmatch(r"\d{12}", number, re.ASCII) else _OTHER_PAPER),)


def _decode_number(number: str) -> tuple[Fact, ...]:
    # Residents of Hong Kong, Macao and Taiwan and foreigners have no province in their numbers.
    return resident_facts(number) if RESIDENT_18.fullmatch(number) else birth_facts(number[6:14], number[14:17])


LICENCE_NUMBER: Final = replace(
    of_the_holder(
        "driver_licence_number",
        Text("驾驶证证号", "Driving licence number"),
        "Ministry of Public Security: the number of the holder's identity document; GB 11643-1999",
    ),
    pattern=PERSONAL_18,
    explain=_explain_number,
    decode=_decode_number,
    suggest=lambda number: suggest_18(number, is_personal_18),
)

_FILE: Final = Text("档案编号", "A file number")
_IS_CORE_NUMBER: Final = Reason(
    "length",
    Text(
        "档案编号为 12 位数字；13 位的是条形码下面的证芯编号，请对照证件再看一遍。",
        "A file number has 12 digits. One of 13 is the core number under the bar code. Compare it with the licence.",
    ),
)


def _explain_file(number: str) -> Iterable[Finding]:
    odd = next((character for character in number if not ("0" <= character <= "9")), None)
    if odd:
        return (doubtful(wrong_character(_FILE, odd, Text("数字", "digits"))),)
    if len(number) == 13:
        return (impossible(_IS_CORE_NUMBER),)
    if len(number) != 12:
        return (impossible(wrong_length(_FILE, Text("12", "12"), len(number))),)
    return (doubtful(wrong_province(_FILE, number[:2])),)


FILE_NUMBER: Final = NumberRule(
    slug="driver_licence_file_number",
    title=Text("驾驶证档案编号", "Driving licence file number"),
    pattern=re.compile(rf"{PROVINCE}\d{{10}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "档案编号为 12 位数字，前 4 位是发证地代码，请对照驾驶证副页再看一遍。",
            "A file number is 12 digits, the first four for the place of issue. "
            "Compare it with the second page of the licence.",
        ),
    ),
    lengths=(12,),
    certain=True,
    explain=_explain_file,
    decode=lambda number: place_fact(number[:4]),
    mask=keep(4, 2),
    group=groups(4, 4, 4),
    sensitive=False,
    evidence=8,
    source="traffic police practice, four agreeing descriptions",
)


def _check_core(number: str) -> Finding | None:
    expected = licence_core_check(number[:2] + number[3:])
    return None if number[2] == expected else doubtful(wrong_check(3, expected))


def _is_core(number: str) -> bool:
    return CORE_NUMBER.pattern.fullmatch(number) is not None and _check_core(number) is None


def _suggest_core(number: str) -> Iterable[str]:
    def candidates() -> Iterator[str]:
        yield from single_slips(number)
        yield from doubled_or_dropped(number, 13)
        if CORE_NUMBER.pattern.fullmatch(number):
            yield number[:2] + licence_core_check(number[:2] + number[3:]) + number[3:]

    return best(candidates(), number, _is_core) if 12 <= len(number) <= 14 else ()


CORE_NUMBER: Final = NumberRule(
    slug="driver_licence_core_number",
    title=Text("驾驶证证芯编号", "Driving licence core number"),
    pattern=re.compile(rf"{PROVINCE}[\dX]\d{{10}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "证芯编号一般为 13 位：2 位省份代码、1 位校验码（可为 X）、10 位顺序号；如证件确实如此，可以照填。",
            "A core number is usually 13 characters: two digits of the province, a check character (perhaps X) and ten "
            "digits. If the licence really shows this, keep it.",
        ),
    ),
    lengths=(13,),
    checks=(_check_core,),
    decode=lambda number: (*province_fact(number[:2]), Fact(Text("校验码", "Check character"), Text(*[number[2]] * 2))),
    mask=show_all,
    group=groups(3, 5, 5),
    sensitive=False,
    suggest=_suggest_core,
    evidence=15,
    source="traffic police web client (two copies), layout from three descriptions; not tried on a real card",
)

DRIVER_LICENCE: Final = DocumentKind(
    slug="driver_licence",
    family="transport",
    title=Text("机动车驾驶证", "Driving licence"),
    titles=(
        Text("机动车驾驶证", "Motor vehicle driving licence"),
        Text("驾驶证", "Driving licence"),
        Text("驾驶证副页", "Second page of a driving licence"),
    ),
    aliases=("驾照", "驾驶执照", "驾驶本", "驾驶证档案编号", "档案编号", "驾驶证证芯编号", "证芯编号", "条形码编号"),
    issuer=Text("公安机关交通管理部门车辆管理所", "Vehicle management office of the traffic police"),
    numbers=(
        NumberField(
            name="number",
            labels=("证号", "驾驶证号", "驾驶证号码", "驾驶证编号"),
            where=Text(
                "正页“证号”之后，一般就是持证人的身份证号；声明里不想印身份证号的，可只填档案编号。",
                "On the main page after 证号, usually the holder's resident identity number. "
                "Whoever does not want that printed may give the file number alone.",
            ),
            example="11010519491231002X",
            rules=(LICENCE_NUMBER, RESIDENT_ID_15),
            required=False,
        ),
        NumberField(
            name="file_number",
            labels=("档案编号", "档案号"),
            where=Text(
                "副页“档案编号”之后的 12 位数字；电子驾驶证上也有。",
                "On the second page after 档案编号, 12 digits; the electronic licence shows it too.",
            ),
            example="440100123456",
            rules=(FILE_NUMBER,),
            required=False,
        ),
        NumberField(
            name="core_number",
            labels=("证芯编号", "条形码编号"),
            where=Text(
                "副页条形码下面的 13 位，其中第 3 位可能是 X；看不到证件的不填。",
                "Under the bar code of the second page, 13 characters, the third perhaps X. "
                "Leave it empty if you cannot see it.",
            ),
            example="4470012345678",
            rules=(CORE_NUMBER,),
            required=False,
        ),
    ),
    copies=("正页", "副页", "正、副页"),
    measure="本",
    source="Ministry of Public Security, GA 482 (form of the licence, not read)",
)
