"""What the list offers to somebody who found nothing: each offer says how much it finds, and none finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from registry.db.direct import Reader
from registry.search.listing import Count, Filters, count_public
from registry.search.spellings import other_spellings, shorter_words
from registry.web.i18n import gettext as _
from registry.web.public.list_form import WordsForm

MOST_SPELLINGS = 5
# Which filters an offer takes away, by the field that sets them.
EMPTY: dict[str, dict[str, object]] = {
    "q": {"words": ""},
    "family": {"family": ""},
    "kind": {"kind": ""},
    "status": {"status": ""},
    "edition": {"edition": None},
    "since": {"published_from": None},
    "until": {"published_to": None},
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search, in words, with how much it finds."""

    words: str
    url: str
    count: Count


def list_offers(reader: Reader, form: WordsForm) -> list[Offer]:
    """Return the searches near this one that find something."""
    return [*islice(_with_other_words(reader, form), MOST_SPELLINGS), *_without_a_filter(reader, form)]


def _with_other_words(reader: Reader, form: WordsForm) -> Iterator[Offer]:
    words = form.q.data or ""
    for other in dict.fromkeys([*other_spellings(words), *shorter_words(words)]):
        count = count_public(reader, replace(form.filters, words=other))
        if count.number:
            yield Offer(_("Search for “%(words)s”", words=other), form.url(q=other), count)


def _without_a_filter(reader: Reader, form: WordsForm) -> Iterator[Offer]:
    if len(form.used) < 2:
        return
    for name in form.used:
        count = count_public(reader, _replaced(form.filters, name))
        if count.number:
            words = _("Search without “%(filter)s”", filter=form[name].label.text)
            yield Offer(words, form.url(**{name: ""}), count)


def _replaced(filters: Filters, name: str) -> Filters:
    return replace(filters, **EMPTY[name])  # type: ignore[arg-type]
