"""The home page, what the register is, and the icon that browsers ask for by themselves."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from registry.declarations.public import list_first_lines
from registry.web.latest import latest_edition_now
from registry.web.public.blueprint import public
from registry.web.public.check import CheckForm
from registry.web.sessions import database, reader

# Of the day's column: what fits beside the box.
ITEMS_ON_HOME = 6


@public.get("/")
def home() -> ResponseReturnValue:
    latest = latest_edition_now()
    lines = list_first_lines(reader(), latest.number, most=ITEMS_ON_HOME + 1) if latest and latest.number else []
    return render_template(
        "public/home.html",
        form=CheckForm(None),
        edition=latest,
        items=lines[:ITEMS_ON_HOME],
        more=len(lines) > ITEMS_ON_HOME,
        style=database().style,
    )


@public.get("/about")
def about() -> ResponseReturnValue:
    return render_template("public/about.html")


@public.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    return current_app.send_static_file("favicon.png")
