"""Taking the text out of a PDF: of a column that this program made, or of a page that the newspaper printed."""

from __future__ import annotations

import io
import logging
from typing import Any, Final

from registry.printing import press
from registry.printing.press import FileUnreadable

MOST_PAGES: Final = 40


def read_pdf(content: bytes) -> str:
    """Return the text of a PDF, page by page, as far as it has any.

    Raises:
        FileUnreadable: it is none, or broken, locked with a password, or of too many pages.
        PressBusy, PressFailed: see `press.run`.
    """
    # A lone surrogate, which a broken table of characters can give, is no text.
    return press.run("read", {"most_pages": MOST_PAGES}, content).decode(errors="replace")


def text_in(content: bytes, *, most_pages: int) -> str:
    """Return the text of a PDF. It may take any time and memory, so call it where both are limited.

    Raises:
        FileUnreadable: see `read_pdf`.
    """
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileUnreadable("it is locked with a password")
        pages = len(reader.pages)
        if pages > most_pages:
            raise FileUnreadable(f"it has {pages} pages, more than {most_pages}")
        return "\n".join(_text_of(page) for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileUnreadable("it is no PDF, or a broken one") from error


def _text_of(page: Any) -> str:
    text: str = page.extract_text()
    return text.encode(errors="replace").decode()
