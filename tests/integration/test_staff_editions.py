"""Editions: filled, read, published once, and what a publication carries out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from registry import clock
from registry.db.tables import Edition
from registry.declarations import queries, service
from registry.web.staff import editions as pages
from tests.support import factories as make
from tests.support import pressing
from tests.support.desk import accepted, filed, printed, stored, withdrawal_of, words
from tests.support.judge import text_of


def url_of(day):
    return f"/staff/editions/{day.isoformat()}"


def column(client):
    return [text_of(item.select_one(".column-foot a")) for item in client.page.select(".column-list > li")]


def editions(db):
    with db.session(write=False) as session:
        return {edition.day: edition.number for edition in session.exec(select(Edition))}


@pytest.fixture(autouse=True)
def no_press(monkeypatch):
    """What is kept of an edition is for test_staff_closing.py."""
    pressing.make_missing(monkeypatch)


@pytest.fixture
def day():
    return make.today()


@pytest.mark.one_database
def test_there_is_nothing_at_first(editor, day):
    editor.get_page("/staff/editions")
    assert "没有正在组稿的刊期" in words(editor)
    assert "还没有刊登过" in words(editor)
    assert editor.get(url_of(day)).status_code == 404
    assert editor.get("/staff/editions/2026-02-30").status_code == 404
    assert editor.get("/staff/editions/tomorrow").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_edition_is_read_and_published(editor, client, saving, db, day, lang):
    made = [filed(saving, make.resident_id(full_in_print=True)), filed(saving, make.licence(), declarant="甲公司")]
    for reference in made:
        accepted(saving, reference)
    editor.get_page(f"/staff/editions?lang={lang}")
    editor.follow("通读并刊登" if lang == "zh" else "Read and publish")
    assert editor.url == url_of(day)
    assert column(editor) == made
    assert make.RESIDENT_ID in words(editor), "the column is shown as it will be printed"
    editor.submit(data={"confirmed": True})
    assert editor.url == url_of(day)
    assert ("第1期已刊登，共 2 则声明" if lang == "zh" else "Edition No. 1 is out with 2 declarations") in words(editor)
    for reference in made:
        declaration = stored(db, reference)
        assert (declaration.status, declaration.published_on) == ("published", day)
        entry = declaration.history[-1]
        assert (entry.action, entry.actor, entry.reason) == ("published", "editor", "1")
        assert client.get(f"/declarations/{reference}").status_code == 200
    assert not editor.page.select("form[action$='/publish']")


def test_a_publication_carries_out_corrections_and_withdrawals(editor, saving, db, day, monkeypatch):
    corrected, withdrawn = printed(saving, make.work_id("55501")), printed(saving, make.seal())
    with saving() as session:
        about = service.About(queries.get_declaration(session, corrected), "correction")
        correction = service.submit(session, make.entry(make.work_id("55502")), day=day, about=about).reference
    withdrawal = withdrawal_of(saving, withdrawn)
    later = day + timedelta(days=3)
    for reference in (correction, withdrawal):
        accepted(saving, reference, later)
    assert (stored(db, corrected).status, stored(db, withdrawn).status) == ("published", "published")
    now = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: now)
    editor.get_page(url_of(later))
    assert f"变更 {corrected}" in words(editor)
    assert "其中 2 则会变更原有声明" in words(editor)
    editor.submit(data={"confirmed": True})
    assert (stored(db, corrected).status, stored(db, withdrawn).status) == ("corrected", "withdrawn")
    assert stored(db, withdrawn).withdrawn_on == later
    entry = stored(db, withdrawn).history[-1]
    assert (entry.actor, entry.reason) == ("system", withdrawal)
    editor.get_page(f"/staff/declarations/{withdrawn}")
    assert "系统将其标记为已撤销" in words(editor)
    editor.follow(withdrawal)
    assert editor.url == f"/staff/declarations/{withdrawal}"


@pytest.mark.one_database
def test_the_box_has_to_be_ticked(editor, saving, db, day):
    reference = filed(saving, make.seal())
    accepted(saving, reference)
    editor.get_page(url_of(day))
    editor.submit(status=422)
    assert "请勾选" in text_of(editor.page.select_one("#confirmed-error"))
    assert stored(db, reference).status == "approved"
    editor.submit(data={"confirmed": True})
    assert stored(db, reference).status == "published"


def test_what_nobody_has_read_is_not_published(editor, saving, db, day):
    first, second = filed(saving, make.seal(), declarant="甲"), filed(saving, make.seal(), declarant="乙")
    accepted(saving, first)
    editor.get_page(url_of(day))
    accepted(saving, second)
    editor.submit(data={"confirmed": True}, status=409)
    assert "本期内容有变动" in words(editor)
    assert column(editor) == [first, second]
    assert editions(db) == {day: None}
    assert stored(db, first).status == "approved"
    editor.submit(data={"confirmed": True})
    assert editions(db) == {day: 1}


def test_publishing_twice_publishes_once(editor, saving, db, day):
    reference = filed(saving, make.seal())
    accepted(saving, reference)
    editor.get_page(url_of(day))
    token = editor.page.select_one("input[name=csrf_token]")["value"]
    data = {"csrf_token": token, "count": "1", "confirmed": "y"}
    for _ in range(2):
        assert editor.post(f"{url_of(day)}/publish", data=data).status_code == 303
    editor.get_page(url_of(day))
    assert "本期已经刊登，为第1期" in words(editor)
    assert editions(db) == {day: 1}
    assert [entry.action for entry in stored(db, reference).history].count("published") == 1


@pytest.mark.one_database
def test_an_edition_is_not_published_before_its_day(editor, saving, db, day):
    reference = filed(saving, make.seal())
    tomorrow = day + timedelta(days=1)
    accepted(saving, reference, tomorrow)
    editor.get_page("/staff/editions")
    assert "组稿中" in words(editor)
    editor.get_page(url_of(tomorrow))
    assert "零时起可以刊登" in words(editor)
    assert not editor.page.select("form[action$='/publish']")
    token = editor.csrf_token("/staff/editions")
    data = {"csrf_token": token, "count": "1", "confirmed": "y"}
    answer = editor.post(f"{url_of(tomorrow)}/publish", data=data)
    assert answer.status_code == 409
    assert "尚未到刊登日" in words(editor)
    assert stored(db, reference).status == "approved"


@pytest.mark.one_database
def test_an_edition_whose_day_is_past_can_still_be_published(editor, saving, db, day, monkeypatch):
    reference = filed(saving, make.seal())
    accepted(saving, reference)
    now = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: now)
    editor.get_page("/staff/editions")
    assert "已过刊登日，请刊登" in words(editor)
    editor.get_page(url_of(day))
    editor.submit(data={"confirmed": True})
    assert stored(db, reference).status == "published"


def test_an_edition_that_was_emptied_is_not_published(editor, saving, db, day):
    reference = filed(saving, make.seal())
    accepted(saving, reference)
    editor.get_page(url_of(day))
    token = editor.page.select_one("input[name=csrf_token]")["value"]
    editor.get_page(f"/staff/declarations/{reference}")
    editor.submit("form[action$='/take-back']")
    data = {"csrf_token": token, "count": "1", "confirmed": "y"}
    assert editor.post(f"{url_of(day)}/publish", data=data).status_code == 409
    assert "没有已通过的声明" in words(editor)
    assert editions(db) == {day: None}
    editor.get_page("/staff/editions")
    assert "空" in words(editor)


@pytest.mark.one_database
def test_there_is_nothing_to_publish_where_there_is_no_edition(editor, day):
    token = editor.csrf_token("/staff/editions")
    data = {"csrf_token": token, "count": "0", "confirmed": "y"}
    assert editor.post(f"{url_of(day)}/publish", data=data).status_code == 404


@pytest.mark.one_database
def test_published_editions_come_thirty_a_page(editor, saving, db, day, monkeypatch):
    monkeypatch.setattr(pages, "PUBLISHED_ON_A_PAGE", 2)
    with saving() as session:
        for number in range(1, 6):
            past = day - timedelta(days=10 - number)
            session.add(Edition(day=past, number=number, published_at=clock.now()))
    editor.get_page("/staff/editions")
    seen = []
    while True:
        seen += [text_of(cell) for cell in editor.page.select("td[data-label='期号']")]
        if not editor.page.select("a[rel=next]"):
            break
        editor.follow("更早的刊期")
    assert seen == ["第5期", "第4期", "第3期", "第2期", "第1期"]
    editor.follow("最新刊期")
    assert editor.url == "/staff/editions"


# Print


@pytest.mark.one_database
def test_the_press_gets_the_numbers_as_the_declarants_chose(editor, client, saving, day):
    whole = filed(saving, make.resident_id(full_in_print=True))
    covered = filed(saving, make.resident_id("110105194912310070"), declarant="张三")
    for reference in (whole, covered):
        accepted(saving, reference)
    editor.get_page(f"{url_of(day)}/print")
    page = text_of(editor.page)
    assert make.RESIDENT_ID in page
    assert "110105194912310070" not in page
    editor.get_page(f"/staff/declarations/{whole}/print")
    assert make.RESIDENT_ID in text_of(editor.page)
    editor.get_page(f"/staff/declarations/{covered}/print")
    assert "110105194912310070" not in text_of(editor.page)
    editor.get_page(url_of(day))
    editor.submit(data={"confirmed": True})
    assert make.RESIDENT_ID not in client.get(f"/editions/{day}/print").get_data(as_text=True)
