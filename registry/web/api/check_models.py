"""What a check is asked and what it answers, as the description of the API says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from registry import kinds
from registry.db.tables import NATURES
from registry.search.check import MOST_NEAR, ORDER
from registry.web.api.parameters import CODES, OneOf, Question
from registry.web.i18n import gettext_noop as _n

LONGEST = 256
MOST_NUMBERS = 10_000


class CheckQuery(Question):
    number: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST,
            description=_n(
                "The number as the document shows it: spaces, hyphens, full-width and lower-case letters make no "
                "difference. A reference of a declaration is understood too. Numbers in an address end up in logs: "
                "ask for those of people with POST /checks."
            ),
            examples=["1403000000017"],
        ),
    ]


class ChecksQuestion(Question):
    """Numbers to check."""

    model_config = ConfigDict(title=_n("Numbers to check"))

    numbers: Annotated[
        list[str],
        Field(
            min_length=1,
            max_length=MOST_NUMBERS,
            description=_n("Up to 10,000 numbers, each of up to 256 characters. The whole body may have 4 MiB."),
            examples=[["1403000000017", "", "91110000600037341L"]],
        ),
    ]


class Title(BaseModel):
    """A title in Chinese and in English."""

    model_config = ConfigDict(title=_n("A title in both languages"))

    zh: Annotated[str, Field(description=_n("In Chinese."))]
    en: Annotated[str, Field(description=_n("In English."))]


class EditionRef(BaseModel):
    """An edition: its day, and its number once it is published."""

    model_config = ConfigDict(title=_n("An edition"))

    number: Annotated[int | None, Field(description=_n("The number of the edition; null until it is published."))]
    day: Annotated[date, Field(description=_n("The day of the edition."))]


class FurtherRecord(BaseModel):
    """A published correction or withdrawal."""

    model_config = ConfigDict(title=_n("A correction or withdrawal"))

    reference: Annotated[str, Field(description=_n("The reference of the correction or withdrawal."))]
    nature: Annotated[str, OneOf(NATURES), Field(description=_n("`correction` or `withdrawal`."))]
    url: Annotated[str, Field(description=_n("Its page."))]


class Reason(BaseModel):
    """Why no document can bear a number."""

    model_config = ConfigDict(title=_n("A reason"))

    code: Annotated[str, Field(description=_n("The reason for programs; it stays the same."))]
    detail: Annotated[str, Field(description=_n("The reason for people, in the language of the request."))]


class Verdict(BaseModel):
    """One verdict on a number. What a verdict does not have is null or an empty list."""

    model_config = ConfigDict(title=_n("A verdict"))

    verdict: Annotated[str, OneOf(ORDER), Field(description=_n("The verdict; what each means stands above."))]
    kind: Annotated[str | None, Field(description=_n("The kind of the document, as in GET /kinds."))]
    title: Annotated[str | None, Field(description=_n("The title of the document as the notice prints it."))]
    number: Annotated[
        str | None,
        Field(description=_n("The number on the register, or the range it is in; masked if sensitive.")),
    ]
    reference: Annotated[str | None, Field(description=_n("The reference of the declaration."))]
    since: Annotated[date | None, Field(description=_n("The day on which the loss was first declared."))]
    until: Annotated[date | None, Field(description=_n("The day on which it was withdrawn or corrected."))]
    filed_on: Annotated[
        date | None, Field(description=_n("Of `provisional`: the day on which the declaration was handed in."))
    ]
    edition: Annotated[
        EditionRef | None,
        Field(description=_n("The edition that has the notice; of `provisional` the one it is accepted for.")),
    ]
    url: Annotated[str | None, Field(description=_n("The page of the declaration."))]
    replaced_by: Annotated[
        FurtherRecord | None, Field(description=_n("Of `withdrawn`: the record that ended the declaration."))
    ]
    reasons: Annotated[list[Reason], Field(description=_n("Of `impossible`: why."))]
    suggestions: Annotated[
        list[str],
        Field(description=_n("Of `impossible`: numbers that one slip could have made this one; none of people.")),
    ]


class Candidate(BaseModel):
    """A rule that a number may obey."""

    model_config = ConfigDict(title=_n("What a number may be"))

    rule: Annotated[str, Field(description=_n("The rule of the number."))]
    title: Annotated[Title, Field(description=_n("What such a number is called."))]
    grade: Annotated[
        str,
        OneOf(tuple(grade.value for grade in kinds.Grade)),
        Field(description=_n("Whether the number is right by this rule.")),
    ]
    kinds: Annotated[list[str], Field(description=_n("The kinds of document with such numbers, as in GET /kinds."))]


class NearNumber(BaseModel):
    """A public number on the register that looks like the one that was asked for."""

    model_config = ConfigDict(title=_n("A number that looks like it"))

    number: Annotated[str, Field(description=_n("The number on the register."))]
    kind: Annotated[str, Field(description=_n("The kind of the document, as in GET /kinds."))]
    title: Annotated[str, Field(description=_n("The title of the document as the notice prints it."))]
    reference: Annotated[str, Field(description=_n("The reference of the declaration."))]
    url: Annotated[str, Field(description=_n("The page of the declaration."))]


class ReferenceHint(BaseModel):
    """What the text is as a reference."""

    model_config = ConfigDict(title=_n("What the text is as a reference"))

    state: Annotated[
        Literal["published", "unpublished", "mistyped"],
        Field(
            description=_n(
                "`published`: this declaration; `unpublished`: no published declaration has it; `mistyped`: its last "
                "character does not fit the others."
            )
        ),
    ]
    reference: Annotated[str | None, Field(description=_n("The reference in its one spelling."))]
    url: Annotated[str | None, Field(description=_n("The page of the declaration."))]


class CheckAnswer(BaseModel):
    """The answer about one number."""

    model_config = ConfigDict(title=_n("The answer about one number"))

    number: Annotated[str, Field(description=_n("The number as it was asked; masked if it is sensitive."))]
    canonical: Annotated[
        str | None, Field(description=_n("The spelling that is compared; null if the number is sensitive."))
    ]
    as_of: Annotated[datetime, Field(description=_n("When the register was asked, in UTC."))]
    verdicts: Annotated[
        list[Verdict], Field(min_length=1, description=_n("All verdicts on the number, worst first; at least one."))
    ]
    is_cut: Annotated[
        bool, Field(description=_n("Whether the number stands on more documents than are listed; the weightiest are."))
    ]
    candidates: Annotated[
        list[Candidate], Field(description=_n("What the number may be by its form, the likeliest first."))
    ]
    near: Annotated[
        list[NearNumber],
        Field(
            max_length=MOST_NEAR,
            description=_n("Of a number that is not on the register: those on it that an eye takes for it."),
        ),
    ]
    reference: Annotated[
        ReferenceHint | None,
        Field(description=_n("Of a text that is not on the register and may be a reference: what that leads to.")),
    ]
    notice: Annotated[
        str, Field(description=_n("What `not_on_register` means, in words, for whoever acts on the answer."))
    ]


class NumberError(BaseModel):
    """Why one number of many was not checked."""

    model_config = ConfigDict(title=_n("Why a number was not checked"))

    code: Annotated[str, OneOf(tuple(CODES)), Field(description=_n("The reason for programs; it stays the same."))]
    detail: Annotated[str, Field(description=_n("The reason for people, in the language of the request."))]


class NotChecked(BaseModel):
    """A number of many that was not checked."""

    model_config = ConfigDict(title=_n("A number that was not checked"))

    error: Annotated[NumberError, Field(description=_n("Why not."))]


class ChecksAnswer(BaseModel):
    """The answers about many numbers."""

    model_config = ConfigDict(title=_n("The answers about many numbers"))

    answers: Annotated[
        list[CheckAnswer | NotChecked],
        Field(description=_n("One for each number, in the same order: an answer as GET /check gives it, or an error.")),
    ]
