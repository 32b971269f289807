"""What the number of each paper looks like, a page for each family, with a box to try one.

A number that is tried is examined and forgotten: it stands in no address, no log and no database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from registry import kinds
from registry.errors import NotFound
from registry.kinds import DocumentKind, Examination, Fact, Family, Grade, NumberField, NumberRule, Reason, sources
from registry.text import Text
from registry.web.forms import Needed, PlainField, RegistryForm
from registry.web.numbers import name_of
from registry.web.public.blueprint import public
from registry.web.public.verdicts import Slip, slips_of
from registry.web.rendering import in_reader_language

# A rule's reason says what its numbers look like, then what to do about one that does not. Here nothing was typed yet.
_ADVICE_ZH: Final = re.compile(r"[，；。](如[^，；。]*确实如此，可以照填|请(对照|确认)[^。]*)。$")
_ADVICE_EN: Final = re.compile(r"[.;] ([Ii]f [^.;]* really shows this, keep it|(Compare|Check that) [^.]*)\.$")


@dataclass(frozen=True, slots=True)
class Shape:
    """What numbers of one rule look like. `name` is empty where the number's own heading says it."""

    name: Text
    words: Text


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """One number of a paper; `example` is what the rules say of its example."""

    asked: NumberField
    title: Text
    example: Examination
    shapes: tuple[Shape, ...]
    ranged: bool
    source: Text


@dataclass(frozen=True, slots=True)
class ShownKind:
    """One paper. `names` are the Chinese ones it goes by besides its title."""

    kind: DocumentKind
    names: tuple[str, ...]
    numbers: tuple[ShownNumber, ...]
    source: Text


@dataclass(frozen=True, slots=True)
class Tried:
    """What is said of a number that was tried. `shown` is how the register shows it to everybody."""

    grade: Grade
    taken_for: Text
    shown: str
    sensitive: bool
    reasons: tuple[Reason, ...]
    decoded: tuple[Fact, ...]
    slips: tuple[Slip, ...]


class TryForm(RegistryForm):
    """The box of one number. Several stand on a page, so its field's id tells them apart."""

    number = PlainField(validators=[Needed(_l("Type the number that you want to try"))])

    class Meta:
        csrf = False

    def __init__(self, kind: DocumentKind, asked: NumberField, *, tried: bool) -> None:
        super().__init__(**({} if tried else {"formdata": None}))
        self.asked = asked
        self.number.id = self.number.label.field_id = f"try-{kind.slug}-{asked.name}"

    def validate_number(self, field: Field) -> None:
        examination = kinds.examine_field(self.asked, field.data or "")
        if not examination.canonical:
            raise ValidationError(in_reader_language(examination.reasons[0].message))


@public.get("/kinds", endpoint="kinds")
def all_families() -> ResponseReturnValue:
    return render_template("public/kinds.html", families=kinds.families())


@public.route("/kinds/<family>", methods=["GET", "POST"])
def family(family: str) -> ResponseReturnValue:
    found = _find(family)
    place = _tried_place(found) if request.method == "POST" else None
    forms = {
        (kind.slug, asked.name): TryForm(kind, asked, tried=(kind.slug, asked.name) == place)
        for kind in found.kinds
        for asked in kind.numbers
    }
    if place is None:
        return _page(found, forms)
    form = forms[place]
    if not form.validate():
        return _page(found, forms, form=form), 422
    return _page(found, forms, tried=form, answer=_try(form.asked, form.number.data or ""))


def _page(family: Family, forms: dict[tuple[str, str], TryForm], **context: Any) -> str:
    blank = dict.fromkeys(("form", "tried", "answer"))
    shown = _shown(family.slug)
    return render_template("public/family.html", family=family, shown=shown, forms_of=forms, **{**blank, **context})


def _find(slug: str) -> Family:
    for family in kinds.families():
        if family.slug == slug:
            return family
    raise NotFound(f"family of kinds {slug!r}")


def _tried_place(family: Family) -> tuple[str, str]:
    wanted = request.form.get("kind", ""), request.form.get("field", "")
    if wanted in {(kind.slug, asked.name) for kind in family.kinds for asked in kind.numbers}:
        return wanted
    raise NotFound(f"a number {wanted!r:.80} in the family {family.slug!r}")


def _try(asked: NumberField, text: str) -> Tried:
    examination = kinds.examine_field(asked, text)
    return Tried(
        grade=examination.grade,
        taken_for=kinds.RULES[examination.rule].title,
        shown=examination.masked if examination.sensitive else examination.display,
        sensitive=examination.sensitive,
        reasons=examination.reasons,
        decoded=examination.decoded,
        slips=slips_of(examination),
    )


@cache
def _shown(slug: str) -> tuple[ShownKind, ...]:
    return tuple(_shown_kind(kind) for kind in _find(slug).kinds)


def _shown_kind(kind: DocumentKind) -> ShownKind:
    names = dict.fromkeys((*(title.zh for title in kind.titles), *kind.aliases))
    return ShownKind(
        kind=kind,
        names=tuple(name for name in names if name != kind.title.zh),
        numbers=tuple(_shown_number(number) for number in kind.numbers),
        source=sources.in_both_languages(kind.source),
    )


def _shown_number(number: NumberField) -> ShownNumber:
    first = number.rules[0]
    return ShownNumber(
        asked=number,
        title=name_of(number),
        example=kinds.examine_field(number, number.example),
        shapes=tuple(Shape(Text("", "") if rule is first else rule.title, shape_of(rule)) for rule in number.rules),
        ranged=any(rule.ranged for rule in number.rules),
        source=sources.joined(rule.source for rule in number.rules),
    )


def shape_of(rule: NumberRule) -> Text:
    """Return what numbers of a rule look like, without the advice for whoever has just mistyped one.

    >>> from registry import kinds
    >>> shape_of(kinds.RULES["police_id"]).en
    'A police number is usually six digits; auxiliary officers have local ones.'
    """
    message = rule.shape.message
    return Text(_ADVICE_ZH.sub("。", message.zh), _ADVICE_EN.sub(".", message.en))
