"""What nearly every answer tells of the register, and so is not read for each."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from sqlalchemy import event

from registry.db.direct import Reader
from registry.db.engine import Database

# For so long a process believes what it has read. What it has written itself, it knows at once.
SECONDS: Final = 1.0

Known = TypeVar("Known")


class Believed(Generic[Known]):
    """Something that is read from the database, as a process knows it."""

    def __init__(self, database: Database, read: Callable[[Reader], Known]) -> None:
        self._read = read
        # Another object after each writing, so that what was read before it is known to be old.
        self._writing = object()
        self._known: tuple[Known, object, float] | None = None
        # A writing session gives its connection back when all can read what it wrote.
        event.listen(database.write_engine, "checkin", self._written)

    def lately(self, get_reader: Callable[[], Reader]) -> Known:
        """Return it as it was within the last second."""
        if self._known is not None:
            value, writing, until = self._known
            if writing is self._writing and time.monotonic() < until:
                return value
        return self.now(get_reader())

    def now(self, reader: Reader) -> Known:
        """Return it as it is."""
        writing = self._writing
        value = self._read(reader)
        self._known = value, writing, time.monotonic() + SECONDS
        return value

    def _written(self, *_connection: object) -> None:
        self._writing = object()
