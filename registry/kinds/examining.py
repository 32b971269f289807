"""The answers about a number: what it is under one rule, what it may be, and how the register may spell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from registry.kinds import ranges
from registry.kinds.catalogue import KINDS, RULES
from registry.kinds.hidden import find_sensitive
from registry.kinds.model import (
    Examination,
    Fact,
    Finding,
    Grade,
    NumberField,
    NumberRule,
    Reason,
    UnknownKind,
    no_strings,
    unchanged,
)
from registry.kinds.reasons import FAULTS, NO_DIGIT, doubtful, range_size
from registry.kinds.spelling import MAX_LENGTH, Spelling, spell
from registry.text import Text

_RANK: Final = {Grade.VALID: 0, Grade.DOUBTFUL: 1, Grade.IMPOSSIBLE: 2}
_MOST_REASONS: Final = 3
# A carton of invoices. Two rows of one cheque number are further apart; and beyond the second, somebody has mistyped.
_CARTON: Final = 10_000
_STORE: Final = 100_000
_COUNT: Final = Text("号码个数", "Numbers in the range")


class _Trial(NamedTuple):
    """One rule tried on one spelling, before anything costly is done about it; `ends` are those of a range."""

    rule: NumberRule
    compact: str
    canonical: str
    fits: bool
    grade: Grade
    reasons: tuple[Reason, ...]
    ends: tuple[_Trial, ...] = ()
    meant: tuple[str, ...] = ()
    suggestions: tuple[str, ...] | None = None

    @property
    def distance(self) -> tuple[int, bool, int]:
        """How far the rule is from being the one meant: by grade, by form, by length."""
        lengths = self.rule.lengths or (len(self.canonical),)
        return _RANK[self.grade], not self.fits, min(abs(len(self.compact) - length) for length in lengths)

    @property
    def is_nearest(self) -> bool:
        """Whether its distance is the least there can be."""
        length = len(self.compact)
        return self.grade is Grade.VALID and self.fits and length in (self.rule.lengths or (len(self.canonical),))


def _canonical(rule: NumberRule, spelling: Spelling) -> tuple[str, str, bool]:
    """The compact spelling, the canonical one, and whether that fits the rule's pattern.

    Hyphens and dots go only if what remains fits: then their places are fixed and nothing can be confused.
    """
    if rule.form != "compact":
        text = rule.repair(spelling.text)
        fits = rule.pattern.fullmatch(text) is not None
        return spelling.compact, text if fits else spelling.text, fits
    compact = rule.repair(spelling.compact)
    if rule.pattern.fullmatch(compact) and not (rule.keep_hyphens and rule.keep_hyphens.fullmatch(spelling.text)):
        return compact, compact, True
    return compact, spelling.text, False


def _try(rule: NumberRule, spelling: Spelling) -> _Trial:
    if rule.ranged and (span := ranges.read(spelling.text)) and (trial := _try_range(rule, spelling, span)):
        return trial
    return _try_one(rule, spelling)


def _try_range(rule: NumberRule, spelling: Spelling, span: ranges.Span) -> _Trial | None:
    """The rule tried on both ends of a range, or None if the hyphen rather stands inside one number."""
    first, last = (_try_one(rule, spell(end)) for end in (span.first, span.last))
    span = ranges.Span(first.canonical, last.canonical, span.worded)
    fit = first.fits and last.fits
    worst = max(first.grade, last.grade, key=_RANK.__getitem__)
    reasons = tuple(dict.fromkeys((*first.reasons, *last.reasons)))
    canonical = f"{span.first}-{span.last}"
    single = _canonical(rule, spell(canonical))[2]
    if span.in_line and (not single or (fit and span.count <= _CARTON)):
        if span.count > _STORE:
            worst, reasons = max(worst, Grade.DOUBTFUL, key=_RANK.__getitem__), (*reasons, range_size(span.count))
        return _Trial(rule, spelling.compact, canonical, fit, worst, reasons, ends=(first, last))
    if not span.worded and (not first.fits or _canonical(rule, spelling)[2]):
        return None
    reasons = reasons if span.in_line and reasons else (span.fault,)
    return _Trial(rule, spelling.compact, spelling.text, False, Grade.DOUBTFUL, reasons, meant=span.meant)


def _try_one(rule: NumberRule, spelling: Spelling) -> _Trial:
    return _judge(rule, *_canonical(rule, spelling))


def _judge(rule: NumberRule, compact: str, canonical: str, fits: bool) -> _Trial:
    findings: Iterable[Finding]
    if fits:
        findings = [finding for check in rule.checks if (finding := check(canonical))]
    elif not any("0" <= character <= "9" for character in canonical):
        findings = (doubtful(NO_DIGIT),)
    else:
        findings = tuple(rule.explain(compact)) if rule.explain else ()
        findings = findings or (Finding(Grade.IMPOSSIBLE if rule.certain else Grade.DOUBTFUL, rule.shape),)
    if not findings:
        return _Trial(rule, compact, canonical, fits, Grade.VALID, ())
    worst = max((finding.grade for finding in findings), key=_RANK.__getitem__)
    return _Trial(rule, compact, canonical, fits, worst, tuple(finding.reason for finding in findings))


def _finish(trial: _Trial, text: str) -> Examination:
    rule, canonical = trial.rule, trial.canonical
    masked, sensitive = _joined(trial, rule.mask), rule.sensitive
    if rule.free or rule.scanned or not trial.fits:
        spans = _personal(trial)
        masked, sensitive = _hide(masked, spans), sensitive or bool(spans)
    return Examination(
        rule=rule.slug,
        input=text,
        canonical=canonical,
        display=_joined(trial, rule.group),
        masked=masked,
        sensitive=sensitive,
        grade=trial.grade,
        reasons=trial.reasons[:_MOST_REASONS],
        decoded=_decode(trial) if trial.fits and trial.grade is not Grade.IMPOSSIBLE else (),
        suggestions=() if trial.grade is Grade.VALID else _suggest(trial),
    )


def _joined(trial: _Trial, form: Callable[[str], str]) -> str:
    return "–".join([form(end.canonical) for end in trial.ends]) if trial.ends else form(trial.canonical)


def _decode(trial: _Trial) -> tuple[Fact, ...]:
    if not trial.ends:
        return trial.rule.decode(trial.canonical)
    first, last = (end.canonical for end in trial.ends)
    common = set(trial.rule.decode(last))
    count = f"{ranges.Span(first, last, worded=False).count:,}"
    return (*(fact for fact in trial.rule.decode(first) if fact in common), Fact(_COUNT, Text(count, count)))


def _suggest(trial: _Trial) -> tuple[str, ...]:
    rule = trial.rule
    if trial.suggestions is not None:
        return trial.suggestions
    if trial.meant:
        return tuple(number for number in trial.meant if _try(rule, spell(number)).grade is Grade.VALID)
    if trial.ends:
        return ()
    return tuple(rule.suggest(trial.compact if rule.form == "compact" else trial.canonical))


def _personal(trial: _Trial) -> tuple[tuple[int, int], ...]:
    """Where resident IDs hide in a canonical number; of a range with one at either end, at both."""
    if not trial.ends:
        return find_sensitive(trial.canonical)
    spans = sorted({span for end in trial.ends for span in find_sensitive(end.canonical)})
    second = len(trial.ends[0].canonical) + 1
    return (*spans, *((start + second, end + second) for start, end in spans))


def _hide(masked: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Hide more of a masked number: of a resident ID in it at most the first three and the last character show."""
    for start, end in spans:
        masked = masked[: start + 3] + "*" * (end - start - 4) + masked[end - 1 :]
    return masked


