"""`python app.py`, as an operator meets it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests.support.server import ROOT, RunningServer

MakeServer = Callable[..., RunningServer]


@pytest.fixture
def make_server(tmp_path: Path) -> Iterator[MakeServer]:
    made: list[RunningServer] = []

    def make(**options: object) -> RunningServer:
        made.append(RunningServer(tmp_path / "instance", **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for server in made:
        if server.process is not None:
            server.stop()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that is asked and goes on: for the tests in which none has to begin or to end."""
    server = RunningServer(tmp_path_factory.mktemp("running") / "instance").start()
    yield server
    assert server.stop() == 0
    assert "Traceback" not in server.output


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        body: bytes = answer.read()
        return body.decode()


def refusal(**environment: str) -> str:
    """What `python app.py` says when it will not start, which has to be one line."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py")],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    said = (done.stdout + done.stderr).strip()
    assert len(said.splitlines()) == 1, said
    return said


def test_the_first_start_prepares_everything_and_the_second_finds_it(make_server: MakeServer, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    # From another folder, as a service manager would start it.
    first = make_server(cwd=tmp_path).start()
    assert "遗失声明登记簿" in get(first.url)
    assert instance.stat().st_mode & 0o777 == 0o700
    assert (instance / "keys.json").stat().st_mode & 0o777 == 0o600
    assert (instance / "registry.db").is_file()
    email, password = first.first_sign_in
    assert "@" in email
    assert len(password) >= 12
    assert f"Serving on {first.url}" in first.output
    assert "make demo" in first.output
    assert first.stop() == 0

    said = first.output
    second = make_server().start()
    again = second.output.removeprefix(said)
    assert f"Serving on {second.url}" in again
    assert "password" not in again
    assert password not in again
    assert second.stop() == 0


def test_two_servers_may_start_at_once_on_one_new_database(make_server: MakeServer) -> None:
    servers = [make_server().launch() for _ in range(2)]
    for server in servers:
        server.wait()
        get(server.url)
    # They share a log, for they share an instance.
    assert servers[0].output.count("password:") == 1


def test_ctrl_c_ends_it_quietly(make_server: MakeServer) -> None:
    server = make_server().start()
    assert server.stop(signal.SIGINT) == 0
    assert "Traceback" not in server.output
    assert "KeyboardInterrupt" not in server.output


def test_idle_and_half_sent_requests_do_not_stop_the_others(running: RunningServer) -> None:
    half = b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"
    idle = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(40)]
    for connection in idle[:30]:
        connection.sendall(half)
    assert "遗失声明登记簿" in get(running.url)
    for connection in idle:
        connection.close()


def test_requests_and_answers_cross_the_server_whole(running: RunningServer) -> None:
    def exchange(request: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
            connection.sendall(f"{request}\r\nHost: x\r\nConnection: close\r\n".encode() + body)
            answer = HTTPResponse(connection, method=request.split(" ", maxsplit=1)[0])
            answer.begin()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    form = b"number=1403021990"
    chunked = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(form), form)
    sized = b"Content-Length: %d\r\n\r\n%s" % (len(form), form)
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    for sent in (chunked, sized):
        status, _headers, page = exchange("POST /check HTTP/1.1", kind + sent)
        assert status == 200, running.output
        assert b"1403021990" in page

    status, headers, page = exchange("GET /api/v1/check?number=%E5%85%AC HTTP/1.1", b"\r\n")
    assert (status, json.loads(page)["number"]) == (200, "公")
    assert headers["content-length"] == str(len(page))
    status, headers, page = exchange("HEAD / HTTP/1.1", b"\r\n")
    assert (status, page) == (200, b"")
    assert int(headers["content-length"]) > 1000

    # Made while it is sent, so nobody knows its length.
    status, headers, page = exchange("GET /declarations.csv HTTP/1.1", b"\r\n")
    assert (status, headers.get("transfer-encoding")) == (200, "chunked")
    assert page.startswith("\ufeff".encode())
    status, _headers, page = exchange("GET /nothing/%ff HTTP/1.1", b"\r\n")
    assert status == 404
    assert "遗失声明登记簿" in page.decode()
    assert "Traceback" not in running.output


def test_a_request_at_hand_is_finished_before_the_end(make_server: MakeServer) -> None:
    server = make_server().start()
    get(server.url)
    answers: list[str] = []
    asking = [threading.Thread(target=lambda: answers.append(get(f"{server.url}/declarations"))) for _ in range(4)]
    for thread in asking:
        thread.start()
    time.sleep(0.02)
    assert server.stop() == 0
    for thread in asking:
        thread.join(20)
    assert len(answers) == 4


def test_a_port_in_use_is_said_in_one_sentence(running: RunningServer, tmp_path: Path) -> None:
    said = refusal(PORT=str(running.port), REGISTRY_INSTANCE=str(tmp_path / "other"))
    assert said.startswith(f"Cannot start: PORT {running.port} on HOST 127.0.0.1 cannot be used")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PORT": "web"}, "PORT must be a whole number"),
        ({"HOST": "no-such-host.invalid"}, "HOST no-such-host.invalid is not"),
        ({"REGISTRY_INSTANCE": "/dev/null/instance"}, "REGISTRY_INSTANCE /dev/null/instance cannot be used"),
        ({"REGISTRY_KEYS": "secret"}, "REGISTRY_KEYS does not hold"),
        ({"DATABASE_URL": "postgresql://clerk:hunter2@127.0.0.1:1/registry"}, "DATABASE_URL leads to a database"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_makes_it_impossible_is_said_in_one_sentence(
    environment: dict[str, str], named: str, tmp_path: Path
) -> None:
    said = refusal(**{"REGISTRY_INSTANCE": str(tmp_path / "instance"), "PORT": "5999"} | environment)
    assert said.startswith(f"Cannot start: {named}")
    assert "hunter2" not in said
    assert "secret" not in said
