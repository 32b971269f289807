"""The forms of a declarant who comes back."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from registry.declarations.references import BadReference, parse_reference
from registry.text import find_forbidden
from registry.web.forms import Needed, PlainField, RegistryForm
from registry.web.i18n import gettext as _
from registry.wording import Price

REASON_LENGTH = 500
CODE_LENGTH = 40


class FollowForm(RegistryForm):
    reference = PlainField(
        _l("Reference"),
        description=_l("It stands on your receipt, such as S26-4071-3850"),
        validators=[Needed(_l("Enter the reference of your declaration"))],
    )
    code = PlainField(
        _l("Secret code"),
        description=_l("Twelve letters and digits, below the reference. Dashes and capitals do not matter"),
        validators=[Needed(_l("Enter the secret code of your receipt"))],
    )

    @property
    def parsed_reference(self) -> str:
        """The reference in its one spelling; only of a valid form."""
        return parse_reference(self.reference.data or "")

    def validate_reference(self, field: Field) -> None:
        try:
            parse_reference(field.data)
        except BadReference as error:
            if error.mistyped:
                raise ValidationError(
                    _("Compare the reference with your receipt: one character is mistyped, or two are swapped")
                ) from None
            raise ValidationError(
                _("Enter the reference as it stands on your receipt: S, nine digits and a last digit or X")
            ) from None

    def validate_code(self, field: Field) -> None:
        if len(field.data) > CODE_LENGTH:
            raise StopValidation(_("Enter only the twelve characters of the secret code"))


class WithdrawForm(RegistryForm):
    """Why a declaration is withdrawn, and which price of that was read."""

    price = HiddenField()
    reason = TextAreaField(
        _l("Why do you withdraw it?"),
        filters=[lambda text: text and text.strip()],
        validators=[Needed(_l("Write in a few words why you withdraw it"))],
    )

    def __init__(self, price: Price | None) -> None:
        super().__init__()
        told = f"{price.fen} {price.version}" if price else ""
        self._stale = self.is_submitted() and self.price.data != told
        self.price.data = told

    def validate_price(self, _field: Field) -> None:
        if self._stale:
            raise ValidationError(_("What the withdrawal costs has changed. Read this page again, then hand it in."))

    def validate_reason(self, field: Any) -> None:
        if len(field.data) > REASON_LENGTH:
            raise ValidationError(_("Shorten this to at most %(most)d characters", most=REASON_LENGTH))
        forbidden = find_forbidden(field.data, multiline=True)
        if forbidden:
            raise ValidationError(
                _("Take out the character that cannot be printed (%(code)s)", code=f"U+{ord(forbidden):04X}")
            )
