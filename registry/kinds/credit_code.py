"""The codes of organisations.

Unified social credit code: GB 32100-2015, with the organisation code of GB 11714-1997 inside. Before October 2015
licences bore a registration number of 15 digits (GS 15-2006), before 2007 one of 13, in the 1990s often the
organisation code, and those of foreign-invested companies a number in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from registry.kinds.areas import place_fact
from registry.kinds.checks import USCC_ALPHABET, organisation_check, registration_check, uscc_check
from registry.kinds.model import Fact, Finding, NumberRule, Reason
from registry.kinds.reasons import doubtful, impossible, wrong_character, wrong_check, wrong_length
from registry.kinds.shaping import groups, show_all
from registry.kinds.slips import as_digits, best, doubled_or_dropped, single_slips, wrong_digits, wrong_places
from registry.text import Text

_CODE: Final = Text("统一社会信用代码", "A unified social credit code")
_EIGHTEEN: Final = Text("18", "18")
_ALPHABET: Final = Text("数字和 I、O、S、V、Z 以外的大写字母", "digits and capital letters other than I, O, S, V and Z")
_HEAD: Final = Reason(
    "shape",
    Text(
        "统一社会信用代码第 1 位应为 1—9、A、N 或 Y，第 2 位应为 1—9，第 3—8 位应为数字，请对照证件再看一遍。",
        "A unified social credit code begins with 1-9, A, N or Y, then 1-9, then six digits. "
        "Compare it with the document.",
    ),
)
_INNER: Final = Reason(
    "organisation_code",
    Text(
        "其中第 9—17 位的组织机构代码与自身的校验码不符，请对照证件再看一遍。",
        "The organisation code inside (characters 9 to 17) does not fit its own check character. "
        "Compare it with the document.",
    ),
)
_DEPARTMENTS: Final = {
    "1": Text("机构编制", "Staffing offices"),
    "2": Text("外交", "Foreign affairs"),
    "3": Text("司法行政", "Justice"),
    "4": Text("文化", "Culture"),
    "5": Text("民政", "Civil affairs"),
    "6": Text("旅游", "Tourism"),
    "7": Text("宗教", "Religious affairs"),
    "8": Text("工会", "Trade unions"),
    "9": Text("市场监督管理", "Market regulation"),
    "A": Text("军队改革和编制", "Military staffing"),
    "N": Text("农业农村", "Agriculture and rural affairs"),
    "Y": Text("其他", "Other"),
}
_BUSINESS: Final = {
    "1": Text("企业", "Company"),
    "2": Text("个体工商户", "Sole trader"),
    "3": Text("农民专业合作社", "Farmers' cooperative"),
}
_DEPARTMENT: Final = Text("登记管理部门", "Registering department")
_ENTITY: Final = Text("机构类别", "Kind of entity")
_AREA: Final = Text("登记地", "Registered in")
_INNER_CODE: Final = Text("组织机构代码", "Organisation code")
_NATIONAL: Final = Text("国家级登记机关", "A national authority")

_USCC: Final = re.compile(rf"[1-9ANY][1-9]\d{{6}}[{USCC_ALPHABET}]{{10}}", re.ASCII)
_USCC_LETTERS: Final = re.compile(rf"[{USCC_ALPHABET}]{{18}}")
_WEIGHTS: Final = (*tuple(pow(3, at, 31) for at in range(17)), 1)
_NOT_IN_CODE: Final = {"I": "1LTJ", "O": "0QDU", "S": "58", "V": "UYW", "Z": "27"}


def check_uscc(number: str) -> Finding | None:
    """What the check character has against a number of the code's form."""
    expected = uscc_check(number[:17])
    return None if number[17] == expected else impossible(wrong_check(18, expected))


def _check_inner(number: str) -> Finding | None:
    # Doubtful only: GB 32100 says that the part is an organisation code, not that its check was always made.
    return None if organisation_check(number[8:16]) == number[16] else doubtful(_INNER)


def _explain_uscc(number: str) -> Iterable[Finding]:
    if len(number) != 18:
        return (impossible(wrong_length(_CODE, _EIGHTEEN, len(number))),)
    odd = next((character for character in number if character not in USCC_ALPHABET), None)
    if odd:
        return (impossible(wrong_character(_CODE, odd, _ALPHABET)),)
    failed = check_uscc(number)
    return (doubtful(_HEAD), failed) if failed else (doubtful(_HEAD),)


