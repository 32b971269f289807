"""The order of a column: by family of kinds and then by time, until an editor moves something.

Where an editor has changed the order, the place of every declaration is stored; what comes in later has none, and
stands behind the one that naturally precedes it. When the edition is published all places are stored, so that the order
in which it was printed stays, whatever becomes of the catalogue of kinds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from registry import kinds
from registry.db.tables import Declaration

_FAMILIES: Final = {kind.slug: place for place, family in enumerate(kinds.families()) for kind in family.kinds}


def natural_place(declaration: Declaration) -> tuple[int, datetime, int]:
    """Return what the natural order of a column goes by: the family of the first document, when it was handed in."""
    # A withdrawal names no documents: it stands where what it withdraws would.
    documents = declaration.documents or (declaration.follows.documents if declaration.follows else ())
    family = _FAMILIES.get(documents[0].kind, len(_FAMILIES)) if documents else len(_FAMILIES)
    return family, declaration.submitted_at or declaration.created_at, declaration.id or 0


def arrange(declarations: Iterable[Declaration]) -> list[Declaration]:
    """Return declarations in the order of their column."""
    natural = sorted(declarations, key=natural_place)
    arranged = sorted(
        (one for one in natural if one.column_place is not None), key=lambda one: (one.column_place, natural_place(one))
    )
    for place, one in enumerate(natural):
        if one.column_place is None:
            arranged.insert(arranged.index(natural[place - 1]) + 1 if place else 0, one)
    return arranged


def is_arranged(declarations: Iterable[Declaration]) -> bool:
    """Whether an editor has put anything of a column into its place."""
    return any(one.column_place is not None for one in declarations)


def mark_of(arranged: Sequence[Declaration]) -> str:
    """Return a text that is another for another order, or for other declarations."""
    return hashlib.sha256(" ".join(one.reference for one in arranged).encode()).hexdigest()[:16]


def keep_places(arranged: Sequence[Declaration]) -> None:
    """Store the order in which declarations are given."""
    for place, one in enumerate(arranged, start=1):
        one.column_place = place
