"""What document kinds there are and what their numbers obey. Pure Python: no Flask, no database.

One entry in a family file is all it takes to add a kind; `docs/` and the contract test in `tests/kinds` say what
an entry must have.
"""

from __future__ import annotations

from registry.kinds.catalogue import CATALOGUE, RULES, bearing, families, find, get, in_groups
from registry.kinds.examining import examine, examine_field, fault_of, range_of
from registry.kinds.hidden import find_sensitive
from registry.kinds.lookalikes import lookalike
from registry.kinds.model import (
    DocumentKind,
    Fact,
    Family,
    Grade,
    NumberField,
    NumberRule,
    Reason,
    UnknownKind,
)
from registry.kinds.ranges import ends as ends_of_range
from registry.kinds.ranges import split_serial
from registry.kinds.recognising import Glance, LookUp, glance, look_up, lookup_forms, recognise, recognise_best
from registry.kinds.spelling import MAX_LENGTH, as_printed, is_masked
from registry.kinds.trying import Examination

__all__ = [
    "CATALOGUE",
    "MAX_LENGTH",
    "RULES",
    "DocumentKind",
    "Examination",
    "Fact",
    "Family",
    "Glance",
    "Grade",
    "LookUp",
    "NumberField",
    "NumberRule",
    "Reason",
    "UnknownKind",
    "as_printed",
    "bearing",
    "ends_of_range",
    "examine",
    "examine_field",
    "families",
    "fault_of",
    "find",
    "find_sensitive",
    "get",
    "glance",
    "in_groups",
    "is_masked",
    "look_up",
    "lookalike",
    "lookup_forms",
    "range_of",
    "recognise",
    "recognise_best",
    "split_serial",
]
