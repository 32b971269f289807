"""The day and number of editions, which stand on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select

from registry.db.direct import Query, Reader, day_of, param
from registry.db.tables import metadata


@dataclass(frozen=True, slots=True)
class NamedEdition:
    """A published edition as a page names it."""

    day: date
    number: int


class EditionName(NamedTuple):
    """An edition as a check names it: its number is None until it is published."""

    day: date
    number: int | None


_EDITION: Final = metadata.tables["edition"].c
_LATEST: Final = Query(
    select(_EDITION.day, _EDITION.number).where(_EDITION.number.is_not(None)).order_by(_EDITION.number.desc()).limit(1)
)

_NAME: Final = Query(select(_EDITION.day, _EDITION.number).where(_EDITION.id == param("id")), ("id",))


def name_edition(reader: Reader, edition_id: int) -> EditionName:
    """Return the day of an edition and its number, of which neither changes once it is published."""
    known: EditionName | None = reader.lasting.get(("edition", edition_id))
    if known is None:
        ((day, number),) = reader.rows_in_order(_NAME, (edition_id,))
        found = day_of(day)
        assert found is not None
        known = EditionName(found, number)
        if number is not None:
            reader.lasting["edition", edition_id] = known
    return known


def name_latest_edition(reader: Reader) -> NamedEdition | None:
    """Return the edition that was published last; None before the first."""
    for day, number in reader.rows(_LATEST, {}):
        found = day_of(day)
        assert found is not None
        return NamedEdition(found, number)
    return None
