"""The whole job on real input: four declarations of a newspaper page, from the form to the printed column."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

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
    put_in_order(editor, day, [receipt.reference for receipt in receipts])
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

    column = printed_lines(editor, f"/staff/editions/{day.isoformat()}", tmp_path)
    for sentence in SENTENCES:
        assert sentence in "".join(column), sentence
    sentence = SENTENCES[-1].removeprefix("■")
    declaration = f"/staff/declarations/{receipts[-1].reference}"
    assert sentence in "".join(printed_lines(editor, declaration, tmp_path))
    assert sentence in "".join(printed_lines(editor, f"{declaration}/publication", tmp_path, sheet=""))


def printed_lines(page, address, folder, *, sheet="/print", pdf=".pdf"):
    """The lines of a sheet, which are the same from the browser's printer as in the PDF."""
    page.goto(address + sheet)
    from_browser = lines_of(page.pdf(prefer_css_page_size=True), folder)
    from_press = lines_of(page.request.get(address + pdf).body(), folder)
    assert from_browser == from_press, "whoever prints it has the same lines"
    return from_press


def lines_of(pdf, folder):
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    lines = ("".join(line.split()) for line in text.splitlines())
    # Where in the file the number of the page stands is each printer's own affair.
    return [line for line in lines if line and line != "1/1"]


def put_in_order(editor, day, references):
    """Move the declarations from their natural order to that of the newspaper: by number, pointer and keyboard."""
    first, second, third, fourth = references
    editor.goto(f"/staff/editions/{day.isoformat()}")
    assert order_of(editor) == [first, fourth, third, second]
    editor.fill("#number", "4")
    editor.fill("#place", "2")
    editor.keyboard.press("Enter")
    expect(editor.locator(".column-list > li").nth(1)).to_have_id(second)
    handle, target = editor.locator(f"[id='{third}'] [data-handle]"), editor.locator(f"[id='{fourth}']")
    handle.hover()
    editor.mouse.down()
    box = target.bounding_box()
    editor.mouse.move(box["x"] + 20, box["y"] + 2, steps=4)
    expect(editor.locator("body > [role=status]")).to_have_text("3 / 4")
    editor.mouse.up()
    told = editor.locator("body > [role=status]")
    expect(told).to_have_text(f"{third} 现在排在第 3 位。")
    assert order_of(editor) == references
    for step, place in (("上移", 1), ("下移", 2)):
        editor.get_by_role("button", name=f"{step} {second}").focus()
        editor.keyboard.press("Enter")
        expect(told).to_have_text(f"{second} 现在排在第 {place} 位。")
        assert order_of(editor)[place - 1] == second
    expect(editor.get_by_role("button", name=f"下移 {second}")).to_be_focused()


def order_of(page):
    return page.eval_on_selector_all(".column-list > li", "items => items.map(item => item.id)")


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
