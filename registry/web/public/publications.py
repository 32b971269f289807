"""Verifying a proof of publication that somebody has in hand: the same facts, and how the declaration stands now."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.declarations.paper_codes import BadCode
from registry.declarations.publications import ForgedCode, Publication, find_publication, names_number, parse_code
from registry.declarations.records import numbers_of, statement_of
from registry.errors import NotFound
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import public
from registry.web.public.receipts import CompareForm, MistypedCode, mistyped_code
from registry.web.sessions import db
from registry.web.sheets import state_of


class NoProof(NotFound):
    """A text in an address that is no code of a proof, nor nearly one."""


@public.get("/publications/<code>")
def publication(code: str) -> ResponseReturnValue:
    """What the proof of a code is about, and how that stands now."""
    found = _find(code)
    if found.code != code:
        return redirect(url_for("public.publication", code=found.code), 301)
    return _page(found, CompareForm(formdata=None))


@public.route("/publications/<code>/compare", methods=["GET", "POST"])
def compare_publication(code: str) -> ResponseReturnValue:
    """Tell whoever has the sheet whether a number on it is one of the declaration's, where the site covers them."""
    found = _find(code)
    form = CompareForm()
    if not form.is_submitted():
        return redirect(url_for("public.publication", code=found.code), 303)
    if not form.validate():
        return _page(found, form, status=422)
    return _page(found, form, is_named=names_number(db(), found.declaration, form.number.data or ""))


@public.errorhandler(ForgedCode)
def forged_code(_error: ForgedCode) -> ResponseReturnValue:
    return _missing(
        _("This register never gave this code"),
        _(
            "No character is mistyped, and still the code is none of this register's: the sheet was forged or altered, "
            "or it is of another register. Check the number of the document itself."
        ),
    )


@public.errorhandler(NoProof)
def no_proof(_error: NoProof) -> ResponseReturnValue:
    return _missing(
        _("This is no code of a proof of publication"),
        _("It has sixteen letters and digits, in four groups. Type it as it stands on the sheet."),
    )


public.register_error_handler(MistypedCode, mistyped_code)


def _find(code: str) -> Publication:
    try:
        return find_publication(db(), parse_code(code))
    except BadCode as error:
        raise (MistypedCode if error.mistyped else NoProof)("no code of a proof") from error


def _page(found: Publication, form: CompareForm, *, is_named: bool | None = None, status: int = 200) -> Response:
    declaration = found.declaration
    page = render_template(
        "public/publication.html",
        publication=found,
        declaration=declaration,
        sentence=statement_of(db(), declaration),
        state=state_of(declaration),
        masked=any(number.sensitive for number in numbers_of(declaration)),
        form=form,
        is_named=is_named,
    )
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _missing(title: str, advice: str) -> ResponseReturnValue:
    further = [(url_for("receipts.enter"), _("Verify a sheet"))]
    return render_template("errors/error.html", code=404, title=title, advice=advice, further=further), 404
