"""The printed page beside the records: what the newspaper's own page says is pasted or sent, and nothing of it kept."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import RequestEntityTooLarge

from registry.db.tables import Edition
from registry.declarations import edition_files, editions
from registry.printing import reading
from registry.printing.press import FileUnreadable, PressBusy, PressFailed
from registry.web import press_room, prints, uploads
from registry.web.sessions import db, reading_at_length, settings
from registry.web.staff.blueprint import staff
from registry.web.staff.closing import find_edition
from registry.web.staff.forms import CompareForm
from registry.wording.comparing import ComparedItem, Comparison, Outcome

# Characters of all pages of a newspaper; what is longer is something else.
MOST_TEXT = 500_000
MOST_EXTRA = 200


class _PageRefused(Exception):
    """A page that cannot be compared; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a page showed: `printed_though_withdrawn` are references; `items` are all others, the worst first."""

    items: list[ComparedItem]
    printed_though_withdrawn: list[str]
    extra: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return not self.printed_though_withdrawn and all(item.outcome is Outcome.FOUND for item in self.items)

    def of(self, outcome: str) -> list[ComparedItem]:
        """Return the items of one outcome, in the order of the column."""
        return [item for item in self.items if item.outcome == outcome]


@staff.route("/editions/<day:day>/compare", methods=["GET", "POST"])
def compare(day: date) -> ResponseReturnValue:
    """Compare the printed page, or the PDF that is kept, with the records."""
    form = CompareForm()
    try:
        return _answer(day, form)
    finally:
        if form.file.data:
            form.file.data.close()


def _answer(day: date, form: CompareForm) -> ResponseReturnValue:
    find_edition(day)
    if not form.is_submitted():
        return _page(day, form)
    if not form.validate():
        return _page(day, form), 422
    try:
        with reading_at_length() as session:
            result = _compared(session, day, form)
    except _PageRefused as refused:
        (form.file if form.file.data else form.text).errors = [str(refused)]
        return _page(day, form), 422
    except PressBusy:
        form.form_errors.append(_("Other PDFs are being read. Please try again in a moment."))
        return _page(day, form), 429, {"Retry-After": str(prints.SECONDS_TO_WAIT)}
    return _page(day, form, result)


@staff.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """The page of whoever sent too large a file; nothing else here takes any."""
    if request.endpoint != "staff.compare":
        return error
    form = CompareForm(formdata=None)
    form.file.errors = [
        _("Choose a file of up to %(size)d MB, or paste the text", size=uploads.longest_file(settings()) >> 20)
    ]
    return _page((request.view_args or {})["day"], form), 413


def _page(day: date, form: CompareForm, result: Result | None = None) -> str:
    edition = find_edition(day)
    return render_template(
        "staff/compare.html",
        edition=edition,
        number=editions.number_in_use(db(), edition),
        kept_pdf=edition_files.find_file(db(), edition, audience="press", format_="pdf"),
        form=form,
        result=result,
        most_extra=MOST_EXTRA,
        most_mb=settings().check_file_mb,
    )


def _compared(session: Session, day: date, form: CompareForm) -> Result:
    edition = editions.require_edition(session, day)
    column, withdrawn = press_room.column_in_print(session, edition)
    comparison = press_room.read_back(column, _text(session, edition, form))
    return _result(comparison, {declaration.reference for declaration in withdrawn})


def _result(comparison: Comparison, withdrawn: set[str]) -> Result:
    items = [item for item in comparison.items if item.key not in withdrawn]
    printed = [item for item in comparison.items if item.key in withdrawn and item.outcome is not Outcome.MISSING]
    return Result(items, [item.key for item in printed], comparison.extra)


def _text(session: Session, edition: Edition, form: CompareForm) -> str:
    """Return the text that is to be compared.

    Raises:
        _PageRefused: it has none.
        PressBusy: other PDFs are being read or made.
    """
    if form.source.data == form.KEPT:
        kept = edition_files.find_file(session, edition, audience="press", format_="pdf")
        if kept is None:
            raise _PageRefused(_("Paste the text of the printed page, or choose a file"))
        return reading.read_pdf(edition_files.content_of(session, kept))
    if not form.file.data:
        return form.text.data or ""
    content = form.file.data.stream.read()
    text = _text_of_pdf(content) if content.startswith(b"%PDF") else _decoded(content)
    if len(text) > MOST_TEXT:
        raise _PageRefused(_("Choose a file with the page of the column alone: this one holds too much text"))
    return text


def _text_of_pdf(content: bytes) -> str:
    try:
        text = reading.read_pdf(content)
    except (FileUnreadable, PressFailed) as error:
        raise _PageRefused(
            _("Choose another file or paste the text: this PDF is damaged, locked or of too many pages")
        ) from error
    if not text.strip():
        raise _PageRefused(_("Paste the text instead: this PDF holds pictures of the page and no text"))
    return text


def _decoded(content: bytes) -> str:
    """Return the text of a file as typesetters' programs write it; that of Chinese Windows takes nearly any bytes."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\x00" not in text:
            return text
    raise _PageRefused(_("Choose a PDF or a plain text file that is not empty"))
