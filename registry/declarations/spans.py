"""Ranges of numbers on the register, so that a check of one number inside finds the range.

A range is filed under a group, its prefix and the count of its digits, in which digits compare as text. Ranges of more
numbers than a carton holds are filed apart: the others can then be looked for in a short stretch of the index, whatever
number of ranges there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from registry import kinds

CARTON: Final = 100_000
MOST_DIGITS: Final = 30
# What the group of the ranges above a carton is called more than that of the others.
WIDE: Final = "+"


class Span(NamedTuple):
    """A stretch of serial numbers with a common prefix; one number is a stretch of one."""

    prefix: str
    first: str
    last: str

    @property
    def size(self) -> int:
        return int(self.last) - int(self.first) + 1

    def numbers(self) -> Iterator[str]:
        """Give every number of it, spelled out."""
        for number in range(int(self.first), int(self.last) + 1):
            yield self.prefix + str(number).zfill(len(self.first))

    @property
    def group(self) -> str:
        """Where a range of this size is filed."""
        return self._narrow + WIDE if self.size > CARTON else self._narrow

    @property
    def bounds(self) -> tuple[str, str, str, str, str]:
        """Return what ranges that meet it are looked for by: both groups, their lowest start, and its own two ends."""
        lowest = str(max(0, int(self.first) - CARTON)).zfill(len(self.first))
        return self._narrow, self._narrow + WIDE, lowest, self.first, self.last

    @property
    def _narrow(self) -> str:
        return _group(self.prefix, self.first)


def span_of(rule: str, canonical: str) -> Span | None:
    """Return the range that a canonical number of this rule is; None if it is one number."""
    ends = kinds.range_of(rule, canonical)
    return _span(*ends) if ends else None


def span_in(form: str) -> Span | None:
    """Return what a typed spelling may meet: its own number, or the range that it is; None if it ends in no digit."""
    return _span(*(kinds.ends_of_range(form) or (form,)))


def spans_in(forms: Iterable[str]) -> tuple[Span, ...]:
    """Return what the spellings of one number may meet, each span once."""
    return tuple(dict.fromkeys([span for form in forms if (span := span_in(form))]))


def group_in(form: str) -> str | None:
    """Return the group of the small ranges that `span_in` may meet, without making the span; None if it makes none."""
    prefix, digits = kinds.split_serial((kinds.ends_of_range(form) or (form,))[0])
    return _group(prefix, digits) if 0 < len(digits) <= MOST_DIGITS else None


def _group(prefix: str, digits: str) -> str:
    return f"{prefix}|{len(digits)}"


def _span(first: str, last: str | None = None) -> Span | None:
    prefix, digits = kinds.split_serial(first)
    if not 0 < len(digits) <= MOST_DIGITS:
        return None
    return Span(prefix, digits, kinds.split_serial(last)[1] if last else digits)
