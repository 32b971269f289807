"""What the registry tells people about a number: each reason is an instruction, in both languages."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from registry.kinds.model import DOUBTFUL, IMPOSSIBLE, Finding, Reason
from registry.kinds.spelling import MAX_LENGTH
from registry.text import Text

EMPTY: Final = Reason("empty", Text("请输入号码。", "Enter the number."))
TOO_LONG: Final = Reason(
    "too_long",
    Text(
        f"号码最多 {MAX_LENGTH} 个字符，请只输入号码本身。",
        f"A number has at most {MAX_LENGTH} characters. Enter the number alone.",
    ),
)
CHARACTERS: Final = Reason(
    "characters",
    Text(
        "号码里有无法印刷的字符（例如表情符号），请删去后重新输入。",
        "The number contains characters that cannot be printed, such as emoji. Remove them and try again.",
    ),
)
FAULTS: Final = {reason.code: reason for reason in (EMPTY, TOO_LONG, CHARACTERS)}

NO_DIGIT: Final = Reason(
    "no_digit",
    Text(
        "号码里一般有数字，请确认填的是号码，而不是证件名称。",
        "A number usually contains digits. Check that this is the number and not the name of the document.",
    ),
)


MASKED: Final = Reason(
    "masked",
    Text(
        "号码有一部分被遮盖（例如 ****），请填写完整的号码。",
        "Part of the number is hidden, as by ****. Enter the whole number.",
    ),
)


def impossible(reason: Reason) -> Finding:
    return Finding(IMPOSSIBLE, reason)


def doubtful(reason: Reason) -> Finding:
    return Finding(DOUBTFUL, reason)


def wrong_length(name: Text, wanted: Text, given: int) -> Reason:
    """The number has `given` characters where `wanted` (such as "18") are right."""
    return Reason(
        "length",
        Text(
            f"{name.zh}应为 {wanted.zh} 位，现在是 {given} 位，请对照证件再看一遍。",
            f"{name.en} has {wanted.en} characters; this has {given}. Compare it with the document.",
        ),
    )


# One for each place and character.
@lru_cache(maxsize=1_000)
def wrong_check(position: int, expected: str) -> Reason:
    """The check character at `position` (counted from 1) does not fit the others."""
    return Reason(
        "check_digit",
        Text(
            f"按前面各位推算，第 {position} 位校验码应为 {expected}；其中可能有一处写错，请对照证件逐位再看一遍。",
            f"By the characters before it, check character {position} should be {expected}; one of them may be "
            "wrong. Compare each with the document.",
        ),
    )


def wrong_province(name: Text, code: str) -> Reason:
    """The first two digits are no province (GB/T 2260)."""
    return Reason(
        "province",
        Text(
            f"{name.zh}开头的 {code} 不是省级行政区划代码，请对照证件再看一遍。",
            f"{code}, with which this begins, is not the code of a province. Compare it with the document.",
        ),
    )


def wrong_character(name: Text, character: str, allowed: Text) -> Reason:
    """A character that the alphabet of the number does not have."""
    return Reason(
        "character",
        Text(
            f"{name.zh}只用{allowed.zh}，没有“{character}”，请对照证件再看一遍。",
            f"{name.en} is written with {allowed.en} only, never “{character}”. Compare it with the document.",
        ),
    )


RANGE_PREFIX: Final = Reason(
    "range_prefix",
    Text(
        "号段的起号和止号只有末尾的数字可以不同；不是连续号码的，请逐个填写。",
        "The first and the last number of a range differ in their last digits only. "
        "Enter numbers that do not follow each other one by one.",
    ),
)
RANGE_ORDER: Final = Reason(
    "range_order",
    Text(
        "号段的止号比起号小，请对照证件确认起止号；不是号段的，请逐个填写。",
        "The last number of the range is below the first. Compare both with the document; "
        "if this is no range, enter the numbers one by one.",
    ),
)


def range_length(first: int, last: int) -> Reason:
    """The ends of a range have `first` and `last` characters instead of as many."""
    return Reason(
        "range_length",
        Text(
            f"号段的起号和止号位数应当相同，现在分别是 {first} 位和 {last} 位，请把两个号码都写全。",
            f"The first and the last number of a range have as many characters; these have {first} and {last}. "
            "Write both in full.",
        ),
    )


def range_size(count: int) -> Reason:
    """The range has more numbers than a book or a box of papers."""
    return Reason(
        "range_size",
        Text(
            f"这个号段共有 {count:,} 个号码，多得少见，请对照证件确认起止号。",
            f"This range has {count:,} numbers, which is unusually many. Compare its ends with the documents.",
        ),
    )
