"""Staff accounts: made at the terminal, signed in by a page that tells nothing, closed at once."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from sqlmodel import select

from registry import clock
from registry.cli import staff
from registry.db.tables import StaffMember
from tests.support.cases import cases
from tests.support.desk import words

EMAIL = "lan@paper.example"
WRONG = "邮箱与密码不匹配"


@pytest.fixture
def client(app):
    """A client that keeps no request open, in which a command would find itself."""
    return app.test_client()


@pytest.fixture
def run(app):
    """Run `flask staff …` on the test's registry; return its result."""
    return lambda *args: app.test_cli_runner().invoke(args=["staff", *args])


def password_in(output):
    found = re.search(r"[a-z]{4}(-[a-z]{4}){4}", output)
    assert found, output
    return found[0]


def sign_in(client, email, password, **changes):
    client.get_page("/staff/sign-in")
    return client.submit(data={"email": email, "password": password}, **changes)


def added(run, email=EMAIL, name="兰亦可"):
    result = run("add", email, "--name", name)
    assert result.exit_code == 0, result.output
    return password_in(result.output)


# The first editor


def test_a_new_registry_gets_one_first_editor(app, client):
    email, password = staff.ensure_first_editor(app)
    assert staff.ensure_first_editor(app) is None
    sign_in(client, email, password)
    assert client.url == "/staff"


def test_staff_who_cannot_sign_in_do_not_keep_the_first_editor_away(app, saving):
    with saving() as session:
        session.add(
            StaffMember(email="x@y.example", name="演示", active=False, fs_uniquifier="x", create_datetime=clock.now())
        )
    assert staff.ensure_first_editor(app) is not None


