"""Where a declaration stands in the column of its edition: where an editor has put it, and once it is out, where it was
printed. Those of before stand in the order in which they were handed in, as they were printed."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE declaration ADD COLUMN column_place INTEGER "
        "CONSTRAINT ck_declaration_column_place CHECK (column_place > 0)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE declaration DROP COLUMN column_place")