def _nothing(rule: NumberRule, text: str, fault: str) -> Examination:
    return Examination(
        rule=rule.slug,
        input=text,
        canonical="",
        display="",
        masked="",
        sensitive=rule.sensitive,
        grade=Grade.IMPOSSIBLE,
        reasons=(FAULTS[fault],),
        decoded=(),
        suggestions=(),
    )


def _examine(rules: tuple[NumberRule, ...], text: str, beside: tuple[NumberRule, ...] = ()) -> Examination:
    spelling = spell(text)
    if spelling.fault:
        return _nothing(rules[0], text, spelling.fault)
    trials = []
    for rule in rules:
        trial = _try(rule, spelling)
        if trial.is_nearest:
            return _finish(trial, text)
        trials.append(trial)
    # What even a free rule does not take is for the others to explain.
    trials = [trial for trial in trials if trial.fits or not trial.rule.free] or trials
    # A free number beside the others, such as a blank's, must not make a mistyped code right.
    if not any(len(trial.compact) in trial.rule.lengths for trial in trials):
        trials.extend(trial for rule in beside if (trial := _try(rule, spelling)).fits)
    return _finish(min(trials, key=lambda trial: trial.distance), text)


def examine_field(field: NumberField, text: str) -> Examination:
    """What `text` is as this number of a document: the answer of the rule that fits best. Never raises."""
    return _examine(field.rules, text)


def examine(slug: str, text: str) -> Examination:
    """What `text` is as whichever number of a kind it fits best, or, if no kind has this slug, under the rule that has.

    Raises UnknownKind for a slug that is neither; nothing for any text.
    """
    rules, beside = _rules_of(slug)
    return _examine(rules, text, beside)


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


_STRICT: Final = tuple(rule for rule in RULES.values() if not rule.free)


