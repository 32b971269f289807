"""The pages of closing an edition: closed, opened again, published; its files kept, shown and handed out."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta

import pytest

from registry import clock
from registry.declarations import edition_files, editions, queries, service
from registry.declarations.states import DECLARANT
from registry.printing import press, reading
from registry.web import press_room
from tests.support import factories as make
from tests.support import pressing
from tests.support.desk import accepted, filed, opened, stored, words
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

OTHER_ID = "110105194912310070"


@pytest.fixture
def quick(monkeypatch):
    pressing.make_quick(monkeypatch)


@pytest.fixture
def reader(app):
    """Everybody else, beside the editor."""
    return app.test_client()


@pytest.fixture
def tomorrow():
    return make.today() + timedelta(days=1)


@pytest.fixture
def column(saving, tomorrow):
    """Two declarations accepted for tomorrow: one prints its number whole, the other does not."""
    made = [
        filed(saving, make.resident_id(full_in_print=True), declarant="李书白"),
        filed(saving, make.resident_id(OTHER_ID), declarant="张三"),
    ]
    for reference in made:
        accepted(saving, reference, tomorrow)
    return made


def url_of(day):
    return f"/staff/editions/{day.isoformat()}"


def close(editor, day, **answers_):
    editor.get_page(url_of(day))
    return editor.submit("form[action$='/close']", {"close-confirmed": True}, **answers_)


def on_its_day(monkeypatch, days=1):
    now = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: now)


def kept(db, day, audience="press", format_="pdf"):
    with db.session(write=False) as session:
        file = edition_files.find_file(session, editions.get_edition(session, day), audience=audience, format_=format_)
        return edition_files.content_of(session, file) if file else None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_edition_is_closed_the_evening_before_and_published_on_its_day(
    editor, reader, saving, db, quick, column, tomorrow, monkeypatch, lang
):
    editor.get_page(f"{url_of(tomorrow)}?lang={lang}")
    editor.submit("form[action$='/close']", status=422)
    assert text_of(editor.page.select_one("#close-confirmed-error"))
    editor.submit("form[action$='/close']", {"close-confirmed": True})
    assert ("已截稿，为第1期" if lang == "zh" else "closed as No. 1") in words(editor)
    assert not editor.page.select("form[action$='/close'], form[action$='/publish']")
    hashes = [text_of(code) for code in editor.page.select(".kept-files .hash")]
    assert len(hashes) == 4
    assert hashlib.sha256(kept(db, tomorrow)).hexdigest() in hashes
    assert stored(db, column[0]).status == "approved"
    assert reader.get(f"/editions/{tomorrow}").status_code == 404
    assert reader.get(f"/editions/{tomorrow}.pdf").status_code == 404
    editor.get_page("/staff/editions")
    assert ("已截稿，第1期" if lang == "zh" else "Closed as No. 1") in words(editor)
    on_its_day(monkeypatch)
    editor.get_page(url_of(tomorrow))
    editor.submit("form[action$='/publish']", {"confirmed": True})
    assert stored(db, column[0]).status == "published"
    assert len(editor.page.select(".history > li")) == 2


def test_what_is_asked_for_again_comes_from_the_kept_file(
    editor, reader, saving, db, quick, column, tomorrow, monkeypatch
):
    close(editor, tomorrow)
    on_its_day(monkeypatch)
    editor.get_page(url_of(tomorrow))
    editor.submit("form[action$='/publish']", {"confirmed": True})
    monkeypatch.setattr(press, "run", pytest.fail)
    monkeypatch.setattr(pressing.pdf, "make_pdf", pytest.fail)
    for who, address, audience in (
        (reader, f"/editions/{tomorrow}.pdf", "public"),
        (editor, f"{url_of(tomorrow)}.pdf", "press"),
    ):
        answer = who.get(address)
        assert answer.data == kept(db, tomorrow, audience)
        assert answer.mimetype == "application/pdf"
        tag = answer.headers["ETag"]
        assert tag == f'"{hashlib.sha256(answer.data).hexdigest()}"'
        again = who.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        said = "".join(pressing.text_of_page(answer.data).split())
        assert (make.RESIDENT_ID in said) is (audience == "press")
        assert OTHER_ID not in said
    public = hashlib.sha256(kept(db, tomorrow, "public")).hexdigest()
    assert text_of(reader.get_page(f"/editions/{tomorrow}").select_one(".hash")) == public
    told = reader.get(f"/api/v1/editions/{tomorrow}").json
    assert (told["pdf_sha256"], told["pdf"]) == (public, f"http://localhost/editions/{tomorrow}.pdf")


def test_a_later_declaration_goes_into_the_next_edition(editor, saving, quick, column, tomorrow):
    close(editor, tomorrow)
    editor.get_page(f"/staff/declarations/{column[0]}")
    assert not editor.page.select("form[action$='/take-back']")
    assert not editor.page.select("a[href$='/wording']")
    assert "第1期已经付印" in words(editor)
    late = filed(saving, make.seal())
    editor.get_page(f"/staff/declarations/{late}")
    editor.submit("form[action$='/approve']", {"approve-day": tomorrow.isoformat()}, status=422)
    assert "已经截稿" in text_of(editor.page.select_one("#approve-day-error"))


def test_it_is_opened_again_with_a_reason(editor, saving, db, quick, column, tomorrow):
    close(editor, tomorrow)
    before = kept(db, tomorrow)
    editor.submit("form[action$='/reopen']", status=422)
    assert "请写明" in text_of(editor.page.select_one("#reopen-reason-error"))
    assert editor.page.select("details[open] #reopen-reason")
    editor.submit("form[action$='/reopen']", {"reopen-reason": "李书白误为李书自"})
    assert "李书白误为李书自" in words(editor)
    assert "本期已重新开放" in words(editor)
    assert kept(db, tomorrow) is None
    replaced = editor.page.select(".kept-files a")
    assert len(replaced) == 4
    contents = {editor.get(link["href"]).data for link in replaced}
    assert before in contents
    assert all(editor.get(link["href"]).headers["Cache-Control"] == "no-store" for link in replaced)
    editor.post(
        f"{url_of(tomorrow)}/reopen", data={"csrf_token": editor.csrf_token(url_of(tomorrow)), "reopen-reason": "x"}
    )
    assert "未能重新开放" in words(editor)
    close(editor, tomorrow)
    assert "为第1期" in words(editor)
    assert editor.get(f"{url_of(tomorrow)}/files/9999").status_code == 404


def test_what_is_withdrawn_after_closing_is_warned_of(editor, reader, saving, db, quick, column, tomorrow, monkeypatch):
    close(editor, tomorrow)
    before = kept(db, tomorrow, "press", "text")
    with saving() as session:
        gone = queries.get_declaration(session, column[0])
        service.withdraw_unpublished(session, gone, actor=DECLARANT, day=make.today(), reason="已找到")
    editor.get_page(url_of(tomorrow))
    warning = text_of(editor.page.select_one(".notice-warning"))
    assert "1 则声明在截稿后被撤销" in warning
    assert "李书白" in warning
    on_its_day(monkeypatch)
    editor.get_page(url_of(tomorrow))
    editor.submit("form[action$='/publish']", {"confirmed": True})
    assert stored(db, column[0]).published_on is None
    # The paper has it; what everybody may have does not.
    assert kept(db, tomorrow, "press", "text") == before
    assert "李书白".encode() not in kept(db, tomorrow, "public", "text")
    assert "李书白" not in reader.get(f"/editions/{tomorrow}").get_data(as_text=True)
    assert "李书白".encode() not in reader.get(f"/editions/{tomorrow}.pdf").data
    assert "报上仍有" in text_of(editor.page.select_one(".notice-warning"))


def test_whoever_withdraws_after_closing_is_told_that_the_paper_may_print_it(
    editor, reader, saving, quick, column, tomorrow
):
    close(editor, tomorrow)
    opened(reader, saving, column[0])
    reader.get_page(f"/follow/{column[0]}/withdraw")
    assert "报纸上仍可能刊出" in words(reader)
    reader.submit(data={"reason": "已找到"})
    assert "版面此前已经付印" in words(reader)


def test_what_the_pdf_says_otherwise_is_shown_before_it_goes_to_press(
    editor, saving, db, quick, column, tomorrow, monkeypatch
):
    read = reading.read_pdf
    monkeypatch.setattr(
        reading, "read_pdf", lambda content: read(content).replace("李书白", "李书自").replace("张三", "")
    )
    close(editor, tomorrow, status=422)
    assert text_of(editor.page.select_one(".difference del")) == "[登记为：白]"
    assert text_of(editor.page.select_one(".difference ins")) == "[版面为：自]"
    with db.session(write=False) as session:
        assert editions.closed_as(session, editions.get_edition(session, tomorrow)) is None
    assert editor.page.select("#close-despite-error")
    editor.submit("form[action$='/close']", {"close-confirmed": True, "close-despite": True})
    assert "为第1期" in words(editor)


def test_without_a_font_the_text_is_kept_and_the_pdf_made_later(editor, saving, db, column, tomorrow, monkeypatch):
    with monkeypatch.context() as bare:
        pressing.make_missing(bare)
        close(editor, tomorrow)
        assert "没有 PDF：服务器当时没有安装中文字体" in words(editor)
        assert "李书白".encode() in kept(db, tomorrow, "press", "text")
        assert kept(db, tomorrow) is None
        editor.submit("form[action$='/files']")
        assert kept(db, tomorrow) is None
        assert len(editor.page.select(".history > li")) == 1
    pressing.make_quick(monkeypatch)
    text = kept(db, tomorrow, "press", "text")
    editor.get_page(url_of(tomorrow))
    editor.submit("form[action$='/files']")
    assert not editor.page.select(".caution-line")
    assert kept(db, tomorrow).startswith(pressing.HEAD)
    assert kept(db, tomorrow, "press", "text") == text
    assert not editor.page.select("form[action$='/files'], details .kept-files")


def test_files_of_an_edition_of_before_can_still_be_made(editor, reader, saving, db, quick):
    with saving() as session:
        day = make.published(session, make.seal(), declarant="王五").published_on
    assert not reader.get_page(f"/editions/{day}").select(".hash")
    editor.get_page(url_of(day))
    assert "本期没有存档文件" in words(editor)
    editor.submit("form[action$='/files']")
    assert len(editor.page.select(".kept-files > li")) == 4
    assert "补做了缺少的文件" in words(editor)
    assert reader.get_page(f"/editions/{day}").select_one(".hash")
    assert "第1期" in kept(db, day, "press", "text").decode("utf-8-sig")


def test_no_pdf_with_boxes_for_characters_goes_to_press(editor, saving, db, quick, column, tomorrow, monkeypatch):
    monkeypatch.setattr(press_room, "find_uncovered_in", lambda column: ["𱍐"])
    close(editor, tomorrow)
    assert "服务器的字体缺少" in text_of(editor.page.select_one(".caution-line"))
    assert kept(db, tomorrow) is None
    assert kept(db, tomorrow, "press", "text")


def test_while_other_pdfs_are_made_nothing_is_done(editor, saving, db, column, tomorrow, monkeypatch):
    monkeypatch.setattr(pressing.fonts, "has_chinese", lambda: True)
    monkeypatch.setattr(press, "_places", threading.BoundedSemaphore(1))
    with press.turn():
        close(editor, tomorrow, status=429)
    assert editor.response.headers["Retry-After"] == "10"
    assert "尚未执行" in words(editor)
    with db.session(write=False) as session:
        assert editions.closed_as(session, editions.get_edition(session, tomorrow)) is None


def test_two_clicks_close_once_and_what_changed_meanwhile_is_read_anew(editor, saving, db, quick, column, tomorrow):
    editor.get_page(url_of(tomorrow))
    accepted(saving, filed(saving, make.seal(), declarant="王五"), tomorrow)
    editor.submit("form[action$='/close']", {"close-confirmed": True}, status=409)
    assert "未截稿" in words(editor)
    token = editor.csrf_token(url_of(tomorrow))
    for _click in range(2):
        data = {"csrf_token": token, "close-count": "3", "close-confirmed": "y"}
        assert editor.post(f"{url_of(tomorrow)}/close", data=data).status_code == 303
    editor.get_page(url_of(tomorrow))
    assert "已经截稿" in words(editor)
    assert len(editor.page.select(".history > li")) == 1
    later = tomorrow + timedelta(days=1)
    accepted(saving, filed(saving, make.seal()), later)
    editor.get_page(url_of(later))
    assert "尚未截稿" not in words(editor)
    accepted(saving, filed(saving, make.seal()))
    editor.get_page(url_of(later))
    assert "尚未截稿" in words(editor)


def test_a_column_is_made_read_back_and_kept_by_the_real_press(editor, saving, db, press, column, tomorrow):
    close(editor, tomorrow)
    assert "没有 PDF" not in words(editor)
    assert "为第1期" in words(editor)
    made = kept(db, tomorrow)
    assert made.startswith(b"%PDF")
    assert make.RESIDENT_ID in "".join(reading.read_pdf(made).split())
    editor.follow("核对见报版面")
    editor.submit("form:has(input[value=kept])")
    assert "全部 2 则声明均与登记内容一致" in words(editor)
    assert not editor.page.select(".extra-text")


def test_the_sheets_as_pdf(editor, quick, column, tomorrow):
    [reference, _other] = column
    for url in (f"{url_of(tomorrow)}.pdf", f"/staff/declarations/{reference}.pdf"):
        answer = editor.get(url)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Cache-Control"] == "no-store"
    assert editor.get("/staff/editions/2020-01-01.pdf").status_code == 404
    assert editor.get("/staff/editions/2020-01-01/print").status_code == 404
    assert editor.get("/staff/declarations/S26-4071-3850.pdf").status_code == 404
