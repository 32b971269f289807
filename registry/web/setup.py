"""Putting the web application together: one place that knows every part of it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from registry.config import Settings
from registry.db import keys
from registry.db.engine import Database
from registry.web import (
    access,
    accounts,
    api,
    downloads,
    errors,
    headers,
    i18n,
    limits,
    prices,
    rendering,
    request_log,
    sessions,
    uploads,
)
from registry.web.converters import DayConverter, MonthConverter
from registry.web.cookies import Cookies
from registry.web.forms import Protection
from registry.web.public import blueprints as public
from registry.web.staff import staff
from registry.web.templates import FixedTexts


def install(app: Flask, settings: Settings) -> None:
    """Give a bare application its configuration, extensions, pages and guards."""
    # Held before they are read: a rotation that ends in between would leave this process with keys of yesterday.
    app.extensions["registry_keys_hold"] = None if settings.registry_keys else keys.Hold(settings)
    ring = keys.ensure(settings)
    app.config.update(
        SECRET_KEY=ring.session,
        MAX_CONTENT_LENGTH=settings.max_request_kb * 1024,
        MAX_FORM_MEMORY_SIZE=settings.max_request_kb * 1024,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_NAME="registry",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = Cookies(app)
    app.extensions["registry_settings"] = settings
    app.extensions["registry_database"] = Database(settings, ring)
    app.jinja_env.add_extension(FixedTexts)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["day"] = DayConverter
    app.url_map.converters["month"] = MonthConverter

    # The order of these is the order in which a request meets them.
    request_log.install(app, settings)
    sessions.install(app)
    uploads.install(app)
    i18n.install(app, settings)
    prices.install(app)
    Bootstrap5(app)
    protect = Protection(app)
    accounts.install(app)
    for blueprint in (*public, staff):
        app.register_blueprint(blueprint)
    for endpoint in (sessions.READING_POSTS | sessions.SEALED_POSTS) & app.view_functions.keys():
        protect.exempt(app.view_functions[endpoint])
    limits.install(app, settings)
    access.install(app)
    headers.install(app)
    errors.install(app)
    downloads.install(app)
    rendering.install(app, settings)

    app.extensions["registry_api"] = programs = api.create(app, settings)
    pages = headers.OnEveryAnswer(app.wsgi_app, settings, headers.ON_PAGES)
    data = headers.OnEveryAnswer(programs, settings, headers.ON_DATA)
    app.wsgi_app = DispatcherMiddleware(pages, {api.PREFIX: data})  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
