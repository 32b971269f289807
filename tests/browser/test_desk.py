"""The editors' desk with hands on the keyboard, and the receipt at the printer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from registry.config import Settings
from registry.db import keys
from registry.db.engine import Database
from registry.declarations import service
from tests.browser import journeys
from tests.support import factories as make

pytestmark = pytest.mark.browser

FACTS = {
    "declarant": "杨阔远",
    "declarant_type": "person",
    "document": {"pick": "公章"},
}


@pytest.fixture(scope="module")
def register(server):
    """The database of the server, into which a declaration comes sooner than through its pages."""
    settings = Settings.from_environ({"REGISTRY_INSTANCE": str(server.instance)})
    database = Database(settings, keys.ensure(settings))
    yield database
    database.dispose()


@pytest.fixture
def receipt(register):
    with register.session(write=True) as session:
        declaration = make.submitted(session, make.seal())
        receipt = journeys.Receipt(declaration.reference, service.secret_of(session, declaration))
        session.commit()
    return receipt


def said(page, words):
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_a_reason_is_written_and_sent_from_the_keyboard(server, page, receipt):
    journeys.sign_in(page, server.first_sign_in)
    page.goto(f"/staff/declarations/{receipt.reference}")
    summary = page.locator("summary", has_text="退回修改")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#return-reason")).to_be_focused()
    page.keyboard.type("请写明正本还是副本")
    page.keyboard.press("Control+Enter")
    said(page, receipt.reference)
    page.goto(f"/staff/declarations/{receipt.reference}")
    expect(page.locator(".history-reason").first).to_have_text("请写明正本还是副本")


def test_one_decision_is_open_at_a_time(server, page, receipt):
    journeys.sign_in(page, server.first_sign_in)
    page.goto(f"/staff/declarations/{receipt.reference}")
    page.locator("summary", has_text="退回修改").click()
    page.locator("summary", has_text="不予刊登").click()
    expect(page.locator("details.decision[open]")).to_have_count(1)
    expect(page.locator("#reject-reason")).to_be_focused()


def test_an_empty_reason_puts_the_error_first(server, page, receipt):
    journeys.sign_in(page, server.first_sign_in)
    page.goto(f"/staff/declarations/{receipt.reference}")
    page.locator("summary", has_text="退回修改").click()
    page.locator("details[open] button").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.locator("#return-reason")).to_be_focused()


def test_enter_approves_and_goes_on(server, page, receipt):
    journeys.sign_in(page, server.first_sign_in)
    page.goto(f"/staff/declarations/{receipt.reference}")
    page.locator("form[action$='/approve'] button").focus()
    page.keyboard.press("Enter")
    said(page, f"{receipt.reference} 已通过")
    expect(page).not_to_have_url(re.compile(receipt.reference))


def test_everything_is_decided_without_scripts(server, open_browser, receipt):
    page = open_browser(javascript=False).new_page()
    journeys.sign_in(page, server.first_sign_in)
    page.goto(f"/staff/declarations/{receipt.reference}")
    page.locator("summary", has_text="不予刊登").click()
    page.fill("#reject-reason", "重复提交")
    page.locator("details[open] button").click()
    said(page, f"{receipt.reference} 不予刊登")


def test_the_receipt_goes_to_the_printer(page):
    page.add_init_script("window.print = () => { document.body.dataset.printed = 'yes'; }")
    receipt = journeys.declare(page, FACTS)
    page.get_by_role("button", name="打印回执").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".colophon")).to_be_hidden()
    expect(page.get_by_role("button", name="打印回执")).to_be_hidden()
    expect(page.locator(".receipt-code")).to_have_text(receipt.code)
    expect(page.locator(".receipt-picture")).to_be_visible()


def test_the_secret_leaves_the_address_bar(server, open_browser, receipt):
    page = open_browser().new_page()
    page.goto(f"/follow/{receipt.reference}/{receipt.code}")
    expect(page).to_have_url(re.compile(rf"/follow/{receipt.reference}$"))
    assert receipt.code not in page.content()
    page.go_back()
    assert receipt.code not in page.url
