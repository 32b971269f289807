"""The registry of loss declarations. `create_app` is the only thing that lives here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from registry.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Return the web application for `settings`; without them, for the environment variables.

    Makes the keys when there are none. The database may still need `flask --app app migrate`: until then every page
    says so.

    Raises:
        ConfigError: a setting or the key file cannot be used.
    """
    # Imported here, so that `registry.kinds` and its like can be used without Flask.
    from registry import cli
    from registry.config import ROOT, Settings
    from registry.web import setup
    from registry.web.application import Application

    settings = settings or Settings.from_environ(os.environ)
    app = Application("registry", template_folder=str(ROOT / "templates"), instance_path=str(settings.instance))
    setup.install(app, settings)
    cli.register(app)
    return app
