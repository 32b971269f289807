"""One line a request, without personal data.

The line names the rule of the address, not the address: a secret link and a checked number stand in addresses.
"""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, request

from registry.config import Settings
from registry.web.headers import ADDED

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("registry.request")

# Where in the environment of a request stand when it began and by what its line is found.
BEGUN: Final = "registry.begun"
REQUEST_ID: Final = "registry.request_id"


def install(app: Flask, settings: Settings, prefix: str = "") -> None:
    """Write a line for each answer; `prefix` is where the application's addresses begin."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("registry").setLevel(settings.log_level)

    @app.before_request
    def start() -> None:
        begin(request.environ)

    @app.after_request
    def finish(response: Response) -> Response:
        if log.isEnabledFor(logging.INFO):
            rule = prefix + request.url_rule.rule if request.url_rule else "-"
            write_line(request.environ, request.method, rule, response.status_code)
        return response


def begin(environ: WSGIEnvironment) -> None:
    """Give a request its id, which its answer and its line carry."""
    environ[BEGUN] = time.perf_counter()
    # It only has to differ from others, so it need not be asked of the system.
    environ[REQUEST_ID] = request_id = f"{random.getrandbits(48):012x}"
    environ[ADDED] = [("X-Request-Id", request_id)]


def write_line(environ: WSGIEnvironment, method: str, rule: str, status: int) -> None:
    """Write the line of a request that is answered."""
    now = time.perf_counter()
    milliseconds = (now - environ.get(BEGUN, now)) * 1000
    log.info("%s %s %d %.1fms id=%s", method, rule, status, milliseconds, environ.get(REQUEST_ID, "-"))
