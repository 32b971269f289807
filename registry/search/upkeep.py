"""Making the text index anew from the declarations, and telling whether it agrees with them.

The declarations are the truth and the index is disposable: whatever is doubted about it, `rebuild` settles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col

from registry.db.engine import Database, is_postgresql
from registry.db.tables import Declaration, DocumentNumber, Edition, SearchDocument
from registry.declarations import indexing
from registry.declarations.records import file_number
from registry.declarations.states import PUBLIC

BATCH = 200
_PUBLIC = (col(Declaration.status).in_(PUBLIC), col(Declaration.published_on).is_not(None))
_STRAY = ~exists().where(col(Declaration.id) == col(SearchDocument.declaration_id), *_PUBLIC)


@dataclass(frozen=True, slots=True)
class Findings:
    """What `verify` found.

    Attributes:
        missing: references of public declarations that the index does not know.
        outdated: references of those that it knows with other words, or at another place.
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
        count: int = session.execute(select(func.count(col(Declaration.id))).where(*_PUBLIC)).scalar_one()
        return count


def rebuild(database: Database, *, advance: Callable[[int], object] = lambda count: None) -> int:
    """Index every public declaration anew and drop what is no longer public; return how many were indexed.

    Editors go on working beside it: each batch of editions is a transaction of its own, and what is published meanwhile
    they index themselves. Only SQLite's full-text table is made in one go, for which they wait.
    """
    with database.session(write=True) as session:
        if not is_postgresql(session):
            # First, for the triggers of whatever changes rows next rely on a sound full-text table.
            session.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))
        session.execute(delete(SearchDocument).where(_STRAY))
        session.commit()
    _refile(database)
    done = 0
    for batch in _batches(database):
        with database.session(write=True) as session:
            count = sum(indexing.index_edition(session, edition_id) for edition_id in batch)
            session.commit()
        done += count
        advance(count)
    return done


def _refile(database: Database) -> None:
    """File every public number anew under its look-alike key and its range: the catalogue may have learnt since."""
    last = 0
    while True:
        with database.session(write=True) as session:
            public = select(DocumentNumber).where(col(DocumentNumber.id) > last, ~col(DocumentNumber.sensitive))
            rows = list(session.execute(public.order_by(col(DocumentNumber.id)).limit(BATCH)).scalars())
            for row in rows:
                file_number(row)
            session.commit()
        if not rows:
            return
        last = rows[-1].id or 0


def verify(database: Database, *, advance: Callable[[int], object] = lambda count: None) -> Findings:
    """Compare the index with the declarations; nothing is changed."""
    missing: list[int] = []
    outdated: list[int] = []
    checked = 0
    for batch in _batches(database):
        with database.session(write=False) as session:
            for edition_id in batch:
                present = {row.declaration_id: row for row in indexing.list_present(session, edition_id)}
                rows = indexing.rows_of_edition(session, edition_id)
                missing += [row.declaration_id for row in rows if row.declaration_id not in present]
                outdated += [row.declaration_id for row in rows if present.get(row.declaration_id, row) != row]
                checked += len(rows)
                advance(len(rows))
    with database.session(write=False) as session:
        surplus: int = session.execute(select(func.count()).select_from(SearchDocument).where(_STRAY)).scalar_one()
        lost, old = _references(session, missing), _references(session, outdated)
    return Findings(checked, tuple(lost), tuple(old), surplus, broken=_is_broken(database))


def _batches(database: Database) -> list[list[int]]:
    """Return the ids of published editions by day, so many together as have BATCH declarations or more."""
    counted = (
        select(col(Edition.id), func.count(col(Declaration.id)))
        .join(Declaration, col(Declaration.edition_id) == col(Edition.id))
        .where(col(Edition.published_at).is_not(None))
        .group_by(col(Edition.id), col(Edition.day))
        .order_by(col(Edition.day))
    )
    batches: list[list[int]] = []
    room = 0
    with database.session(write=False) as session:
        for edition_id, count in session.execute(counted):
            if room <= 0:
                batches.append([])
                room = BATCH
            batches[-1].append(edition_id)
            room -= count
    return batches


def _references(session: Session, ids: list[int]) -> list[str]:
    references: list[str] = []
    for start in range(0, len(ids), BATCH):
        some = col(Declaration.id).in_(ids[start : start + BATCH])
        references += session.execute(
            select(col(Declaration.reference)).where(some).order_by(col(Declaration.id))
        ).scalars()
    return references


def _is_broken(database: Database) -> bool:
    with database.session(write=True) as session:
        if is_postgresql(session):
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
