"""The number check behind the form's live answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from registry import kinds
from tests.support.cases import cases
from tests.support.client import JudgingClient
from tests.support.factories import COMPANY_CODE, RESIDENT_ID

pytestmark = pytest.mark.one_database

ADDRESS = "/api/v1/examine"


@pytest.fixture
def ask(client: JudgingClient) -> Callable[..., TestResponse]:
    """`ask(kind=…, number=…)` posts the question, as the page's script does."""

    def post(body: Any = None, **fields: Any) -> TestResponse:
        return client.post(ADDRESS, json=fields if body is None else body)

    return post


Ask = Callable[..., TestResponse]


def test_a_valid_number(ask: Ask) -> None:
    answer = ask(kind="resident_id_18", number="110105 19491231 002x", lang="en")
    assert answer.status_code == 200
    assert answer.json == {
        "grade": "valid",
        "reasons": [],
        "suggestions": [],
        "display": "110105 1949 1231 002X",
        "sensitive": True,
        "decoded": [
            {"name": "First registered in", "value": "Beijing, 朝阳区"},
            {"name": "Born", "value": "31 December 1949"},
            {"name": "Sex", "value": "female"},
        ],
    }


def test_an_impossible_number_in_both_languages(ask: Ask) -> None:
    wrong = RESIDENT_ID[:-1] + "1"
    chinese = ask(kind="resident_id_18", field="number", number=wrong).json
    english = ask(kind="resident_id_18", number=wrong, lang="en").json
    assert chinese is not None
    assert english is not None
    assert chinese["grade"] == english["grade"] == "impossible"
    assert chinese["reasons"][0].startswith("按前面各位推算")
    assert english["reasons"][0].startswith("By the characters before it")
    assert {"number": RESIDENT_ID, "display": "110105 1949 1231 002X"} in chinese["suggestions"]
    assert chinese["decoded"] == []


def test_a_doubtful_number(ask: Ask) -> None:
    answer = ask(kind="seal_code", number="12345").json
    assert answer is not None
    assert answer["grade"] == "doubtful"
    assert len(answer["reasons"]) == 1


@cases("kind", kinds.CATALOGUE)
def test_every_example_of_the_catalogue_is_valid(ask: Ask, kind: kinds.DocumentKind) -> None:
    for number in kind.numbers:
        answer = ask(kind=kind.slug, field=number.name, number=number.example)
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["grade"] == "valid", number.example


@cases(
    ("body", "named"),
    [
        ([], "JSON"),
        ("text", "JSON"),
        (7, "JSON"),
        ({}, "kind"),
        ({"kind": "work_id"}, "number"),
        ({"kind": "work_id", "number": 7}, "number"),
        ({"kind": "work_id", "number": None}, "number"),
        ({"kind": ["work_id"], "number": "7"}, "kind"),
        ({"kind": "passport_of_mars", "number": "7"}, "kind"),
        ({"kind": "work_id", "field": 1, "number": "7"}, "field"),
        ({"kind": "work_id", "number": "7", "lang": "fr"}, "lang"),
        ({"kind": "work_id", "number": "7" * 201}, "number"),
        ({"kind": "work_id", "number": "7", "colour": "red"}, "colour"),
    ],
)
def test_a_wrong_question_is_refused_by_name(ask: Ask, body: Any, named: str) -> None:
    answer = ask(body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert set(answer.json) - {"errors"} == {"type", "status", "title", "detail"}
    assert named in answer.json["detail"]


def test_half_a_character_is_refused(ask: Ask) -> None:
    for body in ({"kind": "work_id", "number": "\ud800"}, {"kind": "work_id", "number": "7", "\ud800": "7"}):
        answer = ask(body)
        assert answer.status_code == 400
        assert answer.json is not None
        assert answer.json["errors"]


def test_a_number_that_this_kind_has_not(ask: Ask) -> None:
    answer = ask(kind="work_id", field="colour", number="7")
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"][0]["name"] == "field"
    assert "number" in answer.json["detail"]


def test_what_is_no_json(client: JudgingClient) -> None:
    form = "application/x-www-form-urlencoded"
    for body, kind, status in (("{", "application/json", 400), ("kind=work_id", form, 415), ("", "", 415)):
        answer = client.post(ADDRESS, data=body, content_type=kind)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
    assert client.get(ADDRESS).status_code == 405
    assert client.get(ADDRESS).content_type == "application/problem+json"


def test_a_program_is_given_no_cookie_and_all_the_guards(ask: Ask) -> None:
    answer = ask(kind="work_id", number="7")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.headers["X-Request-Id"]) == 12


def test_no_number_is_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    ask(kind="resident_id_18", number=RESIDENT_ID)
    ask(kind="resident_id_18", number=RESIDENT_ID, colour=COMPANY_CODE)
    assert RESIDENT_ID not in caplog.text
    assert COMPANY_CODE not in caplog.text


def test_it_needs_no_database(ask: Ask, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.db.engine.Database.session", lambda *_args, **_choices: pytest.fail("asked"))
    assert ask(kind="work_id", number="2036254085333").status_code == 200


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.text(max_size=200), kind=st.sampled_from(kinds.CATALOGUE))
def test_any_text_gets_an_answer(client: JudgingClient, number: str, kind: kinds.DocumentKind) -> None:
    body = json.dumps({"kind": kind.slug, "number": number})
    answer = client.post(ADDRESS, data=body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["grade"] in {"valid", "doubtful", "impossible"}
