"""Editions: what is planned, what is out, and putting one out."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.declarations import editions as store
from registry.declarations import rearranging
from registry.declarations.editions import MadeColumn
from registry.errors import StaleChange, TransitionRefused
from registry.web import press_room
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext
from registry.web.press_room import Pressing
from registry.web.rendering import today
from registry.web.sessions import db, reading_at_length
from registry.web.staff import desk, edition_page
from registry.web.staff.blueprint import staff
from registry.web.staff.closing import find_edition, send_to_press
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
    return edition_page.show(find_edition(day))


@staff.post("/editions/<day:day>/publish")
def publish(day: date) -> ResponseReturnValue:
    """Put an edition out, for good."""
    shown = find_edition(day)
    if shown.published_at:
        # The second click of one button, or of two editors.
        flash(_("This edition is out already, as No. %(number)d.", number=shown.number), "info")
        return redirect(url_for("staff.edition", day=day), 303)
    form = PublishForm()
    if not form.validate():
        return edition_page.show(shown, publish=form), 422
    me = desk.me()

    def act(made: MadeColumn | None) -> None:
        store.publish(db(), day=day, today=today(), actor=me, seen=form.seen, made=made)

    refused = send_to_press(shown, form, lambda: _made_for_publication(day), act)
    if refused is not None:
        return refused
    flash(
        ngettext(
            "Edition No. %(number)d is out with %(num)s declaration.",
            "Edition No. %(number)d is out with %(num)s declarations.",
            form.seen,
            number=shown.number,
        ),
        "success",
    )
    return redirect(url_for("staff.edition", day=day), 303)


@staff.post("/editions/<day:day>/order")
def move(day: date) -> ResponseReturnValue:
    """Move a declaration to another place in the column of an open edition."""
    shown = find_edition(day)
    form = OrderForm(len(store.list_column(db(), shown)), request.form)
    if not form.validate():
        return edition_page.show(shown, order=form), 422
    number, place = form.asked
    try:
        moved = rearranging.move(db(), day=day, number=number, place=place, seen=form.seen.data or "", actor=desk.me())
    except (StaleChange, TransitionRefused):
        db().rollback()
        return edition_page.show(shown, problem=edition_page.moved_meanwhile()), 409
    flash(_("%(reference)s now stands at place %(place)d.", reference=moved.reference, place=place), "success")
    return redirect(url_for("staff.edition", day=day, _anchor=moved.reference), 303)


@staff.post("/editions/<day:day>/natural-order")
def reset_order(day: date) -> ResponseReturnValue:
    """Put the column of an open edition back into its natural order."""
    shown = find_edition(day)
    try:
        rearranging.reset(db(), day=day, seen=request.form.get("seen", ""), actor=desk.me())
    except (StaleChange, TransitionRefused):
        db().rollback()
        return edition_page.show(shown, problem=edition_page.moved_meanwhile()), 409
    flash(_("The column is in its natural order again."), "success")
    return redirect(url_for("staff.edition", day=day), 303)


def _made_for_publication(day: date) -> Pressing | None:
    """Return what is still to be kept when an edition is published; None where all of it is."""
    with reading_at_length() as session:
        edition = store.get_edition(session, day)
        if edition is None or day > today():
            return None
        if store.closed_as(session, edition) is None:
            return press_room.make_files(session, day)
        if store.list_withdrawn(session, edition):
            # The paper has printed it. Of the register's own pages everybody may have those without it.
            return press_room.make_files(session, day, audiences=("public",))
        return None


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
