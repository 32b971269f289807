"""The edition that was published last, which stands above every page."""

from __future__ import annotations

from typing import Final, cast

from flask import Flask, current_app

from registry.declarations.edition_names import NamedEdition, name_latest_edition
from registry.web.believed import Believed
from registry.web.sessions import reader

_LATEST: Final = "registry_latest_edition"


def install(app: Flask) -> None:
    app.extensions[_LATEST] = Believed(app.extensions["registry_database"], name_latest_edition)
    app.add_template_global(latest_edition)


def latest_edition() -> NamedEdition | None:
    """Return its day and number as they were within the last second; None before the first."""
    return _latest().lately(reader)


def latest_edition_now() -> NamedEdition | None:
    """Return its day and number as they are; None before the first."""
    return _latest().now(reader())


def _latest() -> Believed[NamedEdition | None]:
    return cast(Believed[NamedEdition | None], current_app.extensions[_LATEST])
