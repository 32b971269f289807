"""Ranges of numbers, and the look-alike key of public numbers. `search rebuild` fills them for rows that are there."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ("near_key", "range_group", "range_first", "range_last")
CHECKS = {
    "no_trace_of_sensitive": "NOT sensitive OR (near_key IS NULL AND range_group IS NULL)",
    "whole_range": ("(range_group IS NULL) = (range_first IS NULL) AND (range_group IS NULL) = (range_last IS NULL)"),
}


def upgrade() -> None:
    with op.batch_alter_table("document_number") as batch:
        for column in COLUMNS:
            batch.add_column(sa.Column(column, sa.String(length=120), nullable=True))
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_document_number_{name}"), condition)
    op.create_index("ix_document_number_near_key", "document_number", ["near_key"])
    op.create_index("ix_document_number_range", "document_number", ["range_group", "range_first"])


def downgrade() -> None:
    op.drop_index("ix_document_number_range", "document_number")
    op.drop_index("ix_document_number_near_key", "document_number")
    with op.batch_alter_table("document_number") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_document_number_{name}"), type_="check")
        for column in reversed(COLUMNS):
            batch.drop_column(column)
