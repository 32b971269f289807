"""Sheets for print, shared by the public pages and the staff's: as HTML for the browser's printer, and as PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from flask import Response, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session

from registry.db.tables import Declaration, Edition
from registry.declarations.edition_files import KeptFile, content_of
from registry.declarations.records import Reveal
from registry.errors import FontMissing
from registry.printing import fonts, pdf, press
from registry.printing.column import EditionColumn, find_uncovered_in, make_column
from registry.printing.sheet import sheet_for, stylesheet
from registry.web.rendering import public_url
from registry.web.sessions import database, settings

SECONDS_TO_WAIT = 10
MEDIA_TYPES = {"pdf": "application/pdf", "text": "text/plain; charset=utf-8"}


def column_page(column: EditionColumn, *, back: str | None = None, pdf_url: str | None = None) -> str:
    """Return a column as the paper prints it; `back` and `pdf_url` are the links above it on the screen."""
    return render_template(
        "print/column.html",
        column=column,
        pages=column.pages(),
        sheet=sheet_for(column.style.column),
        styles=_column_styles(),
        address=public_url("public.edition", day=column.day) if column.number else None,
        uncovered=find_uncovered_in(column),
        back=back,
        pdf_url=pdf_url,
    )


def column_of(session: Session, edition: Edition, declarations: Sequence[Declaration], reveal: Reveal) -> EditionColumn:
    """Return an edition's column under the name of this registry's newspaper, the declarations in the order given."""
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
        # With the marks around its text, which are ASCII and cost nothing.
        fonts.require_covered(html)
        body = pdf.make_pdf(html, assets=assets())
    except fonts.CharactersMissing as missing:
        return _unavailable(
            _("No font of this server has these characters"),
            _(
                "%(characters)s would come out as boxes, so no PDF was made. The operator can install a font that has "
                "them, with: apt-get install %(packages)s",
                characters=fonts.with_code_points(missing.characters),
                packages=fonts.PACKAGE_OF_RARE,
            ),
        )
    except FontMissing:
        return _unavailable(
            _("This server has no Chinese font"),
            _(
                "A PDF made now would show boxes for the characters. The operator can install a font with: "
                "apt-get install %(packages)s",
                packages=fonts.PACKAGE,
            ),
        )
    except press.PressMissing:
        return _unavailable(
            _("This server cannot make PDFs yet"),
            _("The operator can install what is missing with: apt-get install %(packages)s", packages=press.PACKAGES),
        )
    except press.PressBusy:
        return press_busy()
    except press.PressFailed:
        return _unavailable(
            _("This PDF takes more time or memory than it may"),
            _("Print the page from your browser instead, where it can be saved as a PDF too."),
        )
    response = make_response(body)
    response.content_type = "application/pdf"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.set_etag(tag)
    return response


def press_busy() -> Response:
    """Return the page for whoever comes while too many PDFs are being made."""
    response = _unavailable(_("Other PDFs are being made"), _("Please try again in a moment."), code=429)
    response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return response


def kept_file(session: Session, file: KeptFile, filename: str) -> Response:
    """Return a file that was kept of an edition. Its hash is its tag, so who has it gets no second copy."""
    if request.if_none_match.contains(file.sha256):
        response = make_response("", 304)
    else:
        response = make_response(content_of(session, file))
        response.content_type = MEDIA_TYPES[file.format]
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.set_etag(file.sha256)
    return response


def _static_folder() -> Path:
    assert current_app.static_folder is not None
    return Path(current_app.static_folder)


def _unavailable(title: str, advice: str, *, code: int = 503) -> Response:
    return make_response(render_template("errors/error.html", code=code, title=title, advice=advice), code)
