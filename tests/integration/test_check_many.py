"""The check of many numbers says what the check of each says, however they are mixed."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import clock
from registry.db.engine import reader_within
from registry.declarations import service
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.search import batch, entries
from registry.search import check as check_module
from registry.search.batch import check_many
from registry.search.check import check
from tests.kinds.samples import VALID
from tests.support import factories as make

BIRTH = "G140235681"
OLD_ID = "110105491231002"
ODD = ("", " ", "\x00", "🦀", "号" * 5000, "%", "1", "001", "王伟", "\u202e12\u202c", "'; DROP TABLE declaration; --")
TYPED = (
    make.RESIDENT_ID, make.RESIDENT_ID.lower(), "110105 1949 1231 002X", "１１０１０５１９４９１２３１００２Ｘ",
    f"身份证号：{make.RESIDENT_ID}", OLD_ID, "110105194912310021", make.WORK_NUMBER, f"工作证号 {make.WORK_NUMBER}",
    "2036254085334", make.COMPANY_CODE, "9111OOOO6OOO37341L", "91110000600037341A", BIRTH, f"甲{make.RESIDENT_ID}",
    "0036238", "0036239", "0036242", "№0036240", "0036245", "0036246", "00036240", "0036230-0036239",
    "0036239—0036245", "0036200-0036238", "00450000", "00900001", "A-03", "A-01-A-25", "77001", "77000-77002",
    "77000-77999", "SJ0001", "京A12345",
)  # fmt: skip


def papers(text, kind="receipt", title="收据"):
    return make.DocumentEntry(kind, title, numbers=(make.number(text),))


@pytest.fixture
def asked(session):
    """A reader on a register in which every answer is to be had, and several to one number."""
    editor = make.an_editor(session)

    def out(*documents, days_ago=0, **changes):
        with clock.at(clock.now() - timedelta(days=days_ago)):
            return make.published(session, *documents, **changes)

    def further(declaration, *documents, nature="correction"):
        if nature == "withdrawal":
            made = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到了")
        else:
            about = service.About(declaration, "correction")
            made = service.submit(session, make.entry(*documents, declarant="杨阔园"), day=make.today(), about=about)
        make.publish(session, made)

    out(make.resident_id(), make.licence(), papers("0036239—0036245"), days_ago=9)
    out(make.resident_id(OLD_ID), papers(f"甲{make.RESIDENT_ID}", "other", "会员卡"), days_ago=8)
    out(
        papers("00000001至00900000", "vat_invoice", "增值税普通发票"), papers("A-01至A-25"), papers("77001"), days_ago=7
    )
    out(papers("77001"), papers("77002"), papers("77001", "other", "卡"), days_ago=6)
    further(out(days_ago=5), nature="withdrawal")
    further(out(make.work_id("2036254085334"), days_ago=5), make.work_id("2036254085334"))
    further(out(papers("SJ0001"), papers("0036242"), days_ago=4), papers("SJ0002"))
    contested = out(papers(BIRTH, "birth_medical_certificate", "出生医学证明"), days_ago=3)
    change_status(session, contested, "contested", actor=SYSTEM, action="contested")
    make.submitted(session)
    make.submitted(session, papers("0036240—0036249"), make.licence())
    rejected = make.submitted(session, papers("京A12345", "other", "牌"))
    service.reject(session, rejected, reason="重复", actor=editor, version=rejected.version)
    return reader_within(session)


def single(reader, texts):
    return [check(reader, text)._replace(near=()) for text in texts]


def compare(reader, texts):
    with clock.at(clock.now()):
        assert list(check_many(reader, texts)) == single(reader, texts)


def test_every_answer_is_that_of_the_single_check(asked):
    samples = [number for numbers in VALID.values() for number in numbers]
    answers = list(check_many(asked, TYPED))
    assert {verdict.verdict for answer in answers for verdict in answer.verdicts} == set(check_module.ORDER)
    assert max(len(answer.verdicts) for answer in answers) >= 3
    compare(asked, [*TYPED, *ODD, *samples, *reversed(TYPED)])


def test_any_list_in_any_order_is_answered_like_its_numbers(asked, monkeypatch):
    numbers = st.one_of(st.sampled_from(TYPED + ODD), st.text(max_size=20), st.from_regex(r"\A[0-9A-Z]{4,18}\Z"))

    @settings(max_examples=40)
    @given(texts=st.lists(numbers, max_size=30), chunk=st.integers(1, 12), keys=st.integers(0, 40))
    def hold(texts, chunk, keys):
        monkeypatch.setattr(batch, "CHUNK", chunk)
        monkeypatch.setattr(batch, "_MOST_KEYS", keys)
        compare(asked, texts)

    hold()


@pytest.mark.one_database
def test_a_number_on_more_papers_than_are_told_is_cut_alike(asked, monkeypatch):
    for module in (entries, check_module, batch):
        monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    compare(asked, TYPED)
    assert any(answer.is_cut for answer in check_many(asked, TYPED))


@pytest.mark.one_database
def test_a_chunk_costs_a_few_statements_whatever_its_length(asked, monkeypatch):
    statements = []
    rows = type(asked).rows

    def counted(self, query, values):
        statements.append(query)
        return rows(self, query, values)

    monkeypatch.setattr(type(asked), "rows", counted)
    list(check_many(asked, [f"1403{place:09d}" for place in range(batch.CHUNK)]))
    assert len(statements) <= 4


@pytest.mark.one_database
def test_a_list_is_read_as_far_as_it_is_asked_for(asked):
    taken = []

    def endless():
        place = 0
        while True:
            taken.append(place)
            yield f"1403{place:09d}"
            place += 1

    list(islice(check_many(asked, endless()), batch.CHUNK + 1))
    assert len(taken) <= 2 * batch.CHUNK


@pytest.mark.one_database
def test_what_no_number_can_be_is_told_apart(asked):
    answers = check_many(asked, ["", "号" * 5000, "\x00", "77001", "77009"])
    assert [bool(answer.forms) for answer in answers] == [False, False, False, True, True]
