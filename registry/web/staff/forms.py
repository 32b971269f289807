"""The editors' forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, Field, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older release
from wtforms.validators import Optional, ValidationError

from registry.db.tables import NAME_LENGTH, SENTENCE_LENGTH
from registry.declarations import editions
from registry.declarations.references import BadReference, looks_like_reference, parse_reference
from registry.text import find_forbidden
from registry.web.forms import Needed, PlainField, Printable, RegistryForm
from registry.web.rendering import as_day, today
from registry.web.sessions import db

REASON_LENGTH = 1000
NOTE_LENGTH = 300
# A slip in the year would put a declaration into an edition that nobody opens for decades.
DAYS_AHEAD = 60


class Readable:
    """A text of several lines that the declarant will read."""

    def __call__(self, form: Any, field: Field) -> None:
        text = field.data or ""
        if len(text) > REASON_LENGTH:
            raise ValidationError(_("Shorten this to at most %(most)d characters", most=REASON_LENGTH))
        forbidden = find_forbidden(text, multiline=True)
        if forbidden:
            raise ValidationError(
                _("Take out the character that cannot be printed (%(code)s)", code=f"U+{ord(forbidden):04X}")
            )


class DecisionForm(RegistryForm):
    """An editor's step, on the version of the declaration that they read."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version that was read; one that no declaration has, where the hidden field was tampered with."""
        return _natural(self.version.data)


class EditionDayField(DateField):
    """A day whose error is an instruction."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter the day of the edition as year-month-day, such as 2026-11-20")) from None


class ApproveForm(DecisionForm):
    day = EditionDayField(_l("Edition of"), validators=[Needed(_l("Enter the day of the edition"))])

    def validate_day(self, field: Field) -> None:
        if not field.data:
            return
        first, last = today(), today() + timedelta(days=DAYS_AHEAD)
        if field.data < first:
            raise ValidationError(_("Choose today or a later day: that day is past"))
        if field.data > last:
            raise ValidationError(_("Choose a day up to %(day)s", day=as_day(last)))
        edition = editions.get_edition(db(), field.data)
        if edition and edition.published_at:
            raise ValidationError(
                _(
                    "Choose a later day: the edition of %(day)s is out. The next one is that of %(next)s",
                    day=as_day(field.data),
                    next=as_day(editions.next_edition_day(db(), first)),
                )
            )


class ReasonForm(DecisionForm):
    reason = TextAreaField(_l("Reason"), filters=[lambda text: text and text.strip()])

    def __init__(self, needed: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.validators = [Needed(needed), Readable()]


class TakeBackForm(DecisionForm):
    """Nothing but the version."""


class WordingForm(DecisionForm):
    sentence = TextAreaField(_l("Sentence"), validators=[Needed(_l("Enter the sentence")), Printable(SENTENCE_LENGTH)])


class PublishForm(RegistryForm):
    """`count` is the number of declarations that the editor saw; more or fewer by now is not what they agreed to."""

    count = HiddenField()
    confirmed = BooleanField(
        _l("I have read the column"), validators=[Needed(_l("Tick the box to say that you have read the column"))]
    )

    @property
    def seen(self) -> int:
        return _natural(self.count.data)


class OrderForm(RegistryForm):
    """A declaration that goes to another place of its column; `seen` is the order that the editor saw.

    Both are counted from 1. A button says them in one: `step` is "3 2" for the third one a place up.
    """

    seen = HiddenField()
    number = PlainField(_l("Move No."), [Needed(_l("Enter which declaration is to be moved, by its number"))])
    place = PlainField(_l("to place"), [Needed(_l("Enter the place to which it is to go"))])

    def __init__(self, most: int, formdata: Any = None) -> None:
        if formdata and "step" in formdata:
            number, _blank, place = formdata["step"].partition(" ")
            formdata = MultiDict({**formdata.to_dict(), "number": number, "place": place})
        super().__init__(formdata=formdata)
        self.most = most

    def validate_number(self, field: Field) -> None:
        self._require_place(field)

    def validate_place(self, field: Field) -> None:
        self._require_place(field)

    def _require_place(self, field: Field) -> None:
        if not 1 <= _natural(field.data) <= self.most:
            raise ValidationError(_("Enter a number from 1 to %(most)d", most=self.most))

    @property
    def asked(self) -> tuple[int, int]:
        """Which one goes where, once the form is valid."""
        return _natural(self.number.data), _natural(self.place.data)


class KeyForm(RegistryForm):
    """A key for a program of somebody whom the staff know."""

    name = PlainField(_l("Who uses it"), [Needed(_l("Enter who uses the key")), Printable(NAME_LENGTH)])
    note = PlainField(_l("Note"), [Optional(), Printable(NOTE_LENGTH)])
    limits = RadioField(
        _l("Limits"),
        choices=[
            SelectChoice("10", _l("10 times as much")),
            SelectChoice("100", _l("100 times as much")),
            SelectChoice("none", _l("No limits")),
        ],
        default="10",
    )

    @property
    def times(self) -> int | None:
        """By what the limits are multiplied; None lifts them."""
        return None if self.limits.data == "none" else int(self.limits.data)


class FindForm(RegistryForm):
    """Finds a declaration by its reference, or declarations by a document number."""

    class Meta:
        csrf = False

    find = PlainField(_l("Reference or document number"))

    @property
    def reference(self) -> str | None:
        """The reference that was typed, once the form is valid; None where it is another number."""
        try:
            return parse_reference(self.find.data or "")
        except BadReference:
            return None

    def validate_find(self, field: Field) -> None:
        if looks_like_reference(field.data or "") and self.reference is None:
            raise ValidationError(
                _("Compare the reference once more: its last character does not fit the others, so one is mistyped")
            )


def _natural(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
