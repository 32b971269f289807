"""What the public list can be narrowed to, as it stands in an address and in the form above the list."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from registry import kinds
from registry.declarations.states import PUBLIC
from registry.search.listing import Filters
from registry.text import Text, fold
from registry.web.forms import PlainField, Printable, RegistryForm
from registry.web.i18n import gettext as _
from registry.web.rendering import cached_url_for

MOST_WORDS: Final = 100
# As typed by hand where the browser has no calendar; the first is what calendars send.
DAY_FORMATS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
EDITION_NUMBER: Final = re.compile(r"(?:第|NO\.?)?(\d{1,7})期?")
# The fields beside the one for words.
NARROWING: Final = ("family", "kind", "status", "edition", "since", "until")
# Marks that stand for themselves in the query of an address, as Werkzeug has it.
_SAFE: Final = "!$'()*,/:;?@"
FAMILIES: Final = {family.slug: family.title for family in kinds.families()}
KINDS: Final = {kind.slug: kind.title for kind in kinds.CATALOGUE}


class DayField(PlainField):
    """A day that may be left out."""

    day: date | None = None

    def pre_validate(self, form: Any) -> None:
        typed = _folded(self.data)
        if typed:
            self.day = _day(typed)
            if self.day is None:
                raise ValidationError(_("Enter the day like this: 2026-03-27"))


class EditionField(PlainField):
    """An edition, by its number or by its day."""

    edition: int | date | None = None

    def pre_validate(self, form: Any) -> None:
        typed = _folded(self.data)
        number = EDITION_NUMBER.fullmatch(typed)
        if number:
            self.edition = int(number[1])
        elif typed:
            self.edition = _day(typed)
            if self.edition is None:
                raise ValidationError(_("Enter the number of an edition or its day: 128 or 2026-03-27"))


class ChosenField(PlainField):
    """One of some words, or none. The page writes its choices, which are made once and not at every request."""

    def __init__(self, label: Any, words: Container[str], message: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self._words = words
        self._message = message

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in self._words:
            raise ValidationError(self._message)


class WordsForm(RegistryForm):
    """What the list is searched for. It changes nothing, so it has no token and can be linked to."""

    q = PlainField(_l("Words of the notice"), [Printable(MOST_WORDS)])

    class Meta:
        csrf = False

    @property
    def filters(self) -> Filters:
        return Filters(words=self.q.data or "")

    @property
    def used(self) -> dict[str, str]:
        """The filters in use, as they stand in an address."""
        return {field.name: str(field.data) for field in self if field.data}

    @property
    def narrowed(self) -> int:
        """How many filters beside the words are in use."""
        return len(self.used.keys() - {"q"})

    def query(self, **changes: str) -> str:
        """Return what stands behind the address of the list for this search, with its question mark, or nothing."""
        asked = {name: value for name, value in {**self.used, **changes}.items() if value}
        return f"?{urlencode(asked, safe=_SAFE)}" if asked else ""

    def url(self, **changes: str) -> str:
        """Return the address of this search, with some of it changed; empty leaves out."""
        return cached_url_for("public.declarations") + self.query(**changes)


class FilterForm(WordsForm):
    """What the list is searched for and narrowed to."""

    family = ChosenField(_l("Group of documents"), FAMILIES, _l("Choose a group of documents from the list"))
    kind = ChosenField(_l("Kind of document"), KINDS, _l("Choose a kind of document from the list"))
    status = ChosenField(_l("Status"), PUBLIC, _l("Choose a status from the list"))
    edition = EditionField(_l("Edition, by number or day"))
    since = DayField(_l("Published from"))
    until = DayField(_l("Published to"))

    def validate_until(self, field: DayField) -> None:
        first, last = self.since.day, field.day
        if first and last and last < first:
            raise ValidationError(_("Enter a day that is not before the first one"))

    @property
    def filters(self) -> Filters:
        return Filters(
            words=self.q.data or "",
            kind=self.kind.data or "",
            family=self.family.data or "",
            status=self.status.data or "",
            published_from=self.since.day,
            published_to=self.until.day,
            edition=self.edition.edition,
        )


def form_of(asked: MultiDict[str, str]) -> WordsForm:
    """Return the form of an address, without the fields to narrow by where it names none: seven are much to make."""
    return WordsForm(asked) if asked.keys().isdisjoint(NARROWING) else FilterForm(asked)


@lru_cache(maxsize=64)
def family_options(language: str, chosen: str) -> Markup:
    """Return the `<option>`s of the families, after the one for all."""
    return Markup("").join(_option(slug, title, language, chosen) for slug, title in FAMILIES.items())


@lru_cache(maxsize=512)
def kind_options(language: str, chosen: str) -> Markup:
    """Return the `<option>`s of the kinds in the groups of their families."""
    group = Markup('<optgroup label="{}">{}</optgroup>')
    return Markup("").join(
        group.format(
            family.title.in_language(language),
            Markup("").join(_option(kind.slug, kind.title, language, chosen) for kind in family.kinds),
        )
        for family in kinds.families()
    )


def _option(slug: str, title: Text, language: str, chosen: str) -> Markup:
    selected = Markup(" selected") if slug == chosen else ""
    return Markup('<option value="{}"{}>{}</option>').format(slug, selected, title.in_language(language))


def _folded(text: str | None) -> str:
    return fold(text or "").replace(" ", "")


def _day(typed: str) -> date | None:
    for day_format in DAY_FORMATS:
        try:
            return datetime.strptime(typed, day_format).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
