"""What docs/kinds.md tells a newcomer to do is done, to a copy, and is enough."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOME = "registry/kinds/skilled_trades.py"
SAMPLES = "tests/kinds/samples_trades.py"
ASK = """
from registry import kinds
from registry.kinds import sources
kind = kinds.find("教练证")[0]
found = kinds.examine(kind.slug, "教练证号：4403001234")
unnamed = [*sources.untranslated(kind.source), *sources.untranslated(kind.numbers[0].rules[0].source)]
print(kind.slug, kind.family, found.grade.value, found.canonical, found.masked, unnamed)
"""


def run(copy: Path, *words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=copy, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    text = (ROOT / "docs/kinds.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, blocks: list[str]) -> Path:
    """The kinds and their tests alone, with the entry of the document in them; whoever has tried it has it already."""
    entry, *rows = blocks
    folder = tmp_path_factory.mktemp("copy")
    unused = shutil.ignore_patterns("__pycache__", "web", "cli", "db", "static", "translations")
    shutil.copytree(ROOT / "registry", folder / "registry", ignore=unused)
    shutil.copytree(ROOT / "tests/kinds", folder / "tests/kinds", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    if "COACH: Final" not in (ROOT / HOME).read_text(encoding="utf-8"):
        insert(folder / HOME, r"^(KINDS: Final = \([^)]*?),?\)", lambda found: f"{entry}\n{found[1]}, COACH)")
    given = "".join(file.read_text(encoding="utf-8") for file in (ROOT / SAMPLES).parent.glob("samples*.py"))
    for table, row in zip(("VALID", "REFUSED"), rows, strict=True):
        if '"coach_certificate"' not in given:
            insert(folder / SAMPLES, rf"^({table}: .* = \{{\n)", lambda found, row=row: found[1] + row)
    return folder


def insert(file: Path, place: str, words: Callable[[re.Match[str]], str]) -> None:
    text, count = re.subn(place, words, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1, f"docs/kinds.md names a place in {file.name} that is not there: {place}"
    file.write_text(text, encoding="utf-8")


def test_the_documented_kind_is_known(copy: Path) -> None:
    assert run(copy, "-c", ASK).strip() == "coach_certificate professions valid 4403001234 ******1234 []"


def test_the_documented_kind_keeps_the_contract(copy: Path) -> None:
    files = ("tests/kinds/test_contract.py", "tests/kinds/test_examine.py")
    told = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "coach_certificate", *files)
    passed = re.search(r"(\d+) passed", told)
    assert passed
    # Seven of the contract, four of the samples.
    assert int(passed[1]) >= 11, told
