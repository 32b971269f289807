"""What every start has in common: refusing in one sentence, and making what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from registry.errors import ConfigError, RegistryError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

    from registry.config import Settings


@contextmanager
def refusals_in_one_sentence() -> Iterator[None]:
    """End the program with one sentence and status 1, not with a trace, when the registry refuses to start."""
    try:
        yield
    except RegistryError as error:
        sys.exit(f"Cannot start: {error}")


def prepare(settings: Settings) -> bool:
    """Make the instance folder, the keys and the newest schema; return whether the schema had to be changed.

    Raises:
        ConfigError: the folder cannot be written, the keys cannot be used, or the database cannot be reached.
    """
    from sqlalchemy.exc import DBAPIError

    from registry.db import keys, migrate

    try:
        # The database holds what declarants told nobody but the paper: other users of the machine stay out.
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys.ensure(settings)
    except OSError as error:
        raise ConfigError(f"REGISTRY_INSTANCE {settings.instance} cannot be used: {error.strerror}.") from None
    try:
        return migrate.upgrade(settings)
    except DBAPIError as error:
        raise ConfigError(f"DATABASE_URL leads to a database that cannot be used: {_first_line(error)}") from None


def _first_line(error: DBAPIError) -> str:
    said = str(error.orig).strip().splitlines()
    return said[0] if said else type(error).__name__
