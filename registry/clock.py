"""The one source of time, so that a test can stand still on any day.

Call through the module (`clock.now()`): a name imported from here would keep the real clock under test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC: the only form in which moments are stored."""
    return _standing.get() or datetime.now(UTC)


def today(tz: str = "Asia/Shanghai") -> date:
    """The calendar day in the newspaper's time zone, which is what an edition is dated by."""
    return now().astimezone(ZoneInfo(tz)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` inside the block, in this thread or task alone: for invented histories.

    Raises ValueError for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("the clock needs a moment with its time zone")
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
