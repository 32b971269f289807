"""Keys of programs in the editors' area: given out, shown once, taken back."""

from __future__ import annotations

import re

import pytest

from registry.db import api_keys
from registry.web.api.callers import DOOR
from tests.support.cases import cases
from tests.support.desk import words
from tests.support.judge import text_of

CHECK = "/api/v1/check?number=1403000000017"


def made(editor, **answers):
    """Make a key on the page; return it as the page shows it."""
    editor.get_page("/staff/keys")
    page = editor.submit("form[action='/staff/keys']", {"name": "澜川银行", **answers})
    return page.find(id="made-key").get_text()


def asked(app, key):
    return app.test_client().get(CHECK, headers={"Authorization": f"Bearer {key}"}).status_code


@pytest.fixture
def stored(db):
    def records():
        with db.session(write=False) as session:
            return list(api_keys.list_keys(session))

    return records


@pytest.mark.one_database
def test_there_are_none_at_first(editor):
    editor.get_page("/staff/keys?lang=zh")
    assert "还没有制作过密钥" in words(editor)
    assert editor.page.select_one(".staff-nav [aria-current]").get_text() == "程序密钥"


def test_a_key_is_shown_once_and_works(app, editor, stored):
    key = made(editor, note="张经理", limits="100")
    assert re.fullmatch(r"rk_[\w-]{32}", key)
    (record,) = stored()
    assert (record.name, record.note, record.times) == ("澜川银行", "张经理", 100)
    assert record.made_by.name == "编辑"
    assert asked(app, key) == 200
    editor.get_page("/staff/keys")
    row = text_of(editor.page.select_one("tbody tr"))
    assert key not in str(editor.page)
    assert key[-4:] in row
    assert "张经理" in row
    assert "100" in row
    assert editor.response.headers["Cache-Control"] == "no-store"


@pytest.mark.one_database
def test_limits_can_be_lifted(editor, stored):
    made(editor, limits="none")
    assert stored()[0].times is None
    assert "不限次数" in words(editor)


def test_a_revoked_key_is_refused_at_once_and_stays_in_the_list(app, editor, stored):
    key = made(editor)
    other = made(editor, name="另一家")
    page = editor.submit(f"form[action='/staff/keys/{stored()[1].id}/revoke']")
    assert "已撤销" in text_of(page.select_one(".notice"))
    assert asked(app, key) == 401
    assert asked(app, other) == 200
    rows = [text_of(row) for row in page.select("tbody tr")]
    assert len(rows) == 2
    assert "另一家" in rows[0]
    assert "编辑" in rows[1]
    assert len(page.select("form[action$=revoke]")) == 1
    assert stored()[1].revoked_by.name == "编辑"


@pytest.mark.one_database
def test_a_second_click_is_told_so(editor, stored):
    made(editor)
    address = f"/staff/keys/{stored()[0].id}/revoke"
    token = editor.csrf_token("/staff/keys")
    for expected in ("请求一律拒绝", "此前已撤销"):
        page = editor.get_page(editor.post(address, data={"csrf_token": token}).location)
        assert expected in text_of(page.select_one(".notice"))
    for missing in ("/staff/keys/99/revoke", "/staff/keys/99999999999/revoke", "/staff/keys/x/revoke"):
        assert editor.post(missing, data={"csrf_token": token}).status_code == 404


def test_the_day_of_the_last_use_is_shown(app, editor):
    key = made(editor)
    assert "从未" in words(editor)
    assert asked(app, key) == 200
    app.extensions["registry_api"].extensions[DOOR].uses.wait()
    editor.get_page("/staff/keys")
    assert "从未" not in words(editor)


@pytest.mark.one_database
@cases("language", ["zh", "en"])
@cases(
    ("field", "typed"), [("name", ""), ("name", "  "), ("name", "x" * 101), ("name", "a\u202eb"), ("note", "x" * 301)]
)
def test_what_is_typed_wrongly_is_kept_and_told(editor, stored, field, typed, language):
    editor.get_page(f"/staff/keys?lang={language}")
    page = editor.submit("form[action='/staff/keys']", {"name": "澜川银行", field: typed}, status=422)
    assert page.select_one(".error-summary a")["href"] == f"#{field}"
    assert page.find(id=field)["value"] == typed.strip().replace("\u202e", "")
    assert not stored()
    assert page.find(id="made-key") is None


@pytest.mark.one_database
def test_limits_that_are_not_offered_are_refused(editor, stored):
    editor.get_page("/staff/keys")
    editor.submit("form[action='/staff/keys']", {"name": "x"}, unchecked={"limits": "1000000"}, status=422)
    assert not stored()
