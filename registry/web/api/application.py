"""The application behind /api."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from registry.config import Settings
from registry.web import access, i18n, request_log, sessions
from registry.web.api import (
    callers,
    check,
    declarations,
    editions,
    examine,
    freshness,
    kinds,
    openapi,
    problems,
    reply,
)
from registry.web.api.blueprint import DOCUMENTATION, PREFIX, api
from registry.web.api.language import caller_language
from registry.web.api.quick import QuickCheck
from registry.web.application import Application
from registry.web.converters import DayConverter

# Each puts its addresses on the blueprint, in the order in which the description names them.
JOURNEYS = (check, declarations, editions, kinds, examine, openapi)


def create(pages: Flask, settings: Settings) -> Flask:
    """Return the application for programs, on the database of the application for people."""
    app = Application("registry.api", static_folder=None, instance_path=str(settings.instance))
    app.config.update(
        MAX_CONTENT_LENGTH=pages.config["MAX_CONTENT_LENGTH"],
        MAX_FORM_MEMORY_SIZE=pages.config["MAX_FORM_MEMORY_SIZE"],
    )
    app.testing = pages.testing
    app.url_map.converters["day"] = DayConverter
    for name in ("registry_settings", "registry_database"):
        app.extensions[name] = pages.extensions[name]

    # The order of these is the order in which a request meets them.
    request_log.install(app, settings, PREFIX)
    sessions.install(app)
    i18n.translate(app, settings, caller_language)
    app.register_blueprint(api)
    for address in ("/", f"{api.url_prefix}/"):
        app.add_url_rule(address, "api.documentation", documentation, strict_slashes=False)
    access.install(app)
    reply.install(app)
    door = callers.install(app, settings)
    last_change = freshness.install(app)
    is_ready = problems.install(app)
    app.wsgi_app = QuickCheck(app, settings, door, last_change, is_ready)  # type: ignore[method-assign]
    pages.extensions["registry_api_description"] = openapi.install(app, settings)
    return app


def documentation() -> ResponseReturnValue:
    """Show people, who come by a browser, the page that is for them."""
    return redirect(f"{request.script_root.removesuffix(PREFIX)}{DOCUMENTATION}")
