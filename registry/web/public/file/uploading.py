"""The first page of a file: what happens to it, and its upload."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from registry.db.sealed_files import PIECE, RecordWriter, SealedSpool
from registry.search.files import folders, formats, launching
from registry.search.files.folders import UPLOAD, Folder
from registry.search.files.model import MOST_ROWS, FileRefused
from registry.text import squeeze
from registry.web import uploads
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import file
from registry.web.public.file import browser, words
from registry.web.public.file.forms import UploadForm
from registry.web.sessions import settings

# Of one machine, for each file that is worked on: so many more may wait.
WAITING_FOR_EACH = 4
_LONGEST_NAME = 80


@file.route("", methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    """Ask for a file, and begin to read it."""
    form = UploadForm()
    mine = browser.load_any()
    if not form.is_submitted():
        return page(form)
    if form.validate() and mine and mine[2]:
        form.form_errors.append(_("Your last file is still being worked on. Wait for it, or erase it first"))
    if form.errors:
        return page(form), 422
    if mine:
        mine[0].erase()
        browser.forget()
    try:
        folder = _keep(form.file.data.stream, form.file.data.filename or "")
    except FileRefused as refused:
        form.file.errors = [words.refusal(refused.code)]
        return page(form), 422
    launching.start_reading(folder, slots=settings().check_files_at_once)
    browser.remember(folder)
    return redirect(url_for("file.show", number=folder.id), 303)


@file.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    form = UploadForm(formdata=None)
    form.file.errors = [words.refusal("too_large")]
    return page(form), 413


def page(form: UploadForm) -> str:
    return render_template(
        "file/upload.html",
        form=form,
        mine=browser.load_any(),
        most_rows=f"{MOST_ROWS:,}",
        most_mb=settings().check_file_mb,
        minutes=settings().check_file_minutes,
    )


def _keep(sent: SealedSpool, name: str) -> Folder:
    """Put what was sent into a new folder, sealed.

    Raises:
        FileRefused: it is plainly none of the files that are read here.
        Busy: there is no room for it.
    """
    most = WAITING_FOR_EACH * settings().check_files_at_once
    folder = folders.make(uploads.folder(settings()), squeeze(name)[-_LONGEST_NAME:], most_waiting=most)
    try:
        sent.seek(0)
        formats.refuse_early(iter(lambda: sent.read(PIECE), b""))
        sent.seek(0)
        with RecordWriter(folder.path / UPLOAD, folder.key) as kept:
            while piece := sent.read(PIECE):
                kept.append(piece)
    except BaseException:
        folder.erase()
        raise
    return folder
