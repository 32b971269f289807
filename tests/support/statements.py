"""Statements compiled once for all the databases of a session.

SQLAlchemy keeps what it has compiled for each engine and, within it, for each dialect. Every test has engines of its
own, so that the statements of a page were written out anew for the one time they are asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_compiled: LRUCache[Any, Any] = LRUCache(5_000)


def remember_compiled_statements() -> None:
    """Let all engines share what they have compiled. They ask the same SQLite and the same PostgreSQL, as one would."""
    Engine._compiled_cache = property(lambda engine: _compiled, lambda engine, own: None)  # type: ignore[assignment]
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = _same  # type: ignore[method-assign, assignment]
        dialect.__hash__ = _hash  # type: ignore[method-assign, assignment]


def _same(dialect: DefaultDialect, other: object) -> bool:
    return type(dialect) is type(other) and dialect.paramstyle == getattr(other, "paramstyle", None)


def _hash(dialect: DefaultDialect) -> int:
    return hash((type(dialect), dialect.paramstyle))
