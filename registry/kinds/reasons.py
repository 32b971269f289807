"""What the registry tells people about a number: each reason is an instruction, in both languages."""

from __future__ import annotations

from typing import Final

from registry.kinds.model import Finding, Grade, Reason
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


def impossible(reason: Reason) -> Finding:
    return Finding(Grade.IMPOSSIBLE, reason)


def doubtful(reason: Reason) -> Finding:
    return Finding(Grade.DOUBTFUL, reason)


def wrong_length(name: Text, wanted: Text, given: int) -> Reason:
    """The number has `given` characters where `wanted` (such as "18") are right."""
    return Reason(
        "length",
        Text(
            f"{name.zh}应为 {wanted.zh} 位，现在是 {given} 位，请对照证件再看一遍。",
            f"{name.en} has {wanted.en} characters; this has {given}. Compare it with the document.",
        ),
    )


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
