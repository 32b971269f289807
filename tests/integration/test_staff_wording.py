"""Correcting a sentence: what must stay, what may not come in, and what is on record."""

from __future__ import annotations

import pytest

from registry.declarations import queries, service
from registry.declarations.records import Reveal, statement_of
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.desk import accepted, code_of, filed, printed, returned, stored, withdrawal_of, words
from tests.support.judge import text_of

ID = make.RESIDENT_ID
SENTENCE = f"因不慎将杨阔远的居民身份证丢失，身份证号为{ID}，声明作废。"
BETTER = f"杨阔远不慎遗失居民身份证，身份证号为{ID}，特此声明作废。"


def url_of(reference):
    return f"/staff/declarations/{reference}/wording"


def errors(client):
    return text_of(client.page.select_one("#sentence-error"))


def sentence_of(db, reference, reveal=Reveal.FULL):
    with db.session(write=False) as session:
        return statement_of(session, queries.get_declaration(session, reference), reveal)


@pytest.fixture
def reference(saving):
    return filed(saving, make.resident_id())


@pytest.mark.one_database
def test_the_page_shows_the_sentence_and_what_has_to_stay(editor, reference):
    editor.get_page(url_of(reference))
    assert editor.page.select_one("#sentence").get_text().strip() == SENTENCE
    assert [text_of(item) for item in editor.page.select(".must-stay li")] == ["杨阔远", "居民身份证", ID]


def test_a_corrected_sentence_is_kept_with_who_and_what(editor, reference, db, saving):
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": f"  {BETTER}\n"})
    assert editor.url == f"/staff/declarations/{reference}"
    assert "文字已修改" in words(editor)
    assert sentence_of(db, reference) == BETTER
    declaration = stored(db, reference)
    assert declaration.wording_corrected
    assert ID not in declaration.statement
    entry = declaration.history[-1]
    assert (entry.action, entry.actor, ID in entry.reason) == ("wording_corrected", "editor", False)
    change = editor.page.select_one(".history-change")
    assert "因不慎将杨阔远的居民身份证丢失" in text_of(change.select_one("del"))
    assert "特此声明作废" in text_of(change.select_one("ins"))
    assert ID not in text_of(change), "the history shows numbers masked"
    assert "*" in text_of(change)


@pytest.mark.one_database
def test_the_editor_is_named_to_staff_and_not_to_the_declarant(editor, client, reference, saving):
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": BETTER})
    assert "编辑修改了文字" in words(editor), "the first editor's name is 编辑"
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        actor = make.an_editor(session, "兰亦可")
        service.correct_wording(session, declaration, text=SENTENCE, actor=actor, version=declaration.version)
    editor.get_page(f"/staff/declarations/{reference}")
    assert "兰亦可修改了文字" in words(editor)
    client.get_page(f"/follow/{reference}/{code_of(saving, reference)}")
    assert "兰亦可" not in client.response.get_data(as_text=True)
    assert words(client).count("编辑修改了文字") == 2


@pytest.mark.one_database
@cases(
    ("sentence", "named"),
    [
        ("因不慎将居民身份证丢失，身份证号为11010519491231002X，声明作废。", "杨阔远"),
        ("因不慎将杨阔远的证件丢失，身份证号为11010519491231002X，声明作废。", "居民身份证"),
        ("因不慎将杨阔远的居民身份证丢失，身份证号为110105194912310021，声明作废。", ID),
        ("因不慎将杨阔远的居民身份证丢失，身份证号为110105 19491231 002X，声明作废。", ID),
        ("因不慎将杨阔远的居民身份证丢失，身份证号为110***********002X，声明作废。", ID),
    ],
)
@cases("button", ["保存文字", "查看刊登效果"])
def test_what_vanished_is_named(editor, reference, db, sentence, named, button):
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": sentence}, button=button, status=422)
    assert f"请补上“{named}”" in errors(editor)
    assert editor.page.select_one("#sentence").get_text().strip() == sentence, "what was typed is kept"
    assert sentence_of(db, reference) == SENTENCE


@pytest.mark.one_database
def test_everything_that_vanished_is_named_at_once(editor, reference):
    editor.get_page(f"{url_of(reference)}?lang=en")
    editor.submit(data={"sentence": "声明作废。"}, status=422)
    assert [text_of(link) for link in editor.page.select(".error-summary li")] == [
        f"Put back “{part}”: the record has it, so the sentence must" for part in ("杨阔远", "居民身份证", ID)
    ]


