"""The column as plain text, for a typesetter who flows it into a page of their own."""

from __future__ import annotations

from registry.printing.column import ColumnItem, EditionColumn

# Programs on Chinese Windows take a file for GBK unless it begins with this mark, and GBK lacks rare characters.
ENCODING = "utf-8-sig"


def column_text(column: EditionColumn) -> str:
    """Return a column as text, its lines ended by a line feed.

    First comes what stands over the column: paper, day and number of the edition; then the heading; then each
    declaration as one paragraph, that is, one line, however long, and the lines of its signature below. Empty lines
    divide the three, and signed declarations from each other.
    """
    over = "　".join(part for part in (column.paper, column.dateline, column.issue) if part)
    items = [_paragraphs(item, column.style.bullet) for item in column.items]
    between = "\n\n" if any(item.signature for item in column.items) else "\n"
    return "\n\n".join((over, column.style.heading, between.join(items))).rstrip("\n") + "\n"


def as_file(text: str) -> bytes:
    """Return a text as the bytes of a file that any typesetter's program opens: UTF-8 with its mark, CR and LF."""
    return text.replace("\n", "\r\n").encode(ENCODING)


def _paragraphs(item: ColumnItem, bullet: str) -> str:
    return "\n".join((bullet + item.sentence, *item.signature))
