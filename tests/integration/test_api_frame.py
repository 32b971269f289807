"""What every answer of the API has: refusals, headers, tags, limits, keys, languages, leave for other sites."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from registry import clock
from registry.db import api_keys
from registry.web.api.callers import DOOR
from registry.web.api.problem_models import Problem
from registry.web.sessions import database
from tests.support import desk
from tests.support import factories as make
from tests.support.cases import cases

SEAL = "1403000000017"
PUBLIC = ("/declarations", "/editions", "/kinds", "/kinds/seal_code", "/openapi.json")


@pytest.fixture
def limited(make_app):
    """An application that counts."""
    return make_app(rate_limits=True)


@pytest.fixture
def key_of(saving):
    """`key_of(times=10)` makes a key and returns its number and the key itself."""

    def add(times=10):
        with saving() as session:
            record, key = api_keys.add_key(session, name="澜川银行", times=times)
            return record.id, key

    return add


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def limit_of(answer, name):
    """Return limit, window, rest and reset of the limit `name`."""
    policy = re.search(rf'"{name}";q=(\d+);w=(\d+)', " ".join(answer.headers.getlist("RateLimit-Policy")))
    rest = re.search(rf'"{name}";r=(\d+);t=(\d+)', " ".join(answer.headers.getlist("RateLimit")))
    return tuple(int(number) for number in (*policy.groups(), *rest.groups()))


@pytest.mark.one_database
@cases(
    ("method", "path", "status", "sort"),
    [
        ("GET", "/api/v1/chekc", 404, "not-found"),
        ("GET", "/api/v2/check", 404, "not-found"),
        ("GET", "/api/v1/checks", 405, "method-not-allowed"),
        ("DELETE", "/api/v1/declarations", 405, "method-not-allowed"),
        ("POST", "/api/v1/checks", 415, "unsupported-media-type"),
        ("GET", "/api/v1/check", 400, "invalid-request"),
    ],
)
def test_every_refusal_is_a_problem_whose_type_is_a_paragraph_of_the_page(client, method, path, status, sort):
    for language, html in (("zh", "zh-CN"), ("en", "en")):
        answer = client.open(path, method=method, headers={"Accept-Language": language})
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
        problem = Problem.model_validate_json(answer.data, strict=True)
        assert problem.status == status
        assert problem.type == f"/docs/api#problem-{sort}"
        assert problem.title
        assert problem.detail
        assert problem.title.isascii() is (language == "en")
        assert answer.headers["Content-Language"] == html
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.one_database
@cases(
    ("wish", "language"),
    [
        (None, "zh-CN"),
        ("", "zh-CN"),
        ("fr", "zh-CN"),
        ("*", "zh-CN"),
        ("en", "en"),
        ("en-GB, zh;q=0.5", "en"),
        ("en;q=0.5, zh-Hans-CN", "zh-CN"),
        ("de, en;q=0.1", "en"),
        ("\xff;;q=q", "zh-CN"),
    ],
)
def test_the_language_is_the_one_that_is_asked_for(client, wish, language):
    headers = {} if wish is None else {"Accept-Language": wish}
    client.get("/?lang=en")
    answer = client.get("/api/v1/check", headers=headers)
    assert answer.headers["Content-Language"] == language


@pytest.mark.one_database
@pytest.mark.parametrize("path", PUBLIC)
def test_public_data_may_be_kept_and_asked_for_again(client, saving, path):
    desk.printed(saving, make.seal())
    first = client.get(f"/api/v1{path}")
    tag = first.headers["ETag"]
    assert re.fullmatch(r"public, max-age=(60|3600)", first.headers["Cache-Control"])
    for tags in (tag, f'"other", W/{tag}', "*"):
        again = client.get(f"/api/v1{path}", headers={"If-None-Match": tags})
        assert (again.status_code, again.data) == (304, b"")
        assert "Content-Type" not in again.headers
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(f"/api/v1{path}", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(f"/api/v1{path}").headers["ETag"] == tag


@pytest.mark.one_database
def test_a_tag_changes_with_what_it_is_of(client, saving):
    before = client.get("/api/v1/declarations").headers["ETag"]
    desk.printed(saving, make.seal())
    assert client.get("/api/v1/declarations", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.one_database
def test_a_check_is_kept_by_nobody(client):
    for answer in (client.get(f"/api/v1/check?number={SEAL}"), client.post("/api/v1/checks", json={"numbers": [SEAL]})):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert "Set-Cookie" not in answer.headers


def test_answers_say_how_new_the_register_is(make_app, saving):
    then = clock.now().replace(microsecond=0) - timedelta(days=3)
    assert "Last-Modified" not in make_app().test_client().get("/api/v1/declarations").headers
    with clock.at(then):
        desk.filed(saving, make.seal())
    client = make_app().test_client()
    for answer in (
        client.get(f"/api/v1/check?number={SEAL}"),
        client.get(f"/api/v1/check?number={SEAL}&"),
        client.post("/api/v1/checks", json={"numbers": [SEAL]}),
        client.get("/api/v1/declarations"),
        client.get("/api/v1/editions"),
    ):
        assert parsedate_to_datetime(answer.headers["Last-Modified"]) == then


def test_a_process_knows_at_once_what_it_has_written_itself(app, client):
    assert "Last-Modified" not in client.get("/api/v1/editions").headers
    with app.app_context(), database().session(write=True) as session:
        make.submitted(session)
        session.commit()
    for url in ("/api/v1/editions", f"/api/v1/check?number={SEAL}"):
        assert "Last-Modified" in client.get(url).headers


@pytest.mark.one_database
@pytest.mark.parametrize("path", [*PUBLIC, f"/check?number={SEAL}"])
def test_each_get_answers_head_too(client, path):
    whole, head = client.get(f"/api/v1{path}"), client.head(f"/api/v1{path}")
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "Cache-Control", "ETag"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.one_database
def test_pages_of_other_sites_may_read_what_is_asked_by_get(client):
    origin = {"Origin": "https://bank.example"}
    for path in ("/check?number=1", "/check", "/declarations", "/no-such-thing"):
        answer = client.get(f"/api/v1{path}", headers=origin)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
        assert {"ETag", "Last-Modified", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"} == set(exposed)
        assert "Access-Control-Allow-Credentials" not in answer.headers
    refused = client.get("/api/v1/check?number=1", headers={**origin, **bearer("x")})
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    asked = {**origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    preflight = client.options("/api/v1/check", headers=asked)
    assert (preflight.status_code, preflight.data) == (204, b"")
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    assert int(preflight.headers["Access-Control-Max-Age"]) > 0


@pytest.mark.one_database
def test_pages_of_other_sites_may_send_nothing(client):
    origin = {"Origin": "https://bank.example", "Access-Control-Request-Method": "POST"}
    for answer in (
        client.options("/api/v1/checks", headers=origin),
        client.post("/api/v1/checks", json={"numbers": [SEAL]}, headers=origin),
    ):
        assert answer.status_code in (200, 204)
        assert not [name for name, _value in answer.headers if name.startswith("Access-Control")]


@pytest.mark.one_database
def test_a_limit_is_told_before_it_is_reached(limited):
    client = limited.test_client()
    first, second = (client.get(f"/api/v1/check?number={SEAL}") for _ in range(2))
    assert limit_of(first, "check")[:3] == (120, 60, 119)
    limit, window, rest, reset = limit_of(second, "check")
    assert (limit, window, rest) == (120, 60, 118)
    assert 0 < reset <= 60
    # Both ways count alike, and each address by itself.
    assert limit_of(client.get(f"/api/v1/check?number={SEAL}&"), "check")[2] == 117
    other = client.get(f"/api/v1/check?number={SEAL}", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert limit_of(other, "check")[2] == 119
    assert limit_of(client.get("/api/v1/kinds"), "kinds")[2] == 119


@pytest.mark.one_database
def test_whoever_asks_too_much_is_told_when_to_come_again(limited):
    client = limited.test_client()
    codes = [client.get(f"/api/v1/check?number={SEAL}").status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]
    answer = client.get(f"/api/v1/check?number={SEAL}&")
    assert answer.status_code == 429
    assert answer.json["type"].endswith("#problem-too-many-requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert limit_of(answer, "check")[2] == 0
    assert client.options("/api/v1/check").status_code == 204


@pytest.mark.one_database
def test_many_numbers_count_as_many(limited):
    client = limited.test_client()
    body = {"numbers": [""] * 9_000}
    answers = [client.post("/api/v1/checks", json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert limit_of(answers[0], "numbers")[:3] == (20_000, 3600, 11_000)
    assert limit_of(answers[0], "checks")[:3] == (60, 60, 59)
    # What was too much has cost nothing.
    assert limit_of(answers[2], "numbers")[2] == 2_000
    assert client.post("/api/v1/checks", json={"numbers": [""] * 2_000}).status_code == 200


@pytest.mark.one_database
def test_a_key_has_wider_limits_of_its_own(limited, key_of):
    client = limited.test_client()
    _number, key = key_of(times=10)
    for _ in range(3):
        client.get(f"/api/v1/check?number={SEAL}")
    answer = client.get(f"/api/v1/check?number={SEAL}", headers=bearer(key))
    assert limit_of(answer, "check")[:3] == (1200, 60, 1199)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    answer = client.get(f"/api/v1/check?number={SEAL}&", headers=bearer(key), environ_overrides=elsewhere)
    assert limit_of(answer, "check")[2] == 1198
    answer = client.post("/api/v1/checks", json={"numbers": [SEAL]}, headers=bearer(key))
    assert limit_of(answer, "numbers")[:3] == (200_000, 3600, 199_999)


@pytest.mark.one_database
def test_a_key_can_be_without_limits(limited, key_of):
    client = limited.test_client()
    _number, key = key_of(times=None)
    for _ in range(125):
        answer = client.get(f"/api/v1/check?number={SEAL}", headers=bearer(key))
        assert answer.status_code == 200
    assert "RateLimit" not in answer.headers


def test_a_key_that_opens_nothing_is_never_ignored(client, key_of, saving):
    number, key = key_of()
    ask = f"/api/v1/check?number={SEAL}"
    assert client.get(ask, headers=bearer(key)).status_code == 200
    assert client.get(ask, headers={"Authorization": f"bearer  {key} "}).status_code == 200
    for authorization in (
        f"Bearer {key[:-1]}",
        f"Bearer {key}x",
        f"Basic {key}",
        key,
        "Bearer",
        "",
        "Bearer 钥匙".encode().decode("latin-1"),
    ):
        for path in (ask, "/api/v1/kinds", "/api/v1/declarations"):
            answer = client.get(path, headers={"Authorization": authorization})
            assert answer.status_code == 401, authorization
            assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
            assert answer.json["type"].endswith("#problem-invalid-key")
    with saving() as session:
        api_keys.revoke_key(session, number)
    assert client.get(ask, headers=bearer(key)).status_code == 401
    assert client.post("/api/v1/checks", json={"numbers": [SEAL]}, headers=bearer(key)).status_code == 401


def test_the_day_of_use_is_noted_beside_the_request(app, client, db, key_of):
    number, key = key_of()
    door = app.extensions["registry_api"].extensions[DOOR]
    for _ in range(3):
        assert client.get(f"/api/v1/check?number={SEAL}", headers=bearer(key)).status_code == 200
    door.uses.wait()
    with db.session(write=False) as session:
        assert api_keys.get_key(session, number).last_used_on == make.today()
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow):
        client.get("/api/v1/kinds", headers=bearer(key))
    door.uses.wait()
    with db.session(write=False) as session:
        assert api_keys.get_key(session, number).last_used_on == make.today() + timedelta(days=1)


@pytest.mark.one_database
def test_a_note_that_fails_harms_nobody(app, client, key_of, monkeypatch, caplog):
    from sqlalchemy.exc import OperationalError

    def fail(*_args):
        raise OperationalError("UPDATE", {}, Exception("locked"))

    monkeypatch.setattr("registry.web.api.uses.note_use", fail)
    number, key = key_of()
    assert client.get("/api/v1/kinds", headers=bearer(key)).status_code == 200
    app.extensions["registry_api"].extensions[DOOR].uses.wait()
    assert f"key {number}" in caplog.text
    assert key not in caplog.text


@pytest.mark.one_database
def test_the_log_has_the_rule_and_nothing_that_was_asked(client, key_of, caplog):
    caplog.set_level(logging.DEBUG)
    _number, key = key_of()
    client.get(f"/api/v1/check?number={make.RESIDENT_ID}", headers=bearer(key))
    client.get(f"/api/v1/check?number={make.RESIDENT_ID}&x=1")
    client.get(f"/api/v1/check?{make.RESIDENT_ID}=1")
    client.post("/api/v1/checks", json={"numbers": [make.RESIDENT_ID], make.RESIDENT_ID: 1})
    client.get(f"/api/v1/declarations?q={make.RESIDENT_ID}")
    client.get(f"/api/v1/declarations/{make.RESIDENT_ID}")
    lines = [record.getMessage() for record in caplog.records if record.name == "registry.request"]
    assert len(lines) == 6
    for line in lines:
        assert re.fullmatch(r"(GET|POST) /api/v1/[a-z/<>]* \d{3} [\d.]+ms id=[0-9a-f]{12}", line), line
    assert make.RESIDENT_ID not in caplog.text
    assert key not in caplog.text


@pytest.mark.one_database
def test_no_refusal_repeats_a_number(client):
    for answer in (
        client.get(f"/api/v1/check?{make.RESIDENT_ID}=1"),
        client.get(f"/api/v1/check?number=1&n{make.WORK_NUMBER}=1"),
        client.post("/api/v1/checks", json={make.RESIDENT_ID: 1, make.PHONE: 2}),
        client.post("/api/v1/checks", json={"numbers": [{make.RESIDENT_ID: 1}]}),
        client.get(f"/api/v1/declarations?kind={make.RESIDENT_ID}"),
        client.get(f"/api/v1/declarations?cursor={make.RESIDENT_ID}"),
        client.get(f"/api/v1/kinds/{make.RESIDENT_ID}"),
        client.get(f"/api/v1/declarations/{make.RESIDENT_ID}"),
        client.post("/api/v1/examine", json={"kind": make.RESIDENT_ID, "number": make.PHONE}),
    ):
        said = answer.get_data(as_text=True)
        assert answer.status_code >= 400
        assert not re.search(r"\d{6}", said), said


@pytest.mark.one_database
def test_addresses_are_the_public_ones(make_app, saving):
    reference = desk.printed(saving, make.licence())
    app = make_app(registry_url="https://register.example.cn/loss")
    client = app.test_client()
    for path in (f"/check?number={make.COMPANY_CODE}", f"/check?number={make.COMPANY_CODE}&"):
        answer = client.get(f"/api/v1{path}", headers={"Host": "evil.example"}).json
        assert answer["verdicts"][0]["url"] == f"https://register.example.cn/loss/declarations/{reference}"
    answer = client.get("/api/v1/openapi.json").json
    assert answer["servers"] == [{"url": "https://register.example.cn/loss/api/v1"}]
    # Mounted somewhere, and without the setting.
    mounted = make_app().test_client().get("/api/v1/declarations", base_url="https://city.example/register").json
    assert mounted["declarations"][0]["url"] == f"https://city.example/register/declarations/{reference}"
    refused = make_app().test_client().get("/api/v1/check", base_url="https://city.example/register").json
    assert refused["type"].startswith("/register/docs/api#")


@pytest.mark.one_database
def test_people_who_come_by_are_shown_the_page_for_them(client):
    for path in ("/api", "/api/", "/api/v1", "/api/v1/"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (302, "/docs/api"), path
