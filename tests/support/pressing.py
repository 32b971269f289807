"""A press that answers at once, for tests in which paper is not the point: its PDF is the page itself."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from registry.printing import fonts, pdf, reading

HEAD = b"%PDF-page\n"


def make_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PDFs be made and read at once, font or none."""
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(pdf, "make_pdf", _make)
    monkeypatch.setattr(reading, "read_pdf", text_of_page)


def make_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine have no Chinese font."""
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)


def _make(html: str, *, assets: Any) -> bytes:
    fonts.require_chinese()
    return HEAD + html.encode()


def text_of_page(content: bytes) -> str:
    """Return what such a PDF says."""
    sheet = BeautifulSoup(content.removeprefix(HEAD), "html.parser").select_one("main")
    assert sheet is not None
    return sheet.get_text("\n")
