"""A search as it stands in an address, for what is not a page: feeds and exports.

Programs ask for these day after day and nobody reads the answer, so a misspelt filter is refused instead of leaving it
out: a file with far too much in it would look right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from registry import kinds
from registry.search.listing import Filters
from registry.web.i18n import COOKIE
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import public
from registry.web.public.list_form import FAMILIES, KINDS, FilterForm
from registry.web.rendering import in_reader_language

STATUSES = {
    "published": _l("Published"),
    "contested": _l("Under objection"),
    "corrected": _l("Corrected"),
    "withdrawn": _l("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for.

    Attributes:
        used: the filters in use as they stand in an address.
        words: what they say, in the reader's language.
    """

    filters: Filters
    used: dict[str, str]
    words: tuple[str, ...]


class UnreadableSearch(Exception):
    """An address that names no search, with what is wrong in the reader's language."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def read_search(*further: str) -> Search:
    """Return the search that the request's address asks for; `further` are other parameters that it may have.

    Raises:
        UnreadableSearch: it has an unknown parameter or one twice, a filter without meaning, or somebody's number.
    """
    form = FilterForm(request.args)
    known = {field.name for field in form} | {COOKIE, *further}
    messages = [_("Unknown filter: %(name)s", name=name[:40]) for name in request.args if name not in known]
    messages += [
        _("Give this filter once: %(name)s", name=name[:40]) for name, values in request.args.lists() if len(values) > 1
    ]
    if not form.validate():
        messages += [
            _("%(field)s: %(message)s", field=field.label.text, message=message)
            for field in form
            for message in field.errors
        ]
    if kinds.find_sensitive(form.q.data or ""):
        messages.append(_("Numbers of people are found by checking them in full, never by searching."))
    if messages:
        raise UnreadableSearch(messages)
    return Search(form.filters, form.used, tuple(_words(field) for field in form if field.data))


def _words(field: Any) -> str:
    if field.name in ("family", "kind"):
        return in_reader_language((FAMILIES if field.name == "family" else KINDS)[field.data])
    if field.name == "status":
        return str(STATUSES[field.data])
    return str(field.data) if field.name == "q" else f"{field.label.text} {field.data}"


@public.errorhandler(UnreadableSearch)
def unreadable_search(error: UnreadableSearch) -> ResponseReturnValue:
    page = render_template(
        "errors/error.html",
        code=422,
        title=_("This search cannot be read"),
        advice=_("; ").join(error.messages),
        further=((url_for("public.open_data"), _("Open data and feeds")),),
    )
    return page, 422
