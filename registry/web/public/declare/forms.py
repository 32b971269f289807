"""The forms of the first, the third and the last page; the second page's are made for each kind in `document_form`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from registry import kinds
from registry.db.tables import NAME_LENGTH
from registry.declarations.entries import MOST_DOCUMENTS
from registry.web.forms import Needed, NoHiddenNumber, PlainField, Printable, RegistryForm
from registry.web.i18n import gettext as _
from registry.web.public.declare import choice, steps
from registry.web.public.declare.answers import DeclarantAnswer, DraftAnswers
from registry.web.public.declare.fields import DayField, EmailAddress, LossDay, OneOf, Telephone, option


class Ticks(SelectMultipleField):
    """The boxes of the first page; a value that is none of them is passed over: an old page may still send it."""

    def pre_validate(self, form: Any) -> None:
        self.data = [value for value in self.data or [] if value in choice.all_picks()]


class ChoiceForm(RegistryForm):
    """What was lost, and how many of each: `pick` names the boxes, `count:<box>` how many."""

    pick = Ticks(_l("What was lost"), choices=[])

    def __init__(self, *, chosen: Mapping[str, int]) -> None:
        super().__init__()
        self._chosen = dict(chosen)
        if not self.is_submitted():
            self.pick.data = list(chosen)

    def ticked(self) -> dict[str, int]:
        """How many of each box are ticked on the page to be shown."""
        return self.wanted() if self.is_submitted() else self._chosen

    def wanted(self) -> dict[str, int]:
        ticked = [value for value in self.pick.data or [] if value in choice.all_picks()]
        return {value: _count(request.form.get(f"count:{value}", "")) for value in ticked}

    def validate_pick(self, _field: Any) -> None:
        wanted = self.wanted()
        if not wanted:
            raise ValidationError(_l("Tick what was lost"))
        if sum(wanted.values()) > MOST_DOCUMENTS:
            raise ValidationError(
                _l("One declaration takes at most %(most)d documents. Tick fewer, and declare the others after it.",
                   most=MOST_DOCUMENTS)
            )  # fmt: skip


class DeclarantForm(RegistryForm):
    """Who declares, how to reach them, and what is known of the loss."""

    declarant_type = OneOf(
        _l("Who makes the declaration?"),
        choices=[
            option("person", _l("A person")),
            option("organisation", _l("A company or another organisation")),
        ],
        validators=[Needed(_l("Choose who makes the declaration"))],
    )
    declarant = PlainField(
        _l("Full name, as it is to be printed"),
        validators=[
            Needed(_l("Enter the name of the person or organisation")),
            Printable(NAME_LENGTH),
            NoHiddenNumber(),
        ],
    )
    contact_name = PlainField(_l("Whom may the editors ask for?"), validators=[Printable(NAME_LENGTH)])
    phone = PlainField(_l("Telephone"), validators=[Needed(_l("Enter a telephone number")), Printable(60), Telephone()])
    email = PlainField(_l("E-mail address"), validators=[Optional(), Printable(254), EmailAddress()])
    lost_on = DayField(_l("On which day was it lost?"), validators=[Optional(), LossDay()])
    lost_at = PlainField(_l("Where was it lost?"), validators=[Optional(), Printable(NAME_LENGTH), NoHiddenNumber()])
    circumstances_printed = BooleanField(_l("Print the day and the place in the notice"))

    def validate_contact_name(self, field: Any) -> None:
        if self.declarant_type.data == "organisation" and not field.data:
            raise ValidationError(_l("Enter the name of somebody whom the editors may ask for"))

    def validate_circumstances_printed(self, field: Any) -> None:
        if field.data and not (any(self.lost_on.raw_data or ()) or self.lost_at.data):
            raise ValidationError(_l("Enter the day or the place to print, or untick this"))

    def answer(self) -> DeclarantAnswer:
        organisation = self.declarant_type.data == "organisation"
        return DeclarantAnswer(
            declarant_type=str(self.declarant_type.data),
            declarant=str(self.declarant.data),
            contact_name=(self.contact_name.data or "") if organisation else "",
            phone=str(self.phone.data),
            email=self.email.data or "",
            lost_on=self.lost_on.data.isoformat() if self.lost_on.data else "",
            lost_at=self.lost_at.data or "",
            circumstances_printed=bool(self.circumstances_printed.data),
        )


class OptionsForm(RegistryForm):
    """What of the notice the declarant may still choose on its proof: each choice changes the sentence."""

    printed = SelectMultipleField(_l("What the notice says"), validate_choice=False)

    def __init__(self, answers: DraftAnswers) -> None:
        super().__init__()
        self._answers = answers
        self.printed.choices = [(value, label) for value, label, _chosen in self._options()]
        if not self.is_submitted():
            self.printed.data = [value for value, _label, chosen in self._options() if chosen]

    def _options(self) -> Iterator[tuple[str, str, bool]]:
        who = self._answers.declarant
        if who and (who.lost_on or who.lost_at):
            yield "circumstances", _("The day and the place of the loss"), who.circumstances_printed
        names = [steps.name_of(document) for document in self._answers.documents]
        for position, (name, document) in enumerate(zip(names, self._answers.documents, strict=True), start=1):
            told = f"{name} {position}" if names.count(name) > 1 else name
            for field in kinds.get(document.kind).numbers:
                number = document.numbers.get(field.name)
                if number and field.sensitive:
                    label = _("%(document)s: the number in full", document=told)
                    yield f"{position}.{field.name}", label, number.full_in_print

    def choose(self) -> None:
        """Put what is ticked into the answers."""
        ticked = set(self.printed.data or ())
        if self._answers.declarant:
            self._answers.declarant.circumstances_printed = "circumstances" in ticked
        for position, document in enumerate(self._answers.documents, start=1):
            for field in kinds.get(document.kind).numbers:
                if field.sensitive and field.name in document.numbers:
                    document.numbers[field.name].full_in_print = f"{position}.{field.name}" in ticked


class ProofForm(RegistryForm):
    """The declarant's word that all of it is true, and which answers, sentence and price they read."""

    as_of = HiddenField()

    truth = BooleanField(
        _l("What I declare here is true, and the documents are lost."),
        validators=[Needed(_l("Tick that what you declare is true"))],
    )

    def __init__(self, *, as_of: str) -> None:
        super().__init__()
        self._stale = self.is_submitted() and self.as_of.data != as_of
        self.as_of.data = as_of

    def validate_as_of(self, _field: Any) -> None:
        if self._stale:
            raise ValidationError(
                _l("The answers, the wording or the price changed meanwhile. Read the notice again before you send it.")
            )


def _count(text: str) -> int:
    return min(max(int(text), 1), choice.MOST_ALIKE) if text.isascii() and text.isdigit() and len(text) < 4 else 1
