"""Keys of programs: made once, shown once, found by a keyed hash, revoked at once.

A key stands for somebody whom the staff know, so its limits are wider; it opens nothing that is closed to others.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import or_, update
from sqlalchemy import select as plain_select
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from registry import clock
from registry.db.direct import Query, Reader, param
from registry.db.engine import vault_of
from registry.db.tables import ApiKey, metadata
from registry.errors import NotFound

# What scanners of source code find a forgotten key by.
BEGINNING: Final = "rk_"
RANDOM_BYTES: Final = 24
# A program is known by it in lists, and four characters of thirty-two give nothing away.
ENDING: Final = 4
MOST_TIMES: Final = 1000
SHAPE: Final = re.compile(rf"{BEGINNING}[\w-]{{32}}", re.ASCII)

_KEY: Final = metadata.tables["api_key"].c
_FIND: Final = Query(
    plain_select(_KEY.id, _KEY.times, _KEY.last_used_on).where(
        _KEY.key_hash == param("key_hash"), _KEY.revoked_at.is_(None)
    )
)


@dataclass(frozen=True, slots=True)
class KnownProgram:
    """Whose key came with a request.

    Attributes:
        times: by what its limits are multiplied; None for no limits.
        last_used_on: the day of its last use that is on record, as the driver gave it.
    """

    key_id: int
    times: int | None
    last_used_on: date | str | None


def find_program(reader: Reader, key: str) -> KnownProgram | None:
    """Return whose key this is; None for what is no key, or one that was revoked."""
    if not SHAPE.fullmatch(key):
        return None
    rows = reader.rows(_FIND, {"key_hash": reader.vault.api_key_hash(key)})
    return KnownProgram(*rows[0]) if rows else None


def add_key(
    session: Session, *, name: str, note: str | None = None, times: int | None, staff_id: int | None = None
) -> tuple[ApiKey, str]:
    """Make a key; return its record and the key itself, which is kept nowhere.

    `staff_id` is the editor who made it; None at the terminal.
    """
    key = BEGINNING + secrets.token_urlsafe(RANDOM_BYTES)
    record = ApiKey(
        name=name,
        note=note or None,
        key_hash=vault_of(session).api_key_hash(key),
        ending=key[-ENDING:],
        times=times,
        created_at=clock.now(),
        made_by_id=staff_id,
    )
    session.add(record)
    session.flush()
    return record, key


def list_keys(session: Session) -> Sequence[ApiKey]:
    """Return all keys: those in use first, the newest of each first."""
    revoked = col(ApiKey.revoked_at).is_not(None)
    by_whom = (selectinload(ApiKey.made_by), selectinload(ApiKey.revoked_by))  # type: ignore[arg-type]
    return session.exec(select(ApiKey).order_by(revoked, col(ApiKey.id).desc()).options(*by_whom)).all()


def get_key(session: Session, key_id: int) -> ApiKey:
    """Return the record of a key.

    Raises:
        NotFound: there is none with this number.
    """
    record = session.get(ApiKey, key_id)
    if record is None:
        raise NotFound(f"no key {key_id}")
    return record


def revoke_key(session: Session, key_id: int, *, staff_id: int | None = None) -> bool:
    """Revoke a key, which from now on opens nothing; return whether it was in use until now.

    Raises:
        NotFound: there is none with this number.
    """
    record = get_key(session, key_id)
    if record.revoked_at is not None:
        return False
    record.revoked_at = clock.now()
    record.revoked_by_id = staff_id
    session.add(record)
    session.flush()
    return True


def note_use(session: Session, key_id: int, day: date) -> None:
    """Keep the last day on which a key was used."""
    earlier = or_(col(ApiKey.last_used_on).is_(None), col(ApiKey.last_used_on) < day)
    session.execute(update(ApiKey).where(col(ApiKey.id) == key_id, earlier).values(last_used_on=day))
