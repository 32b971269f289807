"""Look-ups on the driver's own connections: they see what is committed, cannot write, and outlive a restart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, text

from registry.db.direct import Query, day_of, moment_of, param
from registry.db.engine import reader_within
from registry.db.tables import metadata
from registry.declarations import editions
from registry.declarations.edition_names import name_editions
from registry.search.check import check
from tests.support import factories as make

DECLARATION = metadata.tables["declaration"].c
ALL = Query(select(DECLARATION.reference, DECLARATION.submitted_at, DECLARATION.published_on))
ONE = Query(select(DECLARATION.status).where(DECLARATION.reference == param("reference")))


def test_a_reader_sees_what_is_committed_and_a_sessions_reader_what_is_not(db, saving):
    with saving() as session:
        declaration = make.published(session)
        with db.readers.reader() as reader:
            assert reader.rows(ALL, {}) == []
        assert [row[0] for row in reader_within(session).rows(ALL, {})] == [declaration.reference]
    with db.readers.reader() as reader:
        ((reference, filed_at, day),) = reader.rows(ALL, {})
        assert (reference, moment_of(filed_at), day_of(day)) == (
            declaration.reference,
            declaration.submitted_at,
            declaration.published_on,
        )
        assert reader.rows(ONE, {"reference": declaration.reference}) == [("published",)]


def test_an_edition_is_named_once_for_all_readers_but_not_before_it_is_published(db, saving):
    with saving() as session:
        declaration = make.approved(session, make.submitted(session), make.an_editor(session))
        edition = declaration.edition
    with db.readers.reader() as reader:
        assert name_editions(reader, [edition.id])[edition.id] == (edition.day, None)
        assert not reader.lasting
    with saving() as session:
        editions.publish(session, day=edition.day, today=edition.day, actor=make.an_editor(session))
        # What is not committed is nobody else's business.
        within = reader_within(session)
        named = name_editions(within, [edition.id])[edition.id]
        assert named.number is not None
        assert within.lasting
        assert not reader.lasting
    with db.readers.reader() as first, db.readers.reader() as second:
        assert name_editions(first, [edition.id])[edition.id] == named
        assert list(second.lasting.values()) == [named]
        assert name_editions(second, [edition.id])[edition.id] is name_editions(first, [edition.id])[edition.id]


def test_parameters_may_be_given_in_the_order_of_their_names(db, saving):
    with saving() as session:
        declaration = make.published(session)
    found = select(DECLARATION.id).where(
        DECLARATION.reference == param("reference"),
        DECLARATION.status.in_(["published", "contested"]),
        DECLARATION.id >= param("least"),
    )
    query = Query(found, ("least", "reference"))
    with db.readers.reader() as reader:
        assert reader.rows_in_order(query, (0, declaration.reference)) == [(declaration.id,)]
        assert reader.rows_in_order(query, (declaration.id + 1, declaration.reference)) == []


def test_a_reader_cannot_write(db):
    statement = insert(metadata.tables["edition"]).values(day="2026-03-27").returning(text("id"))
    with pytest.raises(Exception, match=r"read-?only"), db.readers.reader() as reader:
        reader.rows(Query(statement), {})  # type: ignore[arg-type]


def test_a_reader_that_failed_is_not_lent_again(db):
    with pytest.raises(ZeroDivisionError), db.readers.reader() as failed:
        raise ZeroDivisionError
    with db.readers.reader() as reader:
        assert reader is not failed
        assert reader.rows(ALL, {}) == []


def test_a_reader_is_used_by_one_thread_at_a_time(db, saving):
    with saving() as session:
        make.published(session)

    def ask(_turn):
        with db.readers.reader() as reader:
            return check(reader, make.WORK_NUMBER).verdicts[0].verdict

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(60))) == {"declared"}


def test_a_restart_of_the_database_is_not_noticed(db):
    if db.read_engine.dialect.name != "postgresql":
        return
    with db.readers.reader() as reader:
        assert reader.rows(ALL, {}) == []
    with db.write_engine.connect() as connection:
        others = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                      "AND pid <> pg_backend_pid()")  # fmt: skip
        connection.execute(others)
    with db.readers.reader() as again:
        assert again is reader
        assert again.rows(ALL, {}) == []
