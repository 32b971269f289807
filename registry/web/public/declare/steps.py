"""The order of the pages, and what they all need: the draft, the way on and back, the declaration it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import kinds
from registry.db.tables import Declaration
from registry.text import Text
from registry.web.i18n import gettext as _
from registry.web.i18n import reader_language
from registry.web.public import grants
from registry.web.public.declare import draft_store
from registry.web.public.declare.answers import DocumentAnswer, DraftAnswers
from registry.web.public.declare.draft_store import OpenDraft
from registry.web.sessions import db

FROM_PROOF: dict[str, Any] = {"from": "proof"}
FROM_DOCUMENTS: dict[str, Any] = {"from": "documents"}

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True, slots=True)
class Earlier:
    """The declaration that a draft amends or corrects. `reason` is what the editor asks for."""

    reference: str
    amended: bool
    reason: str = ""


def names() -> list[str]:
    return [_("What was lost"), _("Its details"), _("Who declares"), _("Read and send")]


def needs_draft(view: View) -> View:
    """Give a view this browser's draft, and lead whoever has none, or has sent it, to where they can go on."""

    @wraps(view)
    def with_draft(**values: Any) -> ResponseReturnValue:
        draft = draft_store.load()
        if draft is None:
            flash(_("We did not find your answers on this device. Please start again; it takes a few minutes."), "info")
            return redirect(url_for("declare.choose"), 303)
        if draft.declaration is not None:
            return already_sent(draft.declaration)
        return view(draft, **values)

    return cast(View, with_draft)


def already_sent(declaration: Declaration) -> ResponseReturnValue:
    """Answer somebody who comes back to a draft that has become a declaration."""
    reference = declaration.reference
    return render_template("declare/sent.html", reference=reference, granted=grants.is_granted(reference))


def came_from_proof() -> bool:
    return request.args.get("from") == "proof"


def unfinished_url(answers: DraftAnswers, **values: Any) -> str:
    """Return the first page that is still to be filled in; the proof if there is none."""
    if not answers.documents:
        return url_for("declare.choose", **values)
    position = answers.unanswered()
    if position is not None:
        return url_for("declare.document", position=position, **values)
    if not answers.declarant_complete:
        return url_for("declare.declarant", **values)
    return url_for("declare.proof")


def earlier_of(draft: OpenDraft) -> Earlier | None:
    """Return the declaration that this draft amends or corrects, if it does."""
    if draft.draft.amends_id is not None:
        declaration = db().get_one(Declaration, draft.draft.amends_id)
        reasons = [event.reason for event in declaration.history if event.action == "returned" and event.reason]
        return Earlier(declaration.reference, amended=True, reason=reasons[-1] if reasons else "")
    if draft.draft.follows_id is not None:
        declaration = db().get_one(Declaration, draft.draft.follows_id)
        return Earlier(declaration.reference, amended=False)
    return None


def name_of(document: DocumentAnswer) -> str:
    """Return what a document is called: the title printed on it, for an English reader with a translation."""
    kind = kinds.get(document.kind)
    known: dict[str, Text] = {text.zh: text for text in (*kind.titles, kind.title)}
    title = document.title or kind.title.zh
    if reader_language() == "zh" or title not in known:
        return title
    return f"{known[title].en} ({title})"
