"""What goes to press: the files of a column, made once and read back before anybody relies on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from registry.db.tables import Declaration, Edition
from registry.declarations import edition_files, editions
from registry.declarations.edition_files import MadeFile
from registry.declarations.editions import MadeColumn
from registry.declarations.records import Reveal
from registry.errors import FontMissing
from registry.printing import column_text, pdf, press, reading
from registry.printing.column import EditionColumn, find_uncovered_in
from registry.web import prints
from registry.web.rendering import public_url
from registry.wording.comparing import Comparison, compare

AUDIENCES: Final = {"press": Reveal.AS_CHOSEN, "public": Reveal.MASKED}
# Why there is no PDF, beside the refusals of the press.
UNCOVERED: Final = "Uncovered"
_PAGE_COUNT: Final = re.compile(r"\d+\s*/\s*\d+")


@dataclass(frozen=True, slots=True)
class Pressing:
    """The files of a column, and how the text of its PDF agrees with the records; None where there is no PDF."""

    made: MadeColumn
    comparison: Comparison | None

    @property
    def agrees(self) -> bool:
        return self.comparison is None or self.comparison.agrees


def make_files(session: Session, day: date, *, audiences: Iterable[str] = ("press", "public")) -> Pressing:
    """Return the files of a column that is closed with them, or is closed already.

    What goes to the press is read back out of its PDF and compared with the records.

    Raises:
        NotFound: there is no edition of that day.
        PressBusy: other PDFs are being made.
    """
    edition = editions.require_edition(session, day)
    declarations = editions.list_column(session, edition)
    # As it will be called once it is closed; this one is never stored.
    named = Edition(day=day, number=editions.next_number(session, edition))
    files: list[MadeFile] = []
    comparison, lacking = None, None
    pages: dict[str, bytes] = {}
    for audience in audiences:
        reveal = AUDIENCES[audience]
        column = prints.column_of(session, named, declarations, reveal)
        text = column_text.as_file(column_text.column_text(column))
        files.append(MadeFile(audience, "text", text))
        if lacking is None and find_uncovered_in(column):
            # It would print boxes in their place, and nobody's name is a box.
            lacking = UNCOVERED
        if lacking is None:
            page = prints.column_page(column)
            lacking = _lay_out(page, pages)
        if lacking is None:
            files.append(MadeFile(audience, "pdf", pages[page]))
            if audience == "press":
                comparison = read_back(column, _text_of(pages[page]))
    assert named.number is not None
    made = MadeColumn(named.number, editions.versions_of(declarations), tuple(files), lacking)
    return Pressing(made, comparison)


def make_missing(session: Session, day: date) -> Pressing:
    """Return those files of a closed edition that it lacks; see `make_files`."""
    edition = editions.require_edition(session, day)
    there = {
        (file.audience, file.format) for file in edition_files.list_files(session, edition) if not file.replaced_at
    }
    wanted = [audience for audience in AUDIENCES if not {(audience, "pdf"), (audience, "text")} <= there]
    pressing = make_files(session, day, audiences=wanted)
    made = pressing.made
    files = tuple(file for file in made.files if (file.audience, file.format) not in there)
    return Pressing(MadeColumn(made.number, made.versions, files, made.lacking), pressing.comparison)


def read_back(column: EditionColumn, text: str) -> Comparison:
    """Return how the text of a page agrees with a column, the newspaper's own furniture left out."""
    items = [(item.reference, item.sentence + "".join(item.signature)) for item in column.items]
    return compare(items, text, bullet=column.style.bullet, furniture=_furniture(column, text))


def column_in_print(session: Session, edition: Edition) -> tuple[EditionColumn, Sequence[Declaration]]:
    """Return the column of an edition as the paper has it, and what of it was withdrawn after it was closed."""
    withdrawn = editions.list_withdrawn(session, edition)
    declarations = [*editions.list_column(session, edition), *withdrawn]
    if withdrawn:
        declarations.sort(key=lambda declaration: declaration.column_place or 0)
    return prints.column_of(session, editions.in_print(session, edition), declarations, Reveal.AS_CHOSEN), withdrawn


def _lay_out(page: str, pages: dict[str, bytes]) -> str | None:
    """Make a page into a PDF, where it was not made before; return why it cannot be made, or None."""
    try:
        # Where no number is printed in full, the public's page is the press's.
        if page not in pages:
            pages[page] = pdf.make_pdf(page, assets=prints.assets())
    except (FontMissing, press.PressMissing, press.PressFailed) as refusal:
        return type(refusal).__name__
    return None


def _text_of(made: bytes) -> str:
    try:
        return reading.read_pdf(made)
    except (press.PressFailed, press.FileUnreadable):
        # What cannot be read back has nothing of the records in it, for all that is known.
        return ""


def _furniture(column: EditionColumn, text: str) -> Iterator[str]:
    yield column.style.heading
    yield column.dateline + column.paper + column.issue
    yield column.paper + column.dateline + column.issue
    address = public_url("public.edition", day=column.day)
    for line in text.splitlines():
        if address in line or _PAGE_COUNT.fullmatch(line.strip()):
            yield line
