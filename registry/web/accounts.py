"""Staff accounts through Flask-Security, mapped onto the registry's own tables.

The tables live in `registry.db`, which knows no Flask. The classes here put Flask-Security's behaviour on the same
tables, so that no second definition of a column exists.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask import Flask, flash, g, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import (
    RoleMixin,
    Security,
    SQLAlchemySessionUserDatastore,
    UserMixin,
    current_user,
    password_changed,
    verify_password,
)
from flask_security.forms import ChangePasswordForm, LoginForm
from flask_security.utils import validate_redirect_url
from sqlalchemy.orm import registry as MapperRegistry  # noqa: N812 (SQLAlchemy's own name is a class in lower case)
from sqlalchemy.orm import relationship
from wtforms import EmailField, Field, PasswordField, SubmitField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from registry.db.tables import StaffMember, StaffMemberRole, StaffRole
from registry.text import find_forbidden
from registry.web.sessions import db

# The length of a password. Longer than MOST only keeps the hashing busy.
LEAST, MOST = 12, 200

_mappers = MapperRegistry()


class RoleAccount(RoleMixin):
    """A staff role as Flask-Security sees it."""


class Account(UserMixin):
    """A staff member as Flask-Security sees it."""

    id: int
    name: str


def _table(model: Any) -> Any:
    return model.__table__


_mappers.map_imperatively(RoleAccount, _table(StaffRole))
_mappers.map_imperatively(
    Account,
    _table(StaffMember),
    properties={"roles": relationship(RoleAccount, secondary=_table(StaffMemberRole), lazy="selectin")},
)


class _RequestSession:
    """Stands for the request's session, which Flask-Security wants to hold from the start."""

    def __getattr__(self, name: str) -> Any:
        return getattr(db(), name)


class SignInForm(LoginForm):
    """Flask-Security's form with the registry's own words, and one answer to everything that is wrong."""

    email = EmailField(_l("E-mail address"), validators=[DataRequired(_l("Enter your e-mail address"))])
    password = PasswordField(_l("Password"), validators=[DataRequired(_l("Enter your password"))])
    remember = None  # type: ignore[assignment]
    submit = SubmitField(_l("Sign in"))

    def validate(self, **kwargs: Any) -> bool:
        """Whether somebody may sign in. Which of address, password and account is at fault is not told."""
        if super().validate(**kwargs):
            return True
        if self.email.data and self.password.data:
            self.email.errors = self.password.errors = ()
            self.form_errors.append(
                _("The e-mail address and the password do not belong to an account that may sign in. Check both")
            )
        return False

    def validate_email(self, field: Field) -> None:
        # A database may refuse such a text, and no account has it.
        if find_forbidden(field.data):
            raise ValidationError("forbidden")

    def validate_password(self, field: Field) -> None:
        if not _can_be_password(field.data):
            raise ValidationError("forbidden")

    def validate_next(self, field: Field) -> None:
        """An address elsewhere is forgotten and keeps nobody from signing in."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""


class NewPasswordForm(ChangePasswordForm):
    """Flask-Security's form with the registry's own words."""

    password = PasswordField(_l("Your present password"), validators=[DataRequired(_l("Enter your present password"))])
    new_password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. Three or four words that do not belong together are good."),
        validators=[
            DataRequired(_l("Enter a new password of at least 12 characters")),
            Length(min=LEAST, message=_l("Enter a new password of 12 to 200 characters")),
        ],
    )
    new_password_confirm = PasswordField(
        _l("New password once more"),
        validators=[EqualTo("new_password", _l("Type the same new password in both fields"))],
    )
    submit = SubmitField(_l("Change password"))

    def validate_password(self, field: Field) -> None:
        if not (_can_be_password(field.data) and verify_password(field.data, current_user.password)):
            raise ValidationError(_("Enter the password that you signed in with"))

    def validate_new_password(self, field: Field) -> None:
        if not _can_be_password(field.data):
            raise ValidationError(_("Enter a new password of 12 to 200 characters"))
        if field.data == self.password.data:
            raise ValidationError(_("Enter a password that is not your present one"))


def install(app: Flask) -> None:
    @app.before_request
    def know_strangers() -> None:
        # Whoever brings no signed-in session is nobody. Flask-Security would ask for tokens, remember-me cookies and
        # headers first, none of which are in use here, and that is a third of a page's time.
        if "_user_id" not in session:
            g._login_user = nobody

    app.config.update(
        SECURITY_URL_PREFIX="/staff",
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_CHANGE_URL="/password",
        SECURITY_CHANGEABLE=True,
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        SECURITY_FLASH_MESSAGES=False,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of a method)
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_LENGTH_MIN=LEAST,
        SECURITY_POST_LOGIN_VIEW="staff.queue",
        SECURITY_POST_LOGOUT_VIEW="public.home",
        SECURITY_POST_CHANGE_VIEW="staff.queue",
        SECURITY_LOGIN_USER_TEMPLATE="staff/sign_in.html",
        SECURITY_CHANGE_PASSWORD_TEMPLATE="staff/change_password.html",  # noqa: S106 (a file)
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False, "test_environment": True},
        SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        # Changing the password asks for the present one, so nothing needs a second sign-in on a page of its own.
        SECURITY_FRESHNESS=timedelta(minutes=-1),
    )
    security = Security(app, datastore(), login_form=SignInForm, change_password_form=NewPasswordForm)
    # It would tell Flask-Principal at each request who asks. Nobody asks that back: `access` looks at the account.
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    # Nobody is remembered by a cookie of its own, which Flask-Login would look after at the end of each request.
    app.after_request_funcs[None].remove(app.login_manager._update_remember_cookie)  # type: ignore[attr-defined]
    nobody = app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    password_changed.connect(_say_changed, app)


def _can_be_password(text: str) -> bool:
    # The hasher raises for what is longer than it takes.
    return len(text) <= MOST and "\x00" not in text


def _say_changed(_app: Flask, **_details: Any) -> None:
    flash(_("Your password is changed."), "success")


def datastore() -> SQLAlchemySessionUserDatastore:
    """Return the store of accounts, on the session of the request or command at hand."""
    return SQLAlchemySessionUserDatastore(cast(Any, _RequestSession()), Account, RoleAccount)
