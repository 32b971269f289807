"""What the text index is told of a declaration: overlapping bigrams, because Chinese names have two characters.

A run of letters `公章丢失` becomes `公章 章丢 丢失 失`. A word of two characters or more is then a phrase of bigrams,
and one character a prefix. The lone last character also keeps a phrase from reaching over into the next run.
"""

from __future__ import annotations

import re
import unicodedata

from sqlmodel import Session

from registry.db.tables import Declaration, SearchDocument
from registry.declarations.records import statement_of

RUN = re.compile(r"[^\W_]+")


def index(session: Session, declaration: Declaration) -> None:
    """Write the search document of a public declaration; sensitive numbers are in it masked only."""
    session.flush()
    assert declaration.id is not None
    tokens = document_of(session, declaration)
    row = session.get(SearchDocument, declaration.id)
    if row is None:
        row = SearchDocument(declaration_id=declaration.id, tokens=tokens)
    row.tokens = tokens
    session.add(row)


def document_of(session: Session, declaration: Declaration) -> str:
    """Return the tokens of a declaration as its search document holds them."""
    parts = [declaration.declarant, statement_of(session, declaration)]
    for document in declaration.documents:
        parts += [document.title, document.holder or ""]
    return " ".join(tokens_of(" ".join(parts)))


def runs_of(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`, width and case folded."""
    return RUN.findall(unicodedata.normalize("NFKC", text).lower())


def tokens_of(text: str) -> list[str]:
    """Return what is indexed of `text`, in order."""
    tokens: list[str] = []
    for run in runs_of(text):
        tokens += bigrams_of(run)
        tokens.append(run[-1])
    return tokens


def bigrams_of(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
