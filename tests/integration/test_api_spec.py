"""The description of the API is about this API: every address, every model, every example."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from pydantic import BaseModel

from registry import kinds
from registry.declarations.references import parse_reference
from registry.web.api.blueprint import PREFIX
from registry.web.api.check_models import LONGEST, MOST_NUMBERS
from registry.web.api.operations import OPERATIONS
from registry.web.api.parameters import CODES
from registry.web.api.problem_models import Problem
from registry.web.api.problems import SORTS
from registry.web.limits import LIMITS

pytestmark = pytest.mark.one_database

# A door to the page that is for people.
NOT_DESCRIBED = {"api.documentation"}


@pytest.fixture
def programs(app):
    return app.extensions["registry_api"]


@pytest.fixture
def spec(client) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def operations_of(spec):
    return {
        operation["operationId"]: (method, path, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    }


def filled(path, operation):
    """Return an address with the examples of its parts in their places."""
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
    assert "{" not in path
    return path


def test_every_address_is_described_and_every_description_has_an_address(programs, spec):
    described = {f"api.{name}" for name in operations_of(spec)}
    assert described == set(programs.view_functions) - NOT_DESCRIBED
    adapter = programs.url_map.bind("localhost")
    for name, (method, path, operation) in operations_of(spec).items():
        endpoint, _values = adapter.match(f"/v1{filled(path, operation)}", method=method.upper())
        assert endpoint == f"api.{name}"


def test_it_says_which_openapi_it_is_and_where_the_api_is(spec):
    assert spec["openapi"].startswith("3.1.")
    assert spec["servers"] == [{"url": f"{PREFIX}/v1"}]
    assert spec["info"]["version"]
    assert spec["security"] == [{}, {"key": []}]
    assert spec["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_every_reference_in_it_leads_somewhere(spec):
    text = json.dumps(spec)
    wanted = set(re.findall(r'"\$ref": "#/components/(\w+)/([\w-]+)"', text))
    assert wanted
    for sort, name in wanted:
        assert name in spec["components"][sort], name
    # Nothing is described that nobody asks for or answers.
    assert {name for sort, name in wanted if sort == "schemas"} == set(spec["components"]["schemas"])


def test_everything_is_described_in_words(spec):
    for _method, _path, operation in operations_of(spec).values():
        assert operation["summary"]
        assert operation["description"]
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], parameter["name"]
    for name, schema in spec["components"]["schemas"].items():
        assert schema["description"], name
        for field, own in schema["properties"].items():
            assert own.get("description") or name == "Description", f"{name}.{field}"


def test_the_operations_know_their_limits_and_how_long_answers_keep(spec):
    for name, (_method, _path, operation) in operations_of(spec).items():
        first = operation["x-limits"][0]
        unit = {60: "minute", 3600: "hour"}[first["seconds"]]
        assert LIMITS[f"api.{name}"][0] == f"{first['count']} per {unit}"
        assert ("304" in operation["responses"]) is (operation["x-seconds"] is not None)
        assert {"200", "400", "401", "429", "500", "503"} <= set(operation["responses"])
    assert [limit["of"] for limit in operations_of(spec)["checks"][2]["x-limits"]] == ["requests", "numbers"]


def test_answers_have_the_headers_that_their_status_needs(spec):
    needed = {"401": "WWW-Authenticate", "429": "Retry-After", "503": "Retry-After", "304": "ETag"}
    for _method, _path, operation in operations_of(spec).values():
        for status, response in operation["responses"].items():
            named = set(response["headers"])
            assert {"X-Request-Id", "Cache-Control", needed.get(status, "X-Request-Id")} <= named
            assert ("Content-Language" in named) is (int(status) >= 400)
    for name, header in spec["components"]["headers"].items():
        assert re.compile(header["schema"]["pattern"]), name


def test_links_ask_operations_for_what_they_take(spec):
    operations = operations_of(spec)
    for _method, _path, operation in operations.values():
        for link in operation["responses"]["200"].get("links", {}).values():
            _its_method, _its_path, behind = operations[link["operationId"]]
            assert set(link.get("parameters", ())) <= {one["name"] for one in behind.get("parameters", ())}
            if "requestBody" in link:
                reference = behind["requestBody"]["content"]["application/json"]["schema"]["$ref"]
                schema = spec["components"]["schemas"][reference.rpartition("/")[2]]
                assert set(schema["required"]) <= set(link["requestBody"]) <= set(schema["properties"])


def test_every_example_is_what_its_model_says(spec):
    for operation in OPERATIONS.values():
        answer: type[BaseModel] = operation.answer
        answer.model_validate_json(json.dumps(operation.answered), strict=True)
        if operation.body:
            operation.body.model_validate(operation.asked)
    for _method, _path, operation in operations_of(spec).values():
        for status, response in operation["responses"].items():
            for media, content in response.get("content", {}).items():
                if media == "application/problem+json":
                    for example in content["examples"].values():
                        problem = Problem.model_validate_json(json.dumps(example["value"]), strict=True)
                        assert problem.status == int(status)


def test_examples_are_invented_and_spelled_rightly(spec, client):
    text = json.dumps(spec, ensure_ascii=False)
    for reference in set(re.findall(r"S\d\d-\d{4}-\d{3}[\dX]", text)):
        assert parse_reference(reference) == reference
    assert kinds.find_sensitive(text) == ()
    asked = operations_of(spec)["check"][2]["parameters"][0]["example"]
    answered = operations_of(spec)["check"][2]["responses"]["200"]["content"]["application/json"]["example"]
    live = client.get("/api/v1/check", query_string={"number": asked}).json
    for name in ("number", "canonical", "candidates", "near", "is_cut", "reference"):
        assert live[name] == answered[name], name
    examine = operations_of(spec)["examine"][2]
    body = examine["requestBody"]["content"]["application/json"]["example"]
    answered = examine["responses"]["200"]["content"]["application/json"]["example"]
    assert client.post("/api/v1/examine", json=body).json == answered


def test_examples_of_questions_are_answered(spec, client):
    for method, path, operation in operations_of(spec).values():
        parameters = operation.get("parameters", ())
        query = {one["name"]: one["example"] for one in parameters if one["in"] == "query" and "example" in one}
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
        answer = client.open(f"/api/v1{filled(path, operation)}", method=method.upper(), query_string=query, json=body)
        # The invented declaration and its edition are not on this empty register.
        missing = path in ("/declarations/{reference}", "/editions/{day}")
        assert answer.status_code == (404 if missing else 200), path


def test_what_a_program_may_meet_is_listed(spec):
    assert [problem["sort"] for problem in spec["x-problems"]] == list(SORTS)
    assert spec["x-codes"] == dict(CODES)
    codes = spec["components"]["schemas"]["Fault"]["properties"]["code"]["enum"]
    assert codes == list(CODES)


def test_bounds_are_the_ones_of_the_register(spec):
    schemas = spec["components"]["schemas"]
    assert schemas["ChecksQuestion"]["properties"]["numbers"]["maxItems"] == MOST_NUMBERS
    assert operations_of(spec)["check"][2]["parameters"][0]["schema"]["maxLength"] == LONGEST
    kind = next(p for p in operations_of(spec)["declarations"][2]["parameters"] if p["name"] == "kind")
    assert kind["schema"] == {"enum": [kind.slug for kind in kinds.CATALOGUE], "type": "string"}


def test_it_is_made_once_and_holds_for_every_language(client, spec):
    again = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert again.json == spec
