"""The sentence a newspaper prints: composed from the record, never typed."""

from registry.wording.statement import (
    NoticeDocument,
    NoticeRecord,
    compose,
    fill,
    find_vanished,
    hide_numbers,
    parts_in_print,
)
from registry.wording.style import YANGQUAN, HouseStyle

__all__ = [
    "YANGQUAN",
    "HouseStyle",
    "NoticeDocument",
    "NoticeRecord",
    "compose",
    "fill",
    "find_vanished",
    "hide_numbers",
    "parts_in_print",
]
