"""What may be wrong with a file or a row, and what to do about it."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from registry import kinds
from registry.search.files.model import MOST_ROWS, Description
from registry.search.files.results import BAD
from registry.web.i18n import gettext as _
from registry.web.i18n import reader_language
from registry.web.public.verdicts import ShownVerdict
from registry.web.rendering import in_reader_language, verdict_word
from registry.web.sessions import settings

REFUSALS: Final = {
    "empty": _l("Choose a file with at least one number in it: this one is empty"),
    "old_excel": _l("Open this workbook in Excel or WPS and save it as .xlsx: the old format .xls is not read here"),
    "password": _l("Save a copy of this workbook without its password, and choose that one"),
    "open_document": _l("Save this table as .xlsx or CSV: OpenDocument files (.ods) are not read here"),
    "binary_excel": _l("Save this workbook as .xlsx: the format .xlsb is not read here"),
    "markup": _l(
        "Open this file in Excel or WPS and save it as .xlsx: whatever its name says, inside it is a web page or XML"
    ),
    "other_type": _l("Choose a workbook (.xlsx), a table as text (.csv) or a plain text (.txt): this is none of them"),
    "damaged": _l("Open this workbook in Excel or WPS and save it anew: as it is, it cannot be read"),
    "too_large_inside": _l(
        "Copy the column with the numbers into a new workbook: this one holds far more than can be read here"
    ),
    "unreadable_text": _l("Save this table as .xlsx or as “CSV UTF-8”: its characters cannot be read as they are"),
}
FAULTS: Final = {
    "empty": _l("There is no number in this row."),
    "digits_lost": _l(
        "The spreadsheet kept only 15 digits of this number. Format the column as text, enter the number again, and "
        "check it once more."
    ),
    "date": _l("This cell is a date. If it is a number, format the column as text and enter it again."),
    "yes_no": _l("This cell holds true or false and no number."),
    "formula": _l("This cell shows the fault of a formula and no number."),
    "unreadable": _l("A character of this number could not be read. Compare it with the document."),
    "reference": _l(
        "This is the reference of a declaration, which stands on no document. Enter the number of the document, or "
        "check the reference by itself."
    ),
}


def answer(word: str) -> str:
    """Return what a row's worst verdict is called, or a bad row."""
    return _("Cannot be checked") if word == BAD else verdict_word(word)


def meaning(shown: ShownVerdict) -> str:
    """Return what a verdict means, sentence by sentence, with the slips that would explain an impossible number."""
    stop, gap = ("。", "") if reader_language() == "zh" else (".", " ")
    return gap.join([shown.reason, *shown.further, *(slip.words + stop for slip in shown.slips)])


def refusal(code: str) -> str:
    """Return what to do about a file that was refused."""
    if code == "too_many_rows":
        return _("Split this file: at most %(most)s rows are checked at once", most=f"{MOST_ROWS:,}")
    if code == "too_large":
        return _(
            "Split this file, or keep the column with the numbers only: at most %(most)d MB are checked at once",
            most=settings().check_file_mb,
        )
    return str(REFUSALS.get(code, REFUSALS["damaged"]))


def fault(code: str, typed: str) -> str:
    """Return what is wrong with a bad row."""
    if code in FAULTS:
        return str(FAULTS[code])
    return in_reader_language(kinds.examine("other", typed).reasons[0].message)


def described(description: Description) -> str:
    """Return how a file was understood, in one sentence."""
    if description.format == "xlsx":
        if description.sheets > 1:
            return _(
                "Workbook; only its first sheet, “%(sheet)s”, was read, of %(sheets)d.",
                sheet=description.sheet,
                sheets=description.sheets,
            )
        return _("Workbook, sheet “%(sheet)s”.", sheet=description.sheet)
    if description.format == "text":
        return _("Text with one number a line, in the encoding %(encoding)s.", encoding=description.encoding)
    return _(
        "Text with columns divided by %(delimiter)s, in the encoding %(encoding)s.",
        delimiter=_delimiter(description.delimiter),
        encoding=description.encoding,
    )


def column_name(description: Description, column: int) -> str:
    """Return what a column is called: by letters in a workbook, by number in a text."""
    if description.format != "xlsx":
        return _("Column %(number)d", number=column + 1)
    number, letters = description.first_column + column + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return _("Column %(number)s", number=letters)


def _delimiter(character: str) -> str:
    names = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}
    return names.get(character, f"“{character}”")
