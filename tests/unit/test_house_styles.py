"""House styles: every record is said in every one of them without a slip, and read back from it as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import kinds
from registry.declarations.entries import printed_form
from registry.errors import ConfigError, StyleRefused
from registry.wording import HouseStyle, NoticeDocument, NoticeRecord, compose, fill, find_vanished, load_style
from registry.wording.counting import say_copies, say_count, say_day, ways_to_say
from registry.wording.house_styles import COLUMN_KEYS, PRICE_KEYS, read, shipped, shipped_file
from registry.wording.patterns import DOCUMENT, SENTENCE
from registry.wording.trying import TORN, find_doubts, find_faults, sample_records
from tests.support.sentence_reader import COUNTS, Reader

STYLES = [load_style(name, Path()) for name in shipped()]
READERS = {style.name: Reader(style) for style in STYLES}
every_style = pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
ABOUT = ("S26-4088-385X", date(2026, 9, 2))
YANGQUAN = shipped_file("yangquan").read_text(encoding="utf-8")

# Names of nothing that a sentence is made of, so that only the style can be to blame for a wrong reading.
names = st.text(alphabet="阳泉思成工程机械回收有限公司杨阔远鑫马麦燕𠮷", min_size=2, max_size=12)
numbers = st.from_regex(r"[A-Z]{0,2}[0-9]{4,12}", fullmatch=True)


@st.composite
def documents(draw: st.DrawFn) -> NoticeDocument:
    kind = draw(st.sampled_from(kinds.CATALOGUE))
    fields = draw(st.lists(st.sampled_from(kind.numbers), unique=True, max_size=len(kind.numbers)))
    titles = [title.zh for title in kind.titles] or ["会员证"]
    title = draw(st.sampled_from(titles))
    copies = draw(st.none() | st.sampled_from([*kind.copies, f"一{kind.measure}", *COUNTS[:4]]))
    return NoticeDocument(
        title=title,
        # 驾驶证 with 副页 is the very paper that is also titled 驾驶证副页.
        copies=None if f"{title}{copies}" in titles else copies,
        holder=draw(st.none() | names),
        labels=tuple(draw(st.sampled_from(field.labels)) for field in fields),
        kind=kind.slug,
    )


days = st.dates(date(2026, 1, 1), date(2026, 12, 28)).filter(lambda day: day.day < 29)
records = st.builds(
    NoticeRecord,
    declarant=names,
    documents=st.lists(documents(), min_size=1, max_size=4).map(tuple),
    nature=st.sampled_from(["loss", "loss", "loss", "correction"]),
    lost_on=st.none() | days,
    lost_at=st.none() | names,
    about=st.just(ABOUT),
    organisation=st.booleans(),
    signed_on=days,
).map(lambda record: record if record.nature != "loss" else replace(record, about=None))


def owned(record: NoticeRecord, style: HouseStyle, texts: list[str]) -> list[tuple[object, ...]]:
    """Return what a sentence tells of each document: owner, title, copies, and its numbers with their labels."""
    rest = iter(texts)
    told = []
    for document in record.documents:
        kind = kinds.get(document.kind or "")
        counted = style.patterns_of(kind.family).uncounted and f"一{style.measures.get(kind.slug, kind.measure)}"
        pairs = tuple((label, next(rest)) for label in document.labels)
        told.append((document.holder or record.declarant, document.title, document.copies or counted or None, pairs))
    return told


def read_back(reading: dict, record: NoticeRecord) -> list[tuple[object, ...]]:
    owner, told = reading.get("declarant"), []
    for clause in reading["clauses"]:
        if clause.get("own"):
            owner = reading["declarant"]
        elif not clause.get("same"):
            owner = clause["owner"]
        for item in clause["items"]:
            pairs = item.get("numbers") or clause.get("numbers", ())
            told.append((owner, item["title"], item.get("copies"), pairs))
    return told


@every_style
@settings(max_examples=25)
@given(record=records, data=st.data())
def test_every_sentence_is_read_back_to_its_record(
    style: HouseStyle, record: NoticeRecord, data: st.DataObject
) -> None:
    count = sum(len(document.labels) for document in record.documents)
    texts = data.draw(st.lists(numbers, min_size=count, max_size=count))
    sentence = fill(compose(record, style), texts)
    assert not TORN.search(sentence), sentence
    assert find_vanished(sentence, record, texts) == ()
    expected = owned(record, style, texts)
    found = READERS[style.name].read(sentence)
    told = []
    for reading in found:
        if read_back(reading, record) not in told:
            told.append(read_back(reading, record))
    assert told == [expected], (sentence, found)
    for reading in found:
        assert reading["nature"] == record.nature
        assert reading.get("when") == record.lost_on
        assert reading.get("where") == record.lost_at
        if record.nature == "correction":
            assert (reading["reference"], reading["day"]) == ABOUT
        if style.sentence.signature:
            assert (reading["declarant"], reading["signed"]) == (record.declarant, record.signed_on)
            assert reading["organisation"] is record.organisation


@every_style
@given(declarant=names)
def test_a_withdrawal_is_read_back(style: HouseStyle, declarant: str) -> None:
    sentence = compose(NoticeRecord(declarant, (), nature="withdrawal", about=ABOUT), style)
    expected = {"nature": "withdrawal", "declarant": declarant, "day": ABOUT[1], "reference": ABOUT[0]}
    assert READERS[style.name].read(sentence) == [expected]


@every_style
def test_every_kind_is_said_with_its_example_and_its_measure_word(style: HouseStyle) -> None:
    for kind in kinds.CATALOGUE:
        is_said_well(style, kind)


def is_said_well(style: HouseStyle, kind: kinds.DocumentKind) -> None:
    patterns = style.patterns_of(kind.family)
    title = kind.titles[0].zh if kind.titles else "会员证"
    labels = tuple(field.labels[0] for field in kind.numbers)
    texts = [printed_form(field, kinds.examine_field(field, field.example), patterns.range) for field in kind.numbers]
    for copies in (None, *kind.copies, f"一{kind.measure}"):
        record = NoticeRecord(
            "杨阔远", (NoticeDocument(title, copies, labels=labels, kind=kind.slug),), signed_on=ABOUT[1]
        )
        sentence = fill(compose(record, style), texts)
        assert not TORN.search(sentence), sentence
        for label, text in zip(labels, texts, strict=True):
            assert re.search(re.escape(label) + r"[为：:]?" + re.escape(text), sentence), sentence
        if copies:
            assert any(title + said in sentence for said in ways_to_say(copies)), sentence
        elif patterns.uncounted:
            assert f"{title}{say_count(1, patterns.numerals)}{kind.measure}" in sentence, sentence
        found = READERS[style.name].read(sentence)
        assert owned(record, style, texts) in [read_back(reading, record) for reading in found], sentence


def test_the_styles_that_come_along_say_what_newspapers_print() -> None:
    record = NoticeRecord(
        "海南椰岚拾光旅业有限公司",
        (
            NoticeDocument("公章", kind="seal_code"),
            NoticeDocument("财务专用章", "一枚", kind="seal_code"),
            NoticeDocument("营业执照", "正、副本", labels=("统一社会信用代码",), kind="business_licence_uscc"),
        ),
        organisation=True,
        signed_on=date(2026, 11, 5),
        lost_on=date(2026, 9, 2),
    )
    said = {style.name: style.bullet + fill(compose(record, style), ["92460106MAT8451921"]) for style in STYLES}
    assert said == {
        "yangquan": "■因不慎于2026年9月2日将海南椰岚拾光旅业有限公司的公章、财务专用章一枚丢失；营业执照正、副本丢失，"
        "统一社会信用代码为92460106MAT8451921，声明作废。",
        "name-first": "●海南椰岚拾光旅业有限公司于2026年9月2日遗失公章、财务专用章各一枚；营业执照正、副本，"
        "统一社会信用代码：92460106MAT8451921，声明作废。",
        "in-brackets": "■海南椰岚拾光旅业有限公司的公章、财务专用章各壹枚、营业执照正副本"
        "(统一社会信用代码:92460106MAT8451921)于2026年9月2日遗失,声明作废。",
        "verb-first": "△2026年9月2日遗失海南椰岚拾光旅业有限公司的公章壹枚、财务专用章壹枚；营业执照正副本，"
        "统一社会信用代码92460106MAT8451921，声明作废。",
        "letter": "本单位因保管不善，不慎于二〇二六年九月二日将公章、财务专用章各壹枚、营业执照正、副本"
        "（统一社会信用代码：92460106MAT8451921）遗失，现声明作废。自登报之日起，任何人使用上述证件、印章所办事项"
        "均与声明人无关。特此声明。 声明人：海南椰岚拾光旅业有限公司 二〇二六年十一月五日",
    }


def test_ranges_are_printed_as_the_style_has_them() -> None:
    field = kinds.get("receipt").numbers[0]
    book = kinds.examine_field(field, "00000001—00000025")
    said = {style.name: printed_form(field, book, style.patterns_of("finance").range) for style in STYLES}
    assert said["yangquan"] == "00000001-00000025"
    assert said["name-first"] == "00000001至00000025"
    assert said["verb-first"] == "00000001—00000025"


@pytest.mark.parametrize(
    ("copies", "numerals", "both", "said"),
    [
        ("两枚", "plain", "、", "两枚"),
        ("两枚", "formal", "、", "贰枚"),
        ("两枚", "digits", "、", "2枚"),
        ("贰份", "plain", "、", "两份"),
        ("十二本", "formal", "、", "壹拾贰本"),
        ("20张", "plain", "、", "二十张"),
        ("正、副本", "plain", "", "正副本"),
        ("正副本", "formal", "、", "正、副本"),
        ("正、副页", "plain", "和", "正和副页"),
        ("一套三份", "formal", "、", "壹套叁份"),
        ("一式两份", "formal", "、", "一式贰份"),
        ("副本（1-1）", "formal", "、", "副本（1-1）"),
        ("发票联、抵扣联", "digits", "", "发票联、抵扣联"),
    ],
)
def test_copies_and_counts_in_the_numerals_of_a_style(copies: str, numerals: str, both: str, said: str) -> None:
    assert say_copies(copies, numerals=numerals, both=both) == said
    assert said in ways_to_say(copies)


@pytest.mark.parametrize("numerals", ["plain", "formal", "digits"])
def test_every_count_is_said_in_one_way_of_its_own(numerals: str) -> None:
    said = [say_count(count, numerals) for count in range(1, 100)]
    assert len(set(said)) == 99
    for count, word in enumerate(said, start=1):
        assert say_copies(f"{word}枚", numerals="digits", both="、") == f"{count}枚"


def test_days_in_both_numerals() -> None:
    pattern = "{year}年{month}月{day}日"
    assert say_day(date(2026, 12, 2), pattern=pattern, numerals="digits") == "2026年12月2日"
    assert say_day(date(2026, 12, 2), pattern=pattern, numerals="plain") == "二〇二六年十二月二日"
    assert say_day(date(2030, 10, 20), pattern=pattern, numerals="plain") == "二〇三〇年十月二十日"


@every_style
def test_what_comes_along_has_neither_faults_nor_doubts(style: HouseStyle) -> None:
    assert list(find_faults(style)) == list(find_doubts(style)) == []
    assert len(list(sample_records())) > 50


def test_the_default_comes_first_and_there_are_at_least_five() -> None:
    assert shipped()[0] == "yangquan"
    assert len(shipped()) >= 5
    assert len({style.title.zh for style in STYLES}) == len({style.price.rule for style in STYLES}) + 1 == len(STYLES)


# What is wrong, the beginning of the line where it stands, and what is said of it.
FAULTS = [
    ('bullet = "■"', "bullet = 3", "bullet", "must be a text in quotes"),
    ('heading = "遗失声明"\n', "", "# ■", "heading is missing"),
    ("title = { zh", "title = { cn", "title", "both languages"),
    ("{when}{where}将", "{when}{when}{where}将", "loss", "once"),
    ("{where}将", "将", "loss", "{where} stands in neither of loss and clause"),
    ("{clauses}", "{clause}", "loss", "must not have {clause}; it may have {clauses}"),
    ("{clauses}", "{clauses.x}", "loss", "must not have {clauses.x}"),
    ("{clauses}", "{clauses", "loss", "brace"),
    ('loss = "因不慎', 'loss = "⟦1⟧', "loss", "stand for numbers"),
    ('loss = "因不慎', 'loss = "因　不慎', "loss", "no blanks but single plain ones"),
    ('，声明作废。"', '，，声明作废。"', "loss", "torn punctuation"),
    ('numerals = "digits"', 'numerals = "roman"', "numerals", 'one of "digits", "plain"'),
    ("item_joint", "item_joimt", "item_joimt", "did you mean item_joint?"),
    ("丢失{numbers}", "丢失", "item =", "{numbers} stands in neither of clause and item"),
    ("[column]", '[family.seal]\nitem = "{title}{copies}"\n\n[column]', "[family.seal]", "no family seal"),
    ("[column]", '[measure]\nseal_codes = "枚"\n\n[column]', "seal_codes", "did you mean seal_code?"),
    ("[column]", '[measure]\nseal_code = "one"\n\n[column]', "seal_code", "Chinese characters"),
    ("width_mm = 38", 'width_mm = "38"', "width_mm", "width_mm must be a number from 10 to 400"),
    ("characters = 13", "characters = 14", "characters", "39.5 mm wide, and the column is 38 mm"),
    ("characters = 13", "characters = 12.5", "characters", "whole number"),
    ("leading_pt = 11.5", "leading_pt = 7", "leading_pt", "lines overlap"),
    ('rule = "line"', 'rule = "word"', "rule", "one of line, document, block, area, free"),
    ("amount = 10.00", "amount = 10.001", "amount", "two places"),
    ("amount = 10.00", "amount = -1", "amount", "from 0 to 100000"),
    ("amount = 10.00\n", "", "[price]", "price.amount is missing"),
    ("minimum = 20.00", 'half = ["letters"]', "half", "a list of digits"),
    ("minimum = 20.00", 'bullet = "no"', 'bullet = "no"', "true or false"),
    ("[price]", "[price", "[price", "is no TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "where", "said"), FAULTS)
def test_a_fault_is_told_with_its_line(right: str, wrong: str, where: str, said: str) -> None:
    assert right in YANGQUAN
    text = YANGQUAN.replace(right, wrong, 1)
    line = next(line for line, content in enumerate(text.splitlines(), 1) if content.startswith(where))
    with pytest.raises(StyleRefused) as refused:
        read(text, name="own", source="own.toml")
    assert [at for at, message in refused.value.faults if said in message] == [line], str(refused.value)
    assert f"own.toml, line {line}: " in str(refused.value)


def test_all_faults_are_told_at_once_and_a_text_of_several_lines_counts_where_it_begins() -> None:
    text = (
        YANGQUAN.replace('bullet = "■"', 'bullet = """\n■\n"""')
        .replace('"{owner}的"', '"的"')
        .replace("amount", "amout")
    )
    with pytest.raises(StyleRefused) as refused:
        read(text, name="own", source="own.toml")
    # The price's amount is missing where its table stands, and unknown where it is misspelt.
    assert [line for line, _ in refused.value.faults] == [5, 16, 35, 37]


def test_an_operators_own_style_is_read_from_their_folder(tmp_path: Path) -> None:
    own = tmp_path / "house-style.toml"
    own.write_text(YANGQUAN.replace("■", "◆").replace("\n", "\r\n"), encoding="utf-8-sig")
    style = load_style("house-style.toml", tmp_path)
    assert (style.name, style.bullet) == ("house-style", "◆")
    assert load_style(str(own), Path("/nowhere")).bullet == "◆"
    own.write_bytes(YANGQUAN.encode("gb18030"))
    with pytest.raises(StyleRefused, match=r"line 1: is not UTF-8"):
        load_style("house-style.toml", tmp_path)


@pytest.mark.parametrize("choice", ["yangqaun", "missing.toml", "../x"])
def test_a_style_that_is_not_there_is_refused_in_words(choice: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"yangquan, .* or a file|cannot be read"):
        load_style(choice, tmp_path)


def test_a_name_beside_its_document_is_doubted() -> None:
    style = read(YANGQUAN.replace('"{owner}的"', '"{owner}"'), name="own", source="own.toml")
    assert any(doubt.startswith("owner:") for doubt in find_doubts(style))


def test_measure_words_of_a_paper_go_before_those_of_the_catalogue() -> None:
    text = (
        shipped_file("name-first")
        .read_text(encoding="utf-8")
        .replace("[column]", '[measure]\nseal_code = "方"\n\n[column]')
    )
    style = read(text, name="own", source="own.toml")
    assert (
        compose(NoticeRecord("甲公司", (NoticeDocument("公章", kind="seal_code"),)), style)
        == "甲公司遗失公章一方，声明作废。"
    )


def test_the_guide_has_every_key_and_says_its_default() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "house-style.md").read_text(encoding="utf-8")
    for table, patterns in (("sentence", SENTENCE), ("document", DOCUMENT)):
        part = guide.partition(f"### `[{table}]`")[2].partition("### ")[0]
        for key, pattern in patterns.items():
            row = next(line for line in part.splitlines() if line.startswith("|") and f"`{key}`" in line.split("|")[1])
            assert set(re.findall(r"\*\*(\w+)\*\*", row.split("|")[2])) == set(pattern.needs), key
            named = set(re.findall(r"\w+", row.split("|")[2].replace("*", "")))
            assert named == {*pattern.needs, *pattern.may}, key
            if pattern.default and key != "own":
                assert pattern.default in row.split("|")[3], key
    for key in (*COLUMN_KEYS, *PRICE_KEYS):
        assert f"`{key}`" in guide, key
    for name in shipped():
        assert f"| `{name}` |" in guide
