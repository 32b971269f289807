"""The number check as it is typed: the same rules that the form applies when it is sent."""

from __future__ import annotations

from typing import Annotated

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from registry import kinds
from registry.kinds import NumberField
from registry.web.api import examples
from registry.web.api.blueprint import api
from registry.web.api.operations import Operation, describe
from registry.web.api.parameters import OneOf, Question, ask_body, refuse
from registry.web.api.problems import Fault
from registry.web.api.reply import reply
from registry.web.i18n import LOCALES
from registry.web.i18n import gettext_noop as _n

LONGEST = 200
SLUGS = tuple(kind.slug for kind in kinds.CATALOGUE)
FIELDS = tuple(dict.fromkeys(number.name for kind in kinds.CATALOGUE for number in kind.numbers))


class ExamineQuestion(Question):
    """A number, and the kind of document that it should be a number of."""

    model_config = ConfigDict(title=_n("A number to examine"))

    kind: Annotated[str, OneOf(SLUGS), Field(description=_n("The kind of the document, as in GET /kinds."))]
    number: Annotated[str, Field(max_length=LONGEST, description=_n("The number as it was typed."))]
    field: Annotated[
        str,
        Field(
            max_length=LONGEST,
            description=_n("Which number of the document, as in GET /kinds/{slug}; the first one unless said."),
            # For those who ask; whoever asks for another one is told which ones this kind has.
            json_schema_extra={"enum": ["", *FIELDS]},
        ),
    ] = ""
    lang: Annotated[
        str, OneOf(tuple(LOCALES)), Field(description=_n("The language of the answer; Chinese unless said."))
    ] = "zh"


class Fact(BaseModel):
    """Something that can be read out of a number."""

    model_config = ConfigDict(title=_n("What a number says"))

    name: Annotated[str, Field(description=_n("What it is."))]
    value: Annotated[str, Field(description=_n("What the number says."))]


class Suggestion(BaseModel):
    """A number that one slip of the hand could have turned into the one that was typed."""

    model_config = ConfigDict(title=_n("What may have been meant"))

    number: Annotated[str, Field(description=_n("The number."))]
    display: Annotated[str, Field(description=_n("The number in groups for the eye."))]


class Examination(BaseModel):
    """What the rules say of one number of one kind; nothing is looked up."""

    model_config = ConfigDict(title=_n("What the rules say of a number"))

    grade: Annotated[
        str,
        OneOf(tuple(grade.value for grade in kinds.Grade)),
        Field(description=_n("Whether a document of this kind can bear the number.")),
    ]
    reasons: Annotated[list[str], Field(description=_n("Why it is not simply valid, for people."))]
    suggestions: Annotated[list[Suggestion], Field(description=_n("What may have been meant."))]
    display: Annotated[str, Field(description=_n("The number in groups for the eye."))]
    sensitive: Annotated[bool, Field(description=_n("Whether the registry would seal and mask it."))]
    decoded: Annotated[list[Fact], Field(description=_n("What can be read out of it."))]


@api.post("/examine")
@describe(
    Operation(
        summary=_n("Examine a number"),
        description=_n(
            "Says whether a document of one kind can bear a number: its length, its form, its check character. This is "
            "what the form of the registry asks while somebody types. Nothing is looked up, stored or logged."
        ),
        body=ExamineQuestion,
        answer=Examination,
        asked=examples.EXAMINE_ASKED,
        answered=examples.EXAMINED,
    )
)
def examine() -> ResponseReturnValue:
    """Grade one number of one kind."""
    question = ask_body(ExamineQuestion)
    field = _read_field(question)
    examination = kinds.examine_field(field, question.number)
    language = question.lang
    return reply(
        {
            "grade": examination.grade.value,
            "reasons": [reason.message.in_language(language) for reason in examination.reasons],
            "suggestions": [
                {"number": meant, "display": kinds.examine_field(field, meant).display}
                for meant in examination.suggestions
            ],
            "display": examination.display,
            "sensitive": examination.sensitive,
            "decoded": [
                {"name": fact.name.in_language(language), "value": fact.value.in_language(language)}
                for fact in examination.decoded
            ],
        }
    )


def _read_field(question: ExamineQuestion) -> NumberField:
    numbers = kinds.get(question.kind).numbers
    found = next((number for number in numbers if question.field in ("", number.name)), None)
    if found is None:
        known = ", ".join(number.name for number in numbers)
        detail = _("A document of this kind has no such field. Known are: %(known)s.", known=known)
        refuse([Fault("field", "body", "no_choice", detail)], sort="unusable")
    return found
