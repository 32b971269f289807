"""What a file is, by what stands in it. Its name is not asked: it may say anything."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from registry.search.files.model import FileRefused

ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook with a password is a sealed stream of this name in the shell of the old format.
_SEALED: Final = "EncryptedPackage".encode("utf-16-le")
# Others that are no text are known by their zero bytes.
_OTHERS: Final = (b"%PDF-", b"{\\rtf")
_MARKUP: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"MIME-Version:")
# Of a file of 20 MB Excel makes some 150 MB when it unpacks it. What claims more has been made to.
MOST_UNPACKED: Final = 400_000_000
MOST_PARTS: Final = 2_000


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is to be read as a workbook; otherwise as text.

    Raises:
        FileRefused: it is neither.
    """
    if not head:
        raise FileRefused("empty")
    if head.startswith(ZIP):
        return True
    if head.startswith(_OLE):
        raise FileRefused("old_excel")
    if head.lstrip().startswith(_MARKUP):
        raise FileRefused("markup")
    if head.startswith(_OTHERS):
        raise FileRefused("other_type")
    return False


def refuse_early(pieces: Iterable[bytes]) -> None:
    """Refuse a file by its first bytes, before any work is begun; `pieces` are its bytes in a row.

    Raises:
        FileRefused: it is empty, or of a kind that is not read.
    """
    waiting = iter(pieces)
    first = next(waiting, b"")
    try:
        is_workbook(first)
    except FileRefused as refused:
        if refused.code == "old_excel" and (_SEALED in first or any(_SEALED in piece for piece in waiting)):
            raise FileRefused("password") from None
        raise


def refuse_odd_archives(content: BytesIO) -> None:
    """Look at a zip's table of contents and let nothing through but a workbook of a likely size.

    Raises:
        FileRefused: it is none, it is damaged or locked, or it would unpack to more than anybody has typed.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            kind = archive.read("mimetype")[:80] if 0 < _size_of(parts, "mimetype") < 200 else b""
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError):
        raise FileRefused("damaged") from None
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise FileRefused("open_document")
    if "xl/workbook.bin" in parts:
        raise FileRefused("binary_excel")
    if not any(name.endswith("workbook.xml") for name in parts):
        raise FileRefused("other_type")
    if any(part.flag_bits & 1 for part in parts.values()):
        raise FileRefused("password")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts.values()) > MOST_UNPACKED:
        raise FileRefused("too_large_inside")


def _size_of(parts: dict[str, zipfile.ZipInfo], name: str) -> int:
    return parts[name].file_size if name in parts else 0
