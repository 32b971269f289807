"""Refusals of the API, as problem+json (RFC 9457)."""

from __future__ import annotations

from flask import Flask, Response, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from registry import errors
from registry.web.errors import TEXTS, ErrorText, log_fault, wait_for_migrations


class Problem(HTTPException):
    """A request that the API refuses; `detail` tells the caller what to send instead."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail, _problem(status, TEXTS[status], detail))
        self.code = status


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(errors.NotFound, lambda _error: _refusal(NotFound()))
    app.register_error_handler(Exception, _fault)
    wait_for_migrations(app, lambda: _refusal(ServiceUnavailable(retry_after=30)))


def _refusal(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    code = error.code or 500
    response = _problem(code, TEXTS.get(code, TEXTS[400 if code < 500 else 500]))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _fault(error: Exception) -> ResponseReturnValue:
    log_fault(error)
    return _problem(500, TEXTS[500])


def _problem(code: int, text: ErrorText, detail: str | None = None) -> Response:
    response = jsonify(type="about:blank", status=code, title=str(text.title), detail=detail or str(text.advice))
    response.status_code = code
    response.content_type = "application/problem+json"
    return response
