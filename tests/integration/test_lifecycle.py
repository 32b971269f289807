"""The life of a declaration, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registry.db.tables import Declaration
from registry.declarations import editions, queries, service
from registry.declarations.entries import EntryRefused
from registry.declarations.records import Reveal, contact_of, entry_of, numbers_of, statement_of
from registry.declarations.states import DECLARANT, TRANSITIONS, change_status
from registry.errors import StaleChange, TransitionRefused, WordingRefused
from tests.support import factories as make
from tests.support.cases import cases


def actions(declaration):
    return [(event.action, event.from_status, event.to_status, event.actor) for event in declaration.history]


def test_a_submitted_declaration_waits_with_its_sentence_and_history(session):
    declaration = make.submitted(session)
    assert declaration.status == "submitted"
    assert declaration.statement == "因不慎将杨阔远的工作证丢失，工作证号为⟦1⟧，声明作废。"
    assert statement_of(session, declaration, Reveal.FULL).count(make.WORK_NUMBER) == 1
    assert actions(declaration) == [
        ("begun", None, "draft", "declarant"),
        ("submitted", "draft", "submitted", "declarant"),
    ]
    assert contact_of(session, declaration).phone == make.PHONE
    assert queries.get_declaration(session, declaration.reference) is declaration


def test_a_sensitive_number_is_printed_whole_only_where_its_declarant_chose_so(session):
    masked = make.submitted(session, make.resident_id())
    chosen = make.submitted(session, make.resident_id(full_in_print=True))
    assert make.RESIDENT_ID not in statement_of(session, masked, Reveal.AS_CHOSEN)
    assert make.RESIDENT_ID in statement_of(session, chosen, Reveal.AS_CHOSEN)
    assert make.RESIDENT_ID not in statement_of(session, chosen, Reveal.MASKED)


def test_a_resident_id_typed_as_another_number_is_sealed_too(session):
    declaration = make.submitted(
        session, make.DocumentEntry("other", "会员卡", numbers=(make.number(f"甲{make.RESIDENT_ID}"),))
    )
    (number,) = numbers_of(declaration)
    assert number.sensitive
    assert make.RESIDENT_ID not in statement_of(session, declaration)


def test_public_numbers_stay_readable(session):
    declaration = make.submitted(session, make.licence())
    (number,) = numbers_of(declaration)
    assert (number.printed, number.sealed, number.key) == (make.COMPANY_CODE, None, make.COMPANY_CODE)


def test_a_returned_declaration_is_amended_and_comes_back(session):
    editor = make.an_editor(session)
    declaration = make.submitted(session, make.work_id(), make.seal())
    service.return_to_declarant(session, declaration, reason="请核对编号", actor=editor, version=declaration.version)
    entry = entry_of(session, declaration)
    assert entry.documents[0].numbers[0].text == make.WORK_NUMBER
    service.resubmit(session, declaration, make.entry(make.work_id("2036254085334")), day=make.today())
    assert declaration.status == "submitted"
    assert statement_of(session, declaration, Reveal.FULL).endswith("工作证号为2036254085334，声明作废。")
    assert [event.action for event in declaration.history] == ["begun", "submitted", "returned", "resubmitted"]
    assert declaration.history[2].reason == "请核对编号"
    assert declaration.history[2].actor_id == editor.staff_id


def test_only_a_returned_declaration_is_amended(session):
    with pytest.raises(TransitionRefused):
        service.resubmit(session, make.submitted(session), make.entry(), day=make.today())


def test_an_edition_publishes_what_was_approved_for_it_and_nothing_else(session):
    editor = make.an_editor(session)
    first, second, waiting = make.submitted(session), make.submitted(session, make.seal()), make.submitted(session)
    make.approved(session, first, editor)
    make.approved(session, second, editor)
    edition = editions.publish(session, day=make.today(), today=make.today(), actor=editor)
    assert edition.number == 1
    assert {first.status, second.status, waiting.status} == {"published", "submitted"}
    assert first.published_on == make.today()
    assert editions.list_column(session, edition) == [second, first], "seals stand before cards"
    assert make.publish(session, waiting).number == 2


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_an_edition_is_published_once_when_it_is_due_and_not_empty(session, shift):
    editor = make.an_editor(session)
    day = make.today() + timedelta(days=shift)
    declaration = make.submitted(session)
    if shift < 0:
        with pytest.raises(TransitionRefused):
            make.approved(session, declaration, editor, day)
        return
    make.approved(session, declaration, editor, day)
    if shift > 0:
        with pytest.raises(TransitionRefused):
            editions.publish(session, day=day, today=make.today(), actor=editor)
        return
    editions.publish(session, day=day, today=make.today(), actor=editor)
    with pytest.raises(TransitionRefused):
        editions.publish(session, day=day, today=make.today(), actor=editor)
    with pytest.raises(TransitionRefused):
        make.approved(session, make.submitted(session), editor, day)
    assert editions.next_edition_day(session, make.today()) == day + timedelta(days=1)


def test_an_empty_edition_is_not_published(session):
    editor = make.an_editor(session)
    declaration = make.approved(session, make.submitted(session), editor)
    service.take_back(session, declaration, actor=editor, version=declaration.version)
    assert (declaration.status, declaration.edition) == ("submitted", None)
    with pytest.raises(TransitionRefused):
        editions.publish(session, day=make.today(), today=make.today(), actor=editor)


def test_a_withdrawal_takes_effect_when_it_is_published(session):
    declaration = make.published(session)
    further = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="已找到")
    assert declaration.status == "published"
    with pytest.raises(TransitionRefused):
        service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="再来一次")
    edition = make.publish(session, further)
    assert declaration.status == "withdrawn"
    assert declaration.withdrawn_on == edition.day
    assert declaration.history[-1].reason == further.reference
    assert further.statement.endswith(f"（登记号{declaration.reference}）现予撤销，特此声明。")
    with pytest.raises(TransitionRefused):
        service.file_withdrawal(session, further, actor=DECLARANT, day=make.today(), reason="撤销撤销")


def test_a_correction_is_a_further_record_that_ends_the_first(session):
    declaration = make.published(session)
    further = service.submit(
        session,
        make.entry(make.work_id("2036254085334")),
        day=make.today(),
        about=service.About(declaration, "correction"),
    )
    assert "有误，更正为：因不慎将杨阔远的工作证丢失" in further.statement
    make.publish(session, further)
    assert (declaration.status, further.status) == ("corrected", "published")
    assert statement_of(session, declaration, Reveal.FULL).endswith(f"{make.WORK_NUMBER}，声明作废。")


def test_before_publication_a_declarant_withdraws_at_once(session):
    declaration = make.submitted(session)
    service.withdraw_unpublished(session, declaration, actor=DECLARANT, day=make.today(), reason="找到了")
    assert declaration.status == "withdrawn"
    with pytest.raises(TransitionRefused):
        service.withdraw_unpublished(session, declaration, actor=DECLARANT, day=make.today(), reason="")


def test_every_step_outside_the_table_is_refused(session):
    for before, allowed in TRANSITIONS.items():
        for after in TRANSITIONS.keys() - allowed:
            with pytest.raises(TransitionRefused):
                change_status(session, Declaration(status=before), after, actor=DECLARANT, action="tried")


def test_an_editor_who_read_an_older_state_is_stopped(session):
    editor = make.an_editor(session)
    declaration = make.submitted(session)
    seen = declaration.version
    service.correct_wording(
        session,
        declaration,
        text=statement_of(session, declaration, Reveal.FULL).replace("因不慎将", "兹将"),
        actor=editor,
        version=seen,
    )
    with pytest.raises(StaleChange):
        service.reject(session, declaration, reason="重复", actor=editor, version=seen)


def test_a_corrected_wording_keeps_its_numbers_sealed_and_its_history(session):
    editor = make.an_editor(session)
    declaration = make.submitted(session, make.resident_id())
    wording = f"兹有杨阔远的居民身份证不慎遗失，身份证号为{make.RESIDENT_ID}，声明作废。"
    service.correct_wording(session, declaration, text=wording, actor=editor, version=declaration.version)
    assert declaration.statement == "兹有杨阔远的居民身份证不慎遗失，身份证号为⟦1⟧，声明作废。"
    assert make.RESIDENT_ID not in declaration.history[-1].reason


@pytest.mark.parametrize(
    ("wording", "missing"),
    [
        ("因不慎将杨阔的工作证丢失，工作证号为2036254085333，声明作废。", ("杨阔远",)),
        ("因不慎将杨阔远的工作证丢失，声明作废。", ("2036254085333",)),
        ("", ("杨阔远", "工作证", "2036254085333")),
        ("因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。\x00", ()),
        ("因不慎将杨阔远的工作证丢失，工作证号为2036254085333，身份证11010519491231002X，声明作废。", ()),
        ("因不慎将杨阔远的工作证丢失，工作证号为2036254085333，声明作废。" + "废" * 2000, ()),
    ],
)
def test_a_wording_that_lost_or_gained_too_much_is_refused(session, wording, missing):
    editor = make.an_editor(session)
    declaration = make.submitted(session)
    before = declaration.statement
    with pytest.raises(WordingRefused) as caught:
        service.correct_wording(session, declaration, text=wording, actor=editor, version=declaration.version)
    assert caught.value.missing == missing
    assert declaration.statement == before


@cases(
    "entry",
    [
        make.entry(declarant=""),
        make.entry(declarant="名" * 101),
        make.entry(declarant="杨\x00阔远"),
        make.entry(declarant="⟦1⟧"),
        make.entry(declarant=make.RESIDENT_ID),
        make.entry(declarant_type="robot"),
        make.entry(make.DocumentEntry("no_such_kind", "证")),
        make.entry(make.DocumentEntry("work_id", "")),
        make.entry(make.DocumentEntry("work_id", "工作证", numbers=(make.NumberEntry("nothing", "12", "编号"),))),
        make.entry(make.resident_id("110105194912310021")),
        make.entry(*[make.seal()] * 21),
    ],
)
def test_what_no_form_lets_through_becomes_no_record(session, entry):
    with pytest.raises(EntryRefused):
        service.submit(session, entry, day=make.today())


def test_an_impossible_number_is_kept_when_it_is_printed_so(session):
    declaration = make.submitted(session, make.resident_id("110105194912310021", confirmed=True))
    (number,) = numbers_of(declaration)
    assert number.confirmed


def test_duplicates_are_other_declarations_of_the_same_number(session):
    first = make.published(session)
    second = make.submitted(session)
    rejected = make.submitted(session)
    service.reject(session, rejected, reason="重复", actor=make.an_editor(session), version=rejected.version)
    found = queries.find_duplicates(session, second)
    assert [number.document.declaration.reference for number in found] == [first.reference]


def test_an_old_resident_id_is_a_duplicate_of_its_new_form(session):
    first = make.published(session, make.resident_id("110105491231002"))
    (found,) = queries.find_duplicates(session, make.submitted(session, make.resident_id()))
    assert found.document.declaration is first


def test_the_secret_code_is_known_in_any_spelling(session):
    declaration = make.submitted(session)
    code = service.secret_of(session, declaration)
    assert len(code) == 14
    assert service.is_secret_of(session, declaration, f" {code.lower().replace('-', ' ')} ")
    assert not service.is_secret_of(session, declaration, "")
    assert not service.is_secret_of(session, declaration, code[:-1])
    assert not service.is_secret_of(session, declaration, "é")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("declaration", "status = 'lost'"),
        ("declaration", "nature = 'correction'"),
        ("declaration", "declarant = ''"),
        ("declaration", "status = 'approved', edition_id = NULL"),
        ("document_number", "printed = '2036254085333'"),
        ("document_number", "key = '2036254085333'"),
        ("document_number", "sealed = NULL"),
        ("history_entry", "actor = 'editor'"),
    ],
)
def test_the_tables_refuse_what_the_services_never_write(session, table, change):
    make.submitted(session)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE {table} SET {change}"))


def test_contacts_and_drafts_are_erased_after_their_term(session):
    done, waiting = make.published(session), make.submitted(session)
    after = done.submitted_at + timedelta(seconds=90)
    assert queries.erase_contacts(session, before=done.submitted_at) == 0
    assert queries.erase_contacts(session, before=after) == 1
    assert contact_of(session, done) is None
    assert contact_of(session, waiting) is not None
