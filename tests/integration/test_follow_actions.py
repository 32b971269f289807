"""What a declarant reads and may do: each state in plain words, amending, correcting, withdrawing."""

from __future__ import annotations

import pytest
from sqlmodel import select

from registry.db.tables import Declaration
from registry.declarations import editions, queries, service
from tests.support import declaring
from tests.support import factories as make
from tests.support.desk import accepted, code_of, filed, opened, printed, returned, stored, withdrawal_of, words
from tests.support.judge import text_of


@pytest.fixture
def client(app):
    """A client that keeps no request open: some tests have two."""
    return app.test_client()


@pytest.fixture
def reference(saving):
    return filed(saving, make.resident_id())


def offered(client):
    """What the page offers to do."""
    main = client.page.select_one("main")
    actions = {
        "amend": main.select_one("form[action$='/amend']"),
        "withdraw": main.select_one("a[href$='/withdraw']"),
    }
    return {name for name, found in actions.items() if found}


# States in plain words


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", "接下来由编辑审核"), ("en", "An editor reads it next")])
def test_waiting_for_review(client, saving, reference, lang, said):
    opened(client, saving, reference, lang)
    assert said in words(client)
    assert offered(client) == {"withdraw"}


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", "需要修改后才能刊登"), ("en", "Something has to be changed")])
def test_returned(client, saving, reference, lang, said):
    returned(saving, reference, "请写明正本还是副本。\n谢谢")
    opened(client, saving, reference, lang)
    assert said in words(client)
    assert "请写明正本还是副本。\n谢谢" in client.page.select_one(".their-words").get_text()
    assert offered(client) == {"amend", "withdraw"}


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", "已审核通过，将于"), ("en", "will be published in the edition of")])
def test_accepted(client, saving, reference, lang, said):
    accepted(saving, reference)
    opened(client, saving, reference, lang)
    assert said in words(client)
    assert offered(client) == {"withdraw"}


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", "第1期刊登"), ("en", "in edition No. 1")])
def test_published(client, saving, lang, said):
    reference = printed(saving, make.seal())
    opened(client, saving, reference, lang)
    assert said in words(client)
    assert offered(client) == {"amend", "withdraw"}
    assert client.page.select_one(f"main a[href='/declarations/{reference}']")


@pytest.mark.one_database
@pytest.mark.parametrize(("lang", "said"), [("zh", "未予刊登"), ("en", "will not be published")])
def test_rejected(client, saving, reference, lang, said):
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        actor = make.an_editor(session)
        service.reject(session, declaration, reason="不属于遗失", actor=actor, version=declaration.version)
    opened(client, saving, reference, lang)
    assert said in words(client)
    assert "不属于遗失" in client.page.select_one(".their-words").get_text()
    assert offered(client) == set()


def publish_further(saving, reference):
    with saving() as session:
        make.publish(session, queries.get_declaration(session, reference))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_withdrawn_after_publication(client, saving, lang):
    reference = printed(saving, make.seal())
    withdrawal = withdrawal_of(saving, reference)
    publish_further(saving, withdrawal)
    opened(client, saving, reference, lang)
    assert ("不再有效" if lang == "zh" else "no longer in force") in words(client)
    assert offered(client) == set()
    client.follow(withdrawal)
    assert client.url == f"/follow/{withdrawal}"
    assert ("原声明不再有效" if lang == "zh" else "The earlier declaration is no longer in force") in words(client)
    assert offered(client) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_corrected(client, saving, lang):
    reference = printed(saving, make.work_id("55501"))
    with saving() as session:
        about = service.About(queries.get_declaration(session, reference), "correction")
        correction = service.submit(session, make.entry(make.work_id("55502")), day=make.today(), about=about).reference
    publish_further(saving, correction)
    opened(client, saving, reference, lang)
    assert ("以您的更正声明为准" if lang == "zh" else "your correction counts in its place") in words(client)
    client.follow(correction)
    assert offered(client) == {"amend", "withdraw"}, "a correction can itself be corrected"


@pytest.mark.one_database
def test_under_objection(client, saving):
    reference = printed(saving, make.seal())
    with saving() as session:
        session.exec(select(Declaration).where(Declaration.reference == reference)).one().status = "contested"
    opened(client, saving, reference)
    assert "有人提出异议" in words(client)
    assert offered(client) == {"amend", "withdraw"}


@pytest.mark.one_database
def test_no_page_of_the_declarant_names_the_staff(client, saving, reference):
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        actor = make.an_editor(session, "兰亦可")
        service.return_to_declarant(session, declaration, reason="请改", actor=actor, version=declaration.version)
        service.resubmit(session, declaration, make.entry(make.seal()), day=make.today())
        make.approved(session, declaration, actor)
        editions.publish(session, day=make.today(), today=make.today(), actor=actor)
    opened(client, saving, reference)
    for url in (f"/follow/{reference}", f"/follow/{reference}/receipt", f"/declarations/{reference}"):
        assert "兰亦可" not in client.get(url).get_data(as_text=True)
    client.get_page(f"/follow/{reference}")
    history = [text_of(line) for line in client.page.select(".history li p")]
    assert [line.split(" · ")[0] for line in history] == [
        "编辑在第1期刊登",
        f"编辑审核通过，安排在{make.today():%Y年}{make.today().month}月{make.today().day}日刊登",
        "您修改后重新提交",
        "编辑退回修改",
        "您提交了声明",
    ]


# Amending and correcting


