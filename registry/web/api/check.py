"""Checking numbers: one by GET, or up to ten thousand by POST, which is also the way for numbers of people."""

from __future__ import annotations

from typing import Any, Final

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic_core import to_json

from registry import kinds
from registry.search import check as register
from registry.search.batch import check_many
from registry.search.check import Answer
from registry.web.api import examples
from registry.web.api.answers import Teller, site
from registry.web.api.blueprint import api
from registry.web.api.callers import spend
from registry.web.api.check_models import (
    LONGEST,
    CheckAnswer,
    CheckQuery,
    ChecksAnswer,
    ChecksQuestion,
)
from registry.web.api.freshness import say_how_new
from registry.web.api.language import caller_language
from registry.web.api.operations import Link, Operation, describe
from registry.web.api.parameters import ask_body, ask_query, refuse
from registry.web.api.problems import Fault
from registry.web.api.reply import reply, reply_encoded
from registry.web.i18n import gettext_noop as _n
from registry.web.limits import NUMBERS_LIMIT
from registry.web.sessions import reader, settings

# Of a body, in bytes: ten thousand numbers of 256 characters of ASCII, and some room.
LARGEST_BODY: Final = 4 * 1024 * 1024


@api.get("/check")
@describe(
    Operation(
        summary=_n("Check a number"),
        description=_n(
            "Looks a number up, of a document or seal of any kind. Several declarations may name it, and all are told "
            "of. An answer is true for the moment, and nobody may keep it."
        ),
        query=CheckQuery,
        answer=CheckAnswer,
        asked=f"number={examples.SEAL_ASKED}",
        answered=examples.DECLARED,
        problems=("unusable",),
        links={"declaration": Link("declaration", {"reference": "/verdicts/0/reference"})},
    )
)
def check() -> ResponseReturnValue:
    """Check one number."""
    number = request.args.get("number", "")
    # The longer way knows why it cannot be.
    if len(request.args) != 1 or not 0 < len(number) <= LONGEST or len(request.args.getlist("number")) > 1:
        number = ask_query(CheckQuery).number
    answer = register.check(reader(), number)
    if not answer.forms:
        refuse([Fault("number", "query", "unreadable", _unreadable())], sort="unusable")
    return say_how_new(reply(_teller().tell(answer)))


@api.post("/checks")
@describe(
    Operation(
        summary=_n("Check many numbers"),
        description=_n(
            "Checks up to 10,000 numbers at a time, and answers in their order. It is also the way to ask for numbers "
            "of people: a body ends up in no log and no history. A number that cannot be one has an error in its place."
        ),
        body=ChecksQuestion,
        answer=ChecksAnswer,
        asked=examples.MANY_ASKED,
        answered=examples.MANY,
        links={"declaration": Link("declaration", {"reference": "/answers/0/verdicts/0/reference"})},
    )
)
def checks() -> ResponseReturnValue:
    """Check many numbers."""
    request.max_content_length = LARGEST_BODY
    numbers = ask_body(ChecksQuestion).numbers
    spend("numbers", NUMBERS_LIMIT, len(numbers))
    teller = _teller()
    # Each is JSON before the next is looked up: ten thousand of them as objects would take ten times the memory.
    # What is too long for a number is asked for as none.
    asked = [number if len(number) <= LONGEST else "" for number in numbers]
    answers = b",".join([to_json(_told(teller, answer)) for answer in check_many(reader(), asked)])
    return say_how_new(reply_encoded(b'{"answers":[%b]}' % answers))


def _told(teller: Teller, answer: Answer) -> dict[str, Any]:
    if not answer.forms:
        return {"error": {"code": "unreadable", "detail": _unreadable()}}
    return teller.tell(answer)


def _teller() -> Teller:
    return Teller(reader(), caller_language(), site(), settings().timezone)


def _unreadable() -> str:
    return str(
        _(
            "This cannot be the number of a document. Give it as printed: at most %(most)d characters without its "
            "label and blanks, and no control characters or pictures.",
            most=kinds.MAX_LENGTH,
        )
    )
