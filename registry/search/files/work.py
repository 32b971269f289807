"""`python -m registry.search.files.work FOLDER read|check LOCK`: the process that works on one file.

Started by `launching`, never by hand. It reads what it must know from its input and ends when that closes. LOCK is the
inherited descriptor that tells others it is at work. `… part NUMBER` is a helper of a process that checks.
"""

from __future__ import annotations

import fcntl
import gc
import json
import logging
import os
import resource
import sys
import threading
import time
from base64 import urlsafe_b64decode
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from registry.search.files.folders import Folder, Progress
from registry.search.files.launching import start_helpers

log = logging.getLogger("registry.files")

# Of address space; a workbook of 20 MB takes a quarter of it.
MEMORY: Final = 1_500_000_000
# Of the processor's time. A file of 200,000 rows takes seconds; what takes so long was made for it.
SECONDS_TO_READ: Final = 120
SECONDS_TO_CHECK: Final = 1_800
_LESS_IMPORTANT: Final = 5
_CALLED_OFF: Final = 3


def main() -> None:
    path, stage, number = sys.argv[1:4]
    told = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_whoever_began, daemon=True).start()
    _say_little()
    # Pages come before files.
    os.nice(_LESS_IMPORTANT)
    folder = Folder(Path(path), urlsafe_b64decode(told["key"]))
    try:
        _work(folder, stage, int(number), told)
    except FileNotFoundError:
        # Erased meanwhile: nobody waits for it any more.
        sys.exit(_CALLED_OFF)
    if stage != "part":
        # Whoever is asked for the column next need not wait until all of this process is gone.
        os.close(int(number))


def _work(folder: Folder, stage: str, number: int, told: dict[str, Any]) -> None:
    if stage == "part":
        _limit(SECONDS_TO_CHECK)
        from registry.search.files import checking

        _rest()
        checking.check_part(folder, number, told)
        return
    _wait_for_turn(folder, told["slots"])
    # Only now, so that whoever waits takes little memory.
    if stage == "read":
        _limit(SECONDS_TO_READ)
        from registry.search.files import reading

        reading.read(folder)
    else:
        _limit(SECONDS_TO_CHECK)
        helpers = start_helpers(folder, told)
        from registry.search.files import checking

        _rest()
        checking.check(folder, told, helpers)


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


def _rest() -> None:
    """Let the collector leave alone what was loaded, which it would go through again and again."""
    gc.collect()
    gc.freeze()


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
        time.sleep(0.2)


def _end_with_whoever_began() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(_CALLED_OFF)


if __name__ == "__main__":
    main()
