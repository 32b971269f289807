"""Taking in the bodies that may be large, files of numbers and printed pages, before a place to work is taken.

It is spooled to a nameless, sealed file. Only so many are taken in at once, for each holds a thread and a piece of the
disk; whoever has stopped sending, or takes longer than the slowest line would, loses his turn to the next one.
"""

from __future__ import annotations

import re
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from registry.db.sealed_files import PIECE, SealedSpool

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# At once in one worker.
MOST: Final = 8
STALLED_SECONDS: Final = 30.0
LONGEST_SECONDS: Final = 900.0
# A browser that is answered before it has sent everything shows an error of its own instead: so much is read for it.
PATIENCE: Final = 4
# What the application finds when nothing was taken in.
TURNED_AWAY: Final = "registry.turned_away"


class Input(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(slots=True, eq=False)
class _Turn:
    began: float = field(default_factory=monotonic)
    moved: float = field(default_factory=monotonic)
    lost: bool = False


class _TurnLost(Exception):
    """Somebody else was waiting."""


class Uploads:
    """The large bodies of some addresses, up to `limit` bytes each; `folder` is where they are spooled.

    `paths` is a regular expression for the whole of a path.
    """

    def __init__(self, paths: str, *, limit: int, folder: Path, most: int = MOST) -> None:
        self._paths = re.compile(paths)
        self._limit = limit
        self._folder = folder
        self._most = most
        self._turns: list[_Turn] = []
        self._lock = threading.Lock()

    def concerns(self, environ: WSGIEnvironment) -> bool:
        """Whether a request is one of these."""
        return environ["REQUEST_METHOD"] == "POST" and bool(self._paths.fullmatch(environ.get("PATH_INFO", "")))

    def take_in(self, environ: WSGIEnvironment) -> SealedSpool | None:
        """Put the body of a request in the place of its input, and return it, to be closed.

        Where there is no room for it, or it is too long, the application meets no body: in the one case it finds
        TURNED_AWAY, in the other a length beyond its limit.
        """
        chunked = bool(environ.pop("HTTP_TRANSFER_ENCODING", None))
        sent = environ.get("CONTENT_LENGTH") or ""
        length = sys.maxsize if chunked else int(sent) if sent.isdecimal() else 0
        if not length or (not chunked and length > PATIENCE * self._limit):
            return None
        turn = self._enter()
        spool = None
        try:
            if turn is None:
                raise _TurnLost
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            spool = SealedSpool(self._folder)
            whole = self._read(environ["wsgi.input"], length, spool, turn)
        except (_TurnLost, OSError):
            environ["CONTENT_LENGTH"], environ[TURNED_AWAY] = "0", True
            if spool:
                spool.close()
            return None
        finally:
            self._leave(turn)
        spool.seek(0)
        environ["wsgi.input"] = spool
        # Without this word Werkzeug compares a body with its length, and refuses one that was cut off on the way.
        environ.pop("wsgi.input_terminated", None)
        if chunked:
            environ["CONTENT_LENGTH"] = str(spool.size if whole else sys.maxsize)
        return spool

    def _read(self, source: Input, length: int, spool: SealedSpool, turn: _Turn) -> bool:
        """Read a body; return whether the spool holds all of it."""
        missing = min(length, PATIENCE * self._limit)
        while missing > 0 and (piece := source.read(min(missing, PIECE))):
            missing -= len(piece)
            turn.moved = monotonic()
            if turn.lost:
                raise _TurnLost
            if spool.size <= self._limit:
                spool.write(piece)
        return spool.size <= self._limit

    def _enter(self) -> _Turn | None:
        with self._lock:
            if len(self._turns) >= self._most:
                now = monotonic()
                for turn in self._turns:
                    if now - turn.moved > STALLED_SECONDS or now - turn.began > LONGEST_SECONDS:
                        turn.lost = True
                        self._turns.remove(turn)
                        break
                else:
                    return None
            self._turns.append(turn := _Turn())
            return turn

    def _leave(self, turn: _Turn | None) -> None:
        with self._lock:
            if turn in self._turns:
                self._turns.remove(turn)
