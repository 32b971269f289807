"""Which file is this browser's: its number and its key are in the browser's cookie and nowhere else."""

from __future__ import annotations

from flask import session

from registry.errors import NotFound
from registry.search.files import folders
from registry.search.files.folders import Folder, State
from registry.web import uploads
from registry.web.sessions import settings

KEY = "file"


def remember(folder: Folder) -> None:
    session[KEY] = [folder.id, folder.ticket]


def forget() -> None:
    session.pop(KEY, None)


def load(number: str) -> tuple[Folder, State, bool]:
    """Return a file of this browser, how far it has come, and whether somebody is at work on it.

    Raises:
        NotFound: it is another's, or it was erased.
    """
    known, ticket = session.get(KEY) or ("", "")
    if known != number:
        raise NotFound(number)
    return folders.find(uploads.folder(settings()), number, ticket)


def load_any() -> tuple[Folder, State, bool] | None:
    """Return the file that this browser sent last, if it is still there."""
    try:
        return load((session.get(KEY) or ("",))[0])
    except NotFound:
        return None
