"""How many requests are worked on at once, and which one is next.

Python runs one thread at a time, and SQLite lets go of its lock at every statement: two pages at once take longer than
one after the other, for the lock is handed to and fro. But a request that takes long, a PDF or a transaction that waits
for another, must not stop the quick ones behind it. So few are let in together, and the next one as soon as one of
them has not been quick.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Final

# In seconds. Pages take a few milliseconds.
QUICK: Final = 0.03


class Places:
    """Lets requests in, in the order of asking: `together` that may still be quick, `most` of all.

    A semaphore of `threading` lets newcomers overtake: with 256 readers at once one in a hundred waited 4 s, here 1.5.
    """

    def __init__(self, *, together: int, most: int, quick: float = QUICK) -> None:
        self._together = together
        self._most = most
        self._quick = quick
        self._lock = threading.Lock()
        # When each that is inside came in, by the thread that works on it.
        self._inside: dict[int, float] = {}
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._somebody_waits = threading.Event()
        self._watcher: threading.Thread | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._lock:
            if not self._waiting and self._has_room():
                self._inside[me] = time.monotonic()
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append((me, turn))
            self._watch()
        turn.acquire()

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            del self._inside[threading.get_ident()]
            self._let_in()

    def _has_room(self) -> bool:
        if len(self._inside) < self._together:
            return True
        if len(self._inside) >= self._most:
            return False
        since = time.monotonic() - self._quick
        return sum(came > since for came in self._inside.values()) < self._together

    def _let_in(self) -> None:
        while self._waiting and self._has_room():
            thread, turn = self._waiting.popleft()
            self._inside[thread] = time.monotonic()
            turn.release()

    def _watch(self) -> None:
        """See to it that somebody looks whether those inside are quick, while anybody waits."""
        self._somebody_waits.set()
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._look_again_and_again, name="places", daemon=True)
            self._watcher.start()

    def _look_again_and_again(self) -> None:
        while self._somebody_waits.wait():
            time.sleep(self._quick)
            with self._lock:
                self._let_in()
                if not self._waiting:
                    self._somebody_waits.clear()
