"""The text index in the order of the public list, by place, with tokens for filters, single characters and fours.

What stands in the index is made anew from the declarations, as the code of this day makes it.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 500
TRIGGERS = (
    """
    CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index (rowid, tokens) VALUES (new.{key}, new.tokens);
    END
    """,
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.{key}, old.tokens);
    END
    """,
    """
    CREATE TRIGGER search_document_updated AFTER UPDATE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.{key}, old.tokens);
        INSERT INTO search_index (rowid, tokens) VALUES (new.{key}, new.tokens);
    END
    """,
)
# Characters that SQLite's Unicode tables do not know are letters to the tokenizer `ascii`; texts come folded anyway.
SQLITE_INDEX = """
    CREATE VIRTUAL TABLE search_index USING fts5 (
        tokens, content='search_document', content_rowid='place', columnsize=0, tokenize="ascii tokenchars '_'"
    )
"""
SQLITE_INDEX_BEFORE = """
    CREATE VIRTUAL TABLE search_index USING fts5 (
        tokens, content='search_document', content_rowid='declaration_id', tokenize='unicode61 remove_diacritics 0'
    )
"""
# The last tokens are the beginnings of the place: year, month, ten days and day. GIN cannot deliver an order, but
# with one of them in the query it reads no more than that part of the list. The cost keeps the planner from working the
# vector out row by row where it could ask the index, and a function of PL/pgSQL is not opened up by it.
POSTGRESQL_VECTOR = """
    CREATE FUNCTION search_vector(tokens text, place bigint) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    BEGIN
        RETURN CAST(tokens || ' _' || place / 10000000000 || ' _' || place / 100000000 || ' _' || place / 10000000
            || ' _' || place / 1000000 AS tsvector);
    END $$
"""
POSTGRESQL_INDEX = "CREATE INDEX ix_search_document_vector ON search_document USING gin (search_vector(tokens, place))"
POSTGRESQL_INDEX_BEFORE = (
    "CREATE INDEX ix_search_document_vector ON search_document USING gin (to_tsvector('simple', tokens))"
)

RUN = re.compile("(?:[^\\W_]|[\U00020000-\U0003fffd])+")
LATIN_RUN = re.compile("[0-9A-Z]{4,}")
PLACEHOLDER = re.compile(r"⟦(\d+)⟧")
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
LISTED = sa.text(
    """
    SELECT d.id, e.day, d.declarant, d.statement, d.status FROM declaration d JOIN edition e ON e.id = d.edition_id
    WHERE d.status IN ('published', 'contested', 'corrected', 'withdrawn') AND d.published_on IS NOT NULL
    ORDER BY e.day, d.submitted_at, d.id
    """
)
DOCUMENTS = sa.text(
    """
    SELECT o.declaration_id, o.kind, o.title, o.holder FROM document o
    WHERE o.declaration_id IN :ids ORDER BY o.declaration_id, o.position
    """
)
NUMBERS = sa.text(
    """
    SELECT o.declaration_id, n.printed, n.masked FROM document o JOIN document_number n ON n.document_id = o.id
    WHERE o.declaration_id IN :ids ORDER BY o.declaration_id, o.position, n.position
    """
)


def upgrade() -> None:
    _drop()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_VECTOR)
    op.create_table(
        "search_document",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_search_document_declaration_id")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_document")),
        sa.UniqueConstraint("declaration_id", name=op.f("uq_search_document_declaration_id")),
    )
    _fill("INSERT INTO search_document (place, declaration_id, tokens) VALUES (:place, :declaration_id, :tokens)", _row)
    _make_index(SQLITE_INDEX, POSTGRESQL_INDEX, key="place")


def downgrade() -> None:
    _drop()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION search_vector(text, bigint)")
    op.create_table(
        "search_document",
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["declaration_id"], ["declaration.id"], name=op.f("fk_search_document_declaration_id")),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_search_document")),
    )
    _fill("INSERT INTO search_document (declaration_id, tokens) VALUES (:declaration_id, :tokens)", _row_before)
    _make_index(SQLITE_INDEX_BEFORE, POSTGRESQL_INDEX_BEFORE, key="declaration_id")


def _drop() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_document")


def _make_index(sqlite: str, postgresql: str, key: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(postgresql)
        return
    op.execute(sqlite)
    op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    for trigger in TRIGGERS:
        op.execute(trigger.format(key=key))


def _fill(insert: str, row_of: Callable[..., dict[str, Any]]) -> None:
    connection = op.get_bind()
    listed = connection.execute(LISTED.columns(day=sa.Date()), execution_options={"stream_results": True})
    day, position = None, 0
    for batch in listed.partitions(BATCH):
        ids = [declaration.id for declaration in batch]
        documents, numbers = _grouped(connection, DOCUMENTS, ids), _grouped(connection, NUMBERS, ids)
        rows = []
        for declaration in batch:
            position = position + 1 if declaration.day == day else 1
            day = declaration.day
            own = documents.get(declaration.id, ()), numbers.get(declaration.id, ())
            rows.append(row_of(declaration, position, *own))
        connection.execute(sa.text(insert), rows)


def _grouped(connection: sa.Connection, query: sa.TextClause, ids: list[int]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in connection.execute(query.bindparams(sa.bindparam("ids", expanding=True)), {"ids": ids}):
        grouped.setdefault(row.declaration_id, []).append(row)
    return grouped


def _row(declaration: Any, position: int, documents: Sequence[Any], numbers: Sequence[Any]) -> dict[str, Any]:
    shown = [number.printed or " " for number in numbers]
    runs: list[str] = []
    texts = [_filled(declaration.statement, shown), declaration.declarant]
    for text in (*texts, *(part for document in documents for part in (document.title, document.holder or ""))):
        runs += [run for run in RUN.findall(_fold(text)) if not any(run in other for other in runs)]
    filters = dict.fromkeys([f"_s{declaration.status}", *(f"_k{document.kind}" for document in documents)])
    tokens = ["_", *filters, "_"]
    for run in runs:
        tokens += [*_grams(run, 2), run[-1]]
    ends = {run[-1] for run in runs}
    tokens += ["_", *(character for character in dict.fromkeys("".join(runs)) if character not in ends), "_"]
    for run in runs:
        for latin in LATIN_RUN.findall(run):
            tokens += [*_grams(latin, 4), "_"]
    place = int(f"{declaration.day:%Y%m%d}") * 1_000_000 + position
    return {"place": place, "declaration_id": declaration.id, "tokens": " ".join(tokens)}


def _row_before(declaration: Any, _position: int, documents: Sequence[Any], numbers: Sequence[Any]) -> dict[str, Any]:
    parts = [declaration.declarant, _filled(declaration.statement, [n.printed or n.masked for n in numbers])]
    for document in documents:
        parts += [document.title, document.holder or ""]
    tokens: list[str] = []
    for run in re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", " ".join(parts)).lower()):
        tokens += [*_grams(run, 2), run[-1]]
    return {"declaration_id": declaration.id, "tokens": " ".join(tokens)}


def _filled(statement: str, shown: list[str]) -> str:
    return PLACEHOLDER.sub(lambda match: shown[int(match[1]) - 1], statement)


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).upper()
    return unicodedata.normalize("NFKC", UNSEEN.sub("", text))


def _grams(run: str, length: int) -> list[str]:
    return [run[place : place + length] for place in range(len(run) - length + 1)]
