"""The editors' queue: its order, its warnings, going through it, and finding one declaration among all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry import clock
from registry.declarations import reviewing
from tests.support import factories as make
from tests.support.desk import accepted, filed, printed, returned, withdrawal_of, words
from tests.support.judge import text_of


@pytest.fixture
def later(monkeypatch):
    """Let a minute pass with each call, so that what was handed in first is older."""
    start = clock.now()
    passed = [0]

    def now():
        passed[0] += 1
        return start + timedelta(minutes=passed[0])

    monkeypatch.setattr(clock, "now", now)


def references(client):
    return [text_of(cell) for cell in client.page.select("tbody th")]


def cautions(client):
    return {
        text_of(row.select_one("th")): [text_of(mark) for mark in row.select(".caution")]
        for row in client.page.select("tbody tr")
    }


def impossible():
    return make.resident_id("110105194912310021", confirmed=True)


@pytest.mark.usefixtures("later")
def test_what_deserves_a_second_look_is_first_then_the_oldest(editor, saving):
    plain = filed(saving, make.seal())
    younger = filed(saving, make.seal(), declarant="山西某某有限公司")
    wrong = filed(saving, impossible())
    first = filed(saving, make.work_id("55501"), declarant="甲")
    again = filed(saving, make.work_id("55501"), declarant="乙")
    out = printed(saving, make.licence())
    withdrawal = withdrawal_of(saving, out)
    editor.get_page("/staff")
    assert references(editor) == [wrong, first, again, withdrawal, plain, younger]
    assert cautions(editor) == {
        wrong: ["号码不符合规则"],
        first: ["号码另有声明"],
        again: ["号码另有声明"],
        withdrawal: ["更正或撤销"],
        plain: [],
        younger: [],
    }


@pytest.mark.one_database
def test_a_number_declared_by_an_ended_record_warns_nobody(editor, saving):
    ended = filed(saving, make.work_id("55501"))
    editor.get_page(f"/staff/declarations/{ended}")
    editor.submit("form[action$='/reject']", {"reject-reason": "重复"})
    filed(saving, make.work_id("55501"))
    editor.get_page("/staff")
    assert list(cautions(editor).values()) == [[]]


def test_a_correction_may_repeat_the_numbers_of_what_it_corrects(saving, session):
    earlier = make.published(session, make.work_id("55501"))
    about = make.service.About(earlier, "correction")
    correction = make.service.submit(session, make.entry(make.work_id("55501")), day=make.today(), about=about)
    session.expire_all()
    assert reviewing.cautions_of(session, correction) == (reviewing.Caution.FURTHER_RECORD,)


@pytest.mark.one_database
def test_an_empty_queue_says_that_nothing_waits(editor):
    editor.get_page("/staff")
    assert "没有待审核的声明" in words(editor)
    assert not editor.page.select("table")
    editor.get_page("/staff?lang=en")
    assert "Nothing waits" in words(editor)
    editor.get_page("/staff/next")
    assert editor.url == "/staff"
    assert "Nothing else waits for review" in words(editor)


@pytest.mark.usefixtures("later")
@pytest.mark.one_database
def test_the_queue_comes_in_pages(editor, saving, monkeypatch):
    monkeypatch.setattr(reviewing, "PAGE_SIZE", 3)
    monkeypatch.setattr(reviewing, "MOST_RANKED", 6)
    made = [filed(saving, make.seal(), declarant=f"第{number}") for number in range(8)]
    editor.get_page("/staff")
    assert references(editor) == made[:3]
    editor.follow("下一页")
    assert references(editor) == made[3:6]
    editor.follow("下一页")
    assert references(editor) == made[6:], "what stands behind the ranked part follows by age"
    for page in ("99", "0", "-3", "x", "9" * 30):
        editor.get_page(f"/staff?page={page}")
        assert references(editor) in (made[6:], made[:3])


@pytest.mark.usefixtures("later")
def test_going_through_the_queue(editor, saving):
    made = [filed(saving, make.seal(), declarant=f"第{number}") for number in range(3)]
    editor.get_page("/staff")
    editor.follow("开始审核")
    assert editor.url == f"/staff/declarations/{made[0]}"
    editor.follow("稍后处理")
    assert editor.url == f"/staff/declarations/{made[1]}"
    editor.submit("form[action$='/approve']")
    assert editor.url == f"/staff/declarations/{made[2]}", "after a decision comes what waits behind it"
    assert f"{made[1]} 已通过" in words(editor)
    editor.submit("form[action$='/approve']")
    assert editor.url == f"/staff/declarations/{made[0]}", "at the end comes what was left for later"
    editor.submit("form[action$='/approve']")
    assert editor.url == "/staff"
    assert f"{made[0]} 已通过" in words(editor)
    assert "没有待审核的声明" in words(editor)


@pytest.mark.one_database
@pytest.mark.parametrize("after", ["S26-0000-0000", "nonsense", "%00", "S99-9999-9999"])
def test_next_after_nothing_is_no_page(editor, after):
    assert editor.get(f"/staff/next?after={after}").status_code == 404


@pytest.mark.one_database
def test_declarations_are_counted_and_listed_by_status(editor, saving):
    waiting, back, taken = (filed(saving, make.seal(), declarant=name) for name in ("甲", "乙", "丙"))
    returned(saving, back)
    accepted(saving, taken)
    out = printed(saving, make.licence())
    editor.get_page("/staff")
    counts = dict(text_of(link).rsplit(" ", 1) for link in editor.page.select(".places a"))
    # Publishing took the accepted one with it, for both stood in the edition of one day.
    assert counts == {"待审核": "1", "退回修改": "1", "已刊登": "2"}
    editor.follow("退回修改")
    assert references(editor) == [back]
    editor.get_page("/staff/records?status=published")
    assert set(references(editor)) == {out, taken}
    editor.get_page("/staff/records?status=rejected")
    assert "没有" in words(editor)
    assert waiting not in words(editor)


@pytest.mark.one_database
@pytest.mark.parametrize("status", ["draft", "submitted", "nonsense", ""])
def test_there_is_no_list_of_another_status(editor, status):
    assert editor.get(f"/staff/records?status={status}").status_code == 404


@pytest.mark.one_database
def test_a_list_comes_in_pages(editor, saving, monkeypatch):
    monkeypatch.setattr(reviewing, "PAGE_SIZE", 2)
    made = [filed(saving, make.seal(), declarant=f"第{number}") for number in range(3)]
    for reference in made:
        returned(saving, reference)
    editor.get_page("/staff/records?status=returned")
    assert len(references(editor)) == 2
    seen = references(editor)
    editor.follow("下一页")
    assert sorted(seen + references(editor)) == sorted(made)


@pytest.mark.one_database
@pytest.mark.parametrize("change", [str, str.lower, lambda text: text.replace("-", " "), lambda text: text[1:]])
def test_a_reference_leads_to_its_declaration(editor, saving, change):
    reference = filed(saving, make.seal())
    editor.get_page("/staff")
    editor.submit("form[role=search]", {"find": change(reference)})
    assert editor.url == f"/staff/declarations/{reference}"


def test_a_document_number_finds_its_declarations(editor, saving):
    one, two = filed(saving, make.resident_id(), declarant="甲"), filed(saving, make.resident_id(), declarant="乙")
    filed(saving, make.seal())
    editor.get_page("/staff")
    editor.submit("form[role=search]", {"find": "110105 19491231 002x"})
    assert sorted(references(editor)) == sorted([one, two])


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", "有一位输错"), ("en", "one is mistyped")])
def test_a_mistyped_reference_is_named(editor, lang, said):
    editor.get_page(f"/staff?lang={lang}")
    editor.submit("form[role=search]", {"find": "S26-4071-3851"}, status=422)
    assert said in text_of(editor.page.select_one("#find-error"))


@pytest.mark.one_database
@pytest.mark.parametrize("text", ["没有这个", "<b>x</b>", "x" * 5000, "\u202e", "%", "S26-4071-3850"])
def test_what_is_not_found_is_said(editor, text):
    editor.get_page("/staff")
    editor.submit("form[role=search]", {"find": text})
    assert "没有找到" in words(editor)


@pytest.mark.one_database
def test_an_empty_search_leads_back_to_the_queue(editor):
    editor.get_page("/staff")
    editor.submit("form[role=search]", {"find": "  "})
    assert editor.url == "/staff"


@pytest.mark.one_database
def test_counts_are_broken_off(editor, saving, monkeypatch):
    monkeypatch.setattr(reviewing, "MOST_COUNTED", 1)
    for name in "甲乙丙":
        filed(saving, make.seal(), declarant=name)
    with saving() as session:
        assert reviewing.count_statuses(session)["submitted"] == 2


@pytest.mark.one_database
def test_many_papers_of_one_declaration_do_not_fill_the_screen(editor, saving):
    filed(saving, *(make.work_id(f"A{place:06}") for place in range(20)))
    editor.get_page("/staff")
    assert "工作证、工作证、工作证等，另有 17 件" in text_of(editor.page.select_one("tbody tr"))
