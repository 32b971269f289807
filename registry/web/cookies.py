"""The signed cookie that Flask's `session` lives in."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

# Where the environment of a request has its cookies. Without any, looking through all headers for them is spared.
COOKIES: Final = "HTTP_COOKIE"


class Cookies(SecureCookieSessionInterface):
    """Flask's own, which makes what it signs with once, and nothing at all for readers who bring no cookie.

    Flask makes it anew for every request; most requests are a stranger's check of a number, which has no use for it.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie holds; an empty session where there is none."""
        if COOKIES not in request.environ or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie where it has to be; of an empty session say only that the answer may depend on one."""
        if session or session.modified or response.headers.getlist("Vary"):
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers["Vary"] = "Cookie"

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads the cookie."""
        return self._serializer

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer | None:
        return super().get_signing_serializer(self._app)
