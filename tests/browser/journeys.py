"""What people do in the browser, one function a step, found by what they see or by the names of the fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

PHONE = "13800138000"


@dataclass(frozen=True, slots=True)
class Receipt:
    reference: str
    code: str


def choose(page: Page, *picks: str) -> None:
    page.goto("/declare")
    for pick in picks:
        box = page.get_by_role("checkbox", name=pick, exact=True, include_hidden=True)
        if not box.is_visible():
            page.locator("details", has=box).locator("summary").click()
        box.check()
    go_on(page)


def fill_document(page: Page, document: dict[str, Any]) -> None:
    """Answer the page of one document: `title`, `number`, `label`, as the newspaper had them; printed in full."""
    title = page.locator("select[name=title]")
    if document.get("title") and title.count():
        title.select_option(document["title"])
    if document.get("number"):
        page.fill("[name=number-text]", document["number"])
        label = page.locator("select[name=number-label]")
        if label.count() and document.get("label"):
            label.select_option(document["label"])
        in_full = page.locator("[name=number-in_print][value=full]")
        if in_full.count():
            # By the keyboard: the live answer under the number may move the button away from under a mouse.
            in_full.press("Space")
    else:
        page.check("[name=number-missing]")
    page.check("[name=whose][value=own]")
    go_on(page)


def fill_declarant(page: Page, *, declarant: str, declarant_type: str = "person", contact: str = "杨女士") -> None:
    page.check(f"[name=declarant_type][value={declarant_type}]")
    page.fill("[name=declarant]", declarant)
    if declarant_type == "organisation":
        page.fill("[name=contact_name]", contact)
    page.fill("[name=phone]", PHONE)
    go_on(page)


def send(page: Page) -> Receipt:
    """Confirm the proof, and return what the receipt says."""
    page.check("[name=truth]")
    go_on(page)
    expect(page).to_have_url(re.compile("/receipt$"))
    shown = re.sub(r"\s", "", page.inner_text("main"))
    reference = re.search(r"S\d{2}-?\d{4}-?\d{3}[\dX]", shown)
    code = re.search(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", page.content())
    assert reference, shown
    assert code, shown
    digits = reference[0].replace("-", "")
    return Receipt(f"{digits[:3]}-{digits[3:7]}-{digits[7:]}", code[0])


def declare(page: Page, facts: dict[str, Any]) -> Receipt:
    """Type one declaration in from the first page to the receipt."""
    document = facts["document"]
    choose(page, document["pick"])
    fill_document(page, document)
    fill_declarant(page, declarant=facts["declarant"], declarant_type=facts["declarant_type"])
    return send(page)


def sign_in(page: Page, account: tuple[str, str]) -> None:
    page.goto("/staff")
    page.fill("[name=email]", account[0])
    page.fill("[name=password]", account[1])
    page.locator("main form").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/staff/?$"))


def approve(page: Page, reference: str, day: date) -> None:
    page.goto(f"/staff/declarations/{reference}")
    form = page.locator("form[action$='/approve']")
    form.locator("input[type=date]").fill(day.isoformat())
    form.get_by_role("button").click()


def publish(page: Page, day: date) -> None:
    page.goto(f"/staff/editions/{day.isoformat()}")
    form = page.locator("form[action$='/publish']")
    form.locator("input[type=checkbox]").check()
    form.get_by_role("button").click()


def check(page: Page, number: str) -> None:
    page.goto("/")
    page.fill("[name=number]", number)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/check$"))


def print_receipt(page: Page) -> str:
    """Ask for the receipt of the answer at hand; return the code that stands on the sheet."""
    page.locator(".receipt-request").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/receipts/[^/]+/print$"))
    return page.inner_text(".print-code").strip()


def go_on(page: Page) -> None:
    page.locator("main form .actions button[type=submit]").last.click()
