"""One commit point, a GET that cannot write, and two clicks that make one declaration."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Response, abort
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from registry.db.engine import vault_of
from registry.db.tables import Declaration, Draft, Edition
from registry.declarations import drafts, editions, queries, service
from registry.errors import StaleChange
from registry.web.access import ACCESS, Access
from registry.web.sessions import db as request_session
from tests.support import factories as make


@pytest.fixture
def probe(make_app, monkeypatch):
    """An application with an address that writes, and then answers as it is told."""
    app = make_app(rate_limits=False)
    monkeypatch.setitem(ACCESS, "probe", Access.EVERYBODY)

    @app.route("/probe/<int:status>", methods=["GET", "POST"], endpoint="probe")
    def view(status):
        request_session().add(Edition(day=make.today()))
        request_session().flush()
        if status == 500:
            raise RuntimeError("a fault after writing")
        if status >= 400:
            abort(status)
        return Response("", status, mimetype="text/plain")

    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FlaskClient
    return app


def count(database, model=Edition):
    with database.session(write=False) as session:
        return len(session.exec(select(model)).all())


@pytest.mark.parametrize(("status", "rows"), [(200, 1), (303, 1), (400, 0), (404, 0), (500, 0)])
def test_what_was_changed_is_kept_only_behind_a_good_answer(probe, db, status, rows):
    probe.testing = False
    assert probe.test_client().post(f"/probe/{status}").status_code == status
    assert count(db) == rows


def test_a_get_cannot_write(probe, db):
    probe.testing = False
    assert probe.test_client().get("/probe/200").status_code == 500
    assert count(db) == 0


def test_the_reading_engine_refuses_to_write(db):
    with db.session(write=False) as session, pytest.raises(DBAPIError):
        session.execute(text("DELETE FROM declaration"))


def test_sqlite_keeps_what_it_confirmed(db):
    if db.write_engine.dialect.name != "sqlite":
        return
    with db.write_engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_eight_clicks_on_submit_make_one_declaration(db, saving):
    with saving() as session:
        token = drafts.begin(session, {"declarant": "杨阔远"})

    def click(_number):
        with db.session(write=True) as session:
            reference = drafts.submit(session, token, make.entry(), day=make.today()).reference
            session.commit()
            return reference

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(click, range(8)))) == 1
    assert count(db, Declaration) == 1
    with db.session(write=False) as session:
        draft = session.exec(select(Draft)).one()
        assert drafts.answers_of(session, draft) == {}


def test_editions_published_at_once_are_numbered_without_a_gap(db, saving):
    days = []
    with saving() as session:
        actor = make.an_editor(session)
        for _ in range(6):
            declaration = make.submitted(session)
            day = make.today().replace(year=make.today().year + 1 + len(days))
            make.approved(session, declaration, actor, day)
            days.append(day)

    def publish(day):
        with db.session(write=True) as session:
            number = editions.publish(session, day=day, today=day, actor=actor).number
            session.commit()
            return number

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(publish, days)) == [1, 2, 3, 4, 5, 6]


def test_only_one_of_two_editors_approves(db, saving):
    with saving() as session:
        reference, actor = make.submitted(session).reference, make.an_editor(session)
        version = session.exec(select(Declaration.version).where(Declaration.reference == reference)).one()

    def approve(_number):
        with db.session(write=True) as session:
            declaration = queries.get_declaration(session, reference)
            try:
                service.approve(
                    session, declaration, day=make.today(), today=make.today(), actor=actor, version=version
                )
            except StaleChange:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(approve, range(4))) == [False, False, False, True]


def test_a_draft_is_found_by_its_token_alone(session):
    token = drafts.begin(session, {"declarant": "杨阔远"})
    draft = drafts.get_draft(session, token)
    assert drafts.answers_of(session, draft) == {"declarant": "杨阔远"}
    assert drafts.get_draft(session, token + "x") is None
    assert drafts.get_draft(session, "") is None
    assert vault_of(session).token_hash(token) == draft.token_hash
    assert token not in draft.token_hash + draft.answers_sealed
