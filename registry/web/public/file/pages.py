"""One address for a file from its upload to its results: it shows whatever has been reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.errors import NotFound
from registry.search.files import launching
from registry.search.files.folders import STATE, Folder, State
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import file
from registry.web.public.file import answers, browser, words
from registry.web.public.file.forms import ColumnForm, UploadForm, hints_of
from registry.web.public.file.uploading import page as upload_page
from registry.web.sessions import database, settings


@file.get("/<number>")
def show(number: str) -> ResponseReturnValue:
    """How far the file has come: the work, the choice of a column, the results, or what went wrong."""
    folder, state, at_work = browser.load(number)
    if state.stage in ("reading", "checking"):
        if not at_work:
            return render_template("file/interrupted.html", state=state, folder=folder)
        return render_template("file/working.html", folder=folder, state=state, seen=_progress(folder, state))
    if state.stage == "refused":
        form = UploadForm(formdata=None)
        form.file.errors = [words.refusal(state.refusal)]
        return upload_page(form), 422
    if state.stage == "choosing":
        return _choice(folder, state, ColumnForm.of(state))
    shown = request.args.get("show", "")
    page = request.args.get("page", 1, type=int)
    return render_template(
        "file/result.html",
        folder=folder,
        state=state,
        found=answers.result(folder, state, shown, page),
        word=words.answer,
        meaning=words.meaning,
        described=words.described(state.description) if state.description else "",
        erased_at=erased_at(folder),
    )


@file.post("/<number>")
def choose(number: str) -> ResponseReturnValue:
    """Take the chosen column, and begin to check it."""
    folder, state, _at_work = browser.load(number)
    if state.stage == "choosing":
        form = ColumnForm.of(state)
        if not form.validate():
            return _choice(folder, state, form), 422
        launching.start_checking(
            folder,
            column=form.column.data,
            has_heading=form.has_heading,
            slots=settings().check_files_at_once,
            database_url=settings().database_read_url or settings().database_url,
            lookup=database().vault.lookup_secret,
        )
    return redirect(url_for("file.show", number=number), 303)


@file.get("/<number>/progress")
def progress(number: str) -> ResponseReturnValue:
    """How far the work has come, for the script of the page that waits."""
    folder, state, at_work = browser.load(number)
    return jsonify(stage=state.stage, at_work=at_work, **_progress(folder, state))


@file.post("/<number>/erase")
def erase(number: str) -> ResponseReturnValue:
    """Erase everything of a file; work on it is called off."""
    folder, _state, _at_work = browser.load(number)
    folder.erase()
    browser.forget()
    flash(_("Your file and everything about it is erased."), "success")
    return redirect(url_for("file.upload"), 303)


@file.errorhandler(NotFound)
def missing(_error: NotFound) -> ResponseReturnValue:
    page = render_template(
        "errors/error.html",
        code=404,
        title=_("This file is not here"),
        advice=_("It was erased meanwhile, or it was sent with another browser. Upload it once more."),
        further=((url_for("file.upload"), _("Check a file of numbers")),),
    )
    return page, 404


def erased_at(folder: Folder) -> datetime:
    """Return when the file is erased if nobody does so before."""
    reached = datetime.fromtimestamp((folder.path / STATE).stat().st_mtime, UTC)
    return reached + timedelta(minutes=settings().check_file_minutes)


def _choice(folder: Folder, state: State, form: ColumnForm) -> str:
    assert state.description is not None
    return render_template(
        "file/choose.html",
        folder=folder,
        state=state,
        form=form,
        hints=hints_of(state),
        described=words.described(state.description),
        erased_at=erased_at(folder),
    )


def _progress(folder: Folder, state: State) -> dict[str, object]:
    """Return what the page says of the work; `percent` is None where nobody knows how much there is."""
    seen = folder.progress()
    total = state.rows - state.has_heading if state.stage == "checking" else 0
    done = min(seen.done, total) if total else seen.done
    if seen.waits:
        said = _("Other files are being worked on. Yours is next in a moment.")
    elif state.stage == "reading":
        said = _("%(done)s rows read", done=f"{done:,}")
    else:
        said = _("%(done)s of %(total)s rows checked", done=f"{done:,}", total=f"{total:,}")
    return {"percent": 100 * done // total if total else None, "said": said}
