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
from registry.kinds.spelling import PLAIN, Spelling, spell

# What stands between the ends of a folded text; a hyphen may as well belong to one number.
_BETWEEN: Final = re.compile(r"[至到~\u301c\u223c]+|-{2,}")
_FROM: Final = re.compile(r"\A[从自由起]+(?=第?[0-9A-Z])")
_UNTIL: Final = re.compile(r"(?<=[0-9A-Z号])[起止]\Z")
_ORDINAL_END: Final = re.compile(r"(?<=[0-9A-Z])号\Z")
_DIGIT: Final = re.compile(r"[0-9]")
_ANY: Final = re.compile(rf"-|{_BETWEEN.pattern}")


class Span(NamedTuple):
    """The two ends of what may be a range; `worded` if more than a hyphen says that it is one."""

    first: Spelling
    last: Spelling
    worded: bool


def split_serial(number: str) -> tuple[str, str]:
    """What a number begins with, and the digits it ends with, zeros and all (none if it ends otherwise).

    Numbers of one prefix and as many digits stand in the order of their digits as text: that is how a database finds
    the ranges that cover a number.

    >>> split_serial("NO0012345"), split_serial("8123456-1"), split_serial("12A")
    (('NO', '0012345'), ('8123456-', '1'), ('12A', ''))
    """
    prefix = number.rstrip("0123456789")
    return prefix, number[len(prefix) :]


def size(first: str, last: str) -> int:
    """How many numbers a range has, its ends among them; 0 if these are not in line."""
    serials = _in_line(first, last)
    return int(serials[1]) - int(serials[0]) + 1 if serials else 0


def fault(first: str, last: str) -> Reason:
    """Why two ends make no range that anybody would have lost."""
    if count := size(first, last):
        return range_size(count)
    if len(first) != len(last):
        return range_length(len(first), len(last))
    return RANGE_PREFIX if split_serial(first)[0] != split_serial(last)[0] else RANGE_ORDER


def meant(first: str, last: str) -> tuple[str, ...]:
    """The range that ends out of line may stand for: its last number cut short, or the two exchanged."""
    if size(first, last):
        return ()
    prefix, digits = split_serial(first)
    if last.isdigit() and len(last) < len(digits):
        last = prefix + digits[: -len(last)] + last
    else:
        first, last = last, first
    return (f"{first}-{last}",) if size(first, last) else ()


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

    >>> first, last, worded = read("自0036239号至0036245号止")
    >>> first.text, last.text, worded
    ('0036239', '0036245', True)
    >>> first, last, worded = read("8123456-1")
    >>> first.text, last.text, worded
    ('8123456', '1', False)
    """
    if not _ANY.search(text):
        return None
    if found := ends(text):
        return Span(spell(found[0]), spell(found[1]), worded=False)
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
    in_line = (span for span in spans if _in_line(span.first.text, span.last.text))
    return next(in_line, spans[0] if len(spans) == 1 else None)


def _span(first: str, last: str, *, worded: bool) -> Span | None:
    span = Span(_bare(first), _bare(last), worded)
    return span if _DIGIT.search(span.first.text) and _DIGIT.search(span.last.text) else None


def _bare(end: str) -> Spelling:
    if end.isascii() and end.isalnum():
        return Spelling(end, end, PLAIN)
    number = spell(_UNTIL.sub("", _FROM.sub("", end))).text
    return spell(_ORDINAL_END.sub("", number))
