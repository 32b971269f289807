"""What can be ticked on the first page, and what ticking does to the answers already given.

Most kinds are one box. A kind whose own title is printed on no document (印章) is a collective name: people look for
what stands on theirs (公章, 财务专用章), so its titles are the boxes.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from registry import kinds
from registry.kinds import DocumentKind
from registry.text import Text, fold, squeeze
from registry.web.public.declare.answers import DocumentAnswer

MOST_ALIKE = 9
# What newspapers print most; it stands open above the families, which are folded.
COMMON: Final = (
    "seal_code:公章",
    "seal_code:财务专用章",
    "seal_code:法人章",
    "business_licence_uscc",
    "resident_id_18",
    "birth_medical_certificate",
    "driver_licence",
    "road_transport_certificate",
    "food_business_licence",
    "graduation_certificate",
)


@dataclass(frozen=True, slots=True)
class Pick:
    """One box: a kind, or one title of a collective kind. `words` is what a search may find it by."""

    value: str
    kind: DocumentKind
    text: Text
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes under one heading, perhaps `folded`; `title` is None for the common ones of all families."""

    title: Text | None
    picks: tuple[Pick, ...]
    folded: bool = False


def is_collective(kind: DocumentKind) -> bool:
    return len(kind.titles) > 1 and kind.title.zh not in {title.zh for title in kind.titles}


@cache
def all_picks() -> dict[str, Pick]:
    return {pick.value: pick for kind in kinds.CATALOGUE for pick in _picks_of(kind)}


def groups(found: tuple[Pick, ...] | None = None, ticked: Container[str] = ()) -> list[Group]:
    """Return the boxes that a search found by family; without a search all of them, the common ones first.

    Then families are folded, except one with a tick in it and the one for whatever is not in the list.
    """
    if found is not None:
        return _by_family(found)
    picks = all_picks()
    rest = tuple(pick for value, pick in picks.items() if value not in COMMON)
    folded = [
        replace(group, folded=not any(pick.value in ticked or pick.kind.free_title for pick in group.picks))
        for group in _by_family(rest)
    ]
    return [Group(None, tuple(picks[value] for value in COMMON)), *folded]


def find(words: str) -> tuple[Pick, ...]:
    """Return the boxes that `words` may mean; of a collective kind just the titles that they name, if they name any."""
    wanted = squeeze(fold(words)).replace(" ", "")
    found: list[Pick] = []
    for kind in kinds.find(words):
        picks = _picks_of(kind)
        if is_collective(kind) and not _names(wanted, kind.title):
            picks = tuple(pick for pick in picks if _names(wanted, pick.text)) or picks
        found += picks
    return tuple(found)


def fallback() -> tuple[Pick, ...]:
    """Return the boxes for what has none of its own."""
    return tuple(pick for pick in all_picks().values() if pick.kind.free_title)


def pick_of(document: DocumentAnswer) -> str:
    """Return the value of the box that a document stands for."""
    kind = kinds.get(document.kind)
    if not is_collective(kind):
        return kind.slug
    titles = [title.zh for title in kind.titles]
    return f"{kind.slug}:{document.title if document.title in titles else titles[0]}"


def count_picks(documents: list[DocumentAnswer]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for document in documents:
        value = pick_of(document)
        counted[value] = counted.get(value, 0) + 1
    return counted


def choose(documents: list[DocumentAnswer], wanted: Mapping[str, int]) -> list[DocumentAnswer]:
    """Return the documents for a changed choice: what was told of those still chosen is kept, the rest is new."""
    kept = list(documents)
    chosen: list[DocumentAnswer] = []
    for value, pick in all_picks().items():
        same = [document for document in kept if pick_of(document) == value]
        same += [DocumentAnswer(pick.kind.slug, title=pick.title) for _ in range(MOST_ALIKE)]
        chosen += same[: wanted.get(value, 0)]
    return chosen


def _by_family(picks: Iterable[Pick]) -> list[Group]:
    by_family: dict[str, list[Pick]] = {}
    for pick in picks:
        by_family.setdefault(pick.kind.family, []).append(pick)
    return [
        Group(family.title, tuple(by_family[family.slug])) for family in kinds.families() if family.slug in by_family
    ]


def _picks_of(kind: DocumentKind) -> tuple[Pick, ...]:
    if is_collective(kind):
        return tuple(
            Pick(f"{kind.slug}:{title.zh}", kind, title, title.zh, _words(kind, title)) for title in kind.titles
        )
    title = kind.titles[0].zh if kind.titles else ""
    return (Pick(kind.slug, kind, kind.title, title, _words(kind, *kind.titles)),)


def _words(kind: DocumentKind, *titles: Text) -> str:
    words = [kind.title.zh, kind.title.en, *(word for title in titles for word in title)]
    if not is_collective(kind):
        words += kind.aliases
    return fold(" ".join(dict.fromkeys(words)))


def _names(wanted: str, text: Text) -> bool:
    names = [fold(name).replace(" ", "") for name in text]
    return bool(wanted) and any(wanted in name or name in wanted for name in names)
