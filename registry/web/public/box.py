"""What people type, paste or scan into the one box besides one number: several, a reference, an address, words."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from registry import kinds
from registry.declarations import publications
from registry.declarations.paper_codes import BadCode
from registry.declarations.references import BadReference, looks_like_reference, parse_reference
from registry.search.receipt_codes import parse_code
from registry.text import fold, squeeze

# More than a hand has typed. They belong into a file.
MOST_NUMBERS: Final = 20
_BETWEEN: Final = re.compile(r"[\s,;，；、]+")
_MARKS_BETWEEN: Final = re.compile(r"[,;，；、]")
_NUMBER_LIKE: Final = re.compile(r"\d{6}|[0-9A-Z]{8}")
# A scanner types the address that stands in the QR code of a notice, a receipt or a proof.
_ADDRESS: Final = re.compile(r"https?://\S+?/(?:declarations|receipts|publications)/([^\s/?#.]+)\S*", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"(?:登记号|查验回执|回执编号|刊登证明|核验码|验证码|reference|ref\.?|code)\s*[:：]?\s*", re.IGNORECASE
)
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def unwrapped(text: str) -> str:
    """Return the reference or code in a scanned address or behind its label; any other text as it is."""
    if match := _ADDRESS.fullmatch(text.strip()):
        return match[1]
    label = _LABEL.match(text.strip())
    if label is None:
        return text
    bare = text.strip()[label.end() :]
    return bare if reference_in(bare) or code_in(bare) or looks_like_reference(bare) else text


def reference_in(text: str) -> str | None:
    """Return the one spelling of a reference, None where the text is none."""
    try:
        return parse_reference(text)
    except BadReference:
        return None


def code_in(text: str) -> str | None:
    """Return the one spelling of the code of a receipt or of a proof of publication, None where the text is none."""
    for parse in (parse_code, publications.parse_code):
        with suppress(BadCode):
            return parse(text)
    return None


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a list or a row that was pasted, each once; none where it holds one number or none.

    One number typed in groups is no list: it is a number of some kind, or its groups are too short for numbers.
    """
    parts = [part for part in _BETWEEN.split(squeeze(text)) if part]
    numbers = list(dict.fromkeys(part for part in parts if _NUMBER_LIKE.search(fold(part))))
    if len(numbers) < 2:
        return []
    if not _MARKS_BETWEEN.search(text):
        rest = "".join(part for part in parts if part not in numbers)
        if re.search(r"\d", fold(rest)) or kinds.recognise_best(text)[1]:
            return []
    if any(map(kinds.ends_of_range, kinds.lookup_forms(text))):
        return []
    return numbers


def number_within(text: str) -> str | None:
    """Return the one number among other words, as in a row that was copied from a table."""
    parts = [part for part in _BETWEEN.split(text) if part]
    numbers = [part for part in parts if _NUMBER_LIKE.search(fold(part))]
    if len(set(numbers)) != 1 or len(parts) == 1:
        return None
    others = "".join(part for part in parts if part not in numbers)
    if re.search(r"\d", fold(others)) and not (_HAN.search(others) and kinds.recognise(numbers[0])):
        return None
    return numbers[0]


def may_hold_name(text: str) -> bool:
    """Whether a text with digits in it may be a name too, such as 第3中学. What may hold a number is left alone."""
    return len(_HAN.findall(text)) >= 2 and not re.search(r"\d{5}", fold(text))


def is_name(text: str) -> bool:
    """Whether a text has no digit, and so is no number that a document bears."""
    return not re.search(r"\d", fold(text))
