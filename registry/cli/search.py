"""`flask --app app search …`: the upkeep of the text index."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from registry.search import upkeep
from registry.web import sessions

SHOWN = 20


@click.group("search")
def command() -> None:
    """The text index, which can always be made anew."""


@command.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Make the text index anew from the published declarations."""
    database = sessions.database()
    with click.progressbar(length=upkeep.count_public(database), label="Indexing") as bar:
        count = upkeep.rebuild(database, advance=bar.update)
    click.echo(f"{count} declarations are indexed.")


@command.command("verify")
@with_appcontext
def verify_command() -> None:
    """Compare the text index with the published declarations; end with status 1 where they differ."""
    database = sessions.database()
    with click.progressbar(length=upkeep.count_public(database), label="Comparing") as bar:
        found = upkeep.verify(database, advance=bar.update)
    for word, references in (("missing", found.missing), ("outdated", found.outdated)):
        for reference in references[:SHOWN]:
            click.echo(f"{word}: {reference}")
        if len(references) > SHOWN:
            click.echo(f"{word}: {len(references) - SHOWN} more")
    if found.surplus:
        click.echo(f"{found.surplus} rows belong to no published declaration")
    if found.broken:
        click.echo("the full-text table does not agree with its rows")
    if not found.good:
        raise click.ClickException("The index differs from the declarations: run flask --app app search rebuild.")
    click.echo(f"The index agrees with all {found.checked} published declarations.")
