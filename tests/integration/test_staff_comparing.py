"""The page on which the editors compare what was printed with the records."""

from __future__ import annotations

import io
import logging
import threading
from datetime import timedelta

import pytest

from registry.declarations import editions, queries, service
from registry.declarations.states import DECLARANT
from registry.printing import press as press_itself
from registry.web import uploads
from registry.web.staff import comparing
from tests.integration.test_privacy import dump_of
from tests.support import factories as make
from tests.support.desk import accepted, filed, words
from tests.support.judge import text_of
from tests.support.pdfs import pdf_saying

pytestmark = pytest.mark.one_database

WORK = "■因不慎将杨阔远的工作证丢失，工作证号为**********333，声明作废。"
SEAL = "■因不慎将甲公司的公章丢失，编号为1403020012345，声明作废。"
LICENCE = "■因不慎将乙公司的营业执照副本丢失，统一社会信用代码为91110000600037341L，声明作废。"


@pytest.fixture
def address(saving):
    """The page of tomorrow's edition with three declarations."""
    tomorrow = make.today() + timedelta(days=1)
    seal = make.DocumentEntry("seal_code", "公章", numbers=(make.number("1403020012345"),))
    for documents, declarant in ((make.work_id(), "杨阔远"), (seal, "甲公司"), (make.licence(), "乙公司")):
        accepted(saving, filed(saving, documents, declarant=declarant), tomorrow)
    return f"/staff/editions/{tomorrow.isoformat()}/compare"


def pasted(editor, text, **answers):
    return editor.submit("#compare", {"text": text}, **answers)


def uploaded(editor, address, content, name="page.txt"):
    data = {"csrf_token": editor.csrf_token(address), "text": "", "file": (io.BytesIO(content), name)}
    return editor.post(address, data=data)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_declaration_is_found_changed_or_missing(editor, address, lang):
    editor.get_page(f"{address}?lang={lang}")
    pasted(editor, f"第4版\n遗失声明\n{WORK}\n{SEAL}\n{LICENCE}")
    agreed = "全部 3 则声明均与登记内容一致" if lang == "zh" else "All 3 declarations stand on the page"
    assert agreed in words(editor)
    assert [text_of(piece) for piece in editor.page.select(".extra-text li")] == ["第4版"]
    pasted(editor, f"{WORK[:20]}\n {WORK[20:]}{LICENCE.replace('37341L', '37347L')}\n寻狗启事")
    counted = "1 则一致，1 则有改动，1 则缺失" if lang == "zh" else "1 as recorded, 1 changed, 1 missing"
    assert counted in words(editor)
    changed, missing = editor.page.select(".findings")
    recorded, printed = ("[登记为：1]", "[版面为：7]") if lang == "zh" else ("[recorded:1]", "[printed:7]")
    assert text_of(changed.select_one("del")) == recorded
    assert text_of(changed.select_one("ins")) == printed
    assert "甲公司" in text_of(missing)
    assert [text_of(piece) for piece in editor.page.select(".extra-text li")] == ["寻狗启事"]


def test_what_was_withdrawn_and_printed_all_the_same_is_named(editor, saving, address, db):
    day = make.today() + timedelta(days=1)
    with saving() as session:
        made = make.made_column(session, day)
        editions.close(session, day=day, actor=make.an_editor(session), made=made)
        [gone] = [
            one
            for one in editions.list_column(session, editions.get_edition(session, day))
            if one.declarant == "甲公司"
        ]
        reference = gone.reference
        service.withdraw_unpublished(
            session, queries.get_declaration(session, reference), actor=DECLARANT, day=day, reason="x"
        )
    editor.get_page(address)
    pasted(editor, WORK + SEAL + LICENCE)
    assert "在刊登前已撤销，但仍在版面上" in words(editor)
    assert reference in words(editor)
    pasted(editor, WORK + LICENCE)
    assert "全部 2 则" in words(editor)


def test_files_of_typesetters_are_read(editor, address, press):
    text = WORK + SEAL + LICENCE
    for content in (text.encode("gb18030"), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert uploaded(editor, address, content).status_code == 200
        assert "全部 3 则" in words(editor)
    answer = uploaded(editor, address, pdf_saying("No. 91110000600037341L and nothing else"), "page.pdf")
    assert answer.status_code == 200
    assert "3 则缺失" in words(editor)
    assert "No. 91110000600037341L and nothing else" in words(editor)


def test_what_cannot_be_compared_is_told_at_its_field(editor, address, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_TEXT", 20_000)
    editor.get_page(address)
    pasted(editor, " \n", status=422)
    assert "请粘贴" in text_of(editor.page.select_one("#text-error"))
    pasted(editor, "甲" * 60_001, status=422)
    assert "60000" in text_of(editor.page.select_one("#text-error"))
    for content, said in (
        (b"\x00\x01\x02", "请选择 PDF 或非空的纯文本文件"),
        (b" \n", "请选择 PDF 或非空的纯文本文件"),
        (b"\xff\xfe\x00", "请选择 PDF 或非空的纯文本文件"),
        (b"%PDF-1.7 broken", "已损坏"),
        (pdf_saying(""), "只有版面图片"),
        ("甲".encode() * 20_001, "文字过多"),
    ):
        assert uploaded(editor, address, content).status_code == 422
        assert said in text_of(editor.page.select_one("#file-error"))
    token = editor.csrf_token(address)
    editor.post(address, data={"csrf_token": token, "source": "kept"})
    assert "请粘贴" in words(editor)
    assert editor.get("/staff/editions/2020-01-01/compare").status_code == 404


def test_too_large_a_file_is_refused_before_it_is_read(make_app, editor, address, monkeypatch):
    monkeypatch.setattr(uploads, "longest_body", lambda settings: 100_000)
    answer = uploaded(editor, address, b"x" * 200_000)
    assert answer.status_code == 413
    assert "20 MB" in text_of(editor.page.select_one("#file-error"))


def test_while_others_are_read_nobody_waits(editor, address, monkeypatch):
    file, token = pdf_saying("x"), editor.csrf_token(address)
    monkeypatch.setattr(press_itself, "_places", threading.BoundedSemaphore(1))
    with press_itself.turn():
        answer = editor.post(address, data={"csrf_token": token, "text": "", "file": (io.BytesIO(file), "page.pdf")})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert "请稍后再试" in words(editor)


def test_nothing_of_a_page_is_kept(editor, address, db, settings, caplog):
    caplog.set_level(logging.DEBUG)
    editor.get_page(address)
    before = dump_of(db, settings.instance)
    secret = "110105194912310070"
    for content in (f"{WORK}{secret}".encode() * 2_500, pdf_saying(secret)):
        answer = uploaded(editor, address, content)
        assert answer.status_code in (200, 422)
        assert answer.headers["Cache-Control"] == "no-store"
    assert dump_of(db, settings.instance) == before
    assert secret not in caplog.text