@pytest.mark.one_database
def test_passwords_are_long_sayable_and_never_the_same():
    made = {staff.new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(
        re.fullmatch(r"(?:[bdfghjkmnprstz][aeiou]){2}(?:-(?:[bdfghjkmnprstz][aeiou]){2}){4}", one) for one in made
    )


# The terminal


def test_an_editor_is_added_with_a_password_that_works_and_is_not_kept(run, client, db):
    password = added(run)
    sign_in(client, EMAIL.upper(), password)
    assert client.url == "/staff"
    with db.session(write=False) as session:
        member = session.exec(select(StaffMember)).one()
        assert (member.name, member.active) == ("兰亦可", True)
        assert member.password.startswith("$argon2")
        assert password not in member.password


@pytest.mark.one_database
@cases(
    ("arguments", "said"),
    [
        (("add", "no-address", "--name", "兰亦可"), "e-mail address"),
        (("add", EMAIL, "--name", "  "), "1 to 100"),
        (("add", EMAIL, "--name", "x" * 101), "1 to 100"),
        (("add", EMAIL, "--name", "a\u202eb"), "1 to 100"),
        (("add", EMAIL), "--name"),
        (("reset-password", "nobody@paper.example"), "Nobody on the staff"),
        (("deactivate", "nobody@paper.example"), "Nobody on the staff"),
        (("activate", "nobody@paper.example"), "Nobody on the staff"),
    ],
)
def test_a_wrong_command_says_what_to_give(run, arguments, said):
    result = run(*arguments)
    assert result.exit_code != 0
    assert said in result.output


def test_nobody_is_added_twice(run):
    added(run)
    result = run("add", EMAIL.upper(), "--name", "another")
    assert result.exit_code == 1
    assert "on the staff already" in result.output


def test_the_staff_is_listed(run):
    assert "There is no staff yet" in run("list").output
    added(run)
    added(run, "zhang@paper.example", "张三")
    run("deactivate", "zhang@paper.example")
    lines = run("list").output.splitlines()
    assert [re.sub(r"\s+", " ", line).split(" since ")[0] for line in lines] == [
        "lan@paper.example active",
        "zhang@paper.example inactive",
    ]


def test_a_new_password_ends_the_old_one_and_every_session(run, client):
    old = added(run)
    sign_in(client, EMAIL, old)
    new = password_in(run("reset-password", EMAIL).output)
    assert client.get("/staff").status_code == 302
    assert WRONG in words_after(client, old)
    sign_in(client, EMAIL, new)
    assert client.url == "/staff"


def words_after(client, password):
    sign_in(client, EMAIL, password)
    return words(client)


def test_who_is_deactivated_is_out_at_once_and_may_come_back(run, client):
    password = added(run)
    sign_in(client, EMAIL, password)
    assert "no longer" in run("deactivate", EMAIL).output
    assert "inactive already" in run("deactivate", EMAIL).output
    assert client.get("/staff").status_code == 302
    assert WRONG in words_after(client, password)
    run("activate", EMAIL)
    assert "active already" in run("activate", EMAIL).output
    sign_in(client, EMAIL, password)
    assert client.url == "/staff"


# Signing in


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", WRONG), ("en", "do not belong to an account that may sign in")])
def test_one_answer_to_everything_that_is_wrong(run, client, lang, said):
    password = added(run)
    run("add", "off@paper.example", "--name", "x")
    run("deactivate", "off@paper.example")
    client.get_page(f"/staff/sign-in?lang={lang}")
    answers = set()
    for email, typed in (
        (EMAIL, "wrong"),
        ("nobody@paper.example", password),
        ("off@paper.example", "wrong"),
        ("nul\x00@paper.example", "wrong"),
        ("不是邮箱", "wrong"),
        (EMAIL, password + "x" * 5000),
        (EMAIL, "wrong\x00" * 3),
    ):
        page = sign_in(client, email, typed)
        answers.add(words(client).split(said)[0])
        assert said in words(client)
        assert not page.select_one("#password").get("value")
    assert len(answers) == 1


@pytest.mark.one_database
def test_an_empty_sign_in_says_what_to_enter(client):
    page = sign_in(client, "", "")
    assert [link["href"] for link in page.select(".error-summary a")] == ["#email", "#password"]
    assert "请输入" in words(client)


@pytest.mark.one_database
def test_the_page_that_was_asked_for_comes_after_signing_in(run, client):
    password = added(run)
    client.get_page("/staff/editions?before=2026-01-01")
    assert client.url.startswith("/staff/sign-in?next=")
    client.submit(data={"email": EMAIL, "password": password})
    assert client.url == "/staff/editions?before=2026-01-01"


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x19////evil.example",
    "https:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://localhost@evil.example/",
    "http://localhost.evil.example/",
    "%2f%2fevil.example",
    "/%09/evil.example",
)


@pytest.mark.one_database
@pytest.mark.parametrize("place", ["query", "form"])
def test_signing_in_leads_nowhere_else(app, run, place):
    password = added(run)
    for target in ELSEWHERE:
        client = app.test_client()
        data = {"email": EMAIL, "password": password, "csrf_token": client.csrf_token("/staff/sign-in")}
        query = {"next": target} if place == "query" else {}
        if place == "form":
            data["next"] = target
        answer = client.post("/staff/sign-in", query_string=query, data=data)
        assert answer.status_code == 302, target
        landed = urlsplit(urljoin("http://localhost/staff/sign-in", answer.location))
        assert (landed.scheme, landed.netloc) == ("http", "localhost"), answer.location
        # Browsers drop control characters and read backslashes as slashes.
        assert not re.match(r"[\s\x00-\x20\\]|/[/\\\s]|//", answer.location), answer.location
        assert client.get("/staff").status_code == 200


