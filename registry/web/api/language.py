"""In which language a program is told what to do: Accept-Language says; Chinese where it names neither language.

An address and a cookie are what people choose by, and mean nothing here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from registry.web.i18n import LOCALES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def caller_language() -> str:
    """Return the language of the request at hand, `zh` or `en`."""
    return language_of(request.environ)


def language_of(environ: WSGIEnvironment) -> str:
    """Return the language that a request asks for, `zh` or `en`."""
    header = environ.get("HTTP_ACCEPT_LANGUAGE")
    return _preferred(header) if header else "zh"


@lru_cache(maxsize=256)
def _preferred(header: str) -> str:
    # The best wish first. Werkzeug's own choice takes `zh;q=0.5` before `en-GB`, because it is written alike.
    wishes = (tag.partition("-")[0].lower() for tag in parse_accept_header(header, LanguageAccept).values())
    return next((language for language in wishes if language in LOCALES), "zh")
