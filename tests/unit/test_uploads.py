"""Large bodies on their way in: only so many at once, never in the clear, and nobody waits for who has stopped."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from registry.cli import uploads
from registry.cli.gate import Gate
from registry.cli.places import Places
from registry.cli.uploads import PATIENCE, TURNED_AWAY, Uploads
from registry.web import uploads as web_uploads

LIMIT = 300_000
PATH = "/check/file"


class Line:
    """What a browser sends, piece by piece; `before` each piece something may happen elsewhere."""

    def __init__(self, *pieces: bytes, before: Callable[[], object] = lambda: None) -> None:
        self._pieces = list(pieces)
        self._before = before

    def read(self, size: int = -1, /) -> bytes:
        self._before()
        return self._pieces.pop(0) if self._pieces else b""


@pytest.fixture
def large(tmp_path: Path) -> Uploads:
    return Uploads(PATH, limit=LIMIT, folder=tmp_path / "checks", most=1)


@pytest.fixture
def app_paths(tmp_path: Path) -> Uploads:
    return Uploads(web_uploads.PATHS, limit=LIMIT, folder=tmp_path / "checks")


def sent(body: bytes | Line, **environ: Any) -> dict[str, Any]:
    source = io.BytesIO(body) if isinstance(body, bytes) else body
    length = str(len(body)) if isinstance(body, bytes) else str(LIMIT)
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": PATH, "CONTENT_LENGTH": length, "wsgi.input": source,
        "wsgi.input_terminated": True,
    } | environ  # fmt: skip


def test_only_what_is_sent_to_the_one_address_is_taken_in(large: Uploads) -> None:
    assert large.concerns(sent(b""))
    assert not large.concerns(sent(b"", PATH_INFO="/check"))
    assert not large.concerns(sent(b"", REQUEST_METHOD="GET"))


def test_the_addresses_that_take_large_bodies_are_those_that_a_page_sends_them_to(app_paths: Uploads) -> None:
    for path in ("/check/file", "/staff/editions/2026-11-30/compare"):
        assert app_paths.concerns(sent(b"", PATH_INFO=path))
    for path in ("/check/file/x", "/staff/editions/2026-11-30/close", "/x/staff/editions/2026-11-30/compare"):
        assert not app_paths.concerns(sent(b"", PATH_INFO=path))


@pytest.mark.parametrize("environ", [{}, {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}])
def test_a_body_arrives_whole_and_is_nowhere_on_the_disk(
    large: Uploads, tmp_path: Path, environ: dict[str, str]
) -> None:
    body = b"11010519491231002X\n" * 15_000
    request = sent(body, **environ)
    spool = large.take_in(request)
    assert spool is not None
    assert request["wsgi.input"].read() == body
    assert request["CONTENT_LENGTH"] == str(len(body))
    assert "wsgi.input_terminated" not in request
    assert list((tmp_path / "checks").iterdir()) == []
    spool.close()


@pytest.mark.parametrize(
    ("length", "environ", "told"),
    [
        (LIMIT + 1, {}, str(LIMIT + 1)),
        (LIMIT + 1, {"HTTP_TRANSFER_ENCODING": "chunked"}, str(sys.maxsize)),
    ],
)
def test_a_body_that_is_too_long_is_read_and_known_by_its_length(
    large: Uploads, length: int, environ: dict[str, str], told: str
) -> None:
    request = sent(b"x" * length, **environ)
    spool = large.take_in(request)
    assert spool is not None
    assert request["CONTENT_LENGTH"] == told
    spool.close()


def test_what_is_far_too_long_or_empty_is_not_read(large: Uploads) -> None:
    source = io.BytesIO(b"x")
    assert large.take_in(sent(b"", **{"CONTENT_LENGTH": str(PATIENCE * LIMIT + 1), "wsgi.input": source})) is None
    assert large.take_in(sent(b"")) is None
    assert source.tell() == 0


def test_who_finds_no_room_is_turned_away_and_who_has_stopped_loses_the_turn(
    large: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, third = sent(b"2"), sent(b"3")
    later = [0.0]
    monkeypatch.setattr(uploads, "monotonic", lambda: monotonic() + later[0])

    def meanwhile() -> None:
        if not later[0]:
            assert large.take_in(second) is None
            later[0] = uploads.STALLED_SECONDS + 1
            taken = large.take_in(third)
            assert taken is not None
            taken.close()

    first = sent(Line(b"x", b"y", before=meanwhile))
    assert large.take_in(first) is None
    assert (first[TURNED_AWAY], second[TURNED_AWAY], third.get(TURNED_AWAY)) == (True, True, None)
    assert first["CONTENT_LENGTH"] == "0"
    # And there is room again.
    spool = large.take_in(sent(b"4"))
    assert spool is not None
    spool.close()


def test_a_full_disk_turns_away_as_well(large: Uploads, tmp_path: Path) -> None:
    (tmp_path / "checks").write_text("no folder")
    request = sent(b"x")
    assert large.take_in(request) is None
    assert request[TURNED_AWAY]


def test_the_gate_closes_what_it_took_in(large: Uploads) -> None:
    seen: list[Any] = []

    def application(environ: Any, _start: Any) -> list[bytes]:
        seen.append(environ["wsgi.input"])
        return [environ["wsgi.input"].read()]

    gate = Gate(application, places=Places(together=1, most=1), limit=1, uploads=large)
    assert list(gate(sent(b"1403"), lambda *_: None)) == [b"1403"]  # type: ignore[arg-type, return-value]
    assert seen[0].closed
