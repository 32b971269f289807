"""Correcting the wording of a declaration that is not yet out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry import wording as sentences
from registry.db.engine import style_of
from registry.db.tables import Declaration
from registry.declarations import records, service
from registry.declarations.records import Reveal
from registry.errors import StaleChange, TransitionRefused, WordingRefused
from registry.text import squeeze
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff
from registry.web.staff.forms import WordingForm


@staff.route("/declarations/<reference>/wording", methods=["GET", "POST"])
def wording(reference: str) -> ResponseReturnValue:
    """Show the sentence for correction; check it, show it in print, or keep it."""
    if request.method == "POST":
        return _sent(desk.find(reference))
    declaration = desk.find(reference)
    if not desk.powers_over(declaration).reword:
        flash(_("The wording can only be corrected before publication."), "warning")
        return redirect(url_for("staff.review", reference=reference), 303)
    sentence = records.statement_of(db(), declaration, Reveal.FULL)
    form = WordingForm(formdata=None, data={"version": declaration.version, "sentence": sentence})
    return _page(declaration, form)


def _sent(declaration: Declaration) -> ResponseReturnValue:
    form = WordingForm()
    statement = _checked(declaration, form)
    if statement is None:
        return _page(declaration, form), 422
    if "preview" in request.form:
        return _page(declaration, form, statement=statement)
    before = declaration.version
    try:
        service.correct_wording(
            db(), declaration, text=form.sentence.data or "", actor=desk.me(), version=form.read_version
        )
    except (StaleChange, TransitionRefused):
        db().rollback()
        form.version.data = str(declaration.version)
        problem = _(
            "This declaration was changed after you opened it. Compare your sentence with how it stands now, then save "
            "again."
        )
        return _page(declaration, form, statement=statement, problem=problem), 409
    changed = declaration.version != before
    flash(_("The wording was corrected.") if changed else _("The wording is as it was."), "success")
    return redirect(url_for("staff.review", reference=declaration.reference), 303)


def _checked(declaration: Declaration, form: WordingForm) -> str | None:
    """Return the statement that the typed sentence would become, or None with the form's errors set."""
    form.sentence.data = squeeze(form.sentence.data or "")
    if not form.validate():
        return None
    try:
        return service.reworded(db(), declaration, form.sentence.data)
    except WordingRefused as refused:
        errors = [
            _("Put back “%(part)s”: the record has it, so the sentence must", part=part) for part in refused.missing
        ]
        form.sentence.errors = errors or [
            _("Take out the ID number or the character that the record does not have: this sentence cannot be printed")
        ]
        return None


def _page(
    declaration: Declaration, form: WordingForm, *, statement: str | None = None, problem: str | None = None
) -> str:
    numbers = records.numbers_of(declaration)
    printed = [records.shown_number(db(), number, Reveal.AS_CHOSEN) for number in numbers]
    full = [records.shown_number(db(), number, Reveal.FULL) for number in numbers]
    return render_template(
        "staff/wording.html",
        declaration=declaration,
        form=form,
        present=sentences.fill(declaration.statement, printed),
        preview=sentences.fill(statement, printed) if statement is not None else None,
        parts=sentences.as_said(records.notice_record(declaration), declaration.statement),
        numbers=full,
        bullet=style_of(db()).bullet,
        problem=problem,
    )
