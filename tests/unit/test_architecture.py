"""The rules of the house that a machine can hold: directions of imports, lengths of files, words left behind."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "registry"
PYTHON_FILES = sorted([ROOT / "app.py", *PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
OTHER_FILES = sorted(
    path
    for folder, ending in (
        (ROOT / "templates", "*.html"),
        (PACKAGE / "static", "*.css"),
        (PACKAGE / "static", "*.js"),
    )
    for path in folder.rglob(ending)
)
LINES = 500
# Where every large code base read before this one grew without end.
SHORT_LINES = 300


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pure_rooms_load_without_flask_and_database() -> None:
    rooms = [room for room in ("kinds", "wording", "text", "clock", "errors") if any(PACKAGE.glob(f"{room}*"))]
    imports = "; ".join(f"import registry.{room}" for room in rooms)
    script = f"import sys; {imports}; print(sorted(sys.modules.keys() & {{'flask', 'wtforms', 'sqlalchemy'}}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_the_catalogue_tells_loads_no_web_and_no_database() -> None:
    imports = "import app; from registry.cli import examine, front, kinds"
    script = f"import click, flask.cli, sys\nwith click.Context(flask.cli.cli): {imports}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"granian", "registry.config", "registry.db", "registry.web", "sqlalchemy"} & set(done.stdout.split())


def is_page_module(path: Path) -> bool:
    area = path.relative_to(PACKAGE).parts[:2] if path.is_relative_to(PACKAGE) else ()
    return area[:1] == ("web",) and area[1:] in {("public",), ("staff",), ("api",)}


def test_files_stay_short_enough_to_read() -> None:
    too_long = []
    for path in PYTHON_FILES + OTHER_FILES:
        most = SHORT_LINES if is_page_module(path) or path.name in {"conftest.py", "forms.py"} else LINES
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines >= most:
            too_long.append(f"{shown(path)}: {lines} lines, {most - 1} allowed")
    assert not too_long


def test_nothing_is_left_for_later() -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b|\.skip\(\)|lorem ipsum", re.IGNORECASE)
    found = [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in (*PYTHON_FILES, *OTHER_FILES)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if left.search(line)
    ]
    assert not found


def imported_packages() -> set[str]:
    packages: set[str] = set()
    for path in [ROOT / "app.py", *PACKAGE.rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                packages |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                packages.add(node.module.split(".")[0])
    return packages - set(sys.stdlib_module_names) - {"registry", "_typeshed"}


def required(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    pins = [line.partition("#")[0].strip() for line in lines]
    parsed = [re.fullmatch(r"([\w.-]+)(\[[\w,]+\])?==([\w.]+)", pin) for pin in pins if pin and pin[0] != "-"]
    assert all(parsed), f"{file} has a line that pins no version"
    return {pin[1].lower().replace("_", "-"): pin[3] for pin in parsed if pin}


def test_what_the_registry_imports_is_what_it_requires() -> None:
    owners = packages_distributions()
    needed = {owners[package][0].lower().replace("_", "-") for package in imported_packages()}
    # Loaded by others: the driver of PostgreSQL by SQLAlchemy, the password hash by Flask-Security.
    used_by_name = {"psycopg", "argon2-cffi"}
    assert needed | used_by_name == set(required("requirements.txt"))
