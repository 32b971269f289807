"""The two engines of a registry: one that writes and one that cannot.

A GET runs on the reading engine. SQLite refuses writes there (`query_only`), PostgreSQL opens the transaction read
only, so "a GET never writes" is held by the database, not by care. The reading engine may be a replica.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, Pool, create_engine, event, text
from sqlmodel import Session

from registry.config import Settings
from registry.db.direct import Reader, Readers, reader_from
from registry.db.sealing import KeyRing, Vault
from registry.db.signing import Signatures
from registry.wording import HouseStyle, load_style

BUSY_TIMEOUT_MS = 10_000
# Of the file, beside each connection that reads: twice what SQLite has by itself, which the pages of two names that are
# looked for in turn do not fit into.
READERS_CACHE_KB = 4_096
# A reader who takes in a file slowly must not keep the rows of an hour ago from being cleared away.
SNAPSHOT_IDLE_MS = 60_000


class Database:
    """Where sessions come from. Raises ConfigError for a house style that cannot be used.

    Attributes:
        vault: seals and opens with this registry's keys; every session carries it (`vault_of`).
        signatures: signs what is handed out on paper; a session carries it too (`signatures_of`).
        style: the wording and the prices in which declarations are handed in (`style_of`).
        readers: lend connections for single look-ups, of the same database as the reading engine.
    """

    def __init__(self, settings: Settings, keys: KeyRing) -> None:
        self.vault = Vault(keys)
        self.signatures = Signatures(keys)
        self.style = load_style(settings.house_style, settings.instance)
        self.write_engine = make_engine(settings.database_url)
        self.read_engine = make_engine(settings.database_read_url or settings.database_url, read_only=True)
        self.readers = Readers(self.read_engine, self.vault)
        # Pages must not wait for a connection because downloads hold all that the pool has.
        self.snapshot_engine = make_engine(
            settings.database_read_url or settings.database_url, read_only=True, poolclass=NullPool
        )

    def session(self, *, write: bool) -> Session:
        """Return a new session; the caller closes it. A writing one starts with the write lock on SQLite."""
        engine = self.write_engine if write else self.read_engine
        info = {"vault": self.vault, "signatures": self.signatures, "style": self.style}
        return Session(engine, expire_on_commit=False, info=info)

    def snapshot(self) -> Session:
        """Return a reading session that sees one moment of the database, however many statements it asks.

        It has a connection of its own. PostgreSQL ends it when it is left alone for SNAPSHOT_IDLE_MS. On SQLite every
        transaction is one, and one that is left open only keeps the log beside the file from being emptied.
        """
        session = Session(self.snapshot_engine, expire_on_commit=False, info={"vault": self.vault})
        if is_postgresql(session):
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            session.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = {SNAPSHOT_IDLE_MS}"))
        return session

    def dispose(self) -> None:
        self.readers.dispose()
        self.write_engine.dispose()
        self.read_engine.dispose()
        self.snapshot_engine.dispose()


def vault_of(session: Session) -> Vault:
    """Return the vault of the database that the session belongs to."""
    vault: Vault = session.info["vault"]
    return vault


def is_postgresql(session: Session) -> bool:
    """Whether the session's database is PostgreSQL; it is SQLite otherwise."""
    return session.get_bind().dialect.name == "postgresql"


def signatures_of(session: Session) -> Signatures:
    """Return the signatures of the registry that the session belongs to."""
    signatures: Signatures = session.info["signatures"]
    return signatures


def style_of(session: Session) -> HouseStyle:
    """Return the house style in which the registry that the session belongs to takes declarations in."""
    style: HouseStyle = session.info["style"]
    return style


def reader_within(session: Session) -> Reader:
    """Return a reader that sees what the session has written and not yet committed."""
    return reader_from(session)


def make_engine(url: str, *, read_only: bool = False, poolclass: type[Pool] | None = None) -> Engine:
    """Return an engine for a SQLite or PostgreSQL URL, with the settings that a receipt's promise rests on."""
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True, poolclass=poolclass)
        _prepare_sqlite(engine, read_only=read_only)
        return engine
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, poolclass=poolclass)
    return engine.execution_options(postgresql_readonly=True) if read_only else engine


def lock_log(session: Session) -> None:
    """Hold, until the transaction ends, the lock under which numbers that must not skip or cross are handed out.

    Autoincrement order is not commit order, so whatever numbers editions takes this lock first. On SQLite the writing
    transaction (BEGIN IMMEDIATE) already holds it.
    """
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(4023)"))


def _prepare_sqlite(engine: Engine, *, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver would open transactions of its own, always deferred; ours begin in on_begin.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{READERS_CACHE_KB}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A deferred transaction that turns into a writer can fail at once with "database is locked", whatever the
        # busy timeout; one that starts as a writer waits for its turn.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
