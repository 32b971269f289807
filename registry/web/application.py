"""What the application for people and the one for programs have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.templating import DispatchingJinjaLoader

from registry.web.templates import InLanguage, Templates
from registry.web.uploads import UploadRequest


class Application(Flask):
    """A Flask application none of whose views and hooks is a coroutine."""

    jinja_environment = Templates
    request_class = UploadRequest

    def create_global_jinja_loader(self) -> DispatchingJinjaLoader:
        return InLanguage(super().create_global_jinja_loader())  # type: ignore[return-value]

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func` itself: finding out again at every call of every hook costs a tenth of a request."""
        return func
