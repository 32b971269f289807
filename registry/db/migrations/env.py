"""Alembic's entry: runs on the connection that registry.db.migrate opened, inside its transaction."""

from typing import Any

from alembic import context

from registry.db import tables
from registry.db.migrations.names import is_ours


def include_object(_object: Any, name: str | None, _type: str, _reflected: bool, _compared: Any) -> bool:
    return is_ours(name)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    include_object=include_object,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
