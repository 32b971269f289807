"""Making the text index anew from the declarations, and telling whether it agrees with them.

The declarations are the truth and the index is disposable: whatever is doubted about it, `rebuild` settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, delete, select

from registry.db.engine import Database
from registry.db.tables import Declaration, DocumentNumber, SearchDocument
from registry.declarations import indexing
from registry.declarations.queries import whole
from registry.declarations.records import file_number
from registry.declarations.states import PUBLIC

BATCH = 200
_PUBLIC = (col(Declaration.status).in_(PUBLIC), col(Declaration.published_on).is_not(None))
_PUBLIC_IDS = select(Declaration.id).where(*_PUBLIC)


@dataclass(frozen=True, slots=True)
class Findings:
    """What `verify` found.

    Attributes:
        missing: references of public declarations that the index does not know.
        outdated: references of those that it knows with other words.
        surplus: rows that belong to no public declaration.
        broken: SQLite's full-text table does not agree with the search documents it is made from.
    """

    checked: int
    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    surplus: int
    broken: bool

    @property
    def good(self) -> bool:
        return not (self.missing or self.outdated or self.surplus or self.broken)


def count_public(database: Database) -> int:
    """Return how many declarations the index ought to know."""
    with database.session(write=False) as session:
        return session.exec(select(func.count(col(Declaration.id))).where(*_PUBLIC)).one()


def rebuild(database: Database, *, advance: Callable[[int], object] = lambda count: None) -> int:
    """Index every public declaration anew and drop what is no longer public; return how many were indexed.

    Every batch is a transaction of its own, so editors go on working beside it; what they publish meanwhile they index
    themselves.
    """
    with database.session(write=True) as session:
        if _is_sqlite(session):
            # First, for the triggers of whatever changes rows next rely on a sound full-text table.
            session.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))
        session.execute(delete(SearchDocument).where(col(SearchDocument.declaration_id).not_in(_PUBLIC_IDS)))
        session.commit()
    _refile(database)
    done, last = 0, 0
    while True:
        with database.session(write=True) as session:
            batch = _batch(session, last)
            for declaration in batch:
                indexing.index(session, declaration)
            session.commit()
        if not batch:
            return done
        last = batch[-1].id or 0
        done += len(batch)
        advance(len(batch))


def _refile(database: Database) -> None:
    """File every public number anew under its look-alike key and its range: the catalogue may have learnt since."""
    last = 0
    while True:
        with database.session(write=True) as session:
            public = select(DocumentNumber).where(col(DocumentNumber.id) > last, ~col(DocumentNumber.sensitive))
            rows = list(session.exec(public.order_by(col(DocumentNumber.id)).limit(BATCH)))
            for row in rows:
                file_number(row)
            session.commit()
        if not rows:
            return
        last = rows[-1].id or 0


def verify(database: Database, *, advance: Callable[[int], object] = lambda count: None) -> Findings:
    """Compare the index with the declarations; nothing is changed."""
    missing: list[str] = []
    outdated: list[str] = []
    checked = 0
    with database.session(write=False) as session:
        for batch in _batches(session):
            for declaration in batch:
                row = session.get(SearchDocument, declaration.id)
                if row is None:
                    missing.append(declaration.reference)
                elif row.tokens != indexing.document_of(session, declaration):
                    outdated.append(declaration.reference)
            checked += len(batch)
            advance(len(batch))
            session.expunge_all()
        stray = select(func.count()).where(col(SearchDocument.declaration_id).not_in(_PUBLIC_IDS))
        surplus = session.exec(stray).one()
    return Findings(checked, tuple(missing), tuple(outdated), surplus, broken=_is_broken(database))


def _batches(session: Session) -> Iterator[list[Declaration]]:
    last = 0
    while batch := _batch(session, last):
        yield batch
        last = batch[-1].id or 0


def _batch(session: Session, last: int) -> list[Declaration]:
    statement = select(Declaration).where(col(Declaration.id) > last, *_PUBLIC)
    return list(session.exec(statement.order_by(col(Declaration.id)).limit(BATCH).options(*whole())))


def _is_broken(database: Database) -> bool:
    with database.session(write=True) as session:
        if not _is_sqlite(session):
            # PostgreSQL's index is computed from the rows and cannot disagree with them.
            return False
        try:
            # Rank 1 asks for a comparison with the rows, not for the index's own order alone.
            session.execute(text("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"))
        except DatabaseError:
            return True
        finally:
            session.rollback()
        return False


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
