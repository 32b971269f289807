"""What scripts add to declaring: the list that filters itself, and the number that is checked while it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import journeys
from tests.support.browser import axe, fits

pytestmark = pytest.mark.browser

RIGHT = "11010519491231002X"
WRONG = "110105194912310021"


def test_the_list_filters_itself_and_counts_what_is_ticked(phone_page: Page) -> None:
    phone_page.goto("/declare")
    expect(phone_page.get_by_role("button", name="查找")).to_be_hidden()
    phone_page.get_by_role("checkbox", name="居民身份证").check()
    phone_page.fill("#q", "财务")
    expect(phone_page.get_by_role("checkbox", name="公章", exact=True)).to_be_hidden()
    expect(phone_page.get_by_role("checkbox", name="居民身份证")).to_be_visible()
    phone_page.get_by_role("checkbox", name="财务专用章").check()
    phone_page.get_by_role("spinbutton", name="财务专用章的数量").fill("2")
    expect(phone_page.locator("#total")).to_have_text("已选 3 件")
    phone_page.fill("#q", "滑翔机")
    expect(phone_page.locator("#found")).to_contain_text("没有找到")
    expect(phone_page.get_by_role("checkbox", name="其他证件")).to_be_visible()
    fits(phone_page)
    axe(phone_page)
    phone_page.keyboard.press("Enter")
    expect(phone_page).to_have_url("/declare")
    journeys.go_on(phone_page)
    expect(phone_page.get_by_text("第 1 件，共 3 件")).to_be_visible()


def test_the_number_is_checked_as_it_is_typed(page: Page) -> None:
    journeys.choose(page, "居民身份证")
    live = page.locator("#number-text-live")
    page.locator("#number-text").press_sequentially(WRONG)
    expect(live).to_contain_text("第 18 位校验码应为 X")
    assert live.get_attribute("aria-live") == "polite"
    axe(page)
    page.get_by_role("button", name=RIGHT).click()
    expect(live).to_contain_text("号码写法没有问题")
    expect(live).to_contain_text("1949年12月31日")
    expect(page.locator("#number-text")).to_have_value(RIGHT)
    expect(page.locator(".suggestion")).to_have_count(0)
    page.fill("#number-text", "")
    expect(live).to_be_empty()


def test_what_the_server_said_goes_when_the_number_is_mended(page: Page) -> None:
    journeys.choose(page, "居民身份证")
    page.fill("#number-text", WRONG)
    journeys.go_on(page)
    expect(page.locator("#number-text-error")).to_be_visible()
    expect(page.locator("#number-text-confirm")).to_be_visible()
    page.get_by_role("button", name=RIGHT).click()
    expect(page.locator("#number-text-error")).to_be_hidden()
    expect(page.locator("#number-text-confirm")).to_be_hidden()


def test_another_owner_and_an_organisation_are_asked_for_more(page: Page) -> None:
    journeys.choose(page, "公章")
    expect(page.locator("#holder")).to_be_hidden()
    page.check("[name=whose][value=other]")
    expect(page.locator("#holder")).to_be_visible()
    page.check("[name=whose][value=own]")
    page.fill("#number-text", "1")
    # By the keyboard: the live answer above it may move the box away from under a mouse.
    page.locator("#number-missing").press("Space")
    expect(page.locator("#number-text")).to_have_value("")
    journeys.go_on(page)
    expect(page.locator("#contact_name")).to_be_hidden()
    page.check("[name=declarant_type][value=organisation]")
    expect(page.locator("#contact_name")).to_be_visible()


def test_a_silent_server_keeps_nobody_waiting(page: Page) -> None:
    # Before the page is there: Chromium may let the first request of a page pass that has just been loaded.
    page.route("**/api/v1/examine", lambda route: route.abort("aborted"))
    journeys.choose(page, "居民身份证")
    page.fill("#number-text", WRONG)
    page.locator("#number-text").blur()
    page.wait_for_timeout(600)
    expect(page.locator("#number-text-live")).to_be_empty()
    page.unroute("**/api/v1/examine")
    page.fill("#number-text", RIGHT)
    expect(page.locator("#number-text-live")).to_contain_text("号码写法没有问题")


def test_the_proof_answers_at_once_to_what_is_ticked(page: Page) -> None:
    journeys.choose(page, "工作证")
    journeys.fill_document(page, {"number": "2036254085333", "label": "编号"})
    page.fill("[name=lost_at]", "长途汽车站")
    journeys.fill_declarant(page, declarant="杨阔远")
    sentence, account = page.locator(".clipping-sentence"), page.locator(".account")
    expect(sentence).to_have_text("■因不慎将杨阔远的工作证丢失，编号为2036254085333，声明作废。")
    short = account.inner_text()
    expect(page.get_by_role("button", name="按此显示声明")).to_be_hidden()
    page.evaluate("document.body.dataset.same = 'page'")
    place = page.get_by_role("checkbox", name="遗失的日期和地点")
    place.check()
    expect(sentence).to_contain_text("在长途汽车站将杨阔远的工作证丢失")
    expect(account).not_to_have_text(short)
    assert page.locator("[data-live=notice]").get_attribute("aria-live") == "polite"
    place.uncheck()
    expect(sentence).not_to_contain_text("长途汽车站")
    assert account.inner_text() == short
    assert page.locator("body").get_attribute("data-same") == "page"


def test_all_of_it_works_without_scripts(open_browser: Callable[..., BrowserContext]) -> None:
    page = open_browser(phone=True, javascript=False).new_page()
    page.goto("/declare")
    page.fill("#q", "工作证")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("checkbox", name="工作证").check()
    journeys.go_on(page)
    journeys.fill_document(page, {"number": "2036254085333", "label": "编号"})
    journeys.fill_declarant(page, declarant="杨阔远")
    expect(page.locator(".clipping-sentence")).to_have_text(
        "■因不慎将杨阔远的工作证丢失，编号为2036254085333，声明作废。"
    )
    journeys.send(page)
