"""Closing an edition: what is locked by it, what is kept, and how it is opened again."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlmodel import select

from registry.db.sealing import SealBroken
from registry.db.tables import EditionFile
from registry.declarations import column_order, edition_files, editions, rearranging, service
from registry.declarations.edition_files import MadeFile
from registry.declarations.states import DECLARANT
from registry.errors import NotFound, StaleChange, TransitionRefused
from tests.support import factories as make


@pytest.fixture
def actor(session):
    return make.an_editor(session)


@pytest.fixture
def tomorrow():
    return make.today() + timedelta(days=1)


@pytest.fixture
def approved(session, actor, tomorrow):
    """Two declarations for tomorrow's edition."""
    return [make.approved(session, make.submitted(session, declarant=name), actor, tomorrow) for name in ("甲", "乙")]


def close(session, day, actor, **files):
    return editions.close(session, day=day, actor=actor, made=make.made_column(session, day, **files))


def test_a_closed_edition_has_its_number_and_takes_nothing_more(session, actor, approved, tomorrow):
    edition = close(session, tomorrow, actor)
    assert (editions.closed_as(session, edition), edition.number, edition.published_at) == (1, None, None)
    late = make.submitted(session)
    with pytest.raises(TransitionRefused, match="closed"):
        make.approved(session, late, actor, tomorrow)
    assert late.status == "submitted"
    # Today's has room; what is approved after it is full goes past tomorrow's.
    assert editions.next_edition_day(session, make.today()) == make.today()
    assert editions.next_edition_day(session, tomorrow) == tomorrow + timedelta(days=1)
    one = approved[0]
    with pytest.raises(TransitionRefused, match="closed"):
        service.take_back(session, one, actor=actor, version=one.version)
    with pytest.raises(TransitionRefused, match="closed"):
        service.correct_wording(session, one, text=f"{one.statement}！", actor=actor, version=one.version)
    seen = column_order.mark_of(editions.list_column(session, edition))
    with pytest.raises(TransitionRefused, match="closed"):
        rearranging.move(session, day=tomorrow, number=1, place=2, seen=seen, actor=actor)
    with pytest.raises(TransitionRefused, match="closed"):
        close(session, tomorrow, actor)
    assert one.status == "approved"
    assert editions.get_latest_edition(session) is None


def test_it_is_published_on_its_day_under_the_number_it_was_closed_under(session, actor, approved, tomorrow):
    close(session, tomorrow, actor)
    with pytest.raises(TransitionRefused, match="not yet due"):
        editions.publish(session, day=tomorrow, today=make.today(), actor=actor)
    # What is published meanwhile gets the next number.
    make.approved(session, make.submitted(session), actor)
    assert editions.publish(session, day=make.today(), today=make.today(), actor=actor).number == 2
    edition = editions.publish(session, day=tomorrow, today=tomorrow, actor=actor, seen=2)
    assert (edition.number, editions.closed_as(session, edition)) == (1, 1)
    assert {declaration.status for declaration in approved} == {"published"}
    assert [event.action for event in editions.list_events(session, edition)] == ["published", "closed"]
    with pytest.raises(TransitionRefused, match="published"):
        editions.reopen(session, day=tomorrow, actor=actor, reason="错字")
    assert make.publish(session, make.submitted(session)).number == 3


@pytest.mark.one_database
def test_publishing_closes_what_is_open_and_keeps_its_files(session, actor):
    make.approved(session, make.submitted(session), actor)
    made = make.made_column(session, make.today(), press=b"P", public=b"O")
    edition = editions.publish(session, day=make.today(), today=make.today(), actor=actor, made=made)
    assert (edition.number, editions.closed_as(session, edition)) == (1, 1)
    kept = edition_files.find_file(session, edition, audience="press", format_="text")
    assert edition_files.content_of(session, kept) == b"P"


def test_what_is_kept_is_sealed_and_has_its_hash(session, actor, approved, tomorrow):
    edition = close(session, tomorrow, actor, press="■杨阔远".encode(), public=b"O")
    kept = edition_files.find_file(session, edition, audience="press", format_="text")
    assert kept.sha256 == hashlib.sha256("■杨阔远".encode()).hexdigest()
    assert (kept.size, kept.replaced_at) == (12, None)
    assert edition_files.content_of(session, kept) == "■杨阔远".encode()
    assert edition_files.find_file(session, edition, audience="press", format_="pdf") is None
    row = session.exec(select(EditionFile).where(EditionFile.id == kept.id)).one()
    assert "杨阔远".encode() not in row.content_locked
    other = edition_files.find_file(session, edition, audience="public", format_="text")
    row.content_locked = session.exec(select(EditionFile).where(EditionFile.id == other.id)).one().content_locked
    session.flush()
    with pytest.raises(SealBroken):
        edition_files.content_of(session, kept)
    with pytest.raises(NotFound):
        edition_files.get_file(session, edition, 9999)


