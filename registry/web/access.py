"""Who may open what. An endpoint without a row is closed to everybody, and fails the test run."""

from __future__ import annotations

from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user


class Access(Enum):
    EVERYBODY = "everybody"
    EDITORS = "signed-in editors"


ACCESS: dict[str, Access] = {
    "static": Access.EVERYBODY,
    "bootstrap.static": Access.EVERYBODY,
    "security.static": Access.EVERYBODY,
    "public.home": Access.EVERYBODY,
    "public.favicon": Access.EVERYBODY,
    "public.about": Access.EVERYBODY,
    "public.check": Access.EVERYBODY,
    "public.kinds": Access.EVERYBODY,
    "public.family": Access.EVERYBODY,
    "public.programs": Access.EVERYBODY,
    "public.declarations": Access.EVERYBODY,
    "public.declarations_atom": Access.EVERYBODY,
    "public.declarations_csv": Access.EVERYBODY,
    "public.declarations_jsonl": Access.EVERYBODY,
    "public.open_data": Access.EVERYBODY,
    "public.open_data_file": Access.EVERYBODY,
    "public.declaration": Access.EVERYBODY,
    "public.notice_print": Access.EVERYBODY,
    "public.notice_pdf": Access.EVERYBODY,
    "public.editions": Access.EVERYBODY,
    "public.edition": Access.EVERYBODY,
    "public.edition_print": Access.EVERYBODY,
    "public.edition_pdf": Access.EVERYBODY,
    "public.edition_text": Access.EVERYBODY,
    "public.edition_docx": Access.EVERYBODY,
    "public.column_styles": Access.EVERYBODY,
    "declare.choose": Access.EVERYBODY,
    "declare.document": Access.EVERYBODY,
    "declare.declarant": Access.EVERYBODY,
    "declare.proof": Access.EVERYBODY,
    "declare.options": Access.EVERYBODY,
    "declare.discard": Access.EVERYBODY,
    "file.upload": Access.EVERYBODY,
    "file.show": Access.EVERYBODY,
    "file.choose": Access.EVERYBODY,
    "file.progress": Access.EVERYBODY,
    "file.erase": Access.EVERYBODY,
    "file.download": Access.EVERYBODY,
    "follow.enter": Access.EVERYBODY,
    "follow.open_link": Access.EVERYBODY,
    "follow.show": Access.EVERYBODY,
    "follow.receipt": Access.EVERYBODY,
    "follow.amend": Access.EVERYBODY,
    "follow.withdraw": Access.EVERYBODY,
    "follow.leave": Access.EVERYBODY,
    "receipts.enter": Access.EVERYBODY,
    "receipts.make_receipt": Access.EVERYBODY,
    "receipts.show": Access.EVERYBODY,
    "receipts.compare": Access.EVERYBODY,
    "receipts.sheet": Access.EVERYBODY,
    "receipts.pdf": Access.EVERYBODY,
    "receipts.signed": Access.EVERYBODY,
    "receipts.key": Access.EVERYBODY,
    "receipts.pem": Access.EVERYBODY,
    "api.check": Access.EVERYBODY,
    "api.checks": Access.EVERYBODY,
    "api.examine": Access.EVERYBODY,
    "api.declarations": Access.EVERYBODY,
    "api.declaration": Access.EVERYBODY,
    "api.editions": Access.EVERYBODY,
    "api.edition": Access.EVERYBODY,
    "api.kinds": Access.EVERYBODY,
    "api.kind": Access.EVERYBODY,
    "api.openapi": Access.EVERYBODY,
    "api.documentation": Access.EVERYBODY,
    "security.login": Access.EVERYBODY,
    "security.logout": Access.EDITORS,
    "security.change_password": Access.EDITORS,
    "staff.queue": Access.EDITORS,
    "staff.next_": Access.EDITORS,
    "staff.records": Access.EDITORS,
    "staff.review": Access.EDITORS,
    "staff.approve": Access.EDITORS,
    "staff.take_back": Access.EDITORS,
    "staff.return_": Access.EDITORS,
    "staff.reject": Access.EDITORS,
    "staff.wording": Access.EDITORS,
    "staff.withdraw": Access.EDITORS,
    "staff.notice_print": Access.EDITORS,
    "staff.notice_pdf": Access.EDITORS,
    "staff.editions": Access.EDITORS,
    "staff.edition": Access.EDITORS,
    "staff.move": Access.EDITORS,
    "staff.reset_order": Access.EDITORS,
    "staff.publish": Access.EDITORS,
    "staff.edition_print": Access.EDITORS,
    "staff.edition_pdf": Access.EDITORS,
    "staff.edition_text": Access.EDITORS,
    "staff.edition_docx": Access.EDITORS,
    "staff.keys": Access.EDITORS,
    "staff.add_key": Access.EDITORS,
    "staff.revoke_key": Access.EDITORS,
}


def install(app: Flask) -> None:
    @app.before_request
    def deny_by_default() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        access = ACCESS.get(request.endpoint)
        if access is None:
            abort(403)
        if access is Access.EDITORS and not current_user.is_authenticated:
            if request.method == "GET":
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
            abort(403)
        if access is Access.EDITORS and not current_user.has_role("editor"):
            abort(403)
        return None
