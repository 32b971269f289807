"""Answers that take long to send, and what they may take up meanwhile.

Granian keeps one of its threads for each answer that is still being taken in, however slowly, and closes the answer
when its reader is gone. So only so many are sent at once, and the next asker is told to come again. Rows are read by
one download at a time and half of the time: Python runs one thread at a time anyway, and pages go before.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import cast

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from registry.web.errors import log_fault
from registry.web.request_log import REQUEST_ID

# Of the 128 threads of a worker, and of those the ones that an address may have: see registry.cli.serve.
MOST = 8
MOST_EACH = 4
SECONDS_TO_WAIT = 60


class DownloadsBusy(Exception):
    """As many answers are being sent as may be, to everybody or to this address."""


class Downloads:
    """The long answers that a process is sending."""

    def __init__(self, most: int = MOST, most_each: int = MOST_EACH) -> None:
        self._most = most
        self._most_each = most_each
        self._by_address: Counter[str] = Counter()
        self._counting = threading.Lock()
        self._reading = threading.Lock()

    def begin(self, address: str) -> Callable[[], None]:
        """Return what is to be called when the answer was sent or given up, once or more often.

        Raises:
            DownloadsBusy: there are too many.
        """
        with self._counting:
            if self._by_address.total() >= self._most or self._by_address[address] >= self._most_each:
                raise DownloadsBusy
            self._by_address[address] += 1
        held = [address]
        return lambda: self._end(held)

    def in_turn(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the pieces; each is made while no other download makes one, and followed by a pause as long.

        Measured with two exports running: without the pause pages took twice as long as without exports, with it as
        long.
        """
        while True:
            with self._reading:
                begun = time.perf_counter()
                piece = next(pieces, None)
                time.sleep(time.perf_counter() - begun)
            if piece is None:
                return
            yield piece

    def _end(self, held: list[str]) -> None:
        with self._counting, suppress(IndexError):
            address = held.pop()
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]


def install(app: Flask) -> None:
    app.extensions["registry_downloads"] = Downloads()
    app.register_error_handler(DownloadsBusy, _busy)


def downloads() -> Downloads:
    return cast(Downloads, current_app.extensions["registry_downloads"])


def sent_slowly(response: Response) -> Response:
    """Return an answer that takes long to send, counted until it is sent.

    Raises:
        DownloadsBusy: there are too many; the answer is closed.
    """
    try:
        response.call_on_close(downloads().begin(get_remote_address()))
    except DownloadsBusy:
        response.close()
        raise
    # A file that is passed through is closed without what was to be called then.
    response.direct_passthrough = False
    return response


def streamed(pieces: Iterator[bytes], *, broken: bytes, media_type: str, filename: str) -> Response:
    """Return a file to keep that is made while it is sent; `broken` ends it where it cannot be finished.

    Raises:
        DownloadsBusy: too many are being sent.
    """
    body = _whole_or_broken(downloads().in_turn(pieces), broken, request.environ.get(REQUEST_ID, "-"))
    response = Response(body, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return sent_slowly(response)


def _whole_or_broken(pieces: Iterator[bytes], broken: bytes, request_id: str) -> Iterator[bytes]:
    # Granian ends an answer that raises like any other, and half a file would pass for the whole.
    try:
        yield from pieces
    except Exception as error:  # noqa: BLE001 (whatever it was, it is logged and told)
        log_fault(error, request_id)
        yield broken


def _busy(_error: DownloadsBusy) -> ResponseReturnValue:
    page = render_template(
        "errors/error.html",
        code=503,
        title=_("Many files are being downloaded"),
        advice=_("Please try again in a minute, or when your other downloads are finished."),
    )
    return page, 503, {"Retry-After": str(SECONDS_TO_WAIT)}
