"""What the declaration's pages do with wrong and hostile input: an instruction, the answers kept, never a fault."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import kinds
from registry.declarations.entries import examine_entry
from registry.web.public.declare.answers import DocumentAnswer, DraftAnswers
from registry.web.public.declare.document_form import document_form
from registry.web.public.declare.forms import DeclarantForm
from tests.support import factories
from tests.support.cases import cases
from tests.support.client import JudgingClient
from tests.support.declaring import (
    COMPANY,
    FORM,
    ID_CARD,
    PERSON,
    SEAL,
    WORK_ID,
    choose,
    errors,
    send,
    sentence,
    ticked,
    up_to_proof,
    value,
)
from tests.support.factories import COMPANY_CODE, RESIDENT_ID
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

HOSTILE = {
    "html": "<script>alert(1)</script>",
    "attribute": '" onfocus=alert(1) x="\'',
    "template": "${7*7}<%= 7*7 %>#{7*7}",
    "sql": "'; DROP TABLE declaration;--",
    "nul": "杨\x00阔远",
    "escape": "\x1b[2J",
    "line breaks": "杨\r\n阔\u2028远",
    "emoji": "杨阔远😀",
    "right to left": "\u202e远阔杨",
    "isolate": "\u2066杨\u2069",
    "arabic": "محمد",
    "zalgo": "a" + "\u0301" * 20,
    "private use": "\ue000",
    "no character": "\ufffe",
    "surrogate": "\udcff".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "long": "长" * 2000,
    "placeholder": "⟦1⟧",
    "blank": "\u3000 \t",
    "zero width": "\u200b\u200b",
    "path": "../../etc/passwd",
}


@pytest.fixture
def at_declarant(client: JudgingClient) -> JudgingClient:
    choose(client, "work_id")
    client.submit(FORM, WORK_ID)
    return client


def errors_of(client: JudgingClient, form: dict[str, Any]) -> list[str]:
    return errors(client.submit(FORM, form, status=422))


# A document's page


def test_nothing_entered(client: JudgingClient) -> None:
    choose(client, "seal_code:公章")
    assert errors_of(client, {}) == [
        "请输入号码；没有号码或不知道号码的，请勾选下面一项",
        "请选择这是谁的证件或印章",
    ]
    choose_again(client, "resident_id_18")
    assert errors_of(client, {"whose": "other"}) == [
        "请输入号码，例如 11010519491231002X",
        "请输入证件或印章所属的个人或单位名称",
    ]


def choose_again(client: JudgingClient, *picks: str) -> None:
    client.get_page("/declare?from=documents")
    client.submit(FORM, {"pick": list(picks)}, button="继续")


def test_an_impossible_number_is_explained_kept_and_can_be_confirmed(client: JudgingClient) -> None:
    choose(client, "resident_id_18")
    wrong = RESIDENT_ID[:-1] + "1"
    page = client.submit(FORM, {**ID_CARD, "number-text": wrong}, status=422)
    assert errors(page) == ["按前面各位推算，第 18 位校验码应为 X；其中可能有一处写错，请对照证件逐位再看一遍。"]
    assert value(page, "number-text") == wrong
    assert ticked(page, "number-in_print") == ["hidden"]
    assert RESIDENT_ID in [item["data-value"] for item in page.select("[data-value]")]
    client.submit(FORM, {"number-confirmed": True})
    client.submit(FORM, PERSON)
    warning = client.page.select_one(".notice-warning")
    assert warning is not None
    assert "您已确认" in text_of(warning)
    # Whoever comes back finds the tick; whoever takes it off is asked again.
    client.get_page("/declare/documents/1")
    assert ticked(client.page, "number-confirmed") == [wrong]
    client.submit(FORM, {"number-confirmed": None}, status=422)


def test_a_confirmation_is_for_one_number(client: JudgingClient) -> None:
    choose(client, "resident_id_18")
    client.submit(FORM, {**ID_CARD, "number-text": RESIDENT_ID[:-1] + "1"}, status=422)
    page = client.submit(FORM, {"number-text": RESIDENT_ID[:-1] + "2", "number-confirmed": True}, status=422)
    assert ticked(page, "number-confirmed") == []
    assert value(page, "number-confirmed") == RESIDENT_ID[:-1] + "2"


def test_a_number_and_the_word_that_there_is_none(client: JudgingClient) -> None:
    choose(client, "seal_code:公章")
    assert errors_of(client, {**SEAL, "number-text": "4401060012345"}) == [
        "您填了号码，又勾选了“没有号码”，请改正其中一处。"
    ]


def test_how_a_sensitive_number_is_printed_has_to_be_chosen(client: JudgingClient) -> None:
    choose(client, "resident_id_18")
    assert not ticked(client.page, "number-in_print")
    assert errors_of(client, {"number-text": RESIDENT_ID, "whose": "own"}) == ["请选择报纸上怎样刊登号码"]


def test_a_resident_id_in_a_free_number_is_treated_as_one(client: JudgingClient) -> None:
    choose(client, "other")
    answer = {"title": "会员证", "number-text": f"会字{RESIDENT_ID}号", "whose": "own"}
    page = client.submit(FORM, answer, status=422)
    assert errors(page) == ["请选择报纸上怎样刊登号码"]
    client.submit(FORM, {"number-in_print": "hidden"})
    client.submit(FORM, PERSON)
    assert "会字110**************X号" in sentence(client.page)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (" １１０１０５ １９４９１２３１ ００２ｘ ", RESIDENT_ID),
        ("110105-19491231-002x", RESIDENT_ID),
        ("身份证号：110105 1949 1231 002X", RESIDENT_ID),
    ],
)
def test_numbers_as_people_type_them(client: JudgingClient, typed: str, printed: str) -> None:
    up_to_proof(client, "resident_id_18", documents=[{**ID_CARD, "number-text": typed, "number-in_print": "full"}])
    assert f"身份证号为{printed}，" in sentence(client.page)


def test_hostile_text_on_a_document(client: JudgingClient) -> None:
    choose(client, "other")
    for text in HOSTILE.values():
        client.get_page("/declare/documents/1")
        answer = {"title": text, "number-text": text, "whose": "other", "holder": text}
        client.submit(FORM, answer, status=(200, 422))
        harmless(client)


def test_hostile_text_of_a_declarant(at_declarant: JudgingClient) -> None:
    fields = ("declarant", "contact_name", "phone", "email", "lost_on", "lost_at")
    for text in HOSTILE.values():
        at_declarant.submit(FORM, {**COMPANY, **dict.fromkeys(fields, text)}, status=422)
        harmless(at_declarant)


def test_hostile_text_in_a_search(client: JudgingClient) -> None:
    for text in HOSTILE.values():
        client.get_page("/declare")
        client.submit(FORM, {"q": text}, button="查找")
        harmless(client)
    client.get_page("/declare?q=%00%ff%f0&from=%00&count:work_id=x")


def harmless(client: JudgingClient) -> None:
    """The page says what to change, or went on and shows the text as a text."""
    assert bool(errors(client.page)) == (client.response.status_code == 422)
    assert not client.page.select("script:not([src]), [onfocus]")
    assert "\x00" not in client.response.get_data(as_text=True)


def test_what_looks_like_markup_is_printed_as_it_was_typed(client: JudgingClient) -> None:
    odd = "<b>&amp;'\"%s{7*7}"
    up_to_proof(
        client,
        "other",
        documents=[{"title": f"证{odd}", "number-text": f"1{odd}", "whose": "other", "holder": f"某{odd}"}],
        declarant={**PERSON, "declarant": odd, "lost_at": odd, "circumstances_printed": True},
    )
    assert sentence(client.page).count(odd) == 4
    send(client)
    assert odd in text_of(client.page)


@pytest.mark.parametrize(
    "unchecked",
    [
        {"whose": "evil"},
        {"number-label": "绰号"},
        {"number-in_print": "shout"},
        {"title": "护照"},
        {"copies": "半本"},
    ],
)
def test_choices_that_were_never_offered(client: JudgingClient, unchecked: dict[str, str]) -> None:
    kind = "business_licence_uscc" if "copies" in unchecked else "work_id"
    number = COMPANY_CODE if "copies" in unchecked else "2036254085333"
    choose(client, kind)
    page = client.submit(FORM, {"number-text": number}, unchecked={"whose": "own", **unchecked}, status=422)
    assert errors(page)
    assert not [error for error in errors(page) if error.isascii()]


def test_a_resident_id_is_kept_out_of_names(client: JudgingClient) -> None:
    choose(client, "other")
    page = client.submit(
        FORM,
        {"title": f"会员证{RESIDENT_ID}", "number-missing": True, "whose": "other", "holder": RESIDENT_ID},
        status=422,
    )
    assert len(errors(page)) == 2
    assert len(set(errors(page))) == 1


# The declarant's page


def test_a_declarant_who_says_nothing(at_declarant: JudgingClient) -> None:
    assert errors_of(at_declarant, {}) == [
        "请选择声明人是个人还是单位",
        "请输入声明人的姓名或单位全称",
        "请输入电话号码",
    ]


def test_an_organisation_names_somebody_to_ask_for(at_declarant: JudgingClient) -> None:
    page = at_declarant.submit(FORM, {**COMPANY, "contact_name": ""}, status=422)
    assert errors(page) == ["请输入联系人的姓名，编辑有疑问时好找到您"]
    assert value(page, "declarant") == COMPANY["declarant"]
    assert value(page, "phone") == COMPANY["phone"]


@cases(
    ("answer", "error"),
    [
        ({"phone": "2296123"}, "请在号码前加上区号，例如 0353-2296123"),
        ({"phone": "12345"}, "请输入电话号码，例如 13800138000 或 0353-2296123；境外号码请以 + 开头"),
        ({"email": "name.example.com"}, "请输入完整的邮箱地址，例如 name@example.com"),
        ({"lost_on": "2999-01-01"}, "遗失日期不能晚于今天，请重新输入"),
        ({"lost_on": "1979-12-31"}, "请检查年份：应在 1980 年以后"),
        ({"lost_on": "2024-02-30"}, "请按年、月、日输入日期，例如 2024-03-18"),
        ({"lost_on": "上个星期"}, "请按年、月、日输入日期，例如 2024-03-18"),
        ({"circumstances_printed": True}, "请填写要写进声明的时间或地点，或者取消勾选"),
        ({"lost_at": RESIDENT_ID}, "此处内容会向所有人公开，请删去其中的身份证号码"),
    ],
)
def test_each_error_of_a_declarant(at_declarant: JudgingClient, answer: dict[str, Any], error: str) -> None:
    nothing_else = {"email": "", "lost_on": "", "lost_at": "", "circumstances_printed": False}
    page = at_declarant.submit(FORM, {**PERSON, **nothing_else, **answer}, status=422)
    assert errors(page) == [error]
    for name, typed in answer.items():
        if isinstance(typed, str):
            assert value(page, name) == typed


def test_what_is_optional_may_be_left_out_and_is_tidied(at_declarant: JudgingClient) -> None:
    answer = {"phone": "+86 138-0013-8000", "email": " Yang＠Example.com ", "lost_on": "2024年3月18日"}
    at_declarant.submit(FORM, {**PERSON, **answer})
    words = text_of(at_declarant.page)
    assert "13800138000" in words
    assert "Yang@Example.com" in words
    assert "2024年3月18日" in words
    assert "2024年" not in sentence(at_declarant.page)


def test_forms_without_their_token_are_refused(client: JudgingClient) -> None:
    choose(client, "work_id")
    for address in ("/declare", "/declare/documents/1", "/declare/declarant", "/declare/proof", "/declare/discard"):
        assert client.post(address, data={"pick": "work_id"}).status_code == 400, address


def test_a_request_that_is_too_large(client: JudgingClient) -> None:
    token = client.csrf_token("/declare")
    answer = client.post("/declare", data={"csrf_token": token, "q": "长" * 300_000, "find": "1"})
    assert answer.status_code == 413


def test_addresses_that_are_none(client: JudgingClient) -> None:
    choose(client, "work_id")
    for address in ("/declare/documents/x", "/declare/documents/-1", "/declare/documents/0"):
        client.get_page(address, status=404)
    client.get_page("/declare/documents/99999999999999999999")
    assert client.url == "/declare/documents/1"


def test_where_one_came_from_is_no_address(client: JudgingClient) -> None:
    choose(client, "work_id")
    client.get_page("/declare/documents/1?from=https://evil.example&next=//evil.example")
    client.submit(FORM, WORK_ID)
    assert client.url == "/declare/declarant"


ANY_TEXT = st.text(max_size=130)
SOME_TEXT = st.one_of(ANY_TEXT, st.text("0123456789X- 号第(（）", max_size=24))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(kinds.CATALOGUE), number=SOME_TEXT, title=ANY_TEXT, holder=ANY_TEXT, confirm=st.booleans())
def test_what_the_form_of_a_document_takes_the_services_take(
    app: Flask, kind: kinds.DocumentKind, number: str, title: str, holder: str, confirm: bool
) -> None:
    answer = {"whose": "other", "holder": holder, "title": title if kind.free_title else kind.titles[0].zh}
    for asked in kind.numbers:
        confirmed = kinds.examine_field(asked, number).canonical if confirm else ""
        answer |= {
            f"{asked.name}-text": number,
            f"{asked.name}-label": asked.labels[0],
            f"{asked.name}-in_print": "full",
            f"{asked.name}-confirmed": confirmed,
        }
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(method="POST", data=answer):
        before = DocumentAnswer(kind.slug, title=kind.titles[0].zh if kind.titles else "")
        form = document_form(before)
        if form.validate():
            document = form.answer(before)
            assert examine_entry(factories.entry(document.entry()))
            assert DraftAnswers.from_json(DraftAnswers([document]).to_json()).documents == [document]
        else:
            assert form.errors


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=ANY_TEXT,
    phone=st.one_of(ANY_TEXT, st.just(factories.PHONE)),
    day=st.one_of(ANY_TEXT, st.dates().map(str), st.just("")),
    place=ANY_TEXT,
)
def test_what_the_form_of_a_declarant_takes_the_services_take(
    app: Flask, name: str, phone: str, day: str, place: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = {"declarant_type": "person", "declarant": name, "phone": phone, "lost_on": day, "lost_at": place}
    with app.test_request_context(method="POST", data=answer):
        form = DeclarantForm()
        if form.validate():
            entry = DraftAnswers([DocumentAnswer("seal_code", "公章", answered=True)], form.answer()).entry()
            assert examine_entry(entry)
        else:
            assert form.errors
