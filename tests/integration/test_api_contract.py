"""The API keeps what its own description promises: schemathesis asks every operation whatever it can think of.

Other dice and more of them: `CONTRACT_SEED=7 CONTRACT_EXAMPLES=500 pytest tests/integration/test_api_contract.py`.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.engine import Status, events, from_schema

from registry.db import api_keys
from registry.declarations import service
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.web.api.operations import OPERATIONS
from tests.support import factories as make

pytestmark = pytest.mark.one_database

SEED = os.environ.get("CONTRACT_SEED")
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "20"))
CONTESTED = "2036254085334"
# All checks are on but one, how long an answer takes, which is no promise. Some find nothing to look at: no header is
# needed, no key is (that a wrong one is refused is seen below), and nothing can be made, changed or deleted.
CHECKS: dict[str, Any] = {
    # `unusable_only_beyond_schemas` looks into what is refused with 422.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "404", "415", "422"]},
}
# Those that have to have looked at the answers of every operation.
LOOKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "unsupported_method",
    "allow_header_conformance",
    "unusable_only_beyond_schemas",
)
# Why nothing can be found with a question that is as the schemas say: a text that nobody prints, an identity number
# among words, days in disorder, the field of a document of another kind.
BEYOND_SCHEMAS = {"unreadable", "sensitive", "out_of_order", "no_choice"}


@schemathesis.check
def unusable_only_beyond_schemas(_context: Any, response: Any, case: Any) -> None:
    if response.status_code == 422 and case.meta.generation.mode.is_positive:
        codes = {error["code"] for error in response.json()["errors"]}
        assert codes <= BEYOND_SCHEMAS, f"{codes}: a schema could say so"


@pytest.fixture
def key(saving) -> str:
    """A key whose limits stand in nobody's way, on a register with declarations of several kinds in every state."""
    today = make.today()
    with saving() as session:
        editor = make.an_editor(session)
        make.published(session, make.resident_id(), make.seal(), declarant="杨阔远")
        make.published(session, make.licence(), declarant="澜川机械有限公司")
        contested = make.published(session, make.work_id(CONTESTED))
        change_status(session, contested, "contested", actor=SYSTEM, action="contested")
        withdrawn = make.published(session, make.seal("财务专用章"), declarant="澜川机械有限公司")
        make.publish(session, service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=today, reason="已找到"))
        about = service.About(make.published(session), "correction")
        make.publish(session, service.submit(session, make.entry(make.seal("合同专用章")), day=today, about=about))
        make.submitted(session, make.licence())
        make.approved(session, make.submitted(session, make.seal()), editor, today + timedelta(days=30))
        for refuse in (service.return_to_declarant, service.reject):
            refused = make.submitted(session)
            refuse(session, refused, reason="请补充", actor=editor, version=refused.version)
        service.withdraw_unpublished(session, make.submitted(session), actor=DECLARANT, day=today, reason="已找到")
        return api_keys.add_key(session, name="澜川银行", times=api_keys.MOST_TIMES)[1]


@pytest.fixture
def app(make_app) -> Flask:
    """An application that counts, so that the headers of its limits are seen."""
    return make_app(rate_limits=True)


