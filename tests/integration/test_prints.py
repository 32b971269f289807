"""Notices and columns on paper: the sheets, and the PDFs that are made from them."""

from __future__ import annotations

import re
import threading

import pytest

from registry.declarations import editions
from registry.declarations.entries import DocumentEntry
from registry.declarations.records import Reveal
from registry.printing import fonts, pdf, press
from registry.web import prints
from registry.web.limits import LIMITS
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
        html = prints.column_page(
            prints.column_of(session, edition, editions.list_column(session, edition), Reveal.AS_CHOSEN)
        )
    for sentence in PRINTED:
        assert sentence in closed_up(re.sub(r"<[^>]*>", "", html))


def test_a_column_before_its_edition_is_numbered(app, db, saving):
    with saving() as session:
        make.approved(session, make.submitted(session), make.an_editor(session))
    with app.test_request_context(), db.session(write=False) as session:
        edition = editions.get_edition(session, make.today())
        html = prints.column_page(
            prints.column_of(session, edition, editions.list_column(session, edition), Reveal.AS_CHOSEN)
        )
    assert "第" not in html
    assert "http" not in html.replace("http://www.w3.org", "")


def test_the_pdf_of_a_column_has_the_sentences_in_order(client, column, read_pdf):
    response = client.get(f"/editions/{column}.pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == f"attachment; filename={column}.pdf"
    text = closed_up(read_pdf(response.data, "pdftotext", "-raw"))
    places = [text.find(sentence) for sentence in MASKED]
    assert -1 not in places
    assert places == sorted(places)
    assert "2036254085333" not in text


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
    def missing(*args, **kwargs):
        raise press.PressMissing

    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(press, "run", missing)
    page = client.get_page(f"/declarations/{reference}.pdf", status=503)
    assert "libpango-1.0-0" in text_of(page.select_one("main"))


def test_a_busy_press_asks_to_come_back(client, saving, monkeypatch):
    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(press, "_places", threading.BoundedSemaphore(1))
    for address in (f"/declarations/{reference}.pdf", f"/editions/{make.today()}.pdf"):
        with press.turn():
            page = client.get_page(address, status=429)
        assert client.response.headers["Retry-After"] == "10"
        assert "正在生成其他 PDF" in text_of(page.h1)


def test_a_sheet_that_takes_too_long_is_given_up(client, saving, monkeypatch):
    def failed(*args, **kwargs):
        raise press.PressFailed

    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(press, "run", failed)
    page = client.get_page(f"/declarations/{reference}.pdf?lang=en", status=503)
    assert "more time or memory" in text_of(page.h1)


def test_a_flood_of_requests_for_pdfs_is_answered_429(make_app, saving, monkeypatch):
    with saving() as session:
        reference = make.published(session).reference
    monkeypatch.setattr(pdf, "make_pdf", lambda html, assets: b"%PDF")
    most = int(LIMITS["public.notice_pdf"][0].split()[0])
    with make_app(rate_limits=True).test_client() as client:
        answers = [client.get(f"/declarations/{reference}.pdf") for _ in range(most + 1)]
        assert [answer.status_code for answer in answers] == [200] * most + [429]
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
        assert client.get(f"/declarations/{reference}").status_code == 200
