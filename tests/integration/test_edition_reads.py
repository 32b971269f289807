"""What the pages read of editions, on both databases."""

from __future__ import annotations

from registry.declarations import editions
from registry.declarations.public import list_first_lines
from tests.support import factories as make


def test_neighbours_are_the_published_editions_beside_a_day(session):
    days = [make.published(session).published_on for _ in range(3)]
    make.approved(
        session, make.submitted(session), make.an_editor(session), editions.next_edition_day(session, days[0])
    )
    seen = []
    for day in days:
        older, newer = editions.get_neighbours(session, editions.get_published_edition(session, day))
        seen.append((older and older.day, newer and newer.day))
    assert seen == [(None, days[1]), (days[0], days[2]), (days[1], None)]


def test_the_first_of_a_column_are_those_handed_in_first(session):
    actor = make.an_editor(session)
    made = [make.approved(session, make.submitted(session), actor) for _ in range(4)]
    edition = editions.publish(session, day=make.today(), today=make.today(), actor=actor)
    first = [line.reference for line in list_first_lines(session, edition.number, most=2)]
    assert first == [declaration.reference for declaration in made[:2]]
    assert editions.list_column(session, edition) == made
