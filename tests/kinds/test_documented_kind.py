"""What docs/kinds.md tells a newcomer to do is done, to a copy, and is enough."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOME = "registry/kinds/skilled_trades.py"
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
    """The kinds and their tests alone, with the entry of the document in them."""
    entry, named, samples = blocks
    folder = tmp_path_factory.mktemp("copy")
    unused = shutil.ignore_patterns("__pycache__", "web", "cli", "db", "static", "translations")
    shutil.copytree(ROOT / "registry", folder / "registry", ignore=unused)
    shutil.copytree(ROOT / "tests/kinds", folder / "tests/kinds", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    home = folder / HOME
    text, count = re.subn(
        r"^KINDS: Final = .*", lambda _: f"{entry}\n{named}", home.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert count == 1
    home.write_text(text, encoding="utf-8")
    header = "from registry.kinds import Grade\n\n"
    (folder / "tests/kinds/samples_documented.py").write_text(header + samples, encoding="utf-8")
    return folder


def test_the_document_names_all_the_file_has(blocks: list[str]) -> None:
    line = re.search(r"^KINDS: Final = \((.*)\)$", (ROOT / HOME).read_text(encoding="utf-8"), re.MULTILINE)
    assert line
    assert blocks[1].strip() == f"KINDS: Final = ({line[1]}, COACH)"


def test_the_documented_kind_is_known(copy: Path) -> None:
    assert run(copy, "-c", ASK).strip() == "coach_certificate professions valid 4403001234 ******1234 []"


def test_the_documented_kind_keeps_the_contract(copy: Path) -> None:
    files = ("tests/kinds/test_contract.py", "tests/kinds/test_examine.py")
    told = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "coach_certificate", *files)
    passed = re.search(r"(\d+) passed", told)
    assert passed
    # Six of the contract, four of the samples.
    assert int(passed[1]) >= 10, told
