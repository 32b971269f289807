"""Keys of programs: who has one, giving one out, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from registry.db import api_keys
from registry.web.sessions import db
from registry.web.staff.blueprint import staff
from registry.web.staff.forms import KeyForm


@staff.get("/keys")
def keys() -> ResponseReturnValue:
    """List the keys."""
    return _page(KeyForm(formdata=None))


@staff.post("/keys")
def add_key() -> ResponseReturnValue:
    """Make a key, and show it: this once, so there is no address to come back to."""
    form = KeyForm()
    if not form.validate():
        return _page(form), 422
    record, key = api_keys.add_key(
        db(), name=form.name.data or "", note=form.note.data, times=form.times, staff_id=current_user.id
    )
    return _page(KeyForm(formdata=None), made=record.name, key=key)


@staff.post("/keys/<int(max=2147483647):key_id>/revoke")
def revoke_key(key_id: int) -> ResponseReturnValue:
    """Revoke a key, at once and for good."""
    name = api_keys.get_key(db(), key_id).name
    if api_keys.revoke_key(db(), key_id, staff_id=current_user.id):
        flash(_("The key of %(name)s is revoked. Whoever still uses it is refused from now on.", name=name), "success")
    else:
        flash(_("The key of %(name)s was revoked already.", name=name), "info")
    return redirect(url_for("staff.keys"), 303)


def _page(form: KeyForm, *, made: str | None = None, key: str | None = None) -> str:
    return render_template("staff/keys.html", form=form, keys=api_keys.list_keys(db()), made=made, key=key)
