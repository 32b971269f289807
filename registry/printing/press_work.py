"""`python -m registry.printing.press_work SECONDS`: the process that makes and reads PDFs. Started by `press`.

It ends when its input closes, which is when its worker is gone, or when nothing came for so many seconds.
"""

from __future__ import annotations

import gc
import logging
import os
import resource
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from registry.errors import RegistryError
from registry.printing import pdf, press, reading

log = logging.getLogger("registry.press")


def main() -> None:
    idle = float(sys.argv[1])
    # A layout makes millions of objects that the collector would go through again and again, and leaves few to collect:
    # a column takes a seventh longer with it, and 17 MB more without.
    gc.disable()
    source, target = sys.stdin.buffer, _answers()
    while select.select([source], [], [], idle)[0]:
        message = press.receive(source)
        if message is None:
            return
        head, content = message
        _limit(head["seconds"], head["memory"])
        refused, why, made = _done(head, content)
        press.send(target, {"refused": refused, "why": why}, made)
        signal.alarm(0)
        # Nobody waits any more.
        gc.collect()


def _answers() -> IO[bytes]:
    """Return what the answers are written to. Whatever a library prints must not get between them."""
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return target


def _limit(seconds: int, memory: int) -> None:
    # The signal's own answer is to end the process, wherever it is; no loop of a library can outlast that.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _done(head: dict[str, Any], content: bytes) -> tuple[str, str, bytes]:
    try:
        return "", "", TASKS[head["task"]](head, content)
    except MemoryError:
        return press.PressFailed.__name__, "a task took more memory than it may", b""
    except RegistryError as refusal:
        return type(refusal).__name__, str(refusal), b""
    except Exception as error:  # noqa: BLE001 (a library's fault is the task's, and no other's)
        # Its message may quote the page, and with it somebody's number.
        log.error("%s failed: %s", head["task"], type(error).__name__)
        return press.PressFailed.__name__, f"{head['task']} failed", b""


def _lay_out(head: dict[str, Any], content: bytes) -> bytes:
    return pdf.lay_out(content.decode(), pdf.Assets(head["prefix"], Path(head["folder"]), head["made"]))


def _read(head: dict[str, Any], content: bytes) -> bytes:
    return reading.text_in(content, most_pages=head["most_pages"]).encode()


TASKS: Final[dict[str, Callable[[dict[str, Any], bytes], bytes]]] = {"lay_out": _lay_out, "read": _read}

if __name__ == "__main__":
    main()
