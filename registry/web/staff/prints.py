"""Printing for the press: sensitive numbers stand in full where the declarant chose so."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue

from registry.db.tables import Declaration, Edition
from registry.declarations import editions
from registry.declarations.records import Reveal
from registry.errors import NotFound
from registry.web import prints
from registry.web.columns import column_file
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff


@staff.get("/declarations/<reference>/print")
def notice_print(reference: str) -> ResponseReturnValue:
    """The sheet of one declaration."""
    return prints.notice_page(
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
    return prints.as_pdf(prints.notice_page(db(), declaration, Reveal.AS_CHOSEN), f"{declaration.reference}.pdf")


@staff.get("/editions/<day:day>/print")
def edition_print(day: date) -> ResponseReturnValue:
    """The column of an edition, out or still being filled."""
    back, pdf_url = url_for("staff.edition", day=day), url_for("staff.edition_pdf", day=day)
    return prints.column_page(db(), *_column(day), back=back, pdf_url=pdf_url)


@staff.get("/editions/<day:day>.pdf")
def edition_pdf(day: date) -> ResponseReturnValue:
    """The column of an edition as PDF."""
    return column_file("pdf", db(), *_column(day))


@staff.get("/editions/<day:day>.txt")
def edition_text(day: date) -> ResponseReturnValue:
    """The column of an edition as text for the typesetter."""
    return column_file("txt", db(), *_column(day))


@staff.get("/editions/<day:day>.docx")
def edition_docx(day: date) -> ResponseReturnValue:
    """The column of an edition for Word."""
    return column_file("docx", db(), *_column(day))


def _column(day: date) -> tuple[Edition, list[Declaration], Reveal]:
    edition = editions.get_edition(db(), day)
    if edition is None:
        raise NotFound(f"no edition of {day}")
    return edition, editions.list_column(db(), edition), Reveal.AS_CHOSEN
