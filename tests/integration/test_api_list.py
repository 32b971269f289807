"""Declarations, editions and kinds for programs: the same as on the pages, walked to the end, and nobody's number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry import kinds
from registry.declarations import queries
from registry.web.api.declaration_models import DeclarationAnswer, DeclarationsAnswer, EditionAnswer, EditionsAnswer
from registry.web.api.kind_models import KindAnswer, KindsAnswer
from tests.support import desk
from tests.support import factories as make
from tests.support.cases import cases

HERE = "http://localhost"
MODELS = {
    "declarations": DeclarationsAnswer,
    "declaration": DeclarationAnswer,
    "editions": EditionsAnswer,
    "edition": EditionAnswer,
    "kinds": KindsAnswer,
    "kind": KindAnswer,
}


@pytest.fixture
def ask(client):
    """`ask("declarations", "/declarations", q="…")` returns the answer, which is what its description says."""

    def get(model, path, **query):
        answer = client.get(f"/api/v1{path}", query_string=query)
        assert answer.status_code == 200, answer.json
        MODELS[model].model_validate_json(answer.data, strict=True)
        return answer.json

    return get


@pytest.fixture
def register(saving):
    """Four published declarations in editions of their own, oldest first, and one that waits; their references."""
    with saving() as session:
        made = [
            make.published(session, make.resident_id(), declarant="杨阔远"),
            make.published(session, make.licence(), declarant="澜川机械有限公司"),
            make.published(session, make.work_id(), make.seal(), declarant="兰亦可"),
            make.published(session, make.seal("财务专用章"), declarant="澜川机械有限公司"),
        ]
        references = [declaration.reference for declaration in made]
        make.submitted(session, make.seal(), declarant="澜川未刊有限公司")
    return references


def found(answer):
    return [declaration["reference"] for declaration in answer["declarations"]]


def test_the_newest_comes_first_with_all_that_is_public(ask, register):
    answer = ask("declarations", "/declarations")
    assert found(answer) == register[::-1]
    assert (answer["total"], answer["total_is_capped"]) == (4, False)
    assert answer["next"] is answer["previous"] is None
    first = answer["declarations"][-1]
    day = first["published_on"]
    assert first == {
        "reference": register[0],
        "nature": "loss",
        "about": None,
        "status": "published",
        "declarant": "杨阔远",
        "sentence": "因不慎将杨阔远的居民身份证丢失，身份证号为110**************X，声明作废。",
        "published_on": day,
        "withdrawn_on": None,
        "edition": {"number": 1, "day": day},
        "documents": [
            {
                "kind": "resident_id_18",
                "title": "居民身份证",
                "copies": None,
                "holder": None,
                "numbers": [{"label": "身份证号", "number": "110**************X", "sensitive": True}],
            }
        ],
        "url": f"{HERE}/declarations/{register[0]}",
    }


@cases(
    ("query", "expected"),
    [
        ({"q": "澜川"}, [3, 1]),
        ({"q": "兰亦可"}, [2]),
        ({"q": make.WORK_NUMBER}, []),
        ({"q": "没有这样的"}, []),
        ({"q": ""}, [3, 2, 1, 0]),
        ({"kind": "seal_code"}, [3, 2]),
        ({"kind": "seal_code", "q": "澜川"}, [3]),
        ({"family": "identity"}, [0]),
        ({"status": "withdrawn"}, []),
        ({"edition": "2"}, [1]),
        ({"since": "2000-01-01", "until": "2000-01-02"}, []),
    ],
)
def test_filters_are_those_of_the_page(ask, register, query, expected):
    assert found(ask("declarations", "/declarations", **query)) == [register[place] for place in expected]


def test_days_narrow_the_list(ask, register):
    days = [one["published_on"] for one in ask("declarations", "/declarations")["declarations"]][::-1]
    assert found(ask("declarations", "/declarations", since=days[2])) == [register[3], register[2]]
    assert found(ask("declarations", "/declarations", until=days[0])) == [register[0]]
    assert found(ask("declarations", "/declarations", edition=days[1])) == [register[1]]


def test_the_list_is_walked_to_its_end_and_back(ask, register):
    forth, cursor = [], {}
    for _ in range(4):
        answer = ask("declarations", "/declarations", limit=1, **cursor)
        assert answer["total"] == 4
        forth += found(answer)
        if answer["next"] is None:
            break
        cursor = {"cursor": answer["next"]}
    assert forth == register[::-1]
    assert answer["previous"]
    back = []
    while answer["previous"]:
        answer = ask("declarations", "/declarations", limit=1, cursor=answer["previous"])
        back += found(answer)
    assert back == register[1:]


def test_one_declaration_by_its_reference_in_any_spelling(ask, register):
    for spelling in (register[1], register[1].lower(), register[1].replace("-", ""), f" {register[1][1:]}"):
        answer = ask("declaration", f"/declarations/{spelling}")
        assert answer["reference"] == register[1]
        assert answer["further"] == []


def test_what_became_of_a_declaration_is_told(ask, saving, register):
    later = desk.withdrawal_of(saving, register[1])
    assert ask("declaration", f"/declarations/{register[1]}")["further"] == []
    with saving() as session:
        make.publish(session, queries.get_declaration(session, later))
    answer = ask("declaration", f"/declarations/{register[1]}")
    assert answer["status"] == "withdrawn"
    assert answer["withdrawn_on"]
    assert answer["further"] == [{"reference": later, "nature": "withdrawal", "url": f"{HERE}/declarations/{later}"}]
    assert ask("declaration", f"/declarations/{later}")["about"] == register[1]


def test_what_is_not_published_is_not_there(client, saving, register):
    filed = desk.filed(saving, make.work_id())
    for reference in (filed, "S26-4071-3850", "1", "x" * 200, "%00"):
        answer = client.get(f"/api/v1/declarations/{reference}")
        assert answer.status_code == 404
        assert answer.json["type"].endswith("#problem-not-found")
    wrong = register[0][:-1] + ("X" if register[0][-1] != "X" else "1")
    answer = client.get(f"/api/v1/declarations/{wrong}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.json["type"].endswith("#problem-mistyped-reference")
    assert answer.json["title"] == "One character of this reference is wrong"


def test_editions_newest_first_with_their_counts(ask, saving, register):
    answer = ask("editions", "/editions")
    assert [(one["number"], one["declarations"]) for one in answer["editions"]] == [(4, 1), (3, 1), (2, 1), (1, 1)]
    assert answer["next"] is None
    first = ask("editions", "/editions", limit=3)
    assert [one["number"] for one in first["editions"]] == [4, 3, 2]
    assert first["next"] == first["editions"][-1]["day"]
    rest = ask("editions", "/editions", limit=3, before=first["next"])
    assert [one["number"] for one in rest["editions"]] == [1]
    # An edition that is only planned is not told of.
    desk.accepted(saving, desk.filed(saving, make.work_id()), make.today() + timedelta(days=30))
    assert ask("editions", "/editions") == answer


def test_one_edition_has_its_column(ask, register):
    days = [one["day"] for one in ask("editions", "/editions")["editions"]]
    answer = ask("edition", f"/editions/{days[1]}")
    assert (answer["number"], answer["older"], answer["newer"]) == (3, days[2], days[0])
    assert answer["url"] == f"{HERE}/editions/{days[1]}"
    assert answer["declarations"] == ask("declarations", "/declarations", edition=3)["declarations"]
    assert found(answer) == [register[2]]


@cases("day", ["2026-02-30", "2000-01-01", "today", "20261120"])
def test_a_day_without_an_edition_is_not_there(client, saving, day):
    desk.printed(saving, make.seal())
    answer = client.get(f"/api/v1/editions/{day}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_an_empty_register_has_empty_lists(ask):
    assert ask("declarations", "/declarations") == {
        "declarations": [],
        "total": 0,
        "total_is_capped": False,
        "next": None,
        "previous": None,
    }
    assert ask("editions", "/editions") == {"editions": [], "next": None}


@pytest.mark.one_database
def test_kinds_are_those_of_the_catalogue(ask):
    answer = ask("kinds", "/kinds")
    assert [kind["slug"] for kind in answer["kinds"]] == [kind.slug for kind in kinds.CATALOGUE]
    assert [family["slug"] for family in answer["families"]] == [family.slug for family in kinds.families()]
    for kind in answer["kinds"]:
        whole = ask("kind", f"/kinds/{kind['slug']}")
        assert {name: whole[name] for name in kind} == kind
        assert all(number["rules"] for number in whole["numbers"])


@pytest.mark.one_database
def test_a_kind_that_is_none_is_not_there(client):
    assert client.get("/api/v1/kinds/passport_of_mars").status_code == 404


@pytest.mark.one_database
@cases(
    ("path", "query", "name", "code", "suggestion"),
    [
        ("/declarations", "kin=seal_code", "kin", "unknown", "kind"),
        ("/declarations", "kind=seal-code", "kind", "no_choice", "seal_code"),
        ("/declarations", "kind=", "kind", "no_choice", None),
        ("/declarations", "family=seal", "family", "no_choice", "seals"),
        ("/declarations", "status=submitted", "status", "no_choice", None),
        ("/declarations", "since=2026-02-30", "since", "no_day", None),
        ("/declarations", "since=20260220", "since", "no_day", None),
        ("/declarations", "until=1764000000", "until", "no_day", None),
        ("/declarations", "edition=0", "edition", "no_edition", None),
        ("/declarations", "edition=1e3", "edition", "no_edition", None),
        ("/declarations", "edition=2026-13-01", "edition", "no_day", None),
        ("/declarations", "limit=0", "limit", "no_number", None),
        ("/declarations", "limit=101", "limit", "no_number", None),
        ("/declarations", "limit=+5", "limit", "no_number", None),
        ("/declarations", "limit=5.0", "limit", "no_number", None),
        ("/declarations", "limit=" + "9" * 5000, "limit", "no_number", None),
        ("/declarations", "cursor=", "cursor", "too_short", None),
        ("/declarations", "cursor=" + "9" * 33, "cursor", "too_long", None),
        ("/declarations", "q=" + "9" * 101, "q", "too_long", None),
        ("/declarations", "page=2", "page", "unknown", None),
        ("/declarations", "limit=1&limit=2", "limit", "repeated", None),
        ("/declarations/S26-4071-3850", "lang=en", "lang", "unknown", None),
        ("/editions", "befor=2026-11-20", "befor", "unknown", "before"),
        ("/editions", "before=yesterday", "before", "no_day", None),
        ("/editions/2026-11-20", "limit=1", "limit", "unknown", None),
        ("/kinds", "family=seals", "family", "unknown", None),
        ("/kinds/seal_code", "lang=en", "lang", "unknown", None),
        ("/openapi.json", "pretty=1", "pretty", "unknown", None),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(client, path, query, name, code, suggestion):
    answer = client.get(f"/api/v1{path}?{query}")
    assert answer.status_code == 400
    (fault,) = answer.json["errors"]
    assert (fault["name"], fault["code"], fault.get("suggestion")) == (name, code, suggestion)
    assert name in answer.json["detail"]


@pytest.mark.one_database
@cases(
    ("query", "name", "code"),
    [
        ("cursor=page2", "cursor", "torn"),
        ("cursor=o0", "cursor", "torn"),
        ("since=2026-11-20&until=2026-11-19", "until", "out_of_order"),
        (f"q={make.RESIDENT_ID}", "q", "sensitive"),
    ],
)
def test_what_leads_nowhere_is_unusable(client, query, name, code):
    answer = client.get(f"/api/v1/declarations?{query}")
    assert answer.status_code == 422
    (fault,) = answer.json["errors"]
    assert (fault["name"], fault["code"]) == (name, code)
    assert make.RESIDENT_ID not in answer.get_data(as_text=True)


@pytest.mark.one_database
def test_every_fault_is_named_at_once(client):
    answer = client.get("/api/v1/declarations?kind=x&since=y&limit=z")
    assert [fault["name"] for fault in answer.json["errors"]] == ["kind", "since", "limit"]
    answer = client.get("/api/v1/declarations?" + "&".join(f"x{place}=1" for place in range(100)))
    assert len(answer.json["errors"]) == 20
