"""Walking through all that a search finds, as long as it takes, with no transaction that lasts as long."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg

from registry.db.engine import Database
from registry.declarations.public import PublicDeclaration
from registry.search.listing import BATCH, Cursor, Filters, batches_public

# What is read in this time is of one moment. On an idle server of two cores that is half a million declarations.
SECONDS_OF_A_SNAPSHOT = 60.0


def walk_public(
    database: Database, filters: Filters, *, batch: int = BATCH, seconds: float = SECONDS_OF_A_SNAPSHOT
) -> Iterator[list[PublicDeclaration]]:
    """Yield all that the filters let through, newest first, in batches.

    It is read from one snapshot. Whoever takes longer than `seconds`, or leaves PostgreSQL waiting until it ends the
    transaction, goes on in a new snapshot from the place reached: nothing comes twice, nothing that was there is left
    out, and what is published meanwhile is newer and does not come.

    Raises:
        psycopg.OperationalError: the database fails, and fails again before it has delivered anything.
    """
    cursor: Cursor | None = None
    moved = True
    while moved:
        moved = False
        begun = time.monotonic()
        with database.snapshot() as session:
            try:
                for found, reached in batches_public(session, filters, after=cursor, batch=batch):
                    moved, cursor = True, reached
                    yield found
                    if time.monotonic() - begun > seconds:
                        break
                else:
                    return
            except psycopg.OperationalError:
                session.invalidate()
                if not moved:
                    raise