def is_uscc(number: str) -> bool:
    """Whether form, check character and the organisation code inside all fit."""
    if not _USCC.fullmatch(number):
        return False
    # A number near a code is mostly made to fit its last character.
    return organisation_check(number[8:16]) == number[16] and uscc_check(number[:17]) == number[17]


def suggest_uscc(number: str) -> Iterable[str]:
    def candidates() -> Iterator[str]:
        # (1-1) behind it is the copy's mark.
        yield number.partition("(")[0]
        if len(number) in (17, 19):
            yield from doubled_or_dropped(number, 18)
        if len(number) != 18:
            return
        yield as_digits(number[:8]) + number[8:]
        if _USCC_LETTERS.fullmatch(number):
            # Where the organisation code inside is wrong too, a slip is inside it.
            among = None if organisation_check(number[8:16]) == number[16] else range(8, 17)
            yield from wrong_places(
                number, alphabet=USCC_ALPHABET, weights=_WEIGHTS, modulus=31, remainder=0, among=among
            )
            return
        at, *others = [at for at, character in enumerate(number) if character not in USCC_ALPHABET]
        if others:
            yield as_digits(number[:8]) + number[8:].translate(str.maketrans("IOSVZ", "105U2"))
        else:
            meant = _NOT_IN_CODE.get(number[at], "")
            for character in meant + USCC_ALPHABET:
                yield number[:at] + character + number[at + 1 :]

    return best(candidates(), number, is_uscc)


def decode_uscc(number: str) -> tuple[Fact, ...]:
    facts = []
    if department := _DEPARTMENTS.get(number[0]):
        facts.append(Fact(_DEPARTMENT, department))
    if number[0] == "9" and (entity := _BUSINESS.get(number[1])):
        facts.append(Fact(_ENTITY, entity))
    if number[2:4] == "10":
        facts.append(Fact(_AREA, _NATIONAL))
    else:
        facts.extend(place_fact(number[2:8], _AREA))
    inner = f"{number[8:16]}-{number[16]}"
    facts.append(Fact(_INNER_CODE, Text(inner, inner)))
    return tuple(facts)


UNIFIED_CODE: Final = NumberRule(
    slug="business_licence_uscc",
    title=Text("统一社会信用代码", "Unified social credit code"),
    pattern=_USCC,
    shape=_HEAD,
    lengths=(18,),
    certain=True,
    explain=_explain_uscc,
    checks=(check_uscc, _check_inner),
    decode=decode_uscc,
    mask=show_all,
    group=groups(2, 6, 4, 4, 2),
    sensitive=False,
    suggest=suggest_uscc,
    evidence=30,
    # Nearly every number of 18 digits has the form; one with a letter behind the area is little else.
    telling=re.compile(rf"(?=.*[A-Z]){_USCC.pattern}", re.ASCII),
    source="GB 32100-2015 with Amendment 1; GB 11714-1997",
)

_REGISTRATION: Final = Text("注册号", "A registration number")
_BEFORE_2007: Final = Reason(
    "length",
    Text(
        "2007 年以后的注册号为 15 位；13 位是更早的号码，如执照上确实如此，可以照填。",
        "Registration numbers have had 15 digits since 2007. One of 13 is older; "
        "if the licence really shows it, keep it.",
    ),
)
_OF_OLD: Final = Reason(
    "shape",
    Text(
        "2007 年以后的注册号为 15 位数字；更早的有用组织机构代码或“…字第…号”的，如执照上确实如此，可以照填。",
        "Registration numbers have had 15 digits since 2007. Older licences may show the organisation code or a number "
        "in words; if the licence really does, keep it.",
    ),
)
_FIRST_DIGIT: Final = Reason(
    "shape",
    Text(
        "15 位注册号以登记机关的行政区划代码开头，首位为 1—6，请对照执照再看一遍。",
        "A registration number of 15 digits begins with the area code of its office, 1 to 6. "
        "Compare it with the licence.",
    ),
)
_OFFICE: Final = Text("登记机关所在地", "Registering office in")
_TRADERS: Final = (
    ("0123", Text("内资企业", "Domestic company")),
    ("45", Text("外商投资企业", "Foreign-invested company")),
    ("6789", Text("个体工商户", "Sole trader")),
)


def _check_registration(number: str) -> Finding | None:
    expected = registration_check(number[:14])
    return None if number[14] == expected else impossible(wrong_check(15, expected))


