"""What our Flask application does in fewer steps comes to what Flask and Werkzeug come to."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import EnvironBuilder, run_wsgi_app

from registry.web.application import Answer, Application


@pytest.fixture(scope="module")
def app() -> Application:
    app = Application("registry")
    app.add_url_rule("/check", "check", lambda: "")
    return app


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"PATH_INFO": "//check", "QUERY_STRING": "number=%E5%8F%B7&x"},
        {"QUERY_STRING": "号".encode().decode("latin-1"), "REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "Register.Example:80", "SCRIPT_NAME": "/below/"},
        {"HTTP_HOST": "register.example:443", "wsgi.url_scheme": "https"},
        {"HTTP_HOST": "no host at all"},
        {"HTTP_CONNECTION": "Upgrade", "HTTP_UPGRADE": "websocket"},
    ],
)
def test_an_address_is_looked_for_where_flask_looks(app: Application, changed: dict[str, str]) -> None:
    environ = {**EnvironBuilder("/check").get_environ(), **changed}
    for _turn in range(2):
        request = app.request_class(dict(environ))
        assert vars(app.create_url_adapter(request)) == vars(Flask.create_url_adapter(app, request))


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "said",
    [
        {"response": "页"},
        {"response": "页", "status": 404},
        {"response": "", "status": 302, "headers": {"Location": "/号"}},
        {"status": 304},
        {"response": ["a", "b"]},
        {"response": iter([b"a", b"b"])},
    ],
)
def test_an_answer_is_given_to_the_server_as_werkzeug_gives_it(said: dict[str, Any], method: str) -> None:
    environ = EnvironBuilder("/", method=method).get_environ()
    pieces = list(said["response"]) if "response" in said and not isinstance(said["response"], str | list) else None

    def told(kind: type[Response]) -> tuple[bytes, str, list[tuple[str, str]]]:
        answer = kind(**{**said, **({"response": iter(pieces)} if pieces else {})})
        body, status, headers = run_wsgi_app(answer, environ)
        return b"".join(body), status, list(headers)

    assert told(Answer) == told(Response)


def test_what_is_to_be_done_when_an_answer_was_sent_is_done() -> None:
    answer, done = Answer("page"), []
    answer.call_on_close(lambda: done.append("sent"))
    body, _status, _headers = run_wsgi_app(answer, EnvironBuilder("/").get_environ())
    body.close()
    assert done == ["sent"]
