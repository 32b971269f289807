"""`flask --app app migrate`: bring the database to the newest schema."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from registry.cli import starting
from registry.web import sessions


@click.command("migrate")
@with_appcontext
def command() -> None:
    """Bring the database to the newest schema."""
    with starting.refusals_in_one_sentence():
        changed = starting.prepare(sessions.settings())
    click.echo("The database was brought to the newest schema." if changed else "The database is up to date.")
