"""What `erase-expired` takes away, and what it must leave."""

from __future__ import annotations

import os
import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from registry import clock
from registry.cli import sweeping
from registry.db.tables import CheckReceipt, Declaration, Draft
from registry.declarations import drafts, records
from registry.search import receipts
from registry.search.files import folders
from tests.support import factories, files


@pytest.fixture
def erase(make_app):
    def run(**changes):
        return make_app(**changes).test_cli_runner().invoke(args=["erase-expired"])

    return run


@pytest.fixture
def old(saving):
    """One published and one waiting declaration of 40 days ago, and a draft of 10 days ago."""
    with clock.at(clock.now() - timedelta(days=40)), saving() as session:
        published = factories.published(session).reference
        waiting = factories.submitted(session).reference
    with clock.at(clock.now() - timedelta(days=10)), saving() as session:
        drafts.begin(session, {"declarant": "杨阔远"})
    return published, waiting


def contacts(db):
    with db.session(write=False) as session:
        return {
            declaration.reference: records.contact_of(session, declaration)
            for declaration in session.exec(select(Declaration))
        }


def count_drafts(db):
    with db.session(write=False) as session:
        return len(session.exec(select(Draft)).all())


def test_nothing_is_erased_before_its_term(erase, old, db):
    assert "contacts of 0 declarations and 0 drafts" in erase(contact_days=41, draft_days=11).output
    assert all(contacts(db).values())
    assert count_drafts(db) == 1


def test_expired_contacts_are_erased_once_and_those_of_open_cases_stay(erase, old, db):
    published, waiting = old
    assert "contacts of 1 declarations and 0 drafts" in erase(contact_days=39, draft_days=11).output
    assert contacts(db)[published] is None
    assert contacts(db)[waiting].phone == factories.PHONE
    assert "contacts of 0 declarations" in erase(contact_days=39, draft_days=11).output


def test_expired_drafts_are_erased(erase, old, db):
    assert "and 1 drafts" in erase(contact_days=365, draft_days=9).output
    assert count_drafts(db) == 0


def test_receipts_are_erased_after_the_day_that_stands_on_them_and_not_before(erase, saving, db):
    with saving() as session:
        for days in (-1, 0):
            receipts.make(session, "A1", issuer={}, kept_until=factories.today() + timedelta(days=days))
    assert "1 receipts of checks and 0 files of numbers" in erase().output
    with db.session(write=False) as session:
        assert [row.kept_until for row in session.exec(select(CheckReceipt))] == [factories.today()]
    assert "0 receipts of checks" in erase(receipt_days=1).output


def test_the_declaration_itself_stays_as_it_was(erase, old, db):
    published, _ = old
    with db.session(write=False) as session:
        before = _without_contact(session, published)
    erase(contact_days=1, draft_days=1)
    with db.session(write=False) as session:
        assert _without_contact(session, published) == before


def _without_contact(session, reference):
    declaration = session.exec(select(Declaration).where(Declaration.reference == reference)).one()
    return declaration.model_dump(exclude={"contact_sealed"}), records.entry_of(session, declaration).documents


@pytest.mark.one_database
def test_files_of_numbers_are_erased_when_nobody_has_come_back_to_them(erase, settings):
    root = settings.instance / folders.NAME
    old, new = (files.put(root, b"1") for _turn in range(2))
    past = clock.now().timestamp() - 60 * settings.check_file_minutes
    os.utime(old.path / folders.STATE, (past, past))
    assert "and 1 files of numbers" in erase().output
    assert [path.name for path in root.iterdir()] == [new.id]


@pytest.mark.one_database
def test_every_worker_sweeps_at_its_start_and_goes_on(settings, monkeypatch):
    rounds, done = [], threading.Event()

    def sweep(_settings):
        rounds.append(1)
        if len(rounds) == 1:
            raise PermissionError(13, "Permission denied")
        done.set()

    monkeypatch.setattr(sweeping, "sweep", sweep)
    monkeypatch.setattr(sweeping, "EVERY_SECONDS", 0.001)
    stop = sweeping.start(settings)
    assert done.wait(10)
    stop.set()
