"""The public list and its text search, on both databases."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.db.tables import Declaration
from registry.declarations.indexing import RUN
from registry.declarations.records import statement_of
from registry.declarations.states import DECLARANT, change_status
from registry.search.listing import Count, Cursor, Filters, count_public, iterate_public, list_briefly, list_public
from registry.text import fold
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


FOUND = {
    "阔远": ["杨阔远"],
    "杨": ["杨阔远"],
    "远": ["杨阔远"],
    "顺合昌": ["山西顺合昌物流有限公司"],
    "公司 公章": ["山西顺合昌物流有限公司"],
    "公章 阔远": [],
    "昌顺": [],
    "mining": ["Yangquan Ｍining Ltd"],
    "ＬＴＤ": ["Yangquan Ｍining Ltd"],
    make.COMPANY_CODE: ["Yangquan Ｍining Ltd"],
    "6000373": ["Yangquan Ｍining Ltd"],
    "341L": ["Yangquan Ｍining Ltd"],
    "1": ["Yangquan Ｍining Ltd"],
    "L ng 丢": ["Yangquan Ｍining Ltd"],
    "杨 阔 远": ["杨阔远"],
    "杨·阔远": ["杨阔远"],
    "杨\u200b阔": ["杨阔远"],
    "杨远": [],
    make.WORK_NUMBER: [],
    make.WORK_NUMBER[-3:]: [],
    "published": [],
    "_spublished": [],
    "未刊登": [],
    "'\" OR 1=1 --": [],
    "阔远*": ["杨阔远"],
    "NEAR(杨)": [],
}


def test_words_find_any_part_and_never_a_sensitive_number(register):
    assert {words: found(register, words=words) for words in FOUND} == FOUND


def test_words_without_a_letter_narrow_nothing(register):
    for words in ("", "  ", "*", "“”", "\x00", "🦀"):
        assert len(found(register, words=words)) == 3


def test_characters_that_are_younger_than_a_database_are_searched_too(session):
    make.published(session, make.seal("\U000323af\U0002cdfb公章"), declarant="\U0002b82d\U0002cdfb")
    for words in ("\U000323af", "\U0002cdfb公章", "\U0002b82d\U0002cdfb"):
        assert len(found(session, words=words)) == 1
    assert found(session, words="\U0002cdfb\U0002b82d") == []


def test_a_hit_is_just_what_a_naive_scan_would_find(session):
    alphabet = "甲乙丙aB1 ２-。·"
    draw, editor = random.Random(4), make.an_editor(session)
    for _ in range(40):
        name, title = ("".join(draw.choices(alphabet, k=draw.randint(1, 12))).strip("-。· ") or "甲" for _ in "nt")
        documents = make.seal(title), replace(make.work_id("1122112211"), holder=name[::-1])
        make.approved(session, make.submitted(session, *documents, declarant=name), editor)
    make.editions.publish(session, day=make.today(), today=make.today(), actor=editor)
    texts = {
        one.reference: fold("\n".join((one.declarant, one.sentence.replace(one.documents[1].numbers[0].shown, "\n"))))
        for one in iterate_public(session, Filters())
    }

    @settings(max_examples=100)
    @given(st.text(alphabet=alphabet, min_size=1, max_size=9))
    def holds(words):
        terms = RUN.findall(fold(words))
        expected = [reference for reference, text in texts.items() if all(term in text for term in terms)]
        assert [one.reference for one in iterate_public(session, Filters(words=words))] == expected
        assert count_public(session, Filters(words=words)) == Count(len(expected))

    holds()


def test_filters_narrow_together(register):
    assert found(register, kind="seal_code") == ["山西顺合昌物流有限公司"]
    assert found(register, kind="seal_code", words="阔远") == []
    assert found(register, status="withdrawn") == []
    assert found(register, published_from=make.today() + timedelta(days=2)) == ["Yangquan Ｍining Ltd"]
    assert found(register, published_to=make.today()) == ["杨阔远"]
    assert found(register, published_from=make.today() + timedelta(days=9)) == []
    assert found(register, published_from=make.today(), published_to=make.today() - timedelta(days=1)) == []
    assert found(register, words="丢失", status="published", published_to=make.today()) == ["杨阔远"]
    assert found(register, words="丢失", kind="work_id", family="work", edition=1) == ["杨阔远"]


def test_a_family_or_an_edition_narrows_too(register):
    assert found(register, family="seals") == ["山西顺合昌物流有限公司"]
    assert found(register, family="seals", kind="work_id") == []
    assert found(register, edition=1) == ["杨阔远"]
    assert found(register, edition=4) == []
    assert found(register, edition=make.today()) == ["杨阔远"]
    assert found(register, edition=make.today() - timedelta(days=1)) == []
    assert found(register, edition=1, published_from=make.today() + timedelta(days=1)) == []


def test_the_first_of_two_documents_is_found_as_is_the_second(session):
    make.published(session, make.seal(), make.licence())
    for filters in ({"kind": "seal_code"}, {"kind": "business_licence_uscc"}, {"family": "seals"}):
        assert found(session, **filters) == ["杨阔远"]


def test_a_status_is_found_as_it_is_now_and_keeps_its_place(register):
    names = found(register)
    middle = list_public(register, Filters()).declarations[1]
    declaration = register.get(Declaration, middle.declaration_id)
    for status in ("contested", "published", "contested", "withdrawn"):
        change_status(register, declaration, status, actor=DECLARANT, action=status)
        assert found(register) == names
        assert middle.declarant in found(register, status=status)
        assert found(register, status=status, words="公章") == [middle.declarant]
        for other in {"published", "contested", "corrected", "withdrawn"} - {status}:
            assert middle.declarant not in found(register, status=other)


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
    lines = list_briefly(session, Filters()).declarations
    assert [(line.reference, line.status, line.sentence, line.published_on, line.edition) for line in lines] == [
        (one.reference, one.status, one.sentence, one.published_on, one.edition) for one in (further, first)
    ]
    masked, public = first.documents[0].numbers[0], first.documents[2].numbers[0]
    assert masked.sensitive
    assert make.WORK_NUMBER not in masked.shown
    assert (public.label, public.shown, public.sensitive) == ("统一社会信用代码", make.COMPANY_CODE, False)


@pytest.mark.parametrize(
    "text", ["", "o", "x20261120000001", "o2026", "o" + "9" * 30, "o２０２６1120000001", "20261120000001"]
)
def test_a_torn_cursor_is_no_cursor(text):
    assert Cursor.parse(text) is None
