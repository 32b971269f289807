"""The files that are kept of an edition: what went to press, and what everybody may have of it.

A kept file is never changed and never taken away. When another takes its place, it is marked as replaced and stays,
with its hash. Each is locked with a key of its own and that key is sealed, so a change of the sealing key is a matter
of a few bytes for each file.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session, col

from registry import clock
from registry.db.engine import vault_of
from registry.db.sealed_files import new_key, open_whole, seal_whole
from registry.db.tables import Edition, EditionFile
from registry.errors import NotFound

KEY_PURPOSE: Final = "edition_file.key_sealed"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to be kept: for whom (`press` or `public`), of which format (`pdf` or `text`), and its bytes."""

    audience: str
    format: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept, without its content. `replaced_at` is None for the one in use."""

    id: int
    audience: str
    format: str
    sha256: str
    size: int
    kept_at: datetime
    replaced_at: datetime | None


_KEPT: Final = (
    col(EditionFile.id),
    col(EditionFile.audience),
    col(EditionFile.format),
    col(EditionFile.sha256),
    col(EditionFile.size),
    col(EditionFile.kept_at),
    col(EditionFile.replaced_at),
)


def keep(session: Session, edition: Edition, files: Iterable[MadeFile]) -> None:
    """Keep files of an edition; what was in use for the same audience and format is marked as replaced."""
    assert edition.id is not None
    vault = vault_of(session)
    for file in files:
        mark_replaced(session, edition, audience=file.audience, format_=file.format)
        key = new_key()
        sha256 = hashlib.sha256(file.content).hexdigest()
        row = EditionFile(
            edition_id=edition.id,
            audience=file.audience,
            format=file.format,
            sha256=sha256,
            size=len(file.content),
            key_sealed=vault.seal(urlsafe_b64encode(key).decode(), purpose=KEY_PURPOSE),
            content_locked=seal_whole(key, file.content, name=sha256),
            kept_at=clock.now(),
        )
        session.add(row)
        session.flush()
        # A column of five hundred notices is nothing to hold in memory longer than it takes to write it.
        session.expunge(row)


def mark_replaced(
    session: Session, edition: Edition, *, audience: str | None = None, format_: str | None = None
) -> None:
    """Mark the files in use as replaced: all of an edition, those of one audience, or the one of a format of these."""
    statement = update(EditionFile).where(
        col(EditionFile.edition_id) == edition.id, col(EditionFile.replaced_at).is_(None)
    )
    if audience is not None:
        statement = statement.where(col(EditionFile.audience) == audience)
    if format_ is not None:
        statement = statement.where(col(EditionFile.format) == format_)
    session.execute(statement.values(replaced_at=clock.now()).execution_options(synchronize_session=False))


def list_files(session: Session, edition: Edition) -> list[KeptFile]:
    """Return the files of an edition, those in use first, then the replaced ones, the last first."""
    statement = (
        select(*_KEPT)
        .where(col(EditionFile.edition_id) == edition.id)
        .order_by(
            col(EditionFile.replaced_at).is_not(None),
            col(EditionFile.replaced_at).desc(),
            col(EditionFile.audience),
            col(EditionFile.format),
            col(EditionFile.id),
        )
    )
    return [KeptFile(*row) for row in session.execute(statement)]


def find_file(session: Session, edition: Edition, *, audience: str, format_: str) -> KeptFile | None:
    """Return the file in use of one audience and format; None where none was kept."""
    statement = select(*_KEPT).where(
        col(EditionFile.edition_id) == edition.id,
        col(EditionFile.audience) == audience,
        col(EditionFile.format) == format_,
        col(EditionFile.replaced_at).is_(None),
    )
    row = session.execute(statement).first()
    return KeptFile(*row) if row else None


def get_file(session: Session, edition: Edition, file_id: int) -> KeptFile:
    """Return a file of an edition, in use or replaced.

    Raises:
        NotFound: the edition has no such file.
    """
    statement = select(*_KEPT).where(col(EditionFile.edition_id) == edition.id, col(EditionFile.id) == file_id)
    row = session.execute(statement).first()
    if row is None:
        raise NotFound(f"no file {file_id} of the edition of {edition.day}")
    return KeptFile(*row)


def content_of(session: Session, file: KeptFile) -> bytes:
    """Return the bytes of a kept file.

    Raises:
        SealBroken: its key is missing, or it was changed.
    """
    statement = select(col(EditionFile.key_sealed), col(EditionFile.content_locked)).where(
        col(EditionFile.id) == file.id
    )
    key_sealed, locked = session.execute(statement).one()
    key = urlsafe_b64decode(vault_of(session).open(key_sealed, purpose=KEY_PURPOSE).reveal())
    return open_whole(key, locked, name=file.sha256)
