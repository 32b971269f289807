"""The judge of pages must itself see what is wrong, or every page test is worth nothing."""

from __future__ import annotations

import pytest
from flask import Flask, Response, request
from werkzeug.test import Client

from tests.support.client import JudgingClient
from tests.support.judge import judge

POLICY = "default-src 'none'; style-src 'self'"
GOOD = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>查询 · 登记簿</title></head>
<body><main><h1>查询</h1>
<form method="post" action="/search" novalidate><input type="hidden" name="csrf_token" value="abc">
<label for="number">号码</label><input id="number" name="number" value="旧" aria-describedby="number-hint">
<p id="number-hint">证件上的号码</p>
<input type="checkbox" name="sure" value="yes" id="sure"><label for="sure">确定</label>
<label for="kind">种类</label>
<select id="kind" name="kind"><option value="a">甲</option><option value="b" selected>乙</option></select>
<button name="go" value="1">查询</button></form>
<a href="/search">再查</a> <a href="#number">号码</a> <a href="https://example.cn/">别处</a>
</main></body></html>"""


@pytest.fixture
def app() -> Flask:
    app = Flask("judged")
    app.test_client_class = JudgingClient

    @app.get("/")
    @app.get("/search", endpoint="asked")
    def page() -> Response:
        return app.response_class(
            GOOD, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
        )

    @app.post("/search")
    def answer() -> Response:
        return app.response_class(repr(sorted(request.form.items(multi=True))), mimetype="text/plain")

    return app


def judged(app: Flask, html: str, **headers: str) -> str:
    """The faults found in `html`."""
    all_headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"} | headers
    response = Client(app.response_class(html, headers=all_headers)).get("/")
    try:
        judge(response, app, "/")
    except AssertionError as faults:
        return str(faults)
    return ""


def test_a_good_page_passes(app: Flask) -> None:
    assert judged(app, GOOD) == ""


def test_a_page_that_was_judged_before_comes_with_its_own_token(app: Flask) -> None:
    client = app.test_client()
    assert isinstance(client, JudgingClient)
    assert client.csrf_token("/") == "abc"
    with pytest.MonkeyPatch.context() as changed:
        changed.setitem(globals(), "GOOD", GOOD.replace('"abc"', '"xyz"'))
        assert client.csrf_token("/") == "xyz"
        changed.setitem(globals(), "GOOD", GOOD.replace("</p>", "</div>"))
        with pytest.raises(AssertionError, match="line 6"):
            client.get("/")


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("</p>", "</div>", "line 6"),
        ('lang="zh-CN"', 'lang="fr"', "html lang"),
        ("<h1>查询</h1>", "<h1>别的</h1>", "does not start with"),
        ("<h1>查询</h1>", "<h1>查询</h1><h1>查询</h1>", "2 h1"),
        ("<h1>查询</h1>", "<h1>查询</h1><h3>再</h3>", "follows h1"),
        ('id="sure"', 'id="number"', "stands 2 times"),
        ('id="number-hint"', 'id="hint"', "aria-describedby names"),
        ('<label for="sure">确定</label>', "", "has no label"),
        ('value="abc"', 'value=""', "without a csrf_token"),
        (' novalidate><input type="hidden"', '><input type="hidden" required', "no novalidate"),
        ("<p id", '<p style="color: red" id', "has style="),
        ("<p id", '<p onclick="go()" id', "has onclick="),
        ("</main>", "<script>go()</script></main>", "inline <script>"),
        ('<a href="/search">', '<a href="/serach">', "no page of ours"),
        ('action="/search"', 'action="/"', "does not answer POST"),
        ('<a href="#number">', '<a href="#nobody">', "not on the page"),
        ('<a href="/search">', '<a href="javascript:go()">', "runs a script"),
        ('<meta charset="utf-8">', '<meta charset="utf-8"><link rel="x" href="//cdn.example/x">', "another server"),
        ('<meta charset="utf-8">', '<meta charset="utf-8"><link rel="x" href="/static/x.css">', "no such file"),
        ("证件上的号码", "Undefined", "leftover"),
        ("证件上的号码", "{{ hint }}", "leftover"),
        ("证件上的号码", "None", "a None in"),
        (">再查<", "><", "has no name"),
    ],
)
def test_a_fault_is_seen(app: Flask, good: str, bad: str, fault: str) -> None:
    assert good in GOOD
    assert fault in judged(app, GOOD.replace(good, bad, 1))


def test_missing_headers_are_seen(app: Flask) -> None:
    assert "content security policy" in judged(app, GOOD, **{"Content-Security-Policy": "default-src *"})
    assert "nosniff" in judged(app, GOOD, **{"X-Content-Type-Options": ""})


def test_a_form_is_sent_as_a_browser_would(app: Flask) -> None:
    client = app.test_client()
    assert isinstance(client, JudgingClient)
    client.get_page("/")
    with pytest.raises(AssertionError, match="no field"):
        client.submit("form", {"nickname": "x"})
    with pytest.raises(AssertionError, match="does not offer"):
        client.submit("form", {"kind": "c"})
    with pytest.raises(AssertionError, match="no button"):
        client.submit("form", button="取消")


def test_what_is_sent_keeps_what_the_form_held(app: Flask) -> None:
    client = app.test_client()
    assert isinstance(client, JudgingClient)
    client.get_page("/")
    with pytest.raises(AssertionError, match="answered text/plain"):
        client.submit("form", {"number": "新", "sure": True}, unchecked={"kind": "c"})
    sent = client.response.get_data(as_text=True)
    assert sent == repr([("csrf_token", "abc"), ("go", "1"), ("kind", "c"), ("number", "新"), ("sure", "yes")])
