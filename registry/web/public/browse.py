"""The public list with its filters, and the page of one declaration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older release
from wtforms.validators import ValidationError

from registry import kinds
from registry.declarations.public import PublicDeclaration
from registry.declarations.records import statement_of
from registry.declarations.states import PUBLIC
from registry.search.highlight import find_terms
from registry.search.listing import MOST_COUNTED, Cursor, Filters, Page, list_public
from registry.text import fold
from registry.web.forms import PlainField, Printable, RegistryForm
from registry.web.public.blueprint import public
from registry.web.public.lookup import find_public
from registry.web.public.records import documents_of
from registry.web.rendering import in_reader_language
from registry.web.sessions import db

MOST_WORDS = 100
# As typed by hand where the browser has no calendar; the first is what calendars send.
DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


class DayField(PlainField):
    """A day that may be left out."""

    day: date | None = None

    def pre_validate(self, form: Any) -> None:
        typed = fold(self.data or "").replace(" ", "")
        if not typed:
            return
        for day_format in DAY_FORMATS:
            try:
                self.day = datetime.strptime(typed, day_format).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
            return
        raise ValidationError(_("Enter the day like this: 2026-03-27"))


class FilterForm(RegistryForm):
    """What the list is narrowed to. It changes nothing, so it has no token and can be linked to."""

    q = PlainField(_l("Words of the notice"), [Printable(MOST_WORDS)])
    kind = SelectField(_l("Kind of document"), validate_choice=False, default="")
    status = SelectField(_l("Status"), validate_choice=False, default="")
    since = DayField(_l("Published from"))
    until = DayField(_l("Published to"))

    class Meta:
        csrf = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            SelectChoice("", _("All kinds")),
            *(
                SelectChoice(kind.slug, in_reader_language(kind.title), optgroup=in_reader_language(family.title))
                for family in kinds.families()
                for kind in family.kinds
            ),
        ]
        words = {
            "published": _("Published"),
            "contested": _("Under objection"),
            "corrected": _("Corrected"),
            "withdrawn": _("Withdrawn"),
        }
        self.status.choices = [
            SelectChoice("", _("All")),
            *(SelectChoice(status, words[status]) for status in PUBLIC),
        ]

    def validate_kind(self, field: Field) -> None:
        self._require_choice(field, _("Choose a kind of document from the list"))

    def validate_status(self, field: Field) -> None:
        self._require_choice(field, _("Choose a status from the list"))

    def validate_until(self, field: Field) -> None:
        first = self.since.day
        last = self.until.day
        if first and last and last < first:
            raise ValidationError(_("Enter a day that is not before the first one"))

    @property
    def filters(self) -> Filters:
        return Filters(
            words=self.q.data or "",
            kind=self.kind.data or "",
            status=self.status.data or "",
            published_from=self.since.day,
            published_to=self.until.day,
        )

    @property
    def used(self) -> dict[str, str]:
        """The filters in use, as they stand in an address."""
        return {field.name: str(field.data) for field in self if field.data}

    def without(self, name: str) -> dict[str, str]:
        """The filters in use but one."""
        return {other: value for other, value in self.used.items() if other != name}

    @staticmethod
    def _require_choice(field: Any, message: str) -> None:
        if (field.data or "") not in {choice.value for choice in field.choices}:
            raise ValidationError(message)


@dataclass(frozen=True, slots=True)
class Found:
    """A declaration in the list, the searched words marked in its sentence."""

    declaration: PublicDeclaration
    sentence: Markup


@public.get("/declarations")
def declarations() -> ResponseReturnValue:
    form = FilterForm(request.args)
    if not form.validate():
        return render_template("public/declarations.html", form=form, page=None, found=(), count="", torn=False), 422
    # Numbers of people are not in the list's index, and in no link of this page either.
    sensitive = bool(kinds.find_sensitive(form.q.data or ""))
    cursor = Cursor.parse(request.args.get("cursor", ""))
    page = Page([], 0) if sensitive else list_public(db(), form.filters, cursor=cursor)
    return render_template(
        "public/declarations.html",
        form=form,
        page=page,
        found=[
            Found(declaration, _marked(declaration.sentence, form.q.data or "")) for declaration in page.declarations
        ],
        count=_count(page),
        torn="cursor" in request.args and cursor is None,
        number_like=sensitive or bool(re.search(r"\d{5}", fold(form.q.data or ""))),
        sensitive=sensitive,
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


def _count(page: Page) -> str:
    if page.total_is_capped:
        return _("More than %(most)s declarations", most=f"{MOST_COUNTED:,}")
    return ngettext("%(num)s declaration", "%(num)s declarations", page.total)
