"""Which rules a number fits, however many there are: all that may have it are tried in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from registry.kinds.catalogue import RULES
from registry.kinds.model import Finding, NumberRule, Repair, no_strings, unchanged
from registry.kinds.spelling import DIGITS, ODD, PLAIN, SIGNED, WORDED, Sort, Spelling

_STRICT: Final = tuple(rule for rule in RULES.values() if not rule.free)
# What a pattern is made of, as far as it matters where a group that keeps what it takes begins.
_PART: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?P<\w+>|(?!\?))")
# A pattern without Chinese characters, and without anything that could stand for one.
_WORDLESS: Final = re.compile(
    r"(?a:[^\\.\[\x80-\U0010ffff]|\\[d().\-/]|\[(?!\^)(?:[^\]\\\x80-\U0010ffff]|\\[d().\-/])*\])*"
)
# What a pattern is made of: how it repeats, groups and chooses; and what takes one character.
_SINGLE: Final = re.compile(r"(?P<how>\{[\d,]+\}|\((?:\?(?:[:=]|P<\w+>))?|[)|?*+.])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.")
_TAKEN, _REFUSED = "x", "-"
_CHARACTERS: Final = {DIGITS: "0123456789", PLAIN: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
PLACES: Final = {rule.slug: place for place, rule in enumerate(_STRICT)}


class Guess(NamedTuple):
    """A rule that a bare number may be guessed to belong to, and what the guess takes beside the form.

    means: what the number, or the text as typed if `in_text`, has to be in the eyes of this; None for nothing more.
    checks: those of the rule, the last one first: it is the digit's, which most numbers of another kind fail.
    """

    rule: NumberRule
    means: Callable[[str], object] | None
    in_text: bool
    checks: tuple[Callable[[str], Finding | None], ...]

    def is_meant(self, canonical: str, text: str) -> bool:
        """Whether the number, which fits, is meant by the rule."""
        return self.means is None or bool(self.means(text if self.in_text else canonical))

    def is_right(self, canonical: str, text: str) -> bool:
        """Whether it is, and no check has anything against it."""
        _, means, in_text, checks = self
        if means and not means(text if in_text else canonical):
            return False
        for check in checks:  # noqa: SIM110 (a generator takes twice as long)
            if check(canonical):
                return False
        return True


class Fitting(NamedTuple):
    """Rules that a number fits, likeliest first; of them those that are guessed; and what they hold equal to it."""

    rules: tuple[NumberRule, ...]
    guesses: tuple[Guess, ...]
    equals: tuple[Callable[[str], tuple[str, ...]], ...]


# The canonical number, and the rules whose it is.
Fit = tuple[str, Fitting]


class _Fittings(dict[tuple[str | None, ...], Fitting | None]):
    """What fits, by the groups that the match of all patterns has left behind: few of the many that could be."""

    def __init__(self, rules: Sequence[Sequence[NumberRule]]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, reached: tuple[str | None, ...]) -> Fitting | None:
        marked = zip(self._rules, reached, strict=True)
        rules = [rule for alike, mark in marked if mark is not None for rule in alike]
        self[reached] = _fitting_of(rules) if rules else None
        return self[reached]


def _fitting_of(rules: list[NumberRule]) -> Fitting:
    likeliest_first = sorted(rules, key=lambda rule: (-rule.evidence, PLACES[rule.slug]))
    return Fitting(
        tuple(likeliest_first),
        tuple(
            Guess(rule, rule.guess.fullmatch if rule.guess else None, rule.form != "compact", rule.checks[::-1])
            for rule in likeliest_first
            if rule.evidence
        ),
        tuple(dict.fromkeys(rule.equivalents for rule in rules if rule.equivalents is not no_strings)),
    )


class _Look(NamedTuple):
    """Rules that read the same spelling, mended alike, and have no place for the same hyphens.

    `match` leaves the groups by which `fittings` tells which of them a number fits.
    """

    in_text: bool
    repair: Callable[[str], str] | None
    hyphens: re.Pattern[str] | None
    match: Callable[[str], re.Match[str] | None]
    fittings: _Fittings


def fits_of(spelling: Spelling, *, guessed: bool = False) -> list[Fit]:
    """Every strict rule that a number fits; if `guessed`, only those that a bare number is ever guessed to be."""
    text, compact, sort, _ = spelling
    found = []
    for in_text, repair, hyphens, match, fittings in _looks(len(compact), sort, guessed):
        number = text if in_text else compact
        if repair:
            number = repair(number)
        if (
            (reached := match(number))
            and (fitting := fittings[reached.groups()])
            and not (hyphens and hyphens.fullmatch(text))
        ):
            found.append((number, fitting))
    return found


@cache
def tried(length: int, sort: Sort) -> tuple[NumberRule, ...]:
    """The rules that a compact spelling of this length can have."""
    return tuple(rule for rule in _STRICT if _can_have(rule, length, sort))


def _can_have(rule: NumberRule, length: int, sort: Sort) -> bool:
    # A repair may take words and signs away, and with them any length.
    repaired = sort in (WORDED, ODD) and rule.repair is not unchanged
    if rule.lengths and length not in rule.lengths and not repaired:
        return False
    if sort is not WORDED:
        return not rule.worded
    keeps_words = rule.repair is unchanged or (isinstance(rule.repair, Repair) and not rule.repair.words)
    return not (keeps_words and rule.pattern.flags & re.ASCII and _WORDLESS.fullmatch(rule.pattern.pattern))


@cache
def _looks(length: int, sort: Sort, guessed: bool) -> tuple[_Look, ...]:
    """How to hold a spelling of this length against all rules that can have it, mended once for those that mend alike.

    Plain text is its own compact spelling, and there is nothing in it to tidy: most rules then look at the same.
    """
    plain = sort <= PLAIN
    looks: dict[tuple[bool, Callable[[str], str], re.Pattern[str] | None], list[NumberRule]] = {}
    for rule in tried(length, sort):
        if guessed and not rule.evidence:
            continue
        in_text = rule.form != "compact" and not plain
        hyphens = None if plain else rule.keep_hyphens
        repair = _repair_for(rule, sort, in_text=in_text)
        alike = looks.setdefault((in_text, repair, hyphens), [])
        if not plain or repair is not unchanged or _mould(rule.pattern, sort).fullmatch(_TAKEN * length):
            alike.append(rule)
    return tuple(
        _Look(in_text, None if repair is unchanged else repair, hyphens, *_at_once(tuple(rules)))
        for (in_text, repair, hyphens), rules in looks.items()
        if rules
    )


@cache
def _mould(pattern: re.Pattern[str], sort: Sort) -> re.Pattern[str]:
    """A pattern that takes so many _TAKEN as the other may take characters of a plain sort: most want others, or more.

    Of a pattern with parts that look ahead for what must not come, too little would be left.
    """

    def cast(part: re.Match[str]) -> str:
        if part["how"]:
            return part[0]
        return _TAKEN if any(re.fullmatch(part[0], character) for character in _CHARACTERS[sort]) else _REFUSED

    return re.compile(_SINGLE.sub(cast, pattern.pattern))


def _repair_for(rule: NumberRule, sort: Sort, *, in_text: bool) -> Callable[[str], str]:
    if not isinstance(rule.repair, Repair) or rule.repair.plain:
        return rule.repair
    if sort <= PLAIN:
        return unchanged
    # Without its hyphens a number may be plain; with words, or as typed, it is not.
    return rule.repair if sort is SIGNED and not in_text else rule.repair.how


@cache
def _at_once(rules: tuple[NumberRule, ...]) -> tuple[Callable[[str], re.Match[str] | None], _Fittings]:
    alike: dict[re.Pattern[str], list[NumberRule]] = {}
    for rule in rules:
        alike.setdefault(rule.pattern, []).append(rule)
    return all_at_once(alike).match, _Fittings(tuple(alike.values()))


def all_at_once(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """One pattern that looks ahead with each from the beginning, and leaves an empty group for each that takes all."""
    return re.compile("".join(rf"(?={_to_the_end(pattern)}()|)" for pattern in patterns))


def _to_the_end(pattern: re.Pattern[str]) -> str:
    """A pattern as part of another, where it keeps nothing of what it takes."""
    bare = _PART.sub(lambda part: "(?:" if part[0].startswith("(") else part[0], pattern.pattern)
    return rf"(?{'a' if pattern.flags & re.ASCII else 'u'}:{bare})\Z"
