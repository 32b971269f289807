"""Files of numbers for tests: put into a folder as a page would, and worked on here or by a real process."""

from __future__ import annotations

import os
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.config import Settings
from registry.db import keys
from registry.db.sealed_files import RecordWriter
from registry.search.files import checking, folders, launching, reading, results
from registry.search.files.folders import UPLOAD, Folder, State
from registry.search.files.results import ResultRow

PATIENCE_SECONDS = 60


def put(root: Path, content: bytes, *, piece: int = 65_536, most_waiting: int = 9) -> Folder:
    """Return a new folder with this content as its upload."""
    folder = folders.make(root, "file", most_waiting=most_waiting)
    with RecordWriter(folder.path / UPLOAD, folder.key) as file:
        for start in range(0, len(content), piece):
            file.append(content[start : start + piece])
    return folder


def read(folder: Folder) -> State:
    """Read an upload in this process."""
    reading.read(folder)
    return folder.state()


def check(folder: Folder, settings: Settings, **chosen: object) -> State:
    """Check a table in this process."""
    folder.change(stage="checking", **chosen)
    checking.check(folder, told(settings))
    return folder.state()


def work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the work be done before the page that begins it answers; that processes do it, others test."""

    def work(folder: Folder, lock: int, stage: str, told: dict[str, Any]) -> None:
        os.close(lock)
        reading.read(folder) if stage == "read" else checking.check(folder, told)

    monkeypatch.setattr(launching, "_start", work)


def told(settings: Settings) -> dict[str, object]:
    lookup = urlsafe_b64encode(keys.ensure(settings).lookup).decode()
    return {"url": settings.database_url, "lookup": lookup, "slots": 2}


def wait(folder: Folder) -> State:
    """Return how far a file has come once nobody is at work on it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while folders.is_at_work(folder.path):
        assert time.monotonic() < deadline, "the work takes too long"
        time.sleep(0.02)
    return folder.state()


def rows(folder: Folder) -> Iterator[ResultRow]:
    """Give the result rows in the order of the file."""
    for block in results.all_rows(folder, folder.state()):
        yield from block
