"""What a kind of document is: the shapes that every family file fills in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from registry.errors import RegistryError
from registry.text import Text


class UnknownKind(RegistryError, KeyError):
    """No kind or number rule goes by this slug."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"no document kind is called {slug!r}")
        self.slug = slug

    def __str__(self) -> str:
        return f"no document kind is called {self.slug!r}"


class Grade(StrEnum):
    """How sure the registry is that a document can bear a number."""

    VALID = "valid"
    DOUBTFUL = "doubtful"
    IMPOSSIBLE = "impossible"

    # Equal to its text, it has the hash of that; Enum's own is another, and a slow one.
    __hash__ = str.__hash__


# A name of a module is found in a tenth of the time that a member of an enumeration takes.
VALID, DOUBTFUL, IMPOSSIBLE = Grade


class Reason(NamedTuple):
    """Why a number is not simply valid; `message` tells the reader what to do."""

    code: str
    message: Text


class Finding(NamedTuple):
    """What one check of a rule has against a number, and how much that weighs."""

    grade: Grade
    reason: Reason


class Fact(NamedTuple):
    """Something that can be read out of a number."""

    name: Text
    value: Text


def _no_facts(_number: str) -> tuple[Fact, ...]:
    return ()


def no_strings(_number: str) -> tuple[str, ...]:
    """No other spelling, nothing that may be meant."""
    return ()


def unchanged(number: str) -> str:
    """The number as it is: no grouping, no repair."""
    return number


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair of which more is known, so that most numbers need not be held against rules that they cannot fit.

    plain: False if a number of nothing but Latin letters and digits stays as it is.
    words: False if no Chinese character is taken away.
    """

    how: Callable[[str], str]
    plain: bool = True
    words: bool = True

    def __call__(self, number: str) -> str:
        return self.how(number) if self.plain or not (number.isalnum() and number.isascii()) else number


# Of each rule there is one: no two need be compared part by part.
@dataclass(frozen=True, slots=True, eq=False)
class NumberRule:
    """What one sort of number obeys.

    form: "compact" drops spaces, hyphens and dots where the result fits `pattern`; "hyphen" keeps hyphens;
      "text" keeps Chinese words too.
    pattern: the whole canonical number. Where it fails, `explain` says why, or else `shape` does, as
      impossible if the form is `certain` (a standard or several sources), as doubtful if not.
    checks: what to test where the pattern holds: each returns what it has against the number, or None.
    repair: a change of the compact spelling (in the other forms: of the text) that cannot merge two real numbers
      (× for X at the end of an ID); kept only if the pattern then fits. Of a `Repair` more is known.
    keep_hyphens: spellings whose hyphens mean something, so that joining would make another number.
    suggest: numbers that one slip of the hand could have turned into this one, best first; it is given the compact
      spelling, in the other forms the text.
    equivalents: other canonical spellings of the same number (15 and 18 digits).
    free: takes nearly anything, so it is never guessed from a bare number and is scanned for resident IDs.
    scanned: public, yet loose enough for a resident ID to hide in it, which then makes that one number sensitive.
    lengths: every length of the compact spelling that `pattern` takes, and those of near misses worth explaining.
    worded: every number of it has a Chinese character, so that Latin letters and digits alone are not even tried.
    evidence: how much a fit says, for ranking guesses: a check digit more than a length; 0 is never guessed.
    guess: what of the pattern is particular enough to be guessed from a bare number; None for all of it. It is held
      against the canonical number, in forms other than compact against the text as typed; never against a range.
    telling: a form so particular that a bare number which has it and fails a check is taken for a near miss, or named
      as doubtful; others are not named at all.
    ranged: its papers are lost by the book, so `00000001-00000025`, also with —, ～ or 至 between, is one range: ONE
      examination whose canonical number is FIRST-LAST (each end obeys this rule; one length, one prefix, FIRST not
      above LAST). Display and mask join the ends' own with an en dash, `decoded` counts the numbers inside, and
      `kinds.range_of` takes the canonical number apart again. What is no proper range is doubtful and says why.
    """

    slug: str
    title: Text
    pattern: re.Pattern[str]
    shape: Reason
    mask: Callable[[str], str]
    sensitive: bool
    source: str
    form: str = "compact"
    certain: bool = False
    lengths: tuple[int, ...] = ()
    worded: bool = False
    explain: Callable[[str], Iterable[Finding]] | None = None
    checks: tuple[Callable[[str], Finding | None], ...] = ()
    decode: Callable[[str], tuple[Fact, ...]] = _no_facts
    group: Callable[[str], str] = unchanged
    repair: Callable[[str], str] = unchanged
    keep_hyphens: re.Pattern[str] | None = None
    suggest: Callable[[str], Iterable[str]] = no_strings
    equivalents: Callable[[str], tuple[str, ...]] = no_strings
    free: bool = False
    scanned: bool = False
    evidence: int = 0
    guess: re.Pattern[str] | None = None
    telling: re.Pattern[str] | None = None
    ranged: bool = False


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number of a document as the form asks for it.

    labels: the words a notice prints before the number; the first is the default.
    where: where on the document to find it. rules: what it may obey; the best fit answers.
    """

    name: str
    labels: tuple[str, ...]
    where: Text
    example: str
    rules: tuple[NumberRule, ...]
    required: bool = True

    @property
    def sensitive(self) -> bool:
        return any(rule.sensitive for rule in self.rules)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document or seal that can be declared lost.

    titles: as printed on it, to choose from; the first is the default. With `free_title` the declarant writes it.
    aliases: Chinese words that people and notices use, for the search box and the reader of old pages.
    copies: choices as a notice prints them (正本, 一枚); empty if the kind has none. measure: 枚, 本, 张, 份.
    """

    slug: str
    family: str
    title: Text
    titles: tuple[Text, ...]
    aliases: tuple[str, ...]
    issuer: Text
    numbers: tuple[NumberField, ...]
    measure: str
    source: str
    copies: tuple[str, ...] = ()
    free_title: bool = False

    @property
    def sensitive(self) -> bool:
        """Whether any number of it must be sealed and masked."""
        return any(field.sensitive for field in self.numbers)


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds that belong together in the chooser and on a help page."""

    slug: str
    title: Text
    kinds: tuple[DocumentKind, ...]
