"""A server with the demonstration register, for tests that look at every page in every state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from registry.cli import demo as invented
from registry.cli import starting
from registry.cli.demo.story import FEWEST
from registry.config import Settings
from registry.db import keys
from registry.db.engine import Database
from registry.db.tables import Declaration, Edition
from registry.declarations import service
from tests.support.server import RunningServer


@dataclass(frozen=True, slots=True)
class DemoRegister:
    """A running server and what a test has to know of its register."""

    url: str
    sign_in: tuple[str, str]
    references: dict[str, str]
    codes: dict[str, str]
    published_day: date
    open_day: date


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRegister]:
    """`python app.py` on a small invented register."""
    instance: Path = tmp_path_factory.mktemp("demo") / "instance"
    settings = Settings.from_environ({"REGISTRY_INSTANCE": str(instance)})
    starting.prepare(settings)
    database = Database(settings, keys.ensure(settings))
    invented.fill(database, FEWEST, zone=settings.timezone)
    server = RunningServer(instance).start()
    try:
        yield _describe(server, database)
    finally:
        server.stop()
        database.dispose()


def _describe(server: RunningServer, database: Database) -> DemoRegister:
    with database.session(write=False) as session:
        declarations = {status: _one(session, status) for status in STATES}
        declarations["further"] = (
            session.exec(
                select(Declaration).where(col(Declaration.follows_id).is_not(None), Declaration.status == "published")
            ).first()
            or declarations["published"]
        )
        published = session.exec(select(Edition).order_by(col(Edition.number).desc())).first()
        waiting = session.exec(select(Edition).where(col(Edition.published_at).is_(None))).first()
        assert published is not None
        assert waiting is not None
        return DemoRegister(
            url=server.url,
            sign_in=server.first_sign_in,
            references={name: declaration.reference for name, declaration in declarations.items()},
            codes={d.reference: service.secret_of(session, d) for d in declarations.values()},
            published_day=published.day,
            open_day=waiting.day,
        )


STATES = ("submitted", "returned", "rejected", "approved", "published", "corrected", "withdrawn", "contested")


def _one(session: Session, status: str) -> Declaration:
    loss = select(Declaration).where(Declaration.status == status, Declaration.nature == "loss")
    if status in ("corrected", "withdrawn"):
        loss = loss.where(col(Declaration.published_on).is_not(None))
    declaration = session.exec(loss.order_by(col(Declaration.id).desc())).first()
    assert declaration is not None, f"the demonstration has no {status} declaration"
    return declaration
