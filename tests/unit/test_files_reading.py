"""Tables out of what people send: every encoding, every slip of Excel, and files that are none."""

from __future__ import annotations

import codecs
import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.search.files import formats, sheets, texts
from registry.search.files.model import LONGEST_CELL, MOST_COLUMNS, FileRefused, Marked, Row
from tests.support.workbooks import archive, sheet, workbook

ID = "11010519491231002X"
TABLE = "姓名,证号\r\n兰亦可,11010519491231002X\r\n杨阔远,00123\r\n"
CELLS = [["姓名", "证号"], ["兰亦可", ID], ["杨阔远", "00123"]]


def pieces(content, size=7):
    return [content[at : at + size] for at in range(0, len(content), size)] or [b""]


def read(content):
    return texts.read(pieces(content))


def cells(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TABLE.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TABLE.encode(), "UTF-8"),
        (TABLE.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "UTF-16"),
        (TABLE.encode("gb18030"), "GB18030"),
        (TABLE.encode("gbk"), "GB18030"),
        (b"1,2\n3,4\n", "UTF-8"),
    ],
)
def test_every_encoding_of_china_is_told_by_itself(content, encoding):
    table = read(content)
    assert table.description.encoding == encoding
    assert cells(table) == (CELLS if b"1,2" not in content else [["1", "2"], ["3", "4"]])


def test_one_byte_that_cannot_be_read_spoils_one_cell_only():
    content = (TABLE * 20).encode().replace(b"00123", b"00\xff23", 1)
    found = [cell for row in cells(read(content)) for cell in row]
    assert found.count("00\ufffd23") == 1
    assert texts.marked("00\ufffd23") == Marked("unreadable", "00\ufffd23")
    assert found.count("兰亦可") == 20


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，", "；"])
def test_every_usual_delimiter_is_found(delimiter):
    table = read(TABLE.replace(",", delimiter).encode())
    assert (table.description.format, table.description.delimiter) == ("csv", delimiter)
    assert cells(table) == CELLS


def test_excels_own_word_for_the_delimiter_is_followed():
    assert [tuple(row) for row in read(b"sep=;\n1;2,5\n").rows] == [(2, ["1", "2,5"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_one_number_a_line_is_a_table_of_one_column(end):
    table = read(end.join(["编号 A-1", "", "  ", "00 12", "京（2020）第1号"]).encode())
    assert table.description.format == "text"
    assert list(table.rows) == [Row(1, ["编号 A-1"]), Row(4, ["00 12"]), Row(5, ["京（2020）第1号"])]


def test_quotes_may_hold_delimiters_and_ends_of_lines():
    table = read('证号,备注\n1,"甲,乙"\n2,"一\n二"\n3,"他说""好"""\n'.encode())
    assert list(table.rows)[1:] == [Row(2, ["1", "甲,乙"]), Row(3, ["2", "一\n二"]), Row(5, ["3", '他说"好"'])]


def test_a_stray_quote_swallows_no_rows():
    rows = ["证号,备注", '1,"5寸', "2,好", "3,好"]
    assert [row.line for row in read("\n".join(rows).encode()).rows] == [1, 2, 3, 4]


def test_zeros_kept_by_a_formula_are_taken_out_of_it():
    assert cells(read(b'="00123",a\n="00124",b\n')) == [["00123", "a"], ["00124", "b"]]


@pytest.mark.parametrize("text", ["1.40302E+17", "1E+11", "1,4e+17"])
def test_a_number_that_excel_shortened_is_told(text):
    assert texts.marked(text) == Marked("digits_lost", text)


@pytest.mark.parametrize("text", ["1E11", "E+1", "12E+", "9E1234", ID, ""])
def test_a_number_with_an_e_in_it_is_none_of_excels(text):
    assert texts.marked(text) == text


def test_long_cells_and_wide_rows_are_cut():
    content = ("9" * 1000 + "," + ",".join("1" * (MOST_COLUMNS + 9))).encode()
    ((_line, row),) = read(content).rows
    assert (len(row), len(row[0])) == (MOST_COLUMNS, LONGEST_CELL)


@given(st.lists(st.lists(st.text("0123456789AX甲\"\n\r,'；=- ", max_size=9), min_size=2, max_size=4), min_size=1))
def test_what_the_csv_module_writes_comes_back(rows):
    made = io.StringIO(newline="")
    csv.writer(made, quoting=csv.QUOTE_ALL).writerows(rows)
    wanted = [[cell.strip() for cell in row] for row in rows]
    wanted = [row for row in wanted if any(row)]
    if not wanted or any(cell.startswith("=") for row in wanted for cell in row):
        return
    layout = texts._Layout("utf-8", ",", 0)
    found = texts._rows([made.getvalue().encode()], layout, quoted=True)
    assert [row.cells for row in found] == wanted


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    try:
        if not formats.is_workbook(content[:8]):
            list(read(content).rows)
    except FileRefused:
        pass


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7", "other_type"),
        (b"{\\rtf1", "other_type"),
        (b"\n <html><table>", "markup"),
    ],
)
def test_what_is_no_table_is_refused_at_the_door(content, code):
    with pytest.raises(FileRefused) as refused:
        formats.refuse_early([content])
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" \n\r\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "other_type"),
        (codecs.BOM_UTF32_LE + "1".encode("utf-32-le"), "unreadable_text"),
        (random.Random(1).randbytes(5000).replace(b"\x00", b"\x81"), "unreadable_text"),
        (b"\x01\x02\x03" * 100, "other_type"),
    ],
)
def test_what_is_no_text_is_refused(content, code):
    with pytest.raises(FileRefused) as refused:
        list(read(content).rows)
    assert refused.value.code == code


