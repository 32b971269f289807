"""Walking through all that a search finds, from one snapshot or from several."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from registry.declarations import service
from registry.declarations.public import list_by_ids
from registry.declarations.register import changes_of, count_all, iterate_all, list_changed_ids
from registry.declarations.states import DECLARANT
from registry.search import walking
from registry.search.listing import Filters, keep_found
from tests.support import factories as make


def test_a_walk_is_whole_and_in_order_in_however_many_snapshots(db, saving):
    with saving() as session:
        names = [make.published(session, declarant=f"声明人{place}号").declarant for place in range(5)]
    for batch, seconds in ((1, 60), (2, 60), (5, 60), (500, 60), (1, 0), (2, 0), (5, 0)):
        walk = walking.walk_public(db, Filters(), batch=batch, seconds=seconds)
        found = next(walk)
        # What is published meanwhile is newer, whichever snapshot the rest comes from.
        with saving() as session:
            newest = make.published(session, declarant="后来的").declarant
        found += [declaration for more in walk for declaration in more]
        assert [declaration.declarant for declaration in found] == names[::-1], (batch, seconds)
        names.append(newest)


def test_one_snapshot_does_not_see_what_changes_meanwhile(db, saving):
    with saving() as session:
        for place in range(3):
            make.published(session, declarant=f"声明人{place}号")
    for seconds, statuses in ((60, {"published"}), (0, {"published", "contested"})):
        walk = walking.walk_public(db, Filters(), batch=1, seconds=seconds)
        first = next(walk)
        with db.write_engine.begin() as connection:
            connection.execute(text("UPDATE declaration SET status = 'contested'"))
        rest = [declaration for more in walk for declaration in more]
        assert {declaration.status for declaration in first + rest} == statuses
        with db.write_engine.begin() as connection:
            connection.execute(text("UPDATE declaration SET status = 'published'"))


def test_a_transaction_that_the_server_ended_is_taken_up_again(db, saving, database_url):
    if not database_url.startswith("postgresql"):
        # SQLite ends nobody's transaction; the next test is about a failing database.
        return
    with saving() as session:
        for place in range(3):
            make.published(session, declarant=f"声明人{place}号")
    walk = walking.walk_public(db, Filters(), batch=1)
    found = next(walk)
    with db.write_engine.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
        assert connection.execute(text(others)).all()
    found += [declaration for more in walk for declaration in more]
    assert [declaration.declarant for declaration in found] == ["声明人2号", "声明人1号", "声明人0号"]


def test_however_many_snapshots_are_held_pages_have_their_connections(db, saving):
    with saving() as session:
        make.published(session)
    pool = db.read_engine.pool
    held = [walking.walk_public(db, Filters()) for _ in range(20)]
    assert [len(next(walk)) for walk in held] == [1] * 20
    assert pool.checkedout() == 0
    for walk in held:
        walk.close()


@pytest.mark.one_database
def test_a_database_that_fails_at_once_is_not_asked_for_ever(db, saving, monkeypatch):
    asked = []

    def failing(session, filters, **options):
        asked.append(options)
        yield from ()
        raise psycopg.OperationalError("gone")

    monkeypatch.setattr(walking, "batches_public", failing)
    with pytest.raises(psycopg.OperationalError):
        list(walking.walk_public(db, Filters()))
    assert len(asked) == 1


def test_what_changed_since_it_was_published_has_its_moment(session):
    earlier = make.published(session, make.work_id())
    other = make.published(session, make.seal())
    assert changes_of(session, [earlier.id, other.id]) == {}
    withdrawal = service.file_withdrawal(session, earlier, actor=DECLARANT, day=make.today(), reason="找到")
    assert list_by_ids(session, [earlier.id])[0].replaced_by is None
    edition = make.publish(session, withdrawal)
    changes = changes_of(session, [earlier.id, other.id, withdrawal.id])
    assert set(changes) == {earlier.id}
    assert changes[earlier.id] >= edition.published_at
    assert list_changed_ids(session, since=make.today(), most=5) == [earlier.id]
    assert list_changed_ids(session, since=edition.day + timedelta(days=1), most=5) == []
    assert list_by_ids(session, [earlier.id])[0].replaced_by == withdrawal.reference


def test_a_further_record_that_never_came_out_replaces_nothing(session):
    earlier = make.published(session, make.work_id())
    withdrawal = service.file_withdrawal(session, earlier, actor=DECLARANT, day=make.today(), reason="找到")
    service.withdraw_unpublished(session, withdrawal, actor=DECLARANT, day=make.today(), reason="不撤了")
    assert [one.replaced_by for one in iterate_all(session)] == [None]
    assert count_all(session) == 1


def test_everything_published_comes_once_the_oldest_first(session):
    day, editor = make.today(), make.an_editor(session)
    for place in range(3):
        make.approved(session, make.submitted(session, declarant=f"同一天{place}号"), editor, day)
    make.editions.publish(session, day=day, today=day, actor=editor)
    make.published(session, declarant="后一天")
    make.submitted(session, declarant="未刊登")
    for batch in (1, 2, 4, 500):
        names = [one.declarant for one in iterate_all(session, batch=batch)]
        assert names == ["同一天0号", "同一天1号", "同一天2号", "后一天"]


def test_of_any_declarations_those_that_are_found_are_kept_in_their_order(session):
    first, second = make.published(session, make.work_id()), make.published(session, make.seal())
    waiting = make.submitted(session, make.seal())
    ids = [waiting.id, second.id, first.id, 10**9]
    assert keep_found(session, Filters(), ids) == [second.id, first.id]
    assert keep_found(session, Filters(kind="seal_code"), ids) == [second.id]
    assert keep_found(session, Filters(words="工作证", status="published"), ids) == [first.id]
    assert keep_found(session, Filters(words="无此"), ids) == []
    assert keep_found(session, Filters(), []) == []
