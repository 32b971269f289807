"""The history of a declaration in plain words, for its declarant and for the staff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.db.tables import Declaration, DocumentNumber, HistoryEntry
from registry.declarations.rearranging import MOVED
from registry.declarations.records import numbers_of
from registry.web.rendering import as_day
from registry.wording.statement import PLACEHOLDER

ACTIONS = {
    "submitted": _l("handed it in"),
    "resubmitted": _l("amended it and handed it in again"),
    "taken_back": _l("took it out of its edition again"),
    "returned": _l("returned it for changes"),
    "rejected": _l("did not accept it"),
    "wording_corrected": _l("corrected the wording"),
    "withdrawn": _l("withdrew it"),
    "corrected": _l("marked it as corrected"),
    "contested": _l("marked it as contested"),
}
# How an edition is made up is no concern of those who stand in it.
OF_THE_STAFF = frozenset({MOVED})
# Their reason is no sentence of anybody's but a day, a number or a reference that belongs into the line.
DETAILED = frozenset({"approved", "published", "corrected", "withdrawn"})
REFERENCE = re.compile(r"S\d\d-\d{4}-\d{3}[\dX]")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened.

    Attributes:
        who, what: the sentence, in two parts.
        reason: what whoever did it gave as a reason.
        before, after: the sentence around a change of wording, numbers masked.
        further: the reference of the record that caused it.
    """

    at: datetime
    who: str
    what: str
    reason: str | None = None
    before: str | None = None
    after: str | None = None
    further: str | None = None


def history_of(declaration: Declaration, *, for_staff: bool) -> list[Line]:
    """Return what happened to a declaration, the latest first.

    Its declarant is "you" and reads of "an editor" only; staff read who it was.
    """
    entries = declaration.history
    last_amended = max((place for place, one in enumerate(entries) if one.action == "resubmitted"), default=-1)
    lines = [
        _line(declaration, entry, for_staff=for_staff, same_numbers=place > last_amended)
        for place, entry in enumerate(entries)
        # It is begun in the same moment in which it is first handed in.
        if entry.action != "begun" and (for_staff or entry.action not in OF_THE_STAFF)
    ]
    return lines[::-1]


def latest_reason(declaration: Declaration, action: str) -> str | None:
    """Return the reason that was given when `action` was last done."""
    return next((entry.reason for entry in reversed(declaration.history) if entry.action == action), None)


def _line(declaration: Declaration, entry: HistoryEntry, *, for_staff: bool, same_numbers: bool) -> Line:
    who, what, reason = _who(entry, for_staff=for_staff), _what(entry), entry.reason
    if entry.action == "wording_corrected" and reason:
        before, _separator, after = reason.partition("\n")
        numbers = [_shown(number) for number in numbers_of(declaration)] if same_numbers else []
        return Line(entry.at, who, what, before=_filled(before, numbers), after=_filled(after, numbers))
    if entry.action in DETAILED and reason and REFERENCE.fullmatch(reason):
        return Line(entry.at, who, what, further=reason)
    if entry.action in ("approved", "published", MOVED):
        reason = None
    return Line(entry.at, who, what, reason=reason)


def _shown(number: DocumentNumber) -> str:
    return number.masked if number.sensitive else number.printed or ""


def _who(entry: HistoryEntry, *, for_staff: bool) -> str:
    if entry.actor == "declarant":
        return str(_("The declarant") if for_staff else _("You"))
    if entry.actor == "editor":
        return entry.staff_member.name if for_staff and entry.staff_member else str(_("An editor"))
    return str(_("The registry"))


def _what(entry: HistoryEntry) -> str:
    reason = entry.reason or ""
    if entry.action == "approved":
        return str(_("accepted it for the edition of %(day)s", day=as_day(date.fromisoformat(reason))))
    if entry.action == "published":
        return str(_("published it in edition No. %(number)s", number=reason))
    if entry.action == MOVED:
        before, _blank, after = reason.partition(" ")
        return str(_("moved it from place %(before)s to place %(after)s of its column", before=before, after=after))
    if entry.action == "withdrawn" and entry.actor == "system":
        return str(_("marked it as withdrawn"))
    return str(ACTIONS.get(entry.action, entry.action))


def _filled(statement: str, numbers: list[str]) -> str:
    """Fill in masked numbers; dots where an amendment has since replaced the numbers that stood there."""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        return numbers[place] if place < len(numbers) else "……"

    return PLACEHOLDER.sub(number, statement)