@pytest.fixture
def spec(client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json
    return found


def config_for(key: str) -> schemathesis.Config:
    numbers = [make.RESIDENT_ID, make.COMPANY_CODE, make.WORK_NUMBER, CONTESTED]
    often = {"dictionary": "numbers", "probability": 0.4}
    return schemathesis.Config.from_dict(
        {
            "seed": int(SEED or 1),
            "continue-on-failure": True,
            "cache": {"enabled": False},
            "headers": {"Authorization": f"Bearer {key}"},
            "checks": CHECKS,
            "generation": {
                "deterministic": SEED is None,
                "max-examples": EXAMPLES,
                "database": "none",
                "no-shrink": True,
            },
            "phases": {"coverage": {"generate-duplicate-query-parameters": True}},
            "dictionaries": {"numbers": {"values": numbers}},
            "parameters": {"query.number": often, "body.numbers[*]": often},
        }
    )


@dataclass
class Findings:
    """What came of a run.

    Attributes:
        failures: what is not as described.
        statuses: how often each operation answered with each status.
        looked: which checks looked at answers of which operations.
    """

    failures: list[str] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    looked: set[tuple[str, str]] = field(default_factory=set)

    def read(self, event: events.EngineEvent) -> None:
        match event:
            case events.NonFatalError():
                self.failures.append(f"{event.label}: {event.info.format()}")
            case events.FatalError():
                raise event.exception
            case events.ScenarioFinished():
                self._read_scenario(event.recorder)

    def _read_scenario(self, recorder: Any) -> None:
        for case_id, node in recorder.cases.items():
            label = node.value.operation.label
            if answer := recorder.interactions[case_id].response:
                self.statuses[label, answer.status_code] += 1
            for check in recorder.checks.get(case_id, ()):
                self.looked.add((check.name, label))
                if check.status == Status.FAILURE:
                    found = check.failure_info
                    self.failures.append(f"{check.name}: {found.failure.message}\n{found.code_sample}")


def test_every_answer_is_as_described(app, spec, key):
    schema = schemathesis.openapi.from_dict(spec, config=config_for(key))
    schema.app = app
    schema.validate()
    findings = Findings()
    for event in from_schema(schema).execute():
        findings.read(event)
    assert not findings.failures, "\n\n".join(dict.fromkeys(findings.failures))
    labels = {result.ok().label for result in schema.get_all_operations()}
    assert len(labels) == len(OPERATIONS)
    assert findings.looked >= {(name, label) for name in LOOKED for label in labels}
    for label in labels:
        assert findings.statuses[label, 200] > 1, f"{label} was never asked what it answers"


def questions_behind(name: str, answer: Any, spec: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any], Any]]:
    """Return what the links of an answer lead to, by their names: operation, parameters, body."""
    described = next(
        operation
        for methods in spec["paths"].values()
        for operation in methods.values()
        if operation["operationId"] == name
    )
    found = {}
    for link, told in described["responses"]["200"].get("links", {}).items():
        asked = {part: value_of(answer, where) for part, where in told.get("parameters", {}).items()}
        body = {part: value_of(answer, where) for part, where in told.get("requestBody", {}).items()}
        if None not in (*asked.values(), *body.values()):
            found[link] = (told["operationId"], asked, body or None)
    return found


def value_of(answer: Any, expression: str) -> Any:
    """Return what a runtime expression finds in an answer; None where there is nothing."""
    for step in expression.removeprefix("$response.body#/").split("/"):
        if isinstance(answer, list):
            answer = answer[int(step)] if int(step) < len(answer) else None
        else:
            answer = answer[step] if answer is not None else None
    return answer


def test_every_link_leads_on_and_a_wrong_key_nowhere(client, spec, key):
    addresses = {
        operation["operationId"]: (method, path)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    }
    waiting = [
        ("check", {"number": make.COMPANY_CODE}, None),
        ("checks", {}, {"numbers": [make.COMPANY_CODE]}),
        ("declarations", {"limit": 1}, None),
        ("editions", {"limit": 1}, None),
        ("kinds", {}, None),
        ("openapi", {}, None),
    ]
    asked, followed = [], set()
    while waiting:
        question = waiting.pop()
        name, values, body = question
        asked.append(question)
        method, path = addresses[name]
        query = {part: value for part, value in values.items() if f"{{{part}}}" not in path}
        ask = {"method": method, "query_string": query, "json": body}
        path = f"/api/v1{path.format_map(values)}"
        answer = client.open(path, **ask, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200, question
        assert client.open(path, **ask, headers={"Authorization": f"Bearer {key}x"}).status_code == 401, question
        for link, behind in questions_behind(name, answer.json, spec).items():
            followed.add((name, link))
            if behind not in asked and behind not in waiting:
                waiting.append(behind)
    assert {name for name, _values, _body in asked} == set(addresses)
    assert followed == {(name.removeprefix("api."), link) for name, one in OPERATIONS.items() for link in one.links}
