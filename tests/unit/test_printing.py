"""Setting, justifying, QR codes, fonts and the press, each by itself."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.config import ROOT
from registry.errors import FontMissing
from registry.printing import fonts, justify, pdf, qr
from registry.printing.setting import Run, set_runs
from registry.search.highlight import find_terms

ASSETS = pdf.Assets("/static/", ROOT / "registry" / "static")
ORIGIN = "https://static.invalid"


def whole(runs):
    return [run.text for run in runs if run.whole]


def test_names_of_people_short_numbers_and_the_end_stay_whole():
    sentence = "因不慎将杨鑫的出生医学证明丢失，编号为G140235681，声明作废。"
    runs = set_runs(sentence, names=("杨鑫",), numbers=(("G14", "023", "5681"),))
    assert whole(runs) == ["杨鑫", "G140235681", "作废。"]


def test_names_of_companies_may_break():
    name = "阳泉思成工程机械回收有限公司"
    assert whole(set_runs(f"因不慎将{name}的公章丢失，声明作废。", names=(name,))) == ["作废。"]


def test_a_long_number_breaks_between_its_groups():
    runs = set_runs("号为91110000600037341L，声明作废。", numbers=(("91", "110000", "6000", "3734", "1L"),))
    assert [run for run in runs if run.joint] == [Run(text, True, True) for text in ("110000", "6000", "3734", "1L")]
    wide = set_runs("号为91110000600037341L，声明作废。", numbers=(("91", "110000", "6000", "3734", "1L"),), longest=24)
    assert whole(wide) == ["91110000600037341L", "作废。"]


def test_a_number_with_chinese_in_it_stays_whole_as_long_as_others_do():
    short = "京111513762676"
    assert whole(set_runs(f"号为{short}，声明作废。", numbers=((short,),))) == [short, "作废。"]
    long = "苏（2019）宜兴不动产权第0018235号"
    assert whole(set_runs(f"号为{long}，声明作废。", numbers=((long,),))) == ["作废。"]


def test_an_endless_number_is_not_forced_onto_one_line():
    assert whole(set_runs("1" * 60, numbers=(("1" * 60,),))) == []


@given(
    st.text(max_size=60),
    st.lists(st.text(max_size=6), max_size=3),
    st.lists(st.lists(st.text(alphabet="0123456789X(.*", max_size=8), max_size=4), max_size=3),
)
def test_runs_join_to_their_sentence(sentence, names, numbers):
    sentence += "".join(names) + "".join("".join(groups) for groups in numbers)
    assert "".join(run.text for run in set_runs(sentence, names=names, numbers=numbers)) == sentence


@given(st.text(min_size=1, max_size=40))
def test_runs_of_one_script_join_to_their_text(text):
    assert "".join(justify.runs_of(text)) == text


def test_chinese_and_other_text_part_where_they_meet():
    assert list(justify.runs_of("于2026年11月，ABC 公司")) == ["于", "2026", "年", "11", "月，", "ABC ", "公司"]


def test_a_code_is_a_picture_in_the_page_itself():
    picture = qr.picture_of("https://register.example.cn/declarations/S26-4088-385X")
    assert picture.startswith("data:image/svg+xml")
    assert "<svg" in unquote(picture)


def test_a_missing_font_is_found_without_a_restart(monkeypatch):
    monkeypatch.setattr(fonts, "_found", set())
    monkeypatch.setattr(fonts, "_count", lambda *asked: 0)
    if fonts._fontconfig() is None:
        pytest.skip("needs Debian's libfontconfig1: apt-get install libfontconfig1")
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        fonts.require_chinese()
    monkeypatch.setattr(fonts, "_count", lambda *asked: 1)
    fonts.require_chinese()


def test_without_fontconfig_there_is_no_font(monkeypatch):
    monkeypatch.setattr(fonts, "_found", set())
    monkeypatch.setattr(fonts, "_fontconfig", lambda: None)
    assert not fonts.has_chinese()
    assert fonts.find_uncovered("a中") == "中"


def test_rare_characters_of_names_are_covered():
    if not fonts.has_chinese():
        pytest.skip(f"needs Debian's {fonts.PACKAGE}: apt-get install {fonts.PACKAGE}")
    # The last is of a plane that no font of Debian 12 reaches.
    assert fonts.find_uncovered("杨㐱䶮𠮷abc\U00031350\U00031350") == "\U00031350"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/static/css/print.css",
        f"{ORIGIN}/css/print.css",
        f"{ORIGIN}/static/../config.py",
        f"{ORIGIN}/static/%2e%2e/config.py",
        f"{ORIGIN}/static//etc/passwd",
        f"{ORIGIN}/static/css",
        f"{ORIGIN}/static/",
        "file:///etc/passwd",
        f"file://{ROOT}/registry/static/css/print.css",
        "http://127.0.0.1/static/css/print.css",
    ],
)
def test_the_press_opens_nothing_but_the_programs_own_files(address):
    with pytest.raises(ValueError, match="own"):
        pdf.open_asset(ASSETS, address)


def test_the_press_knows_its_styles():
    body, media_type = pdf.open_asset(ASSETS, f"{ORIGIN}/static/css/print.css")
    assert (media_type, b"@page" in body) == ("text/css", True)


def test_lines_of_chinese_are_justified(tmp_path: Path):
    if not fonts.has_chinese():
        pytest.skip(f"needs Debian's {fonts.PACKAGE}: apt-get install {fonts.PACKAGE}")
    try:
        weasyprint = pdf._weasyprint()
    except pdf.PressMissing:
        pytest.skip(f"needs Debian's Pango: apt-get install {pdf.PACKAGES}")
    style = "font: 10px Noto Serif CJK SC; width: 104px; text-align: justify; margin: 0; line-break: strict"
    html = f'<p lang="zh" style="{style}">因不慎将杨鑫的证件丢失，编号为2026，声明作废。</p>'
    lines = list(_lines(weasyprint.HTML(string=html).render().pages[0]._page_box))
    assert len(lines) == 3
    assert [_right_edge(line) for line in lines[:2]] == [pytest.approx(_left(lines[0]) + 104, abs=0.1)] * 2
    assert (
        "".join(box.text for line in lines for box in _texts(line)) == "因不慎将杨鑫的证件丢失，编号为2026，声明作废。"
    )


def _lines(box):
    if type(box).__name__ == "LineBox":
        yield box
    for child in getattr(box, "children", ()):
        yield from _lines(child)


def _texts(box):
    for child in box.children:
        if hasattr(child, "text"):
            yield child
        elif hasattr(child, "children"):
            yield from _texts(child)


def _left(line):
    return next(_texts(line)).position_x


def _right_edge(line):
    """Where the ink of the last character ends: the gap behind it does not count."""
    last = list(_texts(line))[-1]
    spacing = last.style["letter_spacing"]
    return last.position_x + last.width - (0 if spacing == "normal" else spacing)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("杨阔远的工作证", "阔远", ["阔远"]),
        ("ＡＢＣ公司", "abc 公司", ["ＡＢＣ公司"]),
        ("杨杨杨", "杨", ["杨杨杨"]),
        ("abc", "", []),
        ("abc", "<b>", ["b"]),
        ("编号为2036", "036 编号", ["编号", "036"]),
    ],
)
def test_searched_words_are_found_where_they_stand(text, words, found):
    assert [text[start:end] for start, end in find_terms(text, words)] == found


@given(st.lists(st.text(alphabet="公章王Ａａ·ß㎏\ufb01 &9", max_size=12), min_size=1, max_size=5), st.text(max_size=4))
def test_searched_words_are_found_in_several_sentences_at_once(sentences, words):
    found = [{*range(start, end)} for start, end in find_terms("\0".join(sentences), words)]
    apart: list[set[int]] = []
    place = 0
    for sentence in sentences:
        apart += [{*range(place + start, place + end)} for start, end in find_terms(sentence, words)]
        place += len(sentence) + 1
    assert found == apart
