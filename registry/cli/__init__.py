"""The commands, as `flask --app app …` lists them. Each is the `command` of the module that has its name.

That is imported when the command is asked for: a worker needs none of them, and most need the whole web.
"""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

NAMES = (
    "api-keys",
    "demo",
    "erase-expired",
    "examine",
    "keys",
    "kinds",
    "migrate",
    "open-data",
    "search",
    "serve",
    "staff",
    "styles",
)


class Commands(AppGroup):
    """The registry's commands beside those that extensions have added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *NAMES})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in NAMES:
            return super().get_command(ctx, name)
        command: click.Command = import_module(f"{__name__}.{name.replace('-', '_')}").command
        return command


def register(app: Flask) -> None:
    """Add every command to the application."""
    app.cli = Commands(app.name, commands=app.cli.commands)
