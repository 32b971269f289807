"""Editions: the list of them, and the column of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from flask.typing import ResponseReturnValue

from registry.db.tables import Edition
from registry.declarations.edition_files import find_file
from registry.declarations.editions import (
    get_neighbours,
    get_published_edition,
    list_column_ids,
    list_editions,
)
from registry.declarations.public import PublicDeclaration, list_by_ids
from registry.web.api import examples
from registry.web.api.answers import site
from registry.web.api.blueprint import api
from registry.web.api.declaration_models import EditionAnswer, EditionsAnswer, EditionsQuery
from registry.web.api.declarations import told
from registry.web.api.freshness import say_how_new
from registry.web.api.operations import Link, Operation, PathPart, describe
from registry.web.api.parameters import NoQuery, ask_query
from registry.web.api.reply import reply_public
from registry.web.i18n import gettext_noop as _n
from registry.web.sessions import db, reader

SECONDS: Final = 60
# A database takes only so many parameters in one statement.
BATCH: Final = 500


@api.get("/editions")
@describe(
    Operation(
        summary=_n("List the editions"),
        description=_n("The editions that were published, newest first."),
        query=EditionsQuery,
        answer=EditionsAnswer,
        asked="limit=1",
        answered=examples.EDITIONS,
        seconds=SECONDS,
        links={
            "edition": Link("edition", {"day": "/editions/0/day"}),
            "older": Link("editions", {"before": "/next"}),
        },
    )
)
def editions() -> ResponseReturnValue:
    """List editions."""
    asked = ask_query(EditionsQuery)
    listed = list_editions(db(), published=True, before=asked.before, most=asked.limit + 1)
    more = len(listed) > asked.limit
    listed = listed[: asked.limit]
    root = site()
    answer = {
        "editions": [{**_told(one.edition, root), "declarations": one.declarations} for one in listed],
        "next": listed[-1].edition.day if more else None,
    }
    return say_how_new(reply_public(answer, SECONDS))


@api.get("/editions/<day:day>")
@describe(
    Operation(
        summary=_n("Show an edition"),
        description=_n("What was published on one day, in the order of the printed column."),
        path={
            "day": PathPart(_n("The day of the edition."), {"type": "string", "format": "date"}, "2026-11-20"),
        },
        answer=EditionAnswer,
        answered=examples.EDITION,
        problems=("not-found",),
        seconds=SECONDS,
        links={
            "older": Link("edition", {"day": "/older"}),
            "newer": Link("edition", {"day": "/newer"}),
            "declaration": Link("declaration", {"reference": "/declarations/0/reference"}),
        },
    )
)
def edition(day: date) -> ResponseReturnValue:
    """Show an edition."""
    ask_query(NoQuery)
    found = get_published_edition(db(), day)
    older, newer = get_neighbours(db(), found)
    root = site()
    kept = find_file(db(), found, audience="public", format_="pdf")
    answer = {
        **_told(found, root),
        "pdf": f"{root}/editions/{found.day.isoformat()}.pdf",
        "pdf_sha256": kept.sha256 if kept else None,
        "older": older.day if older else None,
        "newer": newer.day if newer else None,
        "declarations": [told(declaration, root) for declaration in _column(found)],
    }
    return say_how_new(reply_public(answer, SECONDS))


def _column(edition: Edition) -> Iterator[PublicDeclaration]:
    ids = list_column_ids(db(), edition)
    for start in range(0, len(ids), BATCH):
        yield from list_by_ids(reader(), ids[start : start + BATCH])


def _told(edition: Edition, root: str) -> dict[str, Any]:
    return {
        "number": edition.number,
        "day": edition.day,
        "published_at": edition.published_at.replace(microsecond=0) if edition.published_at else None,
        "url": f"{root}/editions/{edition.day.isoformat()}",
    }