def test_it_is_opened_again_with_a_reason_and_keeps_its_number(session, actor, approved, tomorrow):
    edition = close(session, tomorrow, actor, press=b"P")
    editions.reopen(session, day=tomorrow, actor=actor, reason="杨字印错")
    assert editions.closed_as(session, edition) is None
    assert edition_files.find_file(session, edition, audience="press", format_="text") is None
    [replaced] = edition_files.list_files(session, edition)
    assert replaced.replaced_at is not None
    assert edition_files.content_of(session, replaced) == b"P"
    with pytest.raises(TransitionRefused, match="not closed"):
        editions.reopen(session, day=tomorrow, actor=actor, reason="再次")
    after = tomorrow + timedelta(days=1)
    make.approved(session, make.submitted(session), actor, after)
    assert editions.closed_as(session, close(session, after, actor)) == 2
    make.approved(session, make.submitted(session), actor, tomorrow)
    assert editions.closed_as(session, close(session, tomorrow, actor, press=b"Q")) == 1
    events = [(event.action, event.reason) for event in editions.list_events(session, edition)]
    assert events == [("closed", None), ("reopened", "杨字印错"), ("closed", None)]
    assert [file.replaced_at is None for file in edition_files.list_files(session, edition)] == [True, False]


def test_what_is_withdrawn_after_closing_is_told_and_not_published(session, actor, approved, tomorrow):
    edition = close(session, tomorrow, actor, press=b"P", public=b"O")
    gone, stays = approved
    service.withdraw_unpublished(session, gone, actor=DECLARANT, day=make.today(), reason="已找到")
    assert editions.list_withdrawn(session, edition) == [gone]
    assert editions.list_column(session, edition) == [stays]
    editions.publish(session, day=tomorrow, today=tomorrow, actor=actor, seen=1)
    assert (gone.status, gone.published_on) == ("withdrawn", None)
    assert editions.list_column(session, edition) == [stays]
    assert editions.list_column_ids(session, edition) == [stays.id]
    in_use = [file.audience for file in edition_files.list_files(session, edition) if file.replaced_at is None]
    assert in_use == ["press"], "everybody would read in the other what was withdrawn"
    assert editions.list_withdrawn(session, edition) == [gone]


@pytest.mark.one_database
def test_what_is_withdrawn_after_closing_leaves_an_edition_that_is_opened_again(session, actor, approved, tomorrow):
    edition = close(session, tomorrow, actor)
    for declaration in approved:
        service.withdraw_unpublished(session, declaration, actor=DECLARANT, day=make.today(), reason="已找到")
    with pytest.raises(TransitionRefused, match="empty"):
        editions.publish(session, day=tomorrow, today=tomorrow, actor=actor)
    editions.reopen(session, day=tomorrow, actor=actor, reason="全部撤销")
    assert editions.list_withdrawn(session, edition) == []
    assert {declaration.edition for declaration in approved} == {None}
    [listed] = editions.list_editions(session, published=False)
    assert (listed.declarations, listed.closed_as) == (0, None)


@pytest.mark.one_database
def test_an_open_edition_lets_go_of_what_is_withdrawn(session, actor, approved, tomorrow):
    service.withdraw_unpublished(session, approved[0], actor=DECLARANT, day=make.today(), reason="已找到")
    assert approved[0].edition is None
    edition = editions.get_edition(session, tomorrow)
    assert editions.list_withdrawn(session, edition) == []


def test_files_of_another_state_of_the_column_are_refused(session, actor, approved, tomorrow):
    made = make.made_column(session, tomorrow)
    make.approved(session, make.submitted(session), actor, tomorrow)
    with pytest.raises(StaleChange):
        editions.close(session, day=tomorrow, actor=actor, made=made)
    made = make.made_column(session, tomorrow)
    make.published(session)
    with pytest.raises(StaleChange):
        # Its number went to the edition that was published meanwhile.
        editions.close(session, day=tomorrow, actor=actor, made=made)
    with pytest.raises(NotFound):
        editions.close(session, day=tomorrow + timedelta(days=9), actor=actor, made=made)


@pytest.mark.one_database
def test_what_could_not_be_made_is_kept_later(session, actor, approved, tomorrow):
    edition = editions.get_edition(session, tomorrow)
    made = make.made_column(session, tomorrow, press=b"P")
    with pytest.raises(TransitionRefused, match="open"):
        editions.keep_later(session, edition, actor=actor, made=made)
    close(session, tomorrow, actor)
    later = editions.MadeColumn(made.number, made.versions, (MadeFile("press", "pdf", b"%PDF"),))
    editions.keep_later(session, edition, actor=actor, made=later)
    assert edition_files.find_file(session, edition, audience="press", format_="pdf").size == 4
    assert editions.list_events(session, edition)[0].action == "filed"
