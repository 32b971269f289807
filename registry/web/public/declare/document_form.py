"""The form of one document, made for its kind: only the fields that the kind has."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, FormField
from wtforms.validators import StopValidation, ValidationError

from registry import kinds
from registry.db.tables import NAME_LENGTH, NUMBER_LENGTH
from registry.kinds import DocumentKind, Examination, Grade, NumberField
from registry.text import Text
from registry.web.forms import Needed, NoHiddenNumber, PlainField, Printable, RegistryForm
from registry.web.i18n import gettext as _
from registry.web.i18n import reader_language
from registry.web.numbers import name_of
from registry.web.public.declare.answers import DocumentAnswer, NumberAnswer
from registry.web.public.declare.fields import OneOf, Selected, Tick, option
from registry.web.rendering import in_reader_language

FULL, HIDDEN = "full", "hidden"
OWN, OTHER = "own", "other"


class MayStayEmpty:
    """Says behind the label that the field is optional; what is in it is validated all the same."""

    field_flags: ClassVar = {"optional": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Find nothing wrong."""


class NumberForm(Form):
    """One number of a document; `asked` is the kind's field it is for. Subclassed for each by `number_form`.

    A `spare` number stands on the document beside another one and may simply be left empty.
    `confirmed` carries the canonical number that the declarant confirmed, so that the tick for one impossible number
    is no word for another typed after it.
    """

    asked: NumberField
    spare: bool
    text: PlainField
    label: Selected
    missing: BooleanField
    in_print: OneOf
    confirmed: Tick

    @property
    def examination(self) -> Examination | None:
        """What the number's rule says of what stands in the field; None of an empty one."""
        return kinds.examine_field(self.asked, self.text.data) if self.text.data else None

    @property
    def asks_confirmation(self) -> bool:
        examination = self.examination
        return examination is not None and examination.grade is Grade.IMPOSSIBLE and bool(examination.canonical)

    @property
    def is_confirmed(self) -> bool:
        examination = self.examination
        return examination is not None and self.confirmed.data == examination.canonical != ""

    @property
    def asks_print(self) -> bool:
        examination = self.examination
        return self.asked.sensitive or (examination is not None and examination.sensitive)

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """What may have been meant by an impossible number: each as it is filled in, and grouped for the eye."""
        examination = self.examination
        if examination is None or not self.asks_confirmation:
            return []
        return [(meant, kinds.examine_field(self.asked, meant).display) for meant in examination.suggestions]

    @property
    def example_display(self) -> str:
        return kinds.examine_field(self.asked, self.asked.example).display

    @property
    def print_examples(self) -> tuple[str, str]:
        """How a number of this sort is printed in full and with its middle hidden."""
        # A resident ID that turned up in a field of another sort is its own example.
        examination = None if self.asked.sensitive else self.examination
        examination = examination or kinds.examine_field(self.asked, self.asked.example)
        return examination.canonical, examination.masked

    @property
    def is_missing(self) -> bool:
        return bool(self.missing.data) and not self.asked.required

    def validate_text(self, field: Any) -> None:
        if field.errors:
            return
        examination = self.examination
        if self.is_missing:
            if examination:
                raise ValidationError(_("You entered a number and ticked that there is none. Change one of them."))
        elif examination is None and self.asked.required:
            raise ValidationError(_("Enter the number, such as %(example)s", example=self.asked.example))
        elif examination is None:
            return
        elif not examination.canonical or (examination.grade is Grade.IMPOSSIBLE and not self.is_confirmed):
            field.errors.extend(in_reader_language(reason.message) for reason in examination.reasons)
            raise StopValidation

    def validate_in_print(self, field: Any) -> None:
        if self.asks_print and self.text.data and not self.is_missing and field.data not in (FULL, HIDDEN):
            raise ValidationError(_l("Choose how the newspaper is to print the number"))

    def answer(self) -> NumberAnswer | None:
        if self.is_missing or not self.text.data:
            return None
        return NumberAnswer(
            text=self.text.data,
            label=str(self.label.data),
            full_in_print=self.asks_print and self.in_print.data == FULL,
            confirmed=self.asks_confirmation and self.is_confirmed,
        )


