"""On which line of a TOML file a key stands, which the parser of the standard library does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any


class Lines:
    """Finds keys by reading ever more of the file: a key stands where it is first known.

    What ends within a text of several lines cannot be read, so such a key counts as standing where its text begins.
    """

    def __init__(self, text: str) -> None:
        self._readable: list[tuple[int, dict[str, Any]]] = []
        lines = text.splitlines(keepends=True)
        for count in range(len(lines) + 1):
            try:
                self._readable.append((count, parse("".join(lines[:count]))))
            except tomllib.TOMLDecodeError:
                continue

    def of(self, path: Sequence[str]) -> int:
        """Return the line of a key, or of the nearest table around it that is there; 1 for the file itself."""
        for depth in range(len(path), 0, -1):
            before = 0
            for count, content in self._readable:
                if _holds(content, path[:depth]):
                    return before + 1
                before = count
        return 1


def parse(text: str) -> dict[str, Any]:
    """Return what a TOML file says, its fractions exact.

    Raises:
        TOMLDecodeError: it is no TOML; the message ends with the place.
    """
    return tomllib.loads(text, parse_float=Decimal)


def _holds(content: Any, path: Sequence[str]) -> bool:
    for key in path:
        if not isinstance(content, dict) or key not in content:
            return False
        content = content[key]
    return True
