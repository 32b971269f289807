"""Fixtures of the tests that go through pages: an editor who is signed in, and what reads PDFs."""

from __future__ import annotations

import ctypes.util
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from registry.cli import staff
from registry.printing import fonts, pdf
from tests.support.client import JudgingClient


@pytest.fixture
def first_editor(app: Flask) -> tuple[str, str]:
    """The e-mail address and password of the first editor of a new registry."""
    made = staff.ensure_first_editor(app)
    assert made is not None
    return made


@pytest.fixture
def editor(app: Flask, first_editor: tuple[str, str]) -> JudgingClient:
    """A browser in which the first editor has signed in."""
    email, password = first_editor
    opened = app.test_client()
    assert isinstance(opened, JudgingClient)
    opened.get_page("/staff/sign-in")
    opened.submit(data={"email": email, "password": password})
    assert opened.url == "/staff"
    return opened


@pytest.fixture
def press() -> None:
    """Whatever a PDF needs from the system."""
    if not ctypes.util.find_library("pangoft2-1.0"):
        pytest.skip(f"needs Debian's Pango: apt-get install {pdf.PACKAGES}")
    if not fonts.has_chinese():
        pytest.skip(f"needs Debian's {fonts.PACKAGE}: apt-get install {fonts.PACKAGE}")


@pytest.fixture
def read_pdf(press: None, tmp_path: Path) -> Callable[..., str]:
    """A function from the bytes of a PDF and the name of a Poppler program to what that says of it."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs Debian's poppler-utils: apt-get install poppler-utils")

    def read(data: bytes, program: str, *options: str) -> str:
        file = tmp_path / "sheet.pdf"
        file.write_bytes(data)
        output = ("-",) if program == "pdftotext" else ()
        done = subprocess.run([program, *options, str(file), *output], capture_output=True, check=True, text=True)
        return done.stdout

    return read
