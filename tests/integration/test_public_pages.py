"""Home, editions, what the register is, and the icon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry import clock
from registry.declarations import editions, service
from registry.declarations.states import DECLARANT
from tests.support import factories as make
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

# As everybody sees them, seals first: the work ID's number is masked.
COLUMN = (
    "因不慎将阳泉思成工程机械回收有限公司的法人章丢失，声明作废。",
    "因不慎将山西顺合昌物流有限公司的公章丢失，声明作废。",
    "因不慎将杨阔远的工作证丢失，工作证号为**********333，声明作废。",
)


@pytest.fixture
def column(saving):
    """One edition of three declarations; its day."""
    with saving() as session:
        actor = make.an_editor(session)
        for declaration in (
            make.submitted(session, make.seal("法人章"), declarant="阳泉思成工程机械回收有限公司"),
            make.submitted(session),
            make.submitted(session, make.seal(), declarant="山西顺合昌物流有限公司"),
        ):
            make.approved(session, declaration, actor)
        return editions.publish(session, day=make.today(), today=make.today(), actor=actor).day


@pytest.mark.parametrize("language", ["zh", "en"])
def test_home_of_an_empty_registry(client, language):
    page = client.get_page(f"/?lang={language}")
    assert page.select_one("form#check-form input[name=number]")
    assert page.select_one('main a.btn[href="/declare"]')
    assert not page.select(".column-items")
    text = text_of(page.select_one("main"))
    assert "make demo" not in text


def test_home_shows_the_latest_column(client, column):
    page = client.get_page("/")
    assert [text_of(link) for link in page.select(".column-items a")] == list(COLUMN)
    assert page.select_one(f'a[href="/editions/{column}"]')
    assert "第1期" in text_of(page.select_one("aside"))
    assert not page.select_one("aside").find(string="查看全栏")


def test_home_shows_the_first_items_of_a_long_column(client, saving):
    with saving() as session:
        actor = make.an_editor(session)
        for _ in range(9):
            make.approved(session, make.submitted(session), actor)
        editions.publish(session, day=make.today(), today=make.today(), actor=actor)
    page = client.get_page("/")
    assert len(page.select(".column-items > li")) == 6
    assert "9" in text_of(client.follow("查看全栏").select_one(".kicker"))


def test_the_box_of_the_home_page_answers(client, column):
    client.get_page("/")
    page = client.submit("#check-form", {"number": make.WORK_NUMBER})
    assert text_of(page.select_one(".verdict-word")) == "已声明作废"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_an_edition(client, column, language):
    page = client.get_page(f"/editions/{column}?lang={language}")
    items = [text_of(item) for item in page.select(".column-items p[lang]")]
    assert items == [f"■{sentence}" for sentence in COLUMN]
    assert page.select_one(f'a[href="/editions/{column}/print"]')
    assert page.select_one(f'a[href="/editions/{column}.pdf"]')


def test_a_notice_of_the_column_that_was_withdrawn_is_stamped(client, saving):
    with saving() as session:
        declaration = make.published(session)
        day = declaration.published_on
        further = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到")
        make.publish(session, further)
    page = client.get_page(f"/editions/{day}")
    assert text_of(page.select_one(".column-items .stamp")) == "已撤销"


@pytest.mark.parametrize("ending", ["", "/print", ".pdf"])
def test_a_day_without_an_edition(client, saving, ending):
    with saving() as session:
        make.approved(session, make.submitted(session), make.an_editor(session))
    for day in (make.today(), "1999-01-01"):
        page = client.get_page(f"/editions/{day}{ending}", status=404)
        assert text_of(page.h1) == "当天没有刊登"
        assert page.select_one('main a[href="/editions"]')


@pytest.mark.parametrize("day", ["2026-02-30", "26-1-1", "x", "2026-01-01x"])
def test_what_is_no_day_is_no_page(client, day):
    client.get_page(f"/editions/{day}", status=404)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_editions_is_empty_at_first(client, language):
    page = client.get_page(f"/editions?lang={language}")
    assert not page.select("table")


def test_editions_are_listed_newest_first_a_page_at_a_time(client, saving):
    begin = datetime(2026, 3, 1, 2, tzinfo=UTC)
    with saving() as session:
        actor = make.an_editor(session)
        for number in range(32):
            with clock.at(begin + timedelta(days=number)):
                make.approved(session, make.submitted(session), actor)
                editions.publish(session, day=make.today(), today=make.today(), actor=actor)
    page = client.get_page("/editions")
    days = [link["datetime"] for link in page.select("tbody time")]
    assert days == sorted(days, reverse=True)
    assert (len(days), days[0]) == (30, "2026-04-01")
    page = client.follow("较早")
    assert [text_of(cell) for cell in page.select("tbody tr:last-child td")] == ["第1期", "1"]
    assert [link["datetime"] for link in page.select("tbody time")] == ["2026-03-02", "2026-03-01"]
    assert len(client.follow("回到最新").select("tbody tr")) == 30
    page = client.get_page("/editions/2026-03-02")
    assert [link["href"] for link in page.select("nav.pages a")] == [
        "/editions/2026-03-03", "/editions", "/editions/2026-03-01"
    ]  # fmt: skip


@pytest.mark.parametrize("before", ["", "x", "2026-13-01", "%00"])
def test_a_torn_address_shows_the_first_editions_and_says_so(client, column, before):
    page = client.get_page(f"/editions?before={before}")
    assert page.select("tbody tr")
    assert "网址不完整" in text_of(page.select_one("main"))


def test_before_the_first_edition_there_is_nothing(client, column):
    page = client.get_page("/editions?before=1999-01-01")
    assert "没有更早的刊期" in text_of(page.select_one("main"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_register_is(make_app, language):
    with make_app(contact_days=90, draft_days=7).test_client() as client:
        page = client.get_page(f"/about?lang={language}")
    text = text_of(page.select_one("main"))
    assert "90" in text
    assert len(page.select(".prose dl .fact")) == 6


def test_the_icon_that_browsers_ask_for(client):
    with client.get("/favicon.ico") as response:
        assert response.mimetype == "image/png"
        assert response.data.startswith(b"\x89PNG")
