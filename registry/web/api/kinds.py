"""The kinds of document that the register knows, with the rules of their numbers."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from flask.typing import ResponseReturnValue
from pydantic_core import to_json

from registry import kinds as catalogue
from registry.errors import NotFound
from registry.kinds import DocumentKind, NumberField, NumberRule
from registry.text import Text
from registry.web.api.blueprint import api
from registry.web.api.kind_models import KindAnswer, KindsAnswer
from registry.web.api.operations import Link, Operation, PathPart, describe
from registry.web.api.parameters import NoQuery, ask_query
from registry.web.api.reply import tagged
from registry.web.i18n import gettext_noop as _n

# They change with the program alone.
SECONDS: Final = 3600
EXAMPLE: Final = "seal_code"


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _short(kind: DocumentKind) -> dict[str, Any]:
    return {
        "slug": kind.slug,
        "family": kind.family,
        "title": _words(kind.title),
        "aliases": kind.aliases,
        "sensitive": kind.sensitive,
    }


def _rule(rule: NumberRule) -> dict[str, Any]:
    return {
        "rule": rule.slug,
        "title": _words(rule.title),
        "pattern": rule.pattern.pattern,
        "certain": rule.certain,
        "sensitive": rule.sensitive,
        "source": rule.source,
    }


def _number(number: NumberField) -> dict[str, Any]:
    return {
        "name": number.name,
        "labels": number.labels,
        "where": _words(number.where),
        "example": number.example,
        "required": number.required,
        "rules": [_rule(rule) for rule in number.rules],
    }


def _whole(kind: DocumentKind) -> dict[str, Any]:
    return {
        **_short(kind),
        "titles": [_words(title) for title in kind.titles],
        "free_title": kind.free_title,
        "issuer": _words(kind.issuer),
        "measure": kind.measure,
        "copies": kind.copies,
        "source": kind.source,
        "numbers": [_number(number) for number in kind.numbers],
    }


@api.get("/kinds")
@describe(
    Operation(
        summary=_n("List the kinds of document"),
        description=_n("All kinds of document that can be declared lost, by family. Any other is of the kind `other`."),
        answer=KindsAnswer,
        answered={
            "families": [{"slug": family.slug, "title": _words(family.title)} for family in catalogue.families()[:1]],
            "kinds": [_short(catalogue.get(EXAMPLE))],
        },
        seconds=SECONDS,
        links={"kind": Link("kind", {"slug": "/kinds/0/slug"})},
    )
)
def kinds() -> ResponseReturnValue:
    """List the kinds."""
    ask_query(NoQuery)
    return tagged(_list(), SECONDS)


@api.get("/kinds/<slug>")
@describe(
    Operation(
        summary=_n("Show a kind of document"),
        description=_n("A kind of document with its numbers: where they stand, what they look like, and who says so."),
        path={
            "slug": PathPart(
                _n("The kind of the document, as in GET /kinds."),
                {"type": "string", "enum": [kind.slug for kind in catalogue.CATALOGUE]},
                EXAMPLE,
            )
        },
        answer=KindAnswer,
        answered=_whole(catalogue.get(EXAMPLE)),
        problems=("not-found",),
        seconds=SECONDS,
        links={
            "declarations": Link("declarations", {"kind": "/slug"}),
            "examine": Link("examine", body={"kind": "/slug", "number": "/numbers/0/example"}),
        },
    )
)
def kind(slug: str) -> ResponseReturnValue:
    """Show a kind."""
    ask_query(NoQuery)
    return tagged(_one(slug), SECONDS)


@cache
def _list() -> bytes:
    families = [{"slug": family.slug, "title": _words(family.title)} for family in catalogue.families()]
    return to_json({"families": families, "kinds": [_short(kind) for kind in catalogue.CATALOGUE]})


def _one(slug: str) -> bytes:
    try:
        return to_json(_whole(catalogue.get(slug)))
    except catalogue.UnknownKind as error:
        raise NotFound(slug) from error
