"""The day and number of editions, which stand on every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, cast, select

from registry.db.direct import Query, Reader, as_list, day_of, listed
from registry.db.tables import metadata


class NamedEdition(NamedTuple):
    """An edition as a page names it; its number is None until it is published."""

    day: date
    number: int | None


_EDITION: Final = metadata.tables["edition"].c
_LATEST: Final = Query(
    select(_EDITION.day, _EDITION.number).where(_EDITION.number.is_not(None)).order_by(_EDITION.number.desc()).limit(1)
)
_IDS: Final = listed("ids")
_NAMES: Final = Query(
    select(_EDITION.id, _EDITION.day, _EDITION.number).where(_EDITION.id.in_(select(cast(_IDS.c.value, Integer)))),
    ("ids",),
)


def name_editions(reader: Reader, ids: Iterable[int]) -> Mapping[int, NamedEdition]:
    """Return the names of these editions, by their ids. Those that are published never change, and are read once."""
    named: dict[int, Any] = {edition_id: reader.lasting.get(("edition", edition_id)) for edition_id in ids}
    missing = [edition_id for edition_id, known in named.items() if known is None]
    for edition_id, day, number in reader.rows_in_order(_NAMES, (as_list(missing),)) if missing else ():
        named[edition_id] = name = _named(day, number)
        if number is not None:
            reader.lasting["edition", edition_id] = name
    return named


def name_latest_edition(reader: Reader) -> NamedEdition | None:
    """Return the edition that was published last; None before the first."""
    for day, number in reader.rows(_LATEST, {}):
        return _named(day, number)
    return None


def _named(day: date | str, number: int | None) -> NamedEdition:
    found = day_of(day)
    assert found is not None
    return NamedEdition(found, number)
