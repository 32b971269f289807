"""Refusals of the API, as problem+json (RFC 9457)."""

from __future__ import annotations

from flask import jsonify
from werkzeug.exceptions import HTTPException

from registry.web.errors import TEXTS


class Problem(HTTPException):
    """A request that the API refuses; `detail` tells the caller what to send instead."""

    def __init__(self, status: int, detail: str) -> None:
        response = jsonify(type="about:blank", status=status, title=str(TEXTS[status].title), detail=detail)
        response.status_code = status
        response.content_type = "application/problem+json"
        super().__init__(detail, response)
        self.code = status
