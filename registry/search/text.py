"""What a search asks of the text index, in words that both databases understand.

The index is written by `registry.declarations.indexing` in the transaction that publishes. `on_sqlite` and
`on_postgresql` answer from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from registry.declarations.indexing import DAY, phrase_of, place_of, runs_of

FIRST_PLACE = 0
LAST_PLACE = place_of(date.max, DAY - 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a hit must have, and between which places, both included, it stands.

    Attributes:
        phrases: tokens that stand one after the other.
        choices: tokens of which it has one.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    choices: tuple[tuple[str, ...], ...] = ()
    first: int = FIRST_PLACE
    last: int = LAST_PLACE

    @property
    def anything(self) -> bool:
        """Whether every declaration between the places is a hit."""
        return not (self.phrases or self.choices)

    @property
    def anywhere(self) -> bool:
        """Whether a hit may stand at any place."""
        return self.first == FIRST_PLACE and self.last == LAST_PLACE

    @property
    def nothing(self) -> bool:
        """Whether there can be no hit."""
        return self.first > self.last or () in self.choices


class Hit(NamedTuple):
    """A declaration at its place in the list."""

    place: int
    declaration_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, the nearest first. `total` is how many there are in all, where that became known by the way."""

    hits: list[Hit]
    total: int | None = None


def terms_of(words: str) -> list[str]:
    """Return the terms of a query, all of which a hit must contain: its runs of letters and digits, folded.

    A term inside another asks nothing more and is left out.
    """
    terms: list[str] = []
    for term in sorted(runs_of(words), key=len, reverse=True):
        if not any(term in longer for longer in terms):
            terms.append(term)
    return terms


def phrases_of(words: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases that a hit must contain, the longest first."""
    return tuple(phrase_of(term) for term in terms_of(words))
