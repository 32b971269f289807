"""HTML to PDF through WeasyPrint, with the fonts embedded and nothing fetched but the program's own static files."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from registry.printing import fonts, justify, press

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

# Only resolved against, never asked.
ORIGIN: Final = "https://static.invalid"
_PICTURES: Final = ("data:image/svg+xml", "data:image/png")


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
        PressBusy: too many others are waiting, or one takes long.
        PressFailed: it took more time or memory than a page may.
    """
    fonts.require_chinese()
    told = {"prefix": assets.prefix, "folder": str(assets.folder), "made": dict(assets.made)}
    return press.run("lay_out", told, html.encode())


def lay_out(html: str, assets: Assets) -> bytes:
    """Return a page as PDF, made in this process, however long it takes.

    Raises:
        PressMissing: Pango is not installed.
    """
    page = _weasyprint().HTML(string=html, base_url=f"{ORIGIN}/", url_fetcher=_fetcher(assets))
    pdf: bytes = page.write_pdf(presentational_hints=False, optimize_images=False, pdf_tags=True)
    return pdf


def open_asset(assets: Assets, url: str) -> tuple[bytes, str]:
    """Return what a page may use under an address: its bytes and media type.

    Raises:
        ValueError: the address is not one of the program's own styles and pictures.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}" == ORIGIN and path in assets.made:
        return assets.made[path].encode(), "text/css"
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN or not path.startswith(assets.prefix):
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
        raise press.PressMissing(f"Pango is not installed; on Debian: {press.PACKAGES}") from error
    justify.install()
    # It warns of each style meant for screens, every time.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint
