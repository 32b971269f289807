"""The order of a column: natural, changed by editors, kept when it is printed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry import clock
from registry.declarations import column_order, editions, queries, rearranging, service
from registry.declarations.public import list_first_lines
from registry.errors import StaleChange, TransitionRefused
from tests.support import factories as make
from tests.support.desk import accepted, filed, opened, stored, words

DOCUMENTS = (make.work_id(), make.seal(), make.licence(), make.seal("财务专用章"), make.work_id("2036254085334"))
# Seals come before licences, and licences before cards; of each, what was handed in first.
NATURAL = (1, 3, 2, 0, 4)


@pytest.fixture
def edition(saving):
    """The references of five declarations accepted for today, as they were handed in."""
    references = [filed(saving, document) for document in DOCUMENTS]
    for reference in reversed(references):
        accepted(saving, reference)
    return references


def column_of(db, day=None):
    with db.session(write=False) as session:
        edition = editions.get_edition(session, day or make.today())
        return [one.reference for one in editions.list_column(session, edition)]


def in_order(references, *places):
    return [references[place] for place in places]


def moving(session, number, place, seen=None):
    actor = make.an_editor(session)
    edition = editions.get_edition(session, make.today())
    mark = seen or column_order.mark_of(editions.list_column(session, edition))
    return rearranging.move(session, day=make.today(), number=number, place=place, seen=mark, actor=actor)


@pytest.mark.one_database
def test_the_natural_order_goes_by_families_and_then_by_time(db, edition):
    assert column_of(db) == in_order(edition, *NATURAL)


def test_what_is_moved_stays_moved_and_what_comes_later_goes_to_its_natural_place(db, saving, edition):
    with saving() as session:
        assert moving(session, 4, 1).reference == edition[0]
    assert column_of(db) == in_order(edition, 0, 1, 3, 2, 4)
    late = [filed(saving, make.seal("发票专用章")), filed(saving, make.work_id("2036254085335"))]
    for reference in late:
        accepted(saving, reference)
    first, second, *others = in_order(edition, 0, 1, 3, 2, 4)
    assert column_of(db) == [first, second, others[0], late[0], *others[1:], late[1]]


@pytest.mark.one_database
def test_what_is_taken_out_and_accepted_again_has_lost_its_place(db, saving, edition):
    with saving() as session:
        moving(session, 5, 1)
        declaration = queries.get_declaration(session, edition[4])
        service.take_back(session, declaration, actor=make.an_editor(session), version=declaration.version)
    assert column_of(db) == in_order(edition, *NATURAL[:4])
    accepted(saving, edition[4])
    assert column_of(db) == in_order(edition, *NATURAL)


def test_the_order_of_an_edition_that_is_out_stays(db, saving, edition, monkeypatch):
    with saving() as session:
        moving(session, 1, 5)
        actor = make.an_editor(session)
        editions.publish(session, day=make.today(), today=make.today(), actor=actor)
    printed = in_order(edition, 3, 2, 0, 4, 1)
    assert column_of(db) == printed
    monkeypatch.setattr(column_order, "_FAMILIES", {})
    assert column_of(db) == printed
    with saving() as session:
        with pytest.raises(TransitionRefused, match="published"):
            moving(session, 1, 2)
        withdrawn = queries.get_declaration(session, printed[0])
        assert withdrawn.column_place == 1
        found = editions.get_published_edition(session, make.today())
        assert [line.reference for line in list_first_lines(session, found.number, most=2)] == printed[:2]
        ids = editions.list_column_ids(session, found)
        assert ids == [queries.get_declaration(session, reference).id for reference in printed]


@pytest.mark.one_database
def test_a_withdrawal_stands_where_what_it_withdraws_would(db, saving):
    with saving() as session:
        earlier = make.published(session, make.seal())
        further = service.file_withdrawal(
            session, earlier, actor=make.an_editor(session), day=make.today(), reason="找到"
        )
        card = make.submitted(session)
        actor = make.an_editor(session)
        for one in (card, further):
            make.approved(session, one, actor, make.today() + timedelta(days=1))
        references = [further.reference, card.reference]
    assert column_of(db, make.today() + timedelta(days=1)) == references


def test_two_editors_do_not_move_what_they_have_not_seen(db, saving, edition):
    with saving() as session:
        seen = column_order.mark_of(editions.list_column(session, editions.get_edition(session, make.today())))
        moving(session, 1, 2, seen)
    with saving() as session:
        with pytest.raises(StaleChange):
            moving(session, 1, 2, seen)
        with pytest.raises(StaleChange):
            rearranging.reset(session, day=make.today(), seen=seen, actor=make.an_editor(session))
    assert column_of(db) == in_order(edition, 3, 1, 2, 0, 4)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.one_database
def test_an_editor_moves_one_and_puts_all_back(editor, saving, db, edition, lang):
    url = f"/staff/editions/{make.today()}"
    page = editor.get_page(f"{url}?lang={lang}")
    assert not page.select("form[action$='/natural-order']")
    buttons = page.select(".column-list button")
    assert [button.has_attr("disabled") for button in buttons] == [True, *[False] * 8, True]
    assert {button["form"] for button in buttons} == {"column-steps"}
    step = page.select("button[name=step]")[7]
    assert edition[0] in step["aria-label"]
    editor.submit("#column-steps", unchecked={"step": step["value"]})
    assert editor.url == url
    assert f"{edition[0]} {'现在排在第 5 位' if lang == 'zh' else 'now stands at place 5'}" in words(editor)
    assert column_of(db) == in_order(edition, 1, 3, 2, 4, 0)
    editor.submit(".column-move", data={"number": "5", "place": "2"})
    assert column_of(db) == in_order(edition, 1, 0, 3, 2, 4)
    editor.get_page(f"/staff/declarations/{edition[0]}")
    said = "将其在栏目中从第 5 位移到第 2 位" if lang == "zh" else "moved it from place 5 to place 2 of its column"
    assert said in words(editor)
    editor.get_page(url)
    editor.submit("form[action$='/natural-order']")
    assert column_of(db) == in_order(edition, *NATURAL)
    actions = [(entry.action, entry.reason) for entry in stored(db, edition[0]).history[-3:]]
    assert actions == [("moved", "4 5"), ("moved", "5 2"), ("moved", "2 4")]


@pytest.mark.one_database
def test_a_declarant_does_not_read_of_it(client, saving, edition):
    with saving() as session:
        moving(session, 4, 1)
    opened(client, saving, edition[0])
    assert "位" not in " ".join(line.get_text() for line in client.page.select(".history li"))


@pytest.mark.one_database
def test_what_is_typed_wrong_is_said_and_kept(editor, db, edition):
    url = f"/staff/editions/{make.today()}"
    for number, place, said in (("", "1", "请输入要移动的声明的序号"), ("6", "x", "请输入 1 至 5 之间的数字")):
        editor.get_page(url)
        editor.submit(".column-move", data={"number": number, "place": place}, status=422)
        assert said in words(editor)
        assert editor.page.select_one(".error-summary a[href='#number']")
        assert (editor.page.select_one("#number")["value"], editor.page.select_one("#place")["value"]) == (
            number,
            place,
        )
    assert column_of(db) == in_order(edition, *NATURAL)


@pytest.mark.one_database
def test_a_column_that_changed_meanwhile_is_shown_and_left_alone(editor, saving, db, edition):
    url = f"/staff/editions/{make.today()}"
    editor.get_page(url)
    with saving() as session:
        moving(session, 1, 5)
    page = editor.submit("#column-steps", unchecked={"step": "2 1"}, status=409)
    assert "没有移动" in words(editor)
    assert (
        [item["id"] for item in page.select(".column-list > li")] == column_of(db) == in_order(edition, 3, 2, 0, 4, 1)
    )
    stale = {"seen": "0" * 16}
    editor.submit("form[action$='/natural-order']", unchecked=stale, status=409)
    token = editor.page.select_one("input[name=csrf_token]")["value"]
    assert editor.post("/staff/editions/2020-01-01/order", data={"csrf_token": token}).status_code == 404


@pytest.mark.one_database
def test_an_edition_that_is_out_is_not_moved(editor, saving, db, edition):
    editor.get_page(f"/staff/editions/{make.today()}")
    token = editor.page.select_one("input[name=csrf_token]")["value"]
    seen = editor.page.select_one("#column-steps [name=seen]")["value"]
    with saving() as session:
        editions.publish(session, day=make.today(), today=make.today(), actor=make.an_editor(session))
    data = {"csrf_token": token, "seen": seen, "number": "1", "place": "2"}
    assert editor.post(f"/staff/editions/{make.today()}/order", data=data).status_code == 409
    page = editor.get_page(f"/staff/editions/{make.today()}")
    assert not page.select("#column-steps, .column-move, .column-steps")
    assert column_of(db) == in_order(edition, *NATURAL)


@pytest.mark.one_database
def test_the_clock_orders_what_was_handed_in_at_one_moment_by_its_key(db, saving, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    references = [filed(saving, make.seal(), declarant=name) for name in ("甲", "乙", "丙")]
    for reference in reversed(references):
        accepted(saving, reference)
    assert column_of(db) == references
