"""What the application for people and the one for programs have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask


class Application(Flask):
    """A Flask application none of whose views and hooks is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func` itself: finding out again at every call of every hook costs a tenth of a request."""
        return func
