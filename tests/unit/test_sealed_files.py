"""What stands in a sealed file, comes out of it whole or not at all, and is not to be read beside it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.db import sealed_files
from registry.db.sealed_files import RecordReader, RecordWriter, SealedSpool, new_key, read_whole, write_whole
from registry.db.sealing import SealBroken

SECRET = b"11010519491231002X"


def written(path: Path, records: list[bytes]) -> bytes:
    key = new_key()
    with RecordWriter(path, key, durable=True) as file:
        for record in records:
            file.append(record)
    return key


def test_records_come_back_in_order_and_singly(tmp_path: Path) -> None:
    records = [b"", SECRET, b"x" * 100_000]
    key = written(tmp_path / "rows", records)
    with RecordReader(tmp_path / "rows", key) as file:
        assert list(file) == records
        assert file.read(1) == SECRET
        assert len(file) == 3


def test_the_file_tells_nothing_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    written(path, [SECRET] * 5)
    assert SECRET not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    written(tmp_path / "rows", [SECRET])
    with RecordReader(tmp_path / "rows", new_key()) as file, pytest.raises(SealBroken):
        file.read(0)


def test_what_was_changed_exchanged_or_renamed_is_refused(tmp_path: Path) -> None:
    key = written(tmp_path / "rows", [b"first", b"other"])
    content = (tmp_path / "rows").read_bytes()
    half = len(content) // 2
    for name, changed in (
        ("rows", content[half:] + content[:half]),
        ("rows", content[:-1] + bytes([content[-1] ^ 1])),
        ("rows", content[:-1]),
        ("columns", content),
    ):
        (tmp_path / name).write_bytes(changed)
        with RecordReader(tmp_path / name, key) as file, pytest.raises(SealBroken):
            list(file)


def test_a_whole_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    key = new_key()
    for content in (b"first", b"second"):
        write_whole(tmp_path / "state", key, content)
        assert read_whole(tmp_path / "state", key) == content
    assert [path.name for path in tmp_path.iterdir()] == ["state"]
    with pytest.raises(SealBroken):
        read_whole(tmp_path / "state", new_key())


def test_writing_where_the_folder_was_erased_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "gone" / "state", new_key(), b"")


@given(st.lists(st.binary(max_size=40), max_size=12), st.integers(1, 16), st.integers(0, 64))
def test_a_spool_gives_back_what_was_written(parts: list[bytes], piece: int, keep: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_files, "PIECE", piece)
        with SealedSpool(Path("/tmp"), keep=keep) as spool:
            for part in parts:
                spool.write(part)
            for _turn in range(2):
                spool.seek(0)
                assert b"".join(parts).startswith(spool.read(3))
                spool.seek(0)
                assert spool.read() == b"".join(parts)
            assert spool.size == len(b"".join(parts))


def test_a_spool_keeps_little_in_memory_and_leaves_no_name(tmp_path: Path) -> None:
    with SealedSpool(tmp_path, keep=0) as spool:
        spool.write(SECRET * 10_000)
        spool.seek(0)
        assert list(tmp_path.iterdir()) == []
        assert spool._file is not None
        spool._file.seek(0)
        assert SECRET not in spool._file.read()
        with pytest.raises(io.UnsupportedOperation):
            spool.seek(5)
