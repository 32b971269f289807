"""The public list with its filters, and the page of one declaration."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from registry import kinds
from registry.declarations.public import PublicLine
from registry.declarations.records import statement_of
from registry.search.highlight import find_terms
from registry.search.listing import Count, Cursor, Page, list_briefly
from registry.text import fold
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext, reader_language
from registry.web.public.blueprint import public
from registry.web.public.list_form import NARROWING, FilterForm, WordsForm, family_options, form_of, kind_options
from registry.web.public.list_help import list_offers
from registry.web.public.lookup import find_public
from registry.web.public.records import documents_of
from registry.web.rendering import as_day
from registry.web.sessions import db, reader
from registry.web.templates import SPECIAL


class Listed(NamedTuple):
    """A declaration in the list: when it appeared, and its sentence with the searched words marked."""

    reference: str
    when: Markup
    status: str
    sentence: Markup


@public.get("/declarations")
def declarations() -> ResponseReturnValue:
    form = form_of(request.args)
    if not form.validate():
        return _list(form, page=None), 422
    if any(not value for name, value in request.args.items() if name in form):
        # A browser sends every field of a form; whoever passes the address on passes on what was asked alone.
        return redirect(form.url(**{name: value for name, value in request.args.items() if name not in form}))
    words = form.q.data or ""
    # Numbers of people are not in the list's index, and in no link of this page either.
    sensitive = bool(kinds.find_sensitive(words))
    cursor = Cursor.parse(request.args["cursor"]) if "cursor" in request.args else None
    page: Page[PublicLine] = Page([], Count(0)) if sensitive else list_briefly(reader(), form.filters, cursor=cursor)
    return _list(
        form,
        page=page,
        listed=_listed(page, words),
        count=count_words(page.count),
        torn="cursor" in request.args and cursor is None,
        number_like=sensitive or bool(re.search(r"\d{5}", fold(words))),
        sensitive=sensitive,
        offers=list_offers(reader(), form) if not (page.count.number or sensitive) else (),
    )


def _list(form: WordsForm, *, page: Page[PublicLine] | None, **context: object) -> str:
    blank = {"listed": (), "count": "", "torn": False, "number_like": False, "sensitive": False, "offers": ()}
    return render_template(
        "public/declarations.html",
        form=form,
        page=page,
        query=form.query(),
        fields=_fields(form, opened=bool(form.narrowed and page and not page.count.number)),
        count_words=count_words,
        **{**blank, **context},
    )


@public.get("/declarations/<reference>")
def declaration(reference: str) -> ResponseReturnValue:
    found = find_public(db(), reference)
    if found.reference != reference:
        return redirect(url_for("public.declaration", reference=found.reference), 301)
    return render_template(
        "public/declaration.html",
        declaration=found,
        sentence=statement_of(db(), found),
        documents=documents_of(found),
        followers=[further for further in found.followers if further.published_on],
    )


def _listed(page: Page[PublicLine], words: str) -> list[Listed]:
    if not page.declarations:
        return []
    language = reader_language()
    # No sentence has the character between them, and no term. Marking all at once takes a third of the time.
    sentences = _marked("\0".join([one.sentence for one in page.declarations]), words).split("\0")
    return [
        Listed(one.reference, _when(language, one.published_on, one.edition), one.status, sentence)
        for one, sentence in zip(page.declarations, sentences, strict=True)
    ]


@lru_cache(maxsize=10_000)
def _when(_language: str, day: date, edition: int) -> Markup:
    """Return day and number of an edition as the list names them, which a page would else do for each line."""
    number = _("No. %(number)s", number=edition)
    return Markup('<time datetime="{}">{}</time> <span>{}</span>').format(day.isoformat(), as_day(day), number)


def _marked(text: str, words: str) -> Markup:
    # Hardly any text has something to escape, and asking once is cheaper than escaping each part.
    safe = escape if SPECIAL.search(text) else str
    parts: list[str] = []
    end = 0
    for start, stop in find_terms(text, words):
        parts += (safe(text[end:start]), "<mark>", safe(text[start:stop]), "</mark>")
        end = stop
    parts.append(safe(text[end:]))
    return Markup("".join(parts))  # noqa: S704 (its parts are escaped)


def _fields(form: WordsForm, *, opened: bool) -> Markup:
    """Return the fields that narrow the list, without the one for words."""
    if form.errors and isinstance(form, FilterForm):
        return _rendered(form, opened=True)
    used = form.used
    return _kept_fields(reader_language(), opened or bool(form.errors), *[used.get(name, "") for name in NARROWING])


@lru_cache(maxsize=500)
def _kept_fields(_language: str, opened: bool, *values: str) -> Markup:
    return _rendered(FilterForm(MultiDict(zip(NARROWING, values, strict=True))), opened=opened)


def _rendered(form: WordsForm, *, opened: bool) -> Markup:
    page = render_template(
        "public/list_filters.html",
        form=form,
        opened=opened,
        family_options=family_options,
        kind_options=kind_options,
    )
    return Markup(page)  # noqa: S704 (a template escapes what it is given)


def count_words(count: Count) -> str:
    """Return how many declarations there are, where so many can be counted."""
    if count.more:
        return _("More than %(most)s declarations", most=f"{count.number:,}")
    return ngettext("%(num)s declaration", "%(num)s declarations", count.number)
