"""The second step: one page for each document."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.errors import NotFound
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import declare
from registry.web.public.declare import draft_store, steps
from registry.web.public.declare.document_form import OTHER, OWN, document_form
from registry.web.public.declare.draft_store import OpenDraft


@declare.route("/documents/<int:position>", methods=["GET", "POST"])
@steps.needs_draft
def document(draft: OpenDraft, position: int) -> ResponseReturnValue:
    documents = draft.answers.documents
    if position < 1:
        raise NotFound(f"document {position} of the draft")
    before = documents[position - 1] if position <= len(documents) else None
    if before is None or request.form.get("of", before.kind) != before.kind:
        return _changed_meanwhile(draft)
    form = document_form(before, whose=_whose_before(draft, position))
    if form.validate_on_submit():
        documents[position - 1] = form.answer(before)
        draft.save()
        response = redirect(_next_url(draft, position), 303)
        draft_store.set_cookie(response, draft.token)
        return response
    page = render_template(
        "declare/document.html",
        form=form,
        kind=form.kind,
        name=steps.name_of(before),
        position=position,
        total=len(documents),
        back=_back_url(position),
        steps=steps.names(),
        earlier=steps.earlier_of(draft),
    )
    return page, 422 if request.method == "POST" else 200


def _changed_meanwhile(draft: OpenDraft) -> ResponseReturnValue:
    """Lead on from a page that another window, or the back button, has outrun: its document is another now."""
    flash(_("You changed what was lost in the meantime, so this page is no longer the right one. Go on here."), "info")
    return redirect(steps.unfinished_url(draft.answers), 303)


def _whose_before(draft: OpenDraft, position: int) -> str | None:
    before = draft.answers.documents[position - 2] if position > 1 else None
    if before is None or not before.answered:
        return None
    # Another's name is not carried over: two lost papers may be of two people.
    return OTHER if before.holder else OWN


def _next_url(draft: OpenDraft, position: int) -> str:
    if steps.came_from_proof():
        return steps.unfinished_url(draft.answers, **steps.FROM_PROOF)
    if position < len(draft.answers.documents):
        return url_for("declare.document", position=position + 1)
    return url_for("declare.declarant")


def _back_url(position: int) -> str:
    if steps.came_from_proof():
        return url_for("declare.proof")
    if position > 1:
        return url_for("declare.document", position=position - 1)
    return url_for("declare.choose", **steps.FROM_DOCUMENTS)
