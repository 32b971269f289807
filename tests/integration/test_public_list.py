"""The public list and its text search, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.declarations.indexing import tokens_of
from registry.declarations.public import sentences_of
from registry.declarations.records import statement_of
from registry.declarations.states import DECLARANT
from registry.search.listing import Cursor, Filters, iterate_public, list_public
from tests.support import factories as make


def found(session, **filters):
    return [declaration.declarant for declaration in list_public(session, Filters(**filters)).declarations]


@pytest.fixture
def register(session):
    make.published(session, make.work_id(), declarant="杨阔远")
    make.published(session, make.seal(), declarant="山西顺合昌物流有限公司")
    make.published(session, make.licence(), declarant="Yangquan Ｍining Ltd")
    make.submitted(session, declarant="未刊登")
    return session


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("阔远", ["杨阔远"]),
        ("杨", ["杨阔远"]),
        ("远", ["杨阔远"]),
        ("顺合昌", ["山西顺合昌物流有限公司"]),
        ("公司 公章", ["山西顺合昌物流有限公司"]),
        ("公章 阔远", []),
        ("昌顺", []),
        ("mining", ["Yangquan Ｍining Ltd"]),
        ("ＬＴＤ", ["Yangquan Ｍining Ltd"]),
        (make.COMPANY_CODE, ["Yangquan Ｍining Ltd"]),
        ("6000373", ["Yangquan Ｍining Ltd"]),
        (make.WORK_NUMBER, []),
        ("未刊登", []),
        ("'\" OR 1=1 --", []),
        ("阔远*", ["杨阔远"]),
        ("NEAR(杨)", []),
    ],
)
def test_words_find_any_part_and_never_a_sensitive_number(register, words, names):
    assert found(register, words=words) == names


@pytest.mark.parametrize("words", ["", "  ", "*", "“”", "\x00", "🦀"])
def test_words_without_a_letter_narrow_nothing(register, words):
    assert len(found(register, words=words)) == 3


def test_filters_narrow_together(register):
    assert found(register, kind="seal_code") == ["山西顺合昌物流有限公司"]
    assert found(register, kind="seal_code", words="阔远") == []
    assert found(register, status="withdrawn") == []
    assert found(register, published_from=make.today() + timedelta(days=2)) == ["Yangquan Ｍining Ltd"]
    assert found(register, published_to=make.today()) == ["杨阔远"]


def test_a_family_or_an_edition_narrows_too(register):
    assert found(register, family="seals") == ["山西顺合昌物流有限公司"]
    assert found(register, family="seals", kind="work_id") == []
    assert found(register, edition=1) == ["杨阔远"]
    assert found(register, edition=4) == []


def test_everything_comes_in_batches_once_and_in_order(register):
    for batch in (1, 2, 10):
        names = [declaration.declarant for declaration in iterate_public(register, Filters(), batch=batch)]
        assert names == ["Yangquan Ｍining Ltd", "山西顺合昌物流有限公司", "杨阔远"]
    assert [one.declarant for one in iterate_public(register, Filters(words="公章"), batch=1)] == names[1:2]


def test_what_is_listed_says_all_that_everybody_may_read(session):
    earlier = make.published(
        session,
        make.work_id(),
        make.DocumentEntry("other", "会员卡", holder="顾安宁"),
        make.licence(),
        declarant="杨阔远",
    )
    withdrawal = make.service.file_withdrawal(session, earlier, actor=DECLARANT, day=make.today(), reason="找到")
    make.publish(session, withdrawal)
    further, first = list_public(session, Filters()).declarations
    assert (further.nature, further.about, further.status) == ("withdrawal", earlier.reference, "published")
    assert (first.nature, first.about, first.status) == ("loss", None, "withdrawn")
    assert (first.edition, first.published_on, first.withdrawn_on) == (1, make.today(), further.published_on)
    assert first.published_at.tzinfo is not None
    assert first.sentence == statement_of(session, earlier)
    assert [(document.title, document.copies, document.holder) for document in first.documents] == [
        ("工作证", None, None),
        ("会员卡", None, "顾安宁"),
        ("营业执照", "副本", None),
    ]
    masked, public = first.documents[0].numbers[0], first.documents[2].numbers[0]
    assert masked.sensitive
    assert make.WORK_NUMBER not in masked.shown
    assert (public.label, public.shown, public.sensitive) == ("统一社会信用代码", make.COMPANY_CODE, False)


def test_sentences_are_found_by_ids_whatever_the_status(session):
    out, waiting = make.published(session, make.licence(), make.work_id()), make.submitted(session)
    assert sentences_of(session, [waiting.id, out.id, 10**9]) == {
        one.id: statement_of(session, one) for one in (out, waiting)
    }
    assert sentences_of(session, []) == {}


def test_pages_follow_each_other_there_and_back(session):
    day = make.today()
    editor = make.an_editor(session)
    names = [f"声明人{place:02d}号" for place in range(7)]
    for name in names:
        make.approved(session, make.submitted(session, declarant=name), editor, day)
    make.editions.publish(session, day=day, today=day, actor=editor)
    make.published(session, declarant="后一天")
    newest_first = ["后一天", *reversed(names)]

    pages, cursor = [], None
    while True:
        page = list_public(session, Filters(), cursor=cursor, size=3)
        pages.append(page)
        assert page.total == 8
        if page.older is None:
            break
        cursor = Cursor.parse(str(page.older))
    assert [d.declarant for page in pages for d in page.declarations] == newest_first
    assert pages[0].newer is None
    back = list_public(session, Filters(), cursor=pages[-1].newer, size=3)
    assert back.declarations == pages[-2].declarations
    first = list_public(session, Filters(), cursor=back.newer, size=3)
    assert first.declarations == pages[0].declarations
    assert first.newer is None
    assert first.older is not None


@pytest.mark.parametrize(
    "text", ["", "o", "o20261350-1", "x20261120-1", "o20261120-", "o20261120-" + "9" * 30, "o２０２６1120-1"]
)
def test_a_torn_cursor_is_no_cursor(text):
    assert Cursor.parse(text) is None


@given(st.text(alphabet="甲乙丙A1-。 ", max_size=30), st.data())
def test_every_substring_of_a_run_is_a_phrase_of_its_tokens(text, data):
    tokens = tokens_of(text)
    for run in text.lower().replace("-", " ").replace("。", " ").split():
        start = data.draw(st.integers(0, len(run) - 1))
        part = run[start : start + data.draw(st.integers(1, 6))]
        if len(part) == 1:
            assert any(token.startswith(part) for token in tokens)
        else:
            phrase = [part[place : place + 2] for place in range(len(part) - 1)]
            assert any(tokens[place : place + len(phrase)] == phrase for place in range(len(tokens)))
