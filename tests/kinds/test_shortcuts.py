"""Numbers are examined by shortcuts, for there are many of them: no answer may be another for it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry import kinds
from registry.kinds import CATALOGUE, RULES, Examination, Grade, NumberRule, fitting, ranges, spelling
from registry.kinds.model import Repair, unchanged
from registry.kinds.spelling import _LOOSE, as_printed, spell
from registry.kinds.trying import Trial, canonical_of, finish, judge_fit, judge_misfit, try_range, try_rule
from registry.text import fold
from tests.kinds.samples import REFUSED, SPELLINGS, VALID

GRADES = (Grade.VALID, Grade.DOUBTFUL, Grade.IMPOSSIBLE)
RANK = {grade: rank for rank, grade in enumerate(GRADES)}
HAN = re.compile(r"[\u3400-\u9fff]")
TYPED = "0123456789XxOIl ABNYGZ-.()（）：:编号第No№〔〕～至\u3000０１Ｘ×京军"


def mixed_numbers() -> Iterator[str]:
    """Every sample; each with a character exchanged, two swapped, one lost; and digits of every length."""
    draw = random.Random(88)
    samples = [number for numbers in VALID.values() for number in numbers]
    samples += [row[0] for rows in REFUSED.values() for row in rows]
    samples += [typed for _, typed, _ in SPELLINGS]
    for number in samples:
        at = draw.randrange(len(number))
        yield from (
            number,
            number[:at] + draw.choice(TYPED) + number[at + 1 :],
            number[:at] + number[at + 1 : at + 2] + number[at] + number[at + 2 :],
            number[:at] + number[at + 1 :],
        )
    for length in range(1, 66):
        yield from ("".join(draw.choices("0123456789", k=length)) for _ in range(4))


NUMBERS = tuple(mixed_numbers())


def plainly_examined(slug: str, text: str) -> Examination:
    """All rules of all numbers of a kind tried, and the nearest taken, as mildly as any of the same number."""
    kind = kinds.get(slug)
    spelled = spell(text)
    free = [field for field in kind.numbers[1:] if all(rule.free for rule in field.rules)]
    tried = [[try_rule(rule, spelled) for rule in field.rules] for field in kind.numbers if field not in free]
    nearest = []
    for trials in tried:
        strict = [trial for trial in trials if trial.fits or not trial.rule.free] or trials
        mildest = min(RANK[trial.grade] for trial in strict)
        best = min(strict, key=lambda trial: trial.distance)
        nearest.append(best._replace(grade=GRADES[mildest]))
    nearest = [trial for trial in nearest if trial.fits or not trial.rule.free] or nearest
    if not any(len(trial.compact) in trial.rule.lengths for trials in tried for trial in trials):
        nearest += [t for field in free for rule in field.rules if (t := try_rule(rule, spelled)).fits]
    return finish(min(nearest, key=lambda trial: trial.distance), text)


def may_have(rule: NumberRule, text: spelling.Spelling) -> bool:
    return (
        not rule.lengths
        or len(text.compact) in rule.lengths
        or (not text.text.isascii() and rule.repair is not unchanged)
    )


def plainly_guessed(rule: NumberRule, text: spelling.Spelling) -> Trial | None:
    """One rule tried, if its form has the number, or would but for a letter typed for a digit."""
    compact, canonical, fits = canonical_of(rule, text)
    if fits:
        likely = rule.guess is None or rule.guess.fullmatch(canonical if rule.form == "compact" else text.text)
        return judge_fit(rule, compact, canonical) if likely else None
    bare = text.compact
    likely = bool(rule.telling and rule.telling.fullmatch(bare))
    if not likely and (rule.guess is None or rule.guess.fullmatch(bare)):
        likely = len(bare) in rule.lengths and bare.isascii() and not bare[:-1].isdigit()
    return judge_misfit(rule, compact, canonical) if likely else None


def plain_ranges(text: spelling.Spelling) -> list[Trial]:
    span = ranges.read(text.text)
    ranged = [rule for rule in RULES.values() if rule.ranged] if span else []
    return [trial for rule in ranged if span and (trial := try_range(rule, text, span)) and trial.ends]


def plainly_recognised(text: str) -> tuple[Examination, ...]:
    """All rules tried that are any evidence, and near misses looked for whether or not one is right."""
    spelled = spell(text)
    if spelled.fault:
        return ()

    def is_guessed(trial: Trial) -> bool:
        days = [re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", end.canonical) for end in trial.ends]
        return trial.rule.evidence > 0 and trial.grade is Grade.VALID and not all(days)

    guessed = [rule for rule in RULES.values() if rule.evidence and not rule.free and may_have(rule, spelled)]
    trials = [trial for trial in plain_ranges(spelled) if is_guessed(trial)]
    trials = trials or [trial for rule in guessed if (trial := plainly_guessed(rule, spelled))]
    trials.sort(key=lambda trial: (RANK[trial.grade], -trial.rule.evidence))
    valid = tuple(finish(trial, text) for trial in trials if trial.grade is Grade.VALID)
    doubted = [trial for trial in trials if trial.fits and trial.grade is Grade.DOUBTFUL]
    # Ten in eleven of all numbers fail a check digit: that is no more than a length.
    doubted = [t for t in doubted if t.is_telling or not any(reason.code == "check_digit" for reason in t.reasons)]
    least = max((trial.rule.evidence for trial in doubted), default=0)
    near = [
        (finish(trial, text), trial.is_telling)
        for trial in sorted(trials, key=lambda trial: -trial.rule.evidence)
        if trial.rule.evidence > least and (not trial.fits or trial.is_telling)
    ]
    if valid:
        return valid
    if doubted:
        return tuple(e for e, telling in near if telling and e.suggestions) or tuple(finish(t, text) for t in doubted)
    return tuple(e for e, _ in near if e.suggestions) or tuple(e for e, telling in near if telling)


def plain_forms(text: str) -> set[str]:
    """The spelling of every rule that the number fits, tried one by one, and what else may stand on the register."""
    spelled = spell(text)
    forms = {spelled.text, *(trial.canonical for trial in plain_ranges(spelled))}
    for rule in RULES.values():
        _, canonical, fits = canonical_of(rule, spelled)
        if fits and not rule.free and may_have(rule, spelled):
            forms |= {canonical, *rule.equivalents(canonical)}
    return forms | {re.sub(r"\ANO(?=\d)", "", spelled.text)}


@pytest.mark.parametrize("slug", [kind.slug for kind in CATALOGUE])
def test_the_first_rule_that_is_right_is_the_nearest(slug: str) -> None:
    own = {rule.slug for field in kinds.get(slug).numbers for rule in field.rules}
    for number in (*NUMBERS[::7], *(number for rule in own for number in VALID[rule])):
        if not spell(number).fault:
            assert kinds.examine(slug, number) == plainly_examined(slug, number), number


def test_a_bare_number_is_recognised_as_if_every_rule_were_tried() -> None:
    for number in NUMBERS:
        found = kinds.recognise(number)
        assert found == plainly_recognised(number), number
        best, candidates = kinds.recognise_best(number)
        assert candidates == tuple((examination.rule, examination.grade) for examination in found)
        if not found:
            assert best == kinds.examine("other", number)
        elif best.sensitive == found[0].sensitive:
            assert best == found[0]


def test_a_register_is_asked_for_every_form_that_any_rule_takes() -> None:
    for number in NUMBERS:
        if not spell(number).fault:
            forms = kinds.lookup_forms(number)
            assert set(forms) == plain_forms(number), number
            assert len(set(forms)) == len(forms)


@given(st.one_of(st.sampled_from(NUMBERS), st.text(TYPED, max_size=40), st.text(max_size=40)))
def test_a_look_up_is_both_answers(text: str) -> None:
    found = kinds.look_up(text)
    best, candidates = kinds.recognise_best(text)
    assert (found.forms, found.candidates) == (kinds.lookup_forms(text), candidates)
    assert found.best == (best if candidates else None)


def test_a_repair_leaves_alone_what_it_says() -> None:
    """Of `words`; `plain` it sees to itself. Rules without such a repair are tried on everything."""
    repairs = {rule.repair for rule in RULES.values() if isinstance(rule.repair, Repair) and not rule.repair.words}
    assert repairs
    for number in NUMBERS:
        for repair in repairs:
            for typed in (spell(number).text, spell(number).compact):
                assert re.findall(HAN, repair(typed)) == re.findall(HAN, typed)


def test_patterns_can_be_asked_all_at_once() -> None:
    """In one pattern with others none can refer to its groups, which keep nothing there, or have flags of its own.

    Nor can one say what must not come: what it can take at all is told from its parts.
    """
    for rule in RULES.values():
        for pattern in (rule.pattern, rule.telling):
            if pattern and not rule.free:
                assert not pattern.flags & ~(re.ASCII | re.UNICODE), rule.slug
                assert not re.search(r"\\[1-9]|\(\?P=|\(\?\(|\(\?<?!", pattern.pattern), rule.slug


def test_no_pattern_is_left_out_that_takes_a_plain_number() -> None:
    plain = {spelled.text: spelled.sort for number in NUMBERS if (spelled := spell(number)).sort <= spelling.PLAIN}
    patterns = {rule.pattern for rule in RULES.values() if not rule.free}
    taken = [(pattern, number) for number in plain for pattern in patterns if pattern.fullmatch(number)]
    assert len(taken) > 1_000
    for pattern, number in taken:
        assert fitting._mould(pattern, plain[number]).fullmatch(fitting._TAKEN * len(number)), (pattern, number)


def test_what_may_be_a_resident_id_is_masked_as_one() -> None:
    best, _ = kinds.recognise_best("110105491231002")
    assert best.rule == "business_registration_15"
    assert best.sensitive
    assert best.masked == "110***********2"


@given(st.one_of(st.text("0123456789ABCxyzNO-", max_size=20), st.text(TYPED, max_size=20), st.text(max_size=20)))
@example("NO-12")
@example("VIN123")
@example("1-")
def test_a_plain_number_is_spelled_as_any_text(text: str) -> None:
    if spelling._NUMERO_SIGN.search(text):
        return
    bare = re.sub(r"\s", "", as_printed(fold(text)))
    while (again := re.sub(r"\s", "", as_printed(fold(bare)))) != bare:
        bare = again
    spelled = spell(text)
    assert spelled.fault or (spelled.text, spelled.compact) == (bare, _LOOSE.sub("", bare))
    assert spelled.fault != "empty" or not bare


def test_no_label_is_written_as_a_plain_number_is() -> None:
    assert not [
        label
        for kind in CATALOGUE
        for field in kind.numbers
        for label in field.labels
        if spelling._PLAIN.fullmatch(label)
    ]


def test_a_glance_at_a_number_tells_what_looking_it_up_does() -> None:
    seen = 0
    for number in (*NUMBERS, *(number for numbers in VALID.values() for number in numbers)):
        glance, whole = kinds.glance(number), kinds.look_up(number)
        if glance:
            seen += 1
            assert whole.best is not None
            assert whole.best.grade is Grade.VALID, number
            assert set(glance.forms) == set(whole.forms), number
            assert glance.masked == (whole.best.masked if whole.best.sensitive else ""), number
    assert seen > 100
