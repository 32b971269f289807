"""Notices and columns on paper: the sheets, and the PDFs that are made from them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from registry.declarations import editions, service
from registry.declarations.entries import DocumentEntry
from registry.declarations.queries import get_declaration
from registry.declarations.records import Reveal
from registry.declarations.states import DECLARANT
from registry.printing import fonts, pdf
from registry.web import prints
from tests.support import factories as make
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

# As they stood in the paper, seals first; the numbers of the last two are masked for everybody.
PRINTED = (
    "■因不慎将阳泉思成工程机械回收有限公司的法人章丢失，声明作废。",
    "■因不慎将山西顺合昌物流有限公司的公章丢失，声明作废。",
    "■因不慎将杨鑫的出生医学证明丢失，编号为G140235681，声明作废。",
    "■因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。",
)
MASKED = (
    *PRINTED[:2],
    "■因不慎将杨鑫的出生医学证明丢失，编号为G14*****81，声明作废。",
    "■因不慎将杨阔远的工作证丢失，工作证号为**********333，声明作废。",
)


def birth_certificate():
    numbers = (make.number("G140235681", full_in_print=True),)
    return DocumentEntry("birth_medical_certificate", "出生医学证明", numbers=numbers)


@pytest.fixture
def column(saving):
    """The edition with the four declarations; its day."""
    with saving() as session:
        actor = make.an_editor(session)
        for documents, declarant in (
            (make.seal("法人章"), "阳泉思成工程机械回收有限公司"),
            (make.work_id(full_in_print=True), "杨阔远"),
            (birth_certificate(), "杨鑫"),
            (make.seal(), "山西顺合昌物流有限公司"),
        ):
            make.approved(session, make.submitted(session, documents, declarant=declarant), actor)
        return editions.publish(session, day=make.today(), today=make.today(), actor=actor).day


def closed_up(text: str) -> str:
    """The text without blanks and line ends, which justified lines and columns put into it."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_column_has_each_sentence_to_the_letter(client, column, language):
    page = client.get_page(f"/editions/{column}/print?lang={language}")
    assert tuple(item.get_text() for item in page.select(".print-column > li")) == MASKED
    assert text_of(page.h1) == "遗失声明"
    assert page.html["lang"] == "zh-CN"
    assert "第1期" in text_of(page.select_one(".print-furniture"))
    assert f"{column.year}年{column.month}月{column.day}日" in text_of(page.select_one(".print-furniture"))


def test_the_staff_print_the_numbers_that_were_chosen_for_print(app, db, column):
    with app.test_request_context(), db.session(write=False) as session:
        edition = editions.get_published_edition(session, column)
        html = prints.column_page(session, edition, editions.list_column(session, edition), Reveal.AS_CHOSEN)
    for sentence in PRINTED:
        assert sentence in closed_up(re.sub(r"<[^>]*>", "", html))