class DocumentForm(RegistryForm):
    """One document. Subclassed for each kind by `document_form`; a kind without a choice of titles has no `title`."""

    kind: DocumentKind
    whose: OneOf
    holder: PlainField

    @property
    def number_forms(self) -> list[FormField[NumberForm]]:
        return [self[number.name] for number in self.kind.numbers]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is answered: of several numbers one is enough, and none is said with the tick of the first."""
        valid = bool(super().validate(extra_validators))
        first = self.number_forms[0].form
        if first.is_missing or first.text.errors or any(number.form.text.data for number in self.number_forms):
            return valid
        first.text.errors = [_("Enter the number, or tick that there is none or that you do not know it")]
        return False

    def validate_whose(self, field: Any) -> None:
        if field.data not in (OWN, OTHER):
            raise ValidationError(_l("Choose whose document it is"))

    def validate_holder(self, field: Any) -> None:
        if self.whose.data == OTHER and not field.data:
            raise ValidationError(_l("Enter the name of the person or organisation whose document it is"))

    def answer(self, before: DocumentAnswer) -> DocumentAnswer:
        numbers = {form.form.asked.name: form.form.answer() for form in self.number_forms}
        return DocumentAnswer(
            kind=self.kind.slug,
            title=str(self["title"].data) if "title" in self else before.title,
            copies=str(self["copies"].data or "") if "copies" in self else "",
            holder=str(self.holder.data or "") if self.whose.data == OTHER else "",
            numbers={name: number for name, number in numbers.items() if number},
            answered=True,
        )


def document_form(document: DocumentAnswer, *, whose: str | None = None) -> DocumentForm:
    """Return the form of a document, filled in with what was answered before.

    `whose` is what the document before it answered: three seals of one company are not asked for their owner thrice.
    """
    kind = kinds.get(document.kind)
    fields: dict[str, Any] = {"kind": kind}
    if kind.free_title:
        fields["title"] = PlainField(
            _l("Its name, as it is printed on it"),
            validators=[Needed(_l("Enter the name of the document")), Printable(NAME_LENGTH), NoHiddenNumber()],
        )
    elif len(kind.titles) > 1:
        fields["title"] = Selected(_l("Its name, as it is printed on it"), choices=_choices(kind.titles))
    for number in kind.numbers:
        fields[number.name] = FormField(number_form(number, among=kind.numbers))
    if kind.copies:
        fields["copies"] = Selected(
            _l("What exactly was lost?"),
            choices=[
                option("", _l("Not stated in the notice")),
                *(option(copies, copies) for copies in kind.copies),
            ],
        )
    fields["whose"] = OneOf(
        _l("Whose document is it?"),
        choices=[
            option(OWN, _l("It belongs to whoever makes the declaration")),
            option(OTHER, _l("It belongs to somebody else")),
        ],
        validate_choice=False,
    )
    fields["holder"] = PlainField(
        _l("Name of the person or organisation whose document it is"),
        validators=[Printable(NAME_LENGTH), NoHiddenNumber()],
    )
    made: DocumentForm = type("DocumentForm", (DocumentForm,), fields)(data=_answered(document, kind, whose))
    return made


def number_form(number: NumberField, *, among: tuple[NumberField, ...]) -> type[NumberForm]:
    """Return the form of one number as its kind asks for it; of several each is called by its own name."""
    spare = number is not among[0] and not number.required
    fields: dict[str, Any] = {
        "asked": number,
        "spare": spare,
        "text": PlainField(
            _name(number) if len(among) > 1 else _l("Number"),
            validators=[Printable(NUMBER_LENGTH), *([MayStayEmpty()] if spare else [])],
        ),
        "missing": BooleanField(_l("It has no number, or I do not know it")),
        "confirmed": Tick(_l("The document really shows this number; I have compared it character by character")),
        "label": Selected(
            _l("What the notice calls the number"), choices=[option(label, label) for label in number.labels]
        ),
        "in_print": OneOf(
            _l("How is the newspaper to print the number?"),
            choices=[option(FULL, _l("In full")), option(HIDDEN, _l("With the middle hidden"))],
            validate_choice=False,
        ),
    }
    return type("NumberForm", (NumberForm,), fields)


def _answered(document: DocumentAnswer, kind: DocumentKind, whose: str | None) -> dict[str, Any]:
    data: dict[str, Any] = {"copies": document.copies, "holder": document.holder, "whose": whose}
    if document.title:
        data["title"] = document.title
    if document.answered:
        data["whose"] = OTHER if document.holder else OWN
    for number in kind.numbers:
        if number.name in document.numbers:
            data[number.name] = _number_answered(number, document.numbers[number.name])
        else:
            data[number.name] = {"label": number.labels[0], "missing": _none_known(document, number)}
    return data


def _none_known(document: DocumentAnswer, number: NumberField) -> bool:
    return document.answered and not number.required and not document.numbers


def _number_answered(number: NumberField, answer: NumberAnswer) -> dict[str, Any]:
    examination = kinds.examine_field(number, answer.text)
    chosen = FULL if answer.full_in_print else HIDDEN
    return {
        "text": answer.text,
        "label": answer.label,
        "missing": False,
        "in_print": chosen if number.sensitive or examination.sensitive else None,
        "confirmed": examination.canonical if answer.confirmed else "",
    }


def _name(number: NumberField) -> str:
    name = name_of(number)
    return name.zh if reader_language() == "zh" else f"{name.en} ({name.zh})"


def _choices(titles: tuple[Text, ...]) -> list[Any]:
    if reader_language() == "zh":
        return [option(title.zh, title.zh) for title in titles]
    return [option(title.zh, f"{title.zh} ({title.en})") for title in titles]
