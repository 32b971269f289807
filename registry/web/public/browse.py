"""The public list with its filters, and the page of one declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from registry import kinds
from registry.declarations.public import PublicDeclaration
from registry.declarations.records import statement_of
from registry.search import listing
from registry.search.highlight import find_terms
from registry.search.listing import Cursor, Page, list_public
from registry.text import fold
from registry.web.public.blueprint import public
from registry.web.public.list_form import FilterForm, family_options, kind_options
from registry.web.public.list_help import list_offers
from registry.web.public.lookup import find_public
from registry.web.public.records import documents_of
from registry.web.sessions import db, reader


@dataclass(frozen=True, slots=True)
class Listed:
    """A declaration in the list, the searched words marked in its sentence."""

    declaration: PublicDeclaration
    sentence: Markup


@public.get("/declarations")
def declarations() -> ResponseReturnValue:
    form = FilterForm(request.args)
    if not form.validate():
        return _list(form, page=None), 422
    if any(not value for name, value in request.args.items() if name in form):
        # A browser sends every field of a form; whoever passes the address on passes on what was asked alone.
        return redirect(form.url(**{name: value for name, value in request.args.items() if name not in form}))
    words = form.q.data or ""
    # Numbers of people are not in the list's index, and in no link of this page either.
    sensitive = bool(kinds.find_sensitive(words))
    cursor = Cursor.parse(request.args.get("cursor", ""))
    page = Page([], 0) if sensitive else list_public(reader(), form.filters, cursor=cursor)
    return _list(
        form,
        page=page,
        listed=[Listed(declaration, _marked(declaration.sentence, words)) for declaration in page.declarations],
        count=count_words(page.total),
        torn="cursor" in request.args and cursor is None,
        number_like=sensitive or bool(re.search(r"\d{5}", fold(words))),
        sensitive=sensitive,
        offers=list_offers(reader(), form) if not (page.total or sensitive) else (),
    )


def _list(form: FilterForm, **context: object) -> str:
    blank = {"listed": (), "count": "", "torn": False, "number_like": False, "sensitive": False, "offers": ()}
    return render_template(
        "public/declarations.html",
        form=form,
        family_options=family_options,
        kind_options=kind_options,
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


def _marked(sentence: str, words: str) -> Markup:
    marked, end = Markup(), 0
    for start, stop in find_terms(sentence, words):
        marked += sentence[end:start] + Markup("<mark>{}</mark>").format(sentence[start:stop])
        end = stop
    return marked + sentence[end:]


def count_words(total: int) -> str:
    """Return how many declarations there are, where so many can be counted."""
    if total > listing.MOST_COUNTED:
        return _("More than %(most)s declarations", most=f"{listing.MOST_COUNTED:,}")
    return ngettext("%(num)s declaration", "%(num)s declarations", total)