def _explain_registration(number: str) -> Iterable[Finding]:
    if re.fullmatch(r"[1-6]\d{12}", number, re.ASCII):
        return (doubtful(_BEFORE_2007),)
    if _ORGANISATION.fullmatch(number) or re.search("[\u4e00-\u9fff]", number):
        return (doubtful(_OF_OLD),)
    if len(number) != 15:
        return (impossible(wrong_length(_REGISTRATION, Text("15", "15"), len(number))),)
    odd = next((character for character in number if not ("0" <= character <= "9")), None)
    if odd:
        return (impossible(wrong_character(_REGISTRATION, odd, Text("数字", "digits"))),)
    failed = _check_registration(number)
    return (doubtful(_FIRST_DIGIT), failed) if failed else (doubtful(_FIRST_DIGIT),)


def _is_registration(number: str) -> bool:
    return BUSINESS_REGISTRATION.pattern.fullmatch(number) is not None and (
        registration_check(number[:14]) == number[14]
    )


def _suggest_registration(number: str) -> Iterable[str]:
    def candidates() -> Iterator[str]:
        digits = as_digits(number)
        yield digits
        if len(digits) != 15 or not (digits.isascii() and digits.isdigit()):
            return
        yield from wrong_digits(digits)

    return best(candidates(), number, _is_registration)


def _decode_registration(number: str) -> tuple[Fact, ...]:
    entity = tuple(Fact(_ENTITY, text) for digits, text in _TRADERS if number[6] in digits)
    return (*place_fact(number[:6], _OFFICE), *entity)


BUSINESS_REGISTRATION: Final = NumberRule(
    slug="business_registration_15",
    title=Text("营业执照注册号（15 位）", "Business registration number (15 digits)"),
    pattern=re.compile(r"[1-6]\d{14}", re.ASCII),
    shape=_FIRST_DIGIT,
    lengths=(15, 13),
    certain=True,
    explain=_explain_registration,
    checks=(_check_registration,),
    decode=_decode_registration,
    mask=show_all,
    group=groups(6, 4, 4, 1),
    sensitive=False,
    suggest=_suggest_registration,
    evidence=25,
    source="GS 15-2006; GB/T 17710 (ISO 7064 MOD 11,10)",
)


_ORGANISATION_NAME: Final = Text("组织机构代码", "An organisation code")
_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)
_ORGANISATION_SHAPE: Final = Reason(
    "shape",
    Text(
        "组织机构代码为 8 位数字或字母加 1 位校验码，例如 60003734-1，请对照证件再看一遍。",
        "An organisation code has 8 digits or letters and a check character, such as 60003734-1. "
        "Compare it with the document.",
    ),
)


def check_organisation(number: str, position: int = 9) -> Finding | None:
    """What the check character has against an organisation code; `position` is where the reader finds it."""
    expected = organisation_check(number[:8])
    return None if number[8] == expected else impossible(wrong_check(position, expected))


def _explain_organisation(number: str) -> Iterable[Finding]:
    if len(number) != 9:
        return (impossible(wrong_length(_ORGANISATION_NAME, Text("9", "9"), len(number))),)
    odd = next((c for c in number if not (c.isascii() and c.isalnum())), number[8])
    return (impossible(wrong_character(_ORGANISATION_NAME, odd, _ORGANISATION_ALPHABET)),)


def is_organisation(number: str) -> bool:
    """Whether form and check character fit."""
    return _ORGANISATION.fullmatch(number) is not None and organisation_check(number[:8]) == number[8]


def suggest_organisation(number: str) -> Iterable[str]:
    """The organisation codes that one slip could have turned into this number, best first."""

    def candidates() -> Iterator[str]:
        yield as_digits(number)
        yield from doubled_or_dropped(number, 9)
        if _ORGANISATION.fullmatch(number):
            yield from single_slips(number)
            yield number[:8] + organisation_check(number[:8])

    return best(candidates(), number, is_organisation)


_ORGANISATION_ALPHABET: Final = Text("数字和大写字母，末位为数字或 X", "digits and capitals, at the end a digit or X")

ORGANISATION_CODE: Final = NumberRule(
    slug="organisation_code",
    title=Text("组织机构代码", "Organisation code"),
    pattern=_ORGANISATION,
    shape=_ORGANISATION_SHAPE,
    lengths=(9, 8, 10),
    certain=True,
    explain=_explain_organisation,
    checks=(check_organisation,),
    mask=show_all,
    group=groups(8, 1),
    sensitive=False,
    suggest=suggest_organisation,
    evidence=8,
    # One in eleven of anything of nine characters has the check: letters are only those of the series in use.
    guess=re.compile(r"(?:\d{8}|[KL]\d{7}|M[A-Z][0-9A-Z]{6})[0-9X]", re.ASCII),
    source="GB 11714-1997",
)
