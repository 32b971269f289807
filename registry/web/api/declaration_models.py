"""Published declarations and their editions: what can be asked of them, and what comes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from registry import kinds
from registry.db.tables import NATURES
from registry.declarations.states import PUBLIC
from registry.search.listing import MOST_COUNTED, PAGE_SIZE, Cursor
from registry.web.api.check_models import EditionRef, FurtherRecord
from registry.web.api.parameters import Day, OneOf, Question, Whole, iso_day
from registry.web.i18n import gettext_noop as _n

MOST_WORDS = 100
MOST_ON_A_PAGE = 100
EDITIONS_ON_A_PAGE = 30
LONGEST_CURSOR = 32
_EDITION = "[1-9][0-9]{0,5}"


class EditionNamed:
    """An edition by its number or its day."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_edition_named)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # Not an integer: to a schema 60.0 is one too.
        number = {"type": "string", "pattern": f"^{_EDITION}$"}
        return {"anyOf": [number, {"type": "string", "format": "date"}]}


def _edition_named(value: Any) -> int | date:
    if isinstance(value, str) and re.fullmatch(_EDITION, value):
        return int(value)
    if isinstance(value, str) and "-" in value:
        return iso_day(value)
    raise PydanticCustomError("no_edition", "no edition")


class DeclarationsQuery(Question):
    q: Annotated[
        str,
        Field(
            max_length=MOST_WORDS,
            description=_n(
                "Words: each has to be part of a name, a title or the sentence. Sensitive numbers are not found by it."
            ),
            examples=["澜川"],
        ),
    ] = ""
    kind: Annotated[
        str | None,
        OneOf(tuple(kind.slug for kind in kinds.CATALOGUE)),
        Field(description=_n("Only with a document of this kind, as in GET /kinds.")),
    ] = None
    family: Annotated[
        str | None,
        OneOf(tuple(family.slug for family in kinds.families())),
        Field(description=_n("Only with a document of this family, as in GET /kinds.")),
    ] = None
    status: Annotated[str | None, OneOf(PUBLIC), Field(description=_n("Only with this status."))] = None
    since: Annotated[date | None, Day(), Field(description=_n("Only published on this day or later."))] = None
    until: Annotated[date | None, Day(), Field(description=_n("Only published on this day or earlier."))] = None
    edition: Annotated[
        int | date | None, EditionNamed(), Field(description=_n("Only of this edition: its number or its day."))
    ] = None
    limit: Annotated[
        int, Whole(1, MOST_ON_A_PAGE), Field(description=_n("How many declarations to answer with at most."))
    ] = PAGE_SIZE
    cursor: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=LONGEST_CURSOR,
            description=_n("`next` or `previous` of an earlier answer to the same question."),
            json_schema_extra={"pattern": f"^{Cursor.PATTERN}$"},
        ),
    ] = None


class NumberInNotice(BaseModel):
    """A number of a document."""

    model_config = ConfigDict(title=_n("A number in a notice"))

    label: Annotated[str, Field(description=_n("What the notice prints before it."))]
    number: Annotated[str, Field(description=_n("The number as printed; masked if it is sensitive."))]
    sensitive: Annotated[bool, Field(description=_n("Whether it is masked."))]


class LostDocument(BaseModel):
    """A document that is declared lost."""

    model_config = ConfigDict(title=_n("A document that is declared lost"))

    kind: Annotated[str, Field(description=_n("The kind of the document, as in GET /kinds."))]
    title: Annotated[str, Field(description=_n("The title of the document as the notice prints it."))]
    copies: Annotated[str | None, Field(description=_n("Which copy of it, or how many."))]
    holder: Annotated[str | None, Field(description=_n("Whose it is; null if it is the declarant's own."))]
    numbers: Annotated[list[NumberInNotice], Field(description=_n("Its numbers."))]


