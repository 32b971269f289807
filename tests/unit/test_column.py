"""The column before it is laid out: signatures, and the text for the typesetter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from registry.printing.column import ColumnItem, EditionColumn
from registry.printing.column_text import as_file, column_text
from registry.wording import NoticeDocument, NoticeRecord, compose, load_style, split_signature

LETTER = load_style("letter", Path())
RECORD = NoticeRecord(
    declarant="阳泉 思成（集团）公司",
    documents=(NoticeDocument("公章", labels=("编号",), kind="seal_code"),),
    organisation=True,
    signed_on=date(2026, 9, 12),
)


@pytest.mark.parametrize(
    ("record", "signature"),
    [
        (RECORD, ("声明人：阳泉 思成（集团）公司", "二〇二六年九月十二日")),
        (replace(RECORD, signed_on=None), ("声明人：阳泉 思成（集团）公司",)),
        (replace(RECORD, nature="correction", about=("S26-4088-385X", date(2026, 9, 2))),
         ("声明人：阳泉 思成（集团）公司", "二〇二六年九月十二日")),
        (replace(RECORD, nature="withdrawal", about=("S26-4088-385X", date(2026, 9, 2))), ()),
    ],
)  # fmt: skip
def test_a_signature_is_told_from_its_sentence(record, signature):
    said = compose(record, LETTER)
    sentence, found = split_signature(said, record.declarant, LETTER)
    assert found == signature
    assert " ".join((sentence, *found)) == said
    assert sentence.endswith("特此声明。")


@pytest.mark.parametrize("name", ["yangquan", "name-first", "in-brackets", "verb-first"])
def test_styles_without_a_signature_have_none(name):
    style = load_style(name, Path())
    said = compose(RECORD, style)
    assert split_signature(said, RECORD.declarant, style) == (said, ())


def test_what_an_editor_worded_anew_is_left_as_it_is():
    said = "本单位公章遗失，声明作废。 某某公司启 二〇二六年九月二日"
    assert split_signature(said, RECORD.declarant, LETTER) == (said, ())


def column_of(style, *items, number=7):
    return EditionColumn("澜川日报", date(2026, 11, 28), number, load_style(style, Path()), items)


def item(sentence, *signature):
    return ColumnItem("S26-4088-385X", sentence, signature, (), ())


def test_the_text_has_a_paragraph_for_each_declaration():
    assert column_text(column_of("yangquan", item("因不慎将甲的工作证丢失。"), item("因不慎将乙的公章丢失。"))) == (
        "澜川日报　2026年11月28日 星期六　第7期\n\n遗失声明\n\n■因不慎将甲的工作证丢失。\n■因不慎将乙的公章丢失。\n"
    )


def test_the_text_of_letters_has_their_signatures_on_lines_of_their_own():
    signed = item("本人公章遗失。", "声明人：甲", "二〇二六年九月二日")
    assert column_text(column_of("letter", signed, signed, number=None)).splitlines()[2:] == [
        "遗失声明", "", "本人公章遗失。", "声明人：甲", "二〇二六年九月二日", "", "本人公章遗失。", "声明人：甲",
        "二〇二六年九月二日",
    ]  # fmt: skip


def test_an_empty_column_has_its_heading():
    assert column_text(column_of("yangquan")).endswith("\n\n遗失声明\n")


def test_the_file_begins_with_the_mark_of_utf_8_and_has_the_line_ends_of_windows():
    assert as_file("甲㐱\n𠮷\n") == b"\xef\xbb\xbf" + "甲㐱\r\n𠮷\r\n".encode()
