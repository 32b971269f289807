"""The page of one edition as the editors have it: its column, its files, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.db.engine import style_of
from registry.db.tables import Declaration, Edition, EditionEvent
from registry.declarations import column_order, edition_files
from registry.declarations import editions as store
from registry.declarations.edition_files import KeptFile
from registry.declarations.records import Reveal, statement_of
from registry.web import press_room
from registry.web.history import Line
from registry.web.rendering import today
from registry.web.sessions import db
from registry.web.staff.forms import CloseForm, OrderForm, PublishForm, ReopenForm
from registry.wording.comparing import Comparison

EVENTS = {
    "closed": _l("closed the edition"),
    "reopened": _l("opened the edition again"),
    "published": _l("published the edition"),
    "filed": _l("had the missing files made"),
}
# Why a PDF could not be made, by the name of the refusal.
LACKING = {
    press_room.UNCOVERED: _l("There is no PDF: the fonts of this server lack characters of the column."),
    "FontMissing": _l("There is no PDF: this server had no Chinese font."),
    "PressMissing": _l("There is no PDF: this server lacked the libraries that make one."),
    "PressFailed": _l("There is no PDF: it took more time or memory than it may."),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept files of an edition: those in use, those that were replaced, and why there is no PDF."""

    in_use: list[KeptFile]
    replaced: list[KeptFile]
    lacking: str | None


def show(
    edition: Edition,
    *,
    publish: PublishForm | None = None,
    close: CloseForm | None = None,
    reopen: ReopenForm | None = None,
    order: OrderForm | None = None,
    findings: Comparison | None = None,
    problem: str | None = None,
) -> str:
    """Return the page. A form that came in wrong or too late is given; `findings` are what differs in what was made."""
    column = store.list_column(db(), edition)
    seen = {"count": len(column)}
    withdrawn = store.list_withdrawn(db(), edition)
    events = store.list_events(db(), edition)
    is_open = store.number_in_use(db(), edition) is None
    return render_template(
        "staff/edition.html",
        edition=edition,
        closed_as=store.closed_as(db(), edition),
        next_number=store.next_number(db(), edition),
        column=[_with_sentence(declaration) for declaration in column],
        withdrawn=[_with_sentence(declaration) for declaration in withdrawn],
        sum=store.sum_of(column),
        style=style_of(db()),
        further=sum(declaration.nature != "loss" for declaration in column),
        due=edition.day <= today(),
        earlier=store.list_open_before(db(), edition),
        files=_kept(edition, events),
        events=[_line(event) for event in events],
        publish_form=publish or PublishForm(formdata=None, data=seen),
        close_form=close or CloseForm(prefix="close-", formdata=None, data=seen),
        reopen_form=reopen or ReopenForm(prefix="reopen-", formdata=None),
        form=publish or close or reopen,
        movable=is_open and len(column) > 1,
        order=order or OrderForm(len(column)),
        seen=column_order.mark_of(column),
        arranged=column_order.is_arranged(column),
        findings=findings,
        problem=problem,
    )


def why_not(edition: Edition, *, closing: bool) -> str:
    """Return why an edition was not closed or published, as things stand by now."""
    if not store.list_column(db(), edition, statuses=("approved",)):
        return (
            _("It was not closed: nothing is accepted for it.")
            if closing
            else _("It was not published: nothing is accepted for it.")
        )
    if closing:
        return _(
            "It was not closed: what stands in it was changed after you opened this page. Read the column once more."
        )
    if edition.day > today():
        return _("It was not published: its day has not come.")
    return _(
        "It was not published: what stands in it was changed after you opened this page. Read the column once more."
    )


def moved_meanwhile() -> str:
    """Return why nothing was moved in a column that is no longer as it was seen."""
    return _("Nothing was moved: the column was changed after you opened this page. Look at it once more.")


def lacking(reason: str | None) -> str:
    """Return in words why there is no PDF; `reason` is the name of the refusal."""
    return str(LACKING.get(reason or "", _("There is no PDF yet.")))


def _with_sentence(declaration: Declaration) -> tuple[Declaration, str]:
    return declaration, statement_of(db(), declaration, Reveal.AS_CHOSEN)


def _kept(edition: Edition, events: list[EditionEvent]) -> Kept:
    files = edition_files.list_files(db(), edition)
    in_use = [file for file in files if file.replaced_at is None]
    why = None
    if in_use and not any(file.format == "pdf" for file in in_use):
        reason = next((event.reason for event in events if event.action in ("closed", "published", "filed")), None)
        why = lacking(reason)
    return Kept(in_use, [file for file in files if file.replaced_at is not None], why)


def _line(event: EditionEvent) -> Line:
    who = event.staff_member.name if event.staff_member else _("The registry")
    reason = str(LACKING[event.reason]) if event.reason in LACKING else event.reason
    return Line(event.at, who, str(EVENTS[event.action]), reason=reason)
