"""One rule tried on one spelling: does the number fit, what speaks against it, and how it is then answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from registry.kinds import ranges
from registry.kinds.hidden import find_sensitive
from registry.kinds.model import DOUBTFUL, IMPOSSIBLE, VALID, Fact, Finding, Grade, NumberRule, Reason
from registry.kinds.reasons import FAULTS, MASKED, NO_DIGIT, doubtful, range_size
from registry.kinds.spelling import Spelling, is_masked, spell
from registry.text import Text

RANK: Final = {VALID: 0, DOUBTFUL: 1, IMPOSSIBLE: 2}
_MOST_REASONS: Final = 3
# A carton of invoices. Two rows of one cheque number are further apart; and beyond the second, somebody has mistyped.
_CARTON: Final = 10_000
_STORE: Final = 100_000
_COUNT: Final = Text("号码个数", "Numbers in the range")


class Trial(NamedTuple):
    """One rule tried on one spelling, before anything costly is done about it; `ends` are those of a range."""

    rule: NumberRule
    compact: str
    canonical: str
    fits: bool
    grade: Grade
    reasons: tuple[Reason, ...]
    ends: tuple[Trial, ...] = ()
    meant: tuple[str, ...] = ()
    suggestions: tuple[str, ...] | None = None

    @property
    def distance(self) -> tuple[bool, bool, int, int]:
        """How far the rule is from being the one meant: by being right, by form, by length, by grade."""
        lengths = self.rule.lengths or (len(self.canonical),)
        length = min(abs(len(self.compact) - length) for length in lengths)
        return self.grade is not VALID, not self.fits, length, RANK[self.grade]

    @property
    def is_nearest(self) -> bool:
        """Whether its distance is the least there can be."""
        length = len(self.compact)
        return self.grade is VALID and self.fits and length in (self.rule.lengths or (len(self.canonical),))

    @property
    def is_telling(self) -> bool:
        """Whether the number has a form so particular that a failed check makes a near miss of it."""
        return self.rule.telling is not None and self.rule.telling.fullmatch(self.canonical) is not None


def canonical_of(rule: NumberRule, spelling: Spelling) -> tuple[str, str, bool]:
    """The compact spelling, the canonical one, and whether that fits the rule's pattern.

    Hyphens and dots go only if what remains fits: then their places are fixed and nothing can be confused.
    """
    if rule.form != "compact":
        text = rule.repair(spelling.text)
        fits = rule.pattern.fullmatch(text) is not None
        return spelling.compact, text if fits else spelling.text, fits
    compact = rule.repair(spelling.compact)
    if rule.pattern.fullmatch(compact) and not means_its_hyphens(rule, spelling):
        return compact, compact, True
    return compact, spelling.text, False


def means_its_hyphens(rule: NumberRule, spelling: Spelling) -> bool:
    """Whether the number would be another one without its hyphens."""
    return rule.keep_hyphens is not None and rule.keep_hyphens.fullmatch(spelling.text) is not None


def try_rule(rule: NumberRule, spelling: Spelling) -> Trial:
    """The rule tried on a number, or on a range of them where it takes ranges."""
    if rule.ranged and (span := ranges.read(spelling.text)) and (trial := try_range(rule, spelling, span)):
        return trial
    return _try_one(rule, spelling)


def try_range(rule: NumberRule, spelling: Spelling, span: ranges.Span) -> Trial | None:
    """The rule tried on both ends of a range, or None if the hyphen rather stands inside one number."""
    first, last = _try_one(rule, span.first), _try_one(rule, span.last)
    fit = first.fits and last.fits
    size = ranges.size(first.canonical, last.canonical)
    worst = max(first.grade, last.grade, key=RANK.__getitem__)
    reasons = tuple(dict.fromkeys((*first.reasons, *last.reasons)))
    if canonical := _joined_by(rule, spelling, first.canonical, last.canonical, fit=fit):
        if size > _STORE:
            worst, reasons = max(worst, DOUBTFUL, key=RANK.__getitem__), (*reasons, range_size(size))
        return Trial(rule, spelling.compact, canonical, fit, worst, reasons, ends=(first, last))
    if not span.worded and (not first.fits or canonical_of(rule, spelling)[2]):
        return None
    reasons = reasons if size and reasons else (ranges.fault(first.canonical, last.canonical),)
    meant = ranges.meant(first.canonical, last.canonical)
    return Trial(rule, spelling.compact, spelling.text, False, DOUBTFUL, reasons, meant=meant)


def range_form(rule: NumberRule, spelling: Spelling, span: ranges.Span) -> str:
    """The canonical number of the range that `try_range` finds, or "" if it finds none."""
    _, first, first_fits = canonical_of(rule, span.first)
    _, last, last_fits = canonical_of(rule, span.last)
    fit = first_fits and last_fits and not is_masked(first) and not is_masked(last)
    return _joined_by(rule, spelling, first, last, fit=fit)


def _joined_by(rule: NumberRule, spelling: Spelling, first: str, last: str, *, fit: bool) -> str:
    """Two numbers as one range; "" if they are not in line, or rather are one number of the rule with a hyphen."""
    size = ranges.size(first, last)
    if not size:
        return ""
    canonical = f"{first}-{last}"
    if fit and size <= _CARTON:
        return canonical
    whole = spelling if canonical == spelling.text else spell(canonical)
    return "" if canonical_of(rule, whole)[2] else canonical


def _try_one(rule: NumberRule, spelling: Spelling) -> Trial:
    compact, canonical, fits = canonical_of(rule, spelling)
    if is_masked(canonical):
        return _judged(rule, compact, canonical, False, (doubtful(MASKED),))
    return judge_fit(rule, compact, canonical) if fits else judge_misfit(rule, compact, canonical)


def judge_fit(rule: NumberRule, compact: str, canonical: str) -> Trial:
    """What the checks of a rule have against a number that its pattern takes."""
    return _judged(rule, compact, canonical, True, [finding for check in rule.checks if (finding := check(canonical))])


def judge_misfit(rule: NumberRule, compact: str, canonical: str) -> Trial:
    """Why a rule's pattern does not take a number."""
    findings: Iterable[Finding]
    if not any("0" <= character <= "9" for character in canonical):
        findings = (doubtful(NO_DIGIT),)
    else:
        findings = tuple(rule.explain(compact)) if rule.explain else ()
        findings = findings or (Finding(IMPOSSIBLE if rule.certain else DOUBTFUL, rule.shape),)
    return _judged(rule, compact, canonical, False, findings)


