"""A file of numbers, as somebody sees it who waits for its answers."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser

PROGRESS = "**/check/file/*/progress"


def test_who_calls_it_off_is_not_taken_back_to_the_file(page):
    # However quickly the file is read, the page goes on waiting for it.
    waiting = {"stage": "reading", "at_work": True, "percent": None, "said": "正在读取"}
    page.route(PROGRESS, lambda route: route.fulfill(json=waiting))

    def erase_slowly(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        page.unroute(PROGRESS)
        # Time enough for the page to ask for the progress of what is erased.
        time.sleep(1.5)
        route.fulfill(response=answer)

    page.route("**/check/file/*/erase", erase_slowly)
    page.goto("/check/file")
    page.set_input_files(
        "input[type=file]", {"name": "numbers.txt", "mimeType": "text/plain", "buffer": b"91110000600037341L\n"}
    )
    page.get_by_role("button", name="上传").click()
    page.get_by_role("button", name="取消并删除文件").click()
    expect(page).to_have_url(re.compile("/check/file$"))
    expect(page.get_by_text("您的文件和有关内容已全部删除")).to_be_visible()
