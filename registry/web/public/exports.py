"""A search's whole result as a file: CSV for people, JSON Lines for programs."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from registry.exporting.rows import CSV, JSON_LINES, Form
from registry.search.walking import walk_public
from registry.web.downloads import streamed
from registry.web.public.addresses import declaration_addresses
from registry.web.public.blueprint import public
from registry.web.public.searches import read_search
from registry.web.rendering import today
from registry.web.sessions import database


@public.get("/declarations.csv")
def declarations_csv() -> ResponseReturnValue:
    return _export(CSV)


@public.get("/declarations.jsonl")
def declarations_jsonl() -> ResponseReturnValue:
    return _export(JSON_LINES)


def _export(form: Form) -> ResponseReturnValue:
    search = read_search()
    pieces = form.encode(walk_public(database(), search.filters), declaration_addresses())
    return streamed(
        pieces, broken=form.broken, media_type=form.media_type, filename=f"declarations-{today()}.{form.ending}"
    )
