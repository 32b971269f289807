"""Which application `flask --app app …` finds a command in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask.cli import cli as flask_command

from registry import cli
from registry.cli import front

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command as the shell does, from the root of the checkout, on an instance of its own."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("REGISTRY_INSTANCE", str(tmp_path / "instance"))
    # Flask sets it, for the process that is a command.
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")

    def run(*words: str, **environment: str) -> Result:
        # A process imports the file once.
        monkeypatch.delitem(sys.modules, "app", raising=False)
        return CliRunner().invoke(flask_command, ["--app", "app", *words], env=environment)

    yield run
    sys.modules.pop("app", None)


def test_what_the_catalogue_tells_needs_no_registry(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("registry.create_app", None)
    assert "resident_id_18" in run("kinds").output
    told = run("examine", "--lang", "en", "11010519491231002X", PORT="none", DATABASE_URL="none")
    assert "Beijing" in told.output
    assert not (tmp_path / "instance").exists()


def test_any_other_command_is_run_on_the_registry(run: Run, tmp_path: Path) -> None:
    assert "newest schema" in run("migrate").output
    assert (tmp_path / "instance" / "registry.db").exists()
    assert "no keys yet" in run("api-keys", "list").output
    assert "/declare" in run("routes").output
    assert run("no-such-command").exit_code == 2


def test_all_commands_are_listed_and_those_of_extensions(run: Run) -> None:
    listed = {line.split()[0] for line in run("--help").output.split("Commands:")[1].splitlines() if line.strip()}
    assert listed >= {*cli.NAMES, "users", "run", "routes", "shell"}


def test_a_refusal_is_one_sentence(run: Run) -> None:
    refused = run("migrate", PORT="none")
    assert str(refused.exception).startswith("Cannot start: PORT ")
    assert run("--help", PORT="none").exit_code == 1


def test_whoever_imports_the_file_gets_the_registry() -> None:
    assert not front.is_asked_for_commands()
    with click.Context(click.Command("run")):
        assert not front.is_asked_for_commands()
    with click.Context(flask_command):
        assert front.is_asked_for_commands()
