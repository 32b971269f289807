"""Closing an edition and opening it again, and the files that are kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.db.tables import Edition
from registry.declarations import edition_files
from registry.declarations import editions as store
from registry.declarations.editions import MadeColumn
from registry.errors import StaleChange, TransitionRefused
from registry.printing.press import PressBusy
from registry.web import press_room, prints
from registry.web.press_room import Pressing
from registry.web.rendering import as_day
from registry.web.sessions import db, reading_at_length
from registry.web.staff import desk, edition_page
from registry.web.staff.blueprint import staff
from registry.web.staff.forms import CloseForm, PublishForm, ReopenForm


def find_edition(day: date) -> Edition:
    """Return the edition of an address.

    Raises:
        NotFound: nothing was ever accepted for that day.
    """
    return store.require_edition(db(), day)


@staff.post("/editions/<day:day>/close")
def close(day: date) -> ResponseReturnValue:
    """Send an edition to press: nothing more goes in or out."""
    edition = find_edition(day)
    if store.number_in_use(db(), edition) is not None:
        flash(_("This edition is closed already."), "info")
        return redirect(url_for("staff.edition", day=day), 303)
    form = CloseForm(prefix="close-")
    if not form.validate():
        return edition_page.show(edition, close=form), 422
    me = desk.me()

    def act(made: MadeColumn | None) -> None:
        if made is None or len(made.versions) != form.seen:
            raise StaleChange
        store.close(db(), day=day, actor=me, made=made)

    refused = send_to_press(edition, form, lambda: _made_anew(day), act)
    if refused is not None:
        return refused
    number = store.closed_as(db(), edition)
    flash(_("The edition of %(day)s is closed as No. %(number)d.", day=as_day(day), number=number), "success")
    return redirect(url_for("staff.edition", day=day), 303)


@staff.post("/editions/<day:day>/reopen")
def reopen(day: date) -> ResponseReturnValue:
    """Open a closed edition again, because of a mistake."""
    edition = find_edition(day)
    form = ReopenForm(prefix="reopen-")
    if not form.validate():
        return edition_page.show(edition, reopen=form), 422
    try:
        store.reopen(db(), day=day, actor=desk.me(), reason=form.reason.data or "")
    except TransitionRefused:
        db().rollback()
        problem = _("It was not opened again: it is open already, or published.")
        return edition_page.show(edition, reopen=form, problem=problem), 409
    flash(_("The edition is open again. Its files are marked as replaced."), "success")
    return redirect(url_for("staff.edition", day=day), 303)


@staff.post("/editions/<day:day>/files")
def make_files(day: date) -> ResponseReturnValue:
    """Make what could not be made when the edition was closed."""
    edition = find_edition(day)
    me = desk.me()
    try:
        with reading_at_length() as session:
            pressing = press_room.make_missing(session, day)
        if not pressing.made.files:
            flash(edition_page.lacking(pressing.made.lacking), "warning")
            return redirect(url_for("staff.edition", day=day), 303)
        store.keep_later(db(), edition, actor=me, made=pressing.made)
    except PressBusy:
        return busy(edition)
    except (StaleChange, TransitionRefused):
        db().rollback()
        problem = _("Nothing was made: the edition was changed meanwhile.")
        return edition_page.show(edition, problem=problem), 409
    if not pressing.agrees:
        flash(_("What the PDF says differs from the records. Compare them before you use it."), "warning")
    return redirect(url_for("staff.edition", day=day), 303)


@staff.get("/editions/<day:day>/files/<int:file_id>")
def kept_file(day: date, file_id: int) -> ResponseReturnValue:
    """A file that was kept, in use or replaced."""
    file = edition_files.get_file(db(), find_edition(day), file_id)
    ending = {"pdf": "pdf", "text": "txt"}[file.format]
    return prints.kept_file(db(), file, f"{day.isoformat()}-{file.audience}-{file.sha256[:8]}.{ending}")


def send_to_press(
    edition: Edition,
    form: PublishForm,
    make: Callable[[], Pressing | None],
    act: Callable[[MadeColumn | None], None],
) -> ResponseReturnValue | None:
    """Make what has to be made and carry out what was decided with it; return the page where that is refused."""
    closing = isinstance(form, CloseForm)
    shown = {"close": form} if isinstance(form, CloseForm) else {"publish": form}
    try:
        pressing = make()
        if pressing is not None and not pressing.agrees and not form.despite.data:
            form.despite.errors = [_("Look at the differences, then tick the box or mend them first")]
            return edition_page.show(edition, **shown, findings=pressing.comparison), 422
        act(pressing.made if pressing else None)
    except PressBusy:
        return busy(edition)
    except (StaleChange, TransitionRefused):
        db().rollback()
        return edition_page.show(edition, problem=edition_page.why_not(edition, closing=closing)), 409
    return None


def busy(edition: Edition) -> ResponseReturnValue:
    """Return the page for whoever came while too many PDFs were being made."""
    db().rollback()
    problem = _("Other PDFs are being made, so nothing was done yet. Please try again in a moment.")
    return edition_page.show(edition, problem=problem), 429, {"Retry-After": str(prints.SECONDS_TO_WAIT)}


def _made_anew(day: date) -> Pressing:
    with reading_at_length() as session:
        return press_room.make_files(session, day)
