"""The order of the public list, and its pages: there and back, with nothing twice and nothing missing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.declarations import indexing
from registry.declarations.queries import get_declaration
from registry.search import on_postgresql
from registry.search.listing import Count, Cursor, Filters, iterate_public, list_public
from tests.support import factories as make


def publish(session, day, names, actor):
    """Publish an edition of a day, today or later, with a declaration of a seal by each of these."""
    for name in names:
        make.approved(session, make.submitted(session, make.seal(), declarant=name), actor, day)
    make.editions.publish(session, day=day, today=day, actor=actor)


def walked(session, filters, *, size, between=lambda: None):
    """Walk all pages to the oldest and back to the newest; return the declarants there, and those on the way back."""
    there, pages = [], [list_public(session, filters, size=size)]
    while True:
        there += [one.declarant for one in pages[-1].declarations]
        if pages[-1].older is None:
            break
        between()
        pages.append(list_public(session, filters, cursor=Cursor.parse(str(pages[-1].older)), size=size))
    back, page = [one.declarant for one in pages[-1].declarations], pages[-1]
    while page.newer is not None:
        page = list_public(session, filters, cursor=Cursor.parse(str(page.newer)), size=size)
        back = [one.declarant for one in page.declarations] + back
    return there, back


@pytest.fixture
def actor(session):
    return make.an_editor(session)


@pytest.fixture
def names(session, actor):
    """Declarants of twenty-two declarations in seven editions over two months, newest first."""
    names = []
    for place, (days, count) in enumerate([(0, 5), (1, 3), (2, 1), (9, 6), (35, 2), (36, 4), (61, 1)]):
        column = [f"声明人{'甲乙'[number % 2]}{place}{number}" for number in range(count)]
        publish(session, make.today() + timedelta(days), column, actor)
        names = [*reversed(column), *names]
    return names


FILTERS = [Filters(), Filters(words="声明人"), Filters(words="公"), Filters(kind="seal_code"), Filters(family="seals")]


def test_pages_lead_to_the_oldest_and_back(session, names):
    for filters in FILTERS:
        for size in (1, 4, 21, 22, 50):
            assert walked(session, filters, size=size) == (names, names), (filters, size)


def test_pages_of_some_leave_the_others_out(session, names):
    first, last = make.today() + timedelta(2), make.today() + timedelta(35)
    for filters, some in (
        (Filters(words="声明人甲"), [name for name in names if "甲" in name]),
        (Filters(words="公章", published_from=first, published_to=last), names[5:14]),
    ):
        for size in (1, 3):
            assert walked(session, filters, size=size) == (some, some), (filters, size)


def test_what_is_published_meanwhile_is_newer_and_disturbs_no_page(session, names, actor):
    published = []

    def publish_another():
        published.append(f"声明人后{len(published)}")
        publish(session, make.today() + timedelta(100 + len(published)), published[-1:], actor)

    for filters in (Filters(), Filters(words="声明人")):
        listed = [*reversed(published), *names]
        there, back = walked(session, filters, size=5, between=publish_another)
        assert there == listed
        assert back == [*reversed(published), *names]


def test_an_edition_that_comes_late_is_listed_by_its_day(session, names, actor):
    publish(session, make.today() + timedelta(20), ["补刊一", "补刊二"], actor)
    expected = [*names[:7], "补刊二", "补刊一", *names[7:]]
    assert [one.declarant for one in iterate_public(session, Filters())] == expected
    assert walked(session, Filters(words="丢失"), size=3) == (expected, expected)


def test_further_records_stand_in_their_own_edition_and_leave_the_first_in_its(session, names, actor):
    oldest = next(one for one in iterate_public(session, Filters(words=names[-1])))
    earlier = get_declaration(session, oldest.reference)
    withdrawal = make.service.file_withdrawal(session, earlier, actor=actor, day=make.today(), reason="找到")
    make.publish(session, withdrawal, actor)
    listed = list(iterate_public(session, Filters()))
    assert [one.declarant for one in listed if one.nature == "loss"] == names
    assert listed[-1].status == "withdrawn"
    assert [one.declarant for one in iterate_public(session, Filters(status="withdrawn"))] == [names[-1]]


def test_beyond_the_last_page_is_nothing(session, names):
    page = list_public(session, Filters(words="声明人"), cursor=Cursor(indexing.place_of(make.today(), 1)))
    assert (page.declarations, page.count, page.older, page.newer) == ([], Count(22), None, None)


def test_crowded_days_and_long_gaps_are_read_in_shorter_stretches(session, names, monkeypatch):
    for crowded, days in ((0, (64,)), (1, (1,)), (3, (2, 3)), (0, ())):
        monkeypatch.setattr(on_postgresql, "CROWDED", crowded)
        monkeypatch.setattr(on_postgresql, "DAYS", (*days, 1))
        for filters in FILTERS:
            assert walked(session, filters, size=2) == (names, names)
            assert list_public(session, filters, size=1).count == Count(22)
