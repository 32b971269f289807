"""Following one's own declaration: the secret, its link, and the receipt that holds them."""

from __future__ import annotations

import pytest

from tests.support import declaring
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.desk import code_of, filed, opened, printed, stored, words
from tests.support.judge import text_of

TOGETHER = "登记号与查询码不匹配"


@pytest.fixture
def client(app):
    """A client that keeps no request open: some tests have two."""
    return app.test_client()


@pytest.fixture
def reference(saving):
    return filed(saving, make.resident_id())


def enter(client, reference, code, **changes):
    client.get_page("/follow")
    return client.submit(data={"reference": reference, "code": code}, **changes)


# Reference and code


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reference_and_code_open_the_declaration(client, saving, reference, lang):
    client.get_page(f"/follow?lang={lang}")
    client.submit(data={"reference": reference, "code": code_of(saving, reference)})
    assert client.url == f"/follow/{reference}"
    assert make.RESIDENT_ID in words(client), "it is the declarant's own"


@pytest.mark.one_database
@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", ""),
        lambda text: f"  {text}。".replace("。", " "),
        lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"}),
        lambda text: text.replace("-", "—"),
    ],
)
def test_both_may_be_typed_as_people_type(client, saving, reference, change):
    enter(client, change(reference), change(code_of(saving, reference)))
    assert client.url == f"/follow/{reference}"


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", TOGETHER), ("en", "No declaration has this reference and this")])
def test_a_wrong_reference_and_a_wrong_code_get_one_answer(client, saving, reference, lang, said):
    code = code_of(saving, reference)
    client.get_page(f"/follow?lang={lang}")
    other = filed(saving, make.seal(), declarant="乙")
    answers = set()
    for typed, secret in (
        (reference, "2222-2222-2222"),
        (reference, code[:-1]),
        (reference, "é" * 12),
        (reference, "x"),
        (other, code),
        ("S26-4071-3850", code),
    ):
        enter(client, typed, secret, status=422)
        answers.add(words(client))
        assert said in words(client)
        assert client.get(f"/follow/{reference}").status_code == 303
    assert len(answers) == 1


@pytest.mark.one_database
@cases(
    ("typed", "said"),
    [
        ("S26-4071-3851", "有一位输错，或有两位颠倒"),
        ("S26-4017-3850", "有一位输错，或有两位颠倒"),
        ("4071", "请按回执输入登记号"),
        ("证件", "请按回执输入登记号"),
        ("S26-4071-3850-1", "请按回执输入登记号"),
        ("<b>", "请按回执输入登记号"),
        ("", "请输入声明的登记号"),
        ("\x00", "请按回执输入登记号"),
        ("x" * 5000, "请按回执输入登记号"),
    ],
)
def test_a_mistyped_reference_is_named(client, typed, said):
    enter(client, typed, "2222-2222-2222", status=422)
    assert said in text_of(client.page.select_one("#reference-error"))
    assert TOGETHER not in words(client)


@pytest.mark.one_database
@cases(("typed", "said"), [("", "请输入回执上的查询码"), ("2" * 41, "请只输入 12 位查询码")])
def test_a_code_that_is_none_is_named(client, reference, typed, said):
    enter(client, reference, typed, status=422)
    assert said in text_of(client.page.select_one("#code-error"))