@pytest.mark.one_database
@cases(
    "extra",
    ["\x00", "\u202e", "😀", "\ue000", "⟦1⟧", "⟦9⟧", "⟧", "11010519491231002x5", "130503670401001", "字" * 2000],
)
def test_what_cannot_be_printed_is_refused(editor, reference, db, extra):
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": SENTENCE + extra}, status=422)
    assert "请" in errors(editor)
    assert sentence_of(db, reference) == SENTENCE


@pytest.mark.one_database
def test_markup_is_shown_as_text(editor, reference, db):
    sentence = SENTENCE.replace("声明作废", "<b>声明</b>作废&amp;")
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": sentence})
    assert "<b>声明</b>作废&amp;" in text_of(editor.page.select_one(".clipping-sentence"))


@pytest.mark.one_database
def test_a_sentence_that_did_not_change_leaves_no_trace(editor, reference, db):
    editor.get_page(url_of(reference))
    editor.submit()
    assert "文字没有变化" in words(editor)
    declaration = stored(db, reference)
    assert (declaration.wording_corrected, declaration.version) == (False, 2)


@pytest.mark.one_database
def test_the_sentence_is_shown_in_print_before_it_is_saved(editor, reference, db):
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": BETTER}, button="查看刊登效果")
    preview = text_of(editor.page.select_one(".preview"))
    assert preview.startswith("■杨阔远不慎遗失")
    assert ID not in preview, "the declarant had it covered in print"
    assert sentence_of(db, reference) == SENTENCE, "nothing is saved yet"
    editor.submit()
    assert sentence_of(db, reference) == BETTER


@pytest.mark.one_database
def test_a_number_that_stands_twice_has_to_stand_twice(editor, saving, db):
    reference = filed(saving, make.work_id("55501"), make.work_id("55501"))
    before = sentence_of(db, reference)
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": before.replace("55501", "", 1)}, status=422)
    assert "55501" in errors(editor)
    editor.submit(data={"sentence": before.replace("声明作废", "特此声明作废")})
    assert sentence_of(db, reference) == before.replace("声明作废", "特此声明作废")


@pytest.mark.one_database
def test_a_correction_keeps_the_reference_of_what_it_corrects(editor, saving, db):
    earlier = printed(saving, make.seal())
    withdrawal = withdrawal_of(saving, earlier)
    sentence = sentence_of(db, withdrawal)
    assert earlier in sentence
    editor.get_page(url_of(withdrawal))
    editor.submit(data={"sentence": sentence.replace(earlier, "")}, status=422)
    assert earlier in errors(editor)


def test_an_approved_one_can_be_corrected_and_a_published_one_cannot(editor, saving, db):
    approved = filed(saving, make.seal())
    accepted(saving, approved)
    editor.get_page(url_of(approved))
    editor.submit(data={"sentence": "杨阔远不慎遗失公章，声明作废。"})
    assert sentence_of(db, approved) == "杨阔远不慎遗失公章，声明作废。"
    assert stored(db, approved).status == "approved"
    for reference in (printed(saving, make.licence()), filed(saving, make.seal(), declarant="乙")):
        if stored(db, reference).status == "submitted":
            returned(saving, reference)
        editor.get_page(url_of(reference))
        assert editor.url == f"/staff/declarations/{reference}"
        assert "只有刊登前才能修改文字" in words(editor)


def test_another_editor_was_quicker(editor, saving, reference, db):
    editor.get_page(url_of(reference))
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        actor = make.an_editor(session)
        service.correct_wording(
            session, declaration, text=SENTENCE.replace("因不慎", "不慎"), actor=actor, version=declaration.version
        )
    editor.submit(data={"sentence": BETTER}, status=409)
    assert "已有变动" in words(editor)
    assert "不慎将杨阔远" in text_of(editor.page.select_one("aside .clipping-sentence"))
    assert editor.page.select_one("#sentence").get_text().strip() == BETTER
    editor.submit()
    assert sentence_of(db, reference) == BETTER


@pytest.mark.one_database
def test_an_amended_record_does_not_lend_its_numbers_to_an_older_wording(editor, saving, reference, db):
    editor.get_page(url_of(reference))
    editor.submit(data={"sentence": BETTER})
    returned(saving, reference)
    with saving() as session:
        service.resubmit(
            session,
            queries.get_declaration(session, reference),
            make.entry(make.work_id("777888999")),
            day=make.today(),
        )
    editor.get_page(f"/staff/declarations/{reference}")
    change = text_of(editor.page.select_one(".history-change"))
    assert "……" in change
    assert "777888999" not in change