@pytest.mark.one_database
def test_sign_in_is_throttled_per_address_and_per_account(make_app):
    app = make_app(rate_limits=True)
    client = app.test_client()
    token = client.csrf_token("/staff/sign-in")
    data = {"email": EMAIL, "password": "wrong", "csrf_token": token}
    answers = [client.post("/staff/sign-in", data=data).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert "操作过于频繁" in words(client)
    assert client.get("/staff/sign-in").status_code == 200


@pytest.mark.one_database
def test_many_addresses_cannot_try_one_account(make_app):
    app = make_app(rate_limits=True)
    client = app.test_client()
    token = client.csrf_token("/staff/sign-in")
    data = {"email": EMAIL, "password": "wrong", "csrf_token": token}
    answers = [
        client.post("/staff/sign-in", data=data, environ_overrides={"REMOTE_ADDR": f"10.0.0.{number // 5}"}).status_code
        for number in range(31)
    ]
    assert answers == [200] * 30 + [429]


@pytest.mark.one_database
def test_who_is_no_editor_is_kept_out(run, client, saving):
    password = added(run)
    with saving() as session:
        session.connection().exec_driver_sql("DELETE FROM staff_member_role")
    sign_in(client, EMAIL, password, status=403)
    assert client.get("/staff/editions").status_code == 403
    assert "您无权打开此页" in words(client)


@pytest.mark.one_database
def test_signing_out_is_a_post_and_ends_it(editor):
    assert editor.get("/staff/sign-out").status_code == 405
    editor.get_page("/staff")
    editor.submit("form[action='/staff/sign-out']")
    assert editor.url == "/"
    assert editor.get("/staff").status_code == 302


@pytest.mark.one_database
def test_staff_pages_are_not_kept_on_the_way(editor):
    for url in ("/staff", "/staff/editions", "/staff/password"):
        assert editor.get(url).headers["Cache-Control"] == "no-store"


# Changing the password


NEW = "correct horse battery 马"


def test_a_changed_password_works_and_signs_out_elsewhere(app, editor, first_editor):
    email, old = first_editor
    other = app.test_client()
    sign_in(other, email, old)
    editor.get_page("/staff/password")
    editor.submit(data={"password": old, "new_password": NEW, "new_password_confirm": NEW})
    assert editor.url == "/staff"
    assert "密码已修改" in words(editor)
    assert other.get("/staff").status_code == 302
    sign_in(other, email, old)
    assert WRONG in words(other)
    sign_in(other, email, NEW)
    assert other.url == "/staff"


@pytest.mark.one_database
@cases(
    ("changes", "field", "said"),
    [
        ({"password": "wrong"}, "password", "请输入您登录时使用的密码"),
        ({"password": "x" * 5000}, "password", "请输入您登录时使用的密码"),
        ({"new_password": "x" * 5000, "new_password_confirm": "x" * 5000}, "new_password", "12 至 200 个字符"),
        ({"new_password": "x\x00" * 9, "new_password_confirm": "x\x00" * 9}, "new_password", "12 至 200 个字符"),
        ({"password": ""}, "password", "请输入现用密码"),
        ({"new_password": "short", "new_password_confirm": "short"}, "new_password", "12 至 200 个字符"),
        ({"new_password": "x" * 201, "new_password_confirm": "x" * 201}, "new_password", "12 至 200 个字符"),
        ({"new_password": "", "new_password_confirm": ""}, "new_password", "请输入至少 12 个字符的新密码"),
        ({"new_password_confirm": "something else"}, "new_password_confirm", "两次输入的新密码不一致"),
    ],
)
def test_a_wrong_change_says_what_to_enter(editor, first_editor, changes, field, said):
    data = {"password": first_editor[1], "new_password": NEW, "new_password_confirm": NEW, **changes}
    editor.get_page("/staff/password")
    page = editor.submit(data=data)
    assert said in page.select_one(f"#{field}-error").get_text()


@pytest.mark.one_database
def test_the_new_password_is_another_one(editor, first_editor):
    old = first_editor[1]
    editor.get_page("/staff/password")
    page = editor.submit(data={"password": old, "new_password": old, "new_password_confirm": old})
    assert "不同" in page.select_one("#new_password-error").get_text()
