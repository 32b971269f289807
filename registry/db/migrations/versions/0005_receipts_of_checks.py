"""Receipts of checks, each locked with the code that stands on its sheet."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("facts_locked", sa.Text(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_receipt")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_check_receipt_code_hash")),
    )
    op.create_index(op.f("ix_check_receipt_kept_until"), "check_receipt", ["kept_until"])


def downgrade() -> None:
    op.drop_table("check_receipt")
