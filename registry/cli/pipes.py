"""What stands at either end of a command's pipes, when it fails or is not there."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import BinaryIO, cast

import click


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Say in one sentence, and end with status 1, if what a command reads or writes fails.

    A reader that has gone, such as `head`, is no failure: Click ends quietly.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise click.ClickException(f"The answers cannot be written: {error.strerror}.") from None


def standard_input() -> BufferedReader:
    """The bytes that come in. Raises ClickException if nobody has opened them."""
    # Python has None where the shell has closed the descriptor.
    if not sys.stdin:
        raise click.ClickException("Nothing can be read: the standard input is closed.")
    return cast(BufferedReader, sys.stdin.buffer)


def standard_output() -> BinaryIO:
    """Where bytes go. Raises ClickException if nobody has opened it."""
    if not sys.stdout:
        raise click.ClickException("Nothing can be written: the standard output is closed.")
    return sys.stdout.buffer
