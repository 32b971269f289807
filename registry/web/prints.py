"""Sheets for print, shared by the public pages and the staff's: as HTML for the browser's printer, and as PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session

from registry import kinds
from registry.db.tables import Declaration, Edition
from registry.declarations.records import Reveal, numbers_of, shown_number
from registry.errors import FontMissing
from registry.printing import fonts, pdf, qr
from registry.printing.column import EditionColumn, find_uncovered_in, make_column
from registry.printing.setting import LONGEST_NUMBER, Run, set_runs
from registry.printing.sheet import stylesheet
from registry.web.rendering import public_url
from registry.web.sessions import database, settings
from registry.wording import fill

SECONDS_TO_WAIT = 10
# A sheet is wide enough to keep every number that a card or licence bears on one line.
LONGEST_ON_A_SHEET = 24


@dataclass(frozen=True, slots=True)
class Item:
    """A declaration as it is set: its sentence in runs."""

    declaration: Declaration
    runs: tuple[Run, ...]

    @property
    def sentence(self) -> str:
        return "".join(run.text for run in self.runs)


def item_of(session: Session, declaration: Declaration, reveal: Reveal, *, longest: int = LONGEST_NUMBER) -> Item:
    """Return a declaration as it is set; numbers longer than `longest` may be broken between their groups."""
    shown = [(number, shown_number(session, number, reveal)) for number in numbers_of(declaration)]
    names = [declaration.declarant, *(document.holder for document in declaration.documents if document.holder)]
    sentence = fill(declaration.statement, [text for _number, text in shown])
    groups = [kinds.in_groups(number.rule, text).split() for number, text in shown]
    return Item(declaration, set_runs(sentence, names=names, numbers=groups, longest=longest))


def notice_page(
    session: Session, declaration: Declaration, reveal: Reveal, *, back: str | None = None, pdf_url: str | None = None
) -> str:
    """Return the sheet of one declaration; `back` and `pdf_url` are the links above it on the screen."""
    item = item_of(session, declaration, reveal, longest=LONGEST_ON_A_SHEET)
    address = public_url("public.declaration", reference=declaration.reference)
    ending = next((further for further in declaration.followers if further.published_on), None)
    return render_template(
        "print/notice.html",
        item=item,
        declaration=declaration,
        ending=ending,
        address=address,
        code=qr.picture_of(address) if declaration.published_on else None,
        uncovered=fonts.find_uncovered(item.sentence),
        back=back,
        pdf_url=pdf_url,
    )


def column_page(
    session: Session,
    edition: Edition,
    declarations: Sequence[Declaration],
    reveal: Reveal,
    *,
    back: str | None = None,
    pdf_url: str | None = None,
) -> str:
    """Return an edition's column as the paper prints it; the declarations in the order given."""
    column = column_of(session, edition, declarations, reveal)
    return render_template(
        "print/column.html",
        column=column,
        pages=column.pages(),
        styles=_column_styles(),
        address=public_url("public.edition", day=edition.day) if edition.number else None,
        uncovered=find_uncovered_in(column),
        back=back,
        pdf_url=pdf_url,
    )


def column_of(session: Session, edition: Edition, declarations: Sequence[Declaration], reveal: Reveal) -> EditionColumn:
    """Return an edition's column under the name of this registry's newspaper."""
    site = settings()
    paper = site.paper_name.zh or site.registry_name.zh
    return make_column(session, edition, declarations, reveal, paper=paper)


def assets() -> pdf.Assets:
    """Return what a sheet may use while it is made into a PDF."""
    made = {url_for("public.column_styles"): stylesheet(database().style.column)}
    return pdf.Assets(prefix=url_for("static", filename=""), folder=_static_folder(), made=made)


def _column_styles() -> str:
    # A browser keeps them, and another house style has another address.
    text = stylesheet(database().style.column)
    return url_for("public.column_styles", v=hashlib.sha256(text.encode()).hexdigest()[:12])


def as_pdf(html: str, filename: str) -> Response:
    """Return a sheet as a PDF to keep; where none can be made, a page that says why and what helps."""
    # The same page gives the same PDF, so who has it need not wait for it to be laid out once more.
    tag = hashlib.sha256(html.encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        response = make_response("", 304)
        response.set_etag(tag)
        return response
    try:
        body = pdf.make_pdf(html, assets=assets())
    except FontMissing:
        return _unavailable(
            _("This server has no Chinese font"),
            _(
                "A PDF made now would show boxes for the characters. The operator can install a font with: "
                "apt-get install %(packages)s",
                packages=fonts.PACKAGE,
            ),
        )
    except pdf.PressMissing:
        return _unavailable(
            _("This server cannot make PDFs yet"),
            _("The operator can install what is missing with: apt-get install %(packages)s", packages=pdf.PACKAGES),
        )
    except pdf.PressBusy:
        return _unavailable(
            _("Other PDFs are being made"), _("Please try again in a moment."), retry_after=SECONDS_TO_WAIT
        )
    response = make_response(body)
    response.content_type = "application/pdf"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.set_etag(tag)
    return response


def _static_folder() -> Path:
    assert current_app.static_folder is not None
    return Path(current_app.static_folder)


def _unavailable(title: str, advice: str, *, retry_after: int | None = None) -> Response:
    response = make_response(render_template("errors/error.html", code=503, title=title, advice=advice), 503)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response
