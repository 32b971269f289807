"""The answers about a number of a known kind: what it is under the rule that it fits best."""

from __future__ import annotations

from functools import cache

from registry.kinds import ranges
from registry.kinds.catalogue import KINDS, RULES
from registry.kinds.model import Examination, NumberField, NumberRule, UnknownKind
from registry.kinds.spelling import spell
from registry.kinds.trying import finish, nothing, try_rule


def examine_field(field: NumberField, text: str) -> Examination:
    """What `text` is as this number of a document: the answer of the rule that fits best. Never raises."""
    return examine_under(field.rules, text)


def examine(slug: str, text: str) -> Examination:
    """What `text` is as whichever number of a kind it fits best, or, if no kind has this slug, under the rule that has.

    Raises UnknownKind for a slug that is neither; nothing for any text.
    """
    rules, beside = _rules_of(slug)
    return examine_under(rules, text, beside)


@cache
def _rules_of(slug: str) -> tuple[tuple[NumberRule, ...], tuple[NumberRule, ...]]:
    """The rules that a slug stands for, and the free ones of numbers beside the first."""
    if kind := KINDS.get(slug):
        free = [field for field in kind.numbers[1:] if all(rule.free for rule in field.rules)]
        rules = tuple(rule for field in kind.numbers if field not in free for rule in field.rules)
        return rules, tuple(rule for field in free for rule in field.rules)
    if rule := RULES.get(slug):
        return (rule,), ()
    raise UnknownKind(slug)


def examine_under(rules: tuple[NumberRule, ...], text: str, beside: tuple[NumberRule, ...] = ()) -> Examination:
    """What `text` is under the nearest of the rules; those `beside` them count only if its length is none of theirs."""
    spelling = spell(text)
    if spelling.fault:
        return nothing(rules[0], text, spelling.fault)
    trials = []
    for rule in rules:
        trial = try_rule(rule, spelling)
        if trial.is_nearest:
            return finish(trial, text)
        trials.append(trial)
    # What even a free rule does not take is for the others to explain.
    trials = [trial for trial in trials if trial.fits or not trial.rule.free] or trials
    # A free number beside the others, such as a blank's, must not make a mistyped code right.
    if not any(len(trial.compact) in trial.rule.lengths for trial in trials):
        trials.extend(trial for rule in beside if (trial := try_rule(rule, spelling)).fits)
    return finish(min(trials, key=lambda trial: trial.distance), text)


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
