"""Beginning work on a file: a process of its own, which ends with the one that began it.

Python runs one thread at a time, and what strangers send may be made to break what reads it. So a file is read and
checked outside of the server's processes. What is secret goes through a pipe, for the arguments and the environment of
a process can be read by others; the pipe stays open, and when it closes the work is called off.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from base64 import urlsafe_b64encode
from contextlib import suppress
from typing import Any, Final

from registry import processes
from registry.errors import Busy
from registry.search.files.folders import AtWork, Folder

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
        process = launch(folder, stage, lock, told)
    finally:
        os.close(lock)
    # Somebody has to hear of its end, or it stays in the list of processes.
    threading.Thread(target=_attend, args=(process,), daemon=True).start()


def launch(folder: Folder, stage: str, lock: int, told: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Return a process of `work` for this stage, which has been `told` the key and what else it must know."""
    process = subprocess.Popen(  # noqa: S603 (this program's own)
        [sys.executable, "-m", "registry.search.files.work", str(folder.path), stage, str(lock)],
        cwd=processes.FOLDER,
        env=processes.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=(lock,),
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({**told, "key": folder.ticket}).encode() + b"\n")
    process.stdin.flush()
    return process


def _attend(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    if process.stdin:
        process.stdin.close()