_Repaired = tuple[bool, Callable[[str], str] | None, list[tuple[int, Callable[[str], object]]]]


class _Tray(NamedTuple):
    """Rules in their order; and by the spelling that they look at, mended for several at once, their patterns."""

    rules: list[NumberRule]
    looks: list[_Repaired]


class _Sieve:
    """For each length of a compact spelling, and for Chinese in it or none, the rules that can have it.

    Nearly every number is tried by a few of the rules only. A repair may take words away, and with them any length.
    """

    def __init__(self, rules: Iterable[NumberRule]) -> None:
        lengths = range(MAX_LENGTH + 1)
        fitting = [[rule for rule in rules if not rule.lengths or length in rule.lengths] for length in lengths]
        repaired = [rule for rule in rules if rule.repair is not unchanged]
        worded = [[*some, *(rule for rule in repaired if rule not in some)] for some in fitting]
        self._plain = [_tray([rule for rule in some if not rule.worded]) for some in fitting]
        self._worded = [_tray(some) for some in worded]

    def _tray(self, spelling: Spelling) -> _Tray:
        table = self._plain if spelling.text.isascii() else self._worded
        return table[len(spelling.compact)]

    def rules(self, spelling: Spelling) -> list[NumberRule]:
        return self._tray(spelling).rules

    def guesses(self, spelling: Spelling) -> list[_Trial]:
        """The rules that the number is right for; or else those whose form has it, each tried on it.

        For want of a right one, such a form may also be had but for a letter typed for a digit.
        """
        text, compact, _ = spelling
        rules, looks = self._tray(spelling)
        fitting = _fitting(looks, text, compact)
        trials = [trial for place in fitting if (trial := _guess(rules[place], spelling))]
        valid = [trial for trial in trials if trial.grade is Grade.VALID]
        if valid:
            return valid
        # Without a letter that could be a mistyped digit, only a telling form makes a near miss; and without a telling
        # form, only something that may be meant.
        sure = not compact.isascii() or compact[:-1].isdigit()
        near = [
            place
            for place, rule in enumerate(rules)
            if (rule.telling and rule.telling.fullmatch(compact))
            or (rule.lengths and not sure and rule.suggest is not no_strings)
        ]
        return [trial for place in sorted({*fitting, *near}) if (trial := _guess(rules[place], spelling))]


def _tray(rules: list[NumberRule]) -> _Tray:
    looks: dict[tuple[bool, Callable[[str], str]], list[tuple[int, Callable[[str], object]]]] = {}
    for place, rule in enumerate(rules):
        looks.setdefault((rule.form != "compact", rule.repair), []).append((place, rule.pattern.fullmatch))
    return _Tray(
        rules,
        [(in_text, None if repair is unchanged else repair, some) for (in_text, repair), some in looks.items()],
    )


def _fitting(looks: list[_Repaired], text: str, compact: str) -> list[int]:
    """The places of the rules whose pattern takes a number; what else they ask is left to trying them."""
    found = []
    for in_text, repair, patterns in looks:
        number = text if in_text else compact
        if repair:
            number = repair(number)
        found += [place for place, fits in patterns if fits(number)]
    return sorted(found)


_SPELLED: Final = _Sieve(_STRICT)
_GUESSED: Final = _Sieve([rule for rule in _STRICT if rule.evidence])
_RANGED: Final = tuple(rule for rule in RULES.values() if rule.ranged)


def recognise(text: str) -> tuple[Examination, ...]:
    """What a bare number may be, the likeliest first.

    Only rules whose form it has are named, none that is free or whose form is no evidence, and doubtful ones only if
    it is right for none. A number that is right for none of them can still be a near miss: it is then returned as
    impossible, with the slips that would explain it.
    """
    return tuple(_finish(trial, text) for trial in _guesses(spell(text)))


def recognise_best(text: str) -> tuple[Examination | None, tuple[tuple[str, Grade], ...]]:
    """The first answer of `recognise`, and of each the rule and the grade: all that a long list of numbers is read for.

    None if it is no number that any kind has. What may be sensitive is masked as if it were.
    """
    trials = _guesses(spell(text))
    if not trials:
        return None, ()
    best = _finish(trials[0], text)
    if not best.sensitive and (hidden := next((trial for trial in trials if trial.rule.sensitive), None)):
        best = replace(best, masked=_joined(hidden, hidden.rule.mask), sensitive=True)
    return best, tuple([(trial.rule.slug, trial.grade) for trial in trials])


