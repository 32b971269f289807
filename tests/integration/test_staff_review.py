"""One declaration on the editor's desk, and every decision about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.declarations import editions, queries, service
from registry.declarations.entries import Contact
from registry.declarations.states import DECLARANT
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.desk import accepted, code_of, filed, printed, returned, stored, withdrawal_of, words
from tests.support.judge import text_of

REASON = "请写明遗失的是正本还是副本。\n第二行"
FORMS = {
    "approve": "form[action$='/approve']",
    "take_back": "form[action$='/take-back']",
    "return": "form[action$='/return']",
    "reject": "form[action$='/reject']",
    "withdraw": "form[action$='/withdraw']",
}


def url_of(reference):
    return f"/staff/declarations/{reference}"


def offered(client):
    """The decisions that the present page offers."""
    return {name for name, form in FORMS.items() if client.page.select_one(f"main {form}")}


def said(client, field):
    found = client.page.select_one(f"#{field}-error")
    assert found is not None, words(client)
    return text_of(found)


# What the page shows


def test_all_there_is_to_know(editor, saving):
    reference = filed(
        saving,
        make.resident_id(),
        make.work_id(),
        declarant="杨阔远",
        contact=Contact("杨先生", "13800138000", "yang@mail.example"),
        lost_on=make.today() - timedelta(days=3),
        lost_at="阳泉站",
    )
    editor.get_page(url_of(reference))
    page = words(editor)
    for part in (
        "因不慎将杨阔远的居民身份证丢失",
        "110105194912310",
        "北京市",
        "1949年12月31日",
        "杨先生",
        "13800138000",
        "yang@mail.example",
        "阳泉站",
        "符合规则",
        "声明人提交了声明",
    ):
        assert part.replace(" ", "") in page.replace(" ", ""), part
    assert "13800138000" in editor.page.select_one("a[href^='tel:']")["href"]


@pytest.mark.one_database
def test_the_sentence_is_shown_as_it_will_be_printed(editor, saving):
    masked = filed(saving, make.resident_id())
    whole = filed(saving, make.resident_id(full_in_print=True), declarant="张三")
    editor.get_page(url_of(masked))
    assert make.RESIDENT_ID not in text_of(editor.page.select_one(".clipping-sentence"))
    assert "*" in text_of(editor.page.select_one(".clipping-sentence"))
    editor.get_page(url_of(whole))
    assert make.RESIDENT_ID in text_of(editor.page.select_one(".clipping-sentence"))


@pytest.mark.one_database
def test_what_a_number_has_against_it_is_shown(editor, saving):
    reference = filed(saving, make.resident_id("110105194912310021", confirmed=True))
    editor.get_page(f"{url_of(reference)}?lang=en")
    assert "cannot be right" in words(editor)
    assert "The declarant confirmed that the document has it so." in words(editor)
    assert make.RESIDENT_ID in words(editor).split("Perhaps meant:")[1]


def test_other_declarations_of_the_number_are_linked(editor, saving):
    out = printed(saving, make.work_id("55501"), declarant="甲")
    reference = filed(saving, make.work_id("55501"), declarant="乙")
    editor.get_page(url_of(reference))
    assert "相同号码的其他声明" in words(editor)
    editor.follow(out)
    assert editor.url == url_of(out)


@pytest.mark.one_database
def test_an_erased_contact_is_said_to_be_erased(editor, saving):
    reference = printed(saving, make.seal())
    with saving() as session:
        queries.get_declaration(session, reference).contact_sealed = None
    editor.get_page(url_of(reference))
    assert "联系方式已清除" in words(editor)


@pytest.mark.one_database
def test_a_kind_that_left_the_catalogue_does_not_close_the_page(editor, saving):
    reference = filed(saving, make.work_id())
    with saving() as session:
        queries.get_declaration(session, reference).documents[0].kind = "gone"
    editor.get_page("/staff")
    editor.get_page(url_of(reference))
    assert "该种类已不在目录中" in words(editor)


@pytest.mark.one_database
@pytest.mark.parametrize("reference", ["S26-4071-3850", "S26-4071-3859", "nonsense", "%00", "x" * 3000])
def test_there_is_no_page_of_what_is_not_there(editor, reference):
    assert editor.get(url_of(reference)).status_code == 404
    assert editor.get(f"{url_of(reference)}/wording").status_code == 404


@pytest.mark.one_database
def test_the_secret_code_is_on_no_page_of_the_staff(editor, saving):
    reference = filed(saving, make.resident_id())
    code = code_of(saving, reference)
    for url in ("/staff", url_of(reference), f"{url_of(reference)}/wording", f"{url_of(reference)}/print"):
        answer = editor.get(url).get_data(as_text=True)
        assert code not in answer
        assert code.replace("-", "") not in answer


# Approving


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_approving_for_the_next_edition(editor, saving, db, lang):
    reference = filed(saving, make.seal())
    editor.get_page(f"{url_of(reference)}?lang={lang}")
    assert editor.page.select_one("#approve-day")["value"] == make.today().isoformat()
    editor.submit(FORMS["approve"])
    assert reference in words(editor)
    declaration = stored(db, reference)
    assert (declaration.status, declaration.edition.day) == ("approved", make.today())
    entry = declaration.history[-1]
    assert (entry.action, entry.actor, entry.reason) == ("approved", "editor", make.today().isoformat())
    assert entry.actor_id is not None
    assert entry.at is not None


def test_the_next_edition_is_the_first_that_is_not_out(editor, saving):
    printed(saving, make.licence())
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    assert editor.page.select_one("#approve-day")["value"] == (make.today() + timedelta(days=1)).isoformat()


def test_approving_for_a_chosen_day(editor, saving, db):
    reference = filed(saving, make.seal())
    day = make.today() + timedelta(days=9)
    editor.get_page(url_of(reference))
    editor.submit(FORMS["approve"], {"approve-day": day.isoformat()})
    assert stored(db, reference).edition.day == day


def test_the_chosen_edition_is_proposed_again_until_it_is_out(editor, saving):
    first, second, third = (filed(saving, make.seal(), declarant=name) for name in "甲乙丙")
    friday = make.today() + timedelta(days=4)
    editor.get_page(url_of(first))
    assert "与上一则相同" not in words(editor)
    editor.submit(FORMS["approve"], {"approve-day": friday.isoformat()})
    editor.get_page(url_of(second))
    assert editor.page.select_one("#approve-day")["value"] == friday.isoformat()
    assert "与上一则相同。下一期为" in words(editor)
    editor.submit(FORMS["approve"], {"approve-day": make.today().isoformat()})
    editor.get_page(url_of(third))
    assert editor.page.select_one("#approve-day")["value"] == make.today().isoformat()
    editor.submit(FORMS["approve"], {"approve-day": friday.isoformat()})
    with saving() as session:
        editions.publish(session, day=friday, today=friday, actor=make.an_editor(session))
    fourth = filed(saving, make.seal(), declarant="丁")
    editor.get_page(url_of(fourth))
    assert editor.page.select_one("#approve-day")["value"] == make.today().isoformat()


@pytest.mark.one_database
@pytest.mark.parametrize(("days", "advice"), [(-1, "所选日期已过"), (61, "请选择不晚于"), (0, "已经刊登，下一期为")])
def test_a_day_that_cannot_be_is_refused_with_advice(editor, saving, db, days, advice):
    printed(saving, make.licence())
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    editor.submit(FORMS["approve"], {"approve-day": (make.today() + timedelta(days=days)).isoformat()}, status=422)
    assert advice in said(editor, "approve-day")
    assert stored(db, reference).status == "submitted"


@pytest.mark.one_database
@cases("day", ["", "tomorrow", "2026-02-30", "0001-01-01", "9999-12-31", "\x00", "2026-11-20x"])
def test_what_is_no_day_is_refused(editor, saving, db, day):
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    editor.submit(FORMS["approve"], unchecked={"approve-day": day}, status=422)
    assert "请" in said(editor, "approve-day")
    assert stored(db, reference).status == "submitted"


def test_taking_back_an_approved_one(editor, saving, db):
    reference = filed(saving, make.seal())
    accepted(saving, reference)
    editor.get_page(url_of(reference))
    assert offered(editor) == {"take_back", "withdraw"}
    editor.submit(FORMS["take_back"])
    assert editor.url == url_of(reference)
    declaration = stored(db, reference)
    assert (declaration.status, declaration.edition) == ("submitted", None)
    assert "将其从刊期中撤下" in words(editor)


# Reasons


@pytest.mark.parametrize(
    ("name", "status"), [("return", "returned"), ("reject", "rejected"), ("withdraw", "withdrawn")]
)
def test_a_decision_with_its_reason(editor, saving, db, name, status):
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    editor.submit(FORMS[name], {f"{name}-reason": REASON})
    declaration = stored(db, reference)
    assert declaration.status == status
    assert declaration.history[-1].reason.replace("\r", "") == REASON
    assert declaration.history[-1].actor == "editor"
    assert f"{reference} " in words(editor)


@pytest.mark.one_database
@cases("name", ["return", "reject", "withdraw"])
@cases(
    ("reason", "advice"),
    [("", "请写明"), (" \n ", "请写明"), ("字" * 1001, "1000"), ("a\x00b", "U+0000"), ("a\u202eb", "U+202E")],
)
def test_a_reason_that_cannot_be_read_is_refused(editor, saving, db, name, reason, advice):
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    editor.submit(FORMS[name], {f"{name}-reason": reason}, status=422)
    assert advice in said(editor, f"{name}-reason").replace(",", "")
    assert editor.page.select_one("details[open]").select_one(f"#{name}-reason"), "the form at fault is open"
    assert len(editor.page.select(".error-summary a")) == 1
    assert stored(db, reference).status == "submitted"


@pytest.mark.one_database
def test_markup_in_a_reason_is_shown_as_text(editor, saving):
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    editor.submit(FORMS["return"], {"return-reason": "<script>alert(1)</script><b>"})
    editor.get_page(url_of(reference))
    assert "<script>alert(1)</script><b>" in text_of(editor.page.select_one(".history-reason"))


# What each status allows


@pytest.mark.one_database
def test_only_what_the_status_allows_is_offered(editor, saving, db):
    waiting = filed(saving, make.seal(), declarant="甲")
    editor.get_page(url_of(waiting))
    assert offered(editor) == {"approve", "return", "reject", "withdraw"}
    back = filed(saving, make.seal(), declarant="乙")
    returned(saving, back)
    editor.get_page(url_of(back))
    assert offered(editor) == {"reject", "withdraw"}
    out = printed(saving, make.seal(), declarant="丙")
    editor.get_page(url_of(out))
    assert offered(editor) == {"withdraw"}
    editor.get_page(url_of(back))
    editor.submit(FORMS["reject"], {"reject-reason": "无法核实"})
    assert editor.url == url_of(back), "who came from a list stays with the declaration"
    assert offered(editor) == set()
    assert "已办结" in words(editor)


@pytest.mark.one_database
def test_a_withdrawal_is_approved_or_refused_but_not_returned(editor, saving, db):
    withdrawal = withdrawal_of(saving, printed(saving, make.seal()))
    editor.get_page(url_of(withdrawal))
    assert offered(editor) == {"approve", "reject", "withdraw"}
    assert "已找到" in words(editor)
    assert "因不慎将杨阔远的公章丢失，声明作废。" in words(editor), "what it withdraws is there to compare"
    token = editor.page.select_one("input[name=csrf_token]")["value"]
    version = str(stored(db, withdrawal).version)
    answer = editor.post(
        f"{url_of(withdrawal)}/return",
        data={"csrf_token": token, "return-version": version, "return-reason": "x"},
    )
    assert answer.status_code == 409
    assert stored(db, withdrawal).status == "submitted"


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["approve", "take-back", "return", "reject"])
def test_a_decision_that_the_status_forbids_is_refused(editor, saving, db, path):
    reference = printed(saving, make.seal())
    before = stored(db, reference)
    token = editor.csrf_token("/staff/editions")
    name = path.replace("-", "_")
    day = (make.today() + timedelta(days=1)).isoformat()
    data = {"csrf_token": token, f"{name}-version": str(before.version), f"{name}-reason": "x", f"{name}-day": day}
    assert editor.post(f"{url_of(reference)}/{path}", data=data).status_code == 409
    after = stored(db, reference)
    assert (after.status, after.version, len(after.history)) == (before.status, before.version, len(before.history))


# Two editors


def test_a_decision_on_an_old_page_is_not_carried_out(editor, saving, db):
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        service.correct_wording(
            session,
            declaration,
            text="因不慎将杨阔远的公章丢失，特此声明作废。",
            actor=make.an_editor(session, "兰亦可"),
            version=declaration.version,
        )
    editor.submit(FORMS["return"], {"return-reason": REASON}, status=409)
    assert "您打开本页后，这则声明已有变动" in words(editor)
    assert "兰亦可修改了文字" in words(editor), "the page shows what has happened meanwhile"
    assert "特此声明作废" in text_of(editor.page.select_one(".clipping-sentence"))
    typed = editor.page.select_one("#return-reason")
    assert REASON in typed.get_text().replace("\r", ""), "nothing that was typed is lost"
    assert stored(db, reference).status == "submitted"
    editor.submit(FORMS["return"])
    assert stored(db, reference).status == "returned", "the page that came back is fresh"


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["approve", "reject", "withdraw", "take-back"])
def test_every_decision_asks_for_the_version_that_was_read(editor, saving, db, path):
    reference = filed(saving, make.seal())
    if path == "take-back":
        accepted(saving, reference)
    before = stored(db, reference).status
    name = path.replace("-", "_")
    token = editor.csrf_token("/staff/editions")
    for version in ("1", "", "x", "-1", "9" * 40, "²"):
        data = {
            "csrf_token": token,
            f"{name}-version": version,
            f"{name}-reason": "x",
            f"{name}-day": make.today().isoformat(),
        }
        assert editor.post(f"{url_of(reference)}/{path}", data=data).status_code == 409, version
    assert stored(db, reference).status == before


def test_the_declarant_may_be_quicker(editor, saving, db):
    reference = filed(saving, make.seal())
    editor.get_page(url_of(reference))
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        service.withdraw_unpublished(session, declaration, actor=DECLARANT, day=make.today(), reason="找到了")
    editor.submit(FORMS["approve"], status=409)
    assert "找到了" in words(editor)
    assert stored(db, reference).status == "withdrawn"
    assert stored(db, reference).edition is None


# Withdrawing what is out


def test_withdrawing_what_is_published_files_a_further_record(editor, saving, db):
    reference = printed(saving, make.seal())
    editor.get_page(url_of(reference))
    editor.submit(FORMS["withdraw"], {"withdraw-reason": "声明人来电，公章已找到"})
    withdrawal = editor.url.rsplit("/", 1)[-1]
    assert withdrawal != reference
    assert stored(db, reference).status == "published", "until the withdrawal is published"
    record = stored(db, withdrawal)
    assert (record.nature, record.status, record.follows.reference) == ("withdrawal", "submitted", reference)
    assert record.history[-1].actor == "editor"
    assert "声明人来电，公章已找到" in words(editor)
    editor.get_page(url_of(reference))
    assert offered(editor) == set()
    assert withdrawal in words(editor)


def test_a_second_withdrawal_is_refused(editor, saving, db):
    reference = printed(saving, make.seal())
    editor.get_page(url_of(reference))
    withdrawal_of(saving, reference)
    editor.submit(FORMS["withdraw"], {"withdraw-reason": "重复"}, status=409)
    assert len(stored(db, reference).followers) == 1


# Guards


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["approve", "take-back", "return", "reject", "withdraw", "wording"])
def test_no_decision_without_sign_in_or_token(client, editor, saving, db, path):
    reference = filed(saving, make.seal())
    token = client.csrf_token("/follow")
    assert client.post(f"{url_of(reference)}/{path}", data={"csrf_token": token}).status_code == 403
    assert editor.post(f"{url_of(reference)}/{path}").status_code == 400
    assert stored(db, reference).version == stored(db, reference).version
    assert stored(db, reference).status == "submitted"
