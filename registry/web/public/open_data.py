"""The page of feeds, exports and open data, and the files of the daily package."""

from __future__ import annotations

from pathlib import Path

from flask import render_template, send_from_directory
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from registry.exporting import opendata
from registry.exporting.package import DESCRIPTOR, FILES
from registry.web.downloads import sent_slowly
from registry.web.public.blueprint import public
from registry.web.public.list_form import FilterForm
from registry.web.public.lookup import NoOpenData
from registry.web.sessions import settings

# A smaller file fits into what the system keeps for a connection, and is sent at once.
LARGE = 1_000_000
# By filter of the list: what it means in an address, and an example.
FILTERS = {
    "q": (_l("Words of names, titles, public numbers or the sentence"), "公章"),
    "kind": (_l("Kind of document, by its slug"), "seal_code"),
    "family": (_l("Family of kinds, by its slug"), "seals"),
    "status": (_l("published, contested, corrected or withdrawn"), "withdrawn"),
    "since": (_l("First day of publication"), "2026-03-01"),
    "until": (_l("Last day of publication"), "2026-03-31"),
    "edition": (_l("Number of the edition, or its day"), "12"),
}
MEDIA_TYPES = {".gz": "application/gzip", ".csv": "text/csv; charset=utf-8", ".md": "text/markdown; charset=utf-8"}


@public.get("/open-data")
def open_data() -> ResponseReturnValue:
    return render_template(
        "public/open_data.html",
        package=opendata.read_package(_folder()),
        descriptor=DESCRIPTOR,
        filters=[(field.name, *FILTERS[field.name]) for field in FilterForm()],
    )


@public.get("/open-data/<name>")
def open_data_file(name: str) -> ResponseReturnValue:
    path = _folder() / name
    if name not in FILES or not path.is_file():
        raise NoOpenData(name)
    response = send_from_directory(
        _folder(), name, mimetype=MEDIA_TYPES.get(path.suffix), as_attachment=path.suffix == ".gz", conditional=True
    )
    response.headers["Cache-Control"] = "public, no-cache"
    return sent_slowly(response) if path.stat().st_size > LARGE else response


def _folder() -> Path:
    return settings().instance / opendata.FOLDER
