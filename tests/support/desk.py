"""Short ways to records for the tests of the editors' and the followers' pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bs4 import BeautifulSoup

from registry.db.engine import Database
from registry.db.tables import Declaration, HistoryEntry
from registry.declarations import queries, service
from registry.declarations.states import DECLARANT
from tests.support import factories as make
from tests.support.client import JudgingClient
from tests.support.judge import text_of

Saving = Callable[[], Any]


def filed(saving: Saving, *documents: Any, **changes: Any) -> str:
    """Hand in a declaration; return its reference."""
    with saving() as session:
        return make.submitted(session, *documents, **changes).reference


def printed(saving: Saving, *documents: Any, **changes: Any) -> str:
    """Publish a declaration in the next edition; return its reference."""
    with saving() as session:
        return make.published(session, *documents, **changes).reference


def accepted(saving: Saving, reference: str, day: date | None = None) -> None:
    with saving() as session:
        make.approved(session, queries.get_declaration(session, reference), make.an_editor(session), day)


def returned(saving: Saving, reference: str, reason: str = "请补充证件号码") -> None:
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        service.return_to_declarant(
            session, declaration, reason=reason, actor=make.an_editor(session), version=declaration.version
        )


def withdrawal_of(saving: Saving, reference: str) -> str:
    with saving() as session:
        earlier = queries.get_declaration(session, reference)
        return service.file_withdrawal(session, earlier, actor=DECLARANT, day=make.today(), reason="已找到").reference


def code_of(saving: Saving, reference: str) -> str:
    with saving() as session:
        return service.secret_of(session, queries.get_declaration(session, reference))


def stored(db: Database, reference: str) -> Declaration:
    """A declaration as it is in the database now, history and all."""
    with db.session(write=False) as session:
        declaration = queries.get_declaration(session, reference)
        assert all(isinstance(entry, HistoryEntry) for entry in declaration.history)
        return declaration


def words(client: JudgingClient) -> str:
    """What the present page says, masthead and footer left out."""
    main = client.page.select_one("main")
    assert main is not None
    return text_of(main)


def opened(client: JudgingClient, saving: Saving, reference: str, lang: str = "zh") -> BeautifulSoup:
    """Open a declaration by its secret link; the page of it comes back."""
    return client.get_page(f"/follow/{reference}/{code_of(saving, reference)}?lang={lang}")
