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
    """A SELECT whose open parameters are made by `param`, or are written `:name` in a text.

    `names` are those of all its open parameters, for `Reader.rows_in_order`.
    """

    def __init__(self, statement: Select[Any] | CompoundSelect[Any] | TextClause, names: Sequence[str] = ()) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[str, _Compiled] = {}

    def compiled(self, database: str) -> _Compiled:
        """Return the query for the driver of `sqlite` or `postgresql`."""
        found = self._compiled.get(database)
        if found is None:
            made = self._statement.compile(dialect=_dialect(database), compile_kwargs={"render_postcompile": True})
            fixed = {name: value for name, value in made.params.items() if value is not None}
            if database == "sqlite":
                found = _in_places(str(made), fixed, self._names)
            else:
                found = _by_name(str(made), fixed, self._names)
            self._compiled[database] = found
        return found


class _Compiled(NamedTuple):
    """A query as a driver takes it: `fixed` are parameters with their values, `pick` puts all into their places.

    `arrange` makes what the driver takes of the values of open parameters in the order of their names.
    """

    text: str
    fixed: dict[str, Any]
    pick: Callable[[Mapping[str, Any]], Sequence[Any]] | None
    arrange: Callable[[Sequence[Any]], Any]


def _by_name(statement: str, fixed: dict[str, Any], names: Sequence[str]) -> _Compiled:
    return _Compiled(statement, fixed, None, lambda given: {**fixed, **dict(zip(names, given, strict=True))})


def _in_places(statement: str, fixed: Mapping[str, Any], names: Sequence[str]) -> _Compiled:
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
    left = {name: fixed[name] for name in places if name in fixed}
    arrange = _picking([names.index(name) for name in places]) if names else tuple
    return _Compiled(text, left, _picking(places), arrange)


def _picking(wanted: Sequence[Any]) -> Callable[[Any], Sequence[Any]]:
    if len(wanted) > 1:
        return itemgetter(*wanted)
    return lambda values: [values[one] for one in wanted]


class Reader:
    """One connection of the driver's, which reads.

    Attributes:
        vault: makes the look-up keys of sensitive numbers.
        lasting: what was read and never changes, by names that those who read it choose; readers that see no more than
            what is committed share it.
    """

    __slots__ = ("_connection", "_cursor", "_database", "_renew", "lasting", "vault")

    def __init__(
        self,
        connection: Any,
        database: str,
        vault: Vault,
        renew: Any = None,
        lasting: dict[tuple[str, int], Any] | None = None,
    ) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._database = database
        self._renew = renew
        self.vault = vault
        self.lasting = {} if lasting is None else lasting

    @property
    def is_postgresql(self) -> bool:
        """Whether the database is PostgreSQL; it is SQLite otherwise."""
        return self._database == "postgresql"

    def rows(self, query: Query, values: Mapping[str, object]) -> list[Row]:
        """Return what the query finds with these parameters."""
        text, fixed, pick, _ = query.compiled(self._database)
        given: Any = {**fixed, **values} if fixed else values
        return self._ask(text, pick(given) if pick else given)

    def rows_in_order(self, query: Query, values: Sequence[object]) -> list[Row]:
        """Return what the query finds with these parameters, in the order of its names: the quickest way to ask."""
        compiled = query.compiled(self._database)
        return self._ask(compiled.text, compiled.arrange(values))

    def _ask(self, text: str, given: Any) -> list[Row]:
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
        self._lasting: dict[tuple[str, int], Any] = {}

    def take(self) -> Reader:
        """Return a reader, to be given back."""
        try:
            return self._idle.pop()
        except IndexError:
            return Reader(self._connect(), self._engine.dialect.name, self._vault, self._connect, self._lasting)

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
