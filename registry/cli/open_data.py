"""`flask --app app open-data`: everything published as a package of files, for a daily cron job."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from registry.errors import RegistryError
from registry.exporting import opendata
from registry.web import sessions


@click.command("open-data")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into; the site itself offers what lies in open-data in the instance folder.",
)
@with_appcontext
def command(folder: Path | None) -> None:
    """Write everything published, numbers masked, as open data that the site offers for download."""
    database, settings = sessions.database(), sessions.settings()
    folder = folder or settings.instance / opendata.FOLDER
    try:
        with click.progressbar(length=opendata.count(database), label="Writing") as bar:
            described = opendata.write_package(database, settings, folder, advance=bar.update)
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder} cannot be written: {error.strerror}.") from None
    except RegistryError as error:
        raise click.ClickException(str(error)) from None
    size = sum(resource["bytes"] for resource in described["resources"])
    rows = described["resources"][0]["rows"]
    click.echo(f"{rows} declarations, {size / 1_000_000:.1f} MB, in {folder}")
