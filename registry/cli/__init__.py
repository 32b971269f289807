"""The commands, as `flask --app app …` lists them. Each module of this room has one `command`."""

from __future__ import annotations

from flask import Flask

from registry.cli import api_keys, demo, erase, examine, keys, kinds, migrate, open_data, search, serve, staff, styles


def register(app: Flask) -> None:
    """Add every command to the application."""
    for module in (api_keys, demo, erase, examine, keys, kinds, migrate, open_data, search, serve, staff, styles):
        app.cli.add_command(module.command)
