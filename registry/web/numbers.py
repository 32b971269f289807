"""Document numbers for the eye."""

from __future__ import annotations

from registry.kinds import NumberField
from registry.text import Text


def name_of(asked: NumberField) -> Text:
    """Return what a number is called: in Chinese as notices call it, in English as its rule does."""
    return Text(asked.labels[0], asked.rules[0].title.en)
