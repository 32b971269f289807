"""The header that says how new the register is from which an answer comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from flask import Flask, Response, current_app
from werkzeug.http import http_date

from registry.db.direct import Reader
from registry.declarations.changes import last_change
from registry.web.sessions import reader

LAST_CHANGE: Final = "registry_last_change"
# For so long a process believes what it has read: the header counts in seconds anyway.
SECONDS: Final = 1.0


class LastChange:
    """When something was last filed, decided or published, as a header has it."""

    def __init__(self) -> None:
        self._header: str | None = None
        self._read_at = -SECONDS

    def header(self, get_reader: Callable[[], Reader]) -> str | None:
        """Return the header's value; None for an empty register."""
        now = time.monotonic()
        if now - self._read_at >= SECONDS:
            moment = last_change(get_reader())
            self._header = http_date(moment) if moment else None
            self._read_at = now
        return self._header


def install(app: Flask) -> LastChange:
    app.extensions[LAST_CHANGE] = last = LastChange()
    return last


def say_how_new(response: Response) -> Response:
    """Return the answer with `Last-Modified`: when something was last filed, decided or published."""
    last: LastChange = current_app.extensions[LAST_CHANGE]
    header = last.header(reader)
    if header is not None:
        response.headers["Last-Modified"] = header
    return response