@pytest.mark.one_database
def test_trying_codes_is_throttled(make_app, saving, reference):
    client = make_app(rate_limits=True).test_client()
    token = client.csrf_token("/follow")
    data = {"csrf_token": token, "reference": reference, "code": "2222-2222-2222"}
    answers = [client.post("/follow", data=data).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert "操作过于频繁" in words(client)
    links = [client.get(f"/follow/{reference}/2222-2222-2222").status_code for _ in range(31)]
    assert links == [404] * 30 + [429]


# The secret link


def test_the_secret_link_leaves_no_secret_in_the_address(client, saving, reference):
    answer = client.get(f"/follow/{reference}/{code_of(saving, reference)}")
    assert (answer.status_code, answer.location) == (303, f"/follow/{reference}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    client.get_page(f"/follow/{reference}")


@pytest.mark.one_database
@cases("secret", ["2222-2222-2222", "amend", "%00", "x" * 500, "é"])
@cases("lang", ["zh", "en"])
def test_a_wrong_link_is_answered_politely_and_without_a_hint(client, reference, secret, lang):
    client.get_page(f"/follow/{reference}/{secret}?lang={lang}", status=404)
    existing = client.response.get_data(as_text=True)
    client.get_page(f"/follow/S26-4071-3850/{secret}?lang={lang}", status=404)
    missing = client.response.get_data(as_text=True)
    assert existing.replace(reference, "S26-4071-3850") == missing
    assert ("此链接无法打开声明" if lang == "zh" else "This link opens no declaration") in words(client)
    assert client.get(f"/follow/{reference}").status_code == 303


@pytest.mark.one_database
@cases("path", ["", "/receipt", "/withdraw"])
def test_without_the_secret_the_page_asks_for_it(client, reference, path):
    client.get_page(f"/follow/{reference}{path}")
    assert client.url == f"/follow?reference={reference}"
    assert client.page.select_one("#reference")["value"] == reference
    assert client.get(f"/follow/S26-4071-3850{path}").status_code == 303, "nothing tells which references exist"


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["amend", "withdraw", "leave"])
def test_without_the_secret_nothing_is_done(client, saving, db, reference, path):
    token = client.csrf_token("/follow")
    answer = client.post(f"/follow/{reference}/{path}", data={"csrf_token": token, "reason": "x"})
    assert answer.location.startswith("/follow")
    assert stored(db, reference).status == "submitted"
    with client.session_transaction() as session:
        assert not session.get("follow")


@pytest.mark.one_database
@pytest.mark.parametrize("reference", ["nonsense", "S26-4071-3851", "%00", "x" * 2000])
def test_what_is_no_reference_is_no_page(client, reference):
    assert client.get(f"/follow/{reference}").status_code == 404
    assert client.get(f"/follow/{reference}/receipt").status_code == 404
    assert client.get(f"/follow/{reference}/2222-2222-2222").status_code == 404


@pytest.mark.one_database
def test_the_link_of_one_opens_no_other(client, saving, reference):
    opened(client, saving, reference)
    other = filed(saving, make.seal(), declarant="乙")
    assert client.get(f"/follow/{other}").status_code == 303
    assert client.get(f"/follow/{other}/receipt").status_code == 303


@pytest.mark.one_database
def test_it_can_be_closed_on_a_shared_computer(client, saving, reference):
    opened(client, saving, reference)
    client.submit("form[action$='/leave']")
    assert client.url == "/follow"
    assert "已在本机关闭" in words(client)
    assert client.get(f"/follow/{reference}").status_code == 303


@pytest.mark.one_database
def test_closing_it_closes_the_way_back_through_its_draft(client):
    declaring.up_to_proof(client)
    token = client.page.select_one("input[name=csrf_token]")["value"]
    reference = declaring.send(client)
    client.get_page(f"/follow/{reference}")
    client.submit("form[action$='/leave']")
    client.post("/declare/proof", data={"csrf_token": token, "truth": "y"})
    assert client.get(f"/follow/{reference}").status_code == 303


# The receipt


@pytest.mark.one_database
def test_a_sentence_with_numbers_that_print_covers_is_not_called_what_is_printed(client, saving):
    for documents, heading, note in (
        ((make.resident_id(), make.seal()), "声明内容", "报纸上除您选择完整刊登的以外也会遮盖"),
        ((make.resident_id(full_in_print=True),), "拟刊登内容", "公开页面会遮盖。"),
        ((make.seal(),), "拟刊登内容", ""),
    ):
        opened(client, saving, filed(saving, *documents))
        assert client.page.select_one(".section h2").get_text(strip=True) == heading
        assert note in text_of(client.page.select_one(".section"))
        client.follow("查看并打印回执")
        assert heading in [text_of(title) for title in client.page.select("h2")]


@pytest.mark.one_database
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_receipt_holds_the_keys(client, saving, reference, lang):
    code = code_of(saving, reference)
    opened(client, saving, reference, lang)
    client.follow("查看并打印回执" if lang == "zh" else "Show the receipt and print it")
    assert client.url == f"/follow/{reference}/receipt"
    assert text_of(client.page.select_one(".receipt-reference")) == reference
    assert text_of(client.page.select_one(".receipt-code")) == code
    assert client.page.select_one(".receipt-link a")["href"] == f"http://localhost/follow/{reference}/{code}"
    assert client.page.select_one(".receipt-picture")["src"].startswith("data:image/svg+xml")
    assert make.RESIDENT_ID in text_of(client.page.select_one(".receipt-sentence"))
    assert len(client.page.select(".receipt-steps li")) == 3
    client.follow("查看进度" if lang == "zh" else "Follow it now")
    assert client.url == f"/follow/{reference}"


@pytest.mark.one_database
def test_the_link_is_that_of_the_public_address(make_app, saving, reference):
    client = make_app(registry_url="https://register.example.cn").test_client()
    opened(client, saving, reference)
    client.get_page(f"/follow/{reference}/receipt")
    assert client.page.select_one(".receipt-link a")["href"].startswith("https://register.example.cn/follow/")


@pytest.mark.one_database
def test_the_secret_is_on_the_receipt_and_nowhere_else(client, saving, reference):
    code = code_of(saving, reference)
    published = printed(saving, make.seal())
    opened(client, saving, published)
    opened(client, saving, reference)
    pages = [
        f"/follow/{reference}",
        f"/follow/{reference}/withdraw",
        f"/follow?reference={reference}",
        f"/follow/{published}",
    ]
    pages += ["/", f"/declarations/{published}", "/declarations", "/declare"]
    for url in pages:
        answer = client.get(url, follow_redirects=True).get_data(as_text=True)
        assert code not in answer, url
        assert code.replace("-", "") not in answer, url
    assert code in client.get(f"/follow/{reference}/receipt").get_data(as_text=True)


@pytest.mark.one_database
def test_a_new_declaration_leads_to_its_receipt_and_on(client, saving):
    declaring.up_to_proof(client)
    reference = declaring.send(client)
    assert text_of(client.page.select_one(".receipt-code")) == code_of(saving, reference)
    client.follow("查看进度")
    assert "接下来由编辑审核" in words(client)


# Traces


@pytest.mark.one_database
def test_pages_of_one_person_are_kept_by_nobody(client, saving, reference):
    opened(client, saving, reference)
    for path in ("", "/receipt", "/withdraw"):
        headers = client.get(f"/follow/{reference}{path}").headers
        assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")


@pytest.mark.one_database
def test_the_log_has_neither_reference_nor_secret(client, saving, reference, caplog):
    code = code_of(saving, reference)
    with caplog.at_level("DEBUG"):
        client.get_page(f"/follow/{reference}/{code}")
        enter(client, reference, code)
    assert code not in caplog.text
    assert reference not in caplog.text
