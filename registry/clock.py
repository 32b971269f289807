"""The one source of time, so that a test can stand still on any day.

Call through the module (`clock.now()`): a name imported from here would keep the real clock under test.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC: the only form in which moments are stored."""
    return datetime.now(UTC)


def today(tz: str = "Asia/Shanghai") -> date:
    """The calendar day in the newspaper's time zone, which is what an edition is dated by."""
    return now().astimezone(ZoneInfo(tz)).date()
