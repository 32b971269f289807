"""Error pages in the reader's language. What programs are told stands in registry.web.api.problems."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from registry import errors
from registry.db import migrate
from registry.db.engine import Database
from registry.web.i18n import HTML_LANGUAGES, reader_language
from registry.web.request_log import REQUEST_ID

log = logging.getLogger("registry.errors")


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a page says went wrong, and what the reader can do."""

    title: str
    advice: str


# 500 is written here by hand as well: it has to appear when templates or the database are what failed.
LAST_RESORT = {
    "zh": ("系统出错了", "您已提交的内容没有丢失。请稍后再试。"),
    "en": ("Something went wrong", "What was confirmed to you is not lost. Please try again in a moment."),
}

TEXTS: dict[int, ErrorText] = {
    400: ErrorText(_l("This request could not be read"), _l("Go back, load the page again and repeat the last step.")),
    403: ErrorText(_l("This page is not open to you"), _l("Sign in with an account that may open it.")),
    404: ErrorText(
        _l("There is no such page"),
        _l("Check the address or the reference, or search the public list."),
    ),
    405: ErrorText(_l("This address cannot be used this way"), _l("Start again from the home page.")),
    409: ErrorText(
        _l("This was changed meanwhile"), _l("Load the page again to see how it stands now, then decide anew.")
    ),
    413: ErrorText(_l("This is too large"), _l("Shorten what you typed and send it again.")),
    429: ErrorText(
        _l("That was a little too fast"),
        _l("Please wait a minute and try again. Nothing you sent before is lost."),
    ),
    500: ErrorText(
        _l("Something went wrong"), _l("What was confirmed to you is not lost. Please try again in a moment.")
    ),
    503: ErrorText(
        _l("The register is being prepared"),
        _l("It will be back in a moment. The operator can finish this with: make migrate"),
    ),
}
BUSY_SECONDS = 60
BUSY_TEXT = ErrorText(
    _l("Too much is being worked on at the moment"),
    _l("Please go back and try again in a minute. Nothing of what you sent was kept."),
)
CSRF_TEXT = ErrorText(
    _l("The form could not be confirmed"),
    _l("It was open too long, or cookies are switched off. Go back, load the page again and send it once more."),
)


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(errors.NotFound, lambda _error: _http_error(NotFound()))
    app.register_error_handler(errors.StaleChange, lambda _error: _answer(409, TEXTS[409]))
    app.register_error_handler(errors.TransitionRefused, lambda _error: _answer(409, TEXTS[409]))
    app.register_error_handler(errors.Busy, lambda _error: _too_busy())
    app.register_error_handler(Exception, _fault)
    wait_for_migrations(app, lambda: _http_error(ServiceUnavailable(retry_after=30)))


def wait_for_migrations(app: Flask, refuse: Callable[[], ResponseReturnValue]) -> Callable[[], bool]:
    """Let the application answer with `refuse` until the database has the newest schema; return what tells so."""
    # Asked until the answer is yes, then never again in this process.
    ready = False
    database: Database = app.extensions["registry_database"]

    def is_ready() -> bool:
        nonlocal ready
        if not ready:
            with database.read_engine.connect() as connection:
                ready = migrate.current(connection) == migrate.head()
        return ready

    @app.before_request
    def wait() -> ResponseReturnValue | None:
        if ready or request.endpoint in ("static", "bootstrap.static") or is_ready():
            return None
        return refuse()

    return is_ready


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    code = error.code or 500
    text = CSRF_TEXT if isinstance(error, CSRFError) else TEXTS.get(code, TEXTS[400 if code < 500 else 500])
    response = _answer(code, text)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _too_busy() -> Response:
    response = _answer(503, BUSY_TEXT)
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def log_fault(error: Exception, request_id: str | None = None) -> None:
    """Write to the log what nobody expected, without anybody's number in it."""
    request_id = request_id or request.environ.get(REQUEST_ID, "-")
    log.error("unhandled %s id=%s", type(error).__name__, request_id, exc_info=_without_values(error))


def _fault(error: Exception) -> ResponseReturnValue:
    log_fault(error)
    try:
        return _answer(500, TEXTS[500])
    except Exception:
        log.exception("the error page itself failed")
        return _last_resort()


def _without_values(error: Exception) -> Exception:
    # A driver's message quotes the row that it refused, and with it somebody's number: only its trace is kept.
    if isinstance(error, DBAPIError):
        return RegistryFault(f"{type(error).__name__} from the database").with_traceback(error.__traceback__)
    return error


class RegistryFault(Exception):
    """Stands in the log for an error whose message must not be there."""


def _answer(code: int, text: ErrorText) -> Response:
    page = render_template("errors/error.html", code=code, title=str(text.title), advice=str(text.advice))
    return make_response(page, code)


def _last_resort() -> Response:
    language = reader_language()
    title, advice = LAST_RESORT[language]
    page = (
        f'<!doctype html><html lang="{HTML_LANGUAGES[language]}"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{advice}</p></html>"
    )
    return make_response(page, 500)
