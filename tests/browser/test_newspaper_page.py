"""The whole job on real input: four declarations of a newspaper page, from the form to the printed column."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from registry import clock
from tests.browser import journeys
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

FACTS = json.loads((Path(__file__).parent / "data" / "yangquan-2024-03.json").read_text(encoding="utf-8"))
SENTENCES = [facts["sentence"] for facts in FACTS["declarations"]]


@pytest.fixture
def press(tmp_path):
    """A register of its own: its edition holds these four and nothing that other tests accepted."""
    server = RunningServer(tmp_path / "instance").start()
    yield server
    server.stop()


def test_a_newspaper_page_goes_through_the_registry(open_browser, press, tmp_path):
    declarant = open_browser(phone=True, base_url=press.url).new_page()
    receipts = [journeys.declare(declarant, facts) for facts in FACTS["declarations"]]
    assert len({receipt.reference for receipt in receipts}) == 4

    editor = open_browser(base_url=press.url).new_page()
    journeys.sign_in(editor, press.first_sign_in)
    day = open_day(editor)
    for receipt in receipts:
        journeys.approve(editor, receipt.reference, day)
    journeys.publish(editor, day)

    clerk = open_browser(base_url=press.url).new_page()
    for facts in FACTS["declarations"]:
        found_by_name(clerk, facts["declarant"])
        if facts["document"]["number"]:
            found_by_number(clerk, facts["document"]["number"], facts["declarant"])

    editor.goto(f"/staff/editions/{day.isoformat()}/print")
    assert editor.locator(".print-column li").all_text_contents() == SENTENCES

    clerk.goto(f"/editions/{day.isoformat()}/print")
    public = "".join(clerk.locator(".print-column li").all_text_contents())
    assert "2036254085333" not in public
    assert "山西顺合昌物流有限公司的公章丢失" in public

    pdf = tmp_path / "column.pdf"
    pdf.write_bytes(editor.request.get(f"/staff/editions/{day.isoformat()}.pdf").body())
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for sentence in SENTENCES:
        assert sentence in "".join(text.split()), sentence


def open_day(editor) -> date:
    """The day that the approval form proposes, which is today until today's edition is out."""
    editor.goto("/staff")
    editor.locator("main a[href*='/staff/declarations/S']").first.click()
    proposed = editor.locator("form[action$='/approve'] input[type=date]").input_value()
    day = date.fromisoformat(proposed)
    assert day == clock.today()
    return day


def found_by_name(page, name):
    page.goto("/declarations")
    page.fill("[name=q]", name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/declarations?**")
    assert name in page.inner_text("main .notice-list, main ol")


def found_by_number(page, number, name):
    journeys.check(page, number)
    assert page.locator("[data-verdict=declared], .verdict-declared").count() == 1
    assert name in page.inner_text("main")
