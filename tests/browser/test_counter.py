"""At the counter: one number after another, on a desk and on a phone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BOX = "#check-form input[name=number]"


def test_the_box_is_ready_for_the_next_number(page):
    page.goto("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("91110000600037341L")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_count(1)
    expect(page.locator(BOX)).to_be_focused()
    # What is typed next takes the place of the last number, which was marked.
    page.keyboard.type("110105194912310021")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-impossible")).to_have_count(1)
    expect(page.locator(BOX)).to_have_value("110105194912310021")
    page.get_by_role("button", name="第 18 位改为 X").click()
    expect(page.locator(".verdict-impossible")).to_have_count(0)
    expect(page.locator(BOX)).to_have_value("11010519491231002X")


def test_escape_empties_the_box_from_anywhere(page):
    page.goto("/check?number=91110000600037341L")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_have_value("")
    page.keyboard.type("A1")
    page.locator(".receipt-request button").focus()
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(".keys")).to_be_visible()


def test_lines_pasted_from_a_spreadsheet_are_told_apart(page):
    page.goto("/check")
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'sheet' }))")
    page.fill("#sheet", "91110000600037341L\n14990332018376\t杨阔远")
    page.press("#sheet", "Control+a")
    page.press("#sheet", "Control+x")
    page.press(BOX, "Control+v")
    page.keyboard.press("Enter")
    expect(page.locator(".several > li")).to_have_count(2)
    page.locator(".several button").first.click()
    expect(page.locator(BOX)).to_have_value("91110000600037341L")
    expect(page.locator(".verdict")).to_have_count(1)


def test_a_receipt_is_printed_and_the_next_number_typed(page):
    page.goto("/check?number=91110000600037341L")
    page.locator(".receipt-request button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("查验回执")
    page.get_by_role("link", name="返回").click()
    expect(page.locator(BOX)).to_be_focused()


def test_without_scripts_a_receipt_is_made_and_verified(open_browser):
    page = open_browser(javascript=False).new_page()
    page.goto("/check?number=91110000600037341L")
    page.locator(".receipt-request button").click()
    code = page.inner_text(".print-code").strip()
    page.goto("/receipts")
    page.fill("[name=code]", code)
    page.keyboard.press("Enter")
    expect(page.locator(".notice-success")).to_contain_text("这份回执真实")


def test_an_error_is_read_before_the_box(page):
    page.goto("/check")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="请输入号码").click()
    expect(page.locator(BOX)).to_be_focused()


def test_a_phone_keeps_its_keyboard_away_from_the_answer(phone_page):
    phone_page.goto("/check?number=91110000600037341L")
    expect(phone_page.locator(".verdict-word")).to_be_in_viewport()
    expect(phone_page.locator(BOX)).not_to_be_focused()


def test_the_answer_is_read_out_with_the_box(page):
    page.goto("/check?number=91110000600037341L")
    expect(page.locator(BOX)).to_have_accessible_description(re.compile("未登记"))


def test_without_scripts_everything_is_there(open_browser):
    page = open_browser(javascript=False).new_page()
    page.goto("/")
    page.fill(BOX, "91110000600037341L")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-word")).to_have_text("未登记")


def test_the_print_button_prints(open_browser, demo):
    page = open_browser().new_page()
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    page.goto(f"{demo.url}/declarations/{demo.references['published']}/print")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed") == 1
    # On paper there is no toolbar.
    page.emulate_media(media="print")
    expect(page.locator(".toolbar")).to_be_hidden()
