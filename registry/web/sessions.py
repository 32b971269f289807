"""The one database session of a request, and the one place where it is committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlmodel import Session

from registry.config import Settings
from registry.db.direct import Reader
from registry.db.engine import Database

# These answer a question that should not stand in an address, so they are asked by POST; they change nothing, and need
# no token that would tie a reader to a cookie.
READING_POSTS = frozenset(
    {
        "public.check",
        "public.family",
        "public.compare_publication",
        "receipts.enter",
        "receipts.compare",
        "api.checks",
        "api.examine",
    }
)
# These write, and carry a token of their own: what an answer of this site has sealed for them.
SEALED_POSTS = frozenset({"receipts.make_receipt"})


def database() -> Database:
    return cast(Database, current_app.extensions["registry_database"])


def settings() -> Settings:
    return cast(Settings, current_app.extensions["registry_settings"])


def db() -> Session:
    """Return the session of this request: one that cannot write for GET and HEAD, a writing one otherwise.

    A view never commits. What it changed is committed after it returned a page or redirect below 400, before the answer
    leaves, so that a receipt the user sees is on disk. Anything else is rolled back.
    """
    if "db_session" not in g:
        g.db_session = database().session(write=_writes())
    return cast(Session, g.db_session)


@contextmanager
def reading_at_length() -> Iterator[Session]:
    """A session that only reads, for work that takes seconds while a form is answered.

    The session of the request lets go of the database before: on SQLite nobody else could write meanwhile. So ask it
    for everything anew afterwards.
    """
    db().rollback()
    with database().session(write=False) as session:
        yield session


def reader() -> Reader:
    """Return what this request looks numbers up with: quicker than a session, and unable to write."""
    # Asked for four times a page: the object behind `g` is looked for once each time instead of three times.
    held = g._get_current_object().__dict__
    if "db_reader" not in held:
        held["db_reader"] = database().readers.take()
    return cast(Reader, held["db_reader"])


def install(app: Flask) -> None:
    @app.after_request
    def commit_or_roll_back(response: Response) -> Response:
        session: Session | None = g.get("db_session")
        if session is not None:
            if response.status_code < 400 and session.in_transaction():
                session.commit()
            else:
                session.rollback()
        return response

    @app.teardown_request
    def close(error: BaseException | None) -> None:
        held = g._get_current_object().__dict__
        session: Session | None = held.pop("db_session", None)
        if session is not None:
            session.close()
        lent: Reader | None = held.pop("db_reader", None)
        if lent is not None:
            if error is None:
                database().readers.give_back(lent)
            else:
                lent.close()


def _writes() -> bool:
    if not has_request_context():
        return True
    return request.method not in ("GET", "HEAD", "OPTIONS") and request.endpoint not in READING_POSTS
