"""The sentence: as real columns have it, and nothing of the record lost on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import wording
from registry.wording import NoticeDocument as Document
from registry.wording import NoticeRecord, fill, find_vanished, hide_numbers, load_style

YANGQUAN = load_style("yangquan", Path())

# The four declarations of the Yangquan paper's column of March 2024, and one with several papers.
AS_PRINTED = [
    (
        NoticeRecord("阳泉思成工程机械回收有限公司", (Document("法人章"),)),
        [],
        "因不慎将阳泉思成工程机械回收有限公司的法人章丢失，声明作废。",
    ),
    (
        NoticeRecord("杨阔远", (Document("工作证", labels=("工作证号",)),)),
        ["2036254085333"],
        "因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。",
    ),
    (
        NoticeRecord("杨鑫", (Document("出生医学证明", labels=("编号",)),)),
        ["G140235681"],
        "因不慎将杨鑫的出生医学证明丢失，编号为G140235681，声明作废。",
    ),
    (
        NoticeRecord("山西顺合昌物流有限公司", (Document("公章"),)),
        [],
        "因不慎将山西顺合昌物流有限公司的公章丢失，声明作废。",
    ),
    (
        NoticeRecord(
            "山西垚汇泰恒商贸有限公司",
            (Document("公章"), Document("财务专用章"), Document("营业执照", "正、副本", labels=("代码",))),
        ),
        ["91140302MAR7558G5F"],
        (
            "因不慎将山西垚汇泰恒商贸有限公司的公章、财务专用章丢失；营业执照正、副本丢失，"
            "代码为91140302MAR7558G5F，声明作废。"
        ),
    ),
]

names = st.text(alphabet="阳泉思成工程机械回收有限公司杨阔远鑫的章证", min_size=1, max_size=20)
documents = st.builds(
    Document,
    title=names,
    copies=st.none() | st.sampled_from(["正本", "一枚"]),
    holder=st.none() | names,
    labels=st.lists(names, max_size=2).map(tuple),
)
records = st.builds(NoticeRecord, declarant=names, documents=st.lists(documents, min_size=1, max_size=6).map(tuple))
serial_numbers = st.from_regex(r"[A-Z]{0,2}\d{4,12}", fullmatch=True)


def compose(record):
    return wording.compose(record, YANGQUAN)


@pytest.mark.parametrize(("record", "numbers", "sentence"), AS_PRINTED)
def test_sentences_read_as_the_paper_prints_them(record, numbers, sentence):
    assert fill(compose(record), numbers) == sentence


def test_day_and_place_stand_in_the_sentence_when_they_are_to_be_printed():
    record = NoticeRecord("王录凤", (Document("身份证"),), lost_on=date(2026, 9, 2), lost_at="迎泽公园")
    assert compose(record) == "因不慎于2026年9月2日在迎泽公园将王录凤的身份证丢失，声明作废。"


def test_papers_of_another_holder_name_the_holder():
    record = NoticeRecord("甲公司", (Document("公章"), Document("工作证", holder="乙"), Document("合同章")))
    assert compose(record) == "因不慎将甲公司的公章丢失；乙的工作证丢失；甲公司的合同章丢失，声明作废。"


def test_further_records_name_the_one_they_are_about():
    about = ("S26-4088-385X", date(2026, 9, 2))
    withdrawal = NoticeRecord("甲公司", (), nature="withdrawal", about=about)
    assert compose(withdrawal) == "本报2026年9月2日刊登的甲公司遗失声明（登记号S26-4088-385X）现予撤销，特此声明。"
    correction = NoticeRecord("甲公司", (Document("公章"),), nature="correction", about=about)
    assert compose(correction) == (
        "本报2026年9月2日刊登的遗失声明（登记号S26-4088-385X）有误，更正为：因不慎将甲公司的公章丢失，声明作废。"
    )


def test_a_further_record_without_its_earlier_one_is_refused():
    with pytest.raises(ValueError, match="earlier record"):
        compose(NoticeRecord("甲公司", (), nature="withdrawal"))


def test_a_placeholder_in_a_name_is_refused():
    with pytest.raises(ValueError, match="placeholder"):
        compose(NoticeRecord("⟦1⟧", (Document("公章"),)))


@given(records, st.data())
def test_a_composed_sentence_misses_nothing_and_has_no_torn_punctuation(record, data):
    count = sum(len(document.labels) for document in record.documents)
    numbers = data.draw(st.lists(serial_numbers, min_size=count, max_size=count, unique=True))
    sentence = fill(compose(record), numbers)
    assert find_vanished(sentence, record, numbers) == ()
    assert "⟦" not in sentence
    assert not any(torn in sentence for torn in ("，，", "；；", "、、", "；，", "，。", "的的丢", "（）"))


@given(records, st.data())
def test_hiding_is_the_way_back_from_filling(record, data):
    count = sum(len(document.labels) for document in record.documents)
    numbers = data.draw(st.lists(serial_numbers, min_size=count, max_size=count))
    sentence = fill(compose(record), numbers)
    assert fill(hide_numbers(sentence, numbers), numbers) == sentence
    assert not any(number in hide_numbers(sentence, numbers) for number in numbers)


@pytest.mark.parametrize(
    ("statement", "numbers", "filled"),
    [
        ("甲的公章丢失，声明作废。", [], "甲的公章丢失，声明作废。"),
        ("编号为⟦1⟧，声明作废。", ["a"], "编号为a，声明作废。"),
        ("⟦1⟧", ["⟦2⟧"], "⟦2⟧"),
        ("⟦2⟧、⟦1⟧", ["a", "b"], "b、a"),
        ("⟦1⟧、⟦1⟧", ["a"], "a、a"),
        ("".join(f"⟦{place}⟧" for place in range(1, 12)), list("abcdefghijk"), "abcdefghijk"),
    ],
)
def test_each_number_is_filled_in_where_it_stands(statement, numbers, filled):
    assert fill(statement, numbers) == filled


@pytest.mark.parametrize("statement", ["⟦1⟧", "⟦2⟧", "⟦1⟧⟦2⟧", "⟦2⟧⟦1⟧"])
def test_a_number_that_is_missing_is_an_error(statement):
    with pytest.raises(IndexError):
        fill(statement, ["a"] if "2" in statement else [])


def test_a_vanished_name_or_number_is_named():
    record = NoticeRecord("杨阔远", (Document("工作证", labels=("工作证号",)),))
    numbers = ["2036254085333"]
    sentence = fill(compose(record), numbers)
    assert find_vanished(sentence.replace("阔", "括"), record, numbers) == ("杨阔远",)
    assert find_vanished(sentence.replace("5333", "5338"), record, numbers) == ("2036254085333",)
    assert find_vanished(sentence.replace("工作证丢失", "证件丢失").replace("工作证号", "编号"), record, numbers) == (
        "工作证",
    )


def test_a_name_inside_a_longer_one_does_not_count_for_it():
    record = NoticeRecord("杨鑫", (Document("工作证"), Document("工作证", holder="杨鑫宇")))
    assert find_vanished("因不慎将杨鑫宇的工作证丢失，声明作废。", record, []) == ("杨鑫",)


def test_a_number_that_stands_twice_has_to_stay_twice():
    record = NoticeRecord("甲", (Document("正本", labels=("编号",)), Document("副本", labels=("编号",))))
    numbers = ["12345", "12345"]
    sentence = fill(compose(record), numbers)
    assert find_vanished(sentence.replace("12345", "", 1), record, numbers) == ("12345",)
    assert hide_numbers(sentence, numbers) == compose(record)


def test_copies_do_not_vanish_where_a_style_says_them_in_its_own_way():
    record = NoticeRecord("甲", (Document("营业执照", "正、副本"), Document("公章", "两枚")))
    assert find_vanished("甲遗失营业执照正副本、公章贰枚，声明作废。", record, []) == ()
    assert find_vanished("甲遗失营业执照正本、公章一枚，声明作废。", record, []) == ("正、副本", "两枚")
    assert wording.as_said(record, "甲遗失营业执照正副本、公章贰枚，声明作废。") == (
        "甲",
        "营业执照",
        "正副本",
        "公章",
        "贰枚",
    )
