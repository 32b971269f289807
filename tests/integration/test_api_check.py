"""GET /api/v1/check and POST /api/v1/checks: every verdict, nothing more certain than the register, nobody's number."""

from __future__ import annotations

import json

import pytest

from registry import kinds
from registry.declarations import queries
from registry.web.api.check_models import CheckAnswer, ChecksAnswer
from tests.support import desk
from tests.support import factories as make
from tests.support.cases import cases

SEAL = "1403000000017"
HERE = "http://localhost"


@pytest.fixture
def check(client):
    """`check("…")` asks for one number and returns the answer, which is what its description says."""

    def ask(number, **headers):
        answer = client.get("/api/v1/check", query_string={"number": number}, headers=headers)
        assert answer.status_code == 200, answer.json
        CheckAnswer.model_validate_json(answer.data, strict=True)
        return answer.json

    return ask


def seal(number=SEAL):
    return make.DocumentEntry("seal_code", "公章", numbers=(make.number(number),))


def verdicts(answer):
    return [verdict["verdict"] for verdict in answer["verdicts"]]


def test_a_declared_number(check, saving):
    with saving() as session:
        declaration = make.published(session, seal(), declarant="澜川机械有限公司")
        reference, day, edition = declaration.reference, declaration.published_on, declaration.edition.number
    answer = check("1403 0000 00017")
    assert list(answer) == [
        "number",
        "canonical",
        "as_of",
        "verdicts",
        "is_cut",
        "candidates",
        "near",
        "reference",
        "notice",
    ]
    assert (answer["number"], answer["canonical"]) == ("1403 0000 00017", SEAL)
    assert answer["verdicts"] == [
        {
            "verdict": "declared",
            "kind": "seal_code",
            "title": "公章",
            "number": SEAL,
            "reference": reference,
            "since": day.isoformat(),
            "until": None,
            "filed_on": None,
            "edition": {"number": edition, "day": day.isoformat()},
            "url": f"{HERE}/declarations/{reference}",
            "replaced_by": None,
            "reasons": [],
            "suggestions": [],
        }
    ]
    assert answer["candidates"][0]["rule"] == "seal_code"
    assert answer["candidates"][0]["kinds"] == ["seal_code"]
    assert not answer["is_cut"]
    assert answer["as_of"].endswith("Z")


def test_what_is_only_filed_names_nobody(check, saving):
    with saving() as session:
        declaration = make.submitted(session, seal(), declarant="澜川机械有限公司")
        reference = declaration.reference
    answer = check(SEAL)
    (verdict,) = answer["verdicts"]
    assert verdict["verdict"] == "provisional"
    assert verdict["filed_on"] == make.today().isoformat()
    assert verdict["kind"] == "seal_code"
    told = {name for name, value in verdict.items() if value}
    assert told == {"verdict", "kind", "filed_on"}
    assert reference not in json.dumps(answer)
    desk.accepted(saving, reference)
    (verdict,) = check(SEAL)["verdicts"]
    assert verdict["edition"] == {"number": None, "day": make.today().isoformat()}
    assert not verdict["reference"]
    assert not verdict["title"]


def test_a_withdrawn_number_has_both_days_and_what_ended_it(check, saving):
    reference = desk.printed(saving, seal())
    later = desk.withdrawal_of(saving, reference)
    with saving() as session:
        make.publish(session, queries.get_declaration(session, later))
    (verdict,) = check(SEAL)["verdicts"]
    assert (verdict["verdict"], verdict["reference"]) == ("withdrawn", reference)
    assert verdict["since"] < verdict["until"]
    assert verdict["replaced_by"] == {
        "reference": later,
        "nature": "withdrawal",
        "url": f"{HERE}/declarations/{later}",
    }


def test_a_contested_number(check, saving):
    reference = desk.printed(saving, seal())
    with saving() as session:
        queries.get_declaration(session, reference).status = "contested"
    assert verdicts(check(SEAL)) == ["contested"]


def test_a_number_that_is_not_there_proves_nothing(check):
    answer = check(SEAL)
    assert verdicts(answer) == ["not_on_register"]
    assert "不能证明证件有效" in answer["notice"]
    english = check(SEAL, **{"Accept-Language": "en-GB,en;q=0.9"})
    assert "no proof of validity" in english["notice"]


def test_an_impossible_number_says_why_and_what_may_be_meant(check):
    wrong = "91110000600037342L"
    (verdict,) = check(wrong, **{"Accept-Language": "en"})["verdicts"]
    assert verdict["verdict"] == "impossible"
    assert verdict["reasons"][0]["code"]
    assert verdict["reasons"][0]["detail"].isascii()
    assert make.COMPANY_CODE in verdict["suggestions"]


def test_several_verdicts_come_worst_first(check, saving):
    with saving() as session:
        make.submitted(session, seal())
        make.published(session, make.DocumentEntry("other", "会员卡", numbers=(make.number(SEAL),)))
        make.published(session, seal(), seal())
    answer = check(SEAL)
    # Of the two papers of the last one only one is told of.
    assert verdicts(answer) == ["declared", "declared", "provisional"]


def test_a_long_list_is_cut_and_says_so(check, saving):
    with saving() as session:
        for _ in range(11):
            make.published(session, *[make.DocumentEntry("other", "券", numbers=(make.number("001"),))] * 10)
    answer = check("001")
    assert answer["is_cut"]
    assert len(answer["verdicts"]) == 11


def test_a_number_in_a_range_is_found_and_the_range_told(check, saving):
    receipts = make.DocumentEntry("receipt", "收据", numbers=(make.number("0036239-0036245"),))
    desk.printed(saving, receipts)
    (verdict,) = check("0036240")["verdicts"]
    assert (verdict["verdict"], verdict["number"]) == ("declared", "0036239-0036245")


def test_near_misses_are_public_numbers_that_stand_there(check, saving):
    reference = desk.printed(saving, make.DocumentEntry("other", "会员卡", numbers=(make.number("VIPO1234"),)))
    desk.printed(
        saving, make.DocumentEntry("passport_ordinary", "护照", numbers=(make.number("EO1234567", confirmed=True),))
    )
    (near,) = check("VIP01234")["near"]
    assert near == {
        "number": "VIPO1234",
        "kind": "other",
        "title": "会员卡",
        "reference": reference,
        "url": f"{HERE}/declarations/{reference}",
    }
    assert check("E01234567")["near"] == []


def test_a_reference_is_understood(check, saving):
    reference = desk.printed(saving, seal())
    filed = desk.filed(saving, make.work_id())
    told = check(reference.lower().replace("-", " "))
    assert verdicts(told) == ["not_on_register"]
    assert told["reference"] == {
        "state": "published",
        "reference": reference,
        "url": f"{HERE}/declarations/{reference}",
    }
    # A reference without its S is digits like others, and leads there if it is one.
    assert check(reference[1:])["reference"]["state"] == "published"
    assert check(filed)["reference"] == {"state": "unpublished", "reference": filed, "url": None}
    assert check(filed[1:])["reference"] is None
    wrong = reference[:-1] + ("X" if reference[-1] != "X" else "1")
    assert check(wrong)["reference"]["state"] == "mistyped"
    assert check(SEAL)["reference"] is None


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        (make.RESIDENT_ID, "resident_id_18", "110**************X"),
        ("110105 1949 1231 002x", "resident_id_18", "110**************X"),
        ("110105491231002", "resident_id_18", None),
        ("G140235681", "birth_medical_certificate", None),
        ("E12345678", "passport_ordinary", "E******78"),
        (f"甲{make.RESIDENT_ID}", "other", None),
        (f"会员 {make.RESIDENT_ID} 号", "other", None),
    ],
)
def test_a_sensitive_number_is_not_repeated(client, saving, typed, kind, shown, declared):
    if declared:
        desk.printed(saving, make.DocumentEntry(kind, "证", numbers=(make.number(typed),)))
    for answer in (
        client.get("/api/v1/check", query_string={"number": typed}),
        client.post("/api/v1/checks", json={"numbers": [typed]}),
    ):
        said = answer.get_data(as_text=True)
        whole = answer.json.get("answers", [answer.json])[0]
        assert typed not in said
        assert kinds.find_sensitive(said) == ()
        assert whole["canonical"] is None
        assert shown in (None, whole["number"])
        assert "*" in whole["number"]
        assert verdicts(whole) == ["declared" if declared else "not_on_register"]


def test_a_number_that_only_the_register_knows_to_be_sensitive_is_not_repeated(check, saving):
    assert check(make.WORK_NUMBER)["number"] == make.WORK_NUMBER
    desk.printed(saving, make.work_id())
    answer = check(make.WORK_NUMBER)
    assert answer["number"] == answer["verdicts"][0]["number"] == "**********333"
    assert make.WORK_NUMBER not in json.dumps(answer)


def test_suggestions_for_a_mistyped_number_of_a_person_stay_unsaid(check):
    (verdict,) = check(make.RESIDENT_ID[:-1] + "1")["verdicts"]
    assert verdict["verdict"] == "impossible"
    assert verdict["reasons"]
    assert verdict["suggestions"] == []


def test_many_numbers_are_answered_in_their_order(client, check, saving):
    desk.printed(saving, seal())
    asked = [SEAL, "", make.RESIDENT_ID, "\x00", "9" * 257, "不在这里", SEAL, "\ud800"]
    answer = client.post("/api/v1/checks", json={"numbers": asked})
    assert answer.status_code == 200
    ChecksAnswer.model_validate_json(answer.data, strict=True)
    answers = answer.json["answers"]
    assert [one["verdicts"][0]["verdict"] if "verdicts" in one else one["error"]["code"] for one in answers] == [
        "declared",
        "unreadable",
        "not_on_register",
        "unreadable",
        "unreadable",
        "not_on_register",
        "declared",
        "unreadable",
    ]
    alone = check(SEAL)
    assert {**answers[0], "as_of": None} == {**answers[6], "as_of": None} == {**alone, "as_of": None}


@pytest.mark.one_database
def test_ten_thousand_numbers_fit_and_one_more_does_not(make_app):
    # Far more than any other body may have.
    client = make_app(max_request_kb=16).test_client()
    answer = client.post("/api/v1/checks", json={"numbers": [""] * 9_999 + [f"{SEAL}{'x' * 200}"]})
    assert answer.status_code == 200
    assert len(answer.json["answers"]) == 10_000
    answer = client.post("/api/v1/checks", json={"numbers": [""] * 10_001})
    assert answer.status_code == 400
    assert answer.json["errors"][0]["code"] == "too_many"
    assert "10000" in answer.json["detail"]
    answer = client.post("/api/v1/checks", json={"numbers": ["x" * (5 * 1024 * 1024)]})
    assert answer.status_code == 413
    assert answer.json["type"].endswith("#problem-too-large")
    assert client.post("/api/v1/examine", json={"number": "x" * 20_000}).status_code == 413


@pytest.mark.one_database
@cases(
    ("body", "name", "code"),
    [
        ({}, "numbers", "missing"),
        ({"numbers": []}, "numbers", "too_short"),
        ({"numbers": SEAL}, "numbers", "wrong_type"),
        ({"numbers": [SEAL, 7]}, "numbers[1]", "wrong_type"),
        ({"numbers": [SEAL, None]}, "numbers[1]", "wrong_type"),
        ({"numbers": [SEAL], "lang": "en"}, "lang", "unknown"),
        ({"number": SEAL, "numbers": [SEAL]}, "number", "unknown"),
    ],
)
def test_a_wrong_list_is_refused_by_name(client, body, name, code):
    answer = client.post("/api/v1/checks", json=body)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    (fault,) = answer.json["errors"]
    assert (fault["name"], fault["in"], fault["code"]) == (name, "body", code)


@pytest.mark.one_database
@cases(
    ("query", "name", "code", "suggestion"),
    [
        ("", "number", "missing", None),
        ("number=", "number", "too_short", None),
        (f"number={'9' * 257}", "number", "too_long", None),
        ("number=1&number=2", "number", "repeated", None),
        ("nubmer=1", "nubmer", "unknown", "number"),
        ("number=1&verbose=1", "verbose", "unknown", None),
        ("Number=1", "Number", "unknown", "number"),
    ],
)
def test_a_wrong_question_is_refused_by_name(client, query, name, code, suggestion):
    answer = client.get(f"/api/v1/check?{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    (fault,) = (fault for fault in answer.json["errors"] if fault["code"] == code)
    assert fault["name"] == name
    assert fault["in"] == "query"
    assert fault.get("suggestion") == suggestion
    assert name in answer.json["detail"]
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.one_database
@cases("number", ["%20", "%00", "🦀", "￼", "-" * 200, "9" * 200, "%E2%80%8B"])
def test_what_cannot_be_a_number_is_well_formed_and_unusable(client, number):
    answer = client.get(f"/api/v1/check?number={number}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["code"] == "unreadable"


@pytest.mark.one_database
def test_plain_questions_are_answered_alike_with_and_without_flask(client, saving):
    desk.printed(saving, seal(), make.resident_id())
    desk.filed(saving, make.licence())
    numbers = [
        SEAL,
        make.RESIDENT_ID,
        make.COMPANY_CODE,
        "1403 0000 00017",
        "１４０３０００００００１７",
        "a b",
        "%2B",
        "+1",
    ]
    for number in numbers:
        for language in ("zh", "en"):
            # The second has an empty parameter, which is none, and is odd enough for the longer way.
            quick, long = (
                client.get(f"/api/v1/check?number={number}{tail}", headers={"Accept-Language": language})
                for tail in ("", "&")
            )
            assert quick.status_code == long.status_code == 200
            assert {**quick.json, "as_of": None} == {**long.json, "as_of": None}
            assert {name: value for name, value in quick.headers if name != "X-Request-Id"} == {
                name: value for name, value in long.headers if name != "X-Request-Id"
            }


@pytest.mark.one_database
def test_the_quick_way_leaves_faults_to_the_application(client, monkeypatch, caplog):
    def fail(*_args):
        raise RuntimeError("gone")

    monkeypatch.setattr("registry.search.check.check", fail)
    client.application.testing = client.application.extensions["registry_api"].testing = False
    answer = client.get(f"/api/v1/check?number={SEAL}")
    assert answer.status_code == 500
    assert answer.json["type"].endswith("#problem-fault")
    assert "Traceback" in caplog.text
    assert SEAL not in caplog.text
    monkeypatch.undo()
    assert client.get(f"/api/v1/check?number={SEAL}").status_code == 200
