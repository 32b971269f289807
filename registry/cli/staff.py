"""`flask --app app staff …`: who may sign in. Accounts are made at the terminal only, by whoever runs the registry."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask, g
from flask.cli import AppGroup
from flask_security import hash_password
from sqlmodel import Session, col, select

from registry import clock
from registry.db.engine import lock_log
from registry.db.tables import NAME_LENGTH, StaffMember
from registry.text import find_forbidden, squeeze
from registry.web.accounts import datastore
from registry.web.sessions import db

EDITOR = "editor"
FIRST_EDITOR = "editor@registry.example"
FIRST_NAME = "编辑"

# Syllables that read the same aloud in pinyin and in English, and look alike in no typeface: 14 × 5 of them, so that
# ten make 61 bits, against a sign-in page that is throttled.
CONSONANTS = "bdfghjkmnprstz"
VOWELS = "aeiou"
WORDS = 5

command = AppGroup("staff", help="Who may sign in: add, list, reset-password, deactivate, activate.")


def ensure_first_editor(app: Flask) -> tuple[str, str] | None:
    """Create the role of editors and, while nobody on the staff ever had a password, the first editor.

    Returns that editor's e-mail address and password, which is kept nowhere; None when somebody is there already.
    """
    with app.app_context(), _writing() as session:
        # Two servers may start on one new database at the same moment.
        lock_log(session)
        datastore().find_or_create_role(EDITOR)
        # The invented editors of the demo have none, and must not keep the real one out.
        if session.exec(select(StaffMember.id).where(col(StaffMember.password).is_not(None)).limit(1)).first():
            return None
        return FIRST_EDITOR, _create(FIRST_EDITOR, FIRST_NAME)


def new_password() -> str:
    """Return a random password that can be read out over the telephone, `tadi-mofe-kusa-bani-rupo`."""
    syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2 * WORDS)]
    return "-".join(a + b for a, b in zip(syllables[::2], syllables[1::2], strict=True))


@command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Stands in the history beside everything this editor does.")
def add(email: str, name: str) -> None:
    """Add an editor; print the first password."""
    email, name = _checked_email(email), _checked_name(name)
    with _writing() as session:
        lock_log(session)
        if datastore().find_user(case_insensitive=True, email=email):
            raise click.ClickException(f"{email} is on the staff already. To give a new password: staff reset-password")
        password = _create(email, name)
    click.echo(f"{name} may sign in as {email}")
    _say_password(password)


@command.command("list")
def list_staff() -> None:
    """List the staff, inactive members too."""
    with _writing() as session:
        members = session.exec(select(StaffMember).order_by(col(StaffMember.email), col(StaffMember.id))).all()
    if not members:
        click.echo("There is no staff yet. Add somebody with: staff add EMAIL --name NAME")
    width = max((len(member.email) for member in members), default=0)
    for member in members:
        state = "active" if member.active else "inactive"
        click.echo(f"{member.email:<{width}}  {state:<8}  since {member.create_datetime:%Y-%m-%d}  {member.name}")


@command.command("reset-password")
@click.argument("email")
def reset_password(email: str) -> None:
    """Give an editor a new password and end their sessions."""
    password = new_password()
    with _member(email) as member:
        member.password = hash_password(password)
        datastore().set_uniquifier(member)
    click.echo(f"{member.email} is signed out everywhere and has a new password.")
    _say_password(password)


@command.command("deactivate")
@click.argument("email")
def deactivate(email: str) -> None:
    """Sign an editor out and keep them out; what they did stays in the history under their name."""
    with _member(email) as member:
        changed = datastore().deactivate_user(member)
        datastore().set_uniquifier(member)
    click.echo(f"{member.email} may no longer sign in." if changed else f"{member.email} was inactive already.")


@command.command("activate")
@click.argument("email")
def activate(email: str) -> None:
    """Let an editor sign in again."""
    with _member(email) as member:
        changed = datastore().activate_user(member)
    click.echo(f"{member.email} may sign in again." if changed else f"{member.email} was active already.")


@contextmanager
def _writing() -> Iterator[Session]:
    """One transaction on the session that Flask-Security uses too; outside a request nobody else commits it."""
    session = db()
    try:
        yield session
        session.commit()
    finally:
        g.pop("db_session", None)
        session.close()


@contextmanager
def _member(email: str) -> Iterator[Any]:
    with _writing():
        member = datastore().find_user(case_insensitive=True, email=email.strip())
        if member is None:
            raise click.ClickException(f"Nobody on the staff has the address {email}. See: staff list")
        yield member


def _create(email: str, name: str) -> str:
    password = new_password()
    store = datastore()
    store.create_user(
        email=email,
        name=name,
        password=hash_password(password),
        create_datetime=clock.now(),
        roles=[store.find_or_create_role(EDITOR)],
    )
    return password


def _say_password(password: str) -> None:
    click.echo(f"Password, shown this once, to be changed after signing in: {password}")


def _checked_email(text: str) -> str:
    try:
        # A closed network has addresses that no mail server of the world knows.
        return validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        raise click.BadParameter("Give an e-mail address such as name@paper.example.", param_hint="EMAIL") from None


def _checked_name(text: str) -> str:
    name = squeeze(text)
    if not name or len(name) > NAME_LENGTH or find_forbidden(name):
        raise click.BadParameter(f"Give a name of 1 to {NAME_LENGTH} printable characters.", param_hint="--name")
    return name
