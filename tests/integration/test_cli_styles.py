"""`styles`: what an operator reads who makes a house style of their own."""

from __future__ import annotations

import pytest

from registry.errors import StyleRefused
from registry.wording.house_styles import shipped

pytestmark = pytest.mark.one_database


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["styles", *words])


def test_all_that_come_along_are_listed_and_the_one_in_use_is_marked(run):
    lines = run("list").output.splitlines()
    assert [line[2:].split("\t")[0] for line in lines] == list(shipped())
    assert [line for line in lines if line.startswith("*")] == [lines[0]]
    assert "因不慎将…丢失" in lines[0]


@pytest.mark.parametrize("name", shipped())
def test_a_check_shows_sentences_with_their_length_and_price(run, name):
    result = run("check", name)
    assert result.exit_code == 0, result.output
    assert "it can be used" in result.output
    assert result.output.count(" characters, ") == 5
    assert "11010519491231002X" in result.output
    assert "⟦" not in result.output


def test_a_copy_is_changed_checked_and_used(run, settings, make_app):
    told = run("copy", "name-first")
    own = settings.instance / "house-style.toml"
    assert str(own) in told.output
    assert "HOUSE_STYLE=house-style.toml" in told.output
    again = run("copy", "letter")
    assert again.exit_code == 1
    assert "--force" in again.output
    own.write_text(own.read_text(encoding="utf-8").replace("●", "◆"), encoding="utf-8")
    assert "◆" in run("check", str(own)).output
    listed = make_app(house_style="house-style.toml").test_cli_runner().invoke(args=["styles", "list"]).output
    assert "* house-style.toml\tName first" in listed
    assert run("copy", "letter", "--force").exit_code == 0
    assert "声明人" in own.read_text(encoding="utf-8")


def test_faults_are_told_with_their_lines_and_status_1(run, settings):
    run("copy", "yangquan")
    own = settings.instance / "house-style.toml"
    text = own.read_text(encoding="utf-8").replace("{clauses}", "{clause}").replace('"line"', '"word"')
    own.write_text(text, encoding="utf-8")
    result = run("check", str(own))
    assert result.exit_code == 1
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(("loss", "rule"))]
    assert [f"{own}, line {line}: " in result.output for line in lines] == [True, True]
    missing = run("check", str(settings.instance / "nowhere.toml"))
    assert missing.exit_code == 1
    assert "cannot be read" in missing.output


def test_a_doubt_is_told_and_the_style_can_be_used(run, settings):
    run("copy", "yangquan")
    own = settings.instance / "house-style.toml"
    own.write_text(own.read_text(encoding="utf-8").replace('"{owner}的"', '"{owner}"'), encoding="utf-8")
    result = run("check", str(own))
    assert result.exit_code == 0
    assert "Look twice: owner: " in result.output


def test_a_registry_does_not_start_with_a_style_that_cannot_be_used(settings, make_app):
    (settings.instance / "own.toml").write_text('bullet = "■"\n', encoding="utf-8")
    with pytest.raises(StyleRefused, match=r"own\.toml, line 1: heading is missing"):
        make_app(house_style="own.toml")
