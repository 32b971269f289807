"""From an answer to its receipt, and from a sheet back to what the register answers now."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from registry import clock
from registry.db.tables import CheckReceipt
from registry.declarations import service
from registry.declarations.queries import get_declaration
from registry.declarations.records import entry_of
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.desk import words
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

BUTTON = ".receipt-request"
CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def make_receipt(client, number, lang="zh"):
    """Check a number and press the button; return the code of the sheet that comes."""
    client.get_page(f"/check?lang={lang}")
    client.submit("#check-form", {"number": number})
    client.submit(BUTTON)
    return CODE.search(client.url)[0]


def verdicts_in(page, section):
    return [text_of(word) for word in page.select(f"section[aria-labelledby={section}] .verdict-word")]


def sentence_of(client, code):
    page = client.get_page(f"/receipts/{code}")
    return text_of(page.select_one(".difference"))


@pytest.mark.parametrize(
    ("language", "heading", "word"), [("zh", "查验回执", "已声明作废"), ("en", "Receipt of a check", "Declared void")]
)
def test_from_the_answer_to_the_sheet_and_to_its_page(client, saving, language, heading, word):
    with saving() as session:
        reference = make.published(session, make.licence(), declarant="山西顺合昌物流有限公司").reference
    code = make_receipt(client, make.COMPANY_CODE, language)
    assert client.url == f"/receipts/{code}/print"
    assert text_of(client.page.h1) == heading
    page = client.get_page(f"/receipts/{code}")
    assert text_of(page.h1) == f"{heading} {code}"
    assert page.select_one(".notice-success")
    assert text_of(page.select_one(".verified-number")).replace(" ", "") == make.COMPANY_CODE
    assert verdicts_in(page, "then") == [word]
    assert page.select_one(f'section[aria-labelledby=then] a[href="/declarations/{reference}"]')
    assert verdicts_in(page, "now") == []
    assert not page.select_one(".compare")


def test_every_answer_about_a_number_has_the_button_and_no_other_has(client, saving):
    with saving() as session:
        reference = make.submitted(session).reference
    for number, buttons in ((make.WORK_NUMBER, 1), ("A1", 1), ("110105194912310021", 1), ("杨阔远", 0), (reference, 0)):
        client.get_page("/check")
        assert len(client.submit("#check-form", {"number": number}).select(BUTTON)) == buttons


def test_the_button_carries_no_number_and_needs_no_cookie(make_app):
    client = make_app().test_client(use_cookies=False)
    page = client.post("/check", data={"number": make.RESIDENT_ID}).get_data(as_text=True)
    assert page.count(make.RESIDENT_ID) == 1
    question = re.search(r'name="question" value="([^"]+)"', page)[1]
    response = client.post("/receipts/make", data={"question": question})
    assert response.status_code == 303
    assert CODE.search(response.location)


@pytest.mark.parametrize("question", ["", "x", "k1.AAAA", None])
def test_a_receipt_of_what_was_not_asked_here_is_not_made(client, db, question):
    data = {} if question is None else {"question": question}
    client.post("/receipts/make", data=data, follow_redirects=True)
    assert client.url == "/check"
    assert "重新查验" in text_of(client.page.select_one(".notice"))
    with db.session(write=False) as session:
        assert not session.exec(select(CheckReceipt)).all()


def test_a_page_of_yesterday_makes_no_receipt(client, db):
    client.get_page("/check")
    with clock.at(clock.now() - timedelta(days=1, minutes=1)):
        client.submit("#check-form", {"number": "A1"})
    client.submit(BUTTON)
    assert client.url == "/check"
    with db.session(write=False) as session:
        assert not session.exec(select(CheckReceipt)).all()


def test_the_receipt_is_of_the_answered_number_whatever_stands_in_the_box_by_then(client):
    client.get_page("/check")
    client.submit("#check-form", {"number": f"张三 {make.COMPANY_CODE}"})
    page = client.submit(BUTTON)
    assert text_of(page.select_one(".print-number-checked")).replace(" ", "") == make.COMPANY_CODE


def test_a_sensitive_number_is_masked_and_can_be_compared(client, saving):
    with saving() as session:
        make.published(session, make.resident_id(full_in_print=True))
    code = make_receipt(client, make.RESIDENT_ID)
    page = client.get_page(f"/receipts/{code}")
    assert "110**************X" in text_of(page.select_one(".verified-number")).replace(" ", "")
    assert make.RESIDENT_ID not in str(page)
    assert "当时查验的正是这个号码" in text_of(client.submit(".compare form", {"number": make.RESIDENT_ID}).main)
    assert client.response.get_data(as_text=True).count(make.RESIDENT_ID) == 1
    assert "另一个号码" in text_of(client.submit(".compare form", {"number": "110105194912310038"}).main)
    client.submit(".compare form", {"number": ""}, status=422)
    assert "请输入号码" in text_of(client.page.select_one(".error-summary"))
    assert client.get_page(f"/receipts/{code}/compare").select_one(".compare")
    assert client.url == f"/receipts/{code}"


def test_the_register_answers_the_same(client):
    assert sentence_of(client, make_receipt(client, "A1")) == "登记簿现在的答复与当时相同。"


def test_what_was_declared_since_is_said(client, saving):
    code = make_receipt(client, make.WORK_NUMBER)
    with saving() as session:
        day = make.published(session).published_on
    said = f"此后已声明作废：杨阔远声明，自{day.year}年{day.month}月{day.day}日起作废。"
    assert sentence_of(client, code) == said
    assert verdicts_in(client.page, "then") == ["未登记"]
    assert verdicts_in(client.page, "now") == ["已声明作废"]


def test_what_was_filed_and_came_out_since_is_said(client, saving):
    with saving() as session:
        first, second = make.submitted(session), make.submitted(session, make.work_id("A1234567"))
        references = first.reference, second.reference
    code, other = make_receipt(client, make.WORK_NUMBER), make_receipt(client, "A1234567")
    assert sentence_of(client, code) == "登记簿现在的答复与当时相同。"
    with saving() as session:
        make.publish(session, get_declaration(session, references[0]))
        actor = make.an_editor(session)
        rejected = get_declaration(session, references[1])
        service.reject(session, rejected, reason="重复", actor=actor, version=rejected.version)
    assert sentence_of(client, code).startswith("当时仅提交、尚未刊登的声明，此后已经刊登：杨阔远声明")
    assert sentence_of(client, other) == "当时已提交、尚未刊登的声明现已不在登记簿上：没有刊登。"


def test_what_was_filed_since_names_nobody(client, saving):
    code = make_receipt(client, make.WORK_NUMBER)
    with saving() as session:
        make.submitted(session)
    assert sentence_of(client, code).startswith("此后（")
    assert "杨阔远" not in words(client)


def test_what_became_of_a_declaration_since_is_said(client, saving):
    with saving() as session:
        declared = [make.published(session, make.work_id(f"A123456{place}")) for place in range(4)]
        ids = [one.id for one in declared]
    codes = [make_receipt(client, f"A123456{place}") for place in range(4)]
    with saving() as session:
        withdrawn, corrected, dropped, contested = (session.get(type(declared[0]), found) for found in ids)
        make.publish(
            session, service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=make.today(), reason="找到")
        )
        for earlier, entry in (
            (corrected, entry_of(session, corrected)),
            (dropped, make.entry(make.work_id("B7654321"))),
        ):
            about = service.About(earlier, "correction")
            make.publish(session, service.submit(session, entry, day=make.today(), about=about))
        change_status(session, contested, "contested", actor=SYSTEM, action="contested")
    said = [sentence_of(client, code) for code in codes]
    assert re.fullmatch(r"声明已于\d+年\d+月\d+日撤销。", said[0])
    assert said[1] == "此后声明内容有更正，这个号码仍然声明作废。"
    assert re.fullmatch(r"声明已于\d+年\d+月\d+日更正，不再涉及这个号码。", said[2])
    assert said[3] == "此后有利害关系人对声明提出异议，正在核查。"
    settled = make_receipt(client, "A1234563")
    with saving() as session:
        contested = session.get(type(declared[0]), ids[3])
        change_status(session, contested, "published", actor=SYSTEM, action="settled")
    assert sentence_of(client, settled) == "此后异议已处理完毕，原声明有效。"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_code_is_typed_from_paper(client, language):
    code = make_receipt(client, "A1")
    client.get_page(f"/receipts?lang={language}")
    client.submit(data={"code": code.lower().replace("-", " ")})
    assert client.url == f"/receipts/{code}"


@cases(
    ("typed", "said"),
    [
        ("", "请输入核验码"),
        ("7KQM-3TXD", "请输入由 12 位或 16 位字母和数字组成的核验码"),
        ("7KQM-3TXD-9PWC", "有一位写错了"),
        ("7KQM-3TXD-9PWB", "没有使用此编码的回执"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong_with_it(client, typed, said):
    client.get_page("/receipts")
    page = client.submit(data={"code": typed}, status=422)
    assert said in text_of(page.select_one(".error-summary"))
    assert page.select_one("input[name=code]")["value"] == typed


@cases(
    ("code", "said"),
    [("7KQM-3TXD-9PWC", "有一位写错了"), ("7KQM-3TXD-9PWB", "没有使用此编码"), ("x", "没有使用此编码")],
)
@cases("page", ["", "/print", ".pdf", ".json", "/compare"])
def test_an_address_with_a_wrong_code_says_so(client, code, said, page):
    found = client.get_page(f"/receipts/{code}{page}", status=404)
    assert said in text_of(found.h1)
    assert found.select_one('main a[href="/receipts"]')


@pytest.mark.parametrize("page", ["", "/print", ".pdf"])
def test_another_spelling_of_the_code_leads_to_the_one_address(client, page):
    code = make_receipt(client, "A1")
    response = client.get(f"/receipts/{code.lower()}{page}")
    assert (response.status_code, response.location) == (301, f"/receipts/{code}{page}")


def test_pages_of_a_receipt_stay_out_of_indexes_and_caches(client):
    code = make_receipt(client, "A1")
    for page in ("", "/print", ".json", "/compare"):
        headers = client.get(f"/receipts/{code}{page}").headers
        assert "noindex" in headers["X-Robots-Tag"]
        assert "private" in headers["Cache-Control"]
    assert "X-Robots-Tag" not in client.get("/receipts").headers


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_altered_record_is_told_and_nothing_of_it_shown(client, saving, caplog, language):
    code = make_receipt(client, make.COMPANY_CODE, language)
    with saving() as session:
        row = session.exec(select(CheckReceipt)).one()
        row.facts_locked = row.facts_locked[:-8] + "AAAAAAA="
    for page in ("", "/print", ".pdf", ".json"):
        found = client.get_page(f"/receipts/{code}{page}", status=409)
        assert make.COMPANY_CODE not in str(found)
    assert ("不可采信" if language == "zh" else "nothing on the sheet can be relied on") in text_of(found.main)
    assert "a stored receipt of a check is not what was signed" in caplog.text
    assert code not in caplog.text


def test_typing_a_code_or_scanning_its_address_into_the_box_leads_there(client):
    code = make_receipt(client, "A1")
    for typed in (code, code.lower(), f"https://register.example.cn/receipts/{code}", f"回执编号：{code}"):
        client.get_page("/check")
        client.submit("#check-form", {"number": typed})
        assert client.url == f"/receipts/{code}"
    client.get_page("/check")
    assert client.submit("#check-form", {"number": "7KQM-3TXD-9PWB"}).select(".verdict")


def test_a_get_writes_nothing(client, db):
    code = make_receipt(client, "A1")
    with db.read_engine.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA data_version").scalar()
        for page in ("", "/print", ".json"):
            client.get(f"/receipts/{code}{page}")
        assert connection.exec_driver_sql("PRAGMA data_version").scalar() == before


def test_making_receipts_is_throttled(make_app):
    app = make_app(rate_limits=True)
    client = FlaskClient(app, app.response_class)
    page = client.post("/check", data={"number": "A1"}).get_data(as_text=True)
    question = re.search(r'name="question" value="([^"]+)"', page)[1]
    codes = [client.post("/receipts/make", data={"question": question}).status_code for _ in range(21)]
    assert codes == [303] * 20 + [429]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_is_published(app, client, language):
    page = client.get_page(f"/receipts/key?lang={language}")
    fingerprint = app.extensions["registry_database"].signatures.current.fingerprint
    assert text_of(page.select_one("dl .num")).replace(" ", "") == fingerprint
    assert client.get("/receipts/key.pem").get_data(as_text=True).startswith("-----BEGIN PUBLIC KEY-----\n")


def test_the_signed_file_is_for_reading_too(client):
    code = make_receipt(client, make.COMPANY_CODE)
    response = client.get(f"/receipts/{code}.json")
    assert response.headers["Content-Disposition"] == f"attachment; filename=receipt-{code}.json"
    told = json.loads(response.data)["receipt"]
    assert (told["code"], told["number"]) == (code, make.COMPANY_CODE)
    assert "不是证件有效的证明" in response.get_data(as_text=True)
