"""The number check as it is typed: the same rules that the form applies when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry import kinds
from registry.kinds import NumberField
from registry.web.api.blueprint import api
from registry.web.api.problems import Problem
from registry.web.i18n import LOCALES

LONGEST = 200
KNOWN = {"kind", "field", "number", "lang"}


@dataclass(frozen=True, slots=True)
class Question:
    field: NumberField
    number: str
    language: str


@api.post("/examine")
def examine() -> ResponseReturnValue:
    """Grade one number of one kind. Nothing of it is stored or logged."""
    question = _read_question()
    examination = kinds.examine_field(question.field, question.number)
    language = question.language
    return jsonify(
        grade=examination.grade.value,
        reasons=[reason.message.in_language(language) for reason in examination.reasons],
        suggestions=[
            {"number": meant, "display": kinds.examine_field(question.field, meant).display}
            for meant in examination.suggestions
        ],
        display=examination.display,
        sensitive=examination.sensitive,
        decoded=[
            {"name": fact.name.in_language(language), "value": fact.value.in_language(language)}
            for fact in examination.decoded
        ],
    )


def _read_question() -> Question:
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Problem(400, _("Send one JSON object, with Content-Type: application/json."))
    unknown = sorted(str(name)[:40] for name in body.keys() - KNOWN)
    if unknown:
        raise Problem(400, _("Unknown field: %(names)s", names=", ".join(unknown)))
    kind, field, number = _text(body, "kind"), _text(body, "field", ""), _text(body, "number")
    language = _text(body, "lang", "zh")
    if language not in LOCALES:
        raise Problem(400, _("lang has to be zh or en"))
    return Question(_read_field(kind, field), number, language)


def _text(body: dict[str, Any], name: str, default: str | None = None) -> str:
    value = body.get(name, default)
    if not isinstance(value, str):
        raise Problem(400, _("%(name)s has to be a text", name=name))
    if len(value) > LONGEST:
        raise Problem(400, _("%(name)s has to be at most %(most)d characters long", name=name, most=LONGEST))
    return value


def _read_field(slug: str, name: str) -> NumberField:
    try:
        kind = kinds.get(slug)
    except kinds.UnknownKind:
        raise Problem(400, _("kind has to be the slug of a document kind, such as resident_id_18")) from None
    for number in kind.numbers:
        if name in ("", number.name):
            return number
    raise Problem(400, _("field has to name a number of this kind of document"))
