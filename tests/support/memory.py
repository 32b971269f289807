"""Temporary files in memory, where the system offers a folder there: tests make and delete tens of thousands."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

FOLDER = Path("/dev/shm")
# Two servers of PostgreSQL, and what the tests at hand and the failed ones have on disk.
ROOM = 2_000_000_000


def use_for_temporary_files() -> None:
    """Let this process and those it starts have their temporary files in memory, unless TMPDIR says where."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = str(FOLDER)
        tempfile.tempdir = None


def _has_room() -> bool:
    if not os.access(FOLDER, os.W_OK):
        return False
    there = os.statvfs(FOLDER)
    # PostgreSQL's programs may have to be copied to where its data are.
    return there.f_bavail * there.f_frsize >= ROOM and not there.f_flag & os.ST_NOEXEC
