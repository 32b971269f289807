"""Trying a house style on records of every shape, before anybody's declaration is said in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from registry import kinds
from registry.wording.sentence import NoticeDocument, NoticeRecord
from registry.wording.statement import compose, find_vanished
from registry.wording.style import HouseStyle

# Two marks in a row, an empty bracket, a mark behind an opening bracket or at the beginning.
_MARK: Final = "，。；：、,;:"
TORN: Final = re.compile(
    rf"[{_MARK}]{{2,}}|[.][{_MARK}]|[（(〔【][{_MARK}）)〕】]|[，；：、,;:][）)〕】]|^[{_MARK}）)]| [{_MARK}]|  |^ | $"
)
_ABOUT: Final = ("S26-4088-385X", date(2026, 9, 2))
_NAMES: Final = ("阳泉市砺金山机械租赁有限公司", "司空明远")


def find_faults(style: HouseStyle) -> Iterator[str]:
    """Yield what is wrong with the sentences of a style, each sort of fault once."""
    told = set()
    for record in sample_records():
        sentence = compose(record, style)
        torn = TORN.search(sentence)
        if torn and "torn" not in told:
            told.add("torn")
            yield f"some sentences would have torn punctuation, {torn[0]!r}, such as: {sentence}"
        numbers = [f"⟦{n}⟧" for n in range(1, 1 + sum(len(d.labels) for d in record.documents))]
        vanished = find_vanished(sentence, record, numbers)
        if vanished and "vanished" not in told:
            told.add("vanished")
            yield f"some sentences would not say {vanished[0]}, such as: {sentence}"


def find_doubts(style: HouseStyle) -> Iterator[str]:
    """Yield what a paper may want so, but a reader stumbles over."""
    how = style.sentence
    patterns = [style.documents, *style.families.values()]
    for name, owner in (("owner", how.owner), ("own", how.own)):
        clause = how.clause.replace("{owner}", owner)
        if "{owner}{items}" in clause and any(each.item.startswith("{title}") for each in patterns):
            yield f"{name}: the name and the document stand side by side, and no reader can tell where the name ends"
    if how.signature and "{signature}" not in how.loss:
        yield "signature: loss does not have it, so it is never printed"


def sample_records() -> Iterator[NoticeRecord]:
    """Yield records of every shape: each kind with its first number and without, and the ways in which they meet."""
    first, other = _NAMES
    for family in kinds.families():
        kind = family.kinds[0]
        title = kind.titles[0].zh if kind.titles else "会员证"
        labels = tuple(field.labels[0] for field in kind.numbers)
        bare = NoticeDocument(title, kind=kind.slug)
        full = NoticeDocument(title, kind.copies[0] if kind.copies else None, labels=labels[:1], kind=kind.slug)
        both = NoticeDocument(title, "正、副本", labels=labels, kind=kind.slug)
        yield NoticeRecord(first, (bare,), organisation=True)
        yield NoticeRecord(other, (full,), signed_on=date(2026, 9, 10))
        yield NoticeRecord(first, (both, bare, full), organisation=True)
    seal = NoticeDocument("公章", kind="seal_code")
    counted = NoticeDocument("财务专用章", "一枚", kind="seal_code")
    card = NoticeDocument("居民身份证", holder=other, labels=("身份证号",), kind="resident_id_18")
    for documents in ((seal, counted), (seal, card, counted), (card, card), (seal, seal, card)):
        for lost_on, lost_at in (
            (None, None),
            (date(2026, 9, 2), None),
            (None, "迎泽公园"),
            (date(2026, 9, 2), "迎泽公园"),
        ):
            yield NoticeRecord(first, documents, lost_on=lost_on, lost_at=lost_at, organisation=True)
    yield NoticeRecord(first, (seal, card), nature="correction", about=_ABOUT, organisation=True)
    yield NoticeRecord(other, (), nature="withdrawal", about=_ABOUT)