def _judged(rule: NumberRule, compact: str, canonical: str, fits: bool, findings: Iterable[Finding]) -> Trial:
    worst, reasons = VALID, []
    for grade, reason in findings:
        if RANK[grade] > RANK[worst]:
            worst = grade
        reasons.append(reason)
    return Trial(rule, compact, canonical, fits, worst, tuple(reasons))


class Examination:
    """The answer about one number under one rule.

    `canonical` is empty where nothing could be kept at all: no text, far too long, unprintable characters.
    Such an answer cannot be overridden by "printed so on the document"; every other one can. Its repr shows the mask
    only, so that a traceback or a log line tells nobody's number. What a look-up does not read (`display`, `decoded`
    and `suggestions`) is made when it is read, each time.
    """

    __slots__ = ("_trial", "canonical", "grade", "input", "masked", "rule", "sensitive")

    def __init__(self, trial: Trial, text: str, masked: str, *, sensitive: bool) -> None:
        self._trial = trial
        self.rule: Final = trial.rule.slug
        self.input: Final = text
        self.canonical: Final = trial.canonical
        self.grade: Final = trial.grade
        self.masked: Final = masked
        self.sensitive: Final = sensitive

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is not simply valid, what weighs most or is seen first before the rest."""
        return self._trial.reasons[:_MOST_REASONS]

    @property
    def display(self) -> str:
        """The number in groups that an eye can compare."""
        return _joined(self._trial, self._trial.rule.group)

    @property
    def decoded(self) -> tuple[Fact, ...]:
        """What can be read out of the number; nothing out of an impossible one."""
        trial = self._trial
        if not trial.fits or trial.grade is IMPOSSIBLE:
            return ()
        return _decode_range(trial) if trial.ends else trial.rule.decode(trial.canonical)

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The numbers that may have been meant, best first."""
        return () if self.grade is VALID else suggest(self._trial)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Examination) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash((self.rule, self.input))

    def _told(self) -> tuple[object, ...]:
        own = (self.rule, self.input, self.canonical, self.masked, self.sensitive, self.grade)
        return *own, self.reasons, self.display, self.decoded, self.suggestions

    def __repr__(self) -> str:
        return (
            f"Examination(rule={self.rule!r}, masked={self.masked!r}, grade={self.grade!r}, reasons={self.reasons!r})"
        )


def finish(trial: Trial, text: str, *, hidden: Trial | None = None) -> Examination:
    """The answer that a trial of `text` gives; masked by the rule of `hidden`, where the number may be that as well."""
    if hidden:
        return Examination(trial, text, _joined(hidden, hidden.rule.mask), sensitive=True)
    rule = trial.rule
    masked, sensitive = _joined(trial, rule.mask), rule.sensitive
    if rule.free or rule.scanned or not trial.fits:
        spans = _personal(trial)
        masked, sensitive = _hide(masked, spans), sensitive or bool(spans)
    return Examination(trial, text, masked, sensitive=sensitive)


def mask_right(rule: NumberRule, canonical: str) -> str:
    """The mask that `finish` puts on a number that is right for a rule; empty where everybody may see it."""
    spans = find_sensitive(canonical) if rule.free or rule.scanned else ()
    return _hide(rule.mask(canonical), spans) if spans or rule.sensitive else ""


def _joined(trial: Trial, form: Callable[[str], str]) -> str:
    if not trial.ends:
        return form(trial.canonical)
    return "–".join([form(end.canonical) for end in trial.ends])


def _decode_range(trial: Trial) -> tuple[Fact, ...]:
    first, last = (end.canonical for end in trial.ends)
    common = set(trial.rule.decode(last))
    count = f"{ranges.size(first, last):,}"
    return (*(fact for fact in trial.rule.decode(first) if fact in common), Fact(_COUNT, Text(count, count)))


def suggest(trial: Trial) -> tuple[str, ...]:
    """The numbers that may have been meant, best first."""
    rule = trial.rule
    if trial.suggestions is not None:
        return trial.suggestions
    if trial.meant:
        return tuple(number for number in trial.meant if try_rule(rule, spell(number)).grade is VALID)
    if trial.ends:
        return ()
    return tuple(rule.suggest(trial.compact if rule.form == "compact" else trial.canonical))


def _personal(trial: Trial) -> tuple[tuple[int, int], ...]:
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


def nothing(rule: NumberRule, text: str, fault: str) -> Examination:
    """The answer to a text of which nothing can be kept, because of `fault`."""
    trial = Trial(rule, "", "", False, IMPOSSIBLE, (FAULTS[fault],), suggestions=())
    return Examination(trial, text, "", sensitive=rule.sensitive)
