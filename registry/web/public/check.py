"""Checking a number: one box, an honest answer.

Asked by POST, so that nobody's number ends up in an address, a history or a log; by GET for links of public numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from registry import clock, kinds
from registry.declarations.public import PublicDeclaration
from registry.declarations.references import looks_like_reference
from registry.errors import NotFound
from registry.search import check as register
from registry.search.facts import facts_of, shown_number
from registry.search.listing import Filters, Page, list_public
from registry.web.forms import PlainField, RegistryForm
from registry.web.i18n import gettext as _
from registry.web.public import box, verdicts
from registry.web.public.blueprint import public
from registry.web.public.lookup import find_public
from registry.web.public.receipts import address_of, seal_question
from registry.web.rendering import in_reader_language
from registry.web.sessions import db, reader

MOST_NAMED = 5
# What the page may be told besides the form; what it is not told is None.
ANSWERS = (
    "answer", "shown", "checked", "question", "like", "near", "within", "also", "unpublished", "words", "named", "rows",
    "counts", "too_many",
)  # fmt: skip


class CheckForm(RegistryForm):
    """The one box. `numbers` are those of a list or a row in it, once it is validated."""

    numbers: Sequence[str] = ()
    number = PlainField(_l("Number of the document or seal, a reference, or a name"))

    class Meta:
        csrf = False

    def validate_number(self, field: Field) -> None:
        self.numbers = box.numbers_in(field.data or "")
        if self.numbers:
            return
        text = box.unwrapped(field.data or "")
        if fault := kinds.fault_of(text):
            raise ValidationError(in_reader_language(fault.message))
        if looks_like_reference(text) and box.reference_in(text) is None:
            raise ValidationError(
                _("One character of this reference is wrong. Compare each with the notice or the receipt.")
            )


@dataclass(frozen=True, slots=True)
class Row:
    """One of several numbers, with its worst verdict and how many more it has; or why it can be no number."""

    place: int
    display: str = ""
    verdict: verdicts.ShownVerdict | None = None
    further: int = 0
    error: str = ""


@public.route("/check", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    if request.method == "GET":
        form = CheckForm(request.args)
        if "number" not in request.args:
            return _page(form)
    else:
        form = CheckForm()
    if not form.validate():
        return _page(form), 422
    typed = form.number.data or ""
    text = form.number.data = _as_pressed(typed)
    numbers = form.numbers if text == typed else box.numbers_in(text)
    if not numbers or "whole" in request.form:
        return _one(form, text)
    # A row of a table can as a whole be one number on the register.
    answer = register.check(reader(), text)
    return _found(form, answer) if answer.is_registered else _several(form, numbers)


def _one(form: CheckForm, text: str) -> ResponseReturnValue:
    answer = register.check(reader(), text)
    if answer.is_registered:
        return _found(form, answer)
    bare = box.unwrapped(text)
    if elsewhere := _address_of(bare):
        return redirect(elsewhere, 303)
    if looks_like_reference(bare):
        return _page(form, unpublished=box.reference_in(bare))
    if box.is_name(text):
        return _page(form, words=text, named=_named(text))
    if within := box.number_within(text):
        return _found(form, register.check(reader(), within), within=True)
    named = _named(text) if box.may_hold_name(text) else None
    if named and not named.count.number:
        named = None
    return _found(form, answer, also=_reference_of(bare), words=text, named=named)


def _found(form: CheckForm, answer: register.Answer, **offered: Any) -> str:
    """Return the page of an answer; `offered` is what the typed text may be besides."""
    number, rule, masked = shown_number(answer)
    return _page(
        form,
        answer=answer,
        as_of=answer.as_of,
        shown=verdicts.show(facts_of(reader(), answer), answer.best),
        checked="" if masked else kinds.in_groups(rule, number),
        question=seal_question(answer.number),
        like=() if answer.is_registered else verdicts.kinds_like(answer),
        near=verdicts.near_misses(answer),
        **offered,
    )


def _several(form: CheckForm, numbers: Sequence[str]) -> str:
    if len(numbers) > box.MOST_NUMBERS:
        return _page(form, too_many=len(numbers))
    rows = [_row(place, number) for place, number in enumerate(numbers)]
    words = Counter(row.verdict.word for row in rows if row.verdict)
    return _page(form, rows=rows, counts=[(word, words[word]) for word in register.ORDER if words[word]])


def _row(place: int, number: str) -> Row:
    examination = kinds.examine("other", number)
    if not examination.canonical:
        return Row(place, error=in_reader_language(examination.reasons[0].message))
    answer = register.check(reader(), number)
    shown = verdicts.show(facts_of(reader(), answer))
    known, rule, _masked = shown_number(answer)
    return Row(place, kinds.in_groups(rule, known), shown[0], len(shown) - 1)


def _page(form: CheckForm, **context: Any) -> str:
    blank = dict.fromkeys(ANSWERS)
    return render_template("public/check.html", form=form, **{**blank, "as_of": clock.now(), **context})


def _as_pressed(text: str) -> str:
    """Return the number that the pressed button stands for: it carries a place, and no number."""
    if request.method == "GET":
        return text
    if (place := request.form.get("slip", "")).isdecimal():
        best, _candidates = kinds.recognise_best(text)
        return _at(best.suggestions, place) or text
    if (place := request.form.get("pick", "")).isdecimal():
        return _at(box.numbers_in(text), place) or text
    return text


def _at(offered: list[str] | tuple[str, ...], place: str) -> str | None:
    return offered[int(place)] if len(place) < 4 and int(place) < len(offered) else None


def _address_of(text: str) -> str | None:
    """Return where a reference with its S, or the code of a sheet, is shown; None if there is none of it."""
    if looks_like_reference(text) and (reference := _reference_of(text)):
        return url_for("public.declaration", reference=reference)
    if code := box.code_in(text):
        with suppress(NotFound):
            return address_of(code)
    return None


def _reference_of(text: str) -> str | None:
    """Return the reference of a published declaration that a text spells, with or without its S."""
    reference = box.reference_in(text)
    try:
        return find_public(db(), reference).reference if reference else None
    except NotFound:
        return None


def _named(words: str) -> Page[PublicDeclaration]:
    return list_public(db(), Filters(words=words), size=MOST_NAMED)
