"""Hits from SQLite's FTS5, which reads its lists of rows from either end and stops when it has enough.

The full-text table counts its rows by the place in the list, so the order costs nothing, however frequent a word is
and however deep the page.
"""

from __future__ import annotations

from sqlalchemy import text

from registry.db.direct import Query, Reader
from registry.search.text import Found, Hit, Wanted

_HITS = """
    SELECT s.place, s.declaration_id FROM search_index JOIN search_document s ON s.place = search_index.rowid
    WHERE search_index MATCH :query AND search_index.rowid BETWEEN :first AND :last
    ORDER BY search_index.rowid {order} LIMIT :most
"""
_ROWS = """
    SELECT place, declaration_id FROM search_document WHERE place BETWEEN :first AND :last
    ORDER BY place {order} LIMIT :most
"""
_HITS_OLDER, _HITS_NEWER = (Query(text(_HITS.format(order=order))) for order in ("DESC", "ASC"))
_ROWS_OLDER, _ROWS_NEWER = (Query(text(_ROWS.format(order=order))) for order in ("DESC", "ASC"))
_COUNTED = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH :query {places} LIMIT :most)"
_HITS_COUNTED = Query(text(_COUNTED.format(places="AND rowid BETWEEN :first AND :last")))
# FTS5 keeps to bounds by itself, and SQLite holds every hit against them once more: a quarter of the time of a count.
_HITS_ANYWHERE_COUNTED = Query(text(_COUNTED.format(places="")))
_ROWS_COUNTED = Query(
    text("SELECT count(*) FROM (SELECT 1 FROM search_document WHERE place BETWEEN :first AND :last LIMIT :most)")
)
# Without bounds SQLite counts in the small index of declarations instead of the rows with their tokens.
_ALL_COUNTED = Query(text("SELECT count(*) FROM (SELECT 1 FROM search_document LIMIT :most)"))


def list_hits(reader: Reader, wanted: Wanted, *, upwards: bool, most: int) -> Found:
    """Return the first hits from the last place down, or from the first one up."""
    if wanted.anything:
        rows = reader.rows(_ROWS_NEWER if upwards else _ROWS_OLDER, _bounds(wanted, most))
    else:
        rows = reader.rows(_HITS_NEWER if upwards else _HITS_OLDER, {"query": _query(wanted), **_bounds(wanted, most)})
    return Found([Hit(*row) for row in rows])


def count_hits(reader: Reader, wanted: Wanted, *, most: int) -> int:
    """Return how many hits there are, or `most`."""
    if wanted == Wanted():
        [(count,)] = reader.rows(_ALL_COUNTED, {"most": most})
    elif wanted.anything:
        [(count,)] = reader.rows(_ROWS_COUNTED, _bounds(wanted, most))
    elif wanted.anywhere:
        [(count,)] = reader.rows(_HITS_ANYWHERE_COUNTED, {"query": _query(wanted), "most": most})
    else:
        [(count,)] = reader.rows(_HITS_COUNTED, {"query": _query(wanted), **_bounds(wanted, most)})
    return int(count)


def _bounds(wanted: Wanted, most: int) -> dict[str, object]:
    return {"first": wanted.first, "last": wanted.last, "most": most}


def _query(wanted: Wanted) -> str:
    # Tokens are letters, digits and underscores alone, so a quoted string cannot be left.
    parts = [f'"{" ".join(phrase)}"' for phrase in wanted.phrases]
    parts += ["(" + " OR ".join(f'"{token}"' for token in choice) + ")" for choice in wanted.choices]
    return " AND ".join(parts)
