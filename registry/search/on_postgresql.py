"""Hits from PostgreSQL's GIN index, a stretch of the list at a time.

GIN finds every row that has some tokens, in no order: of a frequent word these are all rows, to be fetched and sorted
for the sake of a page. Therefore the index also knows year, month, ten days and day of each place. A search begins with
a few days, whose short lists lead GIN through the long one of a frequent word, then takes a month, and if a page is not
full by then the word is rare enough for all the rest at once.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import text

from registry.db.direct import Query, Reader
from registry.declarations.indexing import day_of, places_of
from registry.search.text import Found, Hit, Wanted

# Days of the first stretches; what they leave is read in one, unless it is crowded.
DAYS = (2, 32)
# A stretch with more hits than this is not sorted but cut into parts of its days, for a word may be frequent long ago
# and rare today.
CROWDED = 10_001
GROWTH = 8
# A fiftieth of what is left is few days.
FEW_DAYS = 50

_FOUND = """
    SELECT place, declaration_id FROM search_document
    WHERE search_vector(tokens, place) @@ CAST(:query AS tsquery) AND place BETWEEN :first AND :last {phrases}
    LIMIT :limit
"""
# MATERIALIZED is a fence: without it the planner may walk the whole list in its order and look at every row.
_HITS = """
    WITH found AS MATERIALIZED ({found})
    SELECT place, declaration_id, (SELECT count(*) FROM found) AS crowd FROM found ORDER BY place {order} LIMIT :most
"""
_COUNT = "SELECT count(*) FROM ({found}) found"
_ROWS = """
    SELECT place, declaration_id FROM search_document WHERE place BETWEEN :first AND :last
    ORDER BY place {order} LIMIT :most
