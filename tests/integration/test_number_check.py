"""The check: every verdict, worst first, and never more than the register knows."""

from __future__ import annotations

import pytest

from registry.db.engine import reader_within
from registry.declarations import service
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.search import check as check_module
from registry.search import entries
from registry.search.check import Answer
from registry.search.check import check as check_with
from tests.support import factories as make
from tests.support.cases import cases


def check(session, text) -> Answer:
    return check_with(reader_within(session), text)


def verdicts(session, text):
    return [verdict.verdict for verdict in check(session, text).verdicts]


def test_a_published_number_is_declared_since_its_edition(session):
    declaration = make.published(session)
    answer = check(session, make.WORK_NUMBER)
    (verdict,) = answer.verdicts
    assert (verdict.verdict, verdict.since) == ("declared", declaration.published_on)
    assert verdict.entry.reference == declaration.reference


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "110105 1949 1231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "身份证号：110105-19491231-002X",
    ],
)
def test_forgiving_spellings_find_a_sensitive_number(session, typed):
    make.published(session, make.resident_id())
    assert verdicts(session, typed) == ["declared"]


def test_old_and_new_resident_ids_find_each_other(session):
    make.published(session, make.resident_id("110105491231002"))
    assert verdicts(session, make.RESIDENT_ID) == ["declared"]


def test_a_new_resident_id_is_found_by_its_old_form(session):
    make.published(session, make.resident_id())
    assert verdicts(session, "110105491231002") == ["declared"]


def test_a_filed_number_is_provisional(session):
    make.submitted(session)
    (verdict,) = check(session, make.WORK_NUMBER).verdicts
    assert verdict.verdict == "provisional"
    assert verdict.filed_at is not None


def test_a_rejected_or_withdrawn_filing_is_not_on_the_register(session):
    rejected, withdrawn = make.submitted(session), make.submitted(session)
    service.reject(session, rejected, reason="重复", actor=make.an_editor(session), version=rejected.version)
    service.withdraw_unpublished(session, withdrawn, actor=DECLARANT, day=make.today(), reason="找到了")
    assert verdicts(session, make.WORK_NUMBER) == ["not_on_register"]


def test_a_contested_number_says_so(session):
    declaration = make.published(session)
    change_status(session, declaration, "contested", actor=SYSTEM, action="contested")
    assert verdicts(session, make.WORK_NUMBER) == ["contested"]


def test_a_withdrawn_declaration_gives_both_dates(session):
    declaration = make.published(session)
    further = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到了")
    make.publish(session, further)
    (verdict,) = check(session, make.WORK_NUMBER).verdicts
    assert (verdict.verdict, verdict.since) == ("withdrawn", declaration.published_on)
    assert verdict.until == further.published_on
    assert verdict.replaced_by.reference == further.reference


def test_a_corrected_number_is_withdrawn_and_the_right_one_declared(session):
    declaration = make.published(session)
    about = service.About(declaration, "correction")
    further = service.submit(session, make.entry(make.work_id("2036254085334")), day=make.today(), about=about)
    make.publish(session, further)
    assert verdicts(session, make.WORK_NUMBER) == ["withdrawn"]
    assert verdicts(session, "2036254085334") == ["declared"]


def test_a_correction_that_repeats_the_number_answers_since_the_first_day(session):
    declaration = make.published(session)
    about = service.About(declaration, "correction")
    further = service.submit(session, make.entry(declarant="杨阔园"), day=make.today(), about=about)
    make.publish(session, further)
    (verdict,) = check(session, make.WORK_NUMBER).verdicts
    assert (verdict.verdict, verdict.since) == ("declared", declaration.published_on)
    assert verdict.entry.reference == further.reference


def test_several_verdicts_come_worst_first(session):
    first = make.published(session)
    make.submitted(session)
    further = service.file_withdrawal(session, first, actor=DECLARANT, day=make.today(), reason="找到了")
    make.publish(session, further)
    make.published(session)
    assert verdicts(session, make.WORK_NUMBER) == ["declared", "provisional", "withdrawn"]


def test_an_unknown_number_is_not_called_valid(session):
    assert verdicts(session, make.COMPANY_CODE) == ["not_on_register"]


def test_a_hidden_number_is_nobodys(session):
    make.published(session, make.resident_id("1101**********002X", confirmed=True))
    assert verdicts(session, "1101**********002X") == ["not_on_register"]


@cases("typed", ["", " ", "\x00", "🦀", "'; DROP TABLE declaration; --", "号" * 5000, "\u202e12\u202c", "%", "_"])
def test_any_text_gets_an_answer(session, typed):
    make.submitted(session)
    assert verdicts(session, typed)[0] in ("not_on_register", "impossible")


def receipts(text, title="收据"):
    return make.DocumentEntry("receipt", title, numbers=(make.number(text),))


@pytest.mark.parametrize("typed", ["0036239", "0036242", "0036245", "№0036240", "0036230-0036239", "0036244至0036260"])
def test_a_number_inside_a_declared_range_finds_it(session, typed):
    make.published(session, receipts("0036239—0036245"))
    assert verdicts(session, typed) == ["declared"]


@pytest.mark.parametrize("typed", ["0036238", "0036246", "36240", "00036240", "A0036240", "0036200-0036238"])
def test_a_number_beside_a_range_does_not(session, typed):
    make.published(session, receipts("0036239—0036245"))
    assert verdicts(session, typed) == ["not_on_register"]


def test_a_range_wider_than_a_carton_is_found_as_well(session):
    invoices = make.DocumentEntry("vat_invoice", "增值税普通发票", numbers=(make.number("00000001至00900000"),))
    make.published(session, invoices)
    assert verdicts(session, "00450000") == ["declared"]
    assert verdicts(session, "00900001") == ["not_on_register"]


def test_a_typed_range_finds_the_single_numbers_in_it(session):
    make.published(session, receipts("0036241"))
    assert verdicts(session, "0036239—0036245") == ["declared"]


def test_what_an_eye_takes_for_it_is_offered_and_not_taken(session):
    make.published(session, make.licence("91110000600037341L"))
    answer = check(session, "9111OOOO6OOO37341L")
    assert [verdict.verdict for verdict in answer.verdicts] != ["declared"]
    assert [number.key for number in answer.near] == ["91110000600037341L"]


def test_near_misses_tell_of_nothing_sensitive_or_unpublished(session):
    make.published(session, make.resident_id("110105194912310021", confirmed=True))
    make.submitted(session, receipts("B0036239"))
    assert check(session, "11O105194912310021").near == ()
    assert check(session, "80036239").near == ()


def test_a_flood_of_filings_does_not_hide_what_is_published(session, monkeypatch):
    monkeypatch.setattr(entries, "MOST_ENTRIES", 3)
    monkeypatch.setattr(check_module, "MOST_ENTRIES", 3)
    withdrawn = make.published(session)
    further = service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=make.today(), reason="找到了")
    make.publish(session, further)
    make.published(session)
    for _turn in range(4):
        make.submitted(session)
    answer = check(session, make.WORK_NUMBER)
    assert answer.is_cut
    assert [verdict.verdict for verdict in answer.verdicts] == ["declared", "provisional", "provisional", "provisional"]


def test_an_answer_that_holds_everything_is_not_cut(session):
    make.published(session)
    assert not check(session, make.WORK_NUMBER).is_cut
