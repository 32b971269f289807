"""The first page: what was lost."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.declarations import drafts
from registry.declarations.entries import MOST_DOCUMENTS
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import declare
from registry.web.public.declare import choice, draft_store, steps
from registry.web.public.declare.answers import DraftAnswers
from registry.web.public.declare.draft_store import OpenDraft
from registry.web.public.declare.forms import ChoiceForm
from registry.web.sessions import db

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for, and the boxes to show: those found and, so that no tick is lost, those already ticked."""

    words: str
    groups: list[choice.Group]
    found: int


@declare.route("", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    draft = draft_store.load()
    if draft is not None and draft.declaration is not None:
        draft = None
    if request.method == "GET" and draft is not None and draft.answers.documents and "from" not in request.args:
        return _unfinished(draft)
    chosen = choice.count_picks(draft.answers.documents) if draft else {}
    form = ChoiceForm(chosen=chosen)
    if "find" in request.form:
        return _page(form, request.form.get("q", ""), draft)
    if form.validate_on_submit():
        return _keep(draft, form.wanted())
    return _page(form, request.args.get("q", ""), draft), 422 if form.is_submitted() else 200


@declare.post("/discard")
def discard() -> ResponseReturnValue:
    draft = draft_store.load()
    if draft is not None and draft.declaration is None:
        drafts.discard(db(), draft.draft)
        flash(_("Your unfinished declaration has been deleted."), "success")
    response = redirect(url_for("declare.choose"), 303)
    draft_store.clear_cookie(response)
    return response


def _unfinished(draft: OpenDraft) -> str:
    return render_template(
        "declare/unfinished.html",
        documents=[steps.name_of(document) for document in draft.answers.documents],
        touched_at=draft.draft.updated_at,
        go_on=steps.unfinished_url(draft.answers),
        earlier=steps.earlier_of(draft),
    )


def _page(form: ChoiceForm, words: str, draft: OpenDraft | None) -> str:
    return render_template(
        "declare/choose.html",
        form=form,
        ticked=form.ticked(),
        search=_search(words[:LONGEST_SEARCH].strip(), form),
        most=MOST_DOCUMENTS,
        most_alike=choice.MOST_ALIKE,
        back=url_for("declare.proof") if draft and steps.came_from_proof() else None,
        steps=steps.names(),
        earlier=steps.earlier_of(draft) if draft else None,
    )


def _search(words: str, form: ChoiceForm) -> Search:
    if not words:
        return Search("", choice.groups(ticked=form.ticked()), 0)
    found = choice.find(words)
    ticked = [choice.all_picks()[value] for value in form.ticked() if value in choice.all_picks()]
    shown = tuple(dict.fromkeys((*(found or choice.fallback()), *ticked)))
    return Search(words, choice.groups(shown), len(found))


def _keep(draft: OpenDraft | None, wanted: dict[str, int]) -> ResponseReturnValue:
    answers = draft.answers if draft else DraftAnswers()
    answers.documents = choice.choose(answers.documents, wanted)
    if draft:
        draft.save()
        token = draft.token
    else:
        token = draft_store.begin(answers)
    back = steps.FROM_PROOF if steps.came_from_proof() else {}
    response = redirect(steps.unfinished_url(answers, **back), 303)
    draft_store.set_cookie(response, token)
    return response
