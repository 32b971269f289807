"""The documents' links, screenshots and decisions are whole, and the two READMEs say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("0*.md"))
LONGEST_LINE = 120
MOST_IMAGE_BYTES = 250_000
HAN = re.compile(r"[\u4e00-\u9fff]")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=named)
every_readme = pytest.mark.parametrize("path", READMES, ids=named)


def anchors(path: Path) -> set[str]:
    """Return the anchors that a forge makes of a document's headings."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_document
def test_what_is_linked_is_there(path: Path) -> None:
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        if not linked.exists() or (anchor and anchor not in anchors(linked)):
            missing.append(target)
    assert not missing


@every_document
def test_files_that_are_named_exist(path: Path) -> None:
    files = re.findall(r"`((?:registry|templates|tests|docs|bench|\.ci)/[\w./-]+)`", path.read_text(encoding="utf-8"))
    assert not [file for file in files if "000N" not in file and not (ROOT / file).exists()]


# A Chinese paragraph is one line, for a break inside it would be shown as a blank between two characters.
@pytest.mark.parametrize("path", [path for path in DOCUMENTS if ".zh-CN" not in path.name], ids=named)
def test_lines_can_be_read_in_a_terminal(path: Path) -> None:
    inside_code = False
    long = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        inside_code ^= line.startswith("```")
        if len(line) > LONGEST_LINE and not inside_code and not line.startswith("|"):
            long.append(number)
    assert not long


@every_readme
def test_the_screenshots_are_shown_and_small(path: Path) -> None:
    shown = re.findall(r"docs/images/([\w-]+\.png)", path.read_text(encoding="utf-8"))
    there = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert sorted(shown) == [image.name for image in there]
    assert not [image.name for image in there if image.stat().st_size > MOST_IMAGE_BYTES]


def test_both_readmes_have_the_same_parts_and_rows() -> None:
    def shape(path: Path) -> list[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [re.sub(r"^(\| `[^`]*`|..).*", r"\1", line) for line in lines if line.startswith(("##", "```", "| "))]

    assert shape(READMES[1]) == shape(READMES[0])


def test_the_chinese_readme_explains_in_chinese() -> None:
    rows = re.findall(r"^\| `.*\| (.*?) \|$", READMES[1].read_text(encoding="utf-8"), re.MULTILINE)
    assert rows
    assert not [row for row in rows if not HAN.search(row)]


def test_the_decisions_are_numbered_and_listed() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+) \| \[(.*)\]\((.*)\) \|$", index, re.MULTILINE)
    there = []
    for number, path in enumerate(DECISIONS, 1):
        assert path.name.startswith(f"{number:04d}-")
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix(f"# {number}. ")
        there.append((str(number), title, path.name))
    assert listed == there


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_follows(path: Path) -> None:
    parts = re.findall(r"^\*\*(\w+)\.\*\*", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequences"]
