"""Masking what may be sensitive in a text of which no kind can be told."""

from __future__ import annotations

import re
from typing import Final

from registry import kinds
from registry.text import fold

_LIKE_AN_ID: Final = re.compile(r"\d{17}[\dX]")
_SIGNS: Final = re.compile(r"[\s\-.]")


def mask_hidden(text: str) -> str:
    """Return a text with the resident IDs in it masked."""
    for start, end in reversed(kinds.find_sensitive(text)):
        text = text[:start] + kinds.examine("resident_id_18", text[start:end]).masked + text[end:]
    return text


def mask_like_ids(text: str) -> str:
    """Return a text with whatever has the shape of a resident ID masked."""
    if _LIKE_AN_ID.fullmatch(_SIGNS.sub("", fold(text))):
        return kinds.examine("resident_id_18", text).masked
    return mask_hidden(text)
