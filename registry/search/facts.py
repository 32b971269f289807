"""What a verdict tells, in no language: of this a page, a receipt and a comparison of the two are made."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from registry import kinds
from registry.db.direct import Reader
from registry.declarations.masking import mask_like_ids
from registry.declarations.sentences import public_sentences
from registry.search.check import Answer, Verdict, each_once
from registry.search.entries import Entry
from registry.text import Text
from registry.wording import fill


@dataclass(frozen=True, slots=True)
class Facts:
    """One verdict. What it does not have is empty.

    Attributes:
        verdict: one of `registry.search.check.ORDER`.
        kind: of the document; `title` as the notice calls it, `number` as everybody may see it.
        rule: of the number that matched, or that is impossible.
        reference, nature, declarant, sentence: of the declaration; in its sentence sensitive numbers are masked.
        since, until: publication and withdrawal day.
        edition, edition_day: where the notice stands, or will stand; the number is None until it is published.
        filed_at: when it was handed in, for `provisional`.
        ended_by, ended_as: reference and nature of the correction or withdrawal that ended it.
        reasons: why a number is impossible.
    """

    verdict: str
    kind: str = ""
    title: str = ""
    number: str = ""
    rule: str = ""
    reference: str = ""
    nature: str = ""
    declarant: str = ""
    sentence: str = ""
    since: date | None = None
    until: date | None = None
    edition: int | None = None
    edition_day: date | None = None
    filed_at: datetime | None = None
    ended_by: str = ""
    ended_as: str = ""
    reasons: tuple[Text, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether a notice stands behind it that may be shown."""
        return bool(self.reference)

    def to_json(self) -> dict[str, Any]:
        """Return what is not empty as JSON has it: days and moments after ISO 8601, texts by language."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _to_json(value) for name, value in told.items() if value}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Facts:
        """Return what `to_json` was called on."""
        days = {name: date.fromisoformat(told[name]) for name in ("since", "until", "edition_day") if name in told}
        moments = {"filed_at": datetime.fromisoformat(told["filed_at"])} if "filed_at" in told else {}
        reasons = tuple(Text(**reason) for reason in told.get("reasons", ()))
        return cls(**{**told, **days, **moments, "reasons": reasons})


def facts_of(reader: Reader, answer: Answer) -> list[Facts]:
    """Return what the verdicts of an answer tell, a declaration that names the number twice once."""
    verdicts = each_once(answer.verdicts)
    published = [verdict.entry for verdict in verdicts if verdict.entry and _is_published(verdict)]
    sentences = {entry.declaration_id: _own_sentence(entry) for entry in published}
    sentences.update(public_sentences(reader, [declaration for declaration, said in sentences.items() if not said]))
    return [_facts(verdict, sentences) for verdict in verdicts]


def facts_in_short(answer: Answer) -> list[Facts]:
    """Return what `facts_of` does but for the sentences of the notices, which have to be read one by one."""
    return [_facts(verdict, {}) for verdict in each_once(answer.verdicts)]


def shown_number(answer: Answer) -> tuple[str, str, bool]:
    """Return the number that was checked as everybody may see it, its rule or "", and whether it is masked.

    Masked is what is or may be sensitive: by its likeliest kinds, because a resident ID stands in it or it has the
    shape of one, or because the register has it so.
    """
    best = answer.best
    if best and best.sensitive:
        return best.masked, best.rule, True
    if hidden := next((one.entry for one in answer.verdicts if one.entry and one.entry.sensitive), None):
        return hidden.shown, hidden.rule, True
    if best:
        return best.canonical, best.rule, False
    printed = kinds.as_printed(answer.number)
    masked = mask_like_ids(printed)
    return masked, "", masked != printed


def utc(moment: datetime) -> str:
    """Return a moment after RFC 3339, to the second, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _is_published(verdict: Verdict) -> bool:
    # Nobody has looked at what is only filed: what it says of people and things may be untrue, and stays unsaid.
    return verdict.verdict != "provisional"


def _own_sentence(entry: Entry) -> str:
    """Return the sentence of a declaration that names this number alone, as most do; nothing where others are named."""
    with suppress(IndexError):
        return fill(entry.statement, (entry.shown,) if entry.is_first else ())
    return ""


def _facts(verdict: Verdict, sentences: Mapping[int, str]) -> Facts:
    if verdict.examination:
        reasons = tuple(reason.message for reason in verdict.examination.reasons)
        return Facts(verdict.verdict, rule=verdict.examination.rule, reasons=reasons)
    entry = verdict.entry
    if entry is None:
        return Facts(verdict.verdict)
    if not _is_published(verdict):
        accepted_for = entry.edition_day if entry.status == "approved" else None
        # To the second, as a receipt has it, so that the two can be compared.
        filed_at = entry.filed_at.replace(microsecond=0) if entry.filed_at else None
        return Facts(verdict.verdict, kind=entry.kind, filed_at=filed_at, edition_day=accepted_for)
    ending = verdict.replaced_by
    return Facts(
        verdict.verdict,
        kind=entry.kind,
        title=entry.title,
        number=entry.shown,
        rule=entry.rule,
        reference=entry.reference,
        nature=entry.nature,
        declarant=entry.declarant,
        sentence=sentences.get(entry.declaration_id, ""),
        since=verdict.since,
        until=verdict.until,
        edition=entry.edition_number,
        edition_day=entry.edition_day,
        ended_by=ending.reference if ending else "",
        ended_as=ending.nature if ending else "",
    )


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [text._asdict() for text in value]
    return value
