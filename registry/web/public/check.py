"""Checking a number: one box, an honest answer.

Asked by POST, so that nobody's number ends up in an address, a history or a log; by GET for links of public numbers.
"""

from __future__ import annotations

import re
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from registry import kinds
from registry.db.tables import Declaration
from registry.declarations.references import BadReference, looks_like_reference, parse_reference
from registry.errors import NotFound
from registry.search import check as register
from registry.search.listing import Filters, list_public
from registry.text import fold
from registry.web.forms import PlainField, RegistryForm
from registry.web.public import verdicts
from registry.web.public.blueprint import public
from registry.web.public.lookup import find_public
from registry.web.rendering import in_reader_language
from registry.web.sessions import db


class CheckForm(RegistryForm):
    """The one box."""

    number = PlainField(_l("Number of the document or seal, or a reference"))

    def validate_number(self, field: Field) -> None:
        examination = kinds.examine("other", field.data or "")
        if not examination.canonical or kinds.is_masked(examination.canonical):
            raise ValidationError(in_reader_language(examination.reasons[0].message))
        if looks_like_reference(field.data) and _reference_in(field.data) is None:
            raise ValidationError(
                _("One character of this reference is wrong. Compare each with the notice or the receipt.")
            )


@public.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    if request.method == "GET":
        form = CheckForm(request.args, meta={"csrf": False})
        if "number" not in request.args:
            return _page(form)
    else:
        form = CheckForm()
    if not form.validate():
        return _page(form), 422
    form.number.data = text = _with_slip_mended(form.number.data or "")
    answer, within = _answer(text)
    if _is_registered(answer):
        return _page(form, answer=answer, shown=verdicts.show(db(), answer), within=within)
    reference = _reference_in(text)
    found = _find_by_reference(reference)
    if found and looks_like_reference(text):
        return redirect(url_for("public.declaration", reference=found.reference), 303)
    if looks_like_reference(text):
        return _page(form, unpublished=reference)
    if not re.search(r"\d", fold(text)):
        return _page(form, words=text, named=list_public(db(), Filters(words=text), size=1).total)
    return _page(
        form,
        answer=answer,
        shown=verdicts.show(db(), answer),
        like=verdicts.kinds_like(answer),
        near=verdicts.near_misses(answer),
        found=found,
        within=within,
    )


def _page(form: CheckForm, **context: Any) -> str:
    blank = dict.fromkeys(("answer", "shown", "like", "near", "found", "unpublished", "words", "named", "within"))
    return render_template("public/check.html", form=form, **{**blank, **context})


def _answer(text: str) -> tuple[register.Answer, bool]:
    """Return the answer, and whether it is about a number among other words: a row copied from a table."""
    answer = register.check(db(), text)
    if _is_registered(answer):
        return answer, False
    words = re.split(r"[\s,;，；、]+", text)
    numbers = [word for word in words if re.search(r"\d{6}|[0-9A-Za-z]{8}", fold(word))]
    others = [word for word in words if word not in numbers]
    if len(numbers) != 1 or not others or re.search(r"\d", fold("".join(others))):
        return answer, False
    return register.check(db(), numbers[0]), True


def _is_registered(answer: register.Answer) -> bool:
    return any(verdict.number is not None for verdict in answer.verdicts)


def _with_slip_mended(text: str) -> str:
    """Return the number that the pressed "did you mean" button stands for: it carries a place, not a number."""
    place = request.form.get("slip", "")
    candidates = kinds.recognise(text)
    if place.isdecimal() and candidates:
        suggestions = candidates[0].suggestions
        return suggestions[int(place)] if int(place) < len(suggestions) else text
    return text


def _reference_in(text: str) -> str | None:
    try:
        return parse_reference(text)
    except BadReference:
        return None


def _find_by_reference(reference: str | None) -> Declaration | None:
    try:
        return find_public(db(), reference) if reference else None
    except NotFound:
        return None