def test_a_returned_declaration_is_amended_and_handed_in_again(client, saving, db):
    reference = filed(saving, make.work_id("55501"), declarant="杨阔远")
    returned(saving, reference)
    opened(client, saving, reference)
    client.submit("form[action$='/amend']")
    assert client.url == "/declare/proof"
    assert "55501" in words(client)
    client.follow("修改")
    client.submit(data={"number-text": "55502"})
    assert client.url == "/declare/proof"
    assert declaring.send(client) == reference
    assert stored(db, reference).status == "submitted"
    client.get_page(f"/follow/{reference}")
    assert "55502" in text_of(client.page.select_one(".clipping-sentence"))
    assert "您修改后重新提交" in words(client)
    assert offered(client) == {"withdraw"}


def test_a_published_declaration_is_corrected_by_a_further_record(client, saving, db):
    reference = printed(saving, make.work_id("55501"))
    opened(client, saving, reference)
    client.submit("form[action$='/amend']")
    assert client.url == "/declare/proof"
    correction = declaring.send(client)
    assert correction != reference
    record = stored(db, correction)
    assert (record.nature, record.follows.reference, record.status) == ("correction", reference, "submitted")
    client.get_page(f"/follow/{reference}")
    assert offered(client) == set(), "one further record at a time"
    client.follow(correction)
    assert client.url == f"/follow/{correction}"
    assert offered(client) == {"withdraw"}


@pytest.mark.one_database
@pytest.mark.parametrize("made", [filed, printed])
def test_what_cannot_be_amended_now_says_so(client, saving, made):
    reference = made(saving, make.seal())
    opened(client, saving, reference)
    token = client.page.select_one("input[name=csrf_token]")["value"]
    if made is printed:
        withdrawal_of(saving, reference)
    client.post(f"/follow/{reference}/amend", data={"csrf_token": token}, follow_redirects=True)
    assert client.url == f"/follow/{reference}"
    assert "目前不能修改" in words(client)


@pytest.mark.one_database
def test_a_withdrawal_has_nothing_to_amend(client, saving):
    withdrawal = withdrawal_of(saving, printed(saving, make.seal()))
    opened(client, saving, withdrawal)
    token = client.page.select_one("input[name=csrf_token]")["value"]
    client.post(f"/follow/{withdrawal}/amend", data={"csrf_token": token}, follow_redirects=True)
    assert "目前不能修改" in words(client)


# Withdrawing


@pytest.mark.parametrize(("state", "lang"), [("submitted", "zh"), ("returned", "en"), ("approved", "zh")])
def test_withdrawing_before_publication_ends_it(client, saving, db, reference, state, lang):
    if state == "returned":
        returned(saving, reference)
    if state == "approved":
        accepted(saving, reference)
    opened(client, saving, reference, lang)
    client.get_page(f"/follow/{reference}/withdraw")
    assert stored(db, reference).status == state, "looking is not withdrawing"
    client.submit(data={"reason": "证件找到了"})
    assert client.url == f"/follow/{reference}"
    assert ("不会刊登" if lang == "zh" else "will not be published") in words(client)
    declaration = stored(db, reference)
    assert (declaration.status, declaration.edition, declaration.published_on) == ("withdrawn", None, None)
    entry = declaration.history[-1]
    assert (entry.actor, entry.reason) == ("declarant", "证件找到了")
    assert offered(client) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_withdrawing_what_is_published_takes_effect_when_that_is_published(client, saving, db, lang):
    reference = printed(saving, make.seal())
    opened(client, saving, reference, lang)
    client.get_page(f"/follow/{reference}/withdraw")
    assert ("自刊登之日起生效" if lang == "zh" else "takes effect on that day") in words(client)
    client.submit(data={"reason": "公章找到了"})
    withdrawal = client.url.rsplit("/", 1)[-1]
    assert withdrawal != reference
    assert ("撤销声明已提交" if lang == "zh" else "Your withdrawal was handed in") in words(client)
    assert stored(db, reference).status == "published"
    client.get_page(f"/follow/{withdrawal}/receipt")
    assert text_of(client.page.select_one(".receipt-code")) == code_of(saving, withdrawal)
    publish_further(saving, withdrawal)
    assert stored(db, reference).status == "withdrawn"


@pytest.mark.one_database
def test_a_pending_withdrawal_can_be_taken_back(client, saving, db):
    reference = printed(saving, make.seal())
    withdrawal = withdrawal_of(saving, reference)
    opened(client, saving, reference)
    client.get_page(f"/follow/{withdrawal}/withdraw")
    assert "原声明继续有效" in words(client)
    client.submit(data={"reason": "还是没找到"})
    assert (stored(db, withdrawal).status, stored(db, reference).status) == ("withdrawn", "published")
    client.get_page(f"/follow/{reference}")
    assert offered(client) == {"amend", "withdraw"}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("reason", "said"), [("", "请简要写明"), ("  ", "请简要写明"), ("字" * 501, "500"), ("a\x00", "U+0000")]
)
def test_a_reason_that_cannot_be_read_is_refused(client, saving, db, reference, reason, said):
    opened(client, saving, reference)
    client.get_page(f"/follow/{reference}/withdraw")
    client.submit(data={"reason": reason}, status=422)
    assert said in text_of(client.page.select_one("#reason-error"))
    assert stored(db, reference).status == "submitted"


@pytest.mark.one_database
def test_what_cannot_be_withdrawn_now_says_so(client, saving, db):
    reference = printed(saving, make.seal())
    opened(client, saving, reference)
    client.get_page(f"/follow/{reference}/withdraw")
    withdrawal_of(saving, reference)
    client.submit(data={"reason": "x"})
    assert client.url == f"/follow/{reference}"
    assert "目前不能撤销" in words(client)
    assert len(stored(db, reference).followers) == 1
    client.get_page(f"/follow/{reference}/withdraw")
    assert client.url == f"/follow/{reference}"
