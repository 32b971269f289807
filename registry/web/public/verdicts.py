"""Verdicts in plain words: one sentence of reason each, and never more than the data says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from flask_babel import gettext as _

from registry import kinds
from registry.db.direct import Reader
from registry.declarations.sentences import public_sentences
from registry.kinds import DocumentKind, Examination
from registry.search.check import Answer, Verdict
from registry.search.entries import Entry
from registry.web.numbers import in_groups
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
    """A verdict as the page shows it. `entry` is None where nobody may be named; `further` are more reasons."""

    verdict: Verdict
    title: str
    display: str
    reason: str
    entry: Entry | None = None
    sentence: str = ""
    further: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def word(self) -> str:
        return self.verdict.verdict


def show(reader: Reader, answer: Answer) -> list[ShownVerdict]:
    """Return the verdicts of an answer as the page shows them, a declaration that names the number twice once."""
    once: dict[tuple[str, int | None], Verdict] = {}
    for verdict in answer.verdicts:
        once.setdefault((verdict.verdict, verdict.entry.declaration_id if verdict.entry else None), verdict)
    named = [verdict.entry.declaration_id for verdict in once.values() if verdict.entry and _may_be_named(verdict)]
    sentences = public_sentences(reader, named)
    return [_show_one(verdict, sentences) for verdict in once.values()]


def summarise(verdict: Verdict) -> ShownVerdict:
    """Return a verdict as a row of a table shows it: as the page does, but for the sentence."""
    return _show_one(verdict, {})


def kinds_like(answer: Answer) -> list[DocumentKind]:
    """Return what a number that is not on the register looks like: kinds, likeliest first.

    Of each rule the kinds that it was made for stand before those that merely may bear such a number too.
    """
    rules = [rule for rule, grade in answer.candidates if grade is not kinds.Grade.IMPOSSIBLE]
    bearing = [sorted(kinds.bearing(rule), key=partial(_place_of, rule)) for rule in rules]
    # The first of every rule, then the second of every rule, and so on.
    return list(dict.fromkeys(kind for row in zip_longest(*bearing) for kind in row if kind))


def near_misses(answer: Answer) -> list[NearMiss]:
    """Return the public numbers on the register that an eye may take for the typed one, each once."""
    shown = {
        entry.key: NearMiss(entry.key, in_groups(entry.rule, entry.shown), entry.title)
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


def _place_of(rule: str, kind: DocumentKind) -> tuple[bool, int]:
    """Return how far from a kind's own number a rule stands: another's name, then the place among its rules."""
    places = [field.rules.index(known) for field in kind.numbers for known in field.rules if known.slug == rule]
    return kind.slug != rule, min(places)


def verdict_word(verdict: str) -> str:
    """Return what a verdict is called where no template says it; `bad_row` is what a row of a file may be instead."""
    return {
        "declared": _("Declared void"),
        "provisional": _("Filed, not yet published"),
        "contested": _("Declared, but contested"),
        "withdrawn": _("Declaration withdrawn"),
        "not_on_register": _("Not on the register"),
        "impossible": _("Not a possible number"),
        "bad_row": _("Cannot be checked"),
    }[verdict]


def _may_be_named(verdict: Verdict) -> bool:
    # Nobody has looked at what is only filed: what it says of people and things may be untrue, and stays unsaid.
    return verdict.verdict != "provisional"


def _show_one(verdict: Verdict, sentences: dict[int, str]) -> ShownVerdict:
    if verdict.examination:
        examination = verdict.examination
        reason, *others = (in_reader_language(reason.message) for reason in examination.reasons)
        title = in_reader_language(kinds.RULES[examination.rule].title)
        return ShownVerdict(verdict, title, "", reason, further=tuple(others), slips=slips_of(examination))
    entry = verdict.entry
    if entry is None:
        return ShownVerdict(verdict, "", "", _("No declaration on this register names this number."))
    if not _may_be_named(verdict):
        return ShownVerdict(verdict, kind_title(entry.kind), "", _reason_pending(entry))
    display = in_groups(entry.rule, entry.shown)
    return ShownVerdict(
        verdict, entry.title, display, _reason(verdict, entry), entry, sentences.get(entry.declaration_id, "")
    )


def _reason(verdict: Verdict, entry: Entry) -> str:
    values = {"declarant": entry.declarant, "since": as_day(verdict.since)}
    match verdict.verdict, entry.status:
        case "declared", _:
            if entry.nature == "correction":
                return _("Void since %(since)s, declared by %(declarant)s; the notice was corrected since.", **values)
            return _("Void since %(since)s, declared by %(declarant)s.", **values)
        case "contested", _:
            return _(
                "Declared void by %(declarant)s on %(since)s. Somebody with standing objects, and it is under review.",
                **values,
            )
        case _, "corrected":
            return _(
                "Declared void by %(declarant)s on %(since)s by mistake: the correction of %(until)s no longer names "
                "this number.",
                until=as_day(verdict.until),
                **values,
            )
        case _:
            return _(
                "Declared void by %(declarant)s on %(since)s, withdrawn on %(until)s.",
                until=as_day(verdict.until),
                **values,
            )


def _reason_pending(entry: Entry) -> str:
    day = as_day(entry.filed_at)
    if entry.status == "approved" and entry.edition_day:
        return _(
            "A declaration filed on %(day)s names this number. It is accepted for the edition of %(edition)s.",
            day=day,
            edition=as_day(entry.edition_day),
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
