"""One declaration on an editor's desk, and each decision about it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.db.tables import Declaration
from registry.declarations import service
from registry.declarations.states import PENDING
from registry.errors import TransitionRefused
from registry.web.rendering import as_day, today
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff
from registry.web.staff.forms import ApproveForm, ReasonForm, TakeBackForm


@staff.get("/declarations/<reference>")
def review(reference: str) -> ResponseReturnValue:
    """All there is to know of a declaration, and what may be done with it."""
    return desk.show(desk.find(reference))


@staff.post("/declarations/<reference>/approve")
def approve(reference: str) -> ResponseReturnValue:
    """Take it into an edition."""
    declaration = desk.find(reference)
    form = ApproveForm(prefix="approve-")
    day = form.day.data
    if not form.validate() or day is None:
        return desk.show(declaration, sent={"approve": form}), 422
    desk.remember_day(day)
    return desk.decide(
        declaration,
        "approve",
        form,
        lambda: service.approve(db(), declaration, day=day, today=today(), actor=desk.me(), version=form.read_version),
        _("%(reference)s goes into the edition of %(day)s.", reference=reference, day=as_day(day)),
    )


@staff.post("/declarations/<reference>/take-back")
def take_back(reference: str) -> ResponseReturnValue:
    """Take it out of its edition again."""
    declaration = desk.find(reference)
    form = TakeBackForm(prefix="take_back-")
    return desk.decide(
        declaration,
        "take_back",
        form,
        lambda: service.take_back(db(), declaration, actor=desk.me(), version=form.read_version),
        _("%(reference)s is out of its edition and waits for review again.", reference=reference),
    )


@staff.post("/declarations/<reference>/return")
def return_(reference: str) -> ResponseReturnValue:
    """Give it back to be amended."""
    declaration = desk.find(reference)
    form = ReasonForm(_("Write what has to be changed"), prefix="return-")
    if not form.validate():
        return desk.show(declaration, sent={"return": form}), 422
    return desk.decide(
        declaration,
        "return",
        form,
        lambda: service.return_to_declarant(
            db(), declaration, reason=form.reason.data or "", actor=desk.me(), version=form.read_version
        ),
        _("%(reference)s was returned to the declarant.", reference=reference),
    )


@staff.post("/declarations/<reference>/reject")
def reject(reference: str) -> ResponseReturnValue:
    """Refuse it for good."""
    declaration = desk.find(reference)
    form = ReasonForm(_("Write why it is not accepted"), prefix="reject-")
    if not form.validate():
        return desk.show(declaration, sent={"reject": form}), 422
    return desk.decide(
        declaration,
        "reject",
        form,
        lambda: service.reject(
            db(), declaration, reason=form.reason.data or "", actor=desk.me(), version=form.read_version
        ),
        _("%(reference)s was not accepted.", reference=reference),
    )


@staff.post("/declarations/<reference>/withdraw")
def withdraw(reference: str) -> ResponseReturnValue:
    """End it before it is out, or hand in a withdrawal of what is out."""
    declaration = desk.find(reference)
    form = ReasonForm(_("Write why it is withdrawn"), prefix="withdraw-")
    if not form.validate():
        return desk.show(declaration, sent={"withdraw": form}), 422
    if declaration.status not in PENDING:
        return _file_withdrawal(declaration, form)
    return desk.decide(
        declaration,
        "withdraw",
        form,
        lambda: service.withdraw_unpublished(
            db(),
            declaration,
            actor=desk.me(),
            day=today(),
            reason=form.reason.data or "",
            version=form.read_version,
        ),
        _("%(reference)s was withdrawn before publication.", reference=reference),
    )


def _file_withdrawal(declaration: Declaration, form: ReasonForm) -> ResponseReturnValue:
    try:
        withdrawal = service.file_withdrawal(
            db(), declaration, actor=desk.me(), day=today(), reason=form.reason.data or ""
        )
    except TransitionRefused:
        return desk.too_late(declaration, "withdraw", form), 409
    flash(
        _(
            "The withdrawal of %(earlier)s is filed as %(reference)s. It takes effect when it is published.",
            earlier=declaration.reference,
            reference=withdrawal.reference,
        ),
        "success",
    )
    return redirect(url_for("staff.review", reference=withdrawal.reference), 303)
