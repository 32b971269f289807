"""Verdicts in plain words: one sentence of reason each, and never more than the data says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from itertools import zip_longest

from registry import kinds
from registry.kinds import DocumentKind, Examination
from registry.search.check import Answer
from registry.search.facts import Facts
from registry.web.i18n import gettext as _
from registry.web.public.records import kind_title
from registry.web.rendering import as_day, in_reader_language


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that one slip of the hand could have turned into the typed one.

    `number` is None where it is sensitive: then only `words` say which character to change.
    """

    place: int
    words: str
    number: str | None
    display: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A number on the register that looks like the typed one, and the title of its document."""

    canonical: str
    display: str
    title: str


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """A verdict as a page or a sheet shows it; `display` is the number on the register, `further` are more reasons."""

    facts: Facts
    title: str
    display: str
    reason: str
    further: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def word(self) -> str:
        return self.facts.verdict


def show(facts: Iterable[Facts], best: Examination | None = None) -> list[ShownVerdict]:
    """Return verdicts in the reader's words; of an impossible number `best` tells the slips that would explain it."""
    return [_show_one(one, best) for one in facts]


def kinds_like(answer: Answer) -> list[DocumentKind]:
    """Return what a number that is not on the register looks like: kinds, likeliest first.

    Of each rule the kinds that it was made for stand before those that merely may bear such a number too.
    """
    rules = [rule for rule, grade in answer.candidates if grade is not kinds.Grade.IMPOSSIBLE]
    # The first of every rule, then the second of every rule, and so on.
    return list(dict.fromkeys(kind for row in zip_longest(*map(_bearing, rules)) for kind in row if kind))


def near_misses(answer: Answer) -> list[NearMiss]:
    """Return the public numbers on the register that an eye may take for the typed one, each once."""
    shown = {
        entry.key: NearMiss(entry.key, kinds.in_groups(entry.rule, entry.shown), entry.title)
        for entry in answer.near
        if entry.key is not None
    }
    return list(shown.values())


def slips_of(examination: Examination) -> tuple[Slip, ...]:
    """Return what the typed number may have been meant to be."""
    group = kinds.RULES[examination.rule].group
    return tuple(
        Slip(
            place,
            _difference(re.sub(r"[\s\-.·]", "", examination.canonical), suggestion),
            None if examination.sensitive else suggestion,
            "" if examination.sensitive else group(suggestion),
        )
        for place, suggestion in enumerate(examination.suggestions)
    )


@cache
def _bearing(rule: str) -> tuple[DocumentKind, ...]:
    return tuple(sorted(kinds.bearing(rule), key=partial(_place_of, rule)))


def _place_of(rule: str, kind: DocumentKind) -> tuple[bool, int]:
    """Return how far from a kind's own number a rule stands: another's name, then the place among its rules."""
    places = [field.rules.index(known) for field in kind.numbers for known in field.rules if known.slug == rule]
    return kind.slug != rule, min(places)


def _show_one(facts: Facts, best: Examination | None) -> ShownVerdict:
    match facts.verdict:
        case "impossible":
            reason, *others = map(in_reader_language, facts.reasons)
            rule = kinds.RULES.get(facts.rule)
            title = in_reader_language(rule.title) if rule else ""
            return ShownVerdict(facts, title, "", reason, tuple(others), slips_of(best) if best else ())
        case "not_on_register":
            return ShownVerdict(facts, "", "", _("No declaration on this register names this number."))
        case "provisional":
            return ShownVerdict(facts, kind_title(facts.kind), "", _reason_pending(facts))
    return ShownVerdict(facts, facts.title, kinds.in_groups(facts.rule, facts.number), _reason(facts))


def _reason(facts: Facts) -> str:
    values = {"declarant": facts.declarant, "since": as_day(facts.since)}
    match facts.verdict, facts.ended_as:
        case "declared", _:
            if facts.nature == "correction":
                return _("Void since %(since)s, declared by %(declarant)s; the notice was corrected since.", **values)
            return _("Void since %(since)s, declared by %(declarant)s.", **values)
        case "contested", _:
            return _(
                "Declared void by %(declarant)s on %(since)s. Somebody with standing objects, and it is under review.",
                **values,
            )
        case _, "correction":
            return _(
                "Declared void by %(declarant)s on %(since)s by mistake: the correction of %(until)s no longer names "
                "this number.",
                until=as_day(facts.until),
                **values,
            )
        case _:
            return _(
                "Declared void by %(declarant)s on %(since)s, withdrawn on %(until)s.",
                until=as_day(facts.until),
                **values,
            )


def _reason_pending(facts: Facts) -> str:
    day = as_day(facts.filed_at)
    if facts.edition_day:
        return _(
            "A declaration filed on %(day)s names this number. It is accepted for the edition of %(edition)s.",
            day=day,
            edition=as_day(facts.edition_day),
        )
    return _("A declaration filed on %(day)s names this number. It has not been reviewed yet.", day=day)


def _difference(typed: str, meant: str) -> str:
    places = [place for place, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]]
    first = places[0] if places else min(len(typed), len(meant))
    if len(meant) > len(typed):
        return _("Add a %(character)s as character %(place)d", character=meant[first], place=first + 1)
    if len(meant) < len(typed):
        return _("Leave out the %(character)s at place %(place)d", character=typed[first], place=first + 1)
    if len(places) == 2 and typed[places[0]] == meant[places[1]] and typed[places[1]] == meant[places[0]]:
        return _("Exchange characters %(one)d and %(other)d", one=places[0] + 1, other=places[1] + 1)
    return _(
        "Change character %(place)s to %(character)s",
        place=", ".join(str(place + 1) for place in places),
        character=", ".join(meant[place] for place in places),
    )
