"""From a record to its sentence, with ⟦n⟧ where the n-th number stands.

The placeholder is what lets a statement be stored, searched and shown without the sensitive number in it: whoever may
see the number fills it in at the last moment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from registry.wording.style import YANGQUAN, HouseStyle

PLACEHOLDER = re.compile(r"⟦(\d+)⟧")
BRACKETS = "⟦⟧"


@dataclass(frozen=True, slots=True)
class NoticeDocument:
    """A document as the sentence names it. `labels` holds one label for each of its numbers, in order."""

    title: str
    copies: str | None = None
    holder: str | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """All that a sentence says.

    `lost_on` and `lost_at` are None where they are unknown or the declarant does not want them printed. `about` is the
    reference and publication day of the earlier record, for a correction or withdrawal.
    """

    declarant: str
    documents: tuple[NoticeDocument, ...]
    nature: str = "loss"
    lost_on: date | None = None
    lost_at: str | None = None
    about: tuple[str, date] | None = None


def compose(record: NoticeRecord, style: HouseStyle = YANGQUAN) -> str:
    """Return the sentence without its bullet, numbers as ⟦1⟧, ⟦2⟧ … in the order of the record.

    Raises:
        ValueError: a part holds a placeholder bracket, or a correction or withdrawal says not what it is about.
    """
    for part in parts_in_print(record):
        if any(bracket in part for bracket in BRACKETS):
            raise ValueError("a part of the record holds a placeholder bracket")
    if record.nature == "loss":
        return _loss(record, style)
    if record.about is None:
        raise ValueError(f"a {record.nature} is about an earlier record")
    reference, day = record.about
    values = {"year": day.year, "month": day.month, "day": day.day, "reference": reference}
    if record.nature == "withdrawal":
        return style.withdrawal.format(**values, declarant=record.declarant)
    return style.correction.format(**values, loss=_loss(record, style))


def fill(statement: str, numbers: Sequence[str]) -> str:
    """Return the statement with the n-th of `numbers` in the place of ⟦n⟧.

    Raises:
        IndexError: the statement names a number that is not there.
    """
    return PLACEHOLDER.sub(lambda match: numbers[int(match[1]) - 1], statement)


def hide_numbers(text: str, numbers: Sequence[str]) -> str:
    """Return `text` with each of `numbers` replaced by its placeholder: the way back from `fill`.

    Longer numbers are looked for first, so that a number inside another is not torn out of it. A number that stands
    twice in the record takes the first placeholder that is free, then the last.
    """
    places: dict[str, list[int]] = {}
    for position, number in enumerate(numbers, start=1):
        places.setdefault(number, []).append(position)
    if not places:
        return text
    longest_first = sorted(places, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(number) for number in longest_first))

    def replace(match: re.Match[str]) -> str:
        free = places[match[0]]
        return f"⟦{free.pop(0) if len(free) > 1 else free[0]}⟧"

    return pattern.sub(replace, text)


def parts_in_print(record: NoticeRecord) -> tuple[str, ...]:
    """Return the names, titles and reference that the sentence must contain, each once, in order."""
    parts: list[str] = []
    if record.nature == "withdrawal" or any(document.holder is None for document in record.documents):
        parts.append(record.declarant)
    if record.nature != "withdrawal":
        for document in record.documents:
            parts += [part for part in (document.holder, document.title, document.copies) if part]
        if record.lost_at:
            parts.append(record.lost_at)
    if record.about:
        parts.append(record.about[0])
    return tuple(dict.fromkeys(parts))


def find_vanished(text: str, record: NoticeRecord, numbers: Sequence[str]) -> tuple[str, ...]:
    """Return the names and numbers of the record that `text` no longer contains, in the order of the record.

    A number that stands twice in the record has to stand twice in the text. Where one part is contained in another
    (公章 in 行政公章), it is looked for in what the longer ones leave.
    """
    vanished = set()
    rest = text
    wanted = [*parts_in_print(record), *(numbers if record.nature != "withdrawal" else ())]
    for part in sorted(wanted, key=len, reverse=True):
        if part in rest:
            rest = rest.replace(part, "\x00", 1)
        else:
            vanished.add(part)
    return tuple(part for part in dict.fromkeys(wanted) if part in vanished)


def _loss(record: NoticeRecord, style: HouseStyle) -> str:
    when = where = ""
    if record.lost_on:
        day = record.lost_on
        when = style.when.format(year=day.year, month=day.month, day=day.day)
    if record.lost_at:
        where = style.where.format(place=record.lost_at)
    return style.loss.format(when=when, where=where, clauses=_clauses(record, style))


def _clauses(record: NoticeRecord, style: HouseStyle) -> str:
    # Papers without a number share a clause with their neighbours of the same owner; one with a number stands alone,
    # or a reader could not tell which paper the number belongs to.
    numbered: list[tuple[NoticeDocument, tuple[int, ...]]] = []
    count = 0
    for document in record.documents:
        first = count + 1
        count += len(document.labels)
        numbered.append((document, tuple(range(first, count + 1))))

    clauses = []
    last_owner: str | None = None
    groups = groupby(
        enumerate(numbered),
        key=lambda item: (item[1][0].holder or record.declarant, item[0] if item[1][1] else -1),
    )
    for (owner, _), group in groups:
        members = [item for _, item in group]
        clause = style.clause.format(
            owner="" if owner == last_owner else style.owner.format(owner=owner),
            titles=style.title_joint.join(document.title + (document.copies or "") for document, _ in members),
        )
        for document, places in members:
            clause += style.number_joint.join(
                style.number.format(label=label, number=f"⟦{place}⟧")
                for label, place in zip(document.labels, places, strict=True)
            )
        clauses.append(clause)
        last_owner = owner
    return style.clause_joint.join(clauses)
