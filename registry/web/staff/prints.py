"""Printing for the press: sensitive numbers stand in full where the declarant chose so."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue

from registry.declarations import edition_files, editions
from registry.declarations.records import Reveal
from registry.web import prints
from registry.web.sessions import db
from registry.web.staff import desk
from registry.web.staff.blueprint import staff
from registry.web.staff.closing import find_edition


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
    return _column(day, back=back, pdf_url=pdf_url)


@staff.get("/editions/<day:day>.pdf")
def edition_pdf(day: date) -> ResponseReturnValue:
    """The column of an edition as PDF: the one that went to press, once it is closed."""
    edition = find_edition(day)
    kept = edition_files.find_file(db(), edition, audience="press", format_="pdf")
    if kept:
        return prints.kept_file(db(), kept, f"{day.isoformat()}.pdf")
    return prints.as_pdf(_column(day), f"{day.isoformat()}.pdf")


def _column(day: date, *, back: str | None = None, pdf_url: str | None = None) -> str:
    edition = find_edition(day)
    declarations = editions.list_column(db(), edition)
    return prints.column_page(db(), edition, declarations, Reveal.AS_CHOSEN, back=back, pdf_url=pdf_url)
