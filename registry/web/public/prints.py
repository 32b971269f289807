"""Printing what is public: a notice, and an edition's column. Sensitive numbers are masked on paper too."""

from __future__ import annotations

from datetime import date

from flask import make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.db.engine import style_of
from registry.db.tables import Declaration, Edition
from registry.declarations.editions import list_column
from registry.declarations.records import Reveal
from registry.declarations.states import PUBLIC
from registry.printing.sheet import stylesheet
from registry.web import prints, sheets
from registry.web.columns import column_file
from registry.web.public.blueprint import public
from registry.web.public.lookup import find_edition, find_public
from registry.web.sessions import db


@public.get("/declarations/<reference>/print")
def notice_print(reference: str) -> ResponseReturnValue:
    declaration = find_public(db(), reference)
    if declaration.reference != reference:
        return redirect(url_for("public.notice_print", reference=declaration.reference), 301)
    return sheets.notice_page(
        db(),
        declaration,
        Reveal.MASKED,
        back=url_for("public.declaration", reference=reference),
        pdf_url=url_for("public.notice_pdf", reference=reference),
    )


@public.get("/declarations/<reference>.pdf")
def notice_pdf(reference: str) -> ResponseReturnValue:
    declaration = find_public(db(), reference)
    if declaration.reference != reference:
        return redirect(url_for("public.notice_pdf", reference=declaration.reference), 301)
    return prints.as_pdf(sheets.notice_page(db(), declaration, Reveal.MASKED), f"{reference}.pdf")


@public.get("/print/column.css")
def column_styles() -> ResponseReturnValue:
    """The width and the type of the house's column, which print.css does not know."""
    response = make_response(stylesheet(style_of(db()).column))
    response.content_type = "text/css; charset=utf-8"
    # Its address changes with it: see registry.web.prints.
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@public.get("/editions/<day:day>/print")
def edition_print(day: date) -> ResponseReturnValue:
    back, pdf_url = url_for("public.edition", day=day), url_for("public.edition_pdf", day=day)
    return prints.column_page(prints.column_of(db(), *_column(day)), back=back, pdf_url=pdf_url)


@public.get("/editions/<day:day>.pdf")
def edition_pdf(day: date) -> ResponseReturnValue:
    return column_file("pdf", db(), *_column(day))


@public.get("/editions/<day:day>.txt")
def edition_text(day: date) -> ResponseReturnValue:
    return column_file("txt", db(), *_column(day))


@public.get("/editions/<day:day>.docx")
def edition_docx(day: date) -> ResponseReturnValue:
    return column_file("docx", db(), *_column(day))


def _column(day: date) -> tuple[Edition, list[Declaration], Reveal]:
    edition = find_edition(db(), day)
    return edition, list_column(db(), edition, statuses=PUBLIC), Reveal.MASKED
