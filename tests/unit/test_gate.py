from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from registry.cli.gate import Gate
from registry.cli.places import Places

LIMIT = 1000


@pytest.fixture
def gate() -> Gate:
    app = Flask("gated")
    app.config["MAX_CONTENT_LENGTH"] = LIMIT

    @app.post("/")
    def echo() -> bytes:
        return request.get_data()

    return Gate(app, places=Places(together=2, most=2), limit=LIMIT)


def send(gate: Gate, body: bytes, **environ: Any) -> tuple[str, bytes]:
    builder = EnvironBuilder("/", method="POST", input_stream=io.BytesIO(body))
    # What Granian says of its streams.
    sent = builder.get_environ() | {"wsgi.input_terminated": True} | environ
    content, status, _ = run_wsgi_app(gate, sent, buffered=True)
    return status, b"".join(content)


def test_a_body_arrives_whole(gate: Gate) -> None:
    assert send(gate, b"x" * LIMIT, CONTENT_LENGTH=str(LIMIT)) == ("200 OK", b"x" * LIMIT)


def test_a_body_in_chunks_arrives_whole(gate: Gate) -> None:
    assert send(gate, b"x" * LIMIT, HTTP_TRANSFER_ENCODING="chunked") == ("200 OK", b"x" * LIMIT)


def test_too_long_a_body_is_refused_unread(gate: Gate) -> None:
    body = io.BytesIO(b"x" * (LIMIT + 1))
    status, _ = send(gate, b"", **{"CONTENT_LENGTH": str(LIMIT + 1), "wsgi.input": body})
    assert status.startswith("413")
    assert body.tell() == 0


def test_too_long_a_body_in_chunks_is_refused_not_cut(gate: Gate) -> None:
    status, _ = send(gate, b"x" * (LIMIT + 1), HTTP_TRANSFER_ENCODING="chunked")
    assert status.startswith("413")


def test_a_body_that_stops_short_is_refused(gate: Gate) -> None:
    status, _ = send(gate, b"x" * 10, CONTENT_LENGTH="11")
    assert status.startswith("400")


@pytest.mark.parametrize("length", ["-1", "ten", "٣", ""])
def test_a_length_that_is_none_is_left_to_the_application(gate: Gate, length: str) -> None:
    status, _ = send(gate, b"", CONTENT_LENGTH=length)
    assert status.startswith(("200", "400"))


class SlowSender:
    """A body of which nothing arrives until `finish` is called."""

    def __init__(self) -> None:
        self._finished = threading.Event()

    def read(self, size: int = -1) -> bytes:
        self._finished.wait(10)
        return b""

    def finish(self) -> None:
        self._finished.set()


def in_thread(work: Callable[[], Any]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_slow_senders_take_nobodys_place(gate: Gate) -> None:
    slow = SlowSender()
    waiting = [in_thread(lambda: send(gate, b"", **{"CONTENT_LENGTH": "5", "wsgi.input": slow})) for _ in range(5)]
    assert send(gate, b"quick", CONTENT_LENGTH="5") == ("200 OK", b"quick")
    assert all(thread.is_alive() for thread in waiting)
    slow.finish()
    for thread in waiting:
        thread.join(10)


def test_a_place_is_given_back_after_an_error() -> None:
    def fail(environ: Any, start_response: Any) -> list[bytes]:
        raise RuntimeError("broken")

    gate = Gate(fail, places=Places(together=1, most=1), limit=LIMIT)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="broken"):
            send(gate, b"")
