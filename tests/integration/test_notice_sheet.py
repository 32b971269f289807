"""The sheet of a notice: always one, whatever it says; what it tells of its state; whose numbers stand in full."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from registry.db.tables import SENTENCE_LENGTH, Declaration
from registry.declarations import service
from registry.declarations.queries import get_declaration
from registry.declarations.records import Reveal
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.printing import fonts, pdf
from registry.printing.setting import Run
from registry.printing.sizes import LONGEST, set_text
from registry.web import sheets
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.judge import text_of
from tests.support.sheets import text_of_size

pytestmark = pytest.mark.one_database

MASKED = "因不慎将杨阔远的工作证丢失，工作证号为**********333，声明作废。"
COMPANY = "山西顺合昌物流有限公司"
RARE = "㐱䶮𠅤𠮷"


def closed_up(text):
    return re.sub(r"\s", "", text)


def pages_of(read_pdf, data):
    return int(re.search(r"Pages: +(\d+)\n", read_pdf(data, "pdfinfo"))[1])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_of_a_notice(client, saving, language):
    with saving() as session:
        declaration = make.published(session)
        reference, day = declaration.reference, declaration.published_on
    page = client.get_page(f"/declarations/{reference}/print?lang={language}")
    assert text_of(page.h1) == "遗失声明"
    assert page.select_one(".print-sentence").get_text() == MASKED
    facts = "".join(map(text_of, page.select("dl")))
    assert reference in facts
    assert "杨阔远" in facts
    assert (f"{day.year}年{day.month}月{day.day}日 · 第1期" if language == "zh" else "· No. 1") in facts
    assert page.select_one('.sheet-verify img[src^="data:image/svg+xml"]')
    assert "http://localhost/check" in text_of(page.select_one(".sheet-verify"))
    assert text_of(page.select_one(".sheet-code")) == reference
    assert not page.select_one(".print-state, .print-signature")
    assert not page.select(".masthead, .site-nav")
    assert page.select_one(f'.toolbar a[href="/declarations/{reference}"]')
    assert page.select_one(f'.toolbar a[href="/declarations/{reference}.pdf"]')


def test_the_public_address_is_what_the_code_holds(make_app, saving, monkeypatch):
    with saving() as session:
        reference = make.published(session).reference
    seen = []
    monkeypatch.setattr(sheets.qr, "picture_of", lambda address: seen.append(address) or "data:image/svg+xml,x")
    with make_app(registry_url="https://register.example.cn/sub").test_client() as client:
        page = client.get_page(f"/declarations/{reference}/print")
    assert seen == [f"https://register.example.cn/sub/declarations/{reference}"]
    assert "https://register.example.cn/sub/check" in text_of(page.select_one(".sheet-verify"))


def test_what_is_no_longer_in_force_says_so_across_the_top(client, saving):
    with saving() as session:
        withdrawn, corrected, contested = (make.published(session) for _ in range(3))
        withdrawal = service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=make.today(), reason="找到")
        about = service.About(corrected, "correction")
        correction = service.submit(session, make.entry(), day=make.today(), about=about)
        days = [make.publish(session, further).day for further in (withdrawal, correction)]
        change_status(session, contested, "contested", actor=SYSTEM, action="contested")
        days.append(make.today())
        references = [one.reference for one in (withdrawn, corrected, contested)]
        further = [withdrawal.reference, correction.reference, ""]
    for reference, word, day, later in zip(references, ("撤销", "更正", "异议"), days, further, strict=True):
        state = text_of(client.get_page(f"/declarations/{reference}/print").select_one(".print-state"))
        assert word in state
        assert f"{day.year}年{day.month}月{day.day}日" in state
        assert later in state
    assert text_of(client.get_page(f"/declarations/{further[0]}/print").h1) == "撤销声明"
    page = client.get_page(f"/declarations/{further[1]}/print")
    assert text_of(page.h1) == "更正声明"
    assert references[1] in "".join(map(text_of, page.select("dl")))


def test_a_notice_that_is_not_out_says_so_and_has_no_code(app, db, saving):
    with saving() as session:
        waiting, refused, taken_back = (make.submitted(session) for _ in range(3))
        service.reject(session, refused, reason="重复", actor=make.an_editor(session), version=refused.version)
        service.withdraw_unpublished(session, taken_back, actor=DECLARANT, day=make.today(), reason="找到")
        references = [one.reference for one in (waiting, refused, taken_back)]
    for reference, said in zip(references, ("尚未刊登", "未被采用", "未曾刊登"), strict=True):
        with app.test_request_context(), db.session(write=False) as session:
            html = sheets.notice_page(session, get_declaration(session, reference), Reveal.FULL)
        assert said in html
        assert "sheet-verify" not in html
        assert make.WORK_NUMBER in html


def test_numbers_stand_in_full_where_the_declarant_chose_it_and_for_whom_they_may(editor, saving):
    numbers = make.resident_id(full_in_print=True), make.work_id()
    with saving() as session:
        declaration = make.published(session, *numbers)
        reference, code = declaration.reference, service.secret_of(session, declaration)
    editor.get_page(f"/declarations/{reference}/print")
    assert make.RESIDENT_ID not in str(editor.page)
    editor.get_page(f"/follow/{reference}/print")
    assert editor.url.startswith("/follow?")
    assert editor.get(f"/follow/{reference}/notice.pdf").status_code == 303
    editor.get_page(f"/follow/{reference}/{code}")
    assert editor.page.select_one(f'main a[href="/follow/{reference}/print"]')
    for address in (f"/staff/declarations/{reference}/print", f"/follow/{reference}/print"):
        page = editor.get_page(address)
        assert make.RESIDENT_ID in text_of(page.select_one(".print-sentence"))
        assert make.WORK_NUMBER not in str(page)
        assert editor.response.headers["Cache-Control"] == "no-store"
    assert editor.page.select_one(f'.toolbar a[href="/follow/{reference}/notice.pdf"]')


def test_the_declarants_pdf_is_the_sheet_with_the_chosen_numbers(client, saving, read_pdf):
    with saving() as session:
        declaration = make.submitted(session, make.resident_id(full_in_print=True))
        reference, code = declaration.reference, service.secret_of(session, declaration)
    client.get_page(f"/follow/{reference}/{code}")
    response = client.get(f"/follow/{reference}/notice.pdf")
    assert response.headers["Content-Disposition"] == f"attachment; filename={reference}.pdf"
    text = closed_up(read_pdf(response.data, "pdftotext", "-raw"))
    assert "尚未刊登" in text
    assert make.RESIDENT_ID in text


def test_a_letter_is_signed_below_and_to_the_right(make_app, saving, settings):
    client = make_app(house_style="letter").test_client()
    with make_app(house_style="letter").extensions["registry_database"].session(write=True) as session:
        reference = make.published(session, make.seal(), declarant=COMPANY, declarant_type="organisation").reference
        session.commit()
    page = client.get_page(f"/declarations/{reference}/print")
    assert text_of(page.select_one(".print-sentence")).endswith("特此声明。")
    signature = [text_of(line) for line in page.select(".print-signature .line")]
    assert signature[0] == f"声明人：{COMPANY}"
    assert signature[1].startswith("二〇")


@pytest.fixture
def fullest(saving):
    """A correction under objection, by a declarant of the longest name, whose sentence can be set to any text."""
    name = (COMPANY * 10)[:100]
    with saving() as session:
        earlier = make.published(session, make.seal(), declarant=name, declarant_type="organisation")
        entry = make.entry(make.seal(), declarant=name, declarant_type="organisation")
        about = service.About(earlier, "correction")
        further = service.submit(session, entry, day=make.today(), about=about)
        make.publish(session, further)
        change_status(session, further, "contested", actor=SYSTEM, action="contested")
        found, reference = further.id, further.reference

    def put(text):
        with saving() as session:
            session.get(Declaration, found).statement = text
        return f"/declarations/{reference}.pdf"

    return put


@cases("size", [1, 6, 9, 10])
def test_each_size_stays_one_sheet_when_it_is_as_full_as_may_be(client, fullest, read_pdf, size):
    text = text_of_size(size, 1.0, most=SENTENCE_LENGTH)
    data = client.get(fullest(text) + "?lang=en").data
    assert pages_of(read_pdf, data) == 1
    assert closed_up(read_pdf(data, "pdftotext", "-raw")).count("公章") == text.count("公章")


@cases("size", [5, 8])
def test_a_plain_sheet_has_room_for_more(client, saving, read_pdf, size):
    with saving() as session:
        declaration = make.published(session, make.seal(), declarant=COMPANY * 3, declarant_type="organisation")
        declaration.statement = text_of_size(size, sheets.SHARE_IN_A_PLAIN_NOTICE, most=SENTENCE_LENGTH)
        reference = declaration.reference
    page = client.get_page(f"/declarations/{reference}/print")
    assert {"sheet-plain", f"sheet-size-{size}"} <= set(page.body["class"])
    assert pages_of(read_pdf, client.get(f"/declarations/{reference}.pdf?lang=en").data) == 1


def test_twenty_documents_with_the_longest_numbers_stay_one_sheet(client, saving, read_pdf):
    documents = [make.work_id(f"工号{place:060d}") for place in range(20)]
    with saving() as session:
        reference = make.published(session, *documents, declarant=(COMPANY * 9)[:100]).reference
    data = client.get(f"/declarations/{reference}.pdf").data
    assert pages_of(read_pdf, data) == 1
    text = closed_up(read_pdf(data, "pdftotext", "-raw"))
    places = [text.find(f"{place:030d}，") for place in range(20)]
    assert text.count("工作证号为") == 20
    assert places == sorted(places)


def test_what_no_size_holds_goes_on_over_a_second_sheet_that_says_so(client, saving, read_pdf, monkeypatch):
    with saving() as session:
        reference = make.published(session).reference
    text = set_text([Run("因不慎将公章遗失，" * 500)])
    assert text.size == LONGEST
    monkeypatch.setattr(sheets, "text_of", lambda *_, **__: text)
    data = client.get(f"/declarations/{reference}.pdf").data
    assert pages_of(read_pdf, data) == 2
    assert "遗失声明（续）" in closed_up(read_pdf(data, "pdftotext", "-f", "2", "-raw"))


def test_a_character_that_no_font_has_is_named_and_never_printed_as_a_box(client, saving, monkeypatch):
    with saving() as session:
        reference = make.published(session, declarant="㐱䶮𠮷").reference
    monkeypatch.setattr(fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(fonts, "find_uncovered", lambda text: "".join(c for c in dict.fromkeys(text) if c == "𠮷"))
    monkeypatch.setattr(pdf, "make_pdf", None)
    page = client.get_page(f"/declarations/{reference}/print")
    assert text_of(page.select_one(".toolbar-note")).endswith("𠮷 (U+20BB7)")
    page = client.get_page(f"/declarations/{reference}.pdf", status=503)
    assert "没有含有这些字的字体" in text_of(page.h1)
    assert "𠮷 (U+20BB7)" in text_of(page.main)
    assert "apt-get install fonts-babelstone-han" in text_of(page.main)


def test_the_fonts_of_a_pdf_are_embedded_and_have_rare_characters(client, saving, read_pdf):
    missing = fonts.find_uncovered(RARE)
    with saving() as session:
        reference = make.published(session, declarant=f"{RARE}第三分公司").reference
    if missing:
        assert fonts.with_code_points(missing) in text_of(client.get_page(f"/declarations/{reference}.pdf", status=503))
        return
    data = client.get(f"/declarations/{reference}.pdf").data
    listed = read_pdf(data, "pdffonts").splitlines()[2:]
    assert listed
    for font in listed:
        embedded, subset = font.split()[-5:-3]
        assert (embedded, subset) == ("yes", "yes")
    text = closed_up(read_pdf(data, "pdftotext", "-raw"))
    in_order = ("遗失声明", f"因不慎将{RARE}第三分公司的工作证丢失", "声明人", "登记号", reference, "核对现状")
    places = [text.find(part) for part in in_order]
    assert -1 not in places
    assert places == sorted(places)
    said = read_pdf(data, "pdfinfo")
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
