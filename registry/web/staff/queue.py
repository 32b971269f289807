"""What waits, what is where, and finding one declaration among all."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry import kinds
from registry.db.engine import vault_of
from registry.db.tables import STATUSES, Declaration
from registry.declarations import queries, reviewing
from registry.search.check import lookup_keys
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff
from registry.web.staff.forms import FindForm

# What the queue itself shows, and what is never stored, are no lists of their own.
LISTED = tuple(status for status in STATUSES if status not in ("draft", "submitted"))
MOST_PAGES = 10_000


@staff.get("")
def queue() -> ResponseReturnValue:
    """What waits for review, what deserves a second look first."""
    return render_template(
        "staff/queue.html",
        queue=reviewing.get_queue(db(), page=_page()),
        counts=reviewing.count_statuses(db()),
        statuses=LISTED,
        finder=FindForm(formdata=None),
    )


@staff.get("/next")
def next_() -> ResponseReturnValue:
    """Go to the declaration that waits behind `after`, or to the first one."""
    after = request.args.get("after")
    reference = reviewing.next_waiting(db(), desk.find(after) if after else None)
    if reference is None:
        flash(_("Nothing else waits for review."), "info")
        return redirect(url_for("staff.queue"), 303)
    return redirect(url_for("staff.review", reference=reference), 303)


@staff.get("/records")
def records() -> ResponseReturnValue:
    """Declarations of one status, or what was found."""
    if "find" in request.args:
        return _found()
    status = request.args.get("status", "approved")
    if status not in LISTED:
        abort(404)
    return _records_page(status=status, listed=reviewing.list_records(db(), status, page=_page()))


def _found() -> ResponseReturnValue:
    finder = FindForm(request.args)
    if not (finder.find.data or "").strip():
        return redirect(url_for("staff.queue"), 303)
    if not finder.validate():
        return _records_page(finder=finder), 422
    declaration = queries.find_declaration(db(), finder.reference) if finder.reference else None
    if declaration:
        return redirect(url_for("staff.review", reference=declaration.reference), 303)
    forms = kinds.lookup_forms(finder.find.data or "")
    numbers = queries.find_by_keys(db(), lookup_keys(vault_of(db()), forms))
    found = list({number.document.declaration_id: number.document.declaration for number in numbers}.values())
    return _records_page(finder=finder, found=found)


def _records_page(
    *,
    status: str | None = None,
    listed: reviewing.RecordsPage | None = None,
    finder: FindForm | None = None,
    found: list[Declaration] | None = None,
) -> str:
    return render_template(
        "staff/records.html",
        status=status,
        listed=listed,
        found=found,
        form=finder,
        finder=finder or FindForm(formdata=None),
        counts=reviewing.count_statuses(db()),
        statuses=LISTED,
    )


def _page() -> int:
    return min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
