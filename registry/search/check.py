"""The check: what the register may answer to a number, never more certain than its data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from registry import clock, kinds
from registry.db.direct import Reader
from registry.db.sealing import Vault
from registry.declarations.spans import Span, spans_in
from registry.declarations.states import PENDING
from registry.kinds import Examination, Grade
from registry.search.entries import (
    MOST_ENTRIES,
    Entry,
    Further,
    find_or_near,
    first_published_on,
    replacement_of,
)

MOST_NEAR = 5
# Of a typed range up to this many numbers are looked up one by one; larger ones meet ranges only.
MOST_INSIDE = 500
# Worst first: what a clerk must not overlook stands on top.
ORDER = ("declared", "contested", "provisional", "withdrawn", "impossible", "not_on_register")
_PLACE = {verdict: place for place, verdict in enumerate(ORDER)}


class Verdict(NamedTuple):
    """One answer.

    Attributes:
        verdict: one of ORDER.
        entry: the matching number on the register; None for `impossible` and `not_on_register`.
        since, until: publication and withdrawal day, where the verdict has them.
        filed_at: when it was handed in, for `provisional`.
        replaced_by: the published correction or withdrawal that ended the declaration, for `withdrawn`.
        examination: what the rule says, for `impossible`.
    """

    verdict: str
    entry: Entry | None = None
    since: date | None = None
    until: date | None = None
    filed_at: datetime | None = None
    replaced_by: Further | None = None
    examination: Examination | None = None


NOT_ON_REGISTER = Verdict("not_on_register")


class Answer(NamedTuple):
    """All verdicts on one number, worst first, and what kinds of document it could belong to.

    Attributes:
        best: what the number is under the likeliest rule; None where no kind can be told.
        candidates: the rules that it may obey, the likeliest first, each with its grade.
        is_cut: the number stands on more documents than are told of here.
        near: numbers on the register that an eye may take for one that is not: offered, never taken silently.
        forms: the canonical spellings under which it was looked up; none for what cannot be a number.
    """

    number: str
    as_of: datetime
    verdicts: tuple[Verdict, ...]
    best: Examination | None
    candidates: tuple[tuple[str, Grade], ...]
    near: tuple[Entry, ...] = ()
    is_cut: bool = False
    forms: tuple[str, ...] = ()

    @property
    def is_registered(self) -> bool:
        return self.verdicts[0].entry is not None


def check(reader: Reader, text: str) -> Answer:
    """Answer a typed number. `text` is any string; what cannot be a number is not on the register."""
    forms, best, candidates = kinds.look_up(text)
    forms = usable(forms)
    entries, near = _look_for(reader, forms) if forms else ([], [])
    if entries:
        is_cut = len(entries) > MOST_ENTRIES
        return Answer(text, clock.now(), verdicts_of(reader, entries), best, candidates, is_cut=is_cut, forms=forms)
    return Answer(text, clock.now(), (unregistered(best, candidates),), best, candidates, tuple(near), forms=forms)


def _look_for(reader: Reader, forms: tuple[str, ...]) -> tuple[list[Entry], list[Entry]]:
    spans = spans_in(forms)
    near_keys = sorted({kinds.lookalike(form) for form in forms})
    return find_or_near(reader, lookup_keys(reader.vault, forms, spans), spans, near_keys, most_near=MOST_NEAR)


def usable(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the spellings that may be looked up: one hidden number is not another because both show the same end."""
    return tuple([form for form in forms if not kinds.is_masked(form)])


def lookup_keys(vault: Vault, forms: Sequence[str], spans: Sequence[Span] = ()) -> list[str]:
    """Return every index key under which a number could stand: as itself where it is public, as HMAC where not.

    `forms` are its canonical spellings (`kinds.lookup_forms`); of short ranges each number inside is a key as well.
    """
    ranges = [span for span in spans if span.first != span.last and span.size <= MOST_INSIDE]
    inside = [number for span in ranges for number in span.numbers()]
    return [*forms, *vault.lookup_keys(forms), *inside]


def verdicts_of(reader: Reader, entries: Sequence[Entry]) -> tuple[Verdict, ...]:
    """Return what numbers that were found mean, worst first.

    A correction that repeats the number answers for the record it corrects.
    """
    if len(entries) == 1:
        return (_registered(reader, entries[0]),)
    repeated = {entry.follows_id for entry in entries if entry.published_on and entry.follows_id}
    verdicts = [_registered(reader, entry) for entry in entries if entry.declaration_id not in repeated]
    return tuple(sorted(verdicts, key=lambda verdict: _PLACE[verdict.verdict]))


def each_once(verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Return the verdicts, a declaration that names the number twice once."""
    if len(verdicts) == 1:
        return verdicts
    once: dict[tuple[str, int | None], Verdict] = {}
    for verdict in verdicts:
        once.setdefault((verdict.verdict, verdict.entry.declaration_id if verdict.entry else None), verdict)
    return tuple(once.values())


def unregistered(best: Examination | None, candidates: Sequence[tuple[str, Grade]]) -> Verdict:
    """Return the verdict on a number that is not found: impossible only if every kind that it could be says so."""
    if best and all(grade is Grade.IMPOSSIBLE for _, grade in candidates):
        return Verdict("impossible", examination=best)
    return NOT_ON_REGISTER


def _registered(reader: Reader, entry: Entry) -> Verdict:
    if entry.status in PENDING:
        return Verdict("provisional", entry, filed_at=entry.filed_at)
    if entry.status in ("corrected", "withdrawn"):
        replaced_by = replacement_of(reader, entry)
        return Verdict("withdrawn", entry, since=entry.published_on, until=entry.withdrawn_on, replaced_by=replaced_by)
    word = "contested" if entry.status == "contested" else "declared"
    return Verdict(word, entry, since=first_published_on(reader, entry))
