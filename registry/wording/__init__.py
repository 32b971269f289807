"""The sentence a newspaper prints: composed from the record, never typed. Its words and its price are a style's."""

from registry.wording.house_styles import load as load_style
from registry.wording.price import Measure, Price, measure, price_of
from registry.wording.sentence import NoticeDocument, NoticeRecord
from registry.wording.signature import split_signature
from registry.wording.statement import as_said, compose, fill, find_vanished, hide_numbers, parts_in_print
from registry.wording.style import HouseStyle

__all__ = [
    "HouseStyle",
    "Measure",
    "NoticeDocument",
    "NoticeRecord",
    "Price",
    "as_said",
    "compose",
    "fill",
    "find_vanished",
    "hide_numbers",
    "load_style",
    "measure",
    "parts_in_print",
    "price_of",
    "split_signature",
]
