"""The draft of a declaration: left and found again, sent once, told to nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import select

from registry import clock
from registry.db.engine import Database
from registry.db.tables import Draft
from registry.declarations import drafts
from registry.web.public.declare.answers import answers_of_entry
from tests.support import factories
from tests.support.client import JudgingClient
from tests.support.declaring import (
    FORM,
    ID_CARD,
    PERSON,
    SEAL,
    WORK_ID,
    choose,
    declarations,
    errors,
    send,
    sentence,
    ticked,
    up_to_proof,
    value,
)
from tests.support.factories import RESIDENT_ID
from tests.support.judge import text_of

Saving = Callable[[], Any]
one_database = pytest.mark.one_database


# Leaving, coming back, sending twice


def test_a_draft_is_found_again_and_can_be_deleted(client: JudgingClient, db: Database) -> None:
    choose(client, "seal_code:公章", "work_id")
    client.submit(FORM, SEAL)
    page = client.get_page("/declare")
    assert page.h1 is not None
    assert text_of(page.h1) == "您有一则没填完的声明"
    client.follow("接着填写")
    assert client.url == "/declare/documents/2"
    client.get_page("/declare")
    client.follow("修改遗失的证件")
    assert ticked(client.page, "pick") == ["seal_code:公章", "work_id"]
    client.get_page("/declare")
    page = client.submit(FORM)
    assert "未完成的声明已经删除" in text_of(page)
    assert page.select_one("input[name=pick]")
    with db.session(write=False) as session:
        assert session.exec(select(Draft)).all() == []


@one_database
@pytest.mark.parametrize("address", ["/declare/documents/1", "/declare/declarant", "/declare/proof"])
def test_whoever_has_no_draft_starts_at_the_beginning(client: JudgingClient, address: str) -> None:
    page = client.get_page(address)
    assert client.url == "/declare"
    assert "没有找到您填写的内容" in text_of(page)
    client.set_cookie("draft", "forged.cookie.value")
    client.get_page(address)
    assert client.url == "/declare"


@one_database
def test_posting_without_a_draft_starts_at_the_beginning(client: JudgingClient) -> None:
    token = client.csrf_token("/declare")
    for address in ("/declare/documents/1", "/declare/declarant", "/declare/proof", "/declare/discard"):
        answer = client.post(address, data={"csrf_token": token, "truth": "y"})
        assert (answer.status_code, answer.location) == (303, "/declare"), address


@one_database
def test_a_step_that_is_missing_leads_to_it(client: JudgingClient) -> None:
    choose(client, "seal_code:公章", "work_id")
    for address in ("/declare/declarant", "/declare/proof"):
        client.get_page(address)
        assert client.url == "/declare/documents/1"
    client.get_page("/declare/documents/0", status=404)
    client.get_page("/declare/documents/3")
    assert client.url == "/declare/documents/1"
    assert "请从这里继续" in text_of(client.page)
    client.get_page("/declare/documents/2")
    client.submit(FORM, WORK_ID)
    client.get_page("/declare/proof")
    assert client.url == "/declare/documents/1"


def test_sending_twice_makes_one_declaration(client: JudgingClient, db: Database) -> None:
    up_to_proof(client)
    token = client.page.select_one("form.proof-send input[name=csrf_token]")
    assert token is not None
    reference = send(client)
    again = client.post("/declare/proof", data={"csrf_token": token["value"], "truth": "y"})
    assert (again.status_code, again.location) == (303, f"/follow/{reference}/receipt")
    # The back button, and whatever is pressed on the pages that it shows.
    for address in ("/declare/proof", "/declare/declarant", "/declare/documents/1"):
        page = client.get_page(address)
        assert page.h1 is not None
        assert text_of(page.h1) == "这则声明您已经提交过了"
        assert reference in text_of(page).replace(" ", "")
    client.follow("查看回执")
    assert client.url == f"/follow/{reference}/receipt"
    assert len(declarations(db)) == 1
    # The next one is a new one.
    client.get_page("/declare")
    up_to_proof(client)
    assert send(client) != reference
    assert len(declarations(db)) == 2


@one_database
def test_a_sent_draft_without_the_right_to_see_it_leads_to_the_secret(client: JudgingClient) -> None:
    up_to_proof(client)
    reference = send(client)
    with client.session_transaction() as remembered:
        remembered.clear()
    page = client.get_page("/declare/proof")
    assert "查看回执" not in text_of(page)
    assert page.select_one('main a[href="/follow"]')
    client.get_page(f"/follow/{reference}/receipt")
    assert client.url.startswith("/follow?")


@one_database
def test_two_tabs_of_one_draft(client: JudgingClient) -> None:
    up_to_proof(client)
    tab_with_proof = client.page
    client.get_page("/declare/documents/1")
    tab_with_document = client.page
    client.get_page("/declare?from=proof")
    client.submit(FORM, {"pick": ["seal_code:公章"]}, button="继续")
    # The first tab still shows the old proof; sending it must not send what it does not show.
    client.page, client.url = tab_with_proof, "/declare/proof"
    client.submit("form.proof-send", {"truth": True})
    assert client.url == "/declare/documents/1"
    # The page of a work ID must not fill in the seal that has taken its place.
    client.page, client.url = tab_with_document, "/declare/documents/1"
    client.submit(FORM, {"number-text": "999"})
    assert value(client.page, "number-text") == ""
    client.submit(FORM, {**SEAL, "whose": "own"})
    client.get_page("/declare/proof")
    client.page, client.url = tab_with_proof, "/declare/proof"
    page = client.submit("form.proof-send", {"truth": True}, status=422)
    assert errors(page) == ["内容、文字或价格刚刚有变动，请重新核对声明，然后提交。"]
    assert "公章" in sentence(page)
    send(client)


def test_two_clicks_at_once_make_one_declaration(db: Database, saving: Saving) -> None:
    entry = factories.entry()
    with saving() as session:
        token = drafts.begin(session, answers_of_entry(entry).to_json())
    both_have_read = threading.Barrier(2, timeout=0.5)
    made: list[str] = []

    def click() -> None:
        with db.session(write=True) as session:
            # As the page does, which holds the draft that it has looked for while it sends it.
            draft = drafts.get_draft(session, token)
            # SQLite lets the second in when the first has committed, so there they never meet.
            with suppress(threading.BrokenBarrierError):
                both_have_read.wait()
            made.append(drafts.submit(session, token, entry, day=clock.today()).reference)
            session.commit()
            assert draft is not None

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert len(made) == 2
    assert len(set(made)) == 1
    assert len(declarations(db)) == 1


# Privacy


def test_nothing_of_a_draft_is_in_clear(client: JudgingClient, db: Database, caplog: pytest.LogCaptureFixture) -> None:
    up_to_proof(client, "resident_id_18", documents=[ID_CARD], declarant={**PERSON, "lost_at": "桃北西街"})
    with db.session(write=False) as session:
        rows = [str(row) for row in session.execute(text("SELECT * FROM draft"))]
    cookie = client.get_cookie("draft")
    assert cookie is not None
    for secret in (RESIDENT_ID, "杨阔远", "13800138000", "桃北西街", "resident_id"):
        assert not [row for row in rows if secret in row], secret
        assert secret not in caplog.text
        assert secret not in cookie.value
    assert not [row for row in rows if cookie.value.partition(".")[0].strip('"') in row]


def test_a_sent_draft_keeps_no_answers(client: JudgingClient, db: Database) -> None:
    up_to_proof(client)
    send(client)
    with db.session(write=False) as session:
        draft = session.exec(select(Draft)).one()
        assert drafts.answers_of(session, draft) == {}


@one_database
def test_the_cookie_lasts_as_long_as_the_draft_and_is_for_the_server_alone(make_app: Callable[..., Flask]) -> None:
    client = make_app(https=True, draft_days=9).test_client()
    assert isinstance(client, JudgingClient)
    token = client.csrf_token("https://localhost/declare")
    client.post("https://localhost/declare", data={"csrf_token": token, "pick": "work_id"},
                headers={"Referer": "https://localhost/declare"})  # fmt: skip
    cookie = client.get_cookie("draft")
    assert cookie is not None
    assert (cookie.http_only, cookie.secure, cookie.same_site) == (True, True, "Lax")
    assert cookie.max_age == 9 * 24 * 3600


@one_database
def test_an_expired_draft_is_not_opened(client: JudgingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(client, "work_id")
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr("itsdangerous.timed.time.time", later.timestamp)
    client.get_page("/declare/documents/1")
    assert client.url == "/declare"
