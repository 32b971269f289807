"""The grammar of a sentence: which documents share a clause, what is said of each, and how it is all joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from registry import kinds
from registry.wording.counting import say_copies, say_count, say_day
from registry.wording.style import DocumentPatterns, HouseStyle


@dataclass(frozen=True, slots=True)
class NoticeDocument:
    """A document as the sentence names it. `labels` holds one label for each of its numbers, in order.

    `kind` is the slug of its kind, by which a style knows its family and its measure word; None where that is unknown.
    """

    title: str
    copies: str | None = None
    holder: str | None = None
    labels: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """All that a sentence says.

    `lost_on` and `lost_at` are None where they are unknown or the declarant does not want them printed. `about` is the
    reference and publication day of the earlier record, for a correction or withdrawal. `signed_on` is the day on which
    it is handed in, which styles with a signature print.
    """

    declarant: str
    documents: tuple[NoticeDocument, ...]
    nature: str = "loss"
    lost_on: date | None = None
    lost_at: str | None = None
    about: tuple[str, date] | None = None
    organisation: bool = False
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A document with its numbers' places in the record, and the patterns and the measure word of its kind."""

    document: NoticeDocument
    places: tuple[int, ...]
    patterns: DocumentPatterns
    measure: str

    @property
    def copies(self) -> str:
        """Return what is said of copies and count; empty for nothing."""
        how, told = self.patterns, self.document.copies
        if told:
            return say_copies(told, numerals=how.numerals, both=how.both)
        return _one(how.uncounted, self)

    @property
    def numbers(self) -> str:
        how = self.patterns
        if not self.places:
            return ""
        pairs = zip(self.document.labels, self.places, strict=True)
        each = (how.number.format(label=label, number=f"⟦{place}⟧") for label, place in pairs)
        return how.numbers.format(numbers=how.number_joint.join(each))

    @property
    def is_one(self) -> bool:
        """Whether the sentence counts it as just one."""
        counted = self.document.copies or _one(self.patterns.uncounted, self)
        return say_copies(counted, numerals="plain", both="、") == f"一{self.measure}"

    def item(self, *, count: bool = True) -> str:
        how = self.patterns
        copies = self.copies if count else ""
        said = how.copies.format(copies=copies) if copies else ""
        return how.item.format(title=self.document.title, copies=said, numbers=self.numbers)


def loss_sentence(record: NoticeRecord, style: HouseStyle) -> str:
    """Return the sentence that says what was lost, with placeholders for numbers and without the bullet."""
    how = style.sentence
    opening = (how.organisation if record.organisation else how.person).format(declarant=record.declarant)
    when = how.when.format(day=_day(record.lost_on, style)) if record.lost_on else ""
    where = how.where.format(place=record.lost_at) if record.lost_at else ""
    return how.loss.format(
        opening=opening,
        declarant=record.declarant,
        signature=_signature(record, style),
        when=when,
        where=where,
        clauses=how.clause_joint.join(_clauses(record, style, opening, when, where)),
    )


def further_sentence(record: NoticeRecord, style: HouseStyle) -> str:
    """Return the sentence of a correction or withdrawal.

    Raises:
        ValueError: it says not what it is about.
    """
    if record.about is None:
        raise ValueError(f"a {record.nature} is about an earlier record")
    reference, day = record.about
    said = _day(day, style)
    if record.nature == "withdrawal":
        return style.sentence.withdrawal.format(day=said, reference=reference, declarant=record.declarant)
    return style.sentence.correction.format(day=said, reference=reference, loss=loss_sentence(record, style))


def _day(day: date, style: HouseStyle) -> str:
    return say_day(day, pattern=style.sentence.day, numerals=style.sentence.numerals)


def _signature(record: NoticeRecord, style: HouseStyle) -> str:
    day = _day(record.signed_on, style) if record.signed_on else ""
    return style.sentence.signature.format(declarant=record.declarant, day=day).rstrip()


def _clauses(record: NoticeRecord, style: HouseStyle, opening: str, when: str, where: str) -> Iterator[str]:
    how = style.sentence
    # Where numbers stand behind the verb, papers without a number share a clause with their neighbours of the same
    # owner; one with a number stands alone, or a reader could not tell which paper the number belongs to.
    numbers_behind = "{numbers}" in how.clause
    # Who opens the sentence has been named, and need not be until another owner comes between.
    last = record.declarant if "{opening}" in how.loss else None
    groups = groupby(
        enumerate(_said(record, style)),
        key=lambda item: (item[1].document.holder, item[0] if numbers_behind and item[1].places else -1),
    )
    for place, ((holder, _), group) in enumerate(groups):
        members = [each for _, each in group]
        owner = holder or record.declarant
        pattern = how.owner if holder else how.own
        yield how.clause.format(
            owner="" if owner == last else pattern.format(owner=owner, opening=opening),
            when="" if place else when,
            where="" if place else where,
            items=_items(members, style),
            numbers="".join(each.numbers for each in members) if numbers_behind else "",
        )
        last = owner


def _said(record: NoticeRecord, style: HouseStyle) -> Iterator[_Said]:
    count = 0
    for document in record.documents:
        places = tuple(range(count + 1, count + 1 + len(document.labels)))
        count += len(places)
        try:
            kind = kinds.get(document.kind or "")
            family, measure = kind.family, style.measures.get(kind.slug, kind.measure)
        except kinds.UnknownKind:
            family, measure = None, "份"
        yield _Said(document, places, style.patterns_of(family), measure)


def _items(members: Sequence[_Said], style: HouseStyle) -> str:
    how = style.sentence
    items: list[tuple[str, bool]] = []
    for (each, _measure), run in groupby(members, key=_run_of):
        same = list(run)
        if each and len(same) > 1:
            titles = how.item_joint.join(one.item(count=False) for one in same)
            items.append((titles + _one(each, same[0]), False))
        else:
            items += [(one.item(), bool(one.places)) for one in same]
    said = items[0][0]
    for (_, numbered), (item, also) in pairwise(items):
        said += (how.numbered_joint if numbered or also else how.item_joint) + item
    return said


def _run_of(one: _Said) -> tuple[str, str]:
    """Return what neighbours have in common that are counted together; two empty texts for one counted by itself."""
    alike = one.patterns.each and one.is_one and not one.places
    return (one.patterns.each, one.measure) if alike else ("", "")


def _one(pattern: str, one: _Said) -> str:
    return pattern.format(one=say_count(1, one.patterns.numerals), measure=one.measure)
