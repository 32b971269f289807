"""What every template can use."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, g, request, url_for
from flask_security import current_user
from markupsafe import Markup

from registry import clock, kinds
from registry.config import Settings
from registry.printing import fonts
from registry.text import Text
from registry.web import latest
from registry.web.i18n import HTML_LANGUAGES, LOCALES, gettext, reader_language
from registry.web.i18n import gettext_noop as _n
from registry.web.sessions import settings
from registry.web.templates import without_controls

API = "/api/v1"
# What tells addresses apart of which there are few.
_SEVERAL_TIMES = frozenset({"filename", "day", "family", "_anchor"})
VERDICT_WORDS = {
    "declared": _n("Declared void"),
    "provisional": _n("Filed, not yet published"),
    "contested": _n("Declared, but contested"),
    "withdrawn": _n("Declaration withdrawn"),
    "not_on_register": _n("Not on the register"),
    "impossible": _n("Not a possible number"),
}


class Frame(NamedTuple):
    """What stands around every page, each part a template of `components`."""

    head: Markup
    masthead: Markup
    footer_links: Markup
    footer_end: Markup


def in_reader_language(text: Text) -> str:
    """Return a bilingual text as the reader reads it."""
    return text.in_language(reader_language())


def today() -> date:
    """Return the day in the newspaper's time zone."""
    return clock.today(settings().timezone)


def as_day(moment: Any, language: str = "") -> str:
    """Return a date, or the day of an aware datetime in the newspaper's zone, in long form; as the reader reads it."""
    day = moment.astimezone(ZoneInfo(settings().timezone)).date() if hasattr(moment, "astimezone") else moment
    return _long_day(day, LOCALES[language or reader_language()])


@lru_cache(maxsize=10_000)
def _long_day(day: date, locale: str) -> str:
    return format_date(day, "long", locale)


def as_moment(moment: Any) -> str:
    """Return an aware datetime in the newspaper's zone, to the minute."""
    local = moment.astimezone(ZoneInfo(settings().timezone)).replace(tzinfo=None)
    return str(local.isoformat(" ", "minutes"))


def language_urls() -> dict[str, str]:
    """Return the addresses of this page in both languages; of the home page where there is none to come back to."""
    asking = request._get_current_object()  # type: ignore[attr-defined]
    rule = asking.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        page, query = url_for("public.home"), ""
    else:
        page = quote(asking.script_root + asking.path)
        # Whose number stands in the address has put it there; it is not repeated in a link.
        asked = [
            (name, value)
            for name, value in asking.args.items(multi=True)
            if name != "lang" and not kinds.find_sensitive(value)
        ]
        query = f"{urlencode(asked)}&" if asked else ""
    return {language: f"{page}?{query}lang={language}" for language in LOCALES}


def public_url(endpoint: str, **values: Any) -> str:
    """Return an absolute address for print, QR codes and receipts: under REGISTRY_URL where it is set."""
    base = settings().registry_url
    if base:
        return base + url_for(endpoint, **values)
    return url_for(endpoint, _external=True, **values)


def cached_url_for(endpoint: str, **values: Any) -> str:
    """Return what `url_for` does; the addresses that many pages name are not put together anew each time."""
    if endpoint[0] == "." or not values.keys() <= _SEVERAL_TIMES:
        return url_for(endpoint, **values)
    root = request._get_current_object().script_root  # type: ignore[attr-defined]
    return _kept_url(root, endpoint, tuple(values.items()))


@lru_cache(maxsize=1_000)
def _kept_url(_script_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def declaration_url(reference: str) -> str:
    """Return the address of a published declaration. In a reference is nothing that an address writes otherwise."""
    return f"{cached_url_for('public.declarations')}/{reference}"


def edition_url(day: date) -> str:
    """Return the address of a published edition."""
    return f"{cached_url_for('public.editions')}/{day.isoformat()}"


def verdict_word(verdict: str) -> str:
    """Return what an answer of the check is called."""
    return gettext(VERDICT_WORDS[verdict])


def api_url(path: str) -> str:
    """Return the address of something that the API answers; pages and programs have an application each."""
    return f"{request.script_root}{API}/{path}"


def install(app: Flask, settings: Settings) -> None:
    """Tell templates what they can use, and nothing besides: so this comes after the extensions and blueprints."""
    latest.install(app)
    app.add_template_filter(without_controls)
    app.add_template_filter(fonts.with_code_points)
    app.jinja_env.globals["url_for"] = cached_url_for
    app.add_template_filter(in_reader_language, "text")
    app.add_template_filter(as_day, "day")
    app.add_template_filter(as_moment, "moment")
    app.add_template_global(api_url)
    app.add_template_global(declaration_url)
    app.add_template_global(edition_url)
    app.add_template_global(language_urls)
    app.add_template_global(public_url)
    app.add_template_global(verdict_word)

    def frame(*, signed_in: bool = False, server_fault: bool = False) -> Frame:
        told = {**everywhere(), "signed_in": signed_in, "server_fault": server_fault}
        parts = (app.jinja_env.get_template(f"components/{part}.html") for part in Frame._fields)
        return Frame(*(Markup(part.render(told)) for part in parts))  # noqa: S704

    # For strangers it is put together once; a day has one for each place and language.
    @lru_cache(maxsize=250)
    def kept_frame(*_differing: object) -> Frame:
        return frame()

    @app.template_global()
    def frame_of(day: date, signed_in: bool, server_fault: bool) -> Frame:
        if signed_in or server_fault:
            return frame(signed_in=signed_in, server_fault=server_fault)
        edition = latest.latest_edition()
        return kept_frame(reader_language(), request.script_root, request.endpoint, day, edition)

    @app.template_global()
    @lru_cache(maxsize=len(VERDICT_WORDS))
    def kept_mark(verdict: str) -> Markup:
        module: Any = app.jinja_env.get_template("components/verdict.html").module
        mark: Markup = module.verdict_mark(verdict)
        return mark

    @cache
    def in_language(language: str) -> dict[str, Any]:
        return {
            "settings": settings,
            "registry_name": settings.registry_name.in_language(language),
            "paper_name": settings.paper_name.in_language(language),
            "lang": language,
            "html_lang": HTML_LANGUAGES[language],
        }

    def everywhere() -> dict[str, Any]:
        return {
            **in_language(reader_language()),
            "today": clock.today(settings.timezone),
            # Whoever is known by now need not be looked for again at each use.
            "current_user": g.get("_login_user", current_user),
        }

    # What the extensions and each blueprint would add for every page is global to templates, or used by none.
    app.template_context_processors.clear()
    app.context_processor(everywhere)
