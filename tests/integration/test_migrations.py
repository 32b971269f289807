"""Every migration, up and down, with data in the tables, and the models as the migrated schema has them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from registry.db import keys, migrate, tables
from registry.db.engine import Database, make_engine
from registry.db.migrations.names import is_ours
from registry.search import upkeep

REVISIONS = [script.revision for script in ScriptDirectory.from_config(migrate.alembic_config()).walk_revisions()][::-1]

# What stands in the tables before the next migration runs: raw SQL of that day's schema, no help from the code.
DATA = {
    "0001": """
        INSERT INTO edition (id, day, number, published_at)
            VALUES (1, '2026-11-20', 1, '2026-11-20 00:00:00');
        INSERT INTO staff_member (id, email, name, password, active, fs_uniquifier, create_datetime)
            VALUES (1, 'e@registry.example', '兰亦可', 'x', TRUE, 'u', '2026-11-01 00:00:00');
        INSERT INTO staff_role (id, name) VALUES (1, 'editor');
        INSERT INTO staff_member_role VALUES (1, 1);
        INSERT INTO declaration (id, reference, nature, declarant_type, declarant, secret_sealed, statement, status,
                edition_id, created_at, submitted_at, published_on, circumstances_printed, wording_corrected, version)
            VALUES (1, 'S26-4071-3850', 'loss', 'person', '杨阔远', 'k1.x', '因不慎将杨阔远的工作证丢失，声明作废。',
                'published', 1, '2026-11-01 00:00:00', '2026-11-01 00:00:00', '2026-11-20', FALSE, FALSE, 3);
        INSERT INTO document (id, declaration_id, position, kind, title) VALUES (1, 1, 1, 'work_id', '工作证');
        INSERT INTO document_number (id, document_id, position, field, rule, label, sensitive, masked, sealed, key,
                full_in_print, confirmed)
            VALUES (1, 1, 1, 'number', 'work_id', '工作证号', TRUE, '**********333', 'k1.y', 'hmac:z', TRUE, FALSE);
        INSERT INTO history_entry (id, declaration_id, at, actor, actor_id, action, to_status)
            VALUES (1, 1, '2026-11-01 00:00:00', 'editor', 1, 'approved', 'approved');
        INSERT INTO draft (id, token_hash, answers_sealed, created_at, updated_at)
            VALUES (1, 'hmac:t', 'k1.z', '2026-11-01 00:00:00', '2026-11-01 00:00:00');
        INSERT INTO search_document VALUES (1, '杨阔 阔远 远');
    """,
    "0002": """
        INSERT INTO document_number (id, document_id, position, field, rule, label, sensitive, masked, printed, key,
                near_key, range_group, range_first, range_last, full_in_print, confirmed)
            VALUES (2, 1, 2, 'number', 'receipt', '编号', FALSE, 'x', '0036239-0036245', '0036239-0036245',
                '00362390036245', '|7', '0036239', '0036245', FALSE, FALSE);
        UPDATE declaration SET statement = '因不慎将杨阔远的工作证丢失，工作证号为⟦1⟧，编号为⟦2⟧，声明作废。'
            WHERE id = 1;
        INSERT INTO declaration (id, reference, nature, declarant_type, declarant, secret_sealed, statement, status,
                edition_id, created_at, submitted_at, published_on, circumstances_printed, wording_corrected, version)
            VALUES (2, 'S26-4071-3851', 'loss', 'organisation', 'Ｙangquan 矿业', 'k1.x', '声明作废。', 'withdrawn', 1,
                    '2026-11-01 00:00:00', '2026-10-31 00:00:00', '2026-11-20', FALSE, FALSE, 3),
                (3, 'S26-4071-3852', 'loss', 'person', '未刊登', 'k1.x', '声明作废。', 'submitted', NULL,
                    '2026-11-01 00:00:00', '2026-10-30 00:00:00', NULL, FALSE, FALSE, 3);
        INSERT INTO document (id, declaration_id, position, kind, title, holder)
            VALUES (2, 2, 1, 'seal_code', '公章', '顾安宁');
    """,
    "0003": """
        UPDATE search_document SET tokens = '_ _swithdrawn _ 未央 央 _ 未 _' WHERE place = 20261120000001
    """,
    "0004": """
        INSERT INTO api_key (id, name, note, key_hash, ending, times, created_at, made_by_id, last_used_on, revoked_at,
                revoked_by_id)
            VALUES (1, '澜川银行', '张', 'hmac:k', 'wxyz', 10, '2026-11-01 00:00:00', 1, '2026-11-20',
                '2026-11-21 00:00:00', NULL);
    """,
    "0005": """
        INSERT INTO check_receipt (id, code_hash, facts_locked, kept_until) VALUES (1, 'hmac:c', 'x', '2029-11-24');
    """,
    "0006": """
        INSERT INTO price (declaration_id, fen, rule, units, style, version, fixed_at)
            VALUES (1, 3000, 'line', 3, 'yangquan', '0123456789ab', '2026-11-24 00:00:00');
    """,
    "0007": """
        UPDATE declaration SET column_place = 1 WHERE id = 1;
    """,
    "0008": """
        INSERT INTO edition_closing (edition_id, number, closed_at) VALUES (1, 1, '2026-11-19 16:00:00');
        INSERT INTO edition_event (id, edition_id, at, actor, actor_id, action)
            VALUES (1, 1, '2026-11-19 16:00:00', 'editor', 1, 'closed');
        INSERT INTO edition_file (id, edition_id, audience, format, sha256, size, key_sealed, content_locked, kept_at)
            VALUES (1, 1, 'press', 'text', '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 1,
                'k1.f', 'x', '2026-11-19 16:00:00');
    """,
    "0009": """
        UPDATE document_number SET range_last = '0036246' WHERE id = 2;
    """,
}


@pytest.fixture
def empty(settings, tmp_path, request):
    """Settings of a database without any table."""
    if settings.database_url.startswith("sqlite"):
        return replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    migrate.downgrade(settings, "base")
    return settings


@pytest.fixture
def engine(empty):
    engine = make_engine(empty.database_url)
    yield engine
    engine.dispose()


def schema_of(engine):
    """Return what the database says of itself: tables, columns, constraints, indexes, triggers."""
    inspector = inspect(engine)
    described = {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)],
            sorted(str(check["name"]) for check in inspector.get_check_constraints(name)),
            sorted(str(index["name"]) for index in inspector.get_indexes(name)),
            sorted(str(key["name"]) for key in inspector.get_foreign_keys(name)),
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
            described["triggers"] = list(triggers.scalars())
    return described


def test_every_revision_goes_up_and_down_and_leaves_no_trace(empty, engine):
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    seen = []
    for revision in REVISIONS:
        seen.append(schema_of(engine))
        assert migrate.upgrade(empty, revision)
        insert(engine, DATA[revision])
    for revision, expected in zip(reversed(["base", *REVISIONS[:-1]]), reversed(seen), strict=True):
        assert migrate.downgrade(empty, revision)
        assert schema_of(engine) == expected


def test_models_are_what_the_migrations_make(empty, engine):
    migrate.upgrade(empty)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": lambda _o, name, *_rest: is_ours(name)}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_a_database_that_is_up_to_date_is_left_alone(empty):
    assert migrate.upgrade(empty)
    assert not migrate.upgrade(empty)


def test_the_text_index_follows_its_table(empty, engine):
    migrate.upgrade(empty)
    insert(engine, DATA["0001"].partition("INSERT INTO search_document")[0])
    insert(engine, "INSERT INTO search_document VALUES (20261120000001, 1, '_ _spublished _ 杨阔 阔远 远 _ 杨 阔 _')")
    assert hits(engine, "阔远") == hits(engine, "_spublished") == [20261120000001]
    insert(engine, "UPDATE search_document SET tokens = '杨括 括远 远'")
    assert (hits(engine, "阔远"), hits(engine, "括远")) == ([], [20261120000001])
    insert(engine, "DELETE FROM search_document")
    assert hits(engine, "括远") == []


def test_what_was_published_before_the_list_had_places_is_found_at_its_own(empty, engine):
    migrate.upgrade(empty, "0002")
    for revision in ("0001", "0002"):
        insert(engine, DATA[revision])
    migrate.upgrade(empty, "0003")
    # In the order in which they were handed in.
    older, newer = 20261120000001, 20261120000002
    assert [hits(engine, token) for token in ("声明", "YA", "顾", "_kseal_code", "_swithdrawn")] == [
        [older, newer],
        [older],
        [older],
        [older],
        [older],
    ]
    assert [hits(engine, token) for token in ("阔远", "阔", "3624", "_kwork_id", "_spublished")] == [[newer]] * 5
    # What a mask shows of a sensitive number is searched no longer.
    assert hits(engine, "33") == []
    database = Database(empty, keys.ensure(empty))
    assert upkeep.verify(database).good
    database.dispose()
    migrate.downgrade(empty, "0002")
    assert [hits(engine, token) for token in ("阔远", "33", "ya")] == [[1], [1], [2]]


def test_every_migration_has_data_to_be_tested_with():
    assert set(DATA) == set(REVISIONS)


def insert(engine, statements):
    with engine.begin() as connection:
        for statement in statements.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.strip().rstrip(";"))


def hits(engine, token):
    """Return the keys of the rows in which the index knows a token, in their order."""
    [key] = inspect(engine).get_pk_constraint("search_document")["constrained_columns"]
    vector = "search_vector(tokens, place)" if key == "place" else "to_tsvector('simple', tokens)"
    query = (
        f"SELECT {key} FROM search_document WHERE {vector} @@ CAST(:token AS tsquery) ORDER BY {key}"
        if engine.dialect.name == "postgresql"
        else "SELECT rowid FROM search_index WHERE search_index MATCH :token ORDER BY rowid"
    )
    quote = "'" if engine.dialect.name == "postgresql" else '"'
    with engine.connect() as connection:
        return list(connection.execute(text(query), {"token": f"{quote}{token}{quote}"}).scalars())
