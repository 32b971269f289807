"""The calendar of editions and their list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from registry import clock
from registry.declarations import calendar, editions
from tests.support import factories as make
from tests.support.judge import text_of

ONE_DATABASE = pytest.mark.one_database


def publish_on(session, *days, of_each=1):
    """Publish an edition on each of the days, with as many declarations as are said."""
    actor = make.an_editor(session)
    for day in days:
        with clock.at(datetime(day.year, day.month, day.day, 2, tzinfo=UTC)):
            for _ in range(of_each):
                make.approved(session, make.submitted(session), actor)
            editions.publish(session, day=day, today=day, actor=actor)


@pytest.fixture
def three_years(saving):
    """Editions in November 2024, in March 2026 (three, of two declarations), and in April 2026."""
    with saving() as session:
        publish_on(session, date(2024, 11, 30))
        publish_on(session, date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31), of_each=2)
        publish_on(session, date(2026, 4, 1))


def months_linked(page):
    return [link["href"] for link in page.select("main a[href^='/editions/20']") if len(link["href"]) == 17]


def test_a_month_has_its_editions_and_no_others(session):
    publish_on(session, date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), of_each=2)
    make.approved(session, make.submitted(session), make.an_editor(session), make.today() + timedelta(days=9))
    found = calendar.list_month(session, date(2026, 3, 1))
    assert [(one.edition.day.day, one.declarations) for one in found] == [(1, 2), (31, 2)]
    assert calendar.count_editions(session, 2026) == {2: 1, 3: 2, 4: 1}
    assert calendar.count_editions(session, 2025) == {}
    around = calendar.find_around(session, date(2026, 3, 1))
    assert (around.first, around.last) == (date(2026, 2, 28), date(2026, 4, 1))
    assert (around.before, around.after) == (date(2026, 2, 28), date(2026, 4, 1))
    around = calendar.find_around(session, date(2026, 4, 1))
    assert (around.before, around.after) == (date(2026, 3, 31), None)


@ONE_DATABASE
def test_months_follow_each_other_over_the_years():
    month = date(2025, 11, 1)
    seen = [month := calendar.month_after(month) for _ in range(3)]
    assert seen == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert [calendar.month_before(month) for month in seen] == [date(2025, 11, 1), *seen[:2]]


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "first", "counted", "name"),
    [("zh", "周一", "共 2 则声明", "2026年3月"), ("en", "Mon", "2 declarations", "March 2026")],
)
def test_a_month_is_a_table_of_weeks_that_begin_on_monday(client, three_years, language, first, counted, name):
    page = client.get_page(f"/editions/2026-03?lang={language}")
    assert name in text_of(page.h1)
    assert text_of(page.select_one(".calendar th")) == first
    weeks = page.select(".calendar tbody tr")
    assert len(weeks) == 6
    assert {len(week.select("td")) for week in weeks} == {7}
    # The first of March 2026 was a Sunday.
    assert text_of(weeks[0].select("td")[6].time) == "1"
    out = page.select(".calendar a")
    assert [link["href"] for link in out] == [f"/editions/2026-03-{day}" for day in ("01", "02", "31")]
    assert text_of(out[0].select_one(".calendar-counted")).replace(" ", "") == counted.replace(" ", "")
    assert "2" in text_of(out[0].select_one(".calendar-number"))
    assert len(page.select(".calendar td > time")) == 28


@ONE_DATABASE
def test_the_months_beside_have_addresses_of_their_own(client, three_years):
    page = client.get_page("/editions/2026-03")
    assert page.select_one("a[rel=prev]")["href"] == "/editions/2026-02"
    assert page.select_one("a[rel=next]")["href"] == "/editions/2026-04"
    assert not client.get_page("/editions/2024-11").select("a[rel=prev]")
    with clock.at(datetime(2026, 4, 20, tzinfo=UTC)):
        assert not client.get_page("/editions/2026-04").select("a[rel=next]")
        assert text_of(client.get_page("/editions").h1) == "2026年4月刊期"
    with clock.at(datetime(2026, 5, 20, tzinfo=UTC)):
        assert client.get_page("/editions").select_one("a[rel=next]")["href"] == "/editions/2026-05"
        assert "本月没有刊期" in text_of(client.get_page("/editions/2026-05").main)


@ONE_DATABASE
def test_an_empty_month_leads_to_the_nearest_editions(client, three_years):
    page = client.get_page("/editions/2025-06")
    assert "本月没有刊期" in text_of(page.main)
    assert [link["href"] for link in page.select(".calendar-empty a")] == ["/editions/2024-11", "/editions/2026-03"]
    assert [link["href"] for link in client.get_page("/editions/1949-10").select(".calendar-empty a")] == [
        "/editions/2024-11"
    ]
    assert not client.page.select("[rel=prev], [rel=next]")
    assert [link["href"] for link in client.get_page("/editions/2199-12").select(".calendar-empty a")] == [
        "/editions/2026-04"
    ]


@ONE_DATABASE
def test_every_month_and_year_is_reached(client, three_years):
    page = client.get_page("/editions/2026-03")
    assert [link["href"] for link in page.select(".calendar-months a")] == ["/editions/2026-03", "/editions/2026-04"]
    assert page.select_one(".calendar-months [aria-current=page]")["href"] == "/editions/2026-03"
    assert len(page.select(".calendar-months li")) == 12
    # Two years before, March came before the first edition.
    assert [link["href"] for link in page.select(".calendar-years a")] == [
        "/editions/2026-03", "/editions/2025-03", "/editions/2024-11"
    ]  # fmt: skip
    assert page.select_one('main a[href="/editions/list"]')


@ONE_DATABASE
def test_today_is_marked(client, three_years):
    for day, there in ((date(2026, 3, 31), True), (date(2026, 3, 20), False)):
        with clock.at(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)):
            page = client.get_page("/editions/2026-03")
        assert page.select_one("[aria-current=date]")["datetime"] == day.isoformat()
        assert bool(page.select(".calendar a [aria-current=date]")) is there


@ONE_DATABASE
@pytest.mark.parametrize("month", ["2026-13", "2026-00", "0001-01", "9999-12", "2026-3"])
def test_what_is_no_month_is_no_page(client, month):
    client.get_page(f"/editions/{month}", status=404)


@ONE_DATABASE
@pytest.mark.parametrize("language", ["zh", "en"])
def test_before_the_first_edition_there_is_no_calendar(client, language):
    for address in ("/editions", "/editions/2026-03", "/editions/list"):
        page = client.get_page(f"{address}?lang={language}")
        assert not page.select("table")
        assert ("第一期尚未刊登" if language == "zh" else "has not been published yet") in text_of(page.main)


@ONE_DATABASE
def test_editions_are_listed_newest_first_a_page_at_a_time(client, saving):
    begin = date(2026, 3, 1)
    with saving() as session:
        publish_on(session, *(begin + timedelta(days=number) for number in range(32)))
    page = client.get_page("/editions/list")
    days = [link["datetime"] for link in page.select("tbody time")]
    assert days == sorted(days, reverse=True)
    assert (len(days), days[0]) == (30, "2026-04-01")
    page = client.follow("较早")
    assert [text_of(cell) for cell in page.select("tbody tr:last-child td")] == ["第1期", "1"]
    assert [link["datetime"] for link in page.select("tbody time")] == ["2026-03-02", "2026-03-01"]
    assert len(client.follow("回到最新").select("tbody tr")) == 30
    page = client.get_page("/editions/2026-03-02")
    assert [link["href"] for link in page.select("nav.pages a")] == [
        "/editions/2026-03-03", "/editions/2026-03", "/editions/2026-03-01"
    ]  # fmt: skip


@ONE_DATABASE
def test_addresses_of_the_list_from_before_lead_to_it(client, three_years):
    page = client.get_page("/editions?before=2026-03-31")
    assert client.url == "/editions/list?before=2026-03-31"
    assert [link["datetime"] for link in page.select("tbody time")] == ["2026-03-02", "2026-03-01", "2024-11-30"]
    assert "没有更早的刊期" in text_of(client.get_page("/editions?before=1999-01-01").main)
    for before in ("", "x", "2026-13-01", "%00"):
        page = client.get_page(f"/editions?before={before}")
        assert page.select("tbody tr")
        assert "网址不完整" in text_of(page.main)
