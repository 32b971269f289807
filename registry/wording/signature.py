"""The signature at the end of a sentence, which a letter has on lines of its own."""

from __future__ import annotations

import re
from typing import Final

from registry.wording.style import HouseStyle

_DIGITS: Final = "[0-9〇零一二三四五六七八九十]{1,4}"
_DAY, _DECLARANT, _PART = "\x00day", "\x00declarant", "\x00part"


def split_signature(sentence: str, declarant: str, style: HouseStyle) -> tuple[str, tuple[str, ...]]:
    """Return a sentence without its signature, and the lines of that; none where it has no signature in this style.

    A blank in the style's pattern is where one line of the signature ends and the next begins. Numbers may be filled in
    or not. A sentence of another style, or one whose end an editor has worded anew, has none.
    """
    if not style.sentence.loss.endswith("{signature}"):
        return sentence, ()
    day = _as_expression(style.sentence.day.format(year=_PART, month=_PART, day=_PART), {_PART: _DIGITS})
    known = {_DECLARANT: re.escape(declarant), _DAY: day}
    dated = style.sentence.signature.format(declarant=_DECLARANT, day=_DAY)
    # What was handed in without a day ends before it.
    for pattern in dict.fromkeys((dated, dated.replace(_DAY, "").rstrip())):
        lines = " ".join(f"({_as_expression(line, known)})" for line in pattern.split(" "))
        found = re.search(f" ?{lines}$", sentence)
        if found and found.start():
            return sentence[: found.start()], found.groups()
    return sentence, ()


def _as_expression(text: str, known: dict[str, str]) -> str:
    parts = re.split("(" + "|".join(map(re.escape, known)) + ")", text)
    return "".join(known.get(part, re.escape(part)) for part in parts)
