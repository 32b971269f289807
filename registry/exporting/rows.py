"""A search's result as CSV for people and as JSON Lines for programs. docs/data.md tells both what each field means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry.declarations.public import PublicDeclaration, PublicDocument, PublicNumber
from registry.text_csv import BOM, lines, number_cell, text_cell

COLUMNS: Final = (
    "reference",
    "nature",
    "status",
    "published_on",
    "edition",
    "declarant",
    "holder",
    "kind",
    "title",
    "copies",
    "label",
    "number",
    "number_is_masked",
    "withdrawn_on",
    "replaced_by",
    "about",
    "sentence",
    "url",
)

# Returns the permanent address of the declaration with this reference.
Address = Callable[[str], str]
Batches = Iterable[list[PublicDeclaration]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that an export can have.

    Attributes:
        ending: of the file's name.
        encode: makes pieces of the file out of batches.
        broken: what ends a file that could not be finished. A server that sends in pieces has no other way to say so.
    """

    ending: str
    media_type: str
    encode: Callable[[Batches, Address], Iterator[bytes]]
    broken: bytes


def csv_pieces(batches: Batches, address: Address) -> Iterator[bytes]:
    """Yield the file: a header, then a row for each number, or for a document or a declaration that has none."""
    yield (BOM + lines([COLUMNS])).encode()
    for declarations in batches:
        yield lines(row for one in declarations for row in csv_rows(one, address)).encode()


def csv_rows(declaration: PublicDeclaration, address: Address) -> Iterator[list[str]]:
    before = [
        declaration.reference,
        declaration.nature,
        declaration.status,
        declaration.published_on.isoformat(),
        str(declaration.edition),
        text_cell(declaration.declarant),
    ]
    after = [
        _iso(declaration.withdrawn_on) or "",
        declaration.replaced_by or "",
        declaration.about or "",
        text_cell(declaration.sentence),
        address(declaration.reference),
    ]
    for document in declaration.documents or (None,):
        for number in (document.numbers if document else ()) or (None,):
            yield [*before, *_document_cells(document), *_number_cells(number), *after]


def json_pieces(batches: Batches, address: Address) -> Iterator[bytes]:
    """Yield the file: an object for each declaration, one a line."""
    for declarations in batches:
        objects = (json_object(one, address) for one in declarations)
        yield "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()


def json_object(declaration: PublicDeclaration, address: Address) -> dict[str, Any]:
    return {
        "reference": declaration.reference,
        "nature": declaration.nature,
        "status": declaration.status,
        "published_on": declaration.published_on.isoformat(),
        "edition": declaration.edition,
        "declarant": declaration.declarant,
        "documents": [
            {
                "kind": document.kind,
                "title": document.title,
                "copies": document.copies,
                "holder": document.holder,
                "numbers": [
                    {"label": number.label, "number": number.shown, "masked": number.sensitive}
                    for number in document.numbers
                ],
            }
            for document in declaration.documents
        ],
        "withdrawn_on": _iso(declaration.withdrawn_on),
        "replaced_by": declaration.replaced_by,
        "about": declaration.about,
        "sentence": declaration.sentence,
        "url": address(declaration.reference),
    }


BROKEN: Final = "文件不完整，请重新下载。 This file is incomplete: download it again."
CSV: Final = Form("csv", "text/csv; charset=utf-8; header=present", csv_pieces, lines([[BROKEN]]).encode())
JSON_LINES: Final = Form(
    "jsonl",
    "application/x-ndjson; charset=utf-8",
    json_pieces,
    (json.dumps({"error": BROKEN}, ensure_ascii=False) + "\n").encode(),
)


def _document_cells(document: PublicDocument | None) -> tuple[str, ...]:
    if document is None:
        return ("", "", "", "")
    return (
        text_cell(document.holder or ""),
        document.kind,
        text_cell(document.title),
        text_cell(document.copies or ""),
    )


def _number_cells(number: PublicNumber | None) -> tuple[str, ...]:
    if number is None:
        return ("", "", "")
    return (text_cell(number.label), number_cell(number.shown), "yes" if number.sensitive else "no")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
