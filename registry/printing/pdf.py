"""HTML to PDF through WeasyPrint, with the fonts embedded and nothing fetched but the program's own static files."""

from __future__ import annotations

import logging
import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from registry.errors import RegistryError
from registry.printing import fonts, justify

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# Only resolved against, never asked.
_ORIGIN: Final = "https://static.invalid"
_PICTURES: Final = ("data:image/svg+xml", "data:image/png")

# Layout holds Python's lock nearly all the time: two sheets at once take each twice as long, and all memory.
_press = threading.Lock()
MOST_WAITING: Final = 2
PATIENCE: Final = 20.0
_places = threading.BoundedSemaphore(1 + MOST_WAITING)


class PressBusy(RegistryError):
    """Other sheets are being made; ask again in a moment."""


class PressMissing(RegistryError):
    """The libraries that lay out a PDF are not installed."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the styles of a page come from: addresses under `prefix` are files in `folder`, and there are no others
    but those in `made`, style sheets by their paths."""

    prefix: str
    folder: Path
    made: Mapping[str, str] = field(default_factory=dict)


def make_pdf(html: str, *, assets: Assets) -> bytes:
    """Return a page as PDF.

    Raises:
        FontMissing: no Chinese font is installed.
        PressMissing: Pango is not installed.
        PressBusy: too many others are waiting, or one took too long.
    """
    fonts.require_chinese()
    weasyprint = _weasyprint()
    with _turn():
        page = weasyprint.HTML(string=html, base_url=f"{_ORIGIN}/", url_fetcher=_fetcher(assets))
        pdf: bytes = page.write_pdf(presentational_hints=False, optimize_images=False, pdf_tags=True)
    return pdf


@contextmanager
def _turn() -> Iterator[None]:
    """One sheet at a time in this process, a few waiting, the others refused at once."""
    if not _places.acquire(blocking=False):
        raise PressBusy("too many are waiting for a PDF")
    try:
        if not _press.acquire(timeout=PATIENCE):
            raise PressBusy("a PDF before this one takes long")
        try:
            yield
        finally:
            _press.release()
    finally:
        _places.release()


def open_asset(assets: Assets, url: str) -> tuple[bytes, str]:
    """Return what a page may use under an address: its bytes and media type.

    Raises:
        ValueError: the address is not one of the program's own styles and pictures.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}" == _ORIGIN and path in assets.made:
        return assets.made[path].encode(), "text/css"
    if f"{parts.scheme}://{parts.netloc}" != _ORIGIN or not path.startswith(assets.prefix):
        raise ValueError("a printed page uses the program's own files only")
    folder = assets.folder.resolve()
    file = (folder / path.removeprefix(assets.prefix)).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise ValueError("there is no such file among the program's own")
    return file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _fetcher(assets: Assets) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Opens no socket and no file outside the folder of assets."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith(_PICTURES):
                return super().fetch(url, headers)
            body, media_type = open_asset(assets, url)
            return URLFetcherResponse(url, body, {"Content-Type": media_type})

    return OwnFiles(allowed_protocols=("data",), allow_redirects=False)


@cache
def _weasyprint() -> Any:
    # A heavy import, and the only one that needs libraries of the system: the registry runs without them.
    try:
        import weasyprint
    except OSError as error:
        raise PressMissing(f"Pango is not installed; on Debian: {PACKAGES}") from error
    justify.install()
    # It warns of each style meant for screens, every time.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint
