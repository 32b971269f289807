"""The help pages: what numbers look like, and trying one that is examined and forgotten."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from registry import kinds
from registry.web.sessions import READING_POSTS
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.client import JudgingClient
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

MISTYPED = "110105194912310021"


def box(kind: str, field: str = "number") -> str:
    return f"form:has(#try-{kind}-{field})"


def try_one(client: JudgingClient, family: str, kind: str, number: str, *, field: str = "number", **kwargs) -> str:
    """Type a number into the box of a kind; return what is said of it."""
    client.get_page(f"/kinds/{family}")
    page = client.submit(box(kind, field), {"number": number}, **kwargs)
    answer = page.select_one(".tried")
    assert answer is None or answer.find_parent("form").select_one(f"#try-{kind}-{field}")
    return text_of(answer) if answer else ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_family_has_a_page_that_shows_all_of_its_kinds(client, language):
    index = client.get_page(f"/kinds?lang={language}")
    links = [link["href"] for link in index.select("main a")]
    for family in kinds.families():
        page = client.get_page(f"/kinds/{family.slug}")
        for kind in family.kinds:
            assert f"/kinds/{family.slug}#{kind.slug}" in links
            section = text_of(page.find(id=kind.slug))
            assert kind.title.in_language(language) in section
            for number in kind.numbers:
                example = kinds.examine_field(number, number.example)
                assert "".join(example.display.split()) in section.replace(" ", "")
                assert (example.masked in section) or not example.sensitive
                assert all(fact.value.in_language(language) in section for fact in example.decoded)
                assert all(label in section for label in number.labels)


def test_the_pages_are_led_to_from_where_people_ask(client):
    client.get_page("/")
    client.follow("各种证件的号码是什么样的")
    assert client.url == "/kinds"
    client.get_page("/check")
    client.follow("各种证件的号码是什么样的")
    client.follow("机动车驾驶证")
    assert client.url.startswith("/kinds/transport")
    client.follow("声明遗失")
    assert client.page.select_one("input[name=pick][value=driver_licence]")


@pytest.mark.parametrize("family", ["nothing", "Transport", "..", "%00", "运输"])
def test_a_family_that_is_none_is_not_found(client, family):
    client.get_page(f"/kinds/{family}", status=404)


def test_a_valid_number_is_read_out_and_proves_nothing(client):
    said = try_one(client, "transport", "driver_licence", "4401 0012 3456", field="file_number")
    assert "写法没有问题" in said
    assert "广东省" in said
    assert "驾驶证档案编号" in said
    assert "不能说明证件真假" in said


def test_an_impossible_number_is_told_why_and_which_slip_it_may_be(client):
    said = try_one(client, "organisation", "business_licence_uscc", "91110000600037341A")
    assert "号码有误" in said
    assert "91110000600037341L" in said.replace(" ", "")
    assert not client.page.select(".tried a")


def test_a_doubtful_number_is_told_to_be_unusual(client):
    assert "写法少见" in try_one(client, "travel", "passport_ordinary", "123")


def test_a_range_is_counted(client):
    assert "25" in try_one(client, "invoices", "vat_invoice", "00000001-00000025")


def test_a_sensitive_number_is_shown_masked_and_its_slips_in_words(client):
    said = try_one(client, "identity", "resident_id_18", MISTYPED)
    assert "第 18 位改为 X" in said
    html = client.response.get_data(as_text=True)
    assert make.RESIDENT_ID not in html
    assert html.count(MISTYPED) == 1


def test_the_answer_is_also_given_in_english(client):
    client.get_page("/?lang=en")
    said = try_one(client, "identity", "resident_id_18", make.RESIDENT_ID)
    assert said.startswith("Well formed")
    assert "31 December 1949" in said
    assert "110**************X" in said


def test_from_the_answer_the_register_is_one_step_away(client, saving):
    with saving() as session:
        make.published(session, make.resident_id())
    try_one(client, "identity", "resident_id_18", make.RESIDENT_ID)
    form = client.page.select_one(box("resident_id_18"))
    assert form.select_one(".tried button")["formaction"] == "/check"
    form["action"] = "/check"
    assert "已声明作废" in text_of(client.submit(box("resident_id_18")).select_one(".verdict"))


@cases("number", ["", "   ", "\u200b"])
def test_nothing_typed_is_answered_with_what_to_do(client, number):
    try_one(client, "identity", "resident_id_18", number, status=422)
    assert "请输入" in text_of(client.page.select_one(".error-summary"))
    assert client.page.select_one(".error-summary a")["href"] == "#try-resident_id_18-number"


@cases("number", ["🦀", "9" * 5000, "\x00", "1\ue000"])
def test_what_cannot_be_a_number_is_refused_kindly(client, number):
    try_one(client, "licences", "hygiene_licence", number, status=422)
    assert client.page.select(".error-summary li")


@cases("number", ["<script>1</script>", "' OR 1=1", "{{7*7}}", "%s%n1", "１２３", "١٢٣", "1\u202e2"])
def test_any_other_text_is_answered(client, number):
    assert try_one(client, "licences", "hygiene_licence", number)
    assert "<script>1" not in client.response.get_data(as_text=True)


@cases("evil", [{"kind": "work_id"}, {"kind": ""}, {"kind": "x" * 5000}, {"field": "other"}, {"field": "\x00"}])
def test_a_kind_or_field_that_was_not_offered_is_not_found(client, evil):
    client.get_page("/kinds/identity")
    client.submit(box("resident_id_18"), {"number": "1"}, unchecked=evil, status=404)


def test_what_is_tried_is_nowhere_kept(client, caplog):
    caplog.set_level(logging.DEBUG)
    for number in (make.RESIDENT_ID, MISTYPED, "机密9876543210"):
        try_one(client, "identity", "household_register", number)
        assert number not in client.response.headers.get("Set-Cookie", "")
        assert client.url == "/kinds/identity"
    logged = caplog.text
    assert "POST /kinds/<family> 200" in logged
    assert not [number for number in (make.RESIDENT_ID, MISTYPED, "9876543210") if number in logged]
    # Its session is one that cannot write.
    assert "public.family" in READING_POSTS


def test_trying_needs_no_cookie(client):
    answer = client.post("/kinds/identity", data={"kind": "resident_id_18", "field": "number", "number": "1"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)


def test_trying_is_throttled_and_reading_is_not(make_app):
    app = make_app(rate_limits=True)
    client = FlaskClient(app, app.response_class)
    sent = {"kind": "other", "field": "number", "number": "1"}
    codes = [client.post("/kinds/other", data=sent).status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]
    assert client.get("/kinds/other").status_code == 200
