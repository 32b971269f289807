"""Following one's own declaration: with the secret of its receipt, and nothing else."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.db.tables import Declaration
from registry.declarations import drafts, proofs, records, service
from registry.declarations.editions import at_press_in
from registry.declarations.records import Reveal
from registry.declarations.states import DECLARANT, PENDING, pending_further, takes_further_record
from registry.errors import TransitionRefused
from registry.printing import qr
from registry.web.history import history_of, latest_reason
from registry.web.i18n import gettext as _
from registry.web.public import grants
from registry.web.public.blueprint import follow
from registry.web.public.declare import draft_store
from registry.web.public.follow_forms import FollowForm, WithdrawForm
from registry.web.public.following import ask_again, granted, spelled
from registry.web.rendering import public_url, today
from registry.web.sessions import db


@follow.route("", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Ask for reference and secret code. What is wrong of the two is not told."""
    if request.method == "GET":
        form = FollowForm(formdata=None, data={"reference": request.args.get("reference", "")[:40]})
        return render_template("follow/enter.html", form=form)
    form = FollowForm()
    if form.validate():
        declaration = service.find_by_secret(db(), form.parsed_reference, form.code.data or "")
        if declaration:
            return _open(declaration)
        form.form_errors.append(
            _("No declaration has this reference and this secret code together. Compare both with your receipt")
        )
    return render_template("follow/enter.html", form=form), 422


@follow.get("/<reference>/<secret>")
def open_link(reference: str, secret: str) -> ResponseReturnValue:
    """Open the secret link of a receipt, and take the secret out of the address bar."""
    declaration = service.find_by_secret(db(), spelled(reference), secret)
    if declaration:
        return _open(declaration)
    return render_template("follow/wrong_link.html"), 404


@follow.get("/<reference>")
def show(reference: str) -> ResponseReturnValue:
    """How one's declaration stands, what happened to it, and what can be done."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    return render_template(
        "follow/show.html",
        declaration=declaration,
        sentence=records.statement_of(db(), declaration, Reveal.FULL),
        has_sensitive=any(number.sensitive for number in records.numbers_of(declaration)),
        covered=records.is_covered_in_print(declaration),
        history=history_of(declaration, for_staff=False),
        returned_reason=latest_reason(declaration, "returned") if declaration.status == "returned" else None,
        rejected_reason=latest_reason(declaration, "rejected") if declaration.status == "rejected" else None,
        ended_by=next((further for further in declaration.followers if further.published_on), None),
        pending=pending_further(declaration),
        amendable=_amendable(declaration),
        withdrawable=_withdrawable(declaration),
        earlier_granted=bool(declaration.follows and granted(declaration.follows.reference)),
    )


@follow.get("/<reference>/receipt")
def receipt(reference: str) -> ResponseReturnValue:
    """The sheet to print and keep: the only place where the secret is shown."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    code = service.secret_of(db(), declaration)
    link = public_url("follow.open_link", reference=declaration.reference, secret=code)
    return render_template(
        "follow/receipt.html",
        declaration=declaration,
        sentence=records.statement_of(db(), declaration, Reveal.FULL),
        covered=records.is_covered_in_print(declaration),
        code=code,
        link=link,
        picture=qr.picture_of(link),
    )


@follow.post("/<reference>/amend")
def amend(reference: str) -> ResponseReturnValue:
    """Put the answers back into this browser's draft, to amend what was returned or correct what is published."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    if not _amendable(declaration):
        flash(_("Nothing can be changed in it at present. This is how it stands."), "warning")
        return redirect(url_for("follow.show", reference=declaration.reference), 303)
    answers = draft_store.answers_from_entry(records.entry_of(db(), declaration))
    response = redirect(url_for("declare.proof"), 303)
    draft_store.set_cookie(response, drafts.begin_amending(db(), declaration, answers))
    return response


@follow.route("/<reference>/withdraw", methods=["GET", "POST"])
def withdraw(reference: str) -> ResponseReturnValue:
    """Ask once more, then withdraw; what is published by a further record that an editor has to accept."""
    declaration = granted(reference)
    if declaration is None:
        return ask_again(reference)
    price = proofs.withdrawal_of(db(), declaration)[1] if takes_further_record(declaration) else None
    form = WithdrawForm(price=price)
    if request.method == "POST" and form.validate():
        try:
            return _withdraw(declaration, form.reason.data or "")
        except TransitionRefused:
            db().rollback()
    if not _withdrawable(declaration):
        flash(_("It cannot be withdrawn at present. This is how it stands."), "warning")
        return redirect(url_for("follow.show", reference=declaration.reference), 303)
    page = render_template(
        "follow/withdraw.html",
        declaration=declaration,
        form=form,
        price=price,
        at_press=at_press_in(db(), declaration),
        sentence=records.statement_of(db(), declaration, Reveal.FULL),
    )
    return page, 422 if form.errors else 200


@follow.post("/<reference>/leave")
def leave(reference: str) -> ResponseReturnValue:
    """Close the declaration on this computer."""
    declaration = granted(reference)
    response = redirect(url_for("follow.enter"), 303)
    draft = draft_store.load()
    if draft and draft.declaration and draft.declaration is declaration:
        # Sending its draft once more would open it again.
        draft_store.clear_cookie(response)
    while declaration:
        grants.revoke(declaration.reference)
        declaration = declaration.follows
    flash(_("The declaration is closed on this computer. Opening it again needs the secret code."), "success")
    return response


def _open(declaration: Declaration) -> ResponseReturnValue:
    grants.grant(declaration.reference)
    return redirect(url_for("follow.show", reference=declaration.reference), 303)


def _amendable(declaration: Declaration) -> bool:
    # A withdrawal has no answers: it says only which record it ends.
    returned = declaration.status == "returned" and declaration.nature != "withdrawal"
    return returned or takes_further_record(declaration)


def _withdrawable(declaration: Declaration) -> bool:
    return declaration.status in PENDING or takes_further_record(declaration)


def _withdraw(declaration: Declaration, reason: str) -> ResponseReturnValue:
    if declaration.status in PENDING:
        at_press = at_press_in(db(), declaration)
        service.withdraw_unpublished(db(), declaration, actor=DECLARANT, day=today(), reason=reason)
        flash(_("It is withdrawn and will not be published."), "success")
        if at_press:
            flash(_("The page had gone to press already, so the paper may still print it."), "warning")
        return redirect(url_for("follow.show", reference=declaration.reference), 303)
    withdrawal = service.file_withdrawal(db(), declaration, actor=DECLARANT, day=today(), reason=reason)
    grants.grant(withdrawal.reference)
    flash(_("Your withdrawal was handed in. Keep its receipt as well."), "success")
    return redirect(url_for("follow.show", reference=withdrawal.reference), 303)
