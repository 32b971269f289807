"""Writing the open-data package into a folder, and reading what it says of itself.

Every file is written beside its place first and then renamed into it, the descriptor last: whoever reads meanwhile
gets whole files, yesterday's or today's.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session

from registry import clock, kinds
from registry.config import Settings
from registry.db.engine import Database
from registry.declarations.public import PublicDeclaration
from registry.declarations.register import count_all, iterate_all
from registry.errors import RegistryError
from registry.exporting import package
from registry.exporting.package import DESCRIPTOR, FILES, README, TABLES, Table, Written
from registry.text_csv import lines, text_cell

FOLDER = "open-data"
# Rows that are collected before they are written: a call of the compressor for each would take most of the time.
ROWS_AT_ONCE = 500


class AlreadyWriting(RegistryError):
    """Another process is writing into the folder."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package; `table` and `rows` are None for what is no table."""

    name: str
    bytes: int
    table: Table | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it lies in its folder."""

    created: datetime
    licence_title: str
    licence_address: str
    files: tuple[File, ...]


def count(database: Database) -> int:
    """Return how many declarations the package will have, for whoever shows the progress."""
    with database.session(write=False) as session:
        return count_all(session)


def write_package(
    database: Database, settings: Settings, folder: Path, *, advance: Callable[[int], object] = lambda count: None
) -> dict[str, Any]:
    """Write everything published into a folder, made if there is none; return the descriptor.

    What lies there of an earlier package is replaced when all of the new one is written, and stays if that fails.

    Raises:
        AlreadyWriting: another process is at it.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    created = clock.now()
    with _alone(folder), _parts_removed(folder):
        with database.snapshot() as session:
            written = _write_tables(session, settings, folder, advance)
        described = package.descriptor(settings, written, created=created, day=clock.today(settings.timezone))
        _write_text(_part(folder, README), package.readme(described))
        _write_text(_part(folder, DESCRIPTOR), json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        for name in sorted(FILES, key=lambda name: name == DESCRIPTOR):
            _part(folder, name).replace(folder / name)
    return described


def read_package(folder: Path) -> Package | None:
    """Return what lies in a folder; None where there is no package, or none that this release can read."""
    try:
        described = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        by_path = {resource["path"]: resource for resource in described["resources"]}
        tables = tuple(
            File(table.path, by_path[table.path]["bytes"], table, by_path[table.path]["rows"]) for table in TABLES
        )
        others = tuple(File(name, (folder / name).stat().st_size) for name in (DESCRIPTOR, README))
        licence = described["licenses"][0]
        return Package(
            datetime.fromisoformat(described["created"]), licence["title"], licence["path"], (*tables, *others)
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None


class _TableFile:
    """A table's file that is being written."""

    def __init__(self, table: Table, path: Path) -> None:
        self.table = table
        self._path = path
        self._raw: IO[bytes] = path.open("wb")
        # Without a name and a time in it the same rows make the same file.
        zipped = table.path.endswith(".gz")
        self._file: IO[bytes] = (
            gzip.GzipFile("", "wb", compresslevel=6, fileobj=self._raw, mtime=0) if zipped else self._raw  # type: ignore[assignment]
        )
        self._waiting: list[Sequence[str]] = [[one.name for one in table.fields]]
        self._rows = -1

    def add(self, *cells: str) -> None:
        self._waiting.append(cells)
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._write()

    def finish(self) -> Written:
        self._write()
        self.close()
        with self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        return Written(self.table, self._path.stat().st_size, digest, self._rows)

    def close(self) -> None:
        self._file.close()
        self._raw.close()

    def _write(self) -> None:
        self._file.write(lines(self._waiting).encode())
        self._rows += len(self._waiting)
        self._waiting.clear()


def _write_tables(
    session: Session, settings: Settings, folder: Path, advance: Callable[[int], object]
) -> tuple[Written, ...]:
    editions: dict[int, list[Any]] = {}
    slugs = {kind.slug: None for kind in kinds.CATALOGUE}
    with ExitStack() as opened:
        files = {table.name: _TableFile(table, _part(folder, table.path)) for table in TABLES}
        for file in files.values():
            opened.callback(file.close)
        for done, one in enumerate(iterate_all(session), start=1):
            _add_declaration(files, one, settings.registry_url)
            edition = editions.setdefault(one.edition, [one.published_on, one.published_at, 0])
            edition[2] += 1
            slugs.update((document.kind, None) for document in one.documents)
            if done % ROWS_AT_ONCE == 0:
                advance(ROWS_AT_ONCE)
        for number, (day, published_at, declarations) in sorted(editions.items()):
            moment = published_at.isoformat(timespec="seconds").replace("+00:00", "Z")
            files["editions"].add(str(number), day.isoformat(), moment, str(declarations))
        for slug in slugs:
            files["kinds"].add(*_kind_cells(slug))
        return tuple(files[table.name].finish() for table in TABLES)


def _add_declaration(files: dict[str, _TableFile], one: PublicDeclaration, registry_url: str) -> None:
    files["declarations"].add(
        one.reference,
        one.nature,
        one.status,
        one.published_on.isoformat(),
        str(one.edition),
        text_cell(one.declarant),
        text_cell(one.sentence),
        one.withdrawn_on.isoformat() if one.withdrawn_on else "",
        one.replaced_by or "",
        f"{registry_url}/declarations/{one.reference}" if registry_url else "",
    )
    for place, document in enumerate(one.documents, start=1):
        files["documents"].add(
            one.reference,
            str(place),
            document.kind,
            text_cell(document.title),
            text_cell(document.copies or ""),
            text_cell(document.holder or ""),
        )
        for position, number in enumerate(document.numbers, start=1):
            files["numbers"].add(
                one.reference,
                str(place),
                str(position),
                text_cell(number.label),
                text_cell(number.shown),
                _boolean(number.sensitive),
            )
    if one.about:
        files["further_records"].add(one.reference, one.nature, one.about, one.published_on.isoformat())


def _kind_cells(slug: str) -> tuple[str, ...]:
    try:
        kind = kinds.get(slug)
    except kinds.UnknownKind:
        # It left the catalogue, and declarations of it stay.
        return (slug, slug, slug, "", "", "", "")
    family = next(family for family in kinds.families() if family.slug == kind.family)
    return (slug, kind.title.zh, kind.title.en, family.slug, family.title.zh, family.title.en, _boolean(kind.sensitive))


def _boolean(value: bool) -> str:
    return "true" if value else "false"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyWriting(f"Another process is writing into {folder}.") from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _parts_removed(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for name in FILES:
            _part(folder, name).unlink(missing_ok=True)


def _part(folder: Path, name: str) -> Path:
    return folder / f".{name}.part"


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
