"""The answers about a number of a known kind: what it is under the rule that it fits best."""

from __future__ import annotations

from functools import cache

from registry.kinds import ranges
from registry.kinds.catalogue import KINDS, RULES
from registry.kinds.model import NumberField, NumberRule, Reason, UnknownKind
from registry.kinds.reasons import FAULTS, MASKED
from registry.kinds.spelling import is_masked, spell
from registry.kinds.trying import RANK, Examination, Trial, finish, nothing, try_rule

# The rules of each number of a document.
_Numbers = tuple[tuple[NumberRule, ...], ...]


def examine_field(field: NumberField, text: str) -> Examination:
    """What `text` is as this number of a document: the answer of the rule that fits best. Never raises."""
    return examine_under((field.rules,), text)


def examine(slug: str, text: str) -> Examination:
    """What `text` is as whichever number of a kind it fits best, or, if no kind has this slug, under the rule that has.

    Raises UnknownKind for a slug that is neither; nothing for any text.
    """
    numbers, beside = _numbers_of(slug)
    return examine_under(numbers, text, beside)


def fault_of(text: str) -> Reason | None:
    """Why no register can be asked about `text`: nothing of it can be kept, or part of it is hidden. None if it can."""
    spelling = spell(text)
    if spelling.fault:
        return FAULTS[spelling.fault]
    return MASKED if is_masked(spelling.text) else None


@cache
def _numbers_of(slug: str) -> tuple[_Numbers, tuple[NumberRule, ...]]:
    """The numbers that a slug stands for, and the free rules of those beside the first."""
    if kind := KINDS.get(slug):
        free = [field for field in kind.numbers[1:] if all(rule.free for rule in field.rules)]
        numbers = tuple(field.rules for field in kind.numbers if field not in free)
        return numbers, tuple(rule for field in free for rule in field.rules)
    if rule := RULES.get(slug):
        return ((rule,),), ()
    raise UnknownKind(slug)


def examine_under(numbers: _Numbers, text: str, beside: tuple[NumberRule, ...] = ()) -> Examination:
    """What `text` is as the nearest of several numbers; rules `beside` them count only if its length is none of theirs.

    Nobody is told that a number is impossible while another rule of the same number merely doubts it.
    """
    spelling = spell(text)
    if spelling.fault:
        return nothing(numbers[0][0], text, spelling.fault)
    tried = []
    for rules in numbers:
        trials = []
        for rule in rules:
            trial = try_rule(rule, spelling)
            if trial.is_nearest:
                return finish(trial, text)
            trials.append(trial)
        tried.append(trials)
    nearest = [_nearest_of(trials) for trials in tried]
    # What even a free rule does not take is for the others to explain.
    nearest = [trial for trial in nearest if trial.fits or not trial.rule.free] or nearest
    # A free number beside the others, such as a blank's, must not make a mistyped code right.
    if not any(len(trial.compact) in trial.rule.lengths for trials in tried for trial in trials):
        nearest.extend(trial for rule in beside if (trial := try_rule(rule, spelling)).fits)
    return finish(min(nearest, key=lambda trial: trial.distance), text)


def _nearest_of(trials: list[Trial]) -> Trial:
    """The trial whose rule is meant, graded as the mildest of all."""
    strict = [trial for trial in trials if trial.fits or not trial.rule.free] or trials
    grade = min((trial.grade for trial in strict), key=RANK.__getitem__)
    return min(strict, key=lambda trial: trial.distance)._replace(grade=grade)


def range_of(rule: str, canonical: str) -> tuple[str, str] | None:
    """The first and the last number of a canonical range under the rule of this slug.

    None if it is one number, if the rule takes no ranges or if there is no such rule. Whether a number is covered:
    `split_serial` of all three gives the same prefix and as many digits, and its digits, compared as text, are not
    below the first nor above the last.
    """
    known = RULES.get(rule)
    if known is None or not known.ranged or not ranges.ends(canonical) or not try_rule(known, spell(canonical)).ends:
        return None
    return ranges.ends(canonical)
