"""Where a file of numbers lies while it is worked on, and who may have it.

Each file has a folder of its own under `checks` in the instance folder. Whatever is in it is sealed with a key that
only the browser keeps which sent the file; without it the folder cannot even be told from one that is not there. Web
workers share no memory, so how things stand is in the folder too: `state` says what was reached, and a lock on `lock`,
which the working process holds until it ends, however it ends, says whether anybody is at it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from registry import clock
from registry.db.sealed_files import new_key, read_whole, write_whole
from registry.db.sealing import KEY_BYTES, SealBroken
from registry.errors import Busy, NotFound, RegistryError
from registry.search.files.model import Column, Description

NAME: Final = "checks"
STATE, LOCK, UPLOAD, ROWS, PLACES = "state", "lock", "upload", "rows", "places"
# Folders on one machine, finished ones too: what is beyond has to wait until others were erased.
MOST_FOLDERS: Final = 60
# However long it takes: whatever is older is not being waited for by anybody.
LONGEST_WORK: Final = timedelta(hours=2)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_TRIES: Final = 50


class AtWork(RegistryError):
    """Somebody is working on this file already."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a file has come.

    Attributes:
        stage: reading, then refused or choosing; checking, then done. Each is entered before it begins.
        refusal: the code of a `FileRefused`.
        blocks: of each block of rows where it begins among the records, and how many columns it has.
        rows: how many rows there are, a heading among them.
        column, has_heading: what was guessed, then what was chosen.
        parts: how many processes shared the work, each with results of its own.
        counts: rows by word of their results.
        as_of: since when every answer has been true; the first was given then.
    """

    stage: str
    name: str = ""
    refusal: str = ""
    description: Description | None = None
    columns: tuple[Column, ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()
    rows: int = 0
    column: int = 0
    has_heading: bool = False
    parts: int = 1
    counts: dict[str, int] = field(default_factory=dict)
    stored_as_numbers: int = 0
    rounded: int = 0
    as_of: datetime | None = None

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, default=datetime.isoformat).encode()

    @classmethod
    def from_json(cls, text: bytes) -> State:
        values = json.loads(text)
        if values["description"]:
            values["description"] = Description(**values["description"])
        values["columns"] = tuple(Column(**{**one, "samples": tuple(one["samples"])}) for one in values["columns"])
        values["blocks"] = tuple(map(tuple, values["blocks"]))
        values["as_of"] = values["as_of"] and datetime.fromisoformat(values["as_of"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows a process has done of a stage; it `waits` while others have to finish first."""

    done: int = 0
    waits: bool = False


class Folder:
    """The folder of one file, with the key to it."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def ticket(self) -> str:
        """The key, as a browser keeps it."""
        return urlsafe_b64encode(self.key).decode()

    def state(self) -> State:
        """Return how far the file has come.

        Raises:
            NotFound: the folder is gone, or the key is another.
        """
        try:
            return State.from_json(read_whole(self.path / STATE, self.key))
        except (FileNotFoundError, NotADirectoryError, SealBroken) as error:
            raise NotFound("no such file") from error

    def save(self, state: State) -> None:
        """Keep a new state; when this returns it is on the disk, and with it what it tells of.

        Raises:
            FileNotFoundError: the folder was erased.
        """
        write_whole(self.path / STATE, self.key, state.to_json())

    def change(self, **changes: Any) -> State:
        state = replace(self.state(), **changes)
        self.save(state)
        return state

    def save_progress(self, part: int, progress: Progress) -> None:
        """Raises FileNotFoundError when the folder was erased, which is how work is called off."""
        write_whole(self.path / f"progress-{part}", self.key, json.dumps(asdict(progress)).encode(), durable=False)

    def progress(self) -> Progress:
        """Return how far all processes together have come."""
        found = []
        for path in self.path.glob("progress-*"):
            with suppress(FileNotFoundError):
                found.append(Progress(**json.loads(read_whole(path, self.key))))
        return Progress(sum(one.done for one in found), any(one.waits for one in found))

    def forget_progress(self) -> None:
        for path in self.path.glob("progress-*"):
            path.unlink(missing_ok=True)

    def results(self, part: int) -> Path:
        return self.path / f"results-{part}"

    def take(self) -> int:
        """Return the lock on this folder, as a file descriptor that a working process inherits.

        Raises:
            AtWork: somebody has it.
            NotFound: the folder is gone.
        """
        try:
            lock = os.open(self.path / LOCK, os.O_RDWR)
        except FileNotFoundError as error:
            raise NotFound("no such file") from error
        for _try in range(_TRIES):
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            # Whoever only looks whether it is taken takes it for a moment.
            time.sleep(0.002)
        os.close(lock)
        raise AtWork(self.id)

    def erase(self) -> None:
        erase(self.path)


def make(root: Path, name: str, *, most_waiting: int) -> Folder:
    """Return a new folder for a file of this name, with a new key.

    Raises:
        Busy: there are too many, or too many of them are still being worked on.
    """
    with _alone(root):
        folders = _folders(root)
        if len(folders) >= MOST_FOLDERS or sum(map(is_at_work, folders)) >= most_waiting:
            raise Busy
        folder = Folder(root / secrets.token_urlsafe(16), new_key())
        folder.path.mkdir(mode=0o700)
        os.close(os.open(folder.path / LOCK, os.O_WRONLY | os.O_CREAT, 0o600))
        folder.save(State("reading", name))
        return folder


def find(root: Path, number: str, ticket: str) -> tuple[Folder, State, bool]:
    """Return a folder, how far its file has come, and whether somebody is at work on it.

    Raises:
        NotFound: there is none, or this is not its key.
    """
    try:
        key = urlsafe_b64decode(ticket)
    except ValueError as error:
        raise NotFound(number) from error
    if not _ID.fullmatch(number) or len(key) != KEY_BYTES:
        raise NotFound(number)
    folder = Folder(root / number, key)
    # Looked at first: who was not at work by then had written down before what came of it.
    at_work = is_at_work(folder.path)
    return folder, folder.state(), at_work


def is_at_work(path: Path) -> bool:
    """Whether a process holds the lock of a folder."""
    try:
        lock = os.open(path / LOCK, os.O_RDWR)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def sweep(root: Path, *, older_than: timedelta) -> int:
    """Erase what nobody has come back to for so long; return how many folders that were."""
    erased = 0
    for path in [*_folders(root), *root.glob(".erased-*")]:
        with suppress(FileNotFoundError):
            reached = (path / STATE).stat() if (path / STATE).exists() else path.stat()
            age = clock.now().timestamp() - reached.st_mtime
            term = max(older_than, LONGEST_WORK) if is_at_work(path) else older_than
            if path.name.startswith(".") or age >= term.total_seconds():
                erase(path)
                erased += 1
    return erased


def erase(path: Path) -> None:
    """Remove a folder and all that is in it; a process at work on it will find that out and end."""
    doomed = path if path.name.startswith(".") else path.with_name(f".erased-{secrets.token_hex(8)}")
    with suppress(FileNotFoundError):
        # In one step, so that nobody meets half a folder.
        path.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _folders(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if _ID.fullmatch(path.name)] if root.is_dir() else []


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    door = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)
