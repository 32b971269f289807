"""What every answer has, whatever it says: headers, cookies, language, errors, limits."""

from __future__ import annotations

import logging

import pytest
from flask import Response, request
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.db import migrate
from registry.web.access import ACCESS, Access
from registry.web.sessions import db as request_session
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database


@pytest.fixture
def faulty(make_app, monkeypatch):
    """An application with an address that fails as the test says."""
    app = make_app()
    app.testing = False
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FlaskClient
    monkeypatch.setitem(ACCESS, "faulty", Access.EVERYBODY)

    def with_view(view, path="/faulty"):
        app.add_url_rule(path, "faulty", view, methods=["GET", "POST"])
        return app.test_client()

    return with_view


def test_headers_stand_on_every_answer(client):
    for url in ("/", "/no-such-page", "/static/css/base.css", "/staff"):
        with client.get(url) as answer:
            headers = answer.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], url
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers


def test_what_programs_are_answered_has_the_headers_of_what_is_never_a_page(client):
    for url in ("/api/v1/check?number=1", "/api/v1/kinds", "/api/v1/no-such", "/api/v1/openapi.json"):
        headers = client.get(url).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'", url
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Referrer-Policy" not in headers


def test_behind_https_cookies_are_secure_and_the_browser_is_told(make_app):
    client = make_app(https=True).test_client()
    answer = client.get("/declare?lang=en", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert {"HttpOnly", "Secure", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}, cookie


def test_pages_of_one_person_are_kept_by_nobody(client):
    for url in ("/declare", "/follow", "/staff/sign-in"):
        assert client.get(url).headers["Cache-Control"] == "no-store", url


@pytest.mark.parametrize(("trusted", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7"), (2, "198.51.100.1")])
def test_proxy_headers_are_believed_as_far_as_configured(make_app, trusted, address, monkeypatch):
    app = make_app(trusted_proxies=trusted)
    monkeypatch.setitem(ACCESS, "whoami", Access.EVERYBODY)
    app.add_url_rule("/whoami", "whoami", lambda: Response(str(request.remote_addr), mimetype="text/plain"))
    answer = app.test_client().get("/whoami", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert answer.get_data(as_text=True) == address


def test_chinese_comes_first_and_a_choice_is_kept(client):
    assert client.get_page("/", headers={"Accept-Language": "en-US"}).html["lang"] == "zh-CN"
    assert client.get_page("/?lang=en").html["lang"] == "en"
    assert client.get_page("/about").html["lang"] == "en"
    assert client.get_page("/about?lang=xx").html["lang"] == "en"
    assert client.get_page("/about?lang=zh").html["lang"] == "zh-CN"


@pytest.mark.parametrize("url", ["/?lang=en&_external=1&_scheme=javascript", "/?_anchor=x&endpoint=static&filename=y"])
def test_the_language_link_stays_on_the_site(client, url):
    for link in client.get_page(url).select("link[hreflang]"):
        assert link["href"].startswith("/?"), link


@cases("language", ["zh", "en"])
@cases(
    ("code", "url", "method"),
    [
        (404, "/no-such-page", "GET"),
        (405, "/", "POST"),
        (404, "/editions/2026-02-30", "GET"),
        (400, "/declare", "POST"),
    ],
)
def test_errors_are_pages_in_the_readers_language(client, code, url, method, language):
    answer = client.open(url, method=method, query_string={"lang": language})
    assert answer.status_code == code
    assert client.page.html["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert text_of(client.page.select_one("main"))


@cases(("code", "url"), [(404, "/api/v1/no-such-thing"), (405, "/api/v1/examine"), (404, "/api/x")])
def test_errors_under_the_api_are_problems(client, code, url):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (code, "application/problem+json")
    assert answer.json["status"] == code
    assert answer.json["title"]
    assert answer.json["detail"]


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example"])
def test_a_host_that_cannot_be_is_refused_by_a_page(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.page.h1.text == "无法读取您的请求"
    for path in ("kinds", "check?number=1"):
        assert client.get(f"/api/v1/{path}", headers={"Host": host}).json["status"] == 400


def test_a_form_without_its_token_is_refused(client):
    client.get("/follow")
    answer = client.post("/follow", data={"reference": "1"})
    assert answer.status_code == 400
    assert "Cookie" in text_of(client.page.main) or "cookie" in text_of(client.page.main).lower()


def test_too_large_a_request_is_refused_politely(make_app):
    client = make_app(max_request_kb=16).test_client()
    client.get_page("/")
    answer = client.post("/check", data={"number": "1" * 20_000})
    assert answer.status_code == 413
    assert client.post("/api/v1/examine", json={"number": "1" * 20_000}).mimetype == "application/problem+json"


def test_a_fault_is_a_page_and_a_log_line_without_values(faulty, caplog):
    def fail():
        request_session().execute(text("INSERT INTO edition (day) VALUES (:number)"), {"number": make.RESIDENT_ID})
        request_session().execute(text("SELECT no_such_column FROM edition"))

    client = faulty(fail)
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/faulty")
    assert answer.status_code == 500
    assert "Traceback" not in answer.get_data(as_text=True)
    assert "Traceback" in caplog.text
    assert make.RESIDENT_ID not in caplog.text


def test_a_fault_of_the_error_page_itself_is_answered(faulty, monkeypatch):
    def fail():
        raise DBAPIError("SELECT", {}, RuntimeError("gone"))

    monkeypatch.setattr("registry.web.errors.render_template", lambda *_args, **_values: 1 / 0)
    answer = faulty(fail).get("/faulty")
    assert answer.status_code == 500
    assert "系统出错了" in answer.get_data(as_text=True)


def test_a_database_that_is_not_migrated_says_so(make_app, settings):
    migrate.downgrade(settings, "base")
    client = make_app().test_client()
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    migrate.upgrade(settings)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("url", "data", "allowed"), [("/check", {"number": "1"}, 120), ("/follow", {"reference": "1"}, 10)]
)
def test_whoever_asks_too_fast_is_asked_to_wait(make_app, url, data, allowed):
    client = make_app(rate_limits=True).test_client()
    client.get_page("/")
    token = client.csrf_token("/follow")
    for _ in range(allowed):
        if client.post(url, data={**data, "csrf_token": token}).status_code == 429:
            break
    answer = client.post(url, data={**data, "csrf_token": token})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_limits_can_be_lifted(make_app):
    client = make_app(rate_limits=False).test_client()
    token = client.csrf_token("/follow")
    codes = {client.post("/follow", data={"reference": "1", "csrf_token": token}).status_code for _ in range(15)}
    assert 429 not in codes


def test_every_public_address_survives_strange_text(client):
    strange = [
        "\x00",
        "🦀",
        "\u202e",
        "<script>alert(1)</script>",
        "'\"--",
        "%",
        "9" * 3000,
        "\ud800".encode("utf-8", "replace").decode(),
    ]
    names = ("q", "kind", "status", "from", "to", "cursor", "before", "number", "lang", "page")
    # Judging every page would take longer than making it; those with everything at once are judged.
    unjudged = FlaskClient(client.application, client.response_wrapper)
    for value in strange:
        for url in ("/", "/declarations", "/editions", "/check", "/declare", "/follow"):
            answers = [unjudged.get(url, query_string={name: value}) for name in names]
            answers.append(client.get(url, query_string=dict.fromkeys(names, value)))
            for answer in answers:
                assert answer.status_code < 500, answer.request.url
                assert "<script>alert" not in answer.get_data(as_text=True), answer.request.url
