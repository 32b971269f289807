"""Numbers printed from–to: blank invoices, cheques and receipts are lost by the book.

A range has one canonical spelling, FIRST-LAST: two numbers of one length that differ in their last digits only, joined
by a hyphen. The hyphen is then the character in the middle, so that a canonical range can be taken apart without the
rule that made it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

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


class Span(NamedTuple):
    """The two ends of what may be a range; `worded` if more than a hyphen says that it is one."""

    first: str
    last: str
    worded: bool

    @property
    def size(self) -> int:
        """How many numbers the range has, its ends among them; 0 if these are not in line."""
        serials = _in_line(self.first, self.last)
        return int(serials[1]) - int(serials[0]) + 1 if serials else 0

    @property
    def fault(self) -> Reason:
        """Why the ends, which make no range, do not."""
        if size := self.size:
            return range_size(size)
        if len(self.first) != len(self.last):
            return range_length(len(self.first), len(self.last))
        return RANGE_PREFIX if split_serial(self.first)[0] != split_serial(self.last)[0] else RANGE_ORDER

    @property
    def meant(self) -> tuple[str, ...]:
        """The range that ends out of line may stand for: its last number cut short, or the two exchanged."""
        first, last = self.last, self.first
        prefix, digits = split_serial(self.first)
        if self.last.isdigit() and len(self.last) < len(digits):
            first, last = self.first, prefix + digits[: -len(self.last)] + self.last
        return (f"{first}-{last}",) if _in_line(first, last) and not self.size else ()


def split_serial(number: str) -> tuple[str, str]:
    """What a number begins with, and the digits it ends with, zeros and all (none if it ends otherwise).

    Numbers of one prefix and as many digits stand in the order of their digits as text: that is how a database finds
    the ranges that cover a number.

    >>> split_serial("NO0012345"), split_serial("8123456-1"), split_serial("12A")
    (('NO', '0012345'), ('8123456-', '1'), ('12A', ''))
    """
    prefix = number.rstrip("0123456789")
    return prefix, number[len(prefix) :]


def _in_line(first: str, last: str) -> tuple[str, str] | None:
    """The digits in which two numbers of one length differ, if they differ in nothing else and go up."""
    if len(first) != len(last):
        return None
    prefix, digits = split_serial(first)
    other, until = split_serial(last)
    return (digits, until) if digits and prefix == other and digits <= until else None


def ends(text: str) -> tuple[str, str] | None:
    """The two ends of a canonical range, or None if the text is none.

    >>> ends("00000001-00000025"), ends("A-01-A-25"), ends("2019-1")
    (('00000001', '00000025'), ('A-01', 'A-25'), None)
    """
    middle = len(text) // 2
    if len(text) % 2 == 0 or text[middle] != "-":
        return None
    first, last = text[:middle], text[middle + 1 :]
    return (first, last) if _in_line(first, last) else None


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
    return next((span for span in spans if span.size), spans[0] if len(spans) == 1 else None)


def _span(first: str, last: str, *, worded: bool) -> Span | None:
    first, last = _bare(first), _bare(last)
    return Span(first, last, worded) if _DIGIT.search(first) and _DIGIT.search(last) else None


def _bare(end: str) -> str:
    if end.isascii() and end.isalnum():
        return end
    number = spell(_UNTIL.sub("", _FROM.sub("", end))).text
    return spell(_ORDINAL_END.sub("", number)).text
