"""A register of invented declarations, written in bulk: the services would take days for ten million.

The rows are the ones that the services write, index and all; what is left out is history, contacts and secrets.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

import psycopg

from bench.invented import COLUMNS, Register, Rows
from registry.config import Settings
from registry.db import keys, migrate
from registry.db.engine import Database

BATCH = 5_000
# The register that a process makes rows of; it holds keys, which cannot be sent and are inherited.
_adopted: list[Register] = []
TABLES = ("declaration", "document", "document_number", "search_document")


def fill(settings: Settings, count: int, *, seed: int = 4023) -> list[str]:
    """Write `count` published declarations into an empty database; return a thousand of their public numbers.

    The same seed gives the same register. Shows its progress on the terminal; memory stays level.
    """
    migrate.upgrade(settings)
    database = Database(settings, keys.ensure(settings))
    register = Register(database.vault, count, seed)
    codes: list[str] = []
    start = time.monotonic()
    if settings.database_url.startswith("sqlite"):
        with _sqlite(settings.database_url) as connection:
            _fill_sqlite(connection, register, codes)
    else:
        with psycopg.connect(re.sub(r"\+\w+", "", settings.database_url, count=1)) as connection:
            _fill_postgresql(connection, register, codes)
    seconds = time.monotonic() - start
    _say(f"{count:,} declarations in {seconds:,.0f} s, {count / seconds:,.0f} a second\n")
    database.dispose()
    return codes[:1000]


def _fill_sqlite(connection: sqlite3.Connection, register: Register, codes: list[str]) -> None:
    # A full-text table that is made from all rows at once, and indexes likewise, take a fraction of the time.
    later = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
        f"AND tbl_name IN ({', '.join(repr(table) for table in TABLES)})"
    ).fetchall()
    for name, sort, _sql in later:
        connection.execute(f"DROP {sort} {name}")
    connection.execute("BEGIN")
    connection.executemany(_insert("edition"), register.editions())
    connection.execute("COMMIT")
    for rows in _batches(register, codes):
        connection.execute("BEGIN")
        for table in TABLES:
            connection.executemany(_insert(table), getattr(rows, table))
        connection.execute("COMMIT")
    _say("the full-text table …")
    connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    for name, _sort, sql in later:
        _say(f"{name} …")
        connection.execute(sql)
    _say("statistics …")
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")


def _fill_postgresql(connection: psycopg.Connection, register: Register, codes: list[str]) -> None:
    with connection.cursor() as cursor:
        # Rows are right by themselves; to look every one of them up would double the time.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET TimeZone = 'UTC'")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) "
            "AND indexname LIKE 'ix%%'",
            [list(TABLES)],
        )
        later = cursor.fetchall()
        for name, _sql in later:
            cursor.execute(f"DROP INDEX {name}".encode())
        _copy(cursor, "edition", register.editions())
        for rows in _batches(register, codes):
            for table in TABLES:
                _copy(cursor, table, getattr(rows, table))
        connection.commit()
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for name, sql in later:
            _say(f"{name} …")
            cursor.execute(sql.encode())
        connection.commit()
    connection.autocommit = True
    _say("statistics …")
    connection.execute("VACUUM ANALYZE")


def _copy(cursor: psycopg.Cursor, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(COLUMNS[table])}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _insert(table: str) -> str:
    columns = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@contextmanager
def _sqlite(url: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000", "temp_store = FILE"):
        connection.execute(f"PRAGMA {setting}")
    try:
        yield connection
    finally:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()


def _batches(register: Register, codes: list[str]) -> Iterator[Rows]:
    """Yield the rows in order, made by as many processes as there are processors; gather a thousand public numbers."""
    done, began, next_code = 0, time.monotonic(), 0
    with ProcessPoolExecutor(mp_context=get_context("fork"), initializer=_adopted.append, initargs=(register,)) as pool:
        starts = iter(range(1, register.count + 1, BATCH))
        # No more than these are under way, or what is made faster than it is stored would fill the memory.
        under_way = deque(pool.submit(_batch, start) for start in islice(starts, 4))
        while under_way:
            rows = under_way.popleft().result()
            under_way.extend(pool.submit(_batch, start) for start in islice(starts, 1))
            yield rows
            for row in rows.document_number:
                number, printed = row[0], row[7]
                if number >= next_code and printed:
                    codes.append(printed)
                    next_code += max(1, register.count // 1000)
            done += len(rows.declaration)
            bar = "#" * (30 * done // register.count)
            _say(f"[{bar:<30}] {done:>11,} of {register.count:,}, {done / (time.monotonic() - began):,.0f} a second")


def _batch(start: int) -> Rows:
    return _adopted[0].batch(start, BATCH)


def _say(text: str) -> None:
    print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
