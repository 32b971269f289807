"""The header that says how new the register is from which an answer comes."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, current_app
from werkzeug.http import http_date

from registry.db.direct import Reader
from registry.declarations.changes import last_change
from registry.web.believed import Believed
from registry.web.sessions import reader

_LAST_CHANGE: Final = "registry_last_change"

# When something was last filed, decided or published, as a header has it; None for an empty register.
LastChange = Believed[str | None]


def install(app: Flask) -> LastChange:
    app.extensions[_LAST_CHANGE] = last = Believed(app.extensions["registry_database"], _header)
    return last


def say_how_new(response: Response) -> Response:
    """Return the answer with `Last-Modified`: when something was last filed, decided or published."""
    last: LastChange = current_app.extensions[_LAST_CHANGE]
    header = last.lately(reader)
    if header is not None:
        response.headers["Last-Modified"] = header
    return response


def _header(reader: Reader) -> str | None:
    moment = last_change(reader)
    return http_date(moment) if moment else None
