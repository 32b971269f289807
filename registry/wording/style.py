"""House styles: how one newspaper words and marks its column, how wide that is, and what it charges.

Here is what a style holds; `house_styles` reads it from its file, and `styles/` has those that come with the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from registry.text import Text

RULES = ("line", "document", "block", "area", "free")
# What may be half as wide as a Chinese character, and so count half.
NARROW = ("digits", "lowercase", "uppercase", "punctuation", "blanks")
NUMERALS = ("plain", "formal", "digits")


@dataclass(frozen=True, slots=True)
class DocumentPatterns:
    """How one document is said. A family of kinds may say some of it in its own way.

    Attributes:
        item: a document: `{title}`, `{copies}`, `{numbers}`, of which the last may stand in the clause instead.
        copies: put around what the record says of copies and count, such as 副本 or 一枚.
        both: stands between 正 and 副 where both were lost.
        numerals: how a count is written: 两枚 (plain), 贰枚 (formal) or 2枚 (digits).
        uncounted: said where the record tells neither part nor count; empty for nothing.
        each: said once after several documents that were lost one each; empty to count every one by itself.
        numbers, number, number_joint: put around all numbers of a document, around one, and between two.
        range: stands between the first and the last number of a range.
    """

    item: str
    copies: str
    both: str
    numerals: str
    uncounted: str
    each: str
    numbers: str
    number: str
    number_joint: str
    range: str


@dataclass(frozen=True, slots=True)
class SentencePatterns:
    """How a whole sentence is said. Braces name the parts that the composer fills in.

    Attributes:
        loss: the sentence. `{when}` and `{where}`, here or in the first clause, are empty unless the declarant has them
          printed.
        person, organisation: what a declarant of each sort calls itself where `loss` has `{opening}`.
        signature: what `loss` has as `{signature}`.
        clause: the documents of one owner; with `{numbers}` in it, one with a number stands in a clause alone.
        owner: whose the documents are, in `clause`; own: the same, where they are the declarant's. Neither is said
          again of the next documents of the same owner, nor of a declarant with whom the sentence opens.
        item_joint: between two documents of a clause; numbered_joint: if one of the two has a number.
        clause_joint: between two clauses.
        correction, withdrawal: the sentence of a further record about an earlier one.
        day: a day; numerals: its digits, 2026 or 二〇二六.
    """

    loss: str
    person: str
    organisation: str
    signature: str
    when: str
    where: str
    day: str
    numerals: str
    owner: str
    own: str
    clause: str
    item_joint: str
    numbered_joint: str
    clause_joint: str
    correction: str
    withdrawal: str


@dataclass(frozen=True, slots=True)
class Column:
    """The printed column: its width in millimetres, its type and line height in points, its measure in characters."""

    width: Decimal
    size: Decimal
    leading: Decimal
    characters: int
    extra_lines: int


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What a notice costs, all amounts in fen.

    Attributes:
        rule: charged for each started line, each document, each started block of characters, the area, or nothing.
        amount: of one line, document, block or square centimetre.
        minimum: what a notice that is charged for costs at least.
        block: characters of one block.
        bullet: whether the mark before the notice is counted.
        halves: which characters count half.
        corrections, withdrawals: whether such a further record is charged for.
    """

    rule: str
    amount: int
    minimum: int
    block: int
    bullet: bool
    halves: tuple[str, ...]
    corrections: bool
    withdrawals: bool

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change whenever anything of the rule does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The whole style of a newspaper. `families` holds the patterns of families that differ from `documents`."""

    name: str
    title: Text
    bullet: str
    heading: str
    sentence: SentencePatterns
    documents: DocumentPatterns
    column: Column
    price: PriceRule
    families: Mapping[str, DocumentPatterns] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)

    def patterns_of(self, family: str | None) -> DocumentPatterns:
        """Return how documents of a family are said."""
        return self.families.get(family, self.documents) if family else self.documents

    @property
    def price_version(self) -> str:
        """What `PriceRule.version` is for, with the measures of the column that lines and areas are counted by."""
        return hashlib.sha256(f"{self.price.version}{self.column!r}".encode()).hexdigest()[:12]
