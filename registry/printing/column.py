"""The column of an edition as it is set: what its sheet, its text and its file for word processors are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlmodel import Session

from registry import kinds
from registry.db.engine import style_of
from registry.db.tables import Declaration, Edition
from registry.declarations.records import Reveal, numbers_of, shown_number
from registry.printing import fonts
from registry.printing.lines import INDENT, set_lines, set_signature
from registry.printing.pages import Columns, SetItem, make_pages
from registry.printing.setting import set_runs
from registry.printing.sheet import sheet_for
from registry.wording import HouseStyle, fill, split_signature


@dataclass(frozen=True, slots=True)
class ColumnItem:
    """A declaration as it stands in a column.

    Attributes:
        reference: which declaration it is.
        sentence: without the bullet and without the signature, numbers as the reader may see them.
        signature: its lines, for styles that sign.
        names: of the declarant and of holders.
        numbers: those of the sentence, each in its groups.
    """

    reference: str
    sentence: str
    signature: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A character that no font of this machine has, and the references of the declarations in which it stands.

    No reference means that it stands over the column.
    """

    character: str
    references: tuple[str, ...]

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """A whole column, and what stands over it: the paper, the day, and the number of an edition that is out."""

    paper: str
    day: date
    number: int | None
    style: HouseStyle
    items: tuple[ColumnItem, ...]

    @property
    def dateline(self) -> str:
        """The day in Chinese, whoever reads: the column is the newspaper's."""
        return format_date(self.day, "y年M月d日 EEEE", locale="zh_Hans_CN")

    @property
    def issue(self) -> str:
        """The edition's number as the paper says it; empty before it has one."""
        return f"第{self.number}期" if self.number else ""

    @property
    def indent(self) -> int:
        """How far the first line of a declaration stands in, in halves of a character: what has no bullet begins so."""
        return 0 if self.style.bullet else INDENT

    def pages(self) -> tuple[Columns, ...]:
        """Return the columns of each page, in lines of the house's length."""
        items = (self._set(item) for item in self.items)
        return make_pages(items, sheet_for(self.style.column), space=1 if self.indent else 0)

    def _set(self, item: ColumnItem) -> SetItem:
        characters = self.style.column.characters
        runs = set_runs(self.style.bullet + item.sentence, names=item.names, numbers=item.numbers)
        return SetItem(
            set_lines(runs, characters=characters, indent=self.indent),
            set_signature(item.signature, characters=characters),
        )


def make_column(
    session: Session, edition: Edition, declarations: Sequence[Declaration], reveal: Reveal, *, paper: str
) -> EditionColumn:
    """Return an edition's column in the house style, the declarations in the order given."""
    style = style_of(session)
    items = tuple(item_of(session, declaration, reveal, style) for declaration in declarations)
    return EditionColumn(paper, edition.day, edition.number, style, items)


def find_uncovered_in(column: EditionColumn) -> tuple[Uncovered, ...]:
    """Return what of a column would be printed as boxes."""
    over = column.paper + column.dateline + column.issue + column.style.heading + column.style.bullet
    texts = [(item.reference, "".join((item.sentence, *item.signature))) for item in column.items]
    missing = fonts.find_uncovered(over + "".join(text for _reference, text in texts))
    return tuple(
        Uncovered(character, tuple(reference for reference, text in texts if character in text))
        for character in missing
    )


def item_of(session: Session, declaration: Declaration, reveal: Reveal, style: HouseStyle) -> ColumnItem:
    """Return a declaration as it is set, its numbers as far as `reveal` shows them."""
    shown = [(number, shown_number(session, number, reveal)) for number in numbers_of(declaration)]
    whole = fill(declaration.statement, [text for _number, text in shown])
    sentence, signature = split_signature(whole, declaration.declarant, style)
    holders = (document.holder for document in declaration.documents if document.holder)
    return ColumnItem(
        reference=declaration.reference,
        sentence=sentence,
        signature=signature,
        names=(declaration.declarant, *holders),
        numbers=tuple(tuple(kinds.in_groups(number.rule, text).split()) for number, text in shown),
    )
