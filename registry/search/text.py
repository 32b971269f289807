"""Text search by bigrams: SQLite FTS5 and PostgreSQL's tsvector over the same tokens.

Two characters, the length of most Chinese names, are one token; one character is a prefix; longer words are phrases of
bigrams. The index is written by `registry.declarations.indexing` in the transaction that publishes.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, cast, column, func, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col

from registry.db.tables import Declaration, SearchDocument
from registry.declarations.indexing import bigrams_of, runs_of

MOST_TERMS = 8


def terms_of(words: str) -> list[str]:
    """Return the terms of a query, all of which a hit must contain; at most eight, runs of letters and digits."""
    return runs_of(words)[:MOST_TERMS]


def matches(session: Session, words: str) -> ColumnElement[bool] | None:
    """Return the condition that a declaration contains every term of `words`; None when there is no term in them."""
    terms = terms_of(words)
    if not terms:
        return None
    if session.get_bind().dialect.name == "postgresql":
        query = cast(" & ".join(_tsquery(term) for term in terms), TSQUERY)
        vector = func.to_tsvector(literal_column("'simple'"), SearchDocument.tokens)
        found = select(col(SearchDocument.declaration_id)).where(vector.op("@@")(query))
    else:
        wanted = literal(" AND ".join(_fts5(term) for term in terms))
        index = table("search_index", column("rowid"))
        found = select(index.c.rowid).where(literal_column("search_index").op("MATCH")(wanted))
    return col(Declaration.id).in_(found)


def _fts5(term: str) -> str:
    # A term is letters and digits alone (runs_of), so a quoted string cannot be left.
    if len(term) == 1:
        return f'"{term}" *'
    return f'"{" ".join(bigrams_of(term))}"'


def _tsquery(term: str) -> str:
    if len(term) == 1:
        return f"'{term}':*"
    return "(" + " <-> ".join(f"'{bigram}'" for bigram in bigrams_of(term)) + ")"
