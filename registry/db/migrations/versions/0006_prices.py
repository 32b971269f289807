"""What a declaration costs, fixed when it is handed in. Those of before have no price."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "price",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("style", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rule IN ('line', 'document', 'block', 'area', 'free')", name=op.f("ck_price_rule")),
        sa.CheckConstraint("fen >= 0 AND units >= 0", name=op.f("ck_price_amounts")),
        sa.CheckConstraint("rule <> 'free' OR fen = 0", name=op.f("ck_price_free")),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_price_declaration_id")),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_price")),
    )


def downgrade() -> None:
    op.drop_table("price")
