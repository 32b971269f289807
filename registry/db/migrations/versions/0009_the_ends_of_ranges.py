"""The index of ranges has both of their ends, and nothing but ranges."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

A_RANGE = sa.text("range_group IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_document_number_range", "document_number")
    op.create_index(
        "ix_document_number_range",
        "document_number",
        ["range_group", "range_first", "range_last"],
        sqlite_where=A_RANGE,
        postgresql_where=A_RANGE,
    )


def downgrade() -> None:
    op.drop_index("ix_document_number_range", "document_number")
    op.create_index("ix_document_number_range", "document_number", ["range_group", "range_first"])
