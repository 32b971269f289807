"""Fixtures of the tests that go through pages: an editor who is signed in."""

from __future__ import annotations

import pytest
from flask import Flask

from registry.cli import staff
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
