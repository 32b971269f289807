"""`flask --app app erase-expired`: contacts, drafts and files of numbers whose term is over, for a daily cron job."""

from __future__ import annotations

from datetime import timedelta

import click
from flask.cli import with_appcontext

from registry import clock
from registry.cli import sweeping
from registry.declarations import queries
from registry.web import sessions


@click.command("erase-expired")
@with_appcontext
def command() -> None:
    """Erase contact details after CONTACT_DAYS, drafts after DRAFT_DAYS, files of numbers after CHECK_FILE_MINUTES."""
    settings = sessions.settings()
    now = clock.now()
    with sessions.database().session(write=True) as session:
        contacts = queries.erase_contacts(session, before=now - timedelta(days=settings.contact_days))
        drafts = queries.erase_drafts(session, before=now - timedelta(days=settings.draft_days))
        session.commit()
    files = sweeping.sweep(settings)
    click.echo(f"Erased the contacts of {contacts} declarations, {drafts} drafts and {files} files of numbers.")
