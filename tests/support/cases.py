"""Cases that one test goes through, on one application and one database."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def cases(names: str | Sequence[str], values: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `pytest.mark.parametrize`, for cases that leave nothing behind: one test goes through them all.

    Each is told of by itself where it fails. An application and a database for each would take longer than the case.
    """
    rows = [dict(zip(names, row, strict=True)) if not isinstance(names, str) else {names: row} for row in values]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        wanted = [name for name in inspect.signature(test).parameters if name not in rows[0]]

        def every(subtests: Any, **given: Any) -> None:
            if "subtests" in wanted:
                given["subtests"] = subtests
            for row in rows:
                with subtests.test(**{name: repr(value)[:80] for name, value in row.items()}):
                    test(**given, **row)

        every.__name__, every.__doc__, every.__module__ = test.__name__, test.__doc__, test.__module__
        # A fixture for each, which pytest finds by the names of the parameters.
        asked = dict.fromkeys(["subtests", *wanted])
        every.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in asked]
        )
        every.pytestmark = getattr(test, "pytestmark", [])  # type: ignore[attr-defined]
        return every

    return decorate
