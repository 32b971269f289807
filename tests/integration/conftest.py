"""Fixtures of the tests that go through pages: an editor who is signed in, and what reads PDFs."""

from __future__ import annotations

import ctypes.util
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, session
from flask_security import login_user

from registry.cli import staff
from registry.printing import fonts
from registry.printing.press import PACKAGES
from registry.web.accounts import datastore
from tests.support.client import JudgingClient


@pytest.fixture
def first_editor(app: Flask) -> tuple[str, str]:
    """The e-mail address and password of the first editor of a new registry."""
    made = staff.ensure_first_editor(app)
    assert made is not None
    return made


@pytest.fixture
def editor(app: Flask, first_editor: tuple[str, str]) -> JudgingClient:
    """A browser in which the first editor has signed in; how that is done on the page is for test_accounts.py."""
    opened = app.test_client()
    assert isinstance(opened, JudgingClient)
    with app.test_request_context("/staff/sign-in"):
        assert login_user(datastore().find_user(email=first_editor[0]))
        signed_in = dict(session)
    with opened.session_transaction() as cookie:
        cookie.update(signed_in)
    return opened


@pytest.fixture
def press() -> None:
    """Whatever a PDF needs from the system."""
    if not ctypes.util.find_library("pangoft2-1.0"):
        pytest.skip(f"needs Debian's Pango: apt-get install {PACKAGES}")
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
