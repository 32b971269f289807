"""The requests that may be large, of a file of numbers or of a page. What is known of them before any page is asked."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final, cast

from flask import Flask, Request, current_app, request

from registry.config import Settings
from registry.db.sealed_files import SealedSpool
from registry.errors import Busy
from registry.search.files import folders

PATH: Final = "/check/file"
# As a regular expression, for what is matched against the whole of a path.
PATHS: Final = PATH + r"|/staff/editions/\d{4}-\d\d-\d\d/compare"
ENDPOINTS: Final = ("file.upload", "staff.compare")
# What a form needs around its file: names, marks, the token.
_AROUND: Final = 65_536
# Set by the gate before the application, when it had no room.
_TURNED_AWAY: Final = "registry.turned_away"


def longest_file(settings: Settings) -> int:
    """Return the most bytes that a file may have."""
    return settings.check_file_mb * 1024 * 1024


def longest_body(settings: Settings) -> int:
    return longest_file(settings) + _AROUND


def folder(settings: Settings) -> Path:
    """Return where files lie while they come in, and those of numbers while they are worked on."""
    return settings.instance / folders.NAME


class UploadRequest(Request):
    """A request whose file, if it may send one, is nowhere on the disk in the clear."""

    @property
    def max_content_length(self) -> int | None:
        if self.endpoint in ENDPOINTS:
            return longest_body(_settings())
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint in ENDPOINTS:
            root = folder(_settings())
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cast(IO[bytes], SealedSpool(root))
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)


def install(app: Flask) -> None:
    @app.before_request
    def turn_away() -> None:
        if _TURNED_AWAY in request.environ:
            raise Busy


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["registry_settings"])
