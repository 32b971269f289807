"""The press: a process of its own beside each worker, which makes and reads PDFs, one at a time and within limits.

Layout takes seconds of the processor and holds Python's lock meanwhile; in the worker itself every page would wait for
it. And a page can be such that its layout never ends, or a file such that reading it takes all memory. So this is done
outside: the kernel ends the process when its time is up or its memory is full, the worker answers that it could not be
done, and the next one is asked for by a new process.

It is started with the first task, for that takes a second, and goes by itself when it has had none for a while.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, Any, Final

from registry import processes
from registry.errors import RegistryError

PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MOST_WAITING: Final = 2
PATIENCE: Final = 20.0
# Of the wall clock, for one task. A column of 500 notices takes a tenth of it.
SECONDS: Final = 60
# Of data; that column takes a quarter of it.
MEMORY: Final = 1_200_000_000
IDLE_SECONDS: Final = 300
# Fonts and patterns that were seen once stay in memory.
MOST_TASKS: Final = 500
# To find fonts with.
_FOR_FONTS: Final = ("HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


class PressBusy(RegistryError):
    """Other PDFs are being made; ask again in a moment."""


class PressMissing(RegistryError):
    """The libraries that lay out a PDF are not installed."""


class PressFailed(RegistryError):
    """A task took more time or memory than it may, or its process ended in the middle."""


class FileUnreadable(RegistryError):
    """A file is no PDF, or a broken or locked one."""


_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    refusal.__name__: refusal for refusal in (PressMissing, PressFailed, FileUnreadable)
}


def run(task: str, told: Mapping[str, Any], content: bytes) -> bytes:
    """Return what the press makes of `content`. The tasks are those of `press_work`, each with what it must be told.

    Raises:
        PressBusy: too many others are waiting, or one takes long.
        PressMissing, PressFailed, FileUnreadable: as they say.
    """
    with turn():
        return _press.run(task, {**told, "seconds": SECONDS, "memory": MEMORY}, content)


@contextmanager
def turn() -> Iterator[None]:
    """One task at a time in this worker, a few waiting, the others refused at once.

    Raises:
        PressBusy: see `run`.
    """
    if not _places.acquire(blocking=False):
        raise PressBusy("too many are waiting for a PDF")
    try:
        if not _taken.acquire(timeout=PATIENCE):
            raise PressBusy("a PDF before this one takes long")
        try:
            yield
        finally:
            _taken.release()
    finally:
        _places.release()


def is_full() -> bool:
    """Whether whoever came now would be refused: for work before the press that would be in vain."""
    if not _places.acquire(blocking=False):
        return True
    _places.release()
    return False


def send(to: IO[bytes], head: Mapping[str, Any], content: bytes) -> None:
    """Write a message: a line of JSON, and the bytes whose number is in it."""
    to.write(json.dumps({**head, "length": len(content)}).encode() + b"\n")
    to.write(content)
    to.flush()


def receive(source: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read a message; None where the other side is gone."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    content = source.read(head["length"])
    return (head, content) if len(content) == head["length"] else None


class _Press:
    """The process, and what goes to and fro. Used by one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._begun_by = 0
        self._tasks = 0

    def run(self, task: str, told: Mapping[str, Any], content: bytes) -> bytes:
        answer = self._ask(task, told, content)
        self._tasks += 1
        if self._tasks >= MOST_TASKS:
            self.stop()
        if answer is None:
            self.stop()
            raise PressFailed(f"{task} took more time or memory than it may")
        head, made = answer
        if head["refused"]:
            raise _REFUSALS[head["refused"]](head["why"])
        return made

    def stop(self) -> None:
        process, self._process, self._tasks = self._process, None, 0
        # A process that was forked has inherited the pipes of its parent's press, and none of the press.
        if process is None or self._begun_by != os.getpid():
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.kill()
        process.wait()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()

    def _ask(self, task: str, told: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes] | None:
        # It may have gone to rest in the very moment in which it is wanted; a new one has not.
        for _try in range(2):
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                send(process.stdin, {"task": task, **told}, content)
                answer = receive(process.stdout)
                if answer is not None or process.wait() != 0:
                    return answer
            self.stop()
        return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._begun_by != os.getpid() or self._process.poll() is not None):
            self.stop()
        if self._process is None:
            self._begun_by = os.getpid()
            self._process = subprocess.Popen(  # noqa: S603 (this program's own)
                [sys.executable, "-m", "registry.printing.press_work", str(IDLE_SECONDS)],
                cwd=processes.FOLDER,
                env=processes.environment(*_FOR_FONTS),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Ctrl-C at the terminal is for the server, which ends this one when it is done.
                process_group=0,
            )
        return self._process


_taken = threading.Lock()
_places = threading.BoundedSemaphore(1 + MOST_WAITING)
_press = _Press()
atexit.register(_press.stop)
