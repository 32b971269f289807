"""Security headers on every answer, and who may keep a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from registry.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# On pages, and on what belongs to them.
ON_PAGES = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
# On what programs are answered: what OWASP's REST Security Cheat Sheet names for answers that are never a page.
ON_DATA = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
WITH_HTTPS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
# Pages of one person: nothing on the way may keep them.
PRIVATE = ("declare", "file", "follow", "staff", "security")
# What caches on the way may keep.
KEPT = ("static", "bootstrap.static", "public.favicon")


# Where in the environment of a request stands what its answer has besides.
ADDED = "registry.headers"


class OnEveryAnswer:
    """Adds what every answer has in common, and what the environment holds under ADDED, a list of names and values.

    Outside of an application: there each header would be searched for before it is set.
    """

    def __init__(
        self, application: WSGIApplication, settings: Settings, in_common: tuple[tuple[str, str], ...]
    ) -> None:
        self._application = application
        self._headers = [*in_common, WITH_HTTPS] if settings.https else list(in_common)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *environ.get(ADDED, ()), *self._headers], *error)

        return self._application(environ, start)


def install(app: Flask) -> None:
    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        private = request.blueprint in PRIVATE
        if private or request.method == "POST":
            headers["Cache-Control"] = "no-store" if private else "private, no-cache"
            headers["X-Robots-Tag"] = "noindex"
        # Asking for one header that is not there makes an exception, for a list of them it does not.
        elif not headers.getlist("Cache-Control") and request.endpoint not in KEPT:
            headers.add("Cache-Control", "private, no-cache")
        return response