def test_a_workbooks_cells_are_texts_or_say_why_not():
    rows = [
        ["证号", "户名"],
        [ID, "兰亦可"],
        [110105194912310021, None],
        [123456789012345, "最多 15 位"],
        [1000000000000000, ""],
        [8123.0, " 空 "],
        [1.5, True],
        [None, None],
        ["00123", "行\n行"],
    ]
    table = sheets.read([workbook(rows)])
    assert table.description.format == "xlsx"
    assert list(table.rows) == [
        Row(1, ["证号", "户名"]),
        Row(2, [ID, "兰亦可"]),
        Row(3, [Marked("digits_lost", "1.10105E+17"), ""]),
        Row(4, [Marked("number", "123456789012345"), "最多 15 位"]),
        Row(5, [Marked("digits_lost", "1E+15"), ""]),
        Row(6, [Marked("number", "8123"), "空"]),
        Row(7, [Marked("number", "1.5"), Marked("yes_no", "TRUE")]),
        Row(9, ["00123", "行\n行"]),
    ]


def test_a_day_is_no_number():
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    days = sheet([[1]]).replace('<c r="A1"><v>1</v></c>', '<c r="A1" s="1"><v>45000</v></c>')
    related = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    made = workbook(sheets={"S": days}, more={"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": related})
    assert cells(sheets.read([made])) == [[Marked("date", "2023-03-15")]]


def test_the_first_sheet_that_is_seen_and_not_empty_is_read():
    made = workbook(
        sheets={"封面": sheet([]), "隐藏": sheet([["x"]]), "数据": sheet([[None, "1"]]), "其他": sheet([["2"]])},
        hidden=["隐藏"],
    )
    table = sheets.read([made])
    assert (table.description.sheet, table.description.sheets, table.description.first_column) == ("数据", 3, 1)
    assert cells(table) == [["1"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook([[]]), "empty"),
        (workbook([["1"]])[:-30], "damaged"),
        (workbook(sheets={"S": "<worksheet><sheetData><row><c r='A1'"}), "damaged"),
        (workbook(sheets={"S": "nothing"}, more={"xl/workbook.xml": "no xml"}), "damaged"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            "open_document",
        ),
        (archive({"xl/workbook.bin": b"x"}), "binary_excel"),
        (archive({"word/document.xml": "<x/>"}), "other_type"),
        (archive({"xl/workbook.xml": "<x/>", **{f"part{n}": "" for n in range(2001)}}), "too_large_inside"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_workbooks_that_are_none_are_refused(content, code):
    with pytest.raises(FileRefused) as refused:
        list(sheets.read([content]).rows)
    assert refused.value.code == code


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(formats, "MOST_UNPACKED", 1_000_000)
    bomb = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(1_000_000)})
    assert len(bomb) < 2_000
    with pytest.raises(FileRefused) as refused:
        formats.refuse_odd_archives(io.BytesIO(bomb))
    assert refused.value.code == "too_large_inside"


def test_entities_that_grow_or_read_files_come_to_nothing(tmp_path):
    (tmp_path / "secret").write_text("7777777", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol"><!ENTITY file SYSTEM "file://{tmp_path}/secret">{laughs}]>'
    for entity in ("&l9;", "&file;"):
        hostile = sheet([["1"]], head).replace(">1<", f">{entity}<")
        with pytest.raises(FileRefused):
            list(sheets.read([workbook(sheets={"S": hostile})]).rows)
