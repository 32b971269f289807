"""The tables. An SQLModel table class validates nothing: forms and services do, and the named constraints are the net.

Times are UTC. Wherever a number may be sensitive, the row holds what it may show (`masked`), a seal and a look-up key,
and never the number itself.
"""

from datetime import date, datetime
from typing import Optional

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, Relationship, SQLModel

from registry.db.types import UtcDateTime

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

NAME_LENGTH = 100
SENTENCE_LENGTH = 2000
NUMBER_LENGTH = 120


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the SQL of a CHECK that allows just these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({words})"


STATUSES = (
    "draft",
    "submitted",
    "returned",
    "rejected",
    "approved",
    "published",
    "contested",
    "corrected",
    "withdrawn",
)
# Those of the public list, once published_on is set too.
PUBLIC_STATUSES = ("published", "contested", "corrected", "withdrawn")
NATURES = ("loss", "correction", "withdrawal")
DECLARANT_TYPES = ("person", "organisation")
ACTORS = ("declarant", "editor", "system")
PRICE_RULES = ("line", "document", "block", "area", "free")
AUDIENCES = ("press", "public")
FILE_FORMATS = ("pdf", "text")


class Edition(SQLModel, table=True):
    """What is published on one day. `number` is set when it is published: the one that it was closed under."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("day"),
        UniqueConstraint("number"),
        CheckConstraint("(number IS NULL) = (published_at IS NULL)", name="numbered_when_published"),
    )

    id: int | None = Field(default=None, primary_key=True)
    day: date
    number: int | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    declarations: list["Declaration"] = Relationship(back_populates="edition")


class EditionClosing(SQLModel, table=True):
    """That an edition has gone to press, and under which number, which stays its own.

    `closed_at` is None while it is open again. Editions published before 2026-12 have no such row.
    """

    __tablename__ = "edition_closing"
    __table_args__ = (UniqueConstraint("number"),)

    edition_id: int = Field(default=None, foreign_key="edition.id", primary_key=True)
    number: int
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EditionEvent(SQLModel, table=True):
    """Who closed, opened again or published an edition, when, and why. Rows are only ever added."""

    __tablename__ = "edition_event"
    __table_args__ = (
        CheckConstraint(one_of("actor", ACTORS), name="actor"),
        CheckConstraint("(actor = 'editor') = (actor_id IS NOT NULL)", name="editor_named"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(default=None, foreign_key="edition.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(max_length=16)
    actor_id: int | None = Field(default=None, foreign_key="staff_member.id")
    action: str = Field(max_length=32)
    reason: str | None = Field(default=None, sa_column=Column(Text))

    staff_member: Optional["StaffMember"] = Relationship()


class EditionFile(SQLModel, table=True):
    """A file that was made of a column and is kept: for the `press`, or for the `public` with sensitive numbers masked.

    `sha256` is of the file itself, in hexadecimal, `size` its bytes. The content is locked with a key of its own, and
    that is sealed: when the sealing key is changed, the large value stays. A file that another one was made for is not
    taken away, only marked `replaced_at`.
    """

    __tablename__ = "edition_file"
    __table_args__ = (
        CheckConstraint(one_of("audience", AUDIENCES), name="audience"),
        CheckConstraint(one_of("format", FILE_FORMATS), name="format"),
        CheckConstraint("length(sha256) = 64 AND size >= 0", name="content"),
        Index(
            "uq_edition_file_in_use",
            "edition_id",
            "audience",
            "format",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(default=None, foreign_key="edition.id", index=True)
    audience: str = Field(max_length=16)
    format: str = Field(max_length=16)
    sha256: str = Field(max_length=64)
    size: int
    key_sealed: str = Field(sa_column=Column(Text, nullable=False))
    content_locked: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    kept_at: datetime = Field(sa_type=UtcDateTime)
    replaced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Declaration(SQLModel, table=True):
    """One statement that documents are lost and void, or a further record that corrects or withdraws one.

    `statement` is the printed sentence with ⟦n⟧ where the n-th number of the record stands. `follows_id` points at the
    record that a correction or withdrawal is about. `column_place` is where it stands in the column of its edition,
    once an editor has put that into an order or it is out. `version` counts changes, so that an editor never acts on a
    page that another has changed meanwhile.
    """

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("reference"),
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("nature", NATURES), name="nature"),
        CheckConstraint(one_of("declarant_type", DECLARANT_TYPES), name="declarant_type"),
        CheckConstraint("(nature = 'loss') = (follows_id IS NULL)", name="follows"),
        CheckConstraint(
            "status NOT IN ('approved', 'published', 'contested', 'corrected') OR edition_id IS NOT NULL",
            name="edition_when_approved",
        ),
        CheckConstraint(f"length(declarant) BETWEEN 1 AND {NAME_LENGTH}", name="declarant_length"),
        CheckConstraint(f"length(statement) BETWEEN 1 AND {SENTENCE_LENGTH}", name="statement_length"),
        CheckConstraint("column_place > 0", name="column_place"),
        Index("ix_declaration_newest", "published_on", "id"),
        Index("ix_declaration_queue", "status", "submitted_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(max_length=16)
    nature: str = Field(default="loss", max_length=16)
    follows_id: int | None = Field(default=None, foreign_key="declaration.id", index=True)
    declarant_type: str = Field(max_length=16)
    declarant: str = Field(max_length=NAME_LENGTH)
    contact_sealed: str | None = Field(default=None, sa_column=Column(Text))
    secret_sealed: str = Field(sa_column=Column(Text, nullable=False))
    lost_on: date | None = None
    lost_at: str | None = Field(default=None, max_length=NAME_LENGTH)
    circumstances_printed: bool = False
    statement: str = Field(sa_column=Column(Text, nullable=False))
    wording_corrected: bool = False
    status: str = Field(default="draft", max_length=16)
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True)
    column_place: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_on: date | None = None
    withdrawn_on: date | None = None
    version: int = 1

    edition: Edition | None = Relationship(back_populates="declarations")
    documents: list["Document"] = Relationship(
        back_populates="declaration",
        sa_relationship_kwargs={"order_by": "Document.position", "cascade": "all, delete-orphan"},
    )
    price: Optional["Price"] = Relationship(
        back_populates="declaration", sa_relationship_kwargs={"uselist": False, "cascade": "all, delete-orphan"}
    )
    history: list["HistoryEntry"] = Relationship(
        back_populates="declaration", sa_relationship_kwargs={"order_by": "HistoryEntry.id"}
    )
    follows: Optional["Declaration"] = Relationship(
        back_populates="followers", sa_relationship_kwargs={"remote_side": "Declaration.id"}
    )
    followers: list["Declaration"] = Relationship(
        back_populates="follows", sa_relationship_kwargs={"order_by": "Declaration.id"}
    )


class Price(SQLModel, table=True):
    """What a declaration costs, fixed when it was handed in, in fen. Those handed in before 2026-11 have none.

    `rule` says what was charged for and `units` how many of it; `style` and `version` by which house style and which
    state of its rule.
    """

    __tablename__ = "price"
    __table_args__ = (
        CheckConstraint(one_of("rule", PRICE_RULES), name="rule"),
        CheckConstraint("fen >= 0 AND units >= 0", name="amounts"),
        CheckConstraint("rule <> 'free' OR fen = 0", name="free"),
    )

    declaration_id: int = Field(default=None, foreign_key="declaration.id", primary_key=True)
    fen: int
    rule: str = Field(max_length=16)
    units: int
    style: str = Field(max_length=NAME_LENGTH)
    version: str = Field(max_length=16)
    fixed_at: datetime = Field(sa_type=UtcDateTime)

    declaration: Declaration = Relationship(back_populates="price")


class Document(SQLModel, table=True):
    """A lost thing: its kind, the title printed on it, its copies, and whose it is if not the declarant's."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("declaration_id", "position", name="uq_document_position"),
        CheckConstraint(f"length(title) BETWEEN 1 AND {NAME_LENGTH}", name="title_length"),
        Index("ix_document_kind", "kind", "declaration_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    declaration_id: int = Field(default=None, foreign_key="declaration.id")
    position: int
    kind: str = Field(max_length=64)
    title: str = Field(max_length=NAME_LENGTH)
    copies: str | None = Field(default=None, max_length=32)
    holder: str | None = Field(default=None, max_length=NAME_LENGTH)

    declaration: Declaration = Relationship(back_populates="documents")
    numbers: list["DocumentNumber"] = Relationship(
        back_populates="document",
        sa_relationship_kwargs={"order_by": "DocumentNumber.position", "cascade": "all, delete-orphan"},
    )


class DocumentNumber(SQLModel, table=True):
    """One number of a document. Either `printed` (public) or `sealed` (sensitive) holds it, never both.

    `key` is what a check looks up: the canonical number, or its HMAC where the number is sensitive. Of public numbers
    `near_key` finds what an eye takes for it, and the range columns what lies between the ends of a range.
    `full_in_print` keeps the declarant's choice to have a sensitive number printed whole; `confirmed` keeps "printed so
    on the document" for a number that its rule calls impossible.
    """

    __tablename__ = "document_number"
    __table_args__ = (
        UniqueConstraint("document_id", "position", name="uq_document_number_position"),
        CheckConstraint("sensitive = (printed IS NULL)", name="printed_or_sealed"),
        CheckConstraint("sensitive = (sealed IS NOT NULL)", name="sealed_when_sensitive"),
        CheckConstraint("NOT sensitive OR key LIKE 'hmac:%'", name="key_of_sensitive"),
        CheckConstraint("length(key) > 0", name="key_length"),
        CheckConstraint("NOT sensitive OR (near_key IS NULL AND range_group IS NULL)", name="no_trace_of_sensitive"),
        CheckConstraint(
            "(range_group IS NULL) = (range_first IS NULL) AND (range_group IS NULL) = (range_last IS NULL)",
            name="whole_range",
        ),
        # Few numbers are ranges. Of those that a check looks through its index tells which meet the number.
        Index(
            "ix_document_number_range",
            "range_group",
            "range_first",
            "range_last",
            sqlite_where=text("range_group IS NOT NULL"),
            postgresql_where=text("range_group IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(default=None, foreign_key="document.id")
    position: int
    field: str = Field(max_length=32)
    rule: str = Field(max_length=64)
    label: str = Field(max_length=32)
    sensitive: bool
    printed: str | None = Field(default=None, max_length=NUMBER_LENGTH)
    masked: str = Field(max_length=NUMBER_LENGTH)
    sealed: str | None = Field(default=None, sa_column=Column(Text))
    key: str = Field(max_length=NUMBER_LENGTH, index=True)
    near_key: str | None = Field(default=None, max_length=NUMBER_LENGTH, index=True)
    range_group: str | None = Field(default=None, max_length=NUMBER_LENGTH)
    range_first: str | None = Field(default=None, max_length=NUMBER_LENGTH)
    range_last: str | None = Field(default=None, max_length=NUMBER_LENGTH)
    full_in_print: bool = False
    confirmed: bool = False

    document: Document = Relationship(back_populates="numbers")


class HistoryEntry(SQLModel, table=True):
    """Who did what to a declaration, when, from which status to which, and why. Rows are only ever added."""

    __tablename__ = "history_entry"
    __table_args__ = (
        CheckConstraint(one_of("actor", ACTORS), name="actor"),
        CheckConstraint(one_of("to_status", STATUSES), name="to_status"),
        CheckConstraint("(actor = 'editor') = (actor_id IS NOT NULL)", name="editor_named"),
    )

    id: int | None = Field(default=None, primary_key=True)
    declaration_id: int = Field(default=None, foreign_key="declaration.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(max_length=16)
    actor_id: int | None = Field(default=None, foreign_key="staff_member.id")
    action: str = Field(max_length=32)
    from_status: str | None = Field(default=None, max_length=16)
    to_status: str = Field(max_length=16)
    reason: str | None = Field(default=None, sa_column=Column(Text))

    declaration: Declaration = Relationship(back_populates="history")
    staff_member: Optional["StaffMember"] = Relationship()


class Draft(SQLModel, table=True):
    """Answers of a declaration that is still being written, sealed whole, found by the browser's token.

    `declaration_id` is set once it was submitted: a second click then leads to the same declaration. `amends_id` names
    the returned declaration that the answers will replace, `follows_id` the published one that they will correct.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64)
    answers_sealed: str = Field(sa_column=Column(Text, nullable=False))
    amends_id: int | None = Field(default=None, foreign_key="declaration.id")
    follows_id: int | None = Field(default=None, foreign_key="declaration.id")
    declaration_id: int | None = Field(default=None, foreign_key="declaration.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime, index=True)


class CheckReceipt(SQLModel, table=True):
    """What the register answered to one check, for the sheet of paper that says so. Rows are added and erased, never
    changed.

    Everything is locked with the code that stands on the sheet, of which the row holds only a keyed hash: who has not
    seen the sheet, staff included, learns neither what was checked nor what was answered.
    """

    __tablename__ = "check_receipt"
    __table_args__ = (UniqueConstraint("code_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(max_length=64)
    facts_locked: str = Field(sa_column=Column(Text, nullable=False))
    kept_until: date = Field(index=True)


class StaffMemberRole(SQLModel, table=True):
    """Which staff member has which role."""

    __tablename__ = "staff_member_role"

    staff_member_id: int = Field(foreign_key="staff_member.id", primary_key=True)
    staff_role_id: int = Field(foreign_key="staff_role.id", primary_key=True)


class StaffRole(SQLModel, table=True):
    """A role of staff: `editor` reviews and publishes, `admin` is also told of the installation."""

    __tablename__ = "staff_role"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    description: str | None = Field(default=None, max_length=255)
    permissions: str | None = Field(default=None, max_length=255)


class StaffMember(SQLModel, table=True):
    """Someone who signs in. The columns are the ones that Flask-Security needs."""

    __tablename__ = "staff_member"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("fs_uniquifier"))

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=255)
    name: str = Field(max_length=NAME_LENGTH)
    password: str | None = Field(default=None, max_length=255)
    active: bool = True
    fs_uniquifier: str = Field(max_length=64)
    create_datetime: datetime = Field(sa_type=UtcDateTime)


class ApiKey(SQLModel, table=True):
    """What a program says to be known by. Of the key itself only a keyed hash is here, and its last characters.

    `times` is by what its limits are multiplied; None lifts them. `made_by_id` and `revoked_by_id` are None where that
    was done at the terminal.
    """

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("key_hash"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {NAME_LENGTH}", name="name_length"),
        CheckConstraint("times >= 1", name="times"),
        CheckConstraint("revoked_at IS NOT NULL OR revoked_by_id IS NULL", name="revoked"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=NAME_LENGTH)
    note: str | None = Field(default=None, sa_column=Column(Text))
    key_hash: str = Field(max_length=64)
    ending: str = Field(max_length=8)
    times: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    made_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    last_used_on: date | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_by_id: int | None = Field(default=None, foreign_key="staff_member.id")

    made_by: Optional["StaffMember"] = Relationship(sa_relationship_kwargs={"foreign_keys": "ApiKey.made_by_id"})
    revoked_by: Optional["StaffMember"] = Relationship(sa_relationship_kwargs={"foreign_keys": "ApiKey.revoked_by_id"})


class SearchDocument(SQLModel, table=True):
    """What the public list and its text search know of a published declaration. Rebuildable.

    `place` is its place in the list, counted up as declarations are published (`indexing.place_of`); `tokens` are what
    it is found by. Sensitive numbers are no part of them.
    """

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("declaration_id"),)

    # SQLite's full-text table counts by the row's own number, which only an INTEGER PRIMARY KEY is.
    place: int = Field(
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    )
    declaration_id: int = Field(foreign_key="declaration.id")
    tokens: str = Field(sa_column=Column(Text, nullable=False))
