"""Who asks, and how often they may: by the key that came with the request, else by the address it came from.

Flask-Limiter, which limits the pages, takes twice as long as a whole bare route. Here its own foundation, the package
`limits`, counts, in windows that begin with the first request, so that the headers can say when one ends.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string

from registry import clock
from registry.config import Settings
from registry.db.api_keys import KnownProgram, find_program
from registry.db.direct import Reader
from registry.db.engine import Database
from registry.web.api.problems import Problem
from registry.web.api.uses import Uses
from registry.web.headers import ADDED
from registry.web.limits import LIMITS
from registry.web.sessions import reader

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

DOOR: Final = "registry_door"
CHALLENGE: Final = 'Bearer realm="registry", error="invalid_token"'
# Where in the environment of a request stands whose key it brought.
PROGRAM: Final = "registry.program"


class Door:
    """Lets in who may ask, and knows how often they did.

    Attributes:
        uses: notes which keys are in use.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        storage = storage_from_string(settings.rate_limits_storage) if settings.rate_limits else None
        self._storage = cast(Storage | None, storage)
        self._timezone = settings.timezone
        self.uses = Uses(database)

    def admit(self, endpoint: str, environ: WSGIEnvironment, get_reader: Callable[[], Reader]) -> None:
        """Let a request in.

        Raises:
            Problem: its key opens nothing, or its limit is reached.
        """
        authorization = environ.get("HTTP_AUTHORIZATION")
        program = None
        if authorization is not None:
            environ[PROGRAM] = program = _program(authorization, get_reader())
        if self._storage is not None and endpoint in LIMITS:
            self.spend(environ, endpoint.removeprefix("api."), LIMITS[endpoint][0])
        if program is not None:
            self.uses.note(program, clock.today(self._timezone))
        elif authorization is not None:
            raise Problem("invalid-key", headers={"WWW-Authenticate": CHALLENGE})

    def spend(self, environ: WSGIEnvironment, name: str, limit: str, cost: int = 1) -> None:
        """Take `cost` off what the caller may ask under a limit such as `120 per minute`; say what is left in headers.

        Raises:
            Problem: so much is not left. Then what costs more than one has cost nothing.
        """
        program: KnownProgram | None = environ.get(PROGRAM)
        if self._storage is None or (program is not None and program.times is None):
            return
        item = _item(limit)
        amount, window = item.amount * (program.times or 1 if program else 1), item.get_expiry()
        key = item.key_for(name, f"key:{program.key_id}" if program else environ.get("REMOTE_ADDR", ""))
        if cost > 1 and (spent := self._storage.get(key)) + cost > amount:
            granted = False
        else:
            spent = self._storage.incr(key, window, cost)
            granted = spent <= amount
        reset = max(0, math.ceil(self._storage.get_expiry(key) - time.time()))
        left = max(0, amount - spent)
        environ[ADDED] += [
            ("RateLimit-Policy", f'"{name}";q={amount};w={window}'),
            ("RateLimit", f'"{name}";r={left};t={reset}'),
        ]
        if not granted:
            raise Problem("too-many-requests", headers={"Retry-After": str(max(1, reset))})


def install(app: Flask, settings: Settings) -> Door:
    """Let nobody in whose key is wrong, or who asks too much."""
    app.extensions[DOOR] = door = Door(settings, app.extensions["registry_database"])

    @app.before_request
    def admit() -> None:
        endpoint = request.endpoint
        if endpoint is not None and request.method != "OPTIONS":
            door.admit(endpoint, request.environ, reader)

    return door


def spend(name: str, limit: str, cost: int) -> None:
    """Take `cost` off what the caller at hand may ask under a limit.

    Raises:
        Problem: so much is not left.
    """
    door: Door = current_app.extensions[DOOR]
    door.spend(request.environ, name, limit, cost)


def _program(authorization: str, reader: Reader) -> KnownProgram | None:
    scheme, _space, key = authorization.partition(" ")
    return find_program(reader, key.strip()) if scheme.lower() == "bearer" else None


@cache
def _item(limit: str) -> RateLimitItem:
    return parse(limit)
