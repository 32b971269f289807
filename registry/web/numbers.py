"""Document numbers for the eye."""

from __future__ import annotations

from registry import kinds
from registry.kinds import NumberField
from registry.text import Text


def in_groups(slug: str, text: str) -> str:
    """Return `text`, a number as its reader may see it, in the groups of the rule `slug`; free ones as they are."""
    rule = kinds.RULES.get(slug)
    return rule.group(text) if rule and rule.form == "compact" else text


def name_of(asked: NumberField) -> Text:
    """Return what a number is called: in Chinese as notices call it, in English as its rule does."""
    return Text(asked.labels[0], asked.rules[0].title.en)
