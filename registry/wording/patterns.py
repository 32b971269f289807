"""What a pattern of a house style may say: the parts in braces that it must and may name, and nothing that tears."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from registry.text import find_forbidden
from registry.wording.style import NUMERALS

BRACKETS: Final = "⟦⟧"
MOST_CHARACTERS: Final = 300
# A statement that an editor opens and keeps is squeezed; blanks that this takes away would count as a change.
_BLANK: Final = re.compile(r"[^\S ]| {2}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with parts in braces.

    needs, may: the parts that it must and may name. default: what it is where a file does not say; None if it must.
    words: if it is one of these words instead. empty: whether it may say nothing at all, needed parts included.
    """

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    default: str | None = None
    words: tuple[str, ...] = ()
    empty: bool = False

    def fault_of(self, text: str, *, most: int = MOST_CHARACTERS) -> str | None:
        """Return what is wrong with a text, as the end of a sentence that begins with the name of its key."""
        if self.words:
            quoted = ", ".join(f'"{word}"' for word in self.words)
            return None if text in self.words else f"must be one of {quoted}"
        if len(text) > most:
            return f"must have at most {most} characters"
        if any(bracket in text for bracket in BRACKETS):
            return "must not hold ⟦ or ⟧, which stand for numbers"
        if find_forbidden(text) or _BLANK.search(text):
            return "must be one line, with no blanks but single plain ones and nothing that cannot be printed"
        return self._fault_of_parts(text)

    def _fault_of_parts(self, text: str) -> str | None:
        try:
            named = [(name, form, how) for _, name, form, how in string.Formatter().parse(text) if name is not None]
        except ValueError:
            return "has a brace without its partner"
        known = (*self.needs, *self.may)
        for name, form, how in named:
            if name not in known or form or how:
                parts = ", ".join(f"{{{part}}}" for part in known)
                return f"must not have {{{name}}}" + (f"; it may have {parts}" if known else "")
        names = [name for name, _, _ in named]
        if self.empty and not text:
            return None
        missing = [part for part in self.needs if part not in names]
        if missing:
            return f"must have {{{missing[0]}}}"
        twice = [part for part in dict.fromkeys(names) if names.count(part) > 1]
        return f"must have {{{twice[0]}}} once" if twice else None


_JOINT: Final = "、"

SENTENCE: Final[Mapping[str, Pattern]] = {
    "loss": Pattern(needs=("clauses",), may=("when", "where", "opening", "declarant", "signature")),
    "person": Pattern(may=("declarant",), default="本人"),
    "organisation": Pattern(may=("declarant",), default="本单位"),
    "signature": Pattern(needs=("declarant",), may=("day",), default="", empty=True),
    "when": Pattern(needs=("day",), default="于{day}"),
    "where": Pattern(needs=("place",), default="在{place}"),
    "day": Pattern(needs=("year", "month", "day"), default="{year}年{month}月{day}日"),
    "numerals": Pattern(words=("digits", "plain"), default="digits"),
    "owner": Pattern(needs=("owner",)),
    "own": Pattern(may=("owner", "opening")),
    "clause": Pattern(needs=("owner", "items"), may=("when", "where", "numbers")),
    "item_joint": Pattern(default=_JOINT),
    "numbered_joint": Pattern(default="；"),
    "clause_joint": Pattern(default="；"),
    "correction": Pattern(needs=("day", "reference", "loss")),
    "withdrawal": Pattern(needs=("day", "reference", "declarant")),
}

DOCUMENT: Final[Mapping[str, Pattern]] = {
    "item": Pattern(needs=("title", "copies"), may=("numbers",)),
    "copies": Pattern(needs=("copies",), default="{copies}"),
    "both": Pattern(words=("、", "", "和", "及"), default="、"),
    "numerals": Pattern(words=NUMERALS, default="plain"),
    "uncounted": Pattern(needs=("one", "measure"), default="", empty=True),
    "each": Pattern(needs=("one", "measure"), default="", empty=True),
    "numbers": Pattern(needs=("numbers",), default="{numbers}"),
    "number": Pattern(needs=("label", "number")),
    "number_joint": Pattern(default="，"),
    "range": Pattern(words=("-", "—", "－", "至", "～", "~"), default="-"),
}
