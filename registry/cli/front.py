"""What `flask --app app …` is given to look for a command in: making the web application takes seconds.

Flask wants an application before it says which command was typed, and what the catalogue tells needs none: no settings,
no keys, no database. Whoever asks for anything else is led to the web application.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import click
from flask import Flask
from flask.cli import FlaskGroup

from registry.cli import Commands, starting

_WITHOUT_REGISTRY: Final = ("examine", "kinds")


def is_asked_for_commands() -> bool:
    """Whether Flask is looking for a command at this moment; its own, such as `run`, it has found before."""
    context = click.get_current_context(silent=True)
    return context is not None and isinstance(context.command, FlaskGroup)


def make_front() -> Flask:
    """Return an application that has commands and nothing else."""
    app = Flask("registry")
    app.cli = _Front(app.name)
    return app


class _Front(Commands):
    @cached_property
    def _registry(self) -> Flask:
        from registry import create_app

        with starting.refusals_in_one_sentence():
            return create_app()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._registry.cli.list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in _WITHOUT_REGISTRY:
            return super().get_command(ctx, name)
        ctx.with_resource(self._registry.app_context())
        return self._registry.cli.get_command(ctx, name)