def _guesses(spelling: Spelling) -> list[_Trial]:
    if spelling.fault:
        return []
    trials: list[_Trial] = []
    if not (spelling.text.isascii() and spelling.text.isalnum()):
        trials = [trial for trial in _range_trials(spelling, fitting=True) if _is_guessed(trial)]
    # What is a range is no longer number whose hyphen could go.
    trials = trials or _GUESSED.guesses(spelling)
    valid = [trial for trial in trials if trial.grade is Grade.VALID]
    if valid:
        return sorted(valid, key=lambda trial: -trial.rule.evidence)
    trials.sort(key=lambda trial: (-trial.rule.evidence, _RANK[trial.grade]))
    doubted = [trial for trial in trials if trial.fits and trial.grade is Grade.DOUBTFUL]
    least = max((trial.rule.evidence for trial in doubted), default=0)
    near = [
        (trial._replace(suggestions=_suggest(trial)), _is_telling(trial))
        for trial in trials
        if trial.rule.evidence > least and (not trial.fits or _is_telling(trial))
    ]
    if doubted:
        # A resident ID with one wrong digit is likelier than any number of 18 digits whose check is but a guess.
        return [trial for trial, telling in near if telling and trial.suggestions] or doubted
    explained = [trial for trial, _ in near if trial.suggestions]
    return explained or [trial for trial, telling in near if telling]


def _range_trials(spelling: Spelling, *, fitting: bool = False) -> list[_Trial]:
    """Every rule under which a text is a range; if `fitting`, only those whose form both ends may have."""
    span = ranges.read(spelling.text)
    if not span:
        return []
    ends = [spell(end) for end in (span.first, span.last)]
    rules = [
        rule for rule in _RANGED if not fitting or (rule.evidence and all(_canonical(rule, end)[2] for end in ends))
    ]
    return [trial for rule in rules if (trial := _try_range(rule, spelling, span)) and trial.ends]


def _is_guessed(trial: _Trial) -> bool:
    """Whether a range is worth guessing from bare numbers, because both of its ends are."""
    guess = trial.rule.guess
    return trial.grade is Grade.VALID and (guess is None or all(guess.fullmatch(end.canonical) for end in trial.ends))


def _is_telling(trial: _Trial) -> bool:
    return trial.rule.telling is not None and trial.rule.telling.fullmatch(trial.canonical) is not None


def _guess(rule: NumberRule, spelling: Spelling) -> _Trial | None:
    """The rule tried if its form has this number, or would but for a letter typed for a digit.

    Digits alone of the right length are not enough: an 18-digit diploma number with month 13 is no mistyped ID.
    """
    found = _canonical(rule, spelling)
    return _judge(rule, *found) if _is_likely(rule, spelling, *found[1:]) else None


def _is_likely(rule: NumberRule, spelling: Spelling, canonical: str, fits: bool) -> bool:
    if fits:
        return rule.guess is None or bool(rule.guess.fullmatch(canonical if rule.form == "compact" else spelling.text))
    compact = spelling.compact
    if rule.telling and rule.telling.fullmatch(compact):
        return True
    if rule.guess and not rule.guess.fullmatch(compact):
        return False
    return len(compact) in rule.lengths and compact.isascii() and not compact[:-1].isdigit()


def range_of(rule: str, canonical: str) -> tuple[str, str] | None:
    """The first and the last number of a canonical range under the rule of this slug.

    None if it is one number, if the rule takes no ranges or if there is no such rule. Whether a number is covered:
    `split_serial` of all three gives the same prefix and as many digits, and its digits, compared as text, are not
    below the first nor above the last.
    """
    known = RULES.get(rule)
    if known is None or not known.ranged or not ranges.ends(canonical) or not _try(known, spell(canonical)).ends:
        return None
    return ranges.ends(canonical)


_BARE_NO: Final = re.compile(r"NO(?=\d)")


def lookup_forms(text: str) -> tuple[str, ...]:
    """Every canonical spelling under which a typed number may stand on the register, the likeliest first.

    The spelling of each rule that the number fits and what that rule holds equal (15 and 18 digits), then the text as
    free rules keep it, with and without a bare NO in front. Empty if nothing could be stored.
    """
    spelling = spell(text)
    if spelling.fault:
        return ()
    forms: dict[str, None] = {}
    fitting = []
    for rule in _SPELLED.rules(spelling):
        _, canonical, fits = _canonical(rule, spelling)
        if fits:
            failed = any(finding.grade is Grade.IMPOSSIBLE for check in rule.checks if (finding := check(canonical)))
            fitting.append((failed, -rule.evidence, canonical, rule))
    for _, _, canonical, rule in sorted(fitting, key=lambda entry: entry[:2]):
        forms[canonical] = None
        forms.update(dict.fromkeys(rule.equivalents(canonical)))
    forms.update((trial.canonical, None) for trial in _range_trials(spelling))
    # Whatever a rule does not fit it keeps as the text stands, and so do the free rules.
    forms[spelling.text] = None
    if match := _BARE_NO.match(spelling.text):
        forms[spelling.text[match.end() :]] = None
    return tuple(forms)
