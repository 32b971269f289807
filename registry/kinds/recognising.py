"""The answers about a bare number: which kinds it may belong to, and how the register may spell it.

Nearly every number that is looked up comes without a kind, a file of them at a time: this is the busiest code of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from functools import cache, partial
from typing import Final, NamedTuple

from registry.kinds import ranges
from registry.kinds.catalogue import RULES
from registry.kinds.model import Examination, Grade, NumberRule, Repair, no_strings, unchanged
from registry.kinds.spelling import Spelling, spell
from registry.kinds.trying import (
    RANK,
    Trial,
    canonical_of,
    finish,
    is_right,
    judge_fit,
    judge_misfit,
    mask_right,
    means_its_hyphens,
    nothing,
    suggest,
    try_range,
    try_rule,
)

_ANY: Final = RULES["other"]
_STRICT: Final = tuple(rule for rule in RULES.values() if not rule.free)
_RANGED: Final = tuple(rule for rule in RULES.values() if rule.ranged)
_SHORTEST_RANGE: Final = 2 * min(min(rule.lengths, default=0) for rule in _RANGED if rule.evidence) + len("-")
# From one day to another is no range of numbers.
_DAY: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_BARE_NO: Final = re.compile(r"NO(?=\d)")
# What a pattern is made of, as far as it matters where a group that keeps what it takes begins.
_PART: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?P<\w+>|(?!\?))")
# What a pattern among others would read otherwise: it names a group by number or by name.
_REFERS: Final = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# A pattern without Chinese characters, and without anything that could stand for one.
_WORDLESS: Final = re.compile(
    r"(?a:[^\\.\[\x80-\U0010ffff]|\\[d().\-/]|\[(?!\^)(?:[^\]\\\x80-\U0010ffff]|\\[d().\-/])*\])*"
)
_PLAIN_FLAGS: Final = re.ASCII | re.UNICODE
_PLACES: Final = {rule.slug: place for place, rule in enumerate(_STRICT)}


class _Alike(NamedTuple):
    """Rules of one pattern: whatever fits one of them fits all.

    guessed: those that a bare number is ever guessed to belong to. equals: what they hold equal to a number.
    """

    rules: tuple[NumberRule, ...]
    guessed: tuple[NumberRule, ...]
    equals: tuple[Callable[[str], tuple[str, ...]], ...]


# The canonical number, and the rules whose it is.
_Fit = tuple[str, _Alike]


class _Look(NamedTuple):
    """Rules that read the same spelling, mended alike; `find` tells which of them a number fits."""

    in_text: bool
    repair: Callable[[str], str] | None
    find: Callable[[str], Sequence[_Alike]]


class LookUp(NamedTuple):
    """What a check asks of a number: what `lookup_forms` and what `recognise_best` say of it.

    `best` is None where no kind can be told.
    """

    forms: tuple[str, ...]
    best: Examination | None
    candidates: tuple[tuple[str, Grade], ...]


class Glance(NamedTuple):
    """What a long list asks of a number that is right for some rule: `masked` is empty where that is public."""

    forms: tuple[str, ...]
    masked: str


def glance(text: str) -> Glance | None:
    """What `look_up` says of letters and digits that are right for some rule, the forms in any order; else None.

    Nearly all numbers of a list are of this sort, and on nobody's declaration: nothing else is asked of them, and it
    takes a third of the time.
    """
    spelling = spell(text)
    if spelling.fault or _sort_of(spelling.text) is not _Sort.PLAIN:
        return None
    number = spelling.text
    fits = _fits(spelling, _Sort.PLAIN)
    for canonical, _ in fits:
        if canonical != number:
            return None
    # Rules are slow to hash; those that fit alike are the same objects for as long as the program runs.
    signature = tuple([id(alike) for _, alike in fits])
    plan = _plans.get(signature) or _plans.setdefault(signature, _plan_for([alike for _, alike in fits]))
    best = hidden = None
    for rule, is_meant in plan.guessed:
        # Behind the likeliest one only what would hide the number matters.
        if (best is None or rule.sensitive) and is_meant(number) and is_right(rule, number):
            if best:
                hidden = rule
                break
            best = rule
            if rule.sensitive:
                break
    if best is None:
        return None
    forms = [number]
    for equivalents in plan.equals:
        forms += [form for form in equivalents(number) if form not in forms]
    if match := _BARE_NO.match(number):
        forms.append(number[match.end() :])
    return Glance(tuple(forms), mask_right(hidden or best, number))


class _Plan(NamedTuple):
    """What to ask of a number that fits certain rules: those that are guessed, likeliest first, and equal numbers."""

    guessed: tuple[tuple[NumberRule, Callable[[str], object]], ...]
    equals: tuple[Callable[[str], tuple[str, ...]], ...]


_plans: dict[tuple[int, ...], _Plan] = {}


def _plan_for(fitting: Sequence[_Alike]) -> _Plan:
    guessed = sorted(
        [rule for alike in fitting for rule in alike.guessed], key=lambda rule: (-rule.evidence, _PLACES[rule.slug])
    )
    return _Plan(
        tuple((rule, rule.guess.fullmatch if rule.guess else bool) for rule in guessed),
        tuple(dict.fromkeys(equivalents for alike in fitting for equivalents in alike.equals)),
    )


def look_up(text: str) -> LookUp:
    """What `lookup_forms` and `recognise_best` say of a number, for the price of one."""
    spelling = spell(text)
    if spelling.fault:
        return LookUp((), None, ())
    sort = _sort_of(spelling.text)
    fits = _fits(spelling, sort)
    spans = _range_trials(spelling, sort)
    guesses = _guesses(spelling, sort, fits, [trial for trial in spans if all(end.fits for end in trial.ends)])
    return LookUp(_forms(spelling, fits, spans), *_best(guesses, text))


def lookup_forms(text: str) -> tuple[str, ...]:
    """Every canonical spelling under which a typed number may stand on the register, the likeliest first.

    The spelling of each rule that the number fits and what that rule holds equal (15 and 18 digits), then the text as
    free rules keep it, with and without a bare NO in front. Empty if nothing could be stored.
    """
    spelling = spell(text)
    if spelling.fault:
        return ()
    sort = _sort_of(spelling.text)
    return _forms(spelling, _fits(spelling, sort), _range_trials(spelling, sort))


def recognise(text: str) -> tuple[Examination, ...]:
    """What a bare number may be, the likeliest first.

    Only rules whose form it has are named, none that is free or whose form is no evidence, and doubtful ones only if
    it is right for none. A number that is right for none of them can still be a near miss: it is then returned as
    impossible, with the slips that would explain it.
    """
    spelling = spell(text)
    return () if spelling.fault else tuple([finish(trial, text) for trial in _guessed(spelling)])


def recognise_best(text: str) -> tuple[Examination, tuple[tuple[str, Grade], ...]]:
    """The first answer of `recognise`, and of each the rule and the grade: all that a long list of numbers is read for.

    With no others, what it is as a number of any document. What may be sensitive is masked as if it were.
    """
    spelling = spell(text)
    if spelling.fault:
        return nothing(_ANY, text, spelling.fault), ()
    best, candidates = _best(_guessed(spelling), text)
    return best or finish(try_rule(_ANY, spelling), text), candidates


def _best(trials: list[Trial], text: str) -> tuple[Examination | None, tuple[tuple[str, Grade], ...]]:
    if not trials:
        return None, ()
    best = trials[0]
    hidden = None if best.rule.sensitive else next((trial for trial in trials if trial.rule.sensitive), None)
    return finish(best, text, hidden=hidden), tuple([(trial.rule.slug, trial.grade) for trial in trials])


def _guessed(spelling: Spelling) -> list[Trial]:
    sort = _sort_of(spelling.text)
    return _guesses(spelling, sort, _fits(spelling, sort), _range_trials(spelling, sort, fitting=True))


def _fits(spelling: Spelling, sort: _Sort) -> list[_Fit]:
    """Every strict rule that a number fits."""
    text, compact, _ = spelling
    found: list[_Fit] = []
    for in_text, repair, find in _looks(len(compact), sort):
        number = text if in_text else compact
        if repair:
            number = repair(number)
        found += [(number, alike) for alike in find(number)]
    if sort is _Sort.PLAIN:
        return found
    return [fit for fit in found if not means_its_hyphens(fit[1].rules[0], spelling)]


class _Sort(IntEnum):
    """What a text is made of: letters and digits alone; signs too; Chinese besides; or characters of any other sort."""

    PLAIN = 0
    SIGNED = 1
    WORDED = 2
    ODD = 3


def _sort_of(text: str) -> _Sort:
    if text.isascii():
        return _Sort.PLAIN if text.isalnum() else _Sort.SIGNED
    return _Sort.WORDED if _HAN.search(text) else _Sort.ODD


@cache
def _tried(length: int, sort: _Sort) -> tuple[NumberRule, ...]:
    """The rules that a compact spelling of this length can have."""
    return tuple(rule for rule in _STRICT if _can_have(rule, length, sort))


def _can_have(rule: NumberRule, length: int, sort: _Sort) -> bool:
    # A repair may take words and signs away, and with them any length.
    repaired = sort in (_Sort.WORDED, _Sort.ODD) and rule.repair is not unchanged
    if rule.lengths and length not in rule.lengths and not repaired:
        return False
    if sort is not _Sort.WORDED:
        return not rule.worded
    keeps_words = rule.repair is unchanged or (isinstance(rule.repair, Repair) and not rule.repair.words)
    return not (keeps_words and rule.pattern.flags & re.ASCII and _WORDLESS.fullmatch(rule.pattern.pattern))


@cache
def _looks(length: int, sort: _Sort) -> tuple[_Look, ...]:
    """How to hold a spelling of this length against all rules that can have it, mended once for those that mend alike.

    Plain text is its own compact spelling, and there is nothing in it to tidy: most rules then look at the same.
    """
    plain = sort is _Sort.PLAIN
    looks: dict[tuple[bool, Callable[[str], str]], list[NumberRule]] = {}
    for rule in _tried(length, sort):
        repair = unchanged if plain and isinstance(rule.repair, Repair) and not rule.repair.plain else rule.repair
        looks.setdefault((rule.form != "compact" and not plain, repair), []).append(rule)
    return tuple(
        _Look(in_text, None if repair is unchanged else repair, _at_once(tuple(rules)))
        for (in_text, repair), rules in looks.items()
    )


@cache
def _at_once(rules: tuple[NumberRule, ...]) -> Callable[[str], Sequence[_Alike]]:
    """A function that tells which rules' patterns take a whole text, in one pass of the engine.

    Each pattern looks ahead from the beginning and leaves an empty group behind if it reaches the end.
    """
    groups: dict[tuple[re.Pattern[str], re.Pattern[str] | None], list[NumberRule]] = {}
    for rule in rules:
        groups.setdefault((rule.pattern, rule.keep_hyphens), []).append(rule)
    alike = [
        _Alike(
            tuple(some),
            tuple(rule for rule in some if rule.evidence),
            tuple(dict.fromkeys(rule.equivalents for rule in some if rule.equivalents is not no_strings)),
        )
        for some in groups.values()
    ]
    patterns = [pattern for pattern, _ in groups]
    if len(patterns) == 1 or any(p.flags & ~_PLAIN_FLAGS or _REFERS.search(p.pattern) for p in patterns):
        return partial(_one_by_one, [(pattern.fullmatch, some) for pattern, some in zip(patterns, alike, strict=True)])
    looks = re.compile(
        "".join(
            rf"(?=(?{'a' if pattern.flags & re.ASCII else 'u'}:{_keeping_nothing(pattern.pattern)})\Z()|)"
            for pattern in patterns
        )
    )
    return partial(_in_one_pass, looks.match, alike, {})


def _keeping_nothing(pattern: str) -> str:
    return _PART.sub(lambda part: "(?:" if part[0].startswith("(") else part[0], pattern)


def _one_by_one(tests: Sequence[tuple[Callable[[str], object], _Alike]], text: str) -> Sequence[_Alike]:
    return [alike for fits, alike in tests if fits(text)]


def _in_one_pass(
    match: Callable[[str], re.Match[str] | None],
    alike: Sequence[_Alike],
    known: dict[tuple[str | None, ...], Sequence[_Alike]],
    text: str,
) -> Sequence[_Alike]:
    found = match(text)
    if found is None or found.lastindex is None:
        return ()
    reached = found.groups()
    if reached not in known:
        known[reached] = [some for some, mark in zip(alike, reached, strict=True) if mark is not None]
    return known[reached]


def _guesses(spelling: Spelling, sort: _Sort, fits: Iterable[_Fit], spans: Iterable[Trial]) -> list[Trial]:
    """What a number may be; `fits` are the rules that it fits, `spans` those under which it is a range."""
    # What is a range is no longer number whose hyphen could go.
    spans = [trial for trial in spans if _is_guessed(trial)]
    guessed = [] if spans else _guessed_of(spelling, fits)
    valid = spans or [
        Trial(rule, canonical, canonical, True, Grade.VALID, ())
        for rule, canonical in guessed
        if is_right(rule, canonical)
    ]
    if valid:
        if len(valid) > 1:
            valid.sort(key=_likeliness)
        return valid
    trials = sorted([judge_fit(rule, canonical, canonical) for rule, canonical in guessed], key=_likeliness)
    doubted = [trial for trial in trials if trial.grade is Grade.DOUBTFUL and _is_worth_a_doubt(trial)]
    least = max((trial.rule.evidence for trial in doubted), default=0)
    near = [trial._replace(suggestions=suggest(trial)) for trial in trials if trial.is_telling]
    near += _near_misses(spelling, sort)
    near = sorted([trial for trial in near if trial.rule.evidence > least], key=_likeliness)
    if doubted:
        # A resident ID with one wrong digit is likelier than any number of 18 digits whose check is but a guess.
        return [trial for trial in near if trial.suggestions and trial.is_telling] or doubted
    return [trial for trial in near if trial.suggestions] or near


def _is_worth_a_doubt(trial: Trial) -> bool:
    """Whether a doubtful number is named at all: one that fails a check digit only if there is more about its form."""
    return trial.is_telling or all(reason.code != "check_digit" for reason in trial.reasons)


def _likeliness(trial: Trial) -> tuple[int, int, int]:
    return -trial.rule.evidence, RANK[trial.grade], _PLACES[trial.rule.slug]


def _guessed_of(spelling: Spelling, fits: Iterable[_Fit]) -> list[tuple[NumberRule, str]]:
    """Of the rules that a number fits those that it may be guessed to belong to, with its canonical form."""
    return [
        (rule, canonical)
        for canonical, alike in fits
        for rule in alike.guessed
        if rule.guess is None or rule.guess.fullmatch(canonical if rule.form == "compact" else spelling.text)
    ]


def _near_misses(spelling: Spelling, sort: _Sort) -> Iterable[Trial]:
    """The rules that do not fit, each tried, whose form the number would have but for a slip; with what may be meant.

    Without a letter that could be a mistyped digit, only a telling form makes a near miss: digits alone of the right
    length are not enough, an 18-digit diploma number with month 13 is no mistyped ID.
    """
    compact = spelling.compact
    telling, mendable = _nearly(len(compact), sort)
    near = [rule for rule in telling if rule.telling and rule.telling.fullmatch(compact)]
    if compact.isascii() and not compact[:-1].isdigit():
        guessed = [rule for rule in mendable if rule.guess is None or rule.guess.fullmatch(compact)]
        near += [rule for rule in guessed if rule not in near]
    for rule in near:
        mended, canonical, fits = canonical_of(rule, spelling)
        if fits:
            continue
        meant = tuple(rule.suggest(mended if rule.form == "compact" else canonical))
        if meant or (rule.telling and rule.telling.fullmatch(canonical)):
            yield judge_misfit(rule, mended, canonical)._replace(suggestions=meant)


@cache
def _nearly(length: int, sort: _Sort) -> tuple[list[NumberRule], list[NumberRule]]:
    """Of the rules that are guessed from numbers of this length, those of a telling form, and those with suggestions.

    Without a telling form, only something that may be meant makes a near miss.
    """
    guessed = [rule for rule in _tried(length, sort) if rule.evidence]
    mendable = [rule for rule in guessed if rule.suggest is not no_strings and length in rule.lengths]
    return [rule for rule in guessed if rule.telling], mendable


def _range_trials(spelling: Spelling, sort: _Sort, *, fitting: bool = False) -> list[Trial]:
    """Every rule under which a text is a range; if `fitting`, only those whose form both ends may have."""
    if sort is _Sort.PLAIN or (fitting and len(spelling.text) < _SHORTEST_RANGE):
        return []
    span = ranges.read(spelling.text)
    if not span:
        return []
    ends = [spell(end) for end in (span.first, span.last)]
    rules = [
        rule for rule in _RANGED if not fitting or (rule.evidence and all(canonical_of(rule, end)[2] for end in ends))
    ]
    return [trial for rule in rules if (trial := try_range(rule, spelling, span)) and trial.ends]


def _is_guessed(trial: Trial) -> bool:
    """Whether a range is worth guessing: papers lost by the book are few, whatever either of its ends alone may be."""
    days = all(_DAY.fullmatch(end.canonical) for end in trial.ends)
    return trial.grade is Grade.VALID and trial.rule.evidence > 0 and not days


def _forms(spelling: Spelling, fits: Sequence[_Fit], spans: Iterable[Trial]) -> tuple[str, ...]:
    numbers = dict.fromkeys([canonical for canonical, _ in fits])
    if len(numbers) > 1:
        numbers = dict.fromkeys(_likeliest_first(fits))
    forms = numbers.copy()
    for canonical, alike in fits:
        for equivalents in alike.equals:
            for form in equivalents(canonical):
                forms[form] = None
    for trial in spans:
        forms[trial.canonical] = None
    # Whatever a rule does not fit it keeps as the text stands, and so do the free rules.
    forms[spelling.text] = None
    if match := _BARE_NO.match(spelling.text):
        forms[spelling.text[match.end() :]] = None
    return tuple(forms)


def _likeliest_first(fits: Iterable[_Fit]) -> list[str]:
    """The canonical numbers, those before the others that a rule of much evidence has no check against."""
    trials = [judge_fit(rule, canonical, canonical) for canonical, alike in fits for rule in alike.rules]
    trials.sort(key=lambda trial: (trial.grade is Grade.IMPOSSIBLE, *_likeliness(trial)))
    return [trial.canonical for trial in trials]
