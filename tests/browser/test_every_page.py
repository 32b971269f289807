"""Every page in both languages, on desk and phone, in light and dark: axe finds nothing, nothing scrolls sideways.

Axe takes most of the time of all browser tests, so it looks at each page twice and not eight times: once in each
language, size and light. How wide a page is can be asked at both sizes for next to nothing.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from registry.web.access import ACCESS
from tests.browser import journeys
from tests.browser.conftest import STATES
from tests.support.browser import DESKTOP, PHONE, axe, fits

pytestmark = pytest.mark.browser

READERS = [
    pytest.param({"language": "zh"}, id="zh-desk-light"),
    pytest.param({"language": "en", "phone": True, "dark": True}, id="en-phone-dark"),
]
# By kind: a number that is refused, and one that is taken.
NUMBERS = {
    "resident_id_18": ("110105194912310021", "11010519491231002X"),
    "business_licence_uscc": ("91110000600037341A", "91110000600037341L"),
    "other": ("x" * 70, "A-1"),
}
# No pages of their own: files, redirects and what is only sent.
WITHOUT_PAGE = {
    "bootstrap.static", "declare.discard", "declare.options", "file.download", "file.erase", "file.progress",
    "follow.amend", "follow.leave", "follow.notice_pdf", "follow.open_link", "follow.publication_pdf",
    "public.column_styles", "public.declarations_atom", "public.declarations_csv",
    "public.declarations_jsonl", "public.edition_docx", "public.edition_pdf", "public.edition_text",
    "public.favicon", "public.notice_pdf", "public.open_data_file", "receipts.make_receipt", "receipts.pdf",
    "receipts.pem", "receipts.signed", "security.logout", "security.static", "staff.approve", "staff.close",
    "staff.edition_docx", "staff.edition_pdf", "staff.edition_text", "staff.kept_file", "staff.make_files",
    "staff.move", "staff.next_", "staff.notice_pdf", "staff.publication_pdf", "staff.publish", "staff.reject",
    "staff.reopen", "staff.reset_order", "staff.return_", "staff.revoke_key", "staff.take_back", "static",
}  # fmt: skip


def public_pages(demo):
    shown = ("published", "corrected", "withdrawn", "contested", "further")
    yield "public.home", "/"
    yield "public.about", "/about"
    yield "public.check", "/check"
    yield "file.upload", "/check/file"
    yield "public.kinds", "/kinds"
    yield "public.family", "/kinds/transport"
    yield "public.family", "/kinds/licences"
    yield "public.declarations", "/declarations"
    yield "public.declarations", "/declarations?q=不会有的名字"
    yield "public.declarations", "/declarations?from=xx&kind=none"
    yield "public.open_data", "/open-data"
    yield "public.programs", "/docs/api"
    yield "public.editions", "/editions"
    yield "public.editions_of_month", "/editions/2024-02"
    yield "public.list_of_editions", "/editions/list"
    yield "public.edition", f"/editions/{demo.published_day}"
    yield "public.edition_print", f"/editions/{demo.published_day}/print"
    for state in shown:
        yield "public.declaration", f"/declarations/{demo.references[state]}"
    yield "public.notice_print", f"/declarations/{demo.references['published']}/print"
    yield "receipts.enter", "/receipts"
    yield "receipts.key", "/receipts/key"
    yield "follow.enter", "/follow"
    yield "declare.choose", "/declare"
    yield "security.login", "/staff/sign-in"
    yield "errors", "/no-such-page"


def own_pages(demo):
    for state in STATES:
        reference = demo.references[state]
        yield "follow.show", f"/follow/{reference}/{demo.codes[reference]}"
    reference = demo.references["published"]
    yield "follow.receipt", f"/follow/{reference}/receipt"
    yield "follow.notice_print", f"/follow/{reference}/print"
    yield "follow.publication", f"/follow/{reference}/publication"
    yield "follow.withdraw", f"/follow/{reference}/withdraw"


def staff_pages(demo):
    yield "staff.queue", "/staff"
    yield "staff.records", "/staff/records"
    yield "staff.editions", "/staff/editions"
    yield "staff.edition", f"/staff/editions/{demo.published_day}"
    yield "staff.edition", f"/staff/editions/{demo.open_day}"
    yield "staff.edition_print", f"/staff/editions/{demo.open_day}/print"
    yield "staff.compare", f"/staff/editions/{demo.open_day}/compare"
    for state in STATES:
        yield "staff.review", f"/staff/declarations/{demo.references[state]}"
    yield "staff.wording", f"/staff/declarations/{demo.references['submitted']}/wording"
    yield "staff.withdraw", f"/staff/declarations/{demo.references['published']}"
    yield "staff.notice_print", f"/staff/declarations/{demo.references['submitted']}/print"
    yield "staff.publication", f"/staff/declarations/{demo.references['withdrawn']}/publication"
    yield "staff.keys", "/staff/keys"
    yield "security.change_password", "/staff/password"


def judge(page):
    axe(page)
    fits(page)
    here = page.viewport_size
    page.set_viewport_size(size_of(DESKTOP if here == size_of(PHONE) else PHONE))
    fits(page)
    page.set_viewport_size(here)


def size_of(window):
    return dict(zip(("width", "height"), window, strict=True))


def look(page, url):
    page.goto(url)
    judge(page)


@pytest.mark.parametrize("reader", READERS)
def test_public_pages(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    for _endpoint, url in public_pages(demo):
        look(page, url)


@pytest.mark.parametrize("reader", READERS)
def test_pages_of_ones_own_declaration(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    for _endpoint, url in own_pages(demo):
        look(page, url)


@pytest.mark.parametrize("reader", READERS)
def test_pages_of_the_editors(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    journeys.sign_in(page, demo.sign_in)
    for _endpoint, url in staff_pages(demo):
        look(page, url)
    for name, seen in (("", ".error-summary"), ("城西银行", ".notice-success")):
        page.goto("/staff/keys")
        page.fill("[name=name]", name)
        page.keyboard.press("Enter")
        expect(page.locator(seen)).to_be_visible()
        judge(page)


@pytest.mark.parametrize("reader", READERS)
def test_answers_of_the_check(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    several = "91110000600037341L，110105194912310021、14990332018376 🦀12345678"
    many = " ".join(f"1499033201{place:04d}" for place in range(21))
    for number in (
        "", "110105194912310021", "91110000600037341L", "14990332018376", "王伟", "S26-0000-0000", "🦀", several, many,
    ):  # fmt: skip
        journeys.check(page, number)
        judge(page)


@pytest.mark.parametrize("reader", READERS)
def test_a_check_its_receipt_and_who_verifies_it(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    journeys.check(page, "11010519491231002X")
    code = journeys.print_receipt(page)
    judge(page)
    page.goto("/receipts")
    for typed, seen in (("x", ".error-summary"), (code.lower(), ".page-verified .notice-success")):
        page.fill("[name=code]", typed)
        page.keyboard.press("Enter")
        expect(page.locator(seen)).to_be_visible()
        judge(page)
    for typed, seen in (("", ".error-summary"), ("11010519491231002x", "#compare ~ .notice-success")):
        page.fill(".compare [name=number]", typed)
        page.keyboard.press("Enter")
        expect(page.locator(seen)).to_be_visible()
        judge(page)


@pytest.mark.parametrize("reader", READERS)
def test_a_proof_of_publication_and_who_verifies_it(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    reference = demo.references["published"]
    page.goto(f"/follow/{reference}/{demo.codes[reference]}")
    page.goto(f"/follow/{reference}/publication")
    code = page.locator(".sheet-code").inner_text()
    page.goto("/receipts")
    page.fill("[name=code]", code.lower().replace("-", ""))
    page.keyboard.press("Enter")
    expect(page.locator(".page-verified .notice-success")).to_be_visible()
    judge(page)


def test_a_file_of_numbers(open_browser, demo):
    """One file for all readers, for the work on it takes processes of their own."""
    context = open_browser(language="zh", base_url=demo.url)
    page = context.new_page()
    page.goto("/check/file")
    rows = ["户名,证号", "甲,11010519491231002X", "乙,91110000600037341L", "丙,110105194912310021", "丁,1.40302E+17"]
    for content, seen in ((b"%PDF-1.7", ".error-summary"), ("\n".join(rows).encode("gb18030"), "#choose")):
        page.set_input_files("[name=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": content})
        page.click("#upload [type=submit]")
        # What comes in between goes on by itself.
        page.locator(seen).wait_for()
        as_all_readers(page)
    page.click("#choose [type=submit]")
    page.locator(".file-rows").wait_for()
    as_all_readers(page)
    page.goto("/check/file")
    as_all_readers(page)


def as_all_readers(page):
    address = page.url
    for one in READERS:
        reader = one.values[0]
        page.set_viewport_size(size_of(PHONE if reader.get("phone") else DESKTOP))
        page.emulate_media(color_scheme="dark" if reader.get("dark") else "light")
        if page.locator(".error-summary").count() == 0:
            page.goto(f"/?lang={reader['language']}")
            page.goto(address)
        judge(page)


@pytest.mark.parametrize("reader", READERS)
def test_answers_to_a_number_that_is_tried(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    page.goto("/kinds/identity")
    for number in ("", "110105194912310021", "11010519491231002X", "９" * 40):
        page.fill("#try-resident_id_18-number", number)
        page.keyboard.press("Enter")
        expect(page.locator("#try-resident_id_18-number")).to_be_in_viewport()
        judge(page)


@pytest.mark.parametrize("reader", READERS)
def test_pages_of_the_declaration_with_their_errors(open_browser, demo, reader):
    page = reader_of(open_browser, demo, reader)
    page.goto("/declare")
    journeys.go_on(page)
    judge(page)
    for kind in NUMBERS:
        page.check(f"[name=pick][value='{kind}']")
    journeys.go_on(page)
    for _ in NUMBERS:
        kind = page.locator("[name=number-text]").get_attribute("data-kind")
        wrong, right = NUMBERS[kind]
        judge(page)
        page.fill("[name=number-text]", wrong)
        journeys.go_on(page)
        judge(page)
        if kind == "other":
            page.fill("[name=title]", "会员卡")
        journeys.fill_document(page, {"number": right, "label": "编号" if kind == "other" else ""})
    judge(page)
    journeys.go_on(page)
    judge(page)
    journeys.fill_declarant(page, declarant="阳泉思成工程机械回收有限公司", declarant_type="organisation")
    judge(page)
    journeys.send(page)
    judge(page)


def test_every_endpoint_with_a_page_is_looked_at(demo):
    looked_at = {endpoint for pages in (public_pages, own_pages, staff_pages) for endpoint, _url in pages(demo)}
    elsewhere = {
        "declare.document", "declare.declarant", "declare.proof", "file.choose", "file.show",
        "public.compare_publication", "public.publication", "receipts.compare", "receipts.sheet", "receipts.show",
        "staff.add_key",
    }  # fmt: skip
    programs = {endpoint for endpoint in ACCESS if endpoint.startswith("api.")}
    assert set(ACCESS) - WITHOUT_PAGE - elsewhere - programs <= looked_at


def reader_of(open_browser, demo, reader):
    context = open_browser(**{**reader, "language": "zh"}, base_url=demo.url)
    page = context.new_page()
    page.goto(f"/?lang={reader['language']}")
    return page
