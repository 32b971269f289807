"""The whole result as a file for people: every row with its line, its number, its answer and what that means.

Like any list a download is passed on, so sensitive numbers are masked in it too; its rows stand as those of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import stream_with_context
from flask.typing import ResponseReturnValue

from registry.errors import NotFound
from registry.exporting.rows import CSV
from registry.search.files import results
from registry.search.files.folders import Folder, State
from registry.search.files.results import BAD, WORDS, ResultRow
from registry.text_csv import BOM, lines, number_cell, text_cell
from registry.web import workbook
from registry.web.downloads import streamed
from registry.web.i18n import gettext as _
from registry.web.public.blueprint import file
from registry.web.public.file import browser, words
from registry.web.public.file.answers import shown_verdicts
from registry.web.public.verdicts import ShownVerdict
from registry.web.rendering import as_moment

Line = list[str]
# In characters, which Chinese ones are two of.
WIDTHS = (8, 26, 18, 16, 18, 24, 12, 12, 60, 40, 18)
_NUMBER = 1


@file.get("/<number>/result.<any(csv, xlsx):kind>")
def download(number: str, kind: str) -> ResponseReturnValue:
    """The results as CSV or as a workbook, written while they are sent."""
    folder, state, _at_work = browser.load(number)
    if state.stage != "done" or state.as_of is None:
        raise NotFound(number)
    name = _("Check of numbers %(moment)s", moment=as_moment(state.as_of).replace(":", "")) + f".{kind}"
    blocks = _blocks(folder, state)
    if kind == "csv":
        return streamed(stream_with_context(_csv(blocks)), broken=CSV.broken, media_type=CSV.media_type, filename=name)
    sheets = [
        workbook.Sheet(_("Results"), WIDTHS, blocks),
        workbook.Sheet(_("Summary"), (40, 60), [_summary(state)]),
    ]
    # A workbook that ends early lacks its table of contents, and no program opens it.
    pieces = stream_with_context(workbook.stream(sheets))
    return streamed(pieces, broken=b"", media_type=workbook.MEDIA_TYPE, filename=name)


def _csv(blocks: Iterator[list[Line]]) -> Iterator[bytes]:
    (heading,) = next(blocks)
    yield (BOM + lines([heading])).encode()
    for block in blocks:
        yield lines(
            [number_cell(cell) if at == _NUMBER else text_cell(cell) for at, cell in enumerate(line)] for line in block
        ).encode("utf-8", "replace")


def _blocks(folder: Folder, state: State) -> Iterator[list[Line]]:
    yield [
        [
            _("Row"),
            _("Number"),
            _("Answer"),
            _("Code"),
            _("Reference"),
            _("Document"),
            _("Declared on"),
            _("Withdrawn on"),
            _("What it means"),
            _("Further answers"),
            _("As of"),
        ]
    ]
    unknown = _("No declaration on this register names this number.") + " "
    unknown += _("That is no proof that the document is valid.")
    told = {word: words.answer(word) for word in WORDS}
    for rows in results.all_rows(folder, state):
        as_of = _moment(rows)
        yield [_line(row, told[row.word], unknown, as_of) for row in rows]


def _line(row: ResultRow, word: str, unknown: str, as_of: str) -> Line:
    start = [str(row.line), row.number, word, row.word]
    if row.word == BAD:
        return [*start, "", "", "", "", words.fault(row.fault, row.typed), "", as_of]
    if not row.facts:
        return [*start, "", "", "", "", unknown, "", as_of]
    first, *others = shown_verdicts(row)
    return [*start, *_told(first), _further(others, row.is_cut), as_of]


def _told(shown: ShownVerdict) -> Line:
    """Return reference, document, both days and meaning of a verdict."""
    facts = shown.facts
    return [
        facts.reference,
        shown.title,
        facts.since.isoformat() if facts.since else "",
        facts.until.isoformat() if facts.until else "",
        words.meaning(shown),
    ]


def _further(others: list[ShownVerdict], is_cut: bool) -> str:
    told = [f"{words.answer(one.word)} {one.facts.reference}".strip() for one in others]
    if is_cut:
        told.append(_("There are more."))
    return "; ".join(told)


def _moment(rows: list[ResultRow]) -> str:
    moment: datetime | None = rows[0].as_of if rows else None
    return as_moment(moment) if moment else ""


def _summary(state: State) -> list[Line]:
    counted = [[words.answer(word), f"{state.counts[word]:,}"] for word in WORDS]
    return [
        [_("Answer"), _("Rows")],
        *counted,
        [_("File"), state.name],
        [_("How it was read"), words.described(state.description) if state.description else ""],
        [_("As of"), as_moment(state.as_of)],
        [_("What this is"), _("Not on the register is no proof that a document is valid.")],
    ]
