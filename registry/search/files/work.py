"""`python -m registry.search.files.work read|check`: the process that works on one file.

Started by `launching`, never by hand. What it must know comes through its input, a socket, and with it the lock on the
folder, which tells others that it is at work; it ends when the socket closes. To load what a check needs takes as long
as thousands of numbers: it is done before anybody has said which file, and a helper that shares a long list is forked
off afterwards.
"""

from __future__ import annotations

import fcntl
import gc
import json
import logging
import multiprocessing
import os
import resource
import select
import socket
import sys
import threading
from base64 import urlsafe_b64decode
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from registry.search.files.folders import Folder, Progress

log = logging.getLogger("registry.files")

# Of address space; a workbook of 20 MB takes a quarter of it.
MEMORY: Final = 1_500_000_000
# Of the processor's time. A file of 200,000 rows takes seconds; what takes so long was made for it.
SECONDS: Final = {"read": 120, "check": 1_800}
MOST_PARTS: Final = 2
# Blocks for which a second process is not worth its start.
_FEW: Final = 4
_LESS_IMPORTANT: Final = 5
_CALLED_OFF: Final = 3
# Objects made since the collector last looked.
_SELDOM: Final = 100_000


def main() -> None:
    stage = sys.argv[1]
    _say_little()
    # Pages come before files.
    os.nice(_LESS_IMPORTANT)
    _limit(SECONDS[stage])
    line = socket.socket(fileno=sys.stdin.fileno())
    if stage == "check" and not _is_heard(line, 0):
        _load()
    message, locks, _flags, _address = socket.recv_fds(line, 65_536, 1)
    if not message:
        sys.exit(_CALLED_OFF)
    told = json.loads(message)
    folder = Folder(Path(told["folder"]), urlsafe_b64decode(told["key"]))
    try:
        _work(folder, stage, locks[0], told)
    except FileNotFoundError:
        # Erased meanwhile: nobody waits for it any more.
        sys.exit(_CALLED_OFF)
    # Whoever is asked for the column next need not wait until all of this process is gone.
    os.close(locks[0])


def _work(folder: Folder, stage: str, lock: int, told: dict[str, Any]) -> None:
    _wait_for_turn(folder, told["slots"])
    # What is loaded is loaded only now, so that whoever waits takes little memory.
    if stage == "read":
        _watch(_input_closes)
        from registry.search.files import reading

        reading.read(folder)
    else:
        _load()
        from registry.search.files import checking

        helpers = _start_helpers(folder, lock, told)
        # Only now, for a process is to be forked while it has one thread.
        _watch(_input_closes)
        checking.check(folder, told, helpers)


@cache
def _load() -> None:
    """Load what a check needs, and let the collector leave it alone, which would go through it again and again."""
    import registry.search.files.checking  # noqa: F401 (it takes a second)

    gc.collect()
    gc.freeze()
    # A list is checked in blocks of some hundred rows, of which nothing is left behind that it would have to find.
    gc.set_threshold(_SELDOM)


def _is_heard(line: Any, seconds: float) -> bool:
    return bool(select.select([line], [], [], seconds)[0])


def _start_helpers(folder: Folder, lock: int, told: dict[str, Any]) -> list[BaseProcess]:
    """Divide the check of a long list among processes, and return those that were begun for it besides this one."""
    parts = 1 if len(folder.state().blocks) <= _FEW else min(MOST_PARTS, len(os.sched_getaffinity(0)))
    folder.forget_progress()
    folder.change(parts=parts)
    fork = multiprocessing.get_context("fork")
    helpers = [fork.Process(target=_help, args=(folder, part, lock, told)) for part in range(1, parts)]
    for helper in helpers:
        helper.start()
    return [*helpers]


def _help(folder: Folder, part: int, lock: int, told: dict[str, Any]) -> None:
    from registry.search.files import checking

    # Not this process is the one whose end others wait for.
    os.close(lock)
    _watch(_parent_ends)
    try:
        checking.check_part(folder, part, told)
    except FileNotFoundError:
        sys.exit(_CALLED_OFF)
    except Exception:  # noqa: BLE001 (said like any other fault)
        sys.excepthook(*sys.exc_info())
        sys.exit(1)


def _say_little() -> None:
    """Let nothing out but the log: not what a library prints before it gives up, nor the memory as it was then."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    logging.basicConfig(stream=said, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    sys.excepthook = _log_fault


def _log_fault(kind: type[BaseException], _error: BaseException, where: TracebackType | None) -> None:
    # The error's message may quote a number.
    while where and where.tb_next:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "-"
    log.error("a file was not finished: %s in %s", kind.__name__, place)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _wait_for_turn(folder: Folder, slots: int) -> None:
    """Return when one of the machine's slots is free; it is held until this process ends."""
    while True:
        for number in range(slots):
            slot = os.open(folder.path.parent / f".slot-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            with suppress(BlockingIOError):
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            os.close(slot)
        folder.save_progress(0, Progress(waits=True))
        if _is_heard(sys.stdin, 0.2):
            sys.exit(_CALLED_OFF)


def _watch(until: Callable[[], None]) -> None:
    """End this process when `until` returns."""

    def end() -> None:
        until()
        os._exit(_CALLED_OFF)

    threading.Thread(target=end, daemon=True).start()


def _input_closes() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass


def _parent_ends() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()


if __name__ == "__main__":
    main()
