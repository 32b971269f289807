"""The last step: the sentence as it will stand in the newspaper, all that was answered, and the sending of it."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.declarations import drafts
from registry.declarations.entries import EntryRefused, examine_entry
from registry.errors import TransitionRefused
from registry.web.i18n import gettext as _
from registry.web.public import grants
from registry.web.public.blueprint import declare
from registry.web.public.declare import draft_store, reading, steps
from registry.web.public.declare.draft_store import OpenDraft
from registry.web.public.declare.forms import OptionsForm, ProofForm
from registry.web.rendering import today
from registry.web.sessions import db


@declare.route("/proof", methods=["GET", "POST"])
def proof() -> ResponseReturnValue:
    draft = draft_store.load()
    if request.method == "POST" and draft is not None and draft.declaration is not None:
        return _receipt(draft.token, draft.declaration.reference)
    return _proof()  # type: ignore[call-arg]


@steps.needs_draft
def _proof(draft: OpenDraft) -> ResponseReturnValue:
    if not draft.answers.complete:
        return redirect(steps.unfinished_url(draft.answers), 303)
    try:
        read = reading.read(draft)
    except EntryRefused:
        return _ask_again(draft)
    form = ProofForm(as_of=f"{draft.draft.updated_at.isoformat()} {read.proof.digest}")
    if form.validate_on_submit() and not read.too_long:
        return _send(draft)
    page = render_template(
        "declare/proof.html",
        form=form,
        options=OptionsForm(draft.answers),
        read=read,
        answers=draft.answers,
        lost_on=draft.answers.entry().lost_on,
        steps=steps.names(),
        earlier=steps.earlier_of(draft),
    )
    return page, 422 if request.method == "POST" else 200


@declare.post("/proof/options")
@steps.needs_draft
def options(draft: OpenDraft) -> ResponseReturnValue:
    """Let the notice say more or less, and show its proof anew."""
    if draft.answers.complete:
        form = OptionsForm(draft.answers)
        if form.validate():
            form.choose()
            draft.save()
    return redirect(url_for("declare.proof"), 303)


def _send(draft: OpenDraft) -> ResponseReturnValue:
    try:
        declaration = drafts.submit(db(), draft.token, draft.answers.entry(), day=today())
    except LookupError:
        flash(_("We did not find your answers on this device. Please start again; it takes a few minutes."), "info")
        return redirect(url_for("declare.choose"), 303)
    except TransitionRefused:
        return _too_late(draft)
    return _receipt(draft.token, declaration.reference)


def _receipt(token: str, reference: str) -> ResponseReturnValue:
    grants.grant(reference)
    response = redirect(url_for("follow.receipt", reference=reference), 303)
    # It still tells a second click from a second declaration, but not beyond this sitting: others may use the device.
    draft_store.set_cookie(response, token, lasting=False)
    return response


def _too_late(draft: OpenDraft) -> ResponseReturnValue:
    """Tell that the declaration which the draft amends or corrects was decided on, or changed, in the meantime."""
    return render_template("declare/too_late.html", earlier=steps.earlier_of(draft)), 409


def _ask_again(draft: OpenDraft) -> ResponseReturnValue:
    """Lead to the page whose answers are not accepted any more: its kind has learnt a rule since they were given."""
    entry = draft.answers.entry()
    flash(_("Please look at these answers once more before you send them."), "warning")
    for position, document in enumerate(draft.answers.documents, start=1):
        try:
            examine_entry(replace(entry, documents=(document.entry(),)))
        except EntryRefused:
            return redirect(url_for("declare.document", position=position, **steps.FROM_PROOF), 303)
    return redirect(url_for("declare.declarant", **steps.FROM_PROOF), 303)
