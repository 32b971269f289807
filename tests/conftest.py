"""Fixtures for every test. What touches data runs on SQLite and on PostgreSQL, unless it is marked `one_database`."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlmodel import Session

from registry import create_app
from registry.config import Settings
from registry.db import keys, migrate
from registry.db.engine import Database
from registry.web.api.callers import DOOR
from tests.support import memory
from tests.support.client import JudgingClient
from tests.support.postgres import PostgresServer, PostgresUnavailable, ReusedDatabase
from tests.support.routing import remember_compiled_rules
from tests.support.statements import remember_compiled_statements

pytest_plugins = ["tests.support.browser_fixtures"]
remember_compiled_rules()
remember_compiled_statements()

# The same examples at every run and no stopwatch: a red run means the change, not the dice or a busy machine.
hypothesis.settings.register_profile(
    "registry", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("registry")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    memory.use_for_temporary_files()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Let tests that share something costly be on one worker."""
    from tests.support.scheduling import LoadTogether

    return LoadTogether(config, log)


def pytest_collection_finish() -> None:
    """Let the collector of garbage look at what tests make, and not again and again at all modules and all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 25, 50)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        kinds: list[Any] = ["sqlite"]
        if not metafunc.definition.get_closest_marker("one_database"):
            kinds.append(pytest.param("postgres", marks=pytest.mark.postgres))
        metafunc.parametrize("database_url", kinds, indirect=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
    except PostgresUnavailable as unavailable:
        server.stop()
        pytest.skip(str(unavailable))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The defaults, in a folder of this session with keys of its own, and no limits on requests."""
    instance = tmp_path_factory.mktemp("instance")
    settings = Settings.from_environ({"REGISTRY_INSTANCE": str(instance), "RATE_LIMITS": "off"})
    keys.ensure(settings)
    return settings


@pytest.fixture(scope="session")
def migrated_sqlite(base_settings: Settings) -> Path:
    """A migrated database without data, to be copied: migrating anew would cost each test its patience."""
    path = base_settings.instance / "template.db"
    migrate.upgrade(replace(base_settings, database_url=f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(base_settings: Settings, postgres_server: PostgresServer) -> Iterator[ReusedDatabase]:
    name = postgres_server.create()
    migrate.upgrade(replace(base_settings, database_url=postgres_server.url(name)))
    reused = ReusedDatabase(postgres_server, name)
    yield reused
    reused.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database without data, SQLite or PostgreSQL, for this test alone."""
    if request.param == "sqlite":
        path = tmp_path / "registry.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    reused: ReusedDatabase = request.getfixturevalue("migrated_postgres")
    yield server.url(reused.take())
    reused.give_back()


@pytest.fixture
def settings(base_settings: Settings, database_url: str, tmp_path: Path) -> Settings:
    """What `app` and `db` are made from; change it with `dataclasses.replace` and `make_app`."""
    shutil.copy(base_settings.instance / keys.FILE_NAME, tmp_path / keys.FILE_NAME)
    return replace(base_settings, instance=tmp_path, database_url=database_url)


@pytest.fixture
def db(settings: Settings) -> Iterator[Database]:
    """The database, for tests below the web."""
    database = Database(settings, keys.ensure(settings))
    yield database
    database.dispose()


@pytest.fixture
def saving(db: Database) -> Callable[[], Any]:
    """`with saving() as session:` is one writing transaction, committed at the end of the block.

    Leave the block before asking the app for anything: SQLite has one writer at a time.
    """

    @contextmanager
    def transaction() -> Iterator[Session]:
        with db.session(write=True) as session:
            yield session
            session.commit()

    return transaction


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """A writing session, rolled back at the end. For tests that also ask the app, `saving` is right."""
    with db.session(write=True) as opened:
        yield opened
        opened.rollback()


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all the apps of a session, each of which would compile them for its one test."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def compiled_templates() -> CompiledTemplates:
    return CompiledTemplates()


@pytest.fixture
def make_app(settings: Settings, compiled_templates: CompiledTemplates) -> Iterator[Callable[..., Flask]]:
    """`make_app(https=True)`: an app with some settings changed; its clients judge like `client`."""
    made: list[Flask] = []

    def make(**changes: Any) -> Flask:
        app = create_app(replace(settings, **changes))
        app.testing = True
        app.jinja_env.bytecode_cache = compiled_templates
        app.test_client_class = JudgingClient
        # Passwords as slow to try as in life would take a quarter of the time that the tests take.
        app.extensions["security"].pwd_context.update(argon2__rounds=1, argon2__memory_cost=64)
        made.append(app)
        return app

    yield make
    for app in made:
        # The use of a key is noted in a thread, which must not find the database of the next test.
        app.extensions["registry_api"].extensions[DOOR].uses.wait()
        app.extensions["registry_database"].dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> Iterator[JudgingClient]:
    """A reader who is signed in nowhere. CSRF protection is on, as it is in life."""
    with app.test_client() as opened:
        assert isinstance(opened, JudgingClient)
        yield opened
