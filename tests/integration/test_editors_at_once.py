"""Several editors, or an editor and a declarant, at the same moment, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from registry.declarations import column_order, editions, queries, rearranging, service
from registry.declarations.states import DECLARANT
from registry.errors import StaleChange, TransitionRefused
from tests.support import factories as make

ROUNDS = range(4)


@pytest.fixture
def at_once(db):
    """`at_once(first, second)` runs both on sessions of their own, started together; False for who was refused."""

    def run(*steps):
        gate = Barrier(len(steps))

        def act(step):
            gate.wait(10)
            with db.session(write=True) as session:
                try:
                    step(session)
                except (StaleChange, TransitionRefused):
                    session.rollback()
                    return False
                session.commit()
                return True

        with ThreadPoolExecutor(len(steps)) as pool:
            return list(pool.map(act, steps))

    return run


def state_of(db, reference):
    with db.session(write=False) as session:
        declaration = queries.get_declaration(session, reference)
        return declaration.status, declaration.edition.published_at is not None if declaration.edition else None


@pytest.mark.parametrize("_round", ROUNDS)
def test_nothing_gets_into_an_edition_that_is_just_published(db, saving, at_once, _round):
    today = make.today()
    with saving() as session:
        actor = make.an_editor(session)
        make.approved(session, make.submitted(session), actor)
        late = make.submitted(session, make.seal())
        reference, version = late.reference, late.version

    def approve(session):
        # The page has looked at the edition already when it is published.
        editions.get_edition(session, today)
        declaration = queries.get_declaration(session, reference)
        service.approve(session, declaration, day=today, today=today, actor=actor, version=version)

    approved, published = at_once(
        approve, lambda session: editions.publish(session, day=today, today=today, actor=actor)
    )
    assert published
    assert state_of(db, reference) == (("published", True) if approved else ("submitted", None))


@pytest.mark.parametrize("_round", ROUNDS)
def test_what_is_taken_back_is_not_published(db, saving, at_once, _round):
    today = make.today()
    with saving() as session:
        actor = make.an_editor(session)
        make.approved(session, make.submitted(session), actor)
        other = make.approved(session, make.submitted(session, make.seal()), actor)
        reference, version = other.reference, other.version

    def take_back(session):
        declaration = queries.get_declaration(session, reference)
        service.take_back(session, declaration, actor=actor, version=version)

    taken, published = at_once(
        take_back, lambda session: editions.publish(session, day=today, today=today, actor=actor)
    )
    assert published
    assert state_of(db, reference) == (("submitted", None) if taken else ("published", True))


@pytest.mark.parametrize("_round", ROUNDS)
def test_what_is_withdrawn_by_its_declarant_is_not_published(db, saving, at_once, _round):
    today = make.today()
    with saving() as session:
        actor = make.an_editor(session)
        make.approved(session, make.submitted(session), actor)
        reference = make.approved(session, make.submitted(session, make.seal()), actor).reference

    def withdraw(session):
        declaration = queries.get_declaration(session, reference)
        service.withdraw_unpublished(session, declaration, actor=DECLARANT, day=today, reason="找到了")

    withdrawn, published = at_once(
        withdraw, lambda session: editions.publish(session, day=today, today=today, actor=actor)
    )
    assert published
    assert state_of(db, reference) == (("withdrawn", None) if withdrawn else ("published", True))


@pytest.mark.parametrize("_round", ROUNDS)
def test_there_is_one_further_record_at_a_time(db, saving, at_once, _round):
    with saving() as session:
        reference = make.published(session, make.seal()).reference

    def withdraw(session):
        declaration = queries.get_declaration(session, reference)
        service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到了")

    def correct(session):
        about = service.About(queries.get_declaration(session, reference), "correction")
        service.submit(session, make.entry(make.work_id()), day=make.today(), about=about)

    assert sorted(at_once(withdraw, correct, withdraw)) == [False, False, True]
    with db.session(write=False) as session:
        assert len(queries.get_declaration(session, reference).followers) == 1


def test_an_edition_is_published_as_it_was_read_or_not_at_all(saving):
    today = make.today()
    with saving() as session:
        actor = make.an_editor(session)
        make.approved(session, make.submitted(session), actor)
        for seen in (0, 2):
            with pytest.raises(StaleChange):
                editions.publish(session, day=today, today=today, actor=actor, seen=seen)
        assert editions.publish(session, day=today, today=today, actor=actor, seen=1).number == 1


@pytest.mark.parametrize("_round", ROUNDS[:2])
def test_what_is_withdrawn_while_an_edition_is_closed_is_in_its_files_or_not(db, saving, at_once, _round):
    today = make.today()
    with saving() as session:
        actor = make.an_editor(session)
        make.approved(session, make.submitted(session), actor)
        reference = make.approved(session, make.submitted(session, make.seal()), actor).reference
        made = make.made_column(session, today)

    def withdraw(session):
        declaration = queries.get_declaration(session, reference)
        service.withdraw_unpublished(session, declaration, actor=DECLARANT, day=today, reason="找到了")

    withdrawn, closed = at_once(withdraw, lambda session: editions.close(session, day=today, actor=actor, made=made))
    assert withdrawn
    with db.session(write=False) as session:
        edition = editions.get_edition(session, today)
        told = [declaration.reference for declaration in editions.list_withdrawn(session, edition)]
        assert told == ([reference] if closed else [])


def test_of_two_who_move_at_once_one_sees_the_other_s_order_first(db, saving, at_once):
    with saving() as session:
        actor = make.an_editor(session)
        for _ in range(3):
            make.approved(session, make.submitted(session), actor)
        seen = column_order.mark_of(editions.list_column(session, editions.get_edition(session, make.today())))

    def move(number, place):
        def act(session):
            # The page has read the column already when it is moved.
            editions.list_column(session, editions.get_edition(session, make.today()))
            rearranging.move(session, day=make.today(), number=number, place=place, seen=seen, actor=actor)

        return act

    assert sorted(at_once(move(1, 3), move(3, 1))) == [False, True]
