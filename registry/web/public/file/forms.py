"""The two forms of a file: the file itself, then what of it is meant."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, RadioField
from wtforms.validators import ValidationError

from registry.db.sealed_files import SealedSpool
from registry.search.files.folders import State
from registry.web import uploads
from registry.web.forms import RegistryForm
from registry.web.i18n import gettext as _
from registry.web.public.file import words
from registry.web.sessions import settings


class UploadForm(RegistryForm):
    """The file."""

    file = FileField(_l("File with the numbers"), validators=[FileRequired(_l("Choose the file with the numbers"))])

    def validate_file(self, field: Field) -> None:
        spool = field.data.stream
        assert isinstance(spool, SealedSpool)
        if spool.size > uploads.longest_file(settings()):
            raise ValidationError(words.refusal("too_large"))
        if not spool.size:
            raise ValidationError(words.refusal("empty"))


class ColumnForm(RegistryForm):
    """Which column holds the numbers, and where they begin."""

    column = RadioField(
        _l("Which column holds the numbers?"),
        coerce=int,
        validate_choice=True,
    )
    heading = RadioField(_l("What is in the first row?"))

    @classmethod
    def of(cls, state: State) -> ColumnForm:
        """Return the form for a table, filled in as it was guessed."""
        assert state.description is not None
        form = cls(data={"column": state.column, "heading": "yes" if state.has_heading else "no"})
        form.column.choices = [
            (number, _label(words.column_name(state.description, number), column.heading))
            for number, column in enumerate(state.columns)
        ]
        form.heading.choices = [("yes", _("Headings")), ("no", _("The first number already"))]
        return form

    @property
    def has_heading(self) -> bool:
        return self.heading.data == "yes"


def hints_of(state: State) -> dict[int, str]:
    """Return, for each column, its first cells, and whether they look like numbers."""
    hints = {}
    for number, column in enumerate(state.columns):
        samples = [sample for sample in column.samples if sample]
        shown = " · ".join(samples) if samples else _("empty in the first rows")
        if column.share:
            shown = _("%(share)d %% look like numbers of documents: %(samples)s", share=column.share, samples=shown)
        hints[number] = shown
    return hints


def _label(name: str, heading: str) -> str:
    return _("%(column)s: %(heading)s", column=name, heading=heading) if heading else name
