"""The third step: who declares, how to reach them, and what is known of the loss."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.web.public.blueprint import declare
from registry.web.public.declare import draft_store, steps
from registry.web.public.declare.answers import DeclarantAnswer
from registry.web.public.declare.draft_store import OpenDraft
from registry.web.public.declare.fields import EARLIEST_LOSS
from registry.web.public.declare.forms import DeclarantForm


@declare.route("/declarant", methods=["GET", "POST"])
@steps.needs_draft
def declarant(draft: OpenDraft) -> ResponseReturnValue:
    if draft.answers.unanswered() is not None or not draft.answers.documents:
        return redirect(steps.unfinished_url(draft.answers), 303)
    form = DeclarantForm(data=_answered(draft.answers.declarant))
    if form.validate_on_submit():
        draft.answers.declarant = form.answer()
        draft.save()
        response = redirect(url_for("declare.proof"), 303)
        draft_store.set_cookie(response, draft.token)
        return response
    last = len(draft.answers.documents)
    page = render_template(
        "declare/declarant.html",
        form=form,
        earliest=EARLIEST_LOSS,
        back=url_for("declare.proof") if steps.came_from_proof() else url_for("declare.document", position=last),
        steps=steps.names(),
        earlier=steps.earlier_of(draft),
    )
    return page, 422 if request.method == "POST" else 200


def _answered(answer: DeclarantAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {}
    return {**asdict(answer), "lost_on": date.fromisoformat(answer.lost_on) if answer.lost_on else None}
