"""The day and number of editions, which stand on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from registry.db.direct import Query, Reader, day_of
from registry.db.tables import metadata


@dataclass(frozen=True, slots=True)
class NamedEdition:
    """A published edition as a page names it."""

    day: date
    number: int


_EDITION: Final = metadata.tables["edition"].c
_LATEST: Final = Query(
    select(_EDITION.day, _EDITION.number).where(_EDITION.number.is_not(None)).order_by(_EDITION.number.desc()).limit(1)
)


def name_latest_edition(reader: Reader) -> NamedEdition | None:
    """Return the edition that was published last; None before the first."""
    for day, number in reader.rows(_LATEST, {}):
        found = day_of(day)
        assert found is not None
        return NamedEdition(found, number)
    return None
