"""Printing for the press: sensitive numbers stand in full where the declarant chose so."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue

from registry.db.tables import Declaration, Edition
from registry.declarations import editions
from registry.declarations.publications import Publication, prove
from registry.declarations.records import Reveal
from registry.errors import NotFound
from registry.web import prints, sheets
from registry.web.columns import column_file
from registry.web.rendering import today
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff
from registry.web.staff.closing import find_edition


@staff.get("/declarations/<reference>/print")
def notice_print(reference: str) -> ResponseReturnValue:
    """The sheet of one declaration."""
    return sheets.notice_page(
        db(),
        desk.find(reference),
        Reveal.AS_CHOSEN,
        back=url_for("staff.review", reference=reference),
        pdf_url=url_for("staff.notice_pdf", reference=reference),
    )


@staff.get("/declarations/<reference>.pdf")
def notice_pdf(reference: str) -> ResponseReturnValue:
    """The sheet of one declaration as PDF."""
    declaration = desk.find(reference)
    return prints.as_pdf(sheets.notice_page(db(), declaration, Reveal.AS_CHOSEN), f"{declaration.reference}.pdf")


@staff.get("/declarations/<reference>/publication")
def publication(reference: str) -> ResponseReturnValue:
    """The proof that one declaration was published."""
    return sheets.publication_page(
        db(),
        _proof(reference),
        Reveal.AS_CHOSEN,
        back=url_for("staff.review", reference=reference),
        pdf_url=url_for("staff.publication_pdf", reference=reference),
    )


@staff.get("/declarations/<reference>/publication.pdf")
def publication_pdf(reference: str) -> ResponseReturnValue:
    """The same as PDF."""
    proof = _proof(reference)
    page = sheets.publication_page(db(), proof, Reveal.AS_CHOSEN)
    return prints.as_pdf(page, f"publication-{proof.declaration.reference}.pdf")


@staff.get("/editions/<day:day>/print")
def edition_print(day: date) -> ResponseReturnValue:
    """The column of an edition, out or still being filled."""
    back, pdf_url = url_for("staff.edition", day=day), url_for("staff.edition_pdf", day=day)
    return prints.column_page(prints.column_of(db(), *_column(day)), back=back, pdf_url=pdf_url)


@staff.get("/editions/<day:day>.pdf")
def edition_pdf(day: date) -> ResponseReturnValue:
    """The column of an edition as PDF: the one that went to press, once it is closed."""
    return column_file("pdf", db(), *_column(day))


@staff.get("/editions/<day:day>.txt")
def edition_text(day: date) -> ResponseReturnValue:
    """The column of an edition as text for the typesetter."""
    return column_file("txt", db(), *_column(day))


@staff.get("/editions/<day:day>.docx")
def edition_docx(day: date) -> ResponseReturnValue:
    """The column of an edition for Word."""
    return column_file("docx", db(), *_column(day))


def _proof(reference: str) -> Publication:
    declaration = desk.find(reference)
    if declaration.published_on is None:
        raise NotFound(f"{declaration.reference} is not published")
    return prove(db(), declaration, today=today())


def _column(day: date) -> tuple[Edition, list[Declaration], Reveal]:
    edition = find_edition(day)
    declarations = editions.list_column(db(), edition)
    return editions.in_print(db(), edition), declarations, Reveal.AS_CHOSEN
