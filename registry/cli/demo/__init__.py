"""`flask --app app demo`: an empty registry filled with eight weeks of invented declarations.

Nobody in it exists, no number in it was ever given out as far as its rule leaves room for that, and all of it is made
by the services that real declarations go through.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

import click
from flask.cli import with_appcontext
from sqlmodel import Session, select

from registry import clock
from registry.cli import starting
from registry.cli.demo.story import DAYS, FEWEST, Story
from registry.db.engine import Database
from registry.db.tables import StaffMember
from registry.declarations.queries import count_by_status, registry_is_empty
from registry.declarations.states import Actor, editor
from registry.web import sessions

SEED = 20240318
# Without a password and inactive: they stand in the history and can never sign in.
EDITORS = (("demo-editor@registry.example", "林知夏（演示）"), ("demo-editor-2@registry.example", "周予安（演示）"))


@click.command("demo")
@click.option(
    "--declarations",
    type=click.IntRange(FEWEST, 20_000),
    default=300,
    show_default=True,
    help="How many declarations of a loss to invent; corrections and withdrawals come on top.",
)
@with_appcontext
def command(declarations: int) -> None:
    """Fill an empty registry with invented declarations."""
    settings = sessions.settings()
    with starting.refusals_in_one_sentence():
        starting.prepare(settings)
    counts = fill(sessions.database(), declarations, zone=settings.timezone)
    click.echo(
        f"{sum(counts.values())} invented declarations: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    )


def fill(database: Database, declarations: int, *, zone: str) -> dict[str, int]:
    """Tell the story in one transaction, so that breaking it off leaves the registry empty; return counts by status.

    Raises:
        click.ClickException: there are declarations already.
    """
    with database.session(write=True) as session:
        if not registry_is_empty(session):
            raise click.ClickException(
                "This registry holds declarations already; invented ones are put into an empty one only. "
                "To try the demo beside it, set REGISTRY_INSTANCE to another folder."
            )
        random = Random(SEED)  # noqa: S311 (invented data, the same at every run)
        story = Story(session, random, ensure_editors(session), zone=zone)
        day = clock.today(zone) - timedelta(days=DAYS)
        with click.progressbar(length=DAYS, label="Inventing eight weeks") as bar:
            for reached in story.tell(declarations):
                bar.update((reached - day).days)
                day = max(day, reached)
        counts = count_by_status(session)
        session.commit()
    return dict(sorted(counts.items()))


def ensure_editors(session: Session) -> tuple[Actor, ...]:
    found = []
    for email, name in EDITORS:
        member = session.exec(select(StaffMember).where(StaffMember.email == email)).first()
        if member is None:
            member = StaffMember(
                email=email,
                name=name,
                active=False,
                fs_uniquifier=email,
                create_datetime=clock.now(),
            )
            session.add(member)
            session.flush()
        assert member.id is not None
        found.append(editor(member.id))
    return tuple(found)
