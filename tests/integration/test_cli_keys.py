"""Rotation of the sealing key: nothing is lost wherever it breaks off, and a stolen dump tells nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from registry.cli import keys as command
from registry.db import keys
from registry.db.engine import Database, reader_within
from registry.db.sealing import SealBroken
from registry.db.tables import metadata
from registry.declarations import drafts, edition_files, editions, queries, records, resealing, service
from registry.declarations.entries import Contact
from registry.search.check import check
from tests.support import factories

# Births of 1900 and 1905, orders that were never given out.
NUMBER = "149901190502299006"
PRINTED = "149901190001018984"
PHONE = "12500008888"
CALLER = "澹台若兮"
CONTACT = Contact(name=CALLER, phone=PHONE, email="ruoxi@registry.example")


@pytest.fixture
def filled(saving):
    """A declaration with a sealed number, a contact, a secret code, in a closed edition of which a file is kept, and a
    draft; returns (reference, secret, token)."""
    with saving() as session:
        declaration = factories.submitted(
            session,
            factories.resident_id(NUMBER, confirmed=True),
            factories.resident_id(PRINTED, full_in_print=True, confirmed=True),
            contact=CONTACT,
        )
        actor = factories.an_editor(session)
        factories.approved(session, declaration, actor)
        made = factories.made_column(session, factories.today(), press=PRINTED.encode())
        editions.close(session, day=factories.today(), actor=actor, made=made)
        token = drafts.begin(session, {"phone": PHONE})
        return declaration.reference, service.secret_of(session, declaration), token


@pytest.fixture
def flask(app):
    """Run a command as `flask --app app …` does; returns what it said and its status."""
    runner = app.test_cli_runner()

    def run(*words):
        return runner.invoke(args=list(words))

    return run


def all_sealed(database):
    with database.session(write=False) as session:
        return [
            value
            for purpose in resealing.PURPOSES
            for value in session.execute(
                select(metadata.tables[purpose.split(".")[0]].c[purpose.split(".")[1]])
            ).scalars()
            if value is not None
        ]


def assert_all_opens(settings, filled):
    reference, secret, token = filled
    database = Database(settings, keys.ensure(settings))
    try:
        with database.session(write=False) as session:
            found = check(reader_within(session), NUMBER).verdicts[0].entry.reference
            assert found == reference
            declaration = queries.get_declaration(session, reference)
            shown = [
                records.shown_number(session, number, records.Reveal.FULL) for number in records.numbers_of(declaration)
            ]
            assert shown == [NUMBER, PRINTED]
            assert records.contact_of(session, declaration) == CONTACT
            assert service.secret_of(session, declaration) == secret
            draft = drafts.get_draft(session, token)
            assert drafts.answers_of(session, draft) == {"phone": PHONE}
            [kept] = edition_files.list_files(session, declaration.edition)
            assert edition_files.content_of(session, kept) == PRINTED.encode()
    finally:
        database.dispose()


def ring_of(settings):
    return keys.read_file(settings)


def test_every_sealed_column_is_resealed():
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    assert {name for name in columns if "sealed" in name} == set(resealing.PURPOSES)


def test_rotation_seals_everything_with_a_new_key_and_drops_the_old(flask, settings, db, filled):
    before = ring_of(settings)
    done = flask("keys", "rotate")
    assert done.exit_code == 0, done.output
    assert "6 values are now sealed with k2" in done.output
    after = ring_of(settings)
    assert set(after["sealing"]) == {"k2"}
    assert (after["session"], after["lookup"]) == (before["session"], before["lookup"])
    assert all(value.startswith("k2.") for value in all_sealed(db))
    assert (settings.instance / keys.FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert_all_opens(settings, filled)
    old = json.dumps(before)
    stale = Database(settings, keys.ensure(replace(settings, registry_keys=old)))
    with stale.session(write=False) as session, pytest.raises(SealBroken):
        drafts.answers_of(session, drafts.get_draft(session, filled[2]))
    stale.dispose()


def test_a_second_rotation_makes_a_third_key(flask, settings, filled):
    flask("keys", "rotate")
    flask("keys", "rotate")
    assert ring_of(settings)["current"] == "k3"
    assert_all_opens(settings, filled)


def test_many_batches_are_resealed(flask, settings, db, saving, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 3)
    with saving() as session:
        tokens = [drafts.begin(session, {"n": n}) for n in range(10)]
    assert "10 values" in flask("keys", "rotate").output
    fresh = Database(settings, keys.ensure(settings))
    with fresh.session(write=False) as session:
        answers = [drafts.answers_of(session, drafts.get_draft(session, token))["n"] for token in tokens]
    fresh.dispose()
    assert answers == list(range(10))


def test_a_rotation_that_breaks_off_while_sealing_changes_nothing_and_can_be_finished(
    flask, settings, db, filled, monkeypatch
):
    before = all_sealed(db)
    real = resealing._reseal

    def break_off(session, purpose, batch):
        if purpose == drafts.PURPOSE:
            raise KeyboardInterrupt
        real(session, purpose, batch)

    monkeypatch.setattr(resealing, "_reseal", break_off)
    with pytest.raises(KeyboardInterrupt):
        command.rotate(settings)
    assert all_sealed(db) == before
    assert set(ring_of(settings)["sealing"]) == {"k1", "k2"}
    assert_all_opens(settings, filled)

    monkeypatch.setattr(resealing, "_reseal", real)
    assert "6 values are now sealed with k2" in flask("keys", "rotate").output
    assert set(ring_of(settings)["sealing"]) == {"k2"}
    assert_all_opens(settings, filled)


def test_a_rotation_that_breaks_off_before_the_old_key_is_dropped_can_be_finished(flask, settings, filled, monkeypatch):
    def break_off(ring):
        raise KeyboardInterrupt

    monkeypatch.setattr(keys, "without_old_sealing_keys", break_off)
    with pytest.raises(KeyboardInterrupt):
        command.rotate(settings)
    assert_all_opens(settings, filled)
    monkeypatch.undo()
    assert "0 values are now sealed with k2" in flask("keys", "rotate").output
    assert set(ring_of(settings)["sealing"]) == {"k2"}
    assert_all_opens(settings, filled)


def test_a_value_that_cannot_be_opened_stops_the_rotation(flask, settings, db, filled, saving):
    with saving() as session:
        session.execute(text("UPDATE draft SET answers_sealed = 'k9.AAAA'"))
    before = all_sealed(db)
    done = flask("keys", "rotate")
    assert done.exit_code == 1
    assert "No sealed value was changed" in done.output
    assert all_sealed(db) == before
    assert set(ring_of(settings)["sealing"]) == {"k1", "k2"}


@pytest.mark.one_database
def test_a_rotation_waits_for_no_one_and_refuses_beside_a_running_server(flask, settings):
    running = keys.Hold(settings)
    done = flask("keys", "rotate")
    assert done.exit_code == 1
    assert "Stop the server" in done.output
    assert set(ring_of(settings)["sealing"]) == {"k1"}
    del running
    assert flask("keys", "rotate").exit_code == 0


@pytest.mark.one_database
def test_the_hold_is_shared_again_after_a_rotation(flask, settings):
    flask("keys", "rotate")
    keys.Hold(settings)


def test_keys_of_the_environment_are_rotated_by_hand(make_app, settings, db, filled):
    ring = ring_of(settings)
    by_hand = keys.with_new_sealing_key(ring)
    app = make_app(registry_keys=json.dumps(by_hand))
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["keys", "rotate"])
    assert refused.exit_code == 1
    assert "REGISTRY_KEYS" in refused.output
    assert "k1: 6 values (old, still needed)" in runner.invoke(args=["keys", "show-status"]).output

    assert "6 values were sealed anew with k2" in runner.invoke(args=["keys", "reseal"]).output
    status = runner.invoke(args=["keys", "show-status"]).output
    assert "k1: 0 values (old, and no longer needed)" in status
    assert "k2: 6 values (current)" in status
    without = replace(settings, registry_keys=json.dumps(keys.without_old_sealing_keys(by_hand)))
    assert_all_opens(without, filled)


def test_the_status_tells_no_secret(flask, settings, filled):
    said = flask("keys", "show-status").output
    assert "k1: 6 values (current)" in said
    ring = ring_of(settings)
    for secret in (ring["session"], ring["lookup"], *ring["sealing"].values()):
        assert secret not in said


def test_the_status_warns_of_values_whose_key_is_gone(flask, saving, filled):
    with saving() as session:
        session.execute(text("UPDATE draft SET answers_sealed = 'k9.AAAA'"))
    done = flask("keys", "show-status")
    assert done.exit_code == 1
    assert "1 values are sealed with keys that are not here" in done.output


def test_the_status_knows_the_keys_of_another_registry(make_app, settings, filled):
    ring, other = ring_of(settings), keys.fresh_ring()

    def status(**changes):
        app = make_app(registry_keys=json.dumps({**ring, **changes}))
        return app.test_cli_runner().invoke(args=["keys", "show-status"])

    assert status().exit_code == 0
    strange = status(sealing=other["sealing"])
    assert strange.exit_code == 1
    assert "they do not open document_number.sealed (k1)" in strange.output
    lost = status(lookup=other["lookup"])
    assert lost.exit_code == 1
    assert "look-up key" in lost.output


def test_the_status_of_an_empty_registry_is_good(flask):
    assert flask("keys", "show-status").exit_code == 0


def test_a_dump_without_the_keys_tells_no_number_and_no_contact(settings, db, saving, filled):
    with saving() as session:
        factories.published(session, factories.work_id("2036254085333"), declarant="杨阔远", contact=CONTACT)
    with db.session(write=False) as session:
        dump = "\n".join(repr(tuple(row)) for table in metadata.sorted_tables for row in session.execute(select(table)))
    assert "杨阔远" in dump
    secrets = (NUMBER, PRINTED, "2036254085333", NUMBER[6:], CALLER, PHONE, CONTACT.email, filled[1].replace("-", ""))
    for secret in (*secrets, filled[2]):
        assert secret not in dump
    if settings.database_url.startswith("sqlite"):
        files = b"".join(path.read_bytes() for path in Path(db.write_engine.url.database).parent.glob("registry.db*"))
        for secret in (*secrets, filled[2]):
            assert secret.encode() not in files