"""
_ROWS_COUNTED = (
    "SELECT count(*) FROM (SELECT 1 FROM search_document WHERE place BETWEEN :first AND :last LIMIT :most) counted"
)
_ENDS = "SELECT min(place), max(place) FROM search_document WHERE place BETWEEN :first AND :last"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that follow each other, first and last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def part(self, days: int, *, upwards: bool) -> Stretch:
        """Return so many days of it, or all, from its first day up or from its last one down."""
        days = min(days, self.days)
        if upwards:
            return Stretch(self.first, self.first + timedelta(days - 1))
        return Stretch(self.last - timedelta(days - 1), self.last)

    def without(self, part: Stretch, *, upwards: bool) -> Stretch | None:
        """Return what is left of it after `part`; None if nothing is."""
        if part == self:
            return None
        one = timedelta(1)
        return Stretch(part.last + one, self.last) if upwards else Stretch(self.first, part.first - one)

    def tokens(self) -> Iterator[str]:
        """Yield the fewest tokens whose years, months, tens of days and days are these days."""
        day: date | None = self.first
        while day is not None and day <= self.last:
            token, end = next(
                (token, end) for token, start, end in _calendar_parts(day) if start == day and end <= self.last
            )
            yield f"_{token}"
            day = end + timedelta(1) if end < date.max else None


def list_hits(reader: Reader, wanted: Wanted, *, upwards: bool, most: int) -> Found:
    """Return the first hits from the last place down, or from the first one up; their total, if all were read."""
    order = "ASC" if upwards else "DESC"
    if wanted.anything:
        bounds = {"first": wanted.first, "last": wanted.last, "most": most}
        rows = reader.rows(_statement(_ROWS, order), bounds)
        return Found([Hit(place, declaration_id) for place, declaration_id in rows])
    hits: list[Hit] = []
    total = 0
    left = _stretch_of(reader, wanted)
    ahead = list(DAYS)
    query = _statement(_HITS, order, _phrases(wanted))
    while left and len(hits) < most:
        days = ahead.pop(0) if ahead else left.days
        stretch = left.part(days, upwards=upwards)
        limit = CROWDED + most if stretch.days > 1 else None
        values = _values(wanted, stretch, named=stretch != left, limit=limit)
        rows = reader.rows(query, {**values, "most": most - len(hits)})
        crowd = rows[0][2] if rows else 0
        if limit and crowd >= limit:
            ahead = [max(1, stretch.days // GROWTH), stretch.days]
            continue
        hits += [Hit(place, declaration_id) for place, declaration_id, _crowd in rows]
        total += crowd
        left = left.without(stretch, upwards=upwards)
    return Found(hits, None if left else total)


def count_hits(reader: Reader, wanted: Wanted, *, most: int) -> int:
    """Return how many hits there are, or `most`."""
    if wanted.anything:
        [(count,)] = reader.rows(_statement(_ROWS_COUNTED), {"first": wanted.first, "last": wanted.last, "most": most})
        return int(count)
    total, days = 0, DAYS[-1]
    left = _stretch_of(reader, wanted)
    query = _statement(_COUNT, phrases=_phrases(wanted))
    while left and total < most:
        stretch = left.part(days, upwards=False)
        [(count,)] = reader.rows(query, _values(wanted, stretch, named=stretch != left, limit=most - total))
        total += count
        left = left.without(stretch, upwards=False)
        # As many days more as will do if the word goes on being as frequent; but only of words that stand nearly
        # everywhere. Of others GIN reads all their rows sooner than the rows of so many days.
        days = days * 3 * (most - total) // (2 * count) if count else FEW_DAYS * days
        if left and days * FEW_DAYS > left.days:
            days = left.days
    return total


def _stretch_of(reader: Reader, wanted: Wanted) -> Stretch | None:
    """Return the days on which there is something between the places; None if there are none."""
    [(first, last)] = reader.rows(_statement(_ENDS), {"first": wanted.first, "last": wanted.last})
    return None if first is None else Stretch(day_of(first), day_of(last))


@cache
def _statement(pattern: str, order: str = "", phrases: int = 0) -> Query:
    # GIN knows which tokens a row has and not where: of a phrase the row itself tells.
    conditions = "".join(f" AND strpos(tokens, :phrase_{place}) > 0" for place in range(phrases))
    return Query(text(pattern.format(found=_FOUND.format(phrases=conditions), order=order)))


def _phrases(wanted: Wanted) -> int:
    return sum(len(phrase) > 1 for phrase in wanted.phrases)


def _values(wanted: Wanted, stretch: Stretch, *, named: bool, limit: int | None) -> dict[str, object]:
    """Return what is asked of a stretch; `named` tells the index which days it has."""
    first, last = places_of(stretch.first, stretch.last)
    # Tokens are letters, digits and underscores alone, so a quoted lexeme cannot be left.
    parts = [f"'{token}'" for token in dict.fromkeys(token for phrase in wanted.phrases for token in phrase)]
    parts += ["(" + " | ".join(f"'{token}'" for token in choice) + ")" for choice in wanted.choices]
    if named:
        parts.append("(" + " | ".join(f"'{token}'" for token in stretch.tokens()) + ")")
    phrases = [phrase for phrase in wanted.phrases if len(phrase) > 1]
    return {
        "query": " & ".join(parts),
        "first": max(first, wanted.first),
        "last": min(last, wanted.last),
        "limit": limit,
        **{f"phrase_{place}": f" {' '.join(phrase)} " for place, phrase in enumerate(phrases)},
    }


def _calendar_parts(day: date) -> Iterator[tuple[int, date, date]]:
    """Yield year, month, ten days and the day itself: the beginning of the places in it, its first and last day."""
    yield day.year, date(day.year, 1, 1), date(day.year, 12, 31)
    month = day.year * 100 + day.month
    length = calendar.monthrange(day.year, day.month)[1]
    yield month, day.replace(day=1), day.replace(day=length)
    tens = day.day // 10
    first = day.replace(day=max(1, tens * 10))
    yield month * 10 + tens, first, day.replace(day=min(length, tens * 10 + 9))
    yield month * 100 + day.day, day, day
