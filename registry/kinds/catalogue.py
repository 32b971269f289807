"""All kinds, gathered from the family files.

A new kind is an entry in its family's file and nothing else; a new family is a file, named once here.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from registry.kinds import (
    civil,
    education,
    finance,
    identity,
    invoices,
    licences,
    organisation,
    other,
    professions,
    seafaring,
    seals,
    service,
    transport,
    travel,
    work,
)
from registry.kinds import property as property_papers
from registry.kinds.model import DocumentKind, Family, NumberRule, UnknownKind
from registry.kinds.traditional import in_simplified
from registry.text import fold, squeeze

_FAMILIES: Final[tuple[Family, ...]] = tuple(
    module.FAMILY
    for module in (
        seals,
        identity,
        travel,
        civil,
        service,
        organisation,
        finance,
        invoices,
        licences,
        property_papers,
        transport,
        seafaring,
        education,
        professions,
        work,
        other,
    )
)
CATALOGUE: Final[tuple[DocumentKind, ...]] = tuple(kind for family in _FAMILIES for kind in family.kinds)
KINDS: Final[dict[str, DocumentKind]] = {kind.slug: kind for kind in CATALOGUE}

RULES: Final[dict[str, NumberRule]] = {
    rule.slug: rule for kind in CATALOGUE for field in kind.numbers for rule in field.rules
}


def families() -> tuple[Family, ...]:
    """The families in the order in which the chooser shows them."""
    return _FAMILIES


def get(slug: str) -> DocumentKind:
    """The kind called `slug`.

    Raises UnknownKind, which is a KeyError.
    """
    try:
        return KINDS[slug]
    except KeyError:
        raise UnknownKind(slug) from None


def in_groups(rule: str, text: str) -> str:
    """`text`, a number as its reader may see it, in the groups of the rule of this slug; free ones as they are."""
    found = RULES.get(rule)
    return found.group(text) if found and found.form == "compact" else text


@cache
def bearing(rule: str) -> tuple[DocumentKind, ...]:
    """The kinds one of whose numbers may obey the rule of this slug."""
    return tuple(kind for kind in CATALOGUE if any(rule == r.slug for field in kind.numbers for r in field.rules))


def _names(kind: DocumentKind) -> tuple[str, ...]:
    texts = (kind.title, *kind.titles)
    names = (*(text.zh for text in texts), *kind.aliases, *(text.en for text in texts), kind.slug)
    return tuple(dict.fromkeys(fold(name) for name in names))


_NAMES: Final = tuple((kind, _names(kind)) for kind in CATALOGUE)


def _fit(words: str, names: tuple[str, ...]) -> tuple[int, int]:
    """How well words fit a kind, then how long the name is that they contain."""
    if words in names:
        return 5, 0
    if any(name.startswith(words) for name in names):
        return 4, 0
    if any(words in name for name in names):
        return 3, 0
    parts = words.split()
    if len(parts) > 1 and all(any(part in name for name in names) for part in parts):
        return 2, 0
    # A whole sentence: 我的公章丢了 names the seal, and 残疾军人证丢了 no soldier's ID, though that is in it too.
    longest = max((len(name) for name in names if len(name) > 1 and name in words), default=0)
    return min(longest, 1), longest


def find(words: str) -> tuple[DocumentKind, ...]:
    """The kinds that `words` may mean, the best fit first; all of them if there are no words."""
    words = squeeze(in_simplified(fold(words)))
    if not words:
        return CATALOGUE
    scored = [(_fit(words, names), kind) for kind, names in _NAMES]
    # A free title fits everything a little, so it comes last.
    fitting = (pair for pair in scored if pair[0] > (0, 0))
    best_first = sorted(fitting, key=lambda pair: (pair[1].free_title, -pair[0][0], -pair[0][1]))
    return tuple(kind for _, kind in best_first)
