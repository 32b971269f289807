"""`flask --app app migrate`: bring the database to the newest schema."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from registry.db import migrate
from registry.web.sessions import settings


@click.command("migrate")
@with_appcontext
def command() -> None:
    """Bring the database to the newest schema."""
    done = migrate.upgrade(settings())
    click.echo("The database was brought to the newest schema." if done else "The database is up to date.")
