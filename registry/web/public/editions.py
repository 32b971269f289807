"""Editions: the list of them, and the column of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.db.engine import style_of
from registry.db.tables import Declaration
from registry.declarations import calendar
from registry.declarations.edition_files import find_file
from registry.declarations.edition_names import name_latest_edition
from registry.declarations.editions import get_neighbours, list_column, list_editions
from registry.declarations.records import statement_of
from registry.declarations.states import PUBLIC
from registry.web.public.blueprint import public
from registry.web.public.lookup import find_edition
from registry.web.public.months import month_page
from registry.web.rendering import today
from registry.web.sessions import db, reader

EDITIONS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class ColumnItem:
    """A declaration of a column, with its sentence as everybody may read it."""

    declaration: Declaration
    sentence: str


@public.get("/editions")
def editions() -> ResponseReturnValue:
    """The month of the latest edition."""
    if "before" in request.args:
        # Addresses of the list that were kept from when it stood here.
        return redirect(url_for("public.list_of_editions", before=request.args["before"]), 301)
    latest = name_latest_edition(reader())
    return month_page(calendar.month_of(latest.day if latest else today()))


@public.get("/editions/<month:month>")
def editions_of_month(month: date) -> ResponseReturnValue:
    """A month, with its editions or without."""
    return month_page(month)


@public.get("/editions/list")
def list_of_editions() -> ResponseReturnValue:
    """All editions below each other, newest first."""
    before, torn = _before()
    listed = list_editions(db(), published=True, before=before, most=EDITIONS_A_PAGE + 1)
    more = len(listed) > EDITIONS_A_PAGE
    listed = listed[:EDITIONS_A_PAGE]
    return render_template(
        "public/edition_list.html",
        listed=listed,
        first_page=before is None,
        older=listed[-1].edition.day if more else None,
        torn=torn,
    )


@public.get("/editions/<day:day>")
def edition(day: date) -> ResponseReturnValue:
    found = find_edition(db(), day)
    older, newer = get_neighbours(db(), found)
    declarations = list_column(db(), found, statuses=PUBLIC)
    return render_template(
        "public/edition.html",
        edition=found,
        items=[ColumnItem(one, statement_of(db(), one)) for one in declarations],
        style=style_of(db()),
        kept_pdf=find_file(db(), found, audience="public", format_="pdf"),
        older=older,
        newer=newer,
    )


def _before() -> tuple[date | None, bool]:
    """Return the day that `?before=` names, and whether what it says is no day."""
    text = request.args.get("before")
    if text is None:
        return None, False
    try:
        return date.fromisoformat(text), False
    except ValueError:
        return None, True
