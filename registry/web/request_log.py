"""One line a request, without personal data.

The line names the rule of the address, not the address: a secret link and a checked number stand in addresses.
"""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, Response, g, request

from registry.config import Settings

log = logging.getLogger("registry.request")


def install(app: Flask, settings: Settings, prefix: str = "") -> None:
    """Write a line for each answer; `prefix` is where the application's addresses begin."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("registry").setLevel(settings.log_level)

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        g.request_id = secrets.token_hex(6)

    @app.after_request
    def write_line(response: Response) -> Response:
        milliseconds = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        rule = prefix + request.url_rule.rule if request.url_rule else "-"
        log.info(
            "%s %s %d %.1fms id=%s", request.method, rule, response.status_code, milliseconds, g.get("request_id", "-")
        )
        response.headers["X-Request-Id"] = g.get("request_id", "-")
        return response