def test_a_column_before_its_edition_is_numbered(app, db, saving):
    with saving() as session:
        make.approved(session, make.submitted(session), make.an_editor(session))
    with app.test_request_context(), db.session(write=False) as session:
        edition = editions.get_edition(session, make.today())
        html = prints.column_page(session, edition, editions.list_column(session, edition), Reveal.AS_CHOSEN)
    assert "第" not in html
    assert "http" not in html.replace("http://www.w3.org", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_of_a_notice(client, saving, language):
    with saving() as session:
        declaration = make.published(session)
        reference = declaration.reference
    page = client.get_page(f"/declarations/{reference}/print?lang={language}")
    assert text_of(page.h1) == "遗失声明"
    assert page.select_one(".print-sentence").get_text() == MASKED[3].removeprefix("■")
    facts = text_of(page.select_one("dl.facts"))
    assert reference in facts
    assert "杨阔远" in facts
    assert page.select_one('.print-verify img[src^="data:image/svg+xml"]')
    assert f"http://localhost/declarations/{reference}" in text_of(page.select_one(".print-verify"))
    assert not page.select_one(".print-state")
    assert not page.select(".masthead, .site-nav")
    assert page.select_one(f'.toolbar a[href="/declarations/{reference}"]')
    assert page.select_one(f'.toolbar a[href="/declarations/{reference}.pdf"]')


def test_the_public_address_is_what_the_code_holds(make_app, saving, monkeypatch):
    with saving() as session:
        reference = make.published(session).reference
    seen = []
    monkeypatch.setattr(prints.qr, "picture_of", lambda address: seen.append(address) or "data:image/svg+xml,x")
    with make_app(registry_url="https://register.example.cn/sub").test_client() as client:
        client.get_page(f"/declarations/{reference}/print")
    assert seen == [f"https://register.example.cn/sub/declarations/{reference}"]


def test_a_withdrawn_notice_says_so_across_the_top(client, saving):
    with saving() as session:
        declaration = make.published(session)
        further = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到")
        make.publish(session, further)
        first, second = declaration.reference, further.reference
    page = client.get_page(f"/declarations/{first}/print")
    state = text_of(page.select_one(".print-state"))
    assert "撤销" in state
    assert second in state
    assert text_of(client.get_page(f"/declarations/{second}/print").h1) == "撤销声明"


def test_a_notice_that_is_not_out_says_so_and_has_no_code(app, db, saving):
    with saving() as session:
        reference = make.submitted(session).reference
    with app.test_request_context(), db.session(write=False) as session:
        html = prints.notice_page(session, get_declaration(session, reference), Reveal.FULL)
    assert "尚未刊登" in html
    assert "print-verify" not in html
    assert make.WORK_NUMBER in html


def test_a_character_that_no_font_has_is_named_above_the_sheet(client, saving, monkeypatch):
    with saving() as session:
        reference = make.published(session, declarant="㐱䶮𠮷").reference
    monkeypatch.setattr(prints.fonts, "find_uncovered", lambda text: "".join(c for c in text if c == "𠮷"))
    page = client.get_page(f"/declarations/{reference}/print")
    assert text_of(page.select_one(".toolbar-note")).endswith("𠮷")


def test_the_pdf_of_a_column_has_the_sentences_in_order(client, column, read_pdf):
    response = client.get(f"/editions/{column}.pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == f"attachment; filename={column}.pdf"
    text = closed_up(read_pdf(response.data, "pdftotext", "-raw"))
    places = [text.find(sentence) for sentence in MASKED]
    assert -1 not in places
    assert places == sorted(places)
    assert "2036254085333" not in text


def test_the_fonts_of_a_pdf_are_embedded_and_chinese(client, saving, read_pdf):
    with saving() as session:
        reference = make.published(session, declarant="㐱䶮𠮷").reference
    response = client.get(f"/declarations/{reference}.pdf")
    listed = read_pdf(response.data, "pdffonts").splitlines()[2:]
    assert listed
    for font in listed:
        embedded, subset = font.split()[-5:-3]
        assert (embedded, subset) == ("yes", "yes")
    assert "㐱䶮𠮷" in closed_up(read_pdf(response.data, "pdftotext", "-raw"))
    said = read_pdf(response.data, "pdfinfo")
    assert re.search(rf"Title: +遗失声明 {reference}", said)
    assert re.search(r"Page size: .*A4", said)
    assert re.search(r"Tagged: +yes", said)


def test_a_pdf_is_sound(client, saving, press, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("needs Debian's qpdf: apt-get install qpdf")
    with saving() as session:
        reference = make.published(session).reference
    file = tmp_path / "sheet.pdf"
    file.write_bytes(client.get(f"/declarations/{reference}.pdf").data)
    subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)


def test_a_pdf_is_not_made_again_for_whoever_has_it(client, saving, press, monkeypatch):
    with saving() as session:
        reference = make.published(session).reference
    address = f"/declarations/{reference}.pdf"
    tag = client.get(address).headers["ETag"]
    monkeypatch.setattr(pdf, "make_pdf", None)
    response = client.get(address, headers={"If-None-Match": tag})
    assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "服务器没有安装中文字体"), ("en", "This server has no Chinese font")]
)
def test_without_a_chinese_font_the_page_names_the_package(client, saving, monkeypatch, language, said):
    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)
    page = client.get_page(f"/declarations/{reference}.pdf?lang={language}", status=503)
    assert said in text_of(page.h1)
    assert "apt-get install fonts-noto-cjk" in text_of(page.select_one("main"))


def test_without_pango_the_page_names_the_packages(client, saving, monkeypatch):
    def missing():
        raise pdf.PressMissing

    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(pdf, "_weasyprint", missing)
    page = client.get_page(f"/declarations/{reference}.pdf", status=503)
    assert "libpango-1.0-0" in text_of(page.select_one("main"))


def test_a_busy_press_asks_to_come_back(client, saving, monkeypatch):
    def busy(*args, **kwargs):
        raise pdf.PressBusy

    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(pdf, "make_pdf", busy)
    client.get_page(f"/declarations/{reference}.pdf", status=503)
    assert client.response.headers["Retry-After"] == "10"
