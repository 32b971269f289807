"""The answers about a bare number: which kinds it may belong to, and how the register may spell it.

Nearly every number that is looked up comes without a kind, a file of them at a time: this is the busiest code of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from registry.kinds import ranges
from registry.kinds.catalogue import RULES
from registry.kinds.fitting import PLACES, Fit, Guess, Sort, all_at_once, fits_of, sort_of, tried
from registry.kinds.model import Examination, Grade, NumberRule, no_strings
from registry.kinds.spelling import Spelling, spell
from registry.kinds.trying import (
    RANK,
    Trial,
    canonical_of,
    finish,
    judge_fit,
    judge_misfit,
    mask_right,
    nothing,
    suggest,
    try_range,
    try_rule,
)

_ANY: Final = RULES["other"]
_RANGED: Final = tuple(rule for rule in RULES.values() if rule.ranged)
# What has fewer letters and digits than two numbers that are guessed is no range of them.
_SHORTEST: Final = min(min(rule.lengths, default=0) for rule in _RANGED if rule.evidence)
_MAYBE_RANGE: Final = re.compile(rf"(?:[^0-9A-Z]*[0-9A-Z]){{{2 * _SHORTEST}}}")
# From one day to another is no range of numbers.
_DAY: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_BARE_NO: Final = re.compile(r"NO(?=\d)")


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
    if spelling.fault or sort_of(spelling.text) is not Sort.PLAIN:
        return None
    number = spelling.text
    fits = fits_of(spelling, Sort.PLAIN)
    if len(fits) != 1 or fits[0][0] != number:
        return None
    fitting = fits[0][1]
    best = hidden = None
    for guess in fitting.guesses:
        # Behind the likeliest one only what would hide the number matters.
        if (best is None or guess.rule.sensitive) and guess.is_right(number, number):
            if best:
                hidden = guess.rule
                break
            best = guess.rule
            if best.sensitive:
                break
    if best is None:
        return None
    forms = [number]
    for equivalents in fitting.equals:
        forms += [form for form in equivalents(number) if form not in forms]
    if match := _BARE_NO.match(number):
        forms.append(number[match.end() :])
    return Glance(tuple(forms), mask_right(hidden or best, number))


def look_up(text: str) -> LookUp:
    """What `lookup_forms` and `recognise_best` say of a number, for the price of one."""
    spelling = spell(text)
    if spelling.fault:
        return LookUp((), None, ())
    sort = sort_of(spelling.text)
    fits = fits_of(spelling, sort)
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
    sort = sort_of(spelling.text)
    return _forms(spelling, fits_of(spelling, sort), _range_trials(spelling, sort))


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
    hidden = None
    if len(trials) > 1 and not best.rule.sensitive:
        hidden = next((trial for trial in trials if trial.rule.sensitive), None)
    return finish(best, text, hidden=hidden), tuple([(trial.rule.slug, trial.grade) for trial in trials])


def _guessed(spelling: Spelling) -> list[Trial]:
    sort = sort_of(spelling.text)
    fits = fits_of(spelling, sort, guessed=True)
    return _guesses(spelling, sort, fits, _range_trials(spelling, sort, fitting=True))


def _guesses(spelling: Spelling, sort: Sort, fits: Sequence[Fit], spans: Iterable[Trial]) -> list[Trial]:
    """What a number may be; `fits` are the rules that it fits, `spans` those under which it is a range."""
    # What is a range is no longer number whose hyphen could go.
    ranged = sorted([trial for trial in spans if _is_guessed(trial)], key=_likeliness)
    if ranged:
        return ranged
    text = spelling.text
    right = [
        Trial(guess.rule, canonical, canonical, True, Grade.VALID, ())
        for canonical, fitting in fits
        for guess in fitting.guesses
        if guess.is_right(canonical, text)
    ]
    if right:
        # Those of one fitting are in their order.
        return right if len(fits) == 1 else sorted(right, key=_likeliness)
    trials = sorted(
        [judge_fit(guess.rule, canonical, canonical) for guess, canonical in _guessed_of(spelling, fits)],
        key=_likeliness,
    )
    near = [trial._replace(suggestions=suggest(trial)) for trial in trials if trial.is_telling]
    near += _near_misses(spelling, sort)
    if not trials and not near:
        return []
    doubted = [trial for trial in trials if trial.grade is Grade.DOUBTFUL and _is_worth_a_doubt(trial)]
    least = max((trial.rule.evidence for trial in doubted), default=0)
    near = sorted([trial for trial in near if trial.rule.evidence > least], key=_likeliness)
    if doubted:
        # A resident ID with one wrong digit is likelier than any number of 18 digits whose check is but a guess.
        return [trial for trial in near if trial.suggestions and trial.is_telling] or doubted
    return [trial for trial in near if trial.suggestions] or near


def _is_worth_a_doubt(trial: Trial) -> bool:
    """Whether a doubtful number is named at all: one that fails a check digit only if there is more about its form."""
    return trial.is_telling or all(reason.code != "check_digit" for reason in trial.reasons)


def _likeliness(trial: Trial) -> tuple[int, int, int]:
    return -trial.rule.evidence, RANK[trial.grade], PLACES[trial.rule.slug]


def _guessed_of(spelling: Spelling, fits: Iterable[Fit]) -> list[tuple[Guess, str]]:
    """Of the rules that a number fits those that it may be guessed to belong to, with its canonical form."""
    return [
        (guess, canonical)
        for canonical, fitting in fits
        for guess in fitting.guesses
        if guess.means is None or guess.means(spelling.text if guess.in_text else canonical)
    ]


def _near_misses(spelling: Spelling, sort: Sort) -> Iterable[Trial]:
    """The rules that do not fit, each tried, whose form the number would have but for a slip; with what may be meant.

    Without a letter that could be a mistyped digit, only a telling form makes a near miss: digits alone of the right
    length are not enough, an 18-digit diploma number with month 13 is no mistyped ID.
    """
    compact = spelling.compact
    telling, tell, mendable = _nearly(len(compact), sort)
    near = []
    if (told := tell(compact)) and told.lastindex:
        near = [rule for rule, mark in zip(telling, told.groups(), strict=True) if mark is not None]
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
def _nearly(
    length: int, sort: Sort
) -> tuple[list[NumberRule], Callable[[str], re.Match[str] | None], list[NumberRule]]:
    """Of the rules that are guessed from numbers of this length, those of a telling form and what tells them, by the
    groups that it leaves; and those with suggestions.

    Without a telling form, only something that may be meant makes a near miss.
    """
    guessed = [rule for rule in tried(length, sort) if rule.evidence]
    mendable = [rule for rule in guessed if rule.suggest is not no_strings and length in rule.lengths]
    telling = {rule: rule.telling for rule in guessed if rule.telling}
    return list(telling), all_at_once(telling.values()).match, mendable


def _range_trials(spelling: Spelling, sort: Sort, *, fitting: bool = False) -> list[Trial]:
    """Every rule under which a text is a range; if `fitting`, only those whose form both ends may have."""
    if sort is Sort.PLAIN or (fitting and not _MAYBE_RANGE.match(spelling.text)):
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


def _forms(spelling: Spelling, fits: Sequence[Fit], spans: Iterable[Trial]) -> tuple[str, ...]:
    numbers = dict.fromkeys([canonical for canonical, _ in fits])
    if len(numbers) > 1:
        numbers = dict.fromkeys(_likeliest_first(fits))
    forms = numbers.copy()
    for canonical, fitting in fits:
        for equivalents in fitting.equals:
            for form in equivalents(canonical):
                forms[form] = None
    for trial in spans:
        forms[trial.canonical] = None
    # Whatever a rule does not fit it keeps as the text stands, and so do the free rules.
    forms[spelling.text] = None
    if match := _BARE_NO.match(spelling.text):
        forms[spelling.text[match.end() :]] = None
    return tuple(forms)


def _likeliest_first(fits: Iterable[Fit]) -> list[str]:
    """The canonical numbers, those before the others that a rule of much evidence has no check against."""
    trials = [judge_fit(rule, canonical, canonical) for canonical, fitting in fits for rule in fitting.rules]
    trials.sort(key=lambda trial: (trial.grade is Grade.IMPOSSIBLE, *_likeliness(trial)))
    return [trial.canonical for trial in trials]
