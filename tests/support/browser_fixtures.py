"""Fixtures of the browser tests, which share one server and one Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.browser import DESKTOP, PHONE, Trouble, launched, missing_packages
from tests.support.server import RunningServer


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """`python app.py` on a database of its own, shared by the browser tests of the session."""
    running = RunningServer(tmp_path_factory.mktemp("server") / "instance").start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    missing = missing_packages()
    if missing:
        pytest.skip(f"needs Debian's {' and '.join(missing)}: apt-get install {' '.join(missing)}")
    with launched() as opened:
        yield opened


@pytest.fixture
def open_browser(browser: Browser, server: RunningServer) -> Iterator[Callable[..., BrowserContext]]:
    """`open_browser(phone=True, language="en", dark=True, javascript=False)`: a reader with a clean browser.

    At the end the test fails if any page had trouble: a script error, a refused style, a request to elsewhere.
    """
    contexts: list[tuple[BrowserContext, Trouble]] = []

    def make(
        *, phone: bool = False, language: str = "zh", dark: bool = False, javascript: bool = True, **more: Any
    ) -> BrowserContext:
        width, height = PHONE if phone else DESKTOP
        context = browser.new_context(
            base_url=more.pop("base_url", server.url),
            viewport={"width": width, "height": height},
            is_mobile=phone,
            has_touch=phone,
            locale="zh-CN" if language == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            **more,
        )
        context.set_default_timeout(10_000)
        contexts.append((context, Trouble(context)))
        if language == "en":
            page = context.new_page()
            page.goto("/?lang=en")
            page.close()
        return context

    yield make
    heard: list[str] = []
    for context, trouble in contexts:
        heard += trouble.heard
        context.close()
    assert not heard, "the browser heard of trouble:\n  - " + "\n  - ".join(heard)


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    """A Chinese reader at a desk."""
    return open_browser().new_page()


@pytest.fixture
def phone_page(open_browser: Callable[..., BrowserContext]) -> Page:
    """A Chinese reader with a phone 375 px wide."""
    return open_browser(phone=True).new_page()
