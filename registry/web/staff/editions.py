"""Editions: what is planned, what is out, and putting one out."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.db.engine import style_of
from registry.db.tables import Edition
from registry.declarations import column_order, rearranging
from registry.declarations import editions as store
from registry.declarations.records import Reveal, statement_of
from registry.errors import NotFound, StaleChange, TransitionRefused
from registry.web.rendering import today
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff
from registry.web.staff.forms import OrderForm, PublishForm

PUBLISHED_ON_A_PAGE = 30
MOST_PLANNED = 100


@staff.get("/editions")
def editions() -> ResponseReturnValue:
    """The editions that are being filled, and those that are out."""
    before = _day_of(request.args.get("before", ""))
    published = store.list_editions(db(), published=True, before=before, most=PUBLISHED_ON_A_PAGE + 1)
    return render_template(
        "staff/editions.html",
        planned=store.list_editions(db(), published=False, most=MOST_PLANNED) if before is None else [],
        published=published[:PUBLISHED_ON_A_PAGE],
        older=published[PUBLISHED_ON_A_PAGE - 1].edition.day if len(published) > PUBLISHED_ON_A_PAGE else None,
        before=before,
    )


@staff.get("/editions/<day:day>")
def edition(day: date) -> ResponseReturnValue:
    """The column of one edition, in its order."""
    return _page(_edition(day))


@staff.post("/editions/<day:day>/publish")
def publish(day: date) -> ResponseReturnValue:
    """Put an edition out, for good."""
    shown = _edition(day)
    if shown.published_at:
        # The second click of one button, or of two editors.
        flash(_("This edition is out already, as No. %(number)d.", number=shown.number), "info")
        return redirect(url_for("staff.edition", day=day), 303)
    form = PublishForm()
    if not form.validate():
        return _page(shown, form), 422
    try:
        store.publish(db(), day=day, today=today(), actor=desk.me(), seen=form.seen)
    except (StaleChange, TransitionRefused):
        db().rollback()
        return _page(shown, late=True), 409
    flash(
        ngettext(
            "Edition No. %(number)d is out with %(num)d declaration.",
            "Edition No. %(number)d is out with %(num)d declarations.",
            form.seen,
            number=shown.number,
        ),
        "success",
    )
    return redirect(url_for("staff.edition", day=day), 303)


@staff.post("/editions/<day:day>/order")
def move(day: date) -> ResponseReturnValue:
    """Move a declaration to another place in the column of an open edition."""
    shown = _edition(day)
    form = OrderForm(len(store.list_column(db(), shown)), request.form)
    if not form.validate():
        return _page(shown, order=form), 422
    number, place = form.asked
    try:
        moved = rearranging.move(db(), day=day, number=number, place=place, seen=form.seen.data or "", actor=desk.me())
    except (StaleChange, TransitionRefused):
        db().rollback()
        return _page(shown, moved_meanwhile=True), 409
    flash(_("%(reference)s now stands at place %(place)d.", reference=moved.reference, place=place), "success")
    return redirect(url_for("staff.edition", day=day, _anchor=moved.reference), 303)


@staff.post("/editions/<day:day>/natural-order")
def reset_order(day: date) -> ResponseReturnValue:
    """Put the column of an open edition back into its natural order."""
    shown = _edition(day)
    try:
        rearranging.reset(db(), day=day, seen=request.form.get("seen", ""), actor=desk.me())
    except (StaleChange, TransitionRefused):
        db().rollback()
        return _page(shown, moved_meanwhile=True), 409
    flash(_("The column is in its natural order again."), "success")
    return redirect(url_for("staff.edition", day=day), 303)


def _page(
    edition: Edition,
    form: PublishForm | None = None,
    *,
    late: bool = False,
    order: OrderForm | None = None,
    moved_meanwhile: bool = False,
) -> str:
    column = store.list_column(db(), edition)
    if form is None:
        form = PublishForm(formdata=None, data={"count": len(column)})
    return render_template(
        "staff/edition.html",
        edition=edition,
        column=[(declaration, statement_of(db(), declaration, Reveal.AS_CHOSEN)) for declaration in column],
        sum=store.sum_of(column),
        style=style_of(db()),
        further=sum(declaration.nature != "loss" for declaration in column),
        due=edition.day <= today(),
        form=form,
        late=late,
        movable=edition.published_at is None and len(column) > 1,
        order=order or OrderForm(len(column)),
        seen=column_order.mark_of(column),
        arranged=column_order.is_arranged(column),
        moved_meanwhile=moved_meanwhile,
    )


def _edition(day: date) -> Edition:
    found = store.get_edition(db(), day)
    if found is None:
        raise NotFound(f"no edition of {day}")
    return found


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
