"""Debian's Chromium, driven by Playwright, and axe's judgement of what it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

DESKTOP = (1280, 900)
PHONE = (375, 740)
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",)
# Axe and nothing else, until it is asked for. It reads the colours of every element through a library that takes longer
# over them than all its other work; the same words are the same colour, so each is read once on a page.
BRING_AXE = f"""
window.bringAxe = () => {{
    {AXE_SCRIPT}
    const colour = axe.commons.color.Color.prototype;
    const read = colour.parseString;
    const known = new Map();
    colour.parseString = function (words) {{
        if (known.has(words)) {{
            [this.r, this.g, this.b, this.alpha] = known.get(words);
        }} else {{
            read.call(this, words);
            known.set(words, [this.r, this.g, this.b, this.alpha]);
        }}
        return this;
    }};
    return true;
}};
"""


def missing_packages() -> list[str]:
    """Debian's packages that a browser test needs and this machine has not."""
    missing = []
    if chromium() is None:
        missing.append("chromium")
    if not any(Path(font).exists() for font in FONTS):
        missing.append("fonts-noto-cjk")
    if shutil.which("pdftotext") is None:
        missing.append("poppler-utils")
    return missing


def chromium() -> str | None:
    """The program: where Debian has it, the one without a window and all that belongs to one, which is lighter."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    # Chromium's sandbox refuses to work for root, which is what a container runs tests as.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*arguments, "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


class Trouble:
    """What a page complained about to the browser: errors of scripts, refused or failed requests."""

    def __init__(self, context: BrowserContext) -> None:
        self.heard: list[str] = []
        context.on("weberror", lambda error: self.heard.append(f"script error: {error.error}"))
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("request", lambda request: self._asked(request.url))
        context.on("response", self._got)
        context.on("requestfailed", lambda request: self._failed(request.url, request.failure))

    def _said(self, sort: str, text: str) -> None:
        # Answers of 400 and more are judged in _got, which knows what was asked for.
        if sort == "error" and not text.startswith("Failed to load resource"):
            self.heard.append(f"console: {text}")

    def _got(self, response: Response) -> None:
        # A page may be an error page, which the test then looks at; a missing style or script is never meant.
        if response.status >= 400 and response.request.resource_type != "document":
            self.heard.append(f"{response.url} answered {response.status}")

    def _asked(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.heard.append(f"a request to another server: {url}")

    def _failed(self, url: str, failure: str | None) -> None:
        # A navigation that turns into a download, or that the next one overtakes, counts as aborted.
        if failure != "net::ERR_ABORTED":
            self.heard.append(f"{url} failed: {failure}")


def axe(page: Page) -> None:
    """Fail with one line for each element of the page that axe objects to."""
    # A page that was clicked to may stand there before its style sheets do.
    page.wait_for_load_state("load")
    if page.evaluate("typeof bringAxe") == "undefined":
        # The next pages will have it before they are asked: the browser keeps what it has compiled.
        page.add_init_script(BRING_AXE)
        page.evaluate(BRING_AXE)
    violations = page.evaluate(
        "window.axe || bringAxe(), axe.run({ resultTypes: ['violations'] }).then((results) => results.violations)"
    )
    found = [
        f"  - {violation['id']} ({violation['impact']}): {violation['help']}\n      {node['html'][:200]}\n"
        f"      {node.get('failureSummary', '').strip()}"
        for violation in violations
        for node in violation["nodes"]
    ]
    assert not found, f"axe objects to {page.url}:\n" + "\n".join(found)


def fits(page: Page) -> None:
    """Fail if the page is wider than its window, which on a phone means scrolling sideways."""
    page.wait_for_load_state("load")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than its window"
