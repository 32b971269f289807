"""Files that tell nothing: a row of records, each sealed with a key that whoever keeps the file does not keep.

A file of numbers that somebody has checked lies on the disk for minutes, and it is none of the disk's business. Its key
is made for it alone and goes to the browser that sent it; a copy of the disk is noise.

A record is its length (4 bytes, the highest first), a nonce (12), and what AES-256-GCM makes of it. Its number and the
name of the file are bound into the seal, so that records cannot change places.
"""

from __future__ import annotations

import io
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.db.sealing import KEY_BYTES, NONCE_BYTES, SealBroken

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PIECE: Final = 65_536
_LENGTH: Final = 4


def new_key() -> bytes:
    """Return a key for the files of one purpose."""
    return secrets.token_bytes(KEY_BYTES)


class RecordWriter:
    """Writes a new file of records, which only its owner may read; what stood there before is gone.

    `count` is how many were written. When a `durable` one is closed, its records are on the disk and not only on their
    way.
    """

    def __init__(self, path: Path, key: bytes, *, durable: bool = False) -> None:
        self._durable = durable
        self._name = path.name
        self._cipher = AESGCM(key)
        self._file: IO[bytes] = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self.count = 0

    def append(self, record: bytes) -> None:
        self._file.write(_sealed(self._cipher, record, self._name, self.count))
        self.count += 1

    def close(self) -> None:
        if self._durable and not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self.close()


class RecordReader:
    """Reads a file of records, one by one or any of them."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._name = path.name
        self._cipher = AESGCM(key)
        self._file = path.open("rb")
        self._places = _places(self._file)

    def __len__(self) -> int:
        return len(self._places)

    def read(self, number: int) -> bytes:
        """Return a record, counted from 0.

        Raises:
            SealBroken: the key is another, or the file was changed.
        """
        start, length = self._places[number]
        self._file.seek(start)
        return _opened(self._cipher, self._file.read(length), self._name, number)

    def __iter__(self) -> Iterator[bytes]:
        for number in range(len(self)):
            yield self.read(number)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self.close()


def write_whole(path: Path, key: bytes, content: bytes, *, durable: bool = True) -> None:
    """Put `content`, sealed, in the place of a file in one step: whoever reads meets the old one or the new one whole.

    Raises:
        FileNotFoundError: the folder is gone.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_sealed(AESGCM(key), content, path.name, 0))
        if durable:
            file.flush()
            os.fsync(file.fileno())
    temporary.replace(path)
    if durable:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_whole(path: Path, key: bytes) -> bytes:
    """Return what `write_whole` was given.

    Raises:
        FileNotFoundError: there is no such file.
        SealBroken: the key is another, or the file was changed.
    """
    return open_whole(key, path.read_bytes()[_LENGTH:], name=path.name)


def seal_whole(key: bytes, content: bytes, *, name: str) -> bytes:
    """Return `content` sealed for a place that is no file of its own; the name is bound into the seal."""
    return _sealed(AESGCM(key), content, name, 0)[_LENGTH:]


def open_whole(key: bytes, sealed: bytes, *, name: str) -> bytes:
    """Return what `seal_whole` was given.

    Raises:
        SealBroken: the key or the name is another, or the value was changed.
    """
    return _opened(AESGCM(key), sealed, name, 0)


class SealedSpool(io.RawIOBase):
    """Bytes on their way: the first `keep` of them in memory, the others in a nameless file, sealed with a passing key.

    Written from front to end; `seek(0)` begins to read, once or again. Nothing is left when it is closed or forgotten.
    """

    def __init__(self, folder: Path, *, keep: int = 4 * PIECE) -> None:
        super().__init__()
        self._folder = folder
        self._keep = keep
        self._cipher = AESGCM(new_key())
        self._open_piece = bytearray()
        # Each either here or, by its place, in the file.
        self._pieces: list[bytes | tuple[int, int]] = []
        self._file: IO[bytes] | None = None
        self._next = 0
        self._rest = memoryview(b"")
        self.size = 0

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        given = memoryview(data)
        self._open_piece += given
        self.size += given.nbytes
        while len(self._open_piece) >= PIECE:
            self._put(bytes(self._open_piece[:PIECE]))
            del self._open_piece[:PIECE]
        return given.nbytes

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if offset or whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only the start can be looked for")
        if self._open_piece:
            self._put(bytes(self._open_piece))
            self._open_piece.clear()
        self._next, self._rest = 0, memoryview(b"")
        return 0

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")
        if not self._rest and self._next < len(self._pieces):
            self._rest = memoryview(self._piece(self._next))
            self._next += 1
        length = min(len(target), len(self._rest))
        target[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _put(self, piece: bytes) -> None:
        if len(self._pieces) * PIECE < self._keep:
            self._pieces.append(piece)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 (closed with the spool)
        sealed = _sealed(self._cipher, piece, "", len(self._pieces))
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(sealed)
        self._pieces.append((start, len(sealed)))

    def _piece(self, number: int) -> bytes:
        piece = self._pieces[number]
        if isinstance(piece, bytes):
            return piece
        assert self._file is not None
        start, length = piece
        self._file.seek(start + _LENGTH)
        return _opened(self._cipher, self._file.read(length - _LENGTH), "", number)


def _sealed(cipher: AESGCM, content: bytes, name: str, number: int) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    sealed = cipher.encrypt(nonce, content, f"{name}:{number}".encode())
    return (NONCE_BYTES + len(sealed)).to_bytes(_LENGTH) + nonce + sealed


def _opened(cipher: AESGCM, sealed: bytes, name: str, number: int) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], f"{name}:{number}".encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"a sealed record of {name} cannot be opened") from error


def _places(file: IO[bytes]) -> list[tuple[int, int]]:
    """Return where each record begins behind its length, and that length."""
    places, start = [], 0
    while len(head := file.read(_LENGTH)) == _LENGTH:
        length = int.from_bytes(head)
        places.append((start + _LENGTH, length))
        start = file.seek(start + _LENGTH + length)
    return places
