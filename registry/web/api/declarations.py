"""The public list, and one declaration."""

from __future__ import annotations

from typing import Any, Final

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry import kinds
from registry.declarations.public import PublicDeclaration, list_by_ids
from registry.declarations.references import BadReference, parse_reference
from registry.errors import NotFound
from registry.search.entries import find_published, further_of
from registry.search.listing import Cursor, Filters, list_public
from registry.web.api import examples
from registry.web.api.answers import page_of, site
from registry.web.api.blueprint import api
from registry.web.api.declaration_models import DeclarationAnswer, DeclarationsAnswer, DeclarationsQuery
from registry.web.api.freshness import say_how_new
from registry.web.api.operations import Link, Operation, PathPart, describe
from registry.web.api.parameters import NoQuery, ask_query, refuse
from registry.web.api.problems import Fault, Problem
from registry.web.api.reply import reply_public
from registry.web.i18n import gettext_noop as _n
from registry.web.sessions import reader

SECONDS: Final = 60


@api.get("/declarations")
@describe(
    Operation(
        summary=_n("List published declarations"),
        description=_n(
            "The public list, newest first, narrowed by the same filters as its page. Walk it with `next`: what is "
            "published meanwhile moves nothing."
        ),
        query=DeclarationsQuery,
        answer=DeclarationsAnswer,
        asked="q=澜川&kind=seal_code",
        answered=examples.DECLARATIONS,
        problems=("unusable",),
        seconds=SECONDS,
        links={
            "declaration": Link("declaration", {"reference": "/declarations/0/reference"}),
            "older": Link("declarations", {"cursor": "/next"}),
            "newer": Link("declarations", {"cursor": "/previous"}),
        },
    )
)
def declarations() -> ResponseReturnValue:
    """List declarations."""
    asked = ask_query(DeclarationsQuery)
    cursor = Cursor.parse(asked.cursor or "")
    refuse_odd_filters(asked, cursor)
    filters = Filters(
        words=asked.q,
        kind=asked.kind or "",
        family=asked.family or "",
        status=asked.status or "",
        published_from=asked.since,
        published_to=asked.until,
        edition=asked.edition,
    )
    page = list_public(reader(), filters, cursor=cursor, size=asked.limit)
    root = site()
    answer = {
        "declarations": [told(declaration, root) for declaration in page.declarations],
        "total": page.count.number,
        "total_is_capped": page.count.more,
        "next": str(page.older) if page.older else None,
        "previous": str(page.newer) if page.newer else None,
    }
    return say_how_new(reply_public(answer, SECONDS))


@api.get("/declarations/<reference>")
@describe(
    Operation(
        summary=_n("Show a published declaration"),
        description=_n(
            "A declaration that was published, by its reference in any spelling. One that is only filed is not told of."
        ),
        path={
            "reference": PathPart(
                _n("The reference of the declaration."), {"type": "string", "maxLength": 64}, examples.REFERENCE
            )
        },
        answer=DeclarationAnswer,
        answered=examples.WHOLE_DECLARATION,
        problems=("not-found", "mistyped-reference"),
        seconds=SECONDS,
        links={
            "about": Link("declaration", {"reference": "/about"}),
            "further": Link("declaration", {"reference": "/further/0/reference"}),
            "edition": Link("edition", {"day": "/edition/day"}),
            "kind": Link("kind", {"slug": "/documents/0/kind"}),
        },
    )
)
def declaration(reference: str) -> ResponseReturnValue:
    """Show a declaration."""
    ask_query(NoQuery)
    try:
        declaration_id = find_published(reader(), parse_reference(reference))
    except BadReference as error:
        raise Problem("mistyped-reference" if error.mistyped else "not-found") from error
    if declaration_id is None:
        raise NotFound(reference)
    (found,) = list_by_ids(reader(), [declaration_id])
    root = site()
    further = [
        {"reference": later.reference, "nature": later.nature, "url": page_of(root, later.reference)}
        for later in further_of(reader(), declaration_id)
    ]
    return say_how_new(reply_public({**told(found, root), "further": further}, SECONDS))


def told(declaration: PublicDeclaration, root: str) -> dict[str, Any]:
    """Return a published declaration as the API tells it; `root` is where the pages are."""
    return {
        "reference": declaration.reference,
        "nature": declaration.nature,
        "about": declaration.about,
        "status": declaration.status,
        "declarant": declaration.declarant,
        "sentence": declaration.sentence,
        "published_on": declaration.published_on,
        "withdrawn_on": declaration.withdrawn_on,
        "edition": {"number": declaration.edition, "day": declaration.published_on},
        "documents": [
            {
                "kind": document.kind,
                "title": document.title,
                "copies": document.copies,
                "holder": document.holder,
                "numbers": [
                    {"label": number.label, "number": number.shown, "sensitive": number.sensitive}
                    for number in document.numbers
                ],
            }
            for document in declaration.documents
        ],
        "url": page_of(root, declaration.reference),
    }


def refuse_odd_filters(asked: DeclarationsQuery, cursor: Cursor | None) -> None:
    """Raise a Problem for what no single filter tells: a torn cursor, an ID among the words, days in disorder."""
    faults = []
    if asked.cursor is not None and cursor is None:
        faults.append(
            Fault("cursor", "query", "torn", _("Leave the cursor out, or give the one of an earlier answer as it is."))
        )
    if kinds.find_sensitive(asked.q):
        detail = _("Take the identity number out of q: the list does not find it, and it belongs into no address.")
        faults.append(Fault("q", "query", "sensitive", detail))
    if asked.since and asked.until and asked.until < asked.since:
        faults.append(Fault("until", "query", "out_of_order", _("Give a day that is not before the first one.")))
    if faults:
        refuse(faults, sort="unusable")
