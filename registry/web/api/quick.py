"""The check of one number, answered before Flask.

Contexts, routing and hooks take twice as long as the check itself, which is what programs ask all day. So a plain
question, `GET /v1/check?number=…` and nothing odd about it, is answered here, with the parts that the view is made of.
Whatever is odd, a refusal too, is left to the application; both say the same, and a test holds it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from pydantic_core import to_json

from registry.config import Settings
from registry.db.direct import Reader
from registry.db.engine import Database
from registry.search import check as register
from registry.web import request_log
from registry.web.access import ACCESS, Access
from registry.web.api.answers import Teller, address_of
from registry.web.api.blueprint import PREFIX, api
from registry.web.api.callers import Door
from registry.web.api.check_models import LONGEST
from registry.web.api.freshness import LastChange
from registry.web.api.language import language_of
from registry.web.api.problems import Problem
from registry.web.api.reply import JSON, NO_STORE, READABLE
from registry.web.application import Application
from registry.web.headers import ADDED
from registry.web.sites import Site, site_in

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENDPOINT: Final = "api.check"
PATH: Final = f"{api.url_prefix}/check"
ASKED: Final = "number="
HEADERS: Final = (("Content-Type", JSON), ("Cache-Control", NO_STORE))


class QuickCheck:
    """A WSGI application that answers plain checks, and leaves the rest to the application that it stands before."""

    def __init__(
        self, app: Application, settings: Settings, door: Door, last_change: LastChange, is_ready: Callable[[], bool]
    ) -> None:
        self._application: WSGIApplication = app.wsgi_app
        self._can_be = app.can_be
        self._database: Database = app.extensions["registry_database"]
        self._settings = settings
        self._door = door
        self._last_change = last_change
        self._is_ready = is_ready

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        number, site = _plain_question(environ), site_in(environ)
        if number is None or not self._may_answer(site):
            return self._application(environ, start_response)
        request_log.begin(environ)
        environ[ADDED] += READABLE
        reader = self._database.readers.take()
        try:
            body = self._answer(environ, reader, number, site)
        except Exception:  # noqa: BLE001 (the application meets the same, and knows what to say)
            reader.close()
            return self._application(environ, start_response)
        self._database.readers.give_back(reader)
        if body is None:
            return self._application(environ, start_response)
        start_response("200 OK", [*HEADERS, ("Content-Length", str(len(body)))])
        if request_log.log.isEnabledFor(logging.INFO):
            request_log.write_line(environ, "GET", PREFIX + PATH, 200)
        # A list is sent at once; of anything else Granian makes a stream, for which it hands Python's lock on.
        return [body]

    def _may_answer(self, site: Site) -> bool:
        return ACCESS.get(ENDPOINT) is Access.EVERYBODY and self._is_ready() and self._can_be(site)

    def _answer(self, environ: WSGIEnvironment, reader: Reader, number: str, site: Site) -> bytes | None:
        """Return the answer; None where there is one that the application has to give."""
        try:
            self._door.admit(ENDPOINT, environ, lambda: reader)
        except Problem:
            return None
        answer = register.check(reader, number)
        if not answer.forms:
            return None
        last_change = self._last_change.lately(lambda: reader)
        if last_change is not None:
            environ[ADDED].append(("Last-Modified", last_change))
        pages = address_of(self._settings, site)
        return to_json(Teller(reader, language_of(environ), pages, self._settings.timezone).tell(answer))


def _plain_question(environ: WSGIEnvironment) -> str | None:
    if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "GET":
        return None
    query: str = environ.get("QUERY_STRING", "")
    if not query.startswith(ASKED) or "&" in query:
        return None
    number = query.removeprefix(ASKED)
    if not number.isalnum() or not number.isascii():
        # As Werkzeug reads it: the server gives the bytes of an address as Latin-1.
        number = unquote_plus(number.encode("latin-1").decode(errors="replace"))
    return number if 0 < len(number) <= LONGEST else None