class Declaration(BaseModel):
    """A published declaration."""

    model_config = ConfigDict(title=_n("A published declaration"))

    reference: Annotated[str, Field(description=_n("The reference of the declaration."))]
    nature: Annotated[
        str, OneOf(NATURES), Field(description=_n("`loss`, or a further record: `correction` or `withdrawal`."))
    ]
    about: Annotated[
        str | None, Field(description=_n("Of a correction or withdrawal: the reference of what it is about."))
    ]
    status: Annotated[str, OneOf(PUBLIC), Field(description=_n("How it stands with the declaration now."))]
    declarant: Annotated[str, Field(description=_n("Who declares."))]
    sentence: Annotated[str, Field(description=_n("The sentence as printed, sensitive numbers masked."))]
    published_on: Annotated[date, Field(description=_n("The day of its edition."))]
    withdrawn_on: Annotated[date | None, Field(description=_n("The day on which it was withdrawn or corrected."))]
    edition: Annotated[EditionRef, Field(description=_n("The edition that has the notice."))]
    documents: Annotated[list[LostDocument], Field(description=_n("What is declared lost."))]
    url: Annotated[str, Field(description=_n("The page of the declaration."))]


class DeclarationsAnswer(BaseModel):
    """A page of the public list, the newest declaration first."""

    model_config = ConfigDict(title=_n("A page of the list"))

    declarations: Annotated[
        list[Declaration], Field(max_length=MOST_ON_A_PAGE, description=_n("The declarations of this page."))
    ]
    total: Annotated[
        int, Field(ge=0, le=MOST_COUNTED, description=_n("How many there are in all, counted up to 10,000 at most."))
    ]
    total_is_capped: Annotated[bool, Field(description=_n("Whether there are more than were counted."))]
    next: Annotated[str | None, Field(description=_n("The `cursor` of the next, older page; null on the last one."))]
    previous: Annotated[
        str | None, Field(description=_n("The `cursor` of the page before, which is newer; null on the first one."))
    ]


class DeclarationAnswer(Declaration):
    """A published declaration, and what was published about it since."""

    model_config = ConfigDict(title=_n("A published declaration, and what became of it"))

    further: Annotated[
        list[FurtherRecord], Field(description=_n("Published corrections and withdrawals of it, oldest first."))
    ]


class EditionsQuery(Question):
    before: Annotated[
        date | None, Day(), Field(description=_n("Only editions of earlier days; `next` of an earlier answer."))
    ] = None
    limit: Annotated[
        int, Whole(1, MOST_ON_A_PAGE), Field(description=_n("How many editions to answer with at most."))
    ] = EDITIONS_ON_A_PAGE


class EditionSummary(BaseModel):
    """A published edition, in short."""

    model_config = ConfigDict(title=_n("An edition, in short"))

    number: Annotated[int, Field(description=_n("The number of the edition."))]
    day: Annotated[date, Field(description=_n("The day of the edition."))]
    published_at: Annotated[datetime, Field(description=_n("When it was published, in UTC."))]
    declarations: Annotated[int, Field(ge=0, description=_n("How many declarations it has."))]
    url: Annotated[str, Field(description=_n("The page of the edition."))]


class EditionsAnswer(BaseModel):
    """Published editions, the newest first."""

    model_config = ConfigDict(title=_n("Published editions"))

    editions: Annotated[list[EditionSummary], Field(max_length=MOST_ON_A_PAGE, description=_n("The editions."))]
    next: Annotated[date | None, Field(description=_n("`before` of the next, older page; null on the last one."))]


class EditionAnswer(BaseModel):
    """A published edition with its column."""

    model_config = ConfigDict(title=_n("An edition with its column"))

    number: Annotated[int, Field(description=_n("The number of the edition."))]
    day: Annotated[date, Field(description=_n("The day of the edition."))]
    published_at: Annotated[datetime, Field(description=_n("When it was published, in UTC."))]
    pdf: Annotated[str, Field(description=_n("The column as a PDF, sensitive numbers masked."))]
    pdf_sha256: Annotated[
        str | None,
        Field(
            description=_n(
                "The SHA-256 of that file, in hexadecimal; null where none is kept and it is made for each reader."
            ),
            json_schema_extra={"pattern": "^[0-9a-f]{64}$"},
        ),
    ]
    older: Annotated[date | None, Field(description=_n("The day of the edition before."))]
    newer: Annotated[date | None, Field(description=_n("The day of the edition after."))]
    url: Annotated[str, Field(description=_n("The page of the edition."))]
    declarations: Annotated[list[Declaration], Field(description=_n("Its declarations, in the order of the column."))]
