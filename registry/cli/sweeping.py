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


def start(settings: Settings) -> threading.Event:
    """Erase now what is too old, and go on doing so in the background for as long as this process runs.

    Returns what ends it when it is set.
    """
    end = threading.Event()
    threading.Thread(target=_go_on, args=(settings, end), daemon=True, name="sweeping").start()
    return end


def sweep(settings: Settings) -> int:
    """Erase the files of numbers that are too old; return how many that were."""
    return folders.sweep(uploads.folder(settings), older_than=timedelta(minutes=settings.check_file_minutes))


def _go_on(settings: Settings, end: threading.Event) -> None:
    while not end.is_set():
        try:
            sweep(settings)
        except OSError as error:
            log.error("files of numbers could not be erased: %s", error.strerror)
        end.wait(EVERY_SECONDS)
