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
from registry.kinds.fitting import PLACES, Fit, all_at_once, fits_of, tried
from registry.kinds.model import DOUBTFUL, IMPOSSIBLE, VALID, Grade, NumberRule, no_strings
from registry.kinds.spelling import PLAIN, Sort, Spelling, spell
from registry.kinds.trying import (
    RANK,
    Examination,
    Trial,
    canonical_of,
    finish,
    judge_fit,
    judge_misfit,
    mask_right,
    nothing,
    range_form,
    suggest,
    try_range,
    try_rule,
)

_ANY: Final = RULES["other"]
_RANGED: Final = tuple(rule for rule in RULES.values() if rule.ranged)
_RANGES_GUESSED: Final = tuple(rule for rule in _RANGED if rule.evidence)
# Two numbers that are guessed are no shorter.
_SHORTEST: Final = 2 * min(min(rule.lengths, default=0) for rule in _RANGES_GUESSED)
# From one day to another is no range of numbers.
_DAY: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)


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
    takes half the time.
    """
    spelling = spell(text)
    if spelling.sort > PLAIN:
        return None
    number = spelling.text
    fits = fits_of(spelling)
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
    return Glance(_forms(spelling, fits, None), mask_right(hidden or best, number))


def look_up(text: str) -> LookUp:
    """What `lookup_forms` and `recognise_best` say of a number, for the price of one."""
    spelling = spell(text)
    if spelling.fault:
        return LookUp((), None, ())
    fits, span = fits_of(spelling), _span_of(spelling)
    forms, trials = _forms(spelling, fits, span), _guesses(spelling, fits, span)
    return LookUp(forms, _best(trials, text), _candidates(trials)) if trials else LookUp(forms, None, ())


def lookup_forms(text: str) -> tuple[str, ...]:
    """Every canonical spelling under which a typed number may stand on the register, the likeliest first.

    The spelling of each rule that the number fits and what that rule holds equal (15 and 18 digits), then the text as
    free rules keep it, with and without a bare NO in front. Empty if nothing could be stored.
    """
    spelling = spell(text)
    if spelling.fault:
        return ()
    return _forms(spelling, fits_of(spelling), _span_of(spelling))


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
    trials = _guessed(spelling)
    if not trials:
        return finish(try_rule(_ANY, spelling), text), ()
    return _best(trials, text), _candidates(trials)


def _best(trials: list[Trial], text: str) -> Examination:
    best = trials[0]
    hidden = None
    if len(trials) > 1 and not best.rule.sensitive:
        hidden = next((trial for trial in trials if trial.rule.sensitive), None)
    return finish(best, text, hidden=hidden)


def _candidates(trials: list[Trial]) -> tuple[tuple[str, Grade], ...]:
    return tuple([(trial.rule.slug, trial.grade) for trial in trials])


def _guessed(spelling: Spelling) -> list[Trial]:
    span = _span_of(spelling) if len(spelling.compact) >= _SHORTEST else None
    return _guesses(spelling, fits_of(spelling, guessed=True), span)


def _span_of(spelling: Spelling) -> ranges.Span | None:
    return None if spelling.sort <= PLAIN else ranges.read(spelling.text)


def _guesses(spelling: Spelling, fits: Sequence[Fit], span: ranges.Span | None) -> list[Trial]:
    """What a number may be; `fits` are the rules that it fits, `span` the ends of the range that it may be."""
    # What is a range is no longer number whose hyphen could go.
    if span and (ranged := _guessed_ranges(spelling, span)):
        return ranged
    text = spelling.text
    right = [
        Trial(guess.rule, canonical, canonical, True, VALID, ())
        for canonical, fitting in fits
        for guess in fitting.guesses
        if guess.is_right(canonical, text)
    ]
    if right:
        # Those of one fitting are in their order.
        return right if len(fits) == 1 else sorted(right, key=_likeliness)
    wrong = [
        judge_fit(guess.rule, canonical, canonical)
        for canonical, fitting in fits
        for guess in fitting.guesses
        if guess.is_meant(canonical, text)
    ]
    return _doubted_or_near(spelling, sorted(wrong, key=_likeliness))


def _doubted_or_near(spelling: Spelling, trials: list[Trial]) -> list[Trial]:
    """What a number may be that is right for none of the rules that it fits; `trials` are of these."""
    doubted = [trial for trial in trials if trial.grade is DOUBTFUL and _is_worth_a_doubt(trial)]
    least = max([trial.rule.evidence for trial in doubted], default=0)
    near = [
        trial._replace(suggestions=suggest(trial))
        for trial in trials
        if trial.rule.evidence > least and trial.is_telling
    ]
    near += _near_misses(spelling, least, telling=bool(doubted))
    near.sort(key=_likeliness)
    if doubted:
        # A resident ID with one wrong digit is likelier than any number of 18 digits whose check is but a guess.
        return [trial for trial in near if trial.suggestions] or doubted
    return [trial for trial in near if trial.suggestions] or near


def _is_worth_a_doubt(trial: Trial) -> bool:
    """Whether a doubtful number is named at all: one that fails a check digit only if there is more about its form."""
    return trial.is_telling or all(reason.code != "check_digit" for reason in trial.reasons)


def _likeliness(trial: Trial) -> tuple[int, int, int]:
    return -trial.rule.evidence, RANK[trial.grade], PLACES[trial.rule.slug]


def _near_misses(spelling: Spelling, least: int, *, telling: bool) -> Iterable[Trial]:
    """The rules that do not fit, each tried, whose form the number would have but for a slip; with what may be meant.

    Without a letter that could be a mistyped digit, only a telling form makes a near miss: digits alone of the right
    length are not enough, an 18-digit diploma number with month 13 is no mistyped ID. Only rules of more evidence than
    the `least`, and if `telling` only those of whose form the number is.
    """
    text, compact, sort, _ = spelling
    tellable, tell, mendable = _nearly(len(compact), sort, least)
    near = []
    if (told := tell(compact)) and told.lastindex:
        near = [rule for rule, mark in zip(tellable, told.groups(), strict=True) if mark is not None]
    # Of a plain number it is known by now which telling forms it has.
    if not (telling and text == compact) and compact.isascii() and not compact[:-1].isdigit():
        near += [rule for rule in mendable if rule not in near and (not rule.guess or rule.guess.fullmatch(compact))]
    for rule in near:
        is_telling = rule.telling is not None and rule.telling.fullmatch(text) is not None
        if telling and not is_telling:
            continue
        mended, canonical, fits = canonical_of(rule, spelling)
        if fits:
            continue
        meant = tuple(rule.suggest(mended if rule.form == "compact" else canonical))
        if meant or is_telling:
            yield judge_misfit(rule, mended, canonical)._replace(suggestions=meant)


@cache
def _nearly(
    length: int, sort: Sort, least: int
) -> tuple[list[NumberRule], Callable[[str], re.Match[str] | None], list[NumberRule]]:
    """Of the rules that are guessed from numbers of this length, of more evidence than the `least`, those of a telling
    form and what tells them, by the groups that it leaves; and those with suggestions.

    Without a telling form, only something that may be meant makes a near miss.
    """
    guessed = [rule for rule in tried(length, sort) if rule.evidence > least]
    mendable = [rule for rule in guessed if rule.suggest is not no_strings and length in rule.lengths]
    telling = {rule: rule.telling for rule in guessed if rule.telling}
    return list(telling), all_at_once(telling.values()).match, mendable


def _guessed_ranges(spelling: Spelling, span: ranges.Span) -> list[Trial]:
    trials = [
        try_range(rule, spelling, span)
        for rule in _RANGES_GUESSED
        if canonical_of(rule, span.first)[2] and canonical_of(rule, span.last)[2]
    ]
    return sorted([trial for trial in trials if trial and _is_guessed(trial)], key=_likeliness)


def _is_guessed(trial: Trial) -> bool:
    """Whether a range is worth guessing: papers lost by the book are few, whatever either of its ends alone may be."""
    return trial.grade is VALID and not all(_DAY.fullmatch(end.canonical) for end in trial.ends)


def _forms(spelling: Spelling, fits: Sequence[Fit], span: ranges.Span | None) -> tuple[str, ...]:
    text = spelling.text
    forms = dict.fromkeys([canonical for canonical, _ in (sorted(fits, key=_likelihood) if len(fits) > 1 else fits)])
    for canonical, fitting in fits:
        for equivalents in fitting.equals:
            for form in equivalents(canonical):
                forms[form] = None
    if span:
        forms |= dict.fromkeys([form for rule in _RANGED if (form := range_form(rule, spelling, span))])
    # Whatever a rule does not fit it keeps as the text stands, and so do the free rules.
    forms[text] = None
    if text.startswith("NO") and text[2:3].isdecimal():
        forms[text[2:]] = None
    return tuple(forms)


def _likelihood(fit: Fit) -> tuple[bool, int, int, int]:
    """Before others those numbers that a rule of much evidence has no check against."""
    canonical, fitting = fit
    found = []
    for rule in fitting.rules:
        grade = judge_fit(rule, canonical, canonical).grade if rule.checks else VALID
        found.append((grade is IMPOSSIBLE, -rule.evidence, RANK[grade], PLACES[rule.slug]))
        # The rules behind it are no likelier.
        if grade is VALID:
            break
    return min(found)
