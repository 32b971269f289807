"""The home page, what the register is, and the icon that browsers ask for by themselves."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from registry.db.engine import style_of
from registry.declarations.editions import get_latest_edition, list_column
from registry.declarations.records import statement_of
from registry.declarations.states import PUBLIC
from registry.web.public.blueprint import public
from registry.web.public.check import CheckForm
from registry.web.public.editions import ColumnItem
from registry.web.sessions import db

# Of the day's column: what fits beside the box.
ITEMS_ON_HOME = 6


@public.get("/")
def home() -> ResponseReturnValue:
    latest = get_latest_edition(db())
    declarations = list_column(db(), latest, statuses=PUBLIC, most=ITEMS_ON_HOME + 1) if latest else []
    return render_template(
        "public/home.html",
        form=CheckForm(None),
        edition=latest,
        items=[ColumnItem(one, statement_of(db(), one)) for one in declarations[:ITEMS_ON_HOME]],
        more=len(declarations) > ITEMS_ON_HOME,
        style=style_of(db()),
    )


@public.get("/about")
def about() -> ResponseReturnValue:
    return render_template("public/about.html")


@public.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    return current_app.send_static_file("favicon.png")
