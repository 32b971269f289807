"""Default deny: every endpoint has a row, and no row is left over."""

from __future__ import annotations

import pytest

from registry.web.access import ACCESS, Access
from registry.web.limits import LIMITS

pytestmark = pytest.mark.one_database


def endpoints(app):
    return {*app.view_functions, *app.extensions["registry_api"].view_functions}


def test_every_endpoint_has_a_row_and_every_row_an_endpoint(app):
    assert endpoints(app) == set(ACCESS)


def test_limits_name_endpoints_that_exist(app):
    assert set(LIMITS) <= endpoints(app)


def test_an_endpoint_without_a_row_is_closed(make_app, monkeypatch):
    app = make_app()
    monkeypatch.delitem(ACCESS, "public.about")
    assert app.test_client().get("/about").status_code == 403


def test_every_page_of_the_editors_is_closed_to_others(app):
    client = app.test_client()
    adapter = app.url_map.bind("localhost")
    values = {"reference": "S26-4071-3850", "day": "2026-11-20", "filename": "x", "key_id": 1, "file_id": 1}
    for rule in app.url_map.iter_rules():
        if ACCESS[rule.endpoint] is not Access.EDITORS:
            continue
        arguments = {name: values[name] for name in rule.arguments}
        if "day" in arguments:
            arguments["day"] = rule._converters["day"].to_python(arguments["day"])
        url = adapter.build(rule.endpoint, arguments)
        if "GET" in rule.methods:
            answer = client.get(url)
            assert (answer.status_code, answer.location.split("?")[0]) == (302, "/staff/sign-in"), url
        else:
            assert client.post(url).status_code in (400, 403), url
