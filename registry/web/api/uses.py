"""On which day a key was last used, so that editors see which ones nobody needs any more.

A GET never writes, and neither does this request: the day is noted beside it, in a transaction of its own, once a day
for each key and worker. A note that fails is made again with the next use.
"""

from __future__ import annotations

import logging
import threading
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from registry.db.api_keys import KnownProgram, note_use
from registry.db.direct import day_of
from registry.db.engine import Database

log = logging.getLogger("registry.api")


class Uses:
    """Notes of the last use of keys in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[int, date] = {}
        self._under_way: list[threading.Thread] = []

    def note(self, program: KnownProgram, today: date) -> None:
        """Have it noted that a key is used today, unless that is known."""
        last = day_of(program.last_used_on)
        # A replica tells late of what was noted.
        if (last is not None and last >= today) or self._noted.get(program.key_id) == today:
            return
        self._noted[program.key_id] = today
        thread = threading.Thread(target=self._write, args=(program.key_id, today), daemon=True)
        self._under_way = [other for other in self._under_way if other.is_alive()] + [thread]
        thread.start()

    def wait(self) -> None:
        """Return when every note is made."""
        for thread in self._under_way:
            thread.join()

    def _write(self, key_id: int, today: date) -> None:
        try:
            with self._database.session(write=True) as session:
                note_use(session, key_id, today)
                session.commit()
        except SQLAlchemyError as error:
            self._noted.pop(key_id, None)
            log.warning("the use of key %d could not be noted: %s", key_id, type(error).__name__)
