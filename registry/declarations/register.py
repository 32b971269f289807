"""The register as a whole: everything that was published, and what became of it since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, func, select, tuple_
from sqlmodel import Session

from registry.db.tables import metadata
from registry.declarations.public import PublicDeclaration, list_by_ids
from registry.declarations.states import PUBLIC

_declaration = metadata.tables["declaration"]
_history = metadata.tables["history_entry"]

# Its status is one of PUBLIC then. That is not asked for as well: SQLite would go by the index of statuses and sort.
_PUBLISHED = _declaration.c.published_on.is_not(None)
_ids: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
# The history tells of every step; only those of a published record are anybody's business.
_CHANGES = (
    select(_history.c.declaration_id, func.max(_history.c.at).label("changed_at"))
    .where(
        _history.c.declaration_id.in_(_ids),
        _history.c.from_status.in_(PUBLIC),
        _history.c.from_status != _history.c.to_status,
    )
    .group_by(_history.c.declaration_id)
)


def iterate_all(session: Session, *, batch: int = 500) -> Iterator[PublicDeclaration]:
    """Yield everything published, oldest first, in batches by keyset, so that memory stays level."""
    oldest = _declaration.c["published_on", "id"]
    statement = select(*oldest).where(_PUBLISHED).order_by(*oldest).limit(batch)
    following = statement
    while rows := session.execute(following).all():
        yield from list_by_ids(session, [row.id for row in rows])
        following = statement.where(tuple_(*oldest) > tuple_(*rows[-1]))


def count_all(session: Session) -> int:
    """Return how many declarations are published."""
    count: int = session.execute(select(func.count()).select_from(_declaration).where(_PUBLISHED)).scalar_one()
    return count


def list_changed_ids(session: Session, *, since: date, most: int) -> list[int]:
    """Return the declarations that further records published on or after a day are about, the latest change first."""
    statement = (
        select(_declaration.c.follows_id)
        .where(_PUBLISHED, _declaration.c.published_on >= since, _declaration.c.follows_id.is_not(None))
        .order_by(_declaration.c.published_on.desc(), _declaration.c.id.desc())
        .limit(most)
    )
    return list(session.execute(statement).scalars())


def changes_of(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Return the moment, in UTC, of the last change of status since it was published, by id; others are left out."""
    return {row.declaration_id: row.changed_at for row in session.execute(_CHANGES, {"ids": ids})}
