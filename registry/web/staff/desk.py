"""What lies on an editor's desk: all that the page of one declaration shows, and what may be done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from registry import kinds
from registry.db.tables import Declaration, Document, DocumentNumber
from registry.declarations import editions, queries, records, reviewing
from registry.declarations.records import Reveal
from registry.declarations.references import BadReference, parse_reference
from registry.declarations.states import PENDING, Actor, editor, may_become, pending_further, takes_further_record
from registry.errors import NotFound, StaleChange, TransitionRefused
from registry.kinds import DocumentKind, Examination
from registry.web.history import history_of, latest_reason
from registry.web.rendering import today
from registry.web.sessions import db
from registry.web.staff.forms import ApproveForm, DecisionForm, ReasonForm, TakeBackForm

DAY_KEY = "edition_day"


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """A number as the editor reads it: in full, with what its rule says today."""

    number: DocumentNumber
    full: str
    examination: Examination | None


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    document: Document
    kind: DocumentKind | None
    numbers: tuple[NumberSeen, ...]


@dataclass(frozen=True, slots=True)
class Powers:
    """What the status allows an editor to do now; `at_press` is the number of its edition, if that is closed."""

    approve: bool
    take_back: bool
    return_: bool
    reject: bool
    reword: bool
    withdraw: bool
    at_press: int | None


def find(reference: str) -> Declaration:
    """Return the declaration of an address.

    Raises:
        NotFound: there is none, or this is no reference.
    """
    try:
        return queries.get_declaration(db(), parse_reference(reference))
    except BadReference as error:
        raise NotFound(reference) from error


def me() -> Actor:
    """The editor who is signed in, as the history names them."""
    return editor(current_user.id)


def powers_over(declaration: Declaration) -> Powers:
    at_press = editions.at_press_in(db(), declaration)
    return Powers(
        approve=may_become(declaration, "approved"),
        take_back=declaration.status == "approved" and at_press is None,
        return_=may_become(declaration, "returned") and declaration.nature != "withdrawal",
        reject=may_become(declaration, "rejected"),
        reword=declaration.status in ("submitted", "approved") and at_press is None,
        withdraw=declaration.status in ("submitted", "returned", "approved") or takes_further_record(declaration),
        at_press=at_press,
    )


def remember_day(day: date) -> None:
    """Propose this edition for what is approved next: who prepares Friday's paper does so forty times in a row."""
    session[DAY_KEY] = day.isoformat()


def proposed_day(next_day: date) -> date:
    """Return the edition that was last approved for, as long as it is open; else the next one."""
    try:
        day = date.fromisoformat(session.get(DAY_KEY, ""))
    except ValueError:
        return next_day
    edition = editions.get_edition(db(), day)
    return day if day > next_day and edition and editions.number_in_use(db(), edition) is None else next_day


def decision_forms(declaration: Declaration, next_day: date) -> dict[str, DecisionForm]:
    """Return the forms of a declaration's page, unsent, by the name that their fields begin with."""
    version = {"version": declaration.version}
    return {
        "approve": ApproveForm(prefix="approve-", formdata=None, data={**version, "day": proposed_day(next_day)}),
        "take_back": TakeBackForm(prefix="take_back-", formdata=None, data=version),
        "return": ReasonForm(_("Write what has to be changed"), prefix="return-", formdata=None, data=version),
        "reject": ReasonForm(_("Write why it is not accepted"), prefix="reject-", formdata=None, data=version),
        "withdraw": ReasonForm(_("Write why it is withdrawn"), prefix="withdraw-", formdata=None, data=version),
    }


def show(
    declaration: Declaration, *, sent: Mapping[str, DecisionForm] | None = None, problem: str | None = None
) -> str:
    """Return the page of one declaration. `sent` is the form that came in wrong or too late, by its name."""
    next_day = editions.next_edition_day(db(), today())
    forms = {**decision_forms(declaration, next_day), **(sent or {})}
    for form in forms.values():
        # What is decided next is decided on what this page shows.
        form.version.data = str(declaration.version)
    earlier = declaration.follows
    return render_template(
        "staff/review.html",
        declaration=declaration,
        sentence=records.statement_of(db(), declaration, Reveal.AS_CHOSEN),
        documents=[_document_seen(document) for document in declaration.documents],
        cautions=reviewing.cautions_of(db(), declaration) if declaration.status in PENDING else (),
        duplicates=queries.find_duplicates(db(), declaration),
        contact=records.contact_of(db(), declaration),
        earlier_sentence=records.statement_of(db(), earlier, Reveal.AS_CHOSEN) if earlier else None,
        filed_reason=latest_reason(declaration, "submitted"),
        history=history_of(declaration, for_staff=True),
        pending=pending_further(declaration),
        powers=powers_over(declaration),
        next_day=next_day,
        remembered=not sent and proposed_day(next_day) != next_day,
        forms_by_name=forms,
        form=next(iter(sent.values())) if sent else None,
        sent=next(iter(sent)) if sent else None,
        problem=problem,
    )


def decide(
    declaration: Declaration, name: str, form: DecisionForm, act: Callable[[], Any], done: str
) -> ResponseReturnValue:
    """Carry out a decision whose form is valid, and go on to what waits next.

    What another editor has changed meanwhile is shown on the page instead, and nothing that was typed is lost.
    """
    waited = declaration.status == "submitted"
    try:
        act()
    except (StaleChange, TransitionRefused):
        return too_late(declaration, name, form), 409
    flash(done, "success")
    if waited and declaration.status != "submitted":
        return redirect(url_for("staff.next_", after=declaration.reference), 303)
    return redirect(url_for("staff.review", reference=declaration.reference), 303)


def too_late(declaration: Declaration, name: str, form: DecisionForm) -> str:
    """Return the page as things stand by now, with what was typed, for a decision that came too late."""
    # Undoes what the decision had begun, and lets everything be read anew.
    db().rollback()
    problem = _("This declaration was changed after you opened it. Here is how it stands now: please decide anew.")
    return show(declaration, sent={name: form}, problem=problem)


def _document_seen(document: Document) -> DocumentSeen:
    try:
        kind = kinds.get(document.kind)
    except kinds.UnknownKind:
        kind = None
    numbers = tuple(
        NumberSeen(
            number,
            records.shown_number(db(), number, Reveal.FULL),
            reviewing.examination_of(db(), document, number),
        )
        for number in document.numbers
    )
    return DocumentSeen(document, kind, numbers)
