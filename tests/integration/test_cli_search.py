"""The text index can be made anew from the declarations, and says when it disagrees with them."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import text

from registry.declarations import editions, service
from registry.declarations.queries import get_declaration
from registry.declarations.states import DECLARANT, change_status
from registry.search import upkeep
from registry.search.listing import Filters, list_public
from tests.support import factories


@pytest.fixture
def flask(app):
    runner = app.test_cli_runner()

    def run(*words):
        return runner.invoke(args=list(words))

    return run


@pytest.fixture
def references(saving):
    """Three published declarations and one that is not public."""
    with saving() as session:
        factories.submitted(session, declarant="祝未央")
        return [factories.published(session, declarant=name).reference for name in ("澹台若兮", "欧阳知返", "慕容简")]


@pytest.fixture
def found(db):
    def find(words):
        with db.session(write=False) as session:
            return [declaration.declarant for declaration in list_public(session, Filters(words=words)).declarations]

    return find


def test_a_sound_index_is_found_sound(flask, references):
    done = flask("search", "verify")
    assert done.exit_code == 0, done.output
    assert "agrees with all 3 published declarations" in done.output


def test_an_empty_registry_has_a_sound_index(flask):
    assert flask("search", "verify").exit_code == 0
    assert "0 declarations are indexed" in flask("search", "rebuild").output


def test_a_lost_index_is_noticed_and_made_anew(flask, references, saving, found, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    with saving() as session:
        session.execute(text("DELETE FROM search_document"))
    assert found("若兮") == []
    noticed = flask("search", "verify")
    assert noticed.exit_code == 1
    assert all(f"missing: {reference}" in noticed.output for reference in references)

    assert "3 declarations are indexed" in flask("search", "rebuild").output
    assert found("若兮") == ["澹台若兮"]
    assert found("未央") == []
    assert flask("search", "verify").exit_code == 0


def test_the_index_made_anew_is_the_one_that_publishing_made(flask, references, saving, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 1)
    rows = text("SELECT place, declaration_id, tokens FROM search_document ORDER BY place")
    with saving() as session:
        withdrawn = get_declaration(session, references[1])
        withdrawal = service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=factories.today(), reason="找到")
        factories.publish(session, withdrawal)
        declarations = [factories.submitted(session, declarant=name) for name in ("甲", "乙", "丙")]
        editor = factories.an_editor(session)
        # Approved in another order than handed in, which is the order of the column.
        for declaration in reversed(declarations):
            factories.approved(session, declaration, editor, factories.today() + timedelta(9))
        factories.publish(session, factories.submitted(session, declarant="丁"))
        day = factories.today() + timedelta(9)
        editions.publish(session, day=day, today=day, actor=editor)
    with saving() as session:
        published = session.execute(rows).all()
        session.execute(text("DELETE FROM search_document WHERE place % 2 = 0"))
    assert "8 declarations are indexed" in flask("search", "rebuild").output
    with saving() as session:
        assert session.execute(rows).all() == published


def test_an_editor_at_work_and_the_index_being_made_wait_for_each_other(db, references):
    with db.session(write=True) as session:
        declaration = get_declaration(session, references[0])
        change_status(session, declaration, "contested", actor=DECLARANT, action="contested")
        session.flush()
        rebuilding = Thread(target=upkeep.rebuild, args=(db,))
        rebuilding.start()
        rebuilding.join(0.3)
        assert rebuilding.is_alive()
        session.commit()
    rebuilding.join()
    assert upkeep.verify(db).good
    with db.session(write=False) as session:
        listed = list_public(session, Filters(status="contested")).declarations
    assert [one.reference for one in listed] == [references[0]]


def test_outdated_words_and_rows_too_many_are_noticed_and_mended(flask, references, saving, found):
    with saving() as session:
        session.execute(text("UPDATE search_document SET tokens = '_ 旧字 字 _' WHERE declaration_id = 2"))
        session.execute(text("UPDATE search_document SET place = place + 7 WHERE declaration_id = 3"))
        session.execute(text("INSERT INTO search_document VALUES (19990101000001, 1, '_ 未央 央 _')"))
    assert found("旧字") == ["澹台若兮"]
    noticed = flask("search", "verify").output
    assert f"outdated: {references[0]}" in noticed
    assert f"outdated: {references[1]}" in noticed
    assert "1 rows belong to no published declaration" in noticed

    flask("search", "rebuild")
    assert found("旧字") == []
    assert found("若兮") == ["澹台若兮"]
    assert flask("search", "verify").exit_code == 0


@pytest.mark.one_database
def test_a_full_text_table_that_lost_its_rows_is_noticed_and_mended(flask, references, saving, found):
    with saving() as session:
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    assert found("若兮") == []
    assert "full-text table does not agree" in flask("search", "verify").output
    flask("search", "rebuild")
    assert found("若兮") == ["澹台若兮"]
    assert flask("search", "verify").exit_code == 0


def test_long_lists_of_faults_are_cut(flask, references, saving, monkeypatch):
    monkeypatch.setattr("registry.cli.search.SHOWN", 1)
    with saving() as session:
        session.execute(text("DELETE FROM search_document"))
    assert "missing: 2 more" in flask("search", "verify").output
