"""The page for those who write programs: it shows what the API is, in both languages, and leads where it says."""

from __future__ import annotations

import copy
import json
import re

import pytest

from registry.web.api.operations import OPERATIONS
from registry.web.api.parameters import CODES
from registry.web.api.problems import SORTS
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

# Names of the trade that have no other in Chinese, values, and the names of headers.
SAME_IN_CHINESE = set(
    re.findall(
        r"\w+",
        """
    OpenAPI ETag Cache Control Last Modified None Match RateLimit Policy CORS HEAD Accept Language JSON json problem
    application true false null Retry After Request Content Type type Allow checks kinds examine slug check POST notice
    errors code Bearer Authorization cursor register published contested corrected withdrawn query path body loss
    correction withdrawal provisional declared impossible unpublished mistyped valid doubtful next previous before
    """,
    )
)


def test_every_operation_and_refusal_stands_there_with_an_example_that_works(client):
    for language, no_proof in (("zh", "未登记不能证明证件有效"), ("en", "no proof of validity")):
        page = client.get_page(f"/docs/api?lang={language}")
        assert no_proof in text_of(page.find(id="verdicts"))
        for endpoint, operation in OPERATIONS.items():
            section = page.find(id=endpoint.removeprefix("api."))
            assert section.select_one(".method").get_text() == ("POST" if operation.body else "GET")
            command, answer = (part.get_text() for part in section.select("pre"))
            assert json.loads(answer)
            address = re.match(r"curl 'http://localhost(/api/v1/[^']+)'", command)[1]
            body = re.search(r"--data '(.+)'", command)
            live = client.post(address, json=json.loads(body[1])) if body else client.get(address)
            # The invented declaration and its edition are not on this empty register.
            assert live.status_code == (404 if re.search(r"/(S26-4071-3850|2026-11-20)$", address) else 200), address
        assert [term["id"] for term in page.select("#problems [id^=problem-]")] == [f"problem-{sort}" for sort in SORTS]
        assert {text_of(term) for term in page.select("#problems dt")} >= set(CODES)
        assert client.get("/api/v1/check").json["type"] == "/docs/api#problem-invalid-request"


def test_it_is_in_the_language_of_its_reader(client):
    chinese = copy.copy(client.get_page("/docs/api?lang=zh"))
    shapes = {shape["id"].removeprefix("shape-") for shape in chinese.select(".shape")}
    for part in chinese.select("[translate=no], code, pre, .masthead, .colophon"):
        part.decompose()
    words = set(re.findall(r"[A-Za-z]{4,}", text_of(chinese.main)))
    assert not words - SAME_IN_CHINESE - shapes


def test_it_is_found_from_every_page_and_names_the_public_address(make_app):
    client = make_app(registry_url="https://register.example.cn").test_client()
    page = client.get_page("/about?lang=en")
    assert page.select_one("footer a[href='/docs/api']") is not None
    said = client.get("/docs/api").get_data(as_text=True)
    assert "curl &#39;https://register.example.cn/api/v1/check?number=" in said
    assert "localhost" not in said
