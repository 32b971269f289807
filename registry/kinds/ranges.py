"""Numbers printed from–to: blank invoices, cheques and receipts are lost by the book.

A range has one canonical spelling, FIRST-LAST: two numbers of one length that differ in their last digits only, joined
by a hyphen. The hyphen is then the character in the middle, so that a canonical range can be taken apart without the
rule that made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from registry.kinds.model import Reason
from registry.kinds.reasons import RANGE_ORDER, RANGE_PREFIX, range_length, range_size
from registry.kinds.spelling import spell

# What stands between the ends of a folded text; a hyphen may as well belong to one number.
_BETWEEN: Final = re.compile(r"[至到~\u301c\u223c]+|-{2,}")
_FROM: Final = re.compile(r"\A[从自由起]+(?=第?[0-9A-Z])")
_UNTIL: Final = re.compile(r"(?<=[0-9A-Z号])[起止]\Z")
_ORDINAL_END: Final = re.compile(r"(?<=[0-9A-Z])号\Z")
_DIGIT: Final = re.compile(r"[0-9]")
_ANY: Final = re.compile(rf"-|{_BETWEEN.pattern}")


@dataclass(frozen=True, slots=True)
class Span:
    """The two ends of what may be a range; `worded` if more than a hyphen says that it is one."""

    first: str
    last: str
    worded: bool

    @property
    def in_line(self) -> bool:
        """Whether the ends are of one length, differ in their last digits only, and go up."""
        prefix, digits = split_serial(self.first)
        other, last = split_serial(self.last)
        return digits != "" and prefix == other and len(digits) == len(last) and digits <= last

    @property
    def count(self) -> int:
        """How many numbers a range in line has, its ends among them."""
        return int(split_serial(self.last)[1]) - int(split_serial(self.first)[1]) + 1

    @property
    def fault(self) -> Reason:
        """Why the ends, which make no range, do not."""
        if self.in_line:
            return range_size(self.count)
        if len(self.first) != len(self.last):
            return range_length(len(self.first), len(self.last))
        return RANGE_PREFIX if split_serial(self.first)[0] != split_serial(self.last)[0] else RANGE_ORDER

    @property
    def meant(self) -> tuple[str, ...]:
        """The range that ends out of line may stand for: its last number cut short, or the two exchanged."""
        prefix, digits = split_serial(self.first)
        if self.last.isdigit() and len(self.last) < len(digits):
            span = Span(self.first, prefix + digits[: -len(self.last)] + self.last, worded=False)
        else:
            span = Span(self.last, self.first, worded=False)
        return (f"{span.first}-{span.last}",) if span.in_line and not self.in_line else ()


def split_serial(number: str) -> tuple[str, str]:
    """What a number begins with, and the digits it ends with, zeros and all (none if it ends otherwise).

    Numbers of one prefix and as many digits stand in the order of their digits as text: that is how a database finds
    the ranges that cover a number.

    >>> split_serial("NO0012345"), split_serial("8123456-1"), split_serial("12A")
    (('NO', '0012345'), ('8123456-', '1'), ('12A', ''))
    """
    prefix = number.rstrip("0123456789")
    return prefix, number[len(prefix) :]


def ends(text: str) -> tuple[str, str] | None:
    """The two ends of a canonical range, or None if the text is none.

    >>> ends("00000001-00000025"), ends("A-01-A-25"), ends("2019-1")
    (('00000001', '00000025'), ('A-01', 'A-25'), None)
    """
    middle = len(text) // 2
    if len(text) % 2 == 0 or text[middle] != "-":
        return None
    span = Span(text[:middle], text[middle + 1 :], worded=False)
    return (span.first, span.last) if span.in_line else None


def read(text: str) -> Span | None:
    """The ends of what a folded text without blanks gives as a range, labels and 号 around each peeled; None if none.

    >>> read("自0036239号至0036245号止")
    Span(first='0036239', last='0036245', worded=True)
    >>> read("8123456-1")
    Span(first='8123456', last='1', worded=False)
    """
    if not _ANY.search(text):
        return None
    if found := ends(text):
        return Span(*found, worded=False)
    places = tuple(_BETWEEN.finditer(text))
    if len(places) == 1:
        return _span(text[: places[0].start()], text[places[0].end() :], worded=True)
    if places:
        return None
    spans = [
        span
        for place in range(1, len(text) - 1)
        if text[place] == "-" and (span := _span(text[:place], text[place + 1 :], worded=False))
    ]
    return next((span for span in spans if span.in_line), spans[0] if len(spans) == 1 else None)


def _span(first: str, last: str, *, worded: bool) -> Span | None:
    first, last = _bare(first), _bare(last)
    return Span(first, last, worded) if _DIGIT.search(first) and _DIGIT.search(last) else None


def _bare(end: str) -> str:
    if end.isascii() and end.isalnum():
        return end
    number = spell(_UNTIL.sub("", _FROM.sub("", end))).text
    return spell(_ORDINAL_END.sub("", number)).text
