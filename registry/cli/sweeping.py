"""Files of numbers whose time is over are erased by every worker, once a minute, so that none outlasts it."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Final

from registry.config import Settings
from registry.search.files import folders
from registry.web import uploads

log = logging.getLogger("registry.files")

EVERY_SECONDS: Final = 60.0


def start(settings: Settings) -> None:
    """Erase now what is too old, and go on doing so in the background for as long as this process runs."""
    threading.Thread(target=_go_on, args=(settings, threading.Event()), daemon=True, name="sweeping").start()


def sweep(settings: Settings) -> int:
    """Erase the files of numbers that are too old; return how many that were."""
    return folders.sweep(uploads.folder(settings), older_than=timedelta(minutes=settings.check_file_minutes))


def _go_on(settings: Settings, never: threading.Event) -> None:
    while True:
        try:
            sweep(settings)
        except OSError as error:
            log.error("files of numbers could not be erased: %s", error.strerror)
        never.wait(EVERY_SECONDS)
