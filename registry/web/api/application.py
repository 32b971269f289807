"""The application behind /api."""

from __future__ import annotations

from typing import Final

from flask import Flask

from registry.config import Settings
from registry.web import access, i18n, limits, request_log, sessions
from registry.web.api import (
    examine,  # noqa: F401 (it puts its address on the blueprint)
    problems,
)
from registry.web.api.blueprint import api
from registry.web.application import Application

PREFIX: Final = "/api"


def create(pages: Flask, settings: Settings) -> Flask:
    """Return the application for programs, on the database of the application for people."""
    app = Application("registry.api", static_folder=None, instance_path=str(settings.instance))
    app.config.update(
        MAX_CONTENT_LENGTH=pages.config["MAX_CONTENT_LENGTH"],
        MAX_FORM_MEMORY_SIZE=pages.config["MAX_FORM_MEMORY_SIZE"],
    )
    app.testing = pages.testing
    for name in ("registry_settings", "registry_database"):
        app.extensions[name] = pages.extensions[name]

    # The order of these is the order in which a request meets them.
    request_log.install(app, settings, PREFIX)
    sessions.install(app)
    i18n.translate(app, settings)
    app.register_blueprint(api)
    limits.install(app, settings)
    access.install(app)
    problems.install(app)
    return app
