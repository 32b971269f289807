"""Bringing a database to the newest schema, and telling whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from registry.config import Settings
from registry.db.engine import make_engine

SCRIPTS = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, which lives here and in no ini file."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest revision that the code knows."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert newest is not None
    return newest


def current(connection: Connection) -> str | None:
    """Return the database's revision; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(settings: Settings, revision: str = "head") -> bool:
    """Bring the database to `revision`; return whether anything had to be done.

    Everything happens in one transaction under a lock, so two processes that start together do not collide and a
    failure leaves the schema as it was.
    """
    return _migrate(settings, revision, down=False)


def downgrade(settings: Settings, revision: str) -> bool:
    """Take the database back to `revision` (`base` empties it); return whether anything had to be done."""
    return _migrate(settings, revision, down=True)


def _migrate(settings: Settings, revision: str, *, down: bool) -> bool:
    engine = make_engine(settings.database_url)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(4022)"))
            before = current(connection)
            config = alembic_config(connection)
            (command.downgrade if down else command.upgrade)(config, revision)
            return before != current(connection)
    finally:
        engine.dispose()
