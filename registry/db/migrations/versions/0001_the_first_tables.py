"""The first tables: declarations, editions, drafts, staff, and the text index of the database at hand."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATUSES = (
    "'draft', 'submitted', 'returned', 'rejected', 'approved', 'published', 'contested', 'corrected', 'withdrawn'"
)

# The index keeps no text of its own: it reads search_document, and the triggers keep the two in step.
SQLITE_SEARCH_INDEX = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5 (
        tokens, content='search_document', content_rowid='declaration_id', tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index (rowid, tokens) VALUES (new.declaration_id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.declaration_id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER search_document_updated AFTER UPDATE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.declaration_id, old.tokens);
        INSERT INTO search_index (rowid, tokens) VALUES (new.declaration_id, new.tokens);
    END
    """,
)


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) = (published_at IS NULL)", name=op.f("ck_edition_numbered_when_published")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("day", name=op.f("uq_edition_day")),
        sa.UniqueConstraint("number", name=op.f("uq_edition_number")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("create_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_member_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_member_fs_uniquifier")),
    )
    op.create_table(
        "staff_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=255), nullable=True),
        sa.Column("permissions", sa.String(length=255), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_role_name")),
    )
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("nature", sa.String(length=16), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("declarant_type", sa.String(length=16), nullable=False),
        sa.Column("declarant", sa.String(length=100), nullable=False),
        sa.Column("contact_sealed", sa.Text(), nullable=True),
        sa.Column("secret_sealed", sa.Text(), nullable=False),
        sa.Column("lost_on", sa.Date(), nullable=True),
        sa.Column("lost_at", sa.String(length=100), nullable=True),
        sa.Column("circumstances_printed", sa.Boolean(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("wording_corrected", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(nature = 'loss') = (follows_id IS NULL)", name=op.f("ck_declaration_follows")),
        sa.CheckConstraint("declarant_type IN ('person', 'organisation')", name=op.f("ck_declaration_declarant_type")),
        sa.CheckConstraint("nature IN ('loss', 'correction', 'withdrawal')", name=op.f("ck_declaration_nature")),
        sa.CheckConstraint(
            f"status IN ({STATUSES})",
            name=op.f("ck_declaration_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'published', 'contested', 'corrected') OR edition_id IS NOT NULL",
            name=op.f("ck_declaration_edition_when_approved"),
        ),
        sa.CheckConstraint("length(declarant) BETWEEN 1 AND 100", name=op.f("ck_declaration_declarant_length")),
        sa.CheckConstraint("length(statement) BETWEEN 1 AND 2000", name=op.f("ck_declaration_statement_length")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_declaration_edition_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["declaration.id"], name=op.f("fk_declaration_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("reference", name=op.f("uq_declaration_reference")),
    )
    op.create_index("ix_declaration_edition_id", "declaration", ["edition_id"], unique=False)
    op.create_index("ix_declaration_follows_id", "declaration", ["follows_id"], unique=False)
    op.create_index("ix_declaration_newest", "declaration", ["published_on", "id"], unique=False)
    op.create_index("ix_declaration_queue", "declaration", ["status", "submitted_at", "id"], unique=False)

    op.create_table(
        "staff_member_role",
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("staff_role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_staff_member_role_staff_member_id")
        ),
        sa.ForeignKeyConstraint(["staff_role_id"], ["staff_role.id"], name=op.f("fk_staff_member_role_staff_role_id")),
        sa.PrimaryKeyConstraint("staff_member_id", "staff_role_id", name=op.f("pk_staff_member_role")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("copies", sa.String(length=32), nullable=True),
        sa.Column("holder", sa.String(length=100), nullable=True),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 100", name=op.f("ck_document_title_length")),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_document_declaration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("declaration_id", "position", name="uq_document_position"),
    )
    op.create_index("ix_document_kind", "document", ["kind", "declaration_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("answers_sealed", sa.Text(), nullable=False),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("declaration_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["amends_id"], ["declaration.id"], name=op.f("fk_draft_amends_id")),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_draft_declaration_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["declaration.id"], name=op.f("fk_draft_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_draft_token_hash")),
    )
    op.create_index("ix_draft_updated_at", "draft", ["updated_at"], unique=False)

    op.create_table(
        "history_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("from_status", sa.String(length=16), nullable=True),
        sa.Column("to_status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(actor = 'editor') = (actor_id IS NOT NULL)", name=op.f("ck_history_entry_editor_named")),
        sa.CheckConstraint("actor IN ('declarant', 'editor', 'system')", name=op.f("ck_history_entry_actor")),
        sa.CheckConstraint(
            f"to_status IN ({STATUSES})",
            name=op.f("ck_history_entry_to_status"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["staff_member.id"], name=op.f("fk_history_entry_actor_id")),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_history_entry_declaration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entry")),
    )
    op.create_index("ix_history_entry_declaration_id", "history_entry", ["declaration_id"], unique=False)

    op.create_table(
        "search_document",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_search_document_declaration_id")),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_search_document")),
    )
    op.create_table(
        "document_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("printed", sa.String(length=120), nullable=True),
        sa.Column("masked", sa.String(length=120), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("full_in_print", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("NOT sensitive OR key LIKE 'hmac:%'", name=op.f("ck_document_number_key_of_sensitive")),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_document_number_key_length")),
        sa.CheckConstraint("sensitive = (printed IS NULL)", name=op.f("ck_document_number_printed_or_sealed")),
        sa.CheckConstraint("sensitive = (sealed IS NOT NULL)", name=op.f("ck_document_number_sealed_when_sensitive")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_number_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_number")),
        sa.UniqueConstraint("document_id", "position", name="uq_document_number_position"),
    )
    op.create_index("ix_document_number_key", "document_number", ["key"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_search_document_vector ON search_document USING gin (to_tsvector('simple', tokens))"
        )
    else:
        for statement in SQLITE_SEARCH_INDEX:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    for table in (
        "document_number",
        "document",
        "history_entry",
        "draft",
        "search_document",
        "staff_member_role",
        "declaration",
        "staff_role",
        "staff_member",
        "edition",
    ):
        op.drop_table(table)
