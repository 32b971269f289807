"""What the page of a declaration shows of its documents."""

from __future__ import annotations

from dataclasses import dataclass

from registry import kinds
from registry.db.tables import Declaration, DocumentNumber
from registry.web.rendering import in_reader_language


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number as everybody may see it; `checkable` is what a link may look up, empty where it is masked."""

    label: str
    display: str
    checkable: str


@dataclass(frozen=True, slots=True)
class ShownDocument:
    title: str
    copies: str
    kind: str
    holder: str
    numbers: tuple[ShownNumber, ...]


def documents_of(declaration: Declaration) -> list[ShownDocument]:
    """Return the documents of a declaration, sensitive numbers masked."""
    return [
        ShownDocument(
            title=document.title,
            copies=document.copies or "",
            kind=kind_title(document.kind),
            holder=document.holder or "",
            numbers=tuple(
                ShownNumber(number.label, number_display(number), number.printed or "") for number in document.numbers
            ),
        )
        for document in declaration.documents
    ]


def number_display(number: DocumentNumber) -> str:
    """Return a number, masked where it is sensitive, in the groups of its rule."""
    return kinds.in_groups(number.rule, number.masked if number.sensitive else number.printed or "")


def kind_title(slug: str) -> str:
    """Return a kind's title for the reader; nothing for a kind that left the catalogue since."""
    try:
        return in_reader_language(kinds.get(slug).title)
    except kinds.UnknownKind:
        return ""
