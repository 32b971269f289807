"""What every template can use."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from flask import Flask, request, url_for
from flask_babel import format_date, format_datetime
from flask_security import current_user

from registry import clock, kinds
from registry.config import Settings
from registry.db.tables import Edition
from registry.declarations.editions import get_latest_edition
from registry.text import Text
from registry.web.i18n import HTML_LANGUAGES, reader_language
from registry.web.sessions import db, settings

API = "/api/v1"
# C0 and C1 but for tab and line ends, and the characters that Unicode says are none.
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def in_reader_language(text: Text) -> str:
    """Return a bilingual text as the reader reads it."""
    return text.in_language(reader_language())


def today() -> date:
    """Return the day in the newspaper's time zone."""
    return clock.today(settings().timezone)


def as_day(moment: Any) -> str:
    """Return a date, or the day of an aware datetime in the newspaper's zone, in long form."""
    day = moment.astimezone(ZoneInfo(settings().timezone)).date() if hasattr(moment, "astimezone") else moment
    return str(format_date(day, "long"))


def as_moment(moment: Any) -> str:
    """Return an aware datetime in the newspaper's zone, to the minute."""
    return str(format_datetime(moment, "yyyy-MM-dd HH:mm"))


def latest_edition() -> Edition | None:
    """Return the edition that the masthead names; None before the first."""
    return get_latest_edition(db())


def language_url(language: str) -> str:
    """Return the address of this page in another language; of the home page where there is none to come back to."""
    if request.endpoint is None or "GET" not in (request.url_rule.methods or () if request.url_rule else ()):
        return url_for("public.home", lang=language)
    # Whose number stands in the address has put it there; it is not repeated in a link.
    asked = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name != "lang" and not kinds.find_sensitive(value)
    ]
    return f"{quote(request.script_root + request.path)}?{urlencode([*asked, ('lang', language)])}"


def public_url(endpoint: str, **values: Any) -> str:
    """Return an absolute address for print, QR codes and receipts: under REGISTRY_URL where it is set."""
    base = settings().registry_url
    if base:
        return base + url_for(endpoint, **values)
    return url_for(endpoint, _external=True, **values)


def api_url(path: str) -> str:
    """Return the address of something that the API answers; pages and programs have an application each."""
    return f"{request.script_root}{API}/{path}"


def without_controls(value: Any) -> Any:
    """Return what is put into a page, control characters made visible: HTML has no way to say them.

    Somebody's answer that holds one comes back with the mark in its place, beside the error that names it.
    """
    if isinstance(value, str) and CONTROL.search(value):
        return type(value)(CONTROL.sub("\ufffd", value))
    return value


def install(app: Flask, settings: Settings) -> None:
    app.jinja_env.finalize = without_controls
    app.add_template_filter(in_reader_language, "text")
    app.add_template_filter(as_day, "day")
    app.add_template_filter(as_moment, "moment")
    app.add_template_global(api_url)
    app.add_template_global(language_url)
    app.add_template_global(latest_edition)
    app.add_template_global(public_url)

    @app.context_processor
    def everywhere() -> dict[str, Any]:
        language = reader_language()
        return {
            "settings": settings,
            "registry_name": settings.registry_name.in_language(language),
            "paper_name": settings.paper_name.in_language(language),
            "lang": language,
            "html_lang": HTML_LANGUAGES[language],
            "today": clock.today(settings.timezone),
            "current_user": current_user,
        }
