"""`flask --app app api-keys …`: the keys by which programs are known."""

from __future__ import annotations

import re

import click
from flask.cli import AppGroup

from registry.db import api_keys
from registry.db.tables import NAME_LENGTH
from registry.errors import NotFound
from registry.text import find_forbidden, squeeze
from registry.web.sessions import database

command = AppGroup("api-keys", help="The keys by which programs are known: add, list, revoke.")


class Times(click.ParamType[int | None]):
    """A whole number, or the word none."""

    name = "times"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        text = str(value)
        if text == "none":
            return None
        if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not 1 <= int(text) <= api_keys.MOST_TIMES:
            self.fail(f"Give a whole number from 1 to {api_keys.MOST_TIMES}, or none to lift the limits.", param, ctx)
        return int(text)


@command.command("add")
@click.argument("name")
@click.option("--note", default="", help="Whom to ask about it, what it is for.")
@click.option(
    "--times",
    type=Times(),
    default="10",
    show_default=True,
    help="By what its limits are multiplied; none lifts them.",
)
def add(name: str, note: str, times: int | None) -> None:
    """Make a key for a program; print it, once."""
    name, note = _line(name, "NAME"), _line(note, "--note", empty=True)
    with database().session(write=True) as session:
        record, key = api_keys.add_key(session, name=name, note=note, times=times)
        session.commit()
    click.echo(f"Key {record.id} for {record.name}: {_limits(record.times)}.")
    click.echo(f"The key, shown this once, to be sent as Authorization: Bearer KEY\n  {key}")


@command.command("list")
def list_keys() -> None:
    """List the keys, revoked ones last."""
    with database().session(write=False) as session:
        records = api_keys.list_keys(session)
    if not records:
        click.echo("There are no keys yet. Make one with: api-keys add NAME")
    for record in records:
        state = f"revoked {record.revoked_at:%Y-%m-%d}" if record.revoked_at else _limits(record.times)
        used = f"used {record.last_used_on}" if record.last_used_on else "never used"
        made = f"made {record.created_at:%Y-%m-%d}"
        click.echo(f"{record.id:>4}  …{record.ending}  {state:<18}  {made}  {used:<15}  {record.name}")
        if record.note:
            click.echo(f"      {record.note}")


@command.command("revoke")
@click.argument("key_id", metavar="NUMBER", type=click.IntRange(1, 2**31 - 1))
def revoke(key_id: int) -> None:
    """Revoke a key by its number in the list; it opens nothing from the next request on."""
    with database().session(write=True) as session:
        try:
            changed = api_keys.revoke_key(session, key_id)
        except NotFound:
            raise click.ClickException(f"There is no key {key_id}. See: api-keys list") from None
        record = api_keys.get_key(session, key_id)
        session.commit()
        click.echo(f"Key {key_id} of {record.name} " + ("is revoked." if changed else "was revoked already."))


def _limits(times: int | None) -> str:
    return "no limits" if times is None else f"{times} × the limits"


def _line(text: str, where: str, *, empty: bool = False) -> str:
    line = squeeze(text)
    if (not line and not empty) or len(line) > NAME_LENGTH or find_forbidden(line):
        raise click.BadParameter(f"Give at most {NAME_LENGTH} printable characters.", param_hint=where)
    return line
