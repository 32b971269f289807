"""Two languages. Catalogues are read from their .po files at start, one per area, so nothing has to be compiled."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages import pofile
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup, escape

from registry.config import Settings
from registry.web.cookies import COOKIES

CATALOGUES = Path(__file__).resolve().parent.parent / "translations" / "zh"
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600


class CatalogueDomain(Domain):  # type: ignore[misc]
    """Translations out of the .po files; English is the language of the source."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return chinese() if locale is not None and locale.language == "zh" else NullTranslations()


@cache
def chinese() -> Translations:
    """Return all Chinese catalogues as one."""
    merged = Translations()
    # Merging takes the texts and not the rule of the plural; Chinese has one form.
    merged.plural = lambda _count: 0
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            catalogue = pofile.read_po(file, locale="zh_Hans_CN")
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged


@cache
def words_in(language: str) -> NullTranslations:
    """Return the texts of a language; English ones stand in the source."""
    return chinese() if language == "zh" else NullTranslations()


def gettext(text: str, **values: Any) -> str:
    """Return a text as the reader of this page reads it.

    Flask-Babel's goes through ten calls to the same end: it works outside of pages too, where they are too many.
    """
    found: str = words_in(reader_language()).gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Return the text for a number of things as the reader of this page reads it; `%(num)s` in it is as in 10,000."""
    found: str = words_in(reader_language()).ngettext(one, many, num)
    return found % {"num": f"{num:,}", **values}


@cache
def _fixed(text: str, language: str) -> Markup:
    return Markup(words_in(language).gettext(text) % {})  # noqa: S704 (a text of ours)


def _in_template(text: str, **values: Any) -> Markup:
    """Translate a text of a template; `values` are escaped."""
    if not values:
        return _fixed(text, reader_language())
    return filled(words_in(reader_language()).gettext(text), **values)


def filled(translated: str, **values: Any) -> Markup:
    """Return a text of a template with its values, which are escaped."""
    return Markup(translated % _escaped(values))  # noqa: S704 (a text of ours)


def _counted_in_template(one: str, many: str, num: int, **values: Any) -> Markup:
    return Markup(ngettext(one, many, num, **_escaped(values)))  # noqa: S704 (a text of ours)


def _escaped(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else escape(value) for name, value in values.items()}


def reader_language() -> str:
    """Return `zh` or `en`: what the address asks for, else what was chosen before, else Chinese."""
    held = g._get_current_object().__dict__
    if "language" not in held:
        # Asking what is not there for its value makes an exception, which costs more than to look first.
        asked = (request.args, request.cookies) if COOKIES in request.environ else (request.args,)
        sources = [source for source in asked if COOKIE in source]
        held["language"] = next((source[COOKIE] for source in sources if source[COOKIE] in LOCALES), "zh")
    language: str = held["language"]
    return language


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def gettext_noop(text: str) -> str:
    """Return `text`: marks for the catalogues what is translated when it is shown, by `gettext(text)`."""
    return text


def translate(app: Flask, settings: Settings, language: Callable[[], str] = reader_language) -> None:
    """Let the application speak the language, `zh` or `en`, that `language` finds for the request at hand."""
    babel = Babel(
        app,
        default_locale="zh_Hans_CN",
        default_timezone=settings.timezone,
        locale_selector=lambda: _locale(language()),
    )
    babel.domain_instance = CatalogueDomain()
    app.jinja_env.globals.update(_=_in_template, gettext=_in_template, ngettext=_counted_in_template, filled=filled)


def install(app: Flask, settings: Settings) -> None:
    """As `translate`, and remember the language that was chosen."""
    translate(app, settings)

    @app.after_request
    def keep_choice(response: Response) -> Response:
        # What a cache may keep would bring one reader's choice to all of them.
        if COOKIE not in request.args:
            return response
        chosen = request.args[COOKIE] in LOCALES and not response.cache_control.public
        if chosen and request.endpoint not in (None, "static"):
            response.set_cookie(
                COOKIE, reader_language(), max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.https
            )
        return response
