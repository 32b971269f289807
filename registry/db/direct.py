"""Reading without the machinery, for the look-ups that are asked thousands of times a second.

The check of a number is one statement on one index, and an ORM session around it costs several times what the database
takes. A `Query` is written with SQLAlchemy like any other, compiled once for each database, and run on the driver's own
connection. What comes back are plain tuples: `day_of` and `moment_of` read what SQLite keeps as text.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BindParameter, CompoundSelect, Engine, Select, String, TextClause, bindparam, column
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.selectable import TableValuedAlias

from registry.db.sealing import Vault

if TYPE_CHECKING:
    from sqlmodel import Session

Row = tuple[Any, ...]

# A parameter as SQLAlchemy names it; a name behind two colons is a type of PostgreSQL's.
_NAMED = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)")


@cache
def _dialect(database: str) -> Dialect:
    if database == "sqlite":
        return SQLiteDialect_pysqlite(paramstyle="named")
    # Only where it is needed: it takes a tenth of what a process loads that checks a file of numbers.
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    return PGDialect_psycopg()  # type: ignore[no-untyped-call]


def param(name: str) -> BindParameter[Any]:
    """Return an open parameter of a query."""
    return bindparam(name, required=False)


class _Listed(GenericFunction[str]):
    """The elements of a JSON array, a row each, in a column called `value` by both databases."""

    name = "listed"
    inherit_cache = True


@compiles(_Listed, "sqlite")
def _listed_on_sqlite(element: _Listed, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Listed, "postgresql")
def _listed_on_postgresql(element: _Listed, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


def listed(name: str) -> TableValuedAlias:
    """Return a table with one column, `value`: the texts of the list that `as_list` makes of this parameter.

    However long the list is, it is one parameter of one statement.
    """
    return _Listed(param(name)).table_valued(column("value", String))


def as_list(values: Iterable[str | int]) -> str:
    """Return the value of a parameter that `listed` takes apart."""
    return json.dumps(list(values), ensure_ascii=False)


class Query:
    """A SELECT whose open parameters are made by `param`, or are written `:name` in a text."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any] | TextClause) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def compiled(self, database: str) -> _Compiled:
        """Return the query for the driver of `sqlite` or `postgresql`."""
        found = self._compiled.get(database)
        if found is None:
            made = self._statement.compile(dialect=_dialect(database), compile_kwargs={"render_postcompile": True})
            fixed = {name: value for name, value in made.params.items() if value is not None}
            compiled = _in_places(str(made), fixed) if database == "sqlite" else _Compiled(str(made), fixed, None)
            found = self._compiled[database] = compiled
        return found


class _Compiled(NamedTuple):
    """A query as a driver takes it: `fixed` are parameters with their values, `pick` puts all into their places."""

    text: str
    fixed: dict[str, Any]
    pick: Callable[[Mapping[str, Any]], Sequence[Any]] | None


def _in_places(statement: str, fixed: Mapping[str, Any]) -> _Compiled:
    """Return a text for SQLite, its open parameters by place and the words that never change written out.

    SQLite looks for each name among all of a statement, and takes half as long where it need not.
    """
    places: list[str] = []

    def value(match: re.Match[str]) -> str:
        known = fixed.get(match[1])
        if isinstance(known, str):
            return "'" + known.replace("'", "''") + "'"
        if isinstance(known, int):
            return str(int(known))
        places.append(match[1])
        return "?"

    text = _NAMED.sub(value, statement)
    return _Compiled(text, {name: fixed[name] for name in places if name in fixed}, _picking(places))


def _picking(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


class Reader:
    """One connection of the driver's, which reads.

    Attributes:
        vault: makes the look-up keys of sensitive numbers.
    """

    __slots__ = ("_connection", "_cursor", "_database", "_renew", "vault")

    def __init__(self, connection: Any, database: str, vault: Vault, renew: Any = None) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._database = database
        self._renew = renew
        self.vault = vault

    @property
    def is_postgresql(self) -> bool:
        """Whether the database is PostgreSQL; it is SQLite otherwise."""
        return self._database == "postgresql"

    def rows(self, query: Query, values: Mapping[str, object]) -> list[Row]:
        """Return what the query finds with these parameters."""
        text, fixed, pick = query.compiled(self._database)
        given: Any = {**fixed, **values} if fixed else values
        if pick:
            given = pick(given)
        try:
            found: list[Row] = self._cursor.execute(text, given).fetchall()
        except Exception:
            # The server was started anew since; whoever asks now must not be told of it.
            if self._renew is None or not (self.is_postgresql and self._connection.broken):
                raise
            self._connection = self._renew()
            self._cursor = self._connection.cursor()
            found = self._cursor.execute(text, given).fetchall()
        return found

    def close(self) -> None:
        self._connection.close()


class Readers:
    """The readers of a database: as many as were ever wanted at once, each used by one thread at a time."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        # Its ends may be used from many threads without a lock.
        self._idle: deque[Reader] = deque()

    def take(self) -> Reader:
        """Return a reader, to be given back."""
        try:
            return self._idle.pop()
        except IndexError:
            return Reader(self._connect(), self._engine.dialect.name, self._vault, self._connect)

    def give_back(self, reader: Reader) -> None:
        self._idle.append(reader)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Lend a reader; one that failed is thrown away."""
        taken = self.take()
        try:
            yield taken
        except BaseException:
            taken.close()
            raise
        self.give_back(taken)

    def dispose(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _connect(self) -> Any:
        """Return a connection prepared like those of the reading engine, and no longer the engine's."""
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        assert connection is not None
        pooled.detach()
        if self._engine.dialect.name == "postgresql":
            connection.autocommit = True
            connection.execute("SET default_transaction_read_only = on")
        return connection


def reader_from(source: Session | Reader) -> Reader:
    """Return a reader on a session's own connection, which sees what it has written; a reader as it is."""
    if isinstance(source, Reader):
        return source
    source.flush()
    connection = source.connection().connection.driver_connection
    return Reader(connection, source.get_bind().dialect.name, source.info["vault"])


def day_of(value: date | str | None) -> date | None:
    """Return a column of days as the driver gave it: SQLite's as `YYYY-MM-DD`."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment_of(value: datetime | str | None) -> datetime | None:
    """Return a column of moments as the driver gave it, in UTC: SQLite's as text without an offset."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if value else None
