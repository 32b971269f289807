"""The edition that was published last, which stands above every page."""

from __future__ import annotations

import time
from typing import Final, cast

from flask import Flask, current_app
from sqlalchemy import event

from registry.db.engine import Database
from registry.declarations.edition_names import NamedEdition, name_latest_edition
from registry.web.sessions import reader

# For so long a masthead believes what was read. What the process has written itself, it knows at once.
SECONDS: Final = 1.0
_LATEST: Final = "registry_latest_edition"


class LatestEdition:
    """What a process knows of the edition that was published last."""

    def __init__(self, database: Database) -> None:
        # Another object after each writing, so that what was read before it is known to be old.
        self._writing = object()
        self._known: tuple[NamedEdition | None, object, float] = (None, None, 0.0)
        # A writing session gives its connection back when all can read what it wrote.
        event.listen(database.write_engine, "checkin", self._written)

    def believed(self) -> NamedEdition | None:
        """Return its day and number as they were read within the last second; None before the first."""
        edition, writing, until = self._known
        return edition if writing is self._writing and time.monotonic() < until else self.read()

    def read(self) -> NamedEdition | None:
        """Return its day and number as they are now; None before the first."""
        writing = self._writing
        edition = name_latest_edition(reader())
        self._known = edition, writing, time.monotonic() + SECONDS
        return edition

    def _written(self, *_connection: object) -> None:
        self._writing = object()


def install(app: Flask) -> None:
    app.extensions[_LATEST] = latest = LatestEdition(app.extensions["registry_database"])
    app.add_template_global(latest.believed, "latest_edition")


def latest_edition() -> LatestEdition:
    return cast(LatestEdition, current_app.extensions[_LATEST])
