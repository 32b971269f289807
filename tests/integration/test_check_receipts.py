"""Receipts of checks below the web: what is kept, what is signed, and who can open it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text
from sqlmodel import select

from registry import clock
from registry.db import keys
from registry.db.engine import Database, reader_within, vault_of
from registry.db.tables import CheckReceipt
from registry.declarations import service
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.errors import NotFound
from registry.search import receipts
from registry.search.facts import Facts
from registry.search.receipts import ReceiptAltered
from registry.text import Text
from tests.support import factories as make

ISSUER = {"registry": "遗失声明登记簿", "paper": "澜川日报"}


def receipt_of(session, number=make.WORK_NUMBER):
    return receipts.make(session, number, issuer=ISSUER, kept_until=make.today() + timedelta(days=1096))


def words(facts):
    return [one.verdict for one in facts]


def test_a_receipt_says_what_the_register_answered(session):
    declaration = make.published(session, make.licence(), declarant="山西顺合昌物流有限公司")
    receipt = receipt_of(session, make.COMPANY_CODE.lower())
    assert (receipt.number, receipt.masked, receipt.rule) == (make.COMPANY_CODE, False, "business_licence_uscc")
    assert (receipt.edition, receipt.edition_day) == (1, declaration.published_on)
    assert receipt.published_at == declaration.edition.published_at.replace(microsecond=0)
    (facts,) = receipt.verdicts
    assert (facts.verdict, facts.reference, facts.since) == (
        "declared", declaration.reference, declaration.published_on,
    )  # fmt: skip
    assert facts.sentence.startswith("因不慎将山西顺合昌物流有限公司的营业执照副本丢失")
    assert receipts.get_receipt(session, receipt.code) == receipt
    assert json.loads(receipt.signed)["registry"] == ISSUER["registry"]


def test_before_the_first_edition_there_is_none_to_name(session):
    receipt = receipts.get_receipt(session, receipt_of(session, "A1").code)
    assert (receipt.edition, receipt.edition_day, receipt.published_at) == (None, None, None)
    assert words(receipt.verdicts) == ["not_on_register"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("110105 19491231 002x", "110**************X"),
        ("110105194912310021", "110**************1"),
        ("110105491231002", "110***********2"),
        ("E12345678", "E******78"),
        (f"甲{make.RESIDENT_ID}", "甲110**************X"),
        # A month that no year has: no kind takes it, and it is still somebody's, mistyped.
        ("110105194913310021", "110**************1"),
        (make.WORK_NUMBER, "**********333"),
        ("A1234567", "A1234567"),
        (make.COMPANY_CODE, make.COMPANY_CODE),
        ("编号：客 00-17", "客 00-17"),
    ],
)
@pytest.mark.one_database
def test_what_is_or_may_be_a_person_s_number_is_masked(session, typed, shown):
    make.published(session)
    receipt = receipt_of(session, typed)
    assert (receipt.number, receipt.masked) == (shown, "*" in shown)


def test_nothing_of_a_receipt_can_be_read_in_the_database(session):
    make.published(session, make.licence(), make.resident_id())
    made = [receipt_of(session, number) for number in (make.COMPANY_CODE, make.RESIDENT_ID)]
    told = [make.COMPANY_CODE, make.RESIDENT_ID, "杨阔远", "declared", *[receipt.code for receipt in made]]
    told += [receipt.code.replace("-", "") for receipt in made]
    for row in session.execute(text("SELECT * FROM check_receipt")):
        shown = "|".join(map(str, row))
        assert not [one for one in told if one in shown]
    columns = {column["name"] for column in inspect(session.connection()).get_columns("check_receipt")}
    assert columns == {"id", "code_hash", "facts_locked", "kept_until"}


def test_two_receipts_of_one_number_have_nothing_in_common(session):
    receipt_of(session)
    receipt_of(session)
    one, other = session.exec(select(CheckReceipt)).all()
    assert one.code_hash != other.code_hash
    assert one.facts_locked[:24] != other.facts_locked[:24]


def test_an_unknown_code_opens_nothing(session):
    receipt_of(session)
    with pytest.raises(NotFound):
        receipts.get_receipt(session, "7KQM-3TXD-9PW3")


def test_an_altered_row_is_told(session):
    receipt = receipt_of(session)
    row = session.exec(select(CheckReceipt)).one()
    row.facts_locked = row.facts_locked[:-8] + "AAAAAAA="
    with pytest.raises(ReceiptAltered):
        receipts.get_receipt(session, receipt.code)


def test_a_row_under_another_code_is_told(session):
    one, other = receipt_of(session), receipt_of(session, "A1")
    rows = {row.code_hash: row for row in session.exec(select(CheckReceipt))}
    hashes = [vault_of(session).token_hash(receipt.code) for receipt in (one, other)]
    rows[hashes[0]].facts_locked = rows[hashes[1]].facts_locked
    with pytest.raises(ReceiptAltered):
        receipts.get_receipt(session, one.code)


@pytest.mark.parametrize("change", [("not_on_register", "declared"), ('"version":1', '"version":2')])
def test_who_has_all_keys_but_the_signing_key_forges_nothing(session, change):
    receipt = receipt_of(session, "A1")
    forged = {"signed": receipt.signed.replace(*change), "signature": receipt.signature, "checked": "A1"}
    assert forged["signed"] != receipt.signed
    row = session.exec(select(CheckReceipt)).one()
    row.facts_locked = vault_of(session).lock(json.dumps(forged), code=receipt.code, purpose=receipts.PURPOSE)
    with pytest.raises(ReceiptAltered):
        receipts.get_receipt(session, receipt.code)


@pytest.mark.one_database
def test_a_new_signing_key_leaves_old_receipts_genuine_as_long_as_the_old_one_is_known(settings, saving):
    with saving() as session:
        code = receipt_of(session).code
    ring = keys.read_file(settings)
    for signing, genuine in (([keys.fresh_ring()["session"], *ring["signing"]], True), (["lookup"], False)):
        database = Database(
            settings, keys.ensure(replace(settings, registry_keys=json.dumps({**ring, "signing": signing})))
        )
        with database.session(write=False) as session:
            if genuine:
                assert receipts.get_receipt(session, code).code == code
            else:
                with pytest.raises(ReceiptAltered):
                    receipts.get_receipt(session, code)
        database.dispose()


def test_the_register_can_be_asked_again_and_answers_as_it_stands(session):
    receipt = receipt_of(session, "工作证号 2036254085333")
    declaration = make.published(session)
    answer, facts = receipts.answer_again(reader_within(session), receipts.get_receipt(session, receipt.code))
    assert (words(receipt.verdicts), words(facts)) == (["not_on_register"], ["declared"])
    assert facts[0].reference == declaration.reference
    assert answer.as_of >= receipt.made_at


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("typed", "same"),
    [("1101051949 1231002X", True), ("110105491231002", True), ("110105194912310021", False), ("", False)],
)
def test_a_masked_number_can_be_compared_with_the_document(session, typed, same):
    assert receipts.is_about(receipt_of(session, make.RESIDENT_ID), typed) is same


@pytest.mark.one_database
def test_a_number_on_many_papers_is_cut_and_says_so(session):
    for _ in range(receipts.MOST_VERDICTS + 1):
        make.submitted(session, make.work_id("A1234567"))
    receipt = receipt_of(session, "A1234567")
    assert (len(receipt.verdicts), receipt.is_cut) == (receipts.MOST_VERDICTS, True)


@pytest.mark.one_database
def test_facts_survive_their_way_through_json(session):
    declaration = make.published(session)
    change_status(session, declaration, "contested", actor=SYSTEM, action="contested")
    make.submitted(session)
    ended = make.published(session, declarant="杨鑫")
    make.publish(session, service.file_withdrawal(session, ended, actor=DECLARANT, day=make.today(), reason="找到"))
    stored = receipts.get_receipt(session, receipt_of(session).code)
    again = receipts.answer_again(reader_within(session), stored)[1]
    assert words(stored.verdicts) == ["contested", "provisional", "withdrawn"]
    assert stored.verdicts == again
    impossible = Facts("impossible", rule="resident_id_18", reasons=(Text("日期不对。", "No such day."),))
    assert Facts.from_json(json.loads(json.dumps(impossible.to_json()))) == impossible


@pytest.mark.one_database
def test_the_moment_is_kept_to_the_second(session):
    moment = clock.now().replace(microsecond=654321)
    with clock.at(moment):
        receipt = receipt_of(session)
    assert receipt.made_at == moment.replace(microsecond=0)
