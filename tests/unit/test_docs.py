"""What the documentation lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from registry import cli
from registry.config import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
READMES = ["README.md", "README.zh-CN.md"]


def settings_table(readme: str) -> dict[str, tuple[str, str]]:
    """Name → (default, what it does), from rows such as "| `PORT` | `5000` | Port to listen on. |"."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    rows = re.findall(r"^\| *`([A-Z_]+)` *\| *(.*?) *\| *(.*?) *\|$", text, re.MULTILINE)
    return {name: (default.strip("`—"), doc) for name, default, doc in rows}


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_in_the_readme_with_its_default(readme: str) -> None:
    listed = settings_table(readme)
    assert {name: default for name, (default, _) in listed.items()} == {
        setting.name: setting.default for setting in SETTINGS
    }
    assert all(doc for _, doc in listed.values())


def test_the_english_readme_describes_settings_in_their_own_words() -> None:
    listed = settings_table("README.md")
    assert {name: doc for name, (_, doc) in listed.items()} == {setting.name: setting.doc for setting in SETTINGS}


def command_rows(readme: str) -> set[str]:
    """First cells in lower case: `make run`, `staff add` …"""
    text = (ROOT / readme).read_text(encoding="utf-8")
    return set(re.findall(r"^\| *`([a-z][a-z -]+)` *\|", text, re.MULTILINE))


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {f"make {target}" for target in re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)}


def flask_commands() -> set[str]:
    """What can follow `flask --app app`, such as "staff add"."""
    app = Flask("documented")
    cli.register(app)
    found = set()
    for name in cli.NAMES:
        command = app.cli.get_command(click.Context(app.cli), name)
        found |= {f"{name} {sub}" for sub in command.commands} if isinstance(command, click.Group) else {name}
    return found


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme(readme: str) -> None:
    assert command_rows(readme) == make_targets() | flask_commands()
