"""Answers on the wire: one encoder, a tag to ask again with, and leave for pages of other sites to read them."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from flask import Flask, Response, request
from pydantic_core import to_json
from werkzeug.http import quote_etag

from registry.web.headers import ADDED

JSON: Final = "application/json"
NO_STORE: Final = "no-store"
# What another site's script may read of an answer, and may send with a question.
READABLE: Final = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "ETag, Last-Modified, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id",
    ),
)
ASKABLE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept-Language, Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def reply(value: Any) -> Response:
    """Return an answer that nobody keeps: it is about a number, and true for the moment."""
    return _response(to_json(value), NO_STORE)


def reply_encoded(body: bytes) -> Response:
    """As `reply`, of what is JSON already."""
    return _response(body, NO_STORE)


def reply_public(value: Any, seconds: int) -> Response:
    """Return an answer that everybody may keep for so many seconds, and ask again for with its tag."""
    return tagged(to_json(value), seconds)


def tagged(body: bytes, seconds: int) -> Response:
    """As `reply_public`, of what is JSON already."""
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        del response.headers["Content-Type"]
    else:
        response = _response(body, "")
    response.headers["ETag"] = quote_etag(tag)
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def install(app: Flask) -> None:
    """Let pages of other sites read what is asked by GET, and ask their browser's question before."""

    @app.before_request
    def let_other_sites_read() -> None:
        if request.method in ("GET", "HEAD"):
            request.environ[ADDED] += READABLE

    @app.after_request
    def let_other_sites_ask(response: Response) -> Response:
        if request.method == "OPTIONS" and response.status_code == 200:
            response.status_code = 204
            del response.headers["Content-Type"]
            if "GET" in response.headers["Allow"]:
                response.headers.update(ASKABLE)
        return response


def _response(body: bytes, caching: str) -> Response:
    return Response(body, headers=[("Content-Type", JSON), ("Cache-Control", caching)])
