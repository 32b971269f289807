"""What a table looks like: which column holds numbers, whether the first row is a heading, and a few rows to see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from registry import kinds
from registry.declarations.masking import mask_like_ids
from registry.kinds import Grade
from registry.search.files.model import Cell, Column, Marked, Row, text_of
from registry.search.files.texts import marked

SAMPLES: Final = 4
_ROWS_LOOKED_AT: Final = 100
_NUMBERLIKE: Final = re.compile(r"(?=.*\d)[0-9A-Za-z\-().（）〔〕\[\]\s]{4,40}")
_DIGITS: Final = re.compile(r"\d{3}")
# Headings of columns of numbers, and of those that are numbers of something else.
_MEANT: Final = re.compile(
    r"证号|编号|号码|证件号|代码|证照|流水号|发票号|number|no\.|code|serial|\bid\b", re.IGNORECASE
)
_OTHER: Final = re.compile(r"序号|电话|手机|日期|时间|金额|余额|姓名|备注|phone|mobile|date|amount|name", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of a table before it is checked: `best` is the column that is meant, if it was guessed right."""

    columns: tuple[Column, ...]
    has_heading: bool
    best: int


def preview(rows: Sequence[Row]) -> Preview:
    """Look at the first rows of a table, at least one, for what the table is."""
    looked_at = [row.cells for row in rows[: _ROWS_LOOKED_AT + 1]]
    width = max(map(len, looked_at))
    below = [[row[at] if at < len(row) else "" for row in looked_at[1:]] for at in range(width)]
    first = [text_of(cell) for cell in looked_at[0]] + [""] * (width - len(looked_at[0]))
    has_heading = _is_heading(first, below)
    columns = []
    weights = []
    for heading, cells in zip(first, below, strict=True):
        seen = cells if has_heading else [heading, *cells]
        share = _share(seen)
        columns.append(
            Column(
                masked(heading) if has_heading else "",
                tuple(masked(text_of(cell)) for cell in seen[:SAMPLES]),
                round(100 * share),
            )
        )
        weights.append(share + (0.3 if _MEANT.search(heading) else 0) - (0.6 if _OTHER.search(heading) else 0))
    return Preview(tuple(columns), has_heading, max(range(width), key=lambda at: (weights[at], -at)))


def masked(text: str) -> str:
    """Return a text with whatever in it may be a sensitive number masked."""
    best, _candidates = kinds.recognise_best(text)
    if best.sensitive:
        return best.masked
    return mask_like_ids(text)


def _is_heading(first: Sequence[str], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether a first row has words where the rows below have numbers; alone it is none."""
    if not any(map(any, below)) or any(_DIGITS.search(text) for text in first):
        return False
    return any(first) and any(_has_digits(marked(cell)) for cells in below for cell in cells)


def _has_digits(cell: Cell) -> bool:
    return _DIGITS.search(cell) is not None if isinstance(cell, str) else True


def _share(cells: Sequence[Cell]) -> float:
    return sum(map(_likeness, cells)) / max(len(cells), 1)


def _likeness(cell: Cell) -> float:
    """Return how much a cell looks like a document's number, from 0 to 1."""
    cell = marked(cell)
    if isinstance(cell, Marked) and cell.mark == "digits_lost":
        return 1
    text = text_of(cell)
    best, candidates = kinds.recognise_best(text)
    if best and any(grade is not Grade.IMPOSSIBLE for _rule, grade in candidates):
        return 1
    return 0.5 if _NUMBERLIKE.fullmatch(text) else 0
