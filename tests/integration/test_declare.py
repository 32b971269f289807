"""Declaring a loss: the journey from the first tick to the receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from registry.db.engine import Database
from registry.db.tables import Declaration
from registry.declarations import drafts, service
from registry.declarations.queries import get_declaration
from registry.declarations.records import Reveal, contact_of, entry_of, statement_of
from registry.web.public.declare.choice import COMMON, all_picks, find, groups
from tests.support import factories
from tests.support.client import JudgingClient
from tests.support.declaring import (
    COMPANY,
    FORM,
    ID_CARD,
    PERSON,
    SEAL,
    WORK_ID,
    choose,
    declarations,
    errors,
    said,
    send,
    sentence,
    ticked,
    up_to_proof,
    value,
)
from tests.support.factories import COMPANY_CODE
from tests.support.judge import text_of

Saving = Callable[[], Any]
one_database = pytest.mark.one_database


# The journey


def test_a_person_declares(client: JudgingClient, db: Database) -> None:
    proof = up_to_proof(client)
    assert sentence(proof) == "■因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。"
    reference = send(client)
    with db.session(write=False) as session:
        declaration = get_declaration(session, reference)
        assert declaration.status == "submitted"
        assert statement_of(session, declaration, Reveal.AS_CHOSEN) == sentence(proof).removeprefix("■")
        contact = contact_of(session, declaration)
        assert contact is not None
        assert (contact.name, contact.phone, contact.email) == ("杨阔远", "13800138000", "")


@one_database
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_company_declares_three_things_of_two_owners(client: JudgingClient, language: str) -> None:
    proof = up_to_proof(
        client,
        "seal_code:公章",
        "birth_medical_certificate",
        "business_licence_uscc",
        documents=[
            {**SEAL, "copies": "一枚"},
            {"number-text": "G140235681", "number-in_print": "full", "whose": "other", "holder": "杨鑫"},
            {"number-text": COMPANY_CODE, "copies": "副本", "whose": "own"},
        ],
        declarant={**COMPANY, "lost_on": "2024年3月18日", "lost_at": "阳泉市", "circumstances_printed": True},
        language=language,
    )
    assert sentence(proof) == (
        "■因不慎于2024年3月18日在阳泉市将山西顺合昌物流有限公司的公章一枚丢失；"
        "杨鑫的出生医学证明丢失，编号为G140235681；"
        "山西顺合昌物流有限公司的营业执照副本丢失，统一社会信用代码为91110000600037341L，声明作废。"
    )
    masked = proof.select_one(".as-online-sentence")
    assert masked is not None
    assert "G14*****81" in text_of(masked)
    assert "G140235681" not in text_of(masked)
    send(client)


@one_database
def test_the_proof_lists_every_answer_with_a_way_to_change_it(client: JudgingClient) -> None:
    up_to_proof(client, "resident_id_18", documents=[ID_CARD], declarant={**PERSON, "email": "y@example.com"})
    words = said(client)
    for answer in ("居民身份证", "11010519491231002X", "杨阔远", "13800138000", "y@example.com", "1949年12月31日"):
        assert answer in words.replace(" ", ""), answer
    assert sentence(client.page) == "■因不慎将杨阔远的居民身份证丢失，身份证号为110**************X，声明作废。"
    changes = [str(link["href"]) for link in client.page.select("main .fact-change a")]
    assert len(changes) == len(client.page.select("main .fact"))
    assert all("from=proof" in address for address in changes)


@one_database
def test_changing_an_answer_returns_to_the_proof(client: JudgingClient) -> None:
    up_to_proof(client)
    client.get_page("/declare/documents/1?from=proof")
    client.submit(FORM, {"title": "执法证"})
    assert client.url == "/declare/proof"
    assert "执法证" in sentence(client.page)
    client.get_page("/declare/declarant?from=proof")
    assert value(client.page, "phone") == "13800138000"
    client.submit(FORM, {"declarant": "杨阔达"})
    assert "杨阔达的执法证" in sentence(client.page)


@one_database
def test_a_holder_who_is_the_declarant_is_nobody_else(client: JudgingClient) -> None:
    up_to_proof(client, documents=[{**WORK_ID, "whose": "other", "holder": "杨阔远"}])
    reference = send(client)
    client.get_page(f"/follow/{reference}/receipt")
    assert "杨阔远的工作证" in said(client)


# Choosing


@one_database
def test_every_box_of_the_catalogue_is_there_once(client: JudgingClient) -> None:
    page = client.get_page("/declare")
    values = [str(box["value"]) for box in page.select("input[name=pick]")]
    assert sorted(values) == sorted(all_picks())
    assert values[: len(COMMON)] == list(COMMON)
    assert sum(len(group.picks) for group in groups()) == len(values)
    assert {"seal_code:公章", "seal_code:法人章", "resident_id_18", "other"} <= set(values)


@one_database
def test_the_list_can_be_searched_without_losing_a_tick(client: JudgingClient) -> None:
    client.get_page("/declare")
    page = client.submit(FORM, {"pick": ["resident_id_18"], "q": "公章"}, button="查找")
    values = [str(box["value"]) for box in page.select("input[name=pick]")]
    assert values == ["seal_code:公章", "seal_code:行政公章", "resident_id_18"]
    assert ticked(page, "pick") == ["resident_id_18"]
    client.submit(FORM, {"pick": ["resident_id_18", "seal_code:公章"]}, button="继续")
    assert client.url == "/declare/documents/1"
    assert "第 1 件，共 2 件" in said(client)


@one_database
def test_a_family_is_folded_unless_something_in_it_is_ticked(client: JudgingClient) -> None:
    page = client.get_page("/declare")
    folded = [text_of(summary) for summary in page.select("details.choose-group:not([open]) summary")]
    assert any(words.startswith("工作证件") for words in folded)
    assert not any(words.startswith("其他") for words in folded)
    page = client.submit(FORM, {"pick": ["work_id"]}, unchecked={"pick": ["work_id"] * 30}, button="继续")
    page = client.get_page("/declare?from=documents")
    assert ticked(page, "pick") == ["work_id"]
    assert not page.select("details [checked]")


@one_database
def test_a_search_by_address_and_one_that_finds_nothing(client: JudgingClient) -> None:
    page = client.get_page("/declare?q=我的身份证丢了")
    assert [str(box["value"]) for box in page.select("input[name=pick]")] == ["resident_id_18"]
    page = client.get_page("/declare?q=滑翔机")
    assert [str(box["value"]) for box in page.select("input[name=pick]")] == ["other"]
    assert "没有找到" in said(client)


def test_a_search_finds_the_titles_of_a_collective_kind() -> None:
    assert [pick.value for pick in find("财务")] == ["seal_code:财务专用章"]
    assert len(find("印章")) > 5
    assert "business_licence_uscc" in [pick.value for pick in find("licence")]


@one_database
def test_several_of_one_kind(client: JudgingClient) -> None:
    choose(client, "seal_code:公章", "work_id", work_id="2")
    assert "第 1 件，共 3 件" in said(client)
    client.submit(FORM, SEAL)
    client.submit(FORM, WORK_ID)
    client.submit(FORM, {**WORK_ID, "number-text": "2036254085334", "whose": "other", "holder": "杨鑫"})
    client.submit(FORM, PERSON)
    assert "工作证号为2036254085333；杨鑫的工作证丢失，工作证号为2036254085334" in sentence(client.page)


@one_database
def test_a_changed_choice_keeps_what_was_told_of_the_rest(client: JudgingClient) -> None:
    up_to_proof(client, "work_id", "resident_id_18", documents=[ID_CARD, WORK_ID])
    client.get_page("/declare?from=proof")
    assert ticked(client.page, "pick") == ["resident_id_18", "work_id"]
    client.submit(FORM, {"pick": ["work_id", "seal_code:公章"]}, button="继续")
    assert client.url == "/declare/documents/1?from=proof"
    client.submit(FORM, SEAL)
    assert client.url == "/declare/proof"
    assert "公章丢失" in sentence(client.page)
    assert "2036254085333" in sentence(client.page)
    assert "居民身份证" not in sentence(client.page)


@one_database
def test_nothing_ticked_and_too_much_ticked(client: JudgingClient) -> None:
    client.get_page("/declare")
    page = client.submit(FORM, button="继续", status=422)
    assert errors(page) == ["请勾选遗失的证件或印章"]
    picks = ["work_id", "resident_id_18", "business_licence_uscc"]
    page = client.submit(FORM, {"pick": picks, **{f"count:{pick}": "9" for pick in picks}}, button="继续", status=422)
    assert errors(page) == ["一则声明最多 20 件。请减少几件，其余的另办一则声明。"]
    assert ticked(page, "pick") == ["business_licence_uscc", "resident_id_18", "work_id"]
    assert [str(box["value"]) for box in page.select("input[type=number]")].count("9") == 3


@one_database
def test_a_box_that_never_was_there_and_a_count_that_is_none(client: JudgingClient) -> None:
    client.get_page("/declare")
    client.submit(FORM, unchecked={"pick": ["evil", "work_id"], "count:work_id": "-1e9"}, button="继续")
    assert client.url == "/declare/documents/1"
    assert "共" not in said(client).partition("工作证")[0]


# What the proof warns of


def test_a_number_that_is_already_declared(client: JudgingClient, saving: Saving) -> None:
    with saving() as session:
        earlier = factories.published(session).reference
        waiting = factories.submitted(session, factories.resident_id()).reference
    up_to_proof(client, "work_id", "resident_id_18", documents=[ID_CARD, WORK_ID])
    warning = client.page.select_one(".notice-warning")
    assert warning is not None
    words = text_of(warning)
    assert "声明作废" in words
    assert earlier in words
    assert "正在审核" in words
    assert waiting not in words
    send(client)


@one_database
def test_a_doubtful_number_and_one_that_stands_twice(client: JudgingClient) -> None:
    seal = {"number-text": "123456", "whose": "own"}
    up_to_proof(client, "seal_code:公章", "seal_code:法人章", documents=[seal, seal])
    warning = client.page.select_one(".notice-warning")
    assert warning is not None
    assert text_of(warning).count("印章编码一般是") == 2
    assert "有两件以上是这个号码" in text_of(warning)


@one_database
def test_a_notice_that_is_too_long_is_not_sent(client: JudgingClient, db: Database) -> None:
    many = {"title": "证" * 100, "number-missing": True, "whose": "other"}
    client.get_page("/declare")
    seals = "seal_code:公章"
    client.submit(FORM, {"pick": [seals, "other"], f"count:{seals}": "2", "count:other": "9"}, button="继续")
    for place in range(11):
        document = {**many, "holder": f"{place:02d}" + "某" * 98}
        client.submit(FORM, document if client.page.select_one("input[name=title]") else {**document, "title": "公章"})
    client.submit(FORM, PERSON)
    token = client.csrf_token("/declare/proof")
    assert "太长" in said(client)
    assert not client.page.select_one("form.proof-send")
    answer = client.post("/declare/proof", data={"csrf_token": token, "truth": "y"})
    assert answer.status_code == 422
    assert declarations(db) == []


@one_database
def test_the_truth_has_to_be_ticked(client: JudgingClient) -> None:
    up_to_proof(client)
    page = client.submit("form.proof-send", status=422)
    assert errors(page) == ["请勾选，保证所声明的内容真实"]


# Amending and correcting


def start(client: JudgingClient, app: Flask, saving: Saving, prepare: Callable[[Session], Declaration]) -> Declaration:
    """Give the client the draft of a stored declaration, as the follow page does."""
    from registry.web.public.declare import draft_store

    with saving() as session:
        declaration = prepare(session)
        answers = draft_store.answers_from_entry(entry_of(session, declaration))
        token = drafts.begin_amending(session, declaration, answers)
    with app.test_request_context():
        from flask import make_response

        response = make_response("")
        draft_store.set_cookie(response, token)
    client.set_cookie("draft", response.headers["Set-Cookie"].split("=", 1)[1].split(";")[0])
    return declaration


def returned(session: Session) -> Declaration:
    declaration = factories.submitted(session, factories.work_id(full_in_print=True), factories.seal())
    service.return_to_declarant(
        session,
        declaration,
        reason="请写明公章的全称",
        actor=factories.an_editor(session),
        version=declaration.version,
    )
    return declaration


def test_amending_what_the_editors_returned(client: JudgingClient, app: Flask, saving: Saving, db: Database) -> None:
    declaration = start(client, app, saving, returned)
    page = client.get_page("/declare/proof")
    assert "请写明公章的全称" in text_of(page)
    assert sentence(page).startswith("■因不慎将杨阔远的工作证丢失，工作证号为2036254085333")
    client.get_page("/declare/documents/2?from=proof")
    assert "请写明公章的全称" in said(client)
    assert ticked(client.page, "number-missing") == ["y"]
    client.submit(FORM, {"title": "行政公章"})
    assert send(client) == declaration.reference
    with db.session(write=False) as session:
        amended = get_declaration(session, declaration.reference)
        assert amended.status == "submitted"
        assert "行政公章" in amended.statement
        assert contact_of(session, amended) == entry_of(session, amended).contact
    assert len(declarations(db)) == 1


def test_correcting_what_is_published(client: JudgingClient, app: Flask, saving: Saving, db: Database) -> None:
    declaration = start(client, app, saving, factories.published)
    page = client.get_page("/declare/proof")
    assert f"更正 {declaration.reference}" in text_of(page)
    assert sentence(page).startswith("■本报")
    assert declaration.reference in sentence(page)
    assert not page.select_one(".notice-warning")
    client.get_page("/declare/documents/1?from=proof")
    client.submit(FORM, {"number-text": "2036254085334"})
    reference = send(client)
    with db.session(write=False) as session:
        correction = get_declaration(session, reference)
        assert correction.nature == "correction"
        assert correction.follows_id == declaration.id


@one_database
def test_erased_contacts_are_asked_for_anew(client: JudgingClient, app: Flask, saving: Saving) -> None:
    def erased(session: Session) -> Declaration:
        declaration = factories.published(session)
        declaration.contact_sealed = None
        return declaration

    start(client, app, saving, erased)
    client.get_page("/declare/proof")
    assert client.url == "/declare/declarant"
    assert value(client.page, "declarant") == "杨阔远"
    assert value(client.page, "phone") == ""


@pytest.mark.parametrize("prepare", [returned, factories.published])
def test_too_late_to_change(
    client: JudgingClient, app: Flask, saving: Saving, prepare: Callable[[Session], Declaration]
) -> None:
    declaration = start(client, app, saving, prepare)
    client.get_page("/declare/proof")
    with saving() as session:
        stored = get_declaration(session, declaration.reference)
        stored.status = "withdrawn"
    page = client.submit("form.proof-send", {"truth": True}, status=409)
    assert page.h1 is not None
    assert text_of(page.h1) == "这则声明已不能修改"
