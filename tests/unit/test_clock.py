"""The clock can be made to stand, for one thread and for one block."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from registry import clock

NEW_YEAR = datetime(2024, 1, 1, 3, 0, tzinfo=timezone(timedelta(hours=8)))


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_the_clock_stands_inside_the_block_and_goes_on_after_it() -> None:
    with clock.at(NEW_YEAR):
        assert clock.now() == NEW_YEAR
        assert clock.now().tzinfo is UTC
        with clock.at(NEW_YEAR + timedelta(hours=1)):
            assert clock.now() == NEW_YEAR + timedelta(hours=1)
        assert clock.now() == NEW_YEAR
    assert clock.now() > NEW_YEAR + timedelta(days=1)


def test_the_day_is_that_of_the_newspaper() -> None:
    with clock.at(NEW_YEAR):
        assert clock.today() == date(2024, 1, 1)
        assert clock.today("UTC") == date(2023, 12, 31)


def test_the_clock_goes_on_after_an_error() -> None:
    with pytest.raises(LookupError), clock.at(NEW_YEAR):
        raise LookupError
    assert clock.now() > NEW_YEAR + timedelta(days=1)


def test_another_thread_keeps_the_real_time() -> None:
    seen: list[datetime] = []
    with clock.at(NEW_YEAR):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > NEW_YEAR + timedelta(days=1)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2024, 1, 1)):  # noqa: DTZ001 (what is tested)
        pass
