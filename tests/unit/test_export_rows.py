"""A declaration as rows of a spreadsheet and as an object."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from registry.declarations.public import PublicDeclaration, PublicDocument, PublicNumber
from registry.exporting.rows import COLUMNS, CSV, JSON_LINES

ROOT = Path(__file__).resolve().parents[2]
DECLARATION = PublicDeclaration(
    declaration_id=7,
    reference="S26-4071-3850",
    nature="loss",
    about=None,
    status="withdrawn",
    declarant="=顾安宁",
    sentence="因不慎将顾安宁的工作证丢失，声明作废。",
    published_on=date(2026, 11, 20),
    published_at=datetime(2026, 11, 20, tzinfo=UTC),
    withdrawn_on=date(2026, 11, 24),
    edition=12,
    documents=(
        PublicDocument(
            "work_id",
            "工作证",
            None,
            "杨阔远",
            (PublicNumber("工作证号", "203********33", True), PublicNumber("编号", "0012", False)),
        ),
        PublicDocument("seal_code", "公章", "一枚", None, ()),
    ),
    replaced_by="S26-0411-8472",
)
WITHDRAWAL = replace(DECLARATION, nature="withdrawal", about="S26-4071-3850", documents=(), replaced_by=None)


def address(reference: str) -> str:
    return f"https://register.example.cn/declarations/{reference}"


def rows_of(*declarations: PublicDeclaration) -> list[dict[str, str]]:
    text = b"".join(CSV.encode([list(declarations)], address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_is_a_number_or_a_document_without_one() -> None:
    first, second, third = rows_of(DECLARATION)
    assert first == {
        "reference": "S26-4071-3850",
        "nature": "loss",
        "status": "withdrawn",
        "published_on": "2026-11-20",
        "edition": "12",
        "declarant": "'=顾安宁",
        "holder": "杨阔远",
        "kind": "work_id",
        "title": "工作证",
        "copies": "",
        "label": "工作证号",
        "number": "\t203********33",
        "number_is_masked": "yes",
        "withdrawn_on": "2026-11-24",
        "replaced_by": "S26-0411-8472",
        "about": "",
        "sentence": "因不慎将顾安宁的工作证丢失，声明作废。",
        "url": "https://register.example.cn/declarations/S26-4071-3850",
    }
    assert (second["number"], second["number_is_masked"]) == ("\t0012", "no")
    assert (third["title"], third["copies"], third["number"], third["number_is_masked"]) == ("公章", "一枚", "", "")


def test_a_declaration_without_documents_is_one_row() -> None:
    (row,) = rows_of(WITHDRAWAL)
    assert (row["nature"], row["about"], row["title"], row["kind"]) == ("withdrawal", "S26-4071-3850", "", "")


def test_the_file_begins_with_the_mark_that_excel_needs_and_ends_its_lines_as_rfc_4180_says() -> None:
    data = b"".join(CSV.encode([[DECLARATION], [WITHDRAWAL]], address))
    assert data.startswith(b"\xef\xbb\xbfreference,")
    assert data.count(b"\r\n") == data.count(b"\n") == 5
    assert b"".join(CSV.encode([], address)).decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"


def test_an_object_is_a_declaration_with_its_documents_and_numbers() -> None:
    first, second = b"".join(JSON_LINES.encode([[DECLARATION], [WITHDRAWAL]], address)).decode().splitlines()
    found = json.loads(first)
    assert found["declarant"] == "=顾安宁"
    assert found["documents"][0] == {
        "kind": "work_id",
        "title": "工作证",
        "copies": None,
        "holder": "杨阔远",
        "numbers": [
            {"label": "工作证号", "number": "203********33", "masked": True},
            {"label": "编号", "number": "0012", "masked": False},
        ],
    }
    assert found["documents"][1]["numbers"] == []
    assert (found["withdrawn_on"], found["edition"]) == ("2026-11-24", 12)
    assert json.loads(second)["about"] == "S26-4071-3850"
    assert b"".join(JSON_LINES.encode([], address)) == b""


def test_a_file_that_could_not_be_finished_says_so_in_its_own_form() -> None:
    assert next(csv.reader([CSV.broken.decode()]))[0].startswith("文件不完整")
    assert json.loads(JSON_LINES.broken)["error"].startswith("文件不完整")


def test_the_guide_explains_every_column() -> None:
    guide = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    section = guide.partition("## CSV")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == COLUMNS
