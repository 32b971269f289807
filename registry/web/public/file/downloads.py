"""The whole result as a file for people: every row with the number as it was sent, its answer, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from flask import Response, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.errors import NotFound
from registry.search.files import results
from registry.search.files.folders import Folder, State
from registry.search.files.results import BAD, WORDS, ResultRow
from registry.text_csv import BOM, lines, number_cell, text_cell
from registry.web import workbook
from registry.web.public import verdicts
from registry.web.public.blueprint import file
from registry.web.public.file import browser, words
from registry.web.public.verdicts import ShownVerdict, verdict_word
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
    blocks = _blocks(folder, state)
    if kind == "csv":
        response = Response(stream_with_context(_csv(blocks)), mimetype="text/csv")
    else:
        sheets = [
            workbook.Sheet(_("Results"), WIDTHS, blocks),
            workbook.Sheet(_("Summary"), (40, 60), [_summary(state)]),
        ]
        response = Response(stream_with_context(workbook.stream(sheets)), mimetype=workbook.MEDIA_TYPE)
    name = _("Check of numbers %(moment)s", moment=as_moment(state.as_of).replace(":", "")) + f".{kind}"
    response.headers["Content-Disposition"] = f"attachment; filename=\"check.{kind}\"; filename*=UTF-8''{quote(name)}"
    return response


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
    told = {word: verdict_word(word) for word in WORDS}
    for rows in results.all_rows(folder, state):
        as_of = _moment(rows)
        yield [_line(row, told[row.word], unknown, as_of) for row in rows]


def _line(row: ResultRow, word: str, unknown: str, as_of: str) -> Line:
    start = [str(row.line), row.typed, word, row.word]
    if row.word == BAD:
        return [*start, "", "", "", "", words.fault(row.fault, row.typed), "", as_of]
    if not row.verdicts:
        return [*start, "", "", "", "", unknown, "", as_of]
    first, *others = map(verdicts.summarise, row.verdicts)
    return [*start, *_told(first), _further(others, row.is_cut), as_of]


def _told(shown: ShownVerdict) -> Line:
    """Return reference, document, both days and meaning of a verdict."""
    verdict = shown.verdict
    reasons = " ".join([shown.reason, *shown.further, *(slip.words for slip in shown.slips)])
    return [
        shown.entry.reference if shown.entry else "",
        shown.title,
        verdict.since.isoformat() if verdict.since else "",
        verdict.until.isoformat() if verdict.until else "",
        reasons,
    ]


def _further(others: list[ShownVerdict], is_cut: bool) -> str:
    told = [f"{verdict_word(one.word)} {one.entry.reference if one.entry else ''}".strip() for one in others]
    if is_cut:
        told.append(_("There are more."))
    return "; ".join(told)


def _moment(rows: list[ResultRow]) -> str:
    moment: datetime | None = rows[0].as_of if rows else None
    return as_moment(moment) if moment else ""


def _summary(state: State) -> list[Line]:
    counted = [[verdict_word(word), f"{state.counts[word]:,}"] for word in WORDS]
    return [
        [_("Answer"), _("Rows")],
        *counted,
        [_("File"), state.name],
        [_("How it was read"), words.described(state.description) if state.description else ""],
        [_("As of"), as_moment(state.as_of)],
        [_("What this is"), _("Not on the register is no proof that a document is valid.")],
    ]
