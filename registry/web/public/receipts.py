"""Receipts of checks: making one, its sheet, and verifying one that somebody has in hand."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from registry import clock, kinds
from registry.db.engine import signatures_of
from registry.db.sealing import SealBroken
from registry.declarations import publications
from registry.declarations.paper_codes import BadCode
from registry.errors import NotFound
from registry.printing import fonts, qr
from registry.search.receipt_codes import parse_code
from registry.search.receipts import Receipt, ReceiptAltered, answer_again, as_file, get_receipt, is_about, make
from registry.web import prints
from registry.web.forms import Needed, PlainField, RegistryForm
from registry.web.i18n import gettext as _
from registry.web.public import verdicts
from registry.web.public.blueprint import receipts
from registry.web.public.receipt_words import difference
from registry.web.rendering import in_reader_language, public_url, today
from registry.web.sessions import db, reader, settings

log = logging.getLogger("registry.receipts")

QUESTION: Final = "question of a check"
A_DAY: Final = 24 * 3600


class MistypedCode(NotFound):
    """The shape of a code, whose check character says that it was mistyped."""


class CodeForm(RegistryForm):
    """The code of a sheet: a receipt's, or the longer one of a proof of publication. `address` is where it leads."""

    code = PlainField(
        _l("Code of the sheet"),
        description=_l("Twelve or sixteen letters and digits beside the QR code. Dashes and capitals do not matter"),
        validators=[Needed(_l("Enter the code of the sheet"))],
    )
    address = ""

    class Meta:
        csrf = False

    def validate_code(self, field: Field) -> None:
        try:
            self.address = address_of(field.data)
        except BadCode as error:
            if error.mistyped:
                raise ValidationError(
                    _("Compare the code with the sheet: one character is mistyped, or two are swapped")
                ) from None
            raise ValidationError(_("Enter the twelve or sixteen letters and digits of the code")) from None
        except publications.ForgedCode:
            raise ValidationError(
                _("This register never gave this code: compare it with the sheet, which may be forged or altered")
            ) from None
        except NotFound:
            raise ValidationError(
                _("No receipt has this code. Compare it with the sheet, and see until when that can be verified")
            ) from None


def address_of(text: str) -> str:
    """Return where the sheet of a typed code is verified.

    Raises:
        BadCode: it is the code of no sheet.
        NotFound: no receipt has it, or no proof of publication (`ForgedCode`).
    """
    try:
        code = parse_code(text)
    except BadCode as error:
        if error.mistyped:
            raise
        found = publications.find_publication(db(), publications.parse_code(text))
        return url_for("public.publication", code=found.code)
    # Of an altered one its page tells.
    with suppress(ReceiptAltered):
        get_receipt(db(), code)
    return url_for("receipts.show", code=code)


class CompareForm(RegistryForm):
    """A number that may be the one behind the asterisks."""

    number = PlainField(_l("Number of the document"), description=_l("In full, as the document shows it"))

    class Meta:
        csrf = False

    def validate_number(self, field: Field) -> None:
        examination = kinds.examine("other", field.data or "")
        if not examination.canonical:
            raise ValidationError(in_reader_language(examination.reasons[0].message))


def seal_question(number: str) -> str:
    """Return what the button for a receipt carries, so that no number stands in the page a second time.

    It is a token as well: only what was answered on this site within the day is kept, and no cookie is needed.
    """
    return reader().vault.seal(f"{clock.now().timestamp():.0f} {number}", purpose=QUESTION)


@receipts.post("/make")
def make_receipt() -> ResponseReturnValue:
    """Check the number of the answer that stood on the page once more, and keep what the register answers now."""
    number = _number_in(request.form.get("question", ""))
    if number is None:
        flash(_("Check the number once more, and ask for its receipt then."), "warning")
        return redirect(url_for("public.check"), 303)
    issuer = {"registry": settings().registry_name.zh, "paper": settings().paper_name.zh}
    kept_until = today() + timedelta(days=settings().receipt_days)
    receipt = make(db(), number, issuer=issuer, kept_until=kept_until)
    return redirect(url_for("receipts.sheet", code=receipt.code), 303)


