"""The invented registry: every kind and state, a history that could have happened, and nothing half done."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import make_url
from sqlmodel import select

from registry import clock, kinds
from registry.cli import demo, staff
from registry.cli.demo import story
from registry.cli.demo.story import FEWEST, Story
from registry.db import keys
from registry.db.engine import Database, reader_within
from registry.db.tables import STATUSES, Declaration, Document, DocumentNumber, Draft, Edition, StaffMember
from registry.declarations import queries, records, reviewing
from registry.kinds import CATALOGUE, catalogue
from registry.search import upkeep
from registry.search.check import check
from registry.text import Text
from tests.support import factories

ZONE = "Asia/Shanghai"
A_TUESDAY = datetime(2026, 3, 17, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def small(base_settings, migrated_sqlite, tmp_path_factory):
    """A small demo, told into an SQLite database once: its file and its counts."""
    path = tmp_path_factory.mktemp("small") / "demo.db"
    shutil.copyfile(migrated_sqlite, path)
    return path, _told(replace(base_settings, database_url=f"sqlite:///{path}"))


@pytest.fixture
def told(settings, request):
    """The counts of a small demo, which stands in the database."""
    url = make_url(settings.database_url)
    if url.drivername == "sqlite":
        path, counts = request.getfixturevalue("small")
        shutil.copyfile(path, url.database)
        return counts
    return _told(settings)


def _told(settings):
    database = Database(settings, keys.ensure(settings))
    counts = demo.fill(database, FEWEST, zone=ZONE)
    database.dispose()
    return counts


@pytest.fixture
def everything(told, db):
    with db.session(write=False) as session:
        declarations = session.exec(select(Declaration).order_by(Declaration.id).options(*queries.whole())).all()
        for declaration in declarations:
            assert declaration.history
        yield declarations


@pytest.mark.one_database
def test_every_kind_is_there_as_soon_as_there_are_enough(db):
    demo.fill(db, 3 * len(CATALOGUE), zone=ZONE)
    with db.session(write=False) as session:
        assert set(session.exec(select(Document.kind))) == {kind.slug for kind in CATALOGUE}


def test_every_status_is_there_and_what_is_published_is_found_by_number(told, everything, db):
    assert set(told) >= set(STATUSES) - {"draft", "contested"}
    assert {declaration.nature for declaration in everything} == {"loss", "correction", "withdrawal"}
    with db.session(write=False) as session:
        assert session.exec(select(Draft)).all()
        numbers = session.exec(select(DocumentNumber)).all()
    assert any(number.confirmed for number in numbers)
    assert any(number.full_in_print for number in numbers)
    published = next(d for d in everything if d.status == "published" and records.numbers_of(d))
    with db.session(write=False) as session:
        text = records.shown_number(session, records.numbers_of(published)[0], records.Reveal.FULL)
        assert "declared" in {verdict.verdict for verdict in check(reader_within(session), text).verdicts}
    assert upkeep.verify(db).good


@pytest.mark.one_database
def test_the_queue_has_something_to_decide(everything, db):
    with db.session(write=False) as session:
        queue = [row.declaration for row in reviewing.get_queue(session).rows]
        assert len(queue) >= 5
        assert any(queries.find_duplicates(session, declaration) for declaration in queue)
        assert any(number.confirmed for declaration in queue for number in records.numbers_of(declaration))
        approved = [declaration for declaration in everything if declaration.status == "approved"]
        assert any(declaration.edition.published_at is None for declaration in approved)


@pytest.mark.one_database
def test_histories_happen_in_order_and_not_in_the_future(everything):
    for declaration in everything:
        moments = [entry.at for entry in declaration.history]
        assert moments == sorted(moments)
        assert declaration.created_at <= declaration.submitted_at <= moments[-1] <= clock.now()
        assert declaration.history[-1].to_status == declaration.status
        assert declaration.lost_on is None or declaration.lost_on < declaration.created_at.date() + timedelta(days=1)
    assert [declaration.created_at for declaration in everything] == sorted(d.created_at for d in everything)


@pytest.mark.one_database
def test_editions_come_out_on_working_days_with_numbers_that_do_not_skip(told, db):
    with db.session(write=False) as session:
        editions = session.exec(select(Edition).where(Edition.number != None).order_by(Edition.day)).all()  # noqa: E711
    assert [edition.number for edition in editions] == list(range(1, len(editions) + 1))
    assert all(earlier.day < later.day for earlier, later in pairwise(editions))
    assert all(edition.day.weekday() < 5 for edition in editions)
    assert all(edition.published_at.astimezone(ZoneInfo(ZONE)).date() == edition.day for edition in editions)


@pytest.mark.one_database
def test_the_whole_demo_has_every_kind_hundreds_of_declarations_and_dozens_of_editions(app, db):
    done = app.test_cli_runner().invoke(args=["demo"])
    assert done.exit_code == 0, done.output
    with db.session(write=False) as session:
        counts = queries.count_by_status(session)
        editions = session.exec(select(Edition).where(Edition.number != None)).all()  # noqa: E711
        assert set(session.exec(select(Document.kind))) == {kind.slug for kind in CATALOGUE}
    assert set(counts) == set(STATUSES) - {"draft"}
    assert sum(counts.values()) > 300
    assert f"{sum(counts.values())} invented declarations" in done.output
    assert 36 <= len(editions) <= 40


def test_a_registry_that_holds_something_is_left_alone(app, saving, db):
    with saving() as session:
        reference = factories.submitted(session).reference
    done = app.test_cli_runner().invoke(args=["demo"])
    assert done.exit_code == 1
    assert "holds declarations already" in done.output
    with db.session(write=False) as session:
        assert session.exec(select(Declaration.reference)).all() == [reference]


def test_breaking_off_leaves_the_registry_empty(db, monkeypatch):
    real = Story.tell

    def break_off(self, count):
        for number, day in enumerate(real(self, count)):
            if number == 30:
                raise KeyboardInterrupt
            yield day

    monkeypatch.setattr(Story, "tell", break_off)
    with pytest.raises(KeyboardInterrupt):
        demo.fill(db, FEWEST, zone=ZONE)
    with db.session(write=False) as session:
        assert queries.registry_is_empty(session)
        assert not session.exec(select(StaffMember)).all()


@pytest.mark.one_database
def test_the_invented_editors_cannot_sign_in_and_do_not_keep_the_first_editor_out(told, app, db):
    with db.session(write=False) as session:
        members = session.exec(select(StaffMember)).all()
    assert {member.email for member in members} == {email for email, _ in demo.EDITORS}
    assert not any(member.active or member.password for member in members)
    assert staff.ensure_first_editor(app) is not None


@pytest.mark.one_database
def test_the_same_story_is_told_again(session):
    with clock.at(A_TUESDAY):
        first, second = _sentences(session), _sentences(session)
    assert first == second
    assert len(first) >= FEWEST


@pytest.mark.one_database
@pytest.mark.parametrize("hours", [16, 24 * 4])
def test_it_can_be_told_at_any_hour_of_any_day(session, hours):
    with clock.at(A_TUESDAY + timedelta(hours=hours)):
        _sentences(session)


@pytest.mark.one_database
def test_the_last_requests_are_about_two_declarations_whatever_became_of_them(session, monkeypatch):
    monkeypatch.setattr(story, "_FATES", dict.fromkeys(range(40), "moved"))
    with clock.at(A_TUESDAY):
        _tell(session)
    further = session.exec(select(Declaration).where(Declaration.nature != "loss")).all()
    assert {declaration.nature for declaration in further} == {"correction", "withdrawal"}
    assert len({declaration.follows_id for declaration in further}) == len(further)


@pytest.mark.one_database
def test_a_new_kind_of_the_catalogue_is_picked_up(db, monkeypatch):
    known = kinds.get("birth_medical_certificate")
    new = replace(known, slug="orchid_permit", family="orchids", title=Text("兰花证", "Orchid permit"))
    monkeypatch.setattr(kinds, "CATALOGUE", (*CATALOGUE[: FEWEST // 3 - 1], new))
    monkeypatch.setitem(catalogue.KINDS, new.slug, new)
    demo.fill(db, FEWEST, zone=ZONE)
    with db.session(write=False) as session:
        assert session.exec(select(Document).where(Document.kind == new.slug)).all()


def _tell(session):
    for _ in Story(session, Random(demo.SEED), demo.ensure_editors(session), zone=ZONE).tell(FEWEST):
        pass


def _sentences(session):
    """The sentences of a small demo that is then taken back; references are random, so further records are left out."""
    _tell(session)
    losses = session.exec(select(Declaration).where(Declaration.nature == "loss").order_by(Declaration.id)).all()
    sentences = [records.statement_of(session, declaration, records.Reveal.FULL) for declaration in losses]
    session.rollback()
    return sentences
