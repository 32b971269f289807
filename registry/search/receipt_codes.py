"""The code of a receipt of a check, `7KQM-3TXD-9PWB`: eleven random characters, 54 bits, and a check character."""

from __future__ import annotations

import secrets
from typing import Final

from registry.declarations import paper_codes

LENGTH: Final = 12


def new_code() -> str:
    """Return a code that nobody can guess."""
    return paper_codes.make_code("".join(secrets.choice(paper_codes.ALPHABET) for _ in range(LENGTH - 1)))


def parse_code(text: str) -> str:
    """Return the one spelling of a typed code of a receipt.

    Raises:
        paper_codes.BadCode: it has another length, or the check character says that it was mistyped.
    """
    return paper_codes.parse_code(text, length=LENGTH)
