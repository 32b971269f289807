"""The column of an edition as files for the typesetter: as PDF, as text, and for Word."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, render_template
from sqlmodel import Session

from registry.db.tables import Declaration, Edition
from registry.declarations.edition_files import KeptFile, find_file
from registry.declarations.records import Reveal
from registry.printing import press
from registry.printing.column import find_uncovered_in
from registry.printing.column_docx import MEDIA_TYPE, column_docx
from registry.printing.column_text import as_file, column_text
from registry.web import prints
from registry.web.rendering import public_url
from registry.web.sessions import settings

TEXT = "text/plain; charset=utf-8"


def column_file(
    ending: str, session: Session, edition: Edition, declarations: Sequence[Declaration], reveal: Reveal
) -> Response:
    """Return the column as a file to keep: a `pdf`, a `txt` or a `docx`, called by the day of the edition.

    Once the edition is closed, PDF and text are those that were kept then.
    """
    kept = _find_kept(ending, session, edition, reveal)
    if kept:
        return prints.kept_file(session, kept, f"{edition.day.isoformat()}.{ending}")
    if ending == "pdf" and press.is_full():
        # A whole column takes long to be put together, and in a flood of requests most of it would be for nothing.
        return prints.press_busy()
    column = prints.column_of(session, edition, declarations, reveal)
    filename = f"{edition.day.isoformat()}.{ending}"
    if ending == "txt":
        return _file(as_file(column_text(column)), TEXT, filename)
    if ending == "docx":
        return _file(column_docx(column, note=_note(edition)), MEDIA_TYPE, filename)
    uncovered = find_uncovered_in(column)
    if uncovered:
        # Named before it is printed, for in print it would be a box.
        return make_response(render_template("errors/uncovered.html", code=503, uncovered=uncovered), 503)
    return prints.as_pdf(prints.column_page(column), filename)


def _find_kept(ending: str, session: Session, edition: Edition, reveal: Reveal) -> KeptFile | None:
    audience = "press" if reveal is Reveal.AS_CHOSEN else "public"
    format_ = {"pdf": "pdf", "txt": "text"}.get(ending)
    return find_file(session, edition, audience=audience, format_=format_) if format_ else None


def _note(edition: Edition) -> str:
    if edition.number is None:
        return ""
    return f"各件现状，请在{settings().registry_name.zh}查验：{public_url('public.edition', day=edition.day)}"


def _file(body: bytes, media_type: str, filename: str) -> Response:
    response = make_response(body)
    response.content_type = media_type
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response
