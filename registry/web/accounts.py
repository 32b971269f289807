"""Staff accounts through Flask-Security, mapped onto the registry's own tables.

The tables live in `registry.db`, which knows no Flask. The classes here put Flask-Security's behaviour on the same
tables, so that no second definition of a column exists.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_security import RoleMixin, Security, SQLAlchemySessionUserDatastore, UserMixin
from flask_security.forms import ChangePasswordForm, EqualToLocalize, LoginForm
from sqlalchemy.orm import registry as MapperRegistry  # noqa: N812 (SQLAlchemy's own name is a class in lower case)
from sqlalchemy.orm import relationship
from wtforms import EmailField, PasswordField, SubmitField
from wtforms.validators import DataRequired

from registry.db.tables import StaffMember, StaffMemberRole, StaffRole
from registry.web.sessions import db

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
    """Flask-Security's form with the registry's own words."""

    email = EmailField(_l("E-mail address"), validators=[DataRequired(_l("Enter your e-mail address"))])
    password = PasswordField(_l("Password"), validators=[DataRequired(_l("Enter your password"))])
    remember = None  # type: ignore[assignment]
    submit = SubmitField(_l("Sign in"))


class NewPasswordForm(ChangePasswordForm):
    """Flask-Security's form with the registry's own words."""

    password = PasswordField(_l("Your present password"), validators=[DataRequired(_l("Enter your password"))])
    new_password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. Three or four words that do not belong together are good."),
        validators=[DataRequired(_l("Enter a new password of at least 12 characters"))],
    )
    new_password_confirm = PasswordField(
        _l("New password once more"),
        validators=[EqualToLocalize("new_password", message=_l("Type the same new password in both fields"))],
    )
    submit = SubmitField(_l("Change password"))


def install(app: Flask) -> None:
    app.config.update(
        SECURITY_URL_PREFIX="/staff",
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_CHANGE_URL="/password",
        SECURITY_CHANGEABLE=True,
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of a method)
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_POST_LOGIN_VIEW="staff.queue",
        SECURITY_POST_LOGOUT_VIEW="public.home",
        SECURITY_POST_CHANGE_VIEW="staff.queue",
        SECURITY_LOGIN_USER_TEMPLATE="staff/sign_in.html",
        SECURITY_CHANGE_PASSWORD_TEMPLATE="staff/change_password.html",  # noqa: S106 (a file)
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False, "test_environment": True},
        SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    Security(app, datastore(), login_form=SignInForm, change_password_form=NewPasswordForm)


def datastore() -> SQLAlchemySessionUserDatastore:
    """Return the store of accounts, on the session of the request or command at hand."""
    return SQLAlchemySessionUserDatastore(cast(Any, _RequestSession()), Account, RoleAccount)
