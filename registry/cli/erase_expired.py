"""`flask --app app erase-expired`: what was kept for a term that is over, for a daily cron job."""

from __future__ import annotations

from datetime import timedelta

import click
from flask.cli import with_appcontext

from registry import clock
from registry.cli import sweeping
from registry.declarations import queries
from registry.search.receipts import erase_receipts
from registry.web import sessions


@click.command("erase-expired")
@with_appcontext
def command() -> None:
    """Erase contact details after CONTACT_DAYS, unfinished drafts after DRAFT_DAYS, receipts and files of numbers."""
    settings = sessions.settings()
    now = clock.now()
    with sessions.database().session(write=True) as session:
        contacts = queries.erase_contacts(session, before=now - timedelta(days=settings.contact_days))
        drafts = queries.erase_drafts(session, before=now - timedelta(days=settings.draft_days))
        receipts = erase_receipts(session, today=clock.today(settings.timezone))
        session.commit()
    files = sweeping.sweep(settings)
    click.echo(
        f"Erased the contacts of {contacts} declarations and {drafts} drafts, {receipts} receipts of checks and "
        f"{files} files of numbers."
    )
