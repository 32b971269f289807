"""When the register last changed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from registry.db.direct import Query, Reader, moment_of
from registry.db.tables import metadata

_EVENT: Final = metadata.tables["history_entry"].c
# Whatever changes an answer about a declaration is an event in a history.
_LAST: Final = Query(select(_EVENT.at).order_by(_EVENT.id.desc()).limit(1))


def last_change(reader: Reader) -> datetime | None:
    """Return when something was last filed, decided or published, in UTC; None for an empty register."""
    rows = reader.rows(_LAST, {})
    return moment_of(rows[0][0]) if rows else None
