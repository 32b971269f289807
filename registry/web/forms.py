"""What every form shares: validators whose messages are instructions."""

from __future__ import annotations

import re
from typing import Any, cast

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import Field, StringField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from registry import kinds
from registry.text import find_forbidden, squeeze
from registry.wording.patterns import BRACKETS

# Control characters, marks that make the rest of a line run backwards, and code points that are no characters.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def tidy(value: str | None) -> str | None:
    """WTForms filter: outer white space off, inner runs of it to one blank."""
    return squeeze(value) if value else value


class Needed(InputRequired):
    """An answer is needed; `message` says what to enter.

    Sets no `required` attribute, because the page's own error, in the reader's language, is better than the browser's.
    """

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.field_flags = {}

    def __call__(self, form: Any, field: Field) -> None:
        super().__call__(form, field)
        if isinstance(field.data, str) and not field.data.strip():
            raise StopValidation(cast(str, self.message))


class Printable:
    """A text that can stand in print: no control or direction characters, no emoji, not over-long."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Field) -> None:
        text = field.data or ""
        if len(text) > self.most:
            raise ValidationError(_l("Shorten this to at most %(most)d characters", most=self.most))
        forbidden = find_forbidden(text) or next((bracket for bracket in BRACKETS if bracket in text), None)
        if forbidden:
            raise ValidationError(_l("Take out the character that cannot be printed (%(code)s)", code=_code(forbidden)))


class NoHiddenNumber:
    """A text that is shown to everybody holds no resident ID."""

    def __call__(self, form: Any, field: Field) -> None:
        if kinds.find_sensitive(field.data or ""):
            raise ValidationError(_l("Take the ID number out of this field: what stands here is shown to everybody"))


class PlainField(StringField):
    """One line of text, tidied."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[tidy], **kwargs)

    def _value(self) -> str:
        """Return what goes back into the box: what HTML cannot hold, or turns a line round, is left out."""
        return UNSHOWABLE.sub("", self.data or "")


class Protection(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's, which finds out whether a page is exempt only where something could be sent to it."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request that may write and has no valid token."""
        if request.method in current_app.config["WTF_CSRF_METHODS"]:
            super().protect(apply_exemptions)


class RegistryForm(FlaskForm):  # type: ignore[misc]
    """Base of all forms; protected by a CSRF token."""


def _code(character: str) -> str:
    return f"U+{ord(character[0]):04X}"