@receipts.route("", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Ask for the code of a sheet."""
    if request.method == "GET":
        return render_template("receipts/enter.html", form=CodeForm(formdata=None))
    form = CodeForm()
    if form.validate():
        return redirect(form.address, 303)
    return render_template("receipts/enter.html", form=form), 422


@receipts.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """What the register answered then, and whether it answers otherwise now."""
    receipt = _find(code)
    if receipt.code != code:
        return redirect(url_for("receipts.show", code=receipt.code), 301)
    return _page(receipt, CompareForm(formdata=None))


@receipts.route("/<code>/compare", methods=["GET", "POST"])
def compare(code: str) -> ResponseReturnValue:
    """Tell whoever has the document whether its number is the one behind the asterisks."""
    receipt = _find(code)
    if request.method == "GET" or not receipt.masked:
        return redirect(url_for("receipts.show", code=receipt.code), 303)
    form = CompareForm()
    if not form.validate():
        return _page(receipt, form), 422
    return _page(receipt, form, is_about=is_about(receipt, form.number.data or ""))


@receipts.get("/<code>/print")
def sheet(code: str) -> ResponseReturnValue:
    receipt = _find(code)
    if receipt.code != code:
        return redirect(url_for("receipts.sheet", code=receipt.code), 301)
    return _sheet(receipt, back=url_for("public.check"), pdf_url=url_for("receipts.pdf", code=code))


@receipts.get("/<code>.pdf")
def pdf(code: str) -> ResponseReturnValue:
    receipt = _find(code)
    if receipt.code != code:
        return redirect(url_for("receipts.pdf", code=receipt.code), 301)
    return prints.as_pdf(_sheet(receipt), f"receipt-{code}.pdf")


@receipts.get("/<code>.json")
def signed(code: str) -> ResponseReturnValue:
    """The signed text, for whoever verifies it without this site: docs/receipts.md says how."""
    receipt = _find(code)
    return _file(as_file(receipt), "application/json", f"receipt-{receipt.code}.json")


@receipts.get("/key")
def key() -> ResponseReturnValue:
    """The public key, whose fingerprint stands on every sheet."""
    return render_template("receipts/key.html", public_keys=signatures_of(db()).public_keys)


@receipts.get("/key.pem")
def pem() -> ResponseReturnValue:
    """The public keys in one file, the present one first."""
    text = "".join(public_key.pem for public_key in signatures_of(db()).public_keys)
    return _file(text, "application/x-pem-file", "register-key.pem")


@receipts.after_request
def keep_out_of_indexes(response: Response) -> Response:
    if "code" in (request.view_args or {}):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@receipts.errorhandler(MistypedCode)
def mistyped_code(_error: MistypedCode) -> ResponseReturnValue:
    return _missing(
        _("One character of this code is wrong"),
        _("Its last character does not fit the others. Compare it with the sheet and type it once more."),
    )


@receipts.errorhandler(NotFound)
def no_receipt(_error: NotFound) -> ResponseReturnValue:
    return _missing(
        _("No receipt has this code"),
        _("Compare the code with the sheet. The sheet says until when it can be verified; after that it is erased."),
    )


@receipts.errorhandler(ReceiptAltered)
def altered(_error: ReceiptAltered) -> ResponseReturnValue:
    log.error("a stored receipt of a check is not what was signed")
    title = _("This receipt is not as the register signed it")
    advice = _(
        "Its record was changed or damaged after it was made, so nothing on the sheet can be relied on. Check the "
        "number once more, and tell whoever runs this register."
    )
    return render_template("errors/error.html", code=409, title=title, advice=advice), 409


def _number_in(question: str) -> str | None:
    """Return the number of a sealed question; None if it is not of this site or not of today."""
    try:
        moment, _blank, number = reader().vault.open(question, purpose=QUESTION).reveal().partition(" ")
    except SealBroken:
        return None
    return number if clock.now().timestamp() - int(moment) < A_DAY else None


def _find(code: str) -> Receipt:
    try:
        return get_receipt(db(), parse_code(code))
    except BadCode as error:
        raise (MistypedCode if error.mistyped else NotFound)("no code of a receipt") from error


def _page(receipt: Receipt, form: CompareForm, *, is_about: bool | None = None) -> str:
    answer, facts = answer_again(reader(), receipt)
    return render_template(
        "receipts/show.html",
        receipt=receipt,
        number=kinds.in_groups(receipt.rule, receipt.number),
        made_at=with_offset(receipt.made_at),
        form=form,
        is_about=is_about,
        then=verdicts.show(receipt.verdicts),
        difference=difference(receipt.verdicts, facts),
        now=verdicts.show(facts),
        as_of=answer.as_of,
    )


def _sheet(receipt: Receipt, *, back: str | None = None, pdf_url: str | None = None) -> str:
    address = public_url("receipts.show", code=receipt.code)
    shown = verdicts.show(receipt.verdicts)
    words = "".join((receipt.number, *(one.reason + one.title + one.facts.sentence for one in shown)))
    return render_template(
        "print/check_receipt.html",
        receipt=receipt,
        number=kinds.in_groups(receipt.rule, receipt.number),
        made_at=with_offset(receipt.made_at),
        shown=shown,
        address=address,
        picture=qr.picture_of(address),
        uncovered=fonts.find_uncovered(words),
        back=back,
        pdf_url=pdf_url,
    )


def with_offset(moment: Any) -> str:
    """Return an aware datetime in the newspaper's zone, to the second, with how far that is from UTC."""
    return str(format_datetime(moment, "yyyy-MM-dd HH:mm:ss 'UTC'ZZZZZ"))


def _file(text: str, media_type: str, name: str) -> Response:
    response = make_response(text)
    response.content_type = f"{media_type}; charset=utf-8" if media_type.endswith("json") else media_type
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _missing(title: str, advice: str) -> ResponseReturnValue:
    further = [(url_for("receipts.enter"), _("Verify a sheet"))]
    return render_template("errors/error.html", code=404, title=title, advice=advice, further=further), 404
