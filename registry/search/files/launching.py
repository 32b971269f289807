"""Beginning work on a file: a process of its own, which ends with the one that began it.

Python runs one thread at a time, and what strangers send may be made to break what reads it. So a file is read and
checked outside of the server's processes. What is secret goes through a line of its own, for the arguments and the
environment of a process can be read by others; the line stays open, and when it closes the work is called off.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from base64 import urlsafe_b64encode
from collections import deque
from contextlib import suppress
from typing import Any, Final, Self

from registry import processes
from registry.errors import Busy
from registry.search.files.folders import AtWork, Folder

# For so long a process that is ready waits for somebody to choose a column.
PATIENCE_SECONDS: Final = 120
# Of a tenth of a second each.
_TRIES: Final = 50


def start_reading(folder: Folder, *, slots: int) -> None:
    """Begin to make a table of the file in `upload`, as soon as one of the machine's `slots` is free.

    Raises:
        AtWork, NotFound: see `Folder.take`.
    """
    _start(folder, folder.take(), "read", {"slots": slots})


def start_checking(
    folder: Folder, *, column: int, has_heading: bool, slots: int, database_url: str, lookup: bytes
) -> None:
    """Keep which column was chosen and begin to check it; `lookup` finds sensitive numbers.

    Nothing happens if that was begun already: a button is pressed twice.

    Raises:
        NotFound: the folder was erased.
        Busy: the process that read the file does not end.
    """
    lock = _take_for_check(folder)
    if lock is None:
        return
    try:
        if folder.state().stage != "choosing":
            os.close(lock)
            return
        folder.forget_progress()
        folder.change(stage="checking", column=column, has_heading=has_heading)
    except BaseException:
        os.close(lock)
        raise
    _start(folder, lock, "check", {"slots": slots, "url": database_url, "lookup": urlsafe_b64encode(lookup).decode()})


def _take_for_check(folder: Folder) -> int | None:
    """Return the lock on a folder whose column is chosen; None if its check was begun meanwhile.

    On a busy machine the process that read the file may not have ended when its column is chosen already.

    Raises:
        Busy: it does not end.
    """
    for _try in range(_TRIES):
        with suppress(AtWork):
            return folder.take()
        if folder.state().stage != "choosing":
            return None
    raise Busy


def _start(folder: Folder, lock: int, stage: str, told: dict[str, Any]) -> None:
    try:
        _worker(stage, folder, lock, told)
    finally:
        os.close(lock)


def _worker(stage: str, folder: Folder, lock: int, told: dict[str, Any]) -> Worker:
    """Return a process that has been told of a folder: one that is ready, or a new one."""
    while stage == "check" and _ready:
        # It was taken or has ended in between.
        with suppress(IndexError, OSError):
            return _ready.pop().tell(folder, lock, told)
    return Worker(stage).tell(folder, lock, told)


class Worker:
    """A process of `work` for a stage, which begins when it is told of a folder.

    Attributes:
        line: the line by which it is told; it ends when that closes.
    """

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 (this program's own)
                [sys.executable, "-m", "registry.search.files.work", stage],
                cwd=processes.FOLDER,
                env=processes.environment(),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
            )
        # Somebody has to hear of its end, or it stays in the list of processes.
        threading.Thread(target=self._attend, daemon=True, name=f"files-{stage}").start()

    def tell(self, folder: Folder, lock: int, told: dict[str, Any]) -> Self:
        """Give the process a folder, the lock on it, and what else it must know.

        Raises:
            OSError: it has ended.
        """
        message = json.dumps({**told, "folder": str(folder.path), "key": folder.ticket}).encode()
        socket.send_fds(self.line, [message], [lock])
        return self

    def _attend(self) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE_SECONDS)
        with suppress(ValueError):
            # Nobody has needed it.
            _ready.remove(self)
            self.line.close()
        ended_well = self.process.wait() == 0
        self.line.close()
        if self._stage == "read" and ended_well and not _ready:
            _ready.append(Worker("check"))


# Processes that load what a check needs while somebody chooses the column: one, or a few where several files are read.
_ready: Final[deque[Worker]] = deque()
