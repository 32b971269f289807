"""The first half of the work: what was sent becomes a table in blocks, and is erased."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from time import monotonic
from typing import Final

from registry.db.sealed_files import RecordReader, RecordWriter
from registry.search.files import formats, preview, sheets, texts
from registry.search.files.folders import ROWS, UPLOAD, Folder, Progress
from registry.search.files.model import BLOCK, MOST_ROWS, FileRefused, Row, Table

# Between two notes of how far it has come.
PAUSE_SECONDS: Final = 0.25
_ENOUGH_TO_SEE: Final = 120


def read(folder: Folder) -> None:
    """Make a table of the uploaded file, and keep what it looks like; or keep why it cannot be read.

    Raises:
        FileNotFoundError: the folder was erased meanwhile.
    """
    try:
        with RecordReader(folder.path / UPLOAD, folder.key) as upload:
            _store(folder, _table(upload))
    except (FileRefused, MemoryError) as error:
        (folder.path / ROWS).unlink(missing_ok=True)
        folder.change(stage="refused", refusal=error.code if isinstance(error, FileRefused) else "too_large_inside")
    (folder.path / UPLOAD).unlink()
    folder.forget_progress()


def _table(upload: RecordReader) -> Table:
    head = upload.read(0) if len(upload) else b""
    return sheets.read(upload) if formats.is_workbook(head) else texts.read(upload)


def _store(folder: Folder, table: Table) -> None:
    blocks: list[tuple[int, int]] = []
    first: list[Row] = []
    count = 0
    noted = monotonic()
    with RecordWriter(folder.path / ROWS, folder.key) as file:
        for rows in _blocks(table.rows):
            first += rows[: max(0, _ENOUGH_TO_SEE - len(first))]
            count += len(rows)
            # One more, for the heading.
            if count > MOST_ROWS + 1:
                raise FileRefused("too_many_rows")
            blocks.append((file.count, width := max(len(row.cells) for row in rows)))
            file.append(json.dumps([row.line for row in rows]).encode())
            for at in range(width):
                cells = [row.cells[at] if at < len(row.cells) else "" for row in rows]
                file.append(json.dumps(cells, ensure_ascii=False).encode())
            if monotonic() - noted > PAUSE_SECONDS:
                noted = monotonic()
                folder.save_progress(0, Progress(done=count))
    if not count:
        raise FileRefused("empty")
    seen = preview.preview(first)
    if count - seen.has_heading > MOST_ROWS:
        raise FileRefused("too_many_rows")
    folder.change(
        stage="choosing",
        description=table.description,
        columns=seen.columns,
        column=seen.best,
        has_heading=seen.has_heading,
        blocks=tuple(blocks),
        rows=count,
    )


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while block := list(islice(waiting, BLOCK)):
        yield block
