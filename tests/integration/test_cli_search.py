"""The text index can be made anew from the declarations, and says when it disagrees with them."""

from __future__ import annotations

import pytest
from sqlalchemy import text

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
