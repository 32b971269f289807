"""Reading back: what typesetting does to a text is forgiven, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.wording import comparing
from registry.wording.comparing import Outcome, Part, compare

WORK_ID = "因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。"
SEAL = "因不慎将阳泉思成工程机械回收有限公司的公章丢失，编号为1403020012345，声明作废。"
LICENCE = "因不慎将甲公司的营业执照副本丢失，统一社会信用代码为91110000600037341L，声明作废。"
ITEMS = (("a", WORK_ID), ("b", SEAL), ("c", LICENCE))
PAGE = "遗失声明\n" + "".join(f"■{sentence}\n" for _key, sentence in ITEMS)

NAMES = st.text(alphabet="王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", min_size=2, max_size=4)
NUMBERS = st.text(alphabet="0123456789X", min_size=6, max_size=18)
TITLES = st.sampled_from(["工作证", "居民身份证", "营业执照副本", "公章", "出生医学证明"])
SENTENCES = st.one_of(
    st.builds("因不慎将{}的{}丢失，编号为{}，声明作废。".format, NAMES, TITLES, NUMBERS),
    st.builds("{}遗失{}，证号{}，声明作废。".format, NAMES, TITLES, NUMBERS),
    st.builds("{}的{}遗失，声明作废。".format, NAMES, TITLES),
)
COLUMNS = st.lists(SENTENCES, min_size=1, max_size=8, unique=True)
BREAKS = st.sampled_from(["\n", "\r\n", " ", "\u3000", "\u200b", "\n\n"])


def outcomes(comparison):
    return [item.outcome for item in comparison.items]


def column(sentences, bullet="■"):
    return "".join(f"{bullet}{sentence}\n" for sentence in sentences)


def keyed(sentences):
    return [(str(number), sentence) for number, sentence in enumerate(sentences)]


def test_a_page_that_says_what_the_records_say_agrees():
    comparison = compare(ITEMS, PAGE, bullet="■", furniture=["遗失声明"])
    assert comparison.agrees
    assert (comparison.count(Outcome.FOUND), comparison.extra) == (3, ())


def test_an_item_goes_on_over_what_stands_between_two_pages():
    foot, head = "各件现状，请查验：https://register.example.cn/editions/2026-11-28", "澜川日报　第 1 期"
    broken = PAGE.replace("工作证号为2036", f"工作证号为20\n{foot}\n1 / 2\n{head}\n36")
    furniture = ["遗失声明", foot, head, "1 / 2"]
    comparison = compare(ITEMS, broken, bullet="■", furniture=furniture)
    assert (comparison.agrees, comparison.extra) == (True, ())
    assert outcomes(compare(ITEMS, broken, bullet="■", furniture=furniture[:-1]))[0] is Outcome.CHANGED


def test_of_a_changed_item_both_spellings_are_told():
    comparison = compare(ITEMS, PAGE.replace("4085333", "4085338"), bullet="■")
    assert outcomes(comparison) == [Outcome.CHANGED, Outcome.FOUND, Outcome.FOUND]
    assert comparison.items[0].parts == (
        Part(WORK_ID[:31], WORK_ID[:31], same=True),
        Part("3", "8", same=False),
        Part("，声明作废。", "，声明作废。", same=True),
    )
    assert not comparison.agrees
    assert comparison.extra == ("遗失声明",)


def test_what_is_not_there_is_missing_and_what_is_nobodys_is_extra():
    page = PAGE.replace(f"■{SEAL}", "■寻狗启事：本人走失黄狗一只，见者请电。")
    comparison = compare(ITEMS, page, bullet="■", furniture=["遗失声明"])
    assert outcomes(comparison) == [Outcome.FOUND, Outcome.MISSING, Outcome.FOUND]
    assert comparison.extra == ("寻狗启事：本人走失黄狗一只，见者请电。",)


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        ("编号为12，作废。", "编号为１２,作废。"),
        ("编号为12，作废。", "编号 为\n1 2 ，\u3000作\u200b废。"),
        ("（甲）No.5", "(甲) Ｎｏ．５"),
        ("十二月日用", "⼗⼆⽉⽇⽤"),
        ("ABCDé。", "ABCDe\u0301。"),
        ("张䶮的证。", "张䶮\ufe00的证。"),
        ("｡｢甲｣", "。「甲」"),
    ],
)
def test_breaks_blanks_and_widths_are_forgiven(recorded, printed):
    assert compare([("a", recorded)], printed).agrees


@pytest.mark.parametrize(
    "printed",
    ["编号②③四五六七八。", "编号²3四五六七八。", "编号23四五六七八.", "编号32四五六七八。", "编号2四五六七八。"],
)
def test_another_character_is_not(printed):
    assert outcomes(compare([("a", "编号23四五六七八。")], printed)) == [Outcome.CHANGED]


def test_one_sentence_inside_another_is_not_taken_for_it():
    outer, inner = "李张三遗失工作证，声明作废。", "张三遗失工作证，声明作废。"
    both = [("outer", outer), ("inner", inner)]
    assert compare(both, column([outer, inner])).agrees
    assert outcomes(compare(both, column([outer]), bullet="■")) == [Outcome.FOUND, Outcome.MISSING]
    slip = compare(both, column([outer.replace("李", "王"), inner]), bullet="■")
    assert outcomes(slip) == [Outcome.CHANGED, Outcome.FOUND]
    assert slip.items[0].parts[0] == Part("李", "王", same=False)
    assert slip.extra == ()


def test_two_alike_have_to_stand_there_twice():
    twice = [("one", WORK_ID), ("other", WORK_ID)]
    assert outcomes(compare(twice, column([WORK_ID]), bullet="■")) == [Outcome.FOUND, Outcome.MISSING]
    assert compare(twice, column([WORK_ID, WORK_ID]), bullet="■").agrees


def test_a_changed_first_and_last_character_belong_to_the_item():
    printed = "囚" + WORK_ID[1:-1] + "，"
    comparison = compare(ITEMS, PAGE.replace(WORK_ID, printed), bullet="■", furniture=["遗失声明"])
    parts = comparison.items[0].parts
    assert [(part.recorded, part.printed) for part in parts if not part.same] == [("因", "囚"), ("。", "，")]
    assert comparison.extra == ()


def test_another_page_has_none_of_it():
    other = "".join(f"第{number}版 要闻 全国各地粮食丰收，农民喜笑颜开。\n" for number in range(300))
    comparison = compare(ITEMS, other)
    assert outcomes(comparison) == [Outcome.MISSING] * 3
    assert outcomes(compare(ITEMS, "")) == [Outcome.MISSING] * 3
    assert compare([], "甲 乙\n丙").extra == ("甲乙丙",)


def test_anothers_notice_is_not_taken_for_a_changed_one():
    other = WORK_ID.replace("杨阔远", "兰亦可").replace("2036254085333", "7781093461920")
    comparison = compare([("a", WORK_ID)], column([other]), bullet="■")
    assert outcomes(comparison) == [Outcome.MISSING]
    assert comparison.extra == (other,)


def test_latin_words_keep_their_blanks_where_they_are_shown():
    assert compare([], "ABC\nCo. Ltd 公 司").extra == ("ABC Co. Ltd公司",)


@given(COLUMNS, st.data())
def test_no_break_is_taken_for_a_change(sentences, data):
    page = column(sentences)
    for _break in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(page)))
        page = page[:place] + data.draw(BREAKS) + page[place:]
    comparison = compare(keyed(sentences), page, bullet="■")
    assert comparison.agrees
    assert comparison.extra == ()


@given(COLUMNS, st.data())
def test_every_single_change_is_told_of_its_item_and_of_no_other(sentences, data):
    changed = data.draw(st.integers(0, len(sentences) - 1))
    sentence = sentences[changed]
    place = data.draw(st.integers(0, len(sentence) - 1))
    with_it = data.draw(st.sampled_from("0123456789X王的证，。Q"))
    assume(with_it != sentence[place])
    printed = [*sentences]
    printed[changed] = sentence[:place] + with_it + sentence[place + 1 :]
    page = column(printed)
    cut = data.draw(st.integers(0, len(page)))
    comparison = compare(keyed(sentences), page[:cut] + "\n" + page[cut:], bullet="■")
    expected = [Outcome.FOUND] * len(sentences)
    expected[changed] = Outcome.CHANGED
    assert outcomes(comparison) == expected
    assert comparison.extra == ()
    parts = comparison.items[changed].parts
    assert "".join(part.recorded for part in parts) == sentence
    assert any(not part.same for part in parts)


@given(COLUMNS, st.data())
def test_a_character_left_out_and_a_digit_put_in_are_told(sentences, data):
    changed = data.draw(st.integers(0, len(sentences) - 1))
    sentence = sentences[changed]
    place = data.draw(st.integers(1, len(sentence) - 1))
    put_in = data.draw(st.sampled_from(["", "7"]))
    printed = [*sentences]
    printed[changed] = sentence[:place] + put_in + sentence[place + (not put_in) :]
    assume(sentence not in column(printed))
    comparison = compare(keyed(sentences), column(printed), bullet="■")
    assert outcomes(comparison)[changed] is Outcome.CHANGED
    assert comparison.count(Outcome.FOUND) == len(sentences) - 1


@given(COLUMNS, st.data())
def test_the_order_on_the_page_is_of_no_matter(sentences, data):
    page = column(data.draw(st.permutations(sentences)), bullet="")
    assert compare(keyed(sentences), page).agrees


@given(st.text(alphabet="甲乙12。", min_size=1, max_size=12), st.text(alphabet="甲乙12。", min_size=1, max_size=20))
def test_the_nearest_part_is_the_nearest_there_is(sentence, text):
    distance, start, end = comparing._locate(sentence, text, 0, len(text))
    every = [(first, last) for first in range(len(text) + 1) for last in range(first, len(text) + 1)]
    assert distance == min(plain_distance(sentence, text[first:last]) for first, last in every)
    assert distance == plain_distance(sentence, text[start:end])


def plain_distance(one, other):
    row = list(range(len(other) + 1))
    for place, character in enumerate(one, start=1):
        before, row[0] = row[0], place
        for column_, against in enumerate(other, start=1):
            nearest = min(row[column_] + 1, row[column_ - 1] + 1, before + (character != against))
            before, row[column_] = row[column_], nearest
    return row[-1]
