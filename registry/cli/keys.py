"""`flask --app app keys …`: exchanging the sealing key, and seeing which keys are in use."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from registry.config import Settings
from registry.db import keys
from registry.db.engine import Database
from registry.declarations import resealing
from registry.errors import RegistryError
from registry.web import sessions


@click.group("keys")
def command() -> None:
    """The keys that seal sensitive values."""


@command.command("rotate")
@with_appcontext
def rotate_command() -> None:
    """Make a new sealing key, seal everything with it, and throw the old one away. Stop the server first."""
    settings = sessions.settings()
    if settings.registry_keys:
        raise click.ClickException(
            "The keys come from REGISTRY_KEYS, which a program cannot change. Put a new sealing key beside the old one "
            "in it, make the new one the current one, restart every server, run `flask --app app keys reseal`, and "
            "take the old key out; docs/keys.md shows each step."
        )
    try:
        with current_app.extensions["registry_keys_hold"].alone():
            count, current = rotate(settings)
    except keys.KeysInUse as error:
        raise click.ClickException(str(error)) from error
    except RegistryError as error:
        raise click.ClickException(f"No sealed value was changed: {error}.") from error
    click.echo(f"{count} values are now sealed with {current}, the only sealing key left.")
    click.echo("Copy the key file to its safe place: backups from now on need it, older ones need the older copy.")


@command.command("reseal")
@with_appcontext
def reseal_command() -> None:
    """Seal with the current key whatever is still sealed with an older one; keep all keys."""
    settings = sessions.settings()
    try:
        count = _reseal(sessions.database())
    except RegistryError as error:
        raise click.ClickException(f"No sealed value was changed: {error}.") from error
    click.echo(f"{count} values were sealed anew with {keys.ensure(settings).current}.")


@command.command("show-status")
@with_appcontext
def show_status_command() -> None:
    """Show where the keys come from, what is sealed with each, and whether it opens; no secret is shown."""
    settings = sessions.settings()
    click.echo(f"Keys from: {'REGISTRY_KEYS' if settings.registry_keys else settings.instance / keys.FILE_NAME}")
    database = sessions.database()
    with database.session(write=False) as session:
        counts = resealing.count_by_key(session)
        broken = resealing.find_unopenable(session)
        found = not broken and resealing.finds_numbers(session)
    lost = counts.pop(resealing.UNKNOWN)
    for key_id, count in counts.items():
        note = "current" if key_id == database.vault.current_key else "old, and no longer needed"
        if count and note != "current":
            note = "old, still needed"
        click.echo(f"{key_id}: {count} values ({note})")
    if lost:
        raise click.ClickException(f"{lost} values are sealed with keys that are not here; see docs/keys.md.")
    if broken:
        raise click.ClickException(f"These keys are not this registry's, they do not open {', '.join(broken)}.")
    if not found:
        raise click.ClickException("The look-up key is not this registry's: sensitive numbers would not be found.")
    click.echo("The keys open what is sealed and find sensitive numbers.")
    click.echo(f"Receipts of checks are signed with the key {database.signatures.current.fingerprint}.")


def rotate(settings: Settings) -> tuple[int, str]:
    """Exchange the sealing key; return how many values were sealed anew, and the id of the new key.

    Safe to break off anywhere, and then to run again. First the key file gets the new key beside the old one, so
    whatever is sealed from now on can be opened after any crash. Then everything is sealed anew in one transaction.
    Only when that is on disk does the old key leave the file. A file that already holds two keys is a rotation that
    was broken off: it is finished with the key that it made.

    Raises:
        SealBroken: a value cannot be opened; nothing was changed but the file, which holds both keys.
    """
    ring = keys.read_file(settings)
    if len(ring["sealing"]) == 1:
        ring = keys.with_new_sealing_key(ring)
        keys.replace_file(settings, ring)
    # The application at hand still seals with the old key; this database has the new ring.
    database = Database(settings, keys.ensure(settings))
    try:
        count = _reseal(database)
    finally:
        database.dispose()
    keys.replace_file(settings, keys.without_old_sealing_keys(ring))
    return count, str(ring["current"])


def _reseal(database: Database) -> int:
    with database.session(write=True) as session:
        counts = resealing.count_by_key(session)
        outdated = sum(counts.values()) - counts[database.vault.current_key]
        with click.progressbar(length=outdated, label="Sealing anew") as bar:
            count = resealing.reseal(session, advance=bar.update)
        session.commit()
    return count
