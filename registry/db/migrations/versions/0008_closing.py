"""Closing an edition: its number, who closed it, and the files that are kept of it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IN_USE = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "edition_closing",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_closing_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_edition_closing")),
        sa.UniqueConstraint("number", name=op.f("uq_edition_closing_number")),
    )
    op.create_table(
        "edition_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("actor IN ('declarant', 'editor', 'system')", name=op.f("ck_edition_event_actor")),
        sa.CheckConstraint("(actor = 'editor') = (actor_id IS NOT NULL)", name=op.f("ck_edition_event_editor_named")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_event_edition_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["staff_member.id"], name=op.f("fk_edition_event_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_event")),
    )
    op.create_index(op.f("ix_edition_event_edition_id"), "edition_event", ["edition_id"])
    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("key_sealed", sa.Text(), nullable=False),
        sa.Column("content_locked", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("audience IN ('press', 'public')", name=op.f("ck_edition_file_audience")),
        sa.CheckConstraint("format IN ('pdf', 'text')", name=op.f("ck_edition_file_format")),
        sa.CheckConstraint("length(sha256) = 64 AND size >= 0", name=op.f("ck_edition_file_content")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_file_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
    )
    op.create_index(op.f("ix_edition_file_edition_id"), "edition_file", ["edition_id"])
    op.create_index(
        "uq_edition_file_in_use",
        "edition_file",
        ["edition_id", "audience", "format"],
        unique=True,
        sqlite_where=IN_USE,
        postgresql_where=IN_USE,
    )


def downgrade() -> None:
    op.drop_table("edition_file")
    op.drop_table("edition_event")
    op.drop_table("edition_closing")
