"""What stands between Granian and the application: bodies are read first, and few requests are worked on at once.

Granian hands a request over when its head has arrived, and puts no limit on how slowly the body follows. Without the
gate a handful of slow senders would occupy every place to work in. Measured on two cores: 20 half-sent bodies stopped a
server of 2 × 4 threads for good. With 2 × 128 threads that takes 256 of them, but 128 readers at once then cost half as
much processor time again for each request (2.3 ms instead of 1.5); with the gate the same as 8 threads (1.6 ms).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from registry.cli.places import Places
from registry.cli.uploads import Input, Uploads

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Gate:
    """A WSGI application that lets requests into another one as `places` allow, each with its body complete.

    A body longer than `limit` bytes is not read at all: the application sees its length and refuses it politely.
    Those of `uploads` may be longer.
    """

    def __init__(
        self, application: WSGIApplication, *, places: Places, limit: int, uploads: Uploads | None = None
    ) -> None:
        self._application = application
        self._places = places
        self._limit = limit
        self._uploads = uploads

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._uploads and self._uploads.concerns(environ):
            with self._uploads.take_in(environ) or nullcontext(), self._places:
                return self._application(environ, start_response)
        self._take_in_body(environ)
        with self._places:
            return self._application(environ, start_response)

    def _take_in_body(self, environ: dict[str, Any]) -> None:
        length = environ.get("CONTENT_LENGTH") or ""
        if environ.pop("HTTP_TRANSFER_ENCODING", None):
            # A body sent in chunks says no length, and Werkzeug would cut it off at the limit without a word.
            body = _read(environ["wsgi.input"], self._limit + 1)
            environ["CONTENT_LENGTH"] = str(len(body) if len(body) <= self._limit else sys.maxsize)
        elif length.isdecimal() and 0 < int(length) <= self._limit:
            body = _read(environ["wsgi.input"], int(length))
        else:
            return
        environ["wsgi.input"] = io.BytesIO(body)
        # Without this word Werkzeug compares a body with its length, and refuses one that was cut off on the way.
        environ.pop("wsgi.input_terminated", None)


def _read(source: Input, most: int) -> bytes:
    pieces: list[bytes] = []
    missing = most
    while missing > 0 and (piece := source.read(min(missing, 65536))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
