"""Proofs of publication: who gets one, what stands on it, and what whoever types its code is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from registry import clock
from registry.config import Settings
from registry.db import keys
from registry.db.engine import Database
from registry.declarations import paper_codes, service
from registry.declarations.publications import ForgedCode, find_publication, parse_code, prove
from registry.declarations.queries import get_declaration
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.errors import TransitionRefused
from registry.printing.setting import Run
from registry.printing.sizes import LONGEST, set_text
from registry.web import sheets
from tests.integration.test_notice_sheet import closed_up, pages_of
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.judge import text_of
from tests.support.sheets import text_of_size

pytestmark = pytest.mark.one_database

CODE = re.compile(r"([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}")
COMPANY = "山西顺合昌物流有限公司"
ELSEWHERE = "2222-2222-2222-2222"


def code_of(saving, **changes):
    with saving() as session:
        return prove(session, make.published(session, **changes), today=make.today()).code


def altered(code):
    """The code with another character at its beginning, its check character made to fit."""
    body = code.replace("-", "")[:-1]
    other = next(character for character in paper_codes.ALPHABET if character != body[0])
    return paper_codes.make_code(other + body[1:])


def as_editors_see(client, saving, *documents, **changes):
    with saving() as session:
        declaration = make.published(session, *documents, **changes)
        reference, secret = declaration.reference, service.secret_of(session, declaration)
    client.get_page(f"/follow/{reference}/{secret}")
    return reference


def test_a_code_names_its_declaration_and_the_day_of_its_sheet(session):
    declaration = make.published(session)
    later = make.today() + timedelta(days=400)
    codes = {prove(session, declaration, today=day).code: day for day in (make.today(), later)}
    assert len(codes) == 2
    for code, day in codes.items():
        assert CODE.fullmatch(code)
        assert parse_code(code.lower().replace("-", " ")) == code
        found = find_publication(session, code)
        assert (found.declaration, found.made_on) == (declaration, day)


def test_one_day_gives_one_code(session):
    declaration = make.published(session)
    assert prove(session, declaration, today=make.today()) == prove(session, declaration, today=make.today())


def test_no_altered_code_is_genuine(session):
    code = prove(session, make.published(session), today=make.today()).code.replace("-", "")
    for place, right in enumerate(code[:-1]):
        for wrong in set(paper_codes.ALPHABET[::7]) - {right}:
            with pytest.raises(ForgedCode):
                find_publication(session, paper_codes.make_code(code[:place] + wrong + code[place + 1 : -1]))


def test_the_code_of_another_register_is_not_genuine(session, tmp_path_factory, settings):
    code = prove(session, make.published(session), today=make.today()).code
    elsewhere = Settings.from_environ({"REGISTRY_INSTANCE": str(tmp_path_factory.mktemp("elsewhere"))})
    other = Database(settings, keys.ensure(elsewhere))
    with other.session(write=False) as opened, pytest.raises(ForgedCode):
        find_publication(opened, code)
    other.dispose()


def test_what_is_not_published_has_no_proof(session):
    with pytest.raises(TransitionRefused):
        prove(session, make.submitted(session), today=make.today())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_declarant_prints_it_and_somebody_else_verifies_it(client, saving, language):
    changes = {"declarant": COMPANY, "declarant_type": "organisation"}
    reference = as_editors_see(client, saving, make.seal(), **changes)
    client.get_page(f"/follow/{reference}?lang={language}")
    page = client.get_page(client.page.select_one('main a[href$="/publication"]')["href"])
    assert text_of(page.h1).startswith("刊登证明")
    assert page.html["lang"] == "zh-CN"
    assert f"因不慎将{COMPANY}的公章丢失，声明作废。" in text_of(page.select_one(".sheet-text"))
    assert "第1期" in text_of(page.select_one(".sheet-statement"))
    assert bool(page.select("[lang=en].sheet-english")) == (language == "en")
    code = text_of(page.select_one(".sheet-code"))
    stranger = FlaskClient(client.application, client.application.response_class)
    answer = stranger.post("/receipts", data={"code": code.lower().replace("-", "")})
    assert (answer.status_code, answer.location) == (303, f"/publications/{code}")
    page = client.get_page(f"/publications/{code}")
    assert code in text_of(page.h1)
    assert page.select_one(".notice-success")
    said = text_of(page.main)
    for fact in (reference, COMPANY, f"因不慎将{COMPANY}的公章丢失，声明作废。"):
        assert fact in said
    assert ("声明有效" if language == "zh" else "It is in force") in text_of(page.select_one(".difference"))
    assert not page.select(".compare")
    assert "noindex" in client.response.headers["X-Robots-Tag"]


def test_editors_print_it_from_the_declarations_page(editor, saving):
    with saving() as session:
        out, waiting = make.published(session).reference, make.submitted(session).reference
    page = editor.get_page(f"/staff/declarations/{out}")
    page = editor.get_page(page.select_one('main a[href$="/publication"]')["href"])
    assert CODE.fullmatch(text_of(page.select_one(".sheet-code")))
    assert page.select_one(f'.toolbar a[href="/staff/declarations/{out}/publication.pdf"]')
    page = editor.get_page(f"/staff/declarations/{waiting}")
    assert not page.select('main a[href$="/publication"]')
    for file in ("publication", "publication.pdf"):
        editor.get_page(f"/staff/declarations/{waiting}/{file}", status=404)


def test_before_publication_and_without_the_secret_there_is_none(client, saving):
    with saving() as session:
        out = make.published(session).reference
        waiting = make.submitted(session)
        reference, secret = waiting.reference, service.secret_of(session, waiting)
    for file in ("publication", "publication.pdf"):
        assert client.get(f"/follow/{out}/{file}").location == f"/follow?reference={out}"
    page = client.get_page(f"/follow/{reference}/{secret}")
    assert not page.select('main a[href$="/publication"]')
    for file in ("publication", "publication.pdf"):
        page = client.get_page(f"/follow/{reference}/{file}")
        assert "尚未刊登" in text_of(page.select_one(".notice"))


def test_what_became_of_it_is_told_whatever_the_sheet_says(client, saving):
    with saving() as session:
        withdrawn, contested = make.published(session), make.published(session)
        codes = [prove(session, one, today=one.published_on).code for one in (withdrawn, contested)]
        further = service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=make.today(), reason="找到")
        make.publish(session, further)
        change_status(session, contested, "contested", actor=SYSTEM, action="contested")
        reference = further.reference
        later = prove(session, withdrawn, today=further.published_on).code
    page = client.get_page(f"/publications/{codes[0]}")
    assert "撤销" in text_of(page.select_one(".difference"))
    assert reference in text_of(page.select_one(".difference"))
    assert "开具在先" in text_of(page.main)
    assert "异议" in text_of(client.get_page(f"/publications/{codes[1]}").select_one(".difference"))
    assert "开具在先" not in text_of(client.get_page(f"/publications/{later}").main)


def test_a_proof_of_what_is_withdrawn_says_so_across_the_top(client, saving):
    with saving() as session:
        declaration = make.published(session)
        secret = service.secret_of(session, declaration)
        further = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到")
        make.publish(session, further)
        reference, later = declaration.reference, further.reference
    client.get_page(f"/follow/{reference}/{secret}")
    state = text_of(client.get_page(f"/follow/{reference}/publication?lang=en").select_one(".print-state"))
    assert "不再有效" in state
    assert "no longer in force" in state
    assert state.count(later) == 2


def test_what_the_site_covers_stands_on_the_sheet_as_printed_and_can_be_compared(client, saving):
    reference = as_editors_see(client, saving, make.resident_id(full_in_print=True), make.work_id())
    page = client.get_page(f"/follow/{reference}/publication")
    assert make.RESIDENT_ID in text_of(page.select_one(".sheet-text"))
    assert make.WORK_NUMBER not in str(page)
    code = text_of(page.select_one(".sheet-code"))
    page = client.get_page(f"/publications/{code}")
    assert make.RESIDENT_ID not in str(page)
    for typed, said in ((make.RESIDENT_ID.lower(), "是：声明中有"), ("110105194912310038", "否：声明中没有")):
        page = client.submit(".compare form", {"number": typed})
        assert said in text_of(page.select_one("#compare ~ .notice"))
    client.submit(".compare form", {"number": ""}, status=422)
    assert "请输入号码" in text_of(client.page.select_one(".error-summary"))
    assert client.get_page(f"/publications/{code}/compare").select_one(".compare")
    assert client.url == f"/publications/{code}"


def test_a_wrong_code_is_told_what_is_wrong_with_it(client, saving):
    code = code_of(saving)
    swapped = code[:-1] + next(character for character in paper_codes.ALPHABET if character != code[-1])
    for typed, in_form, title in (
        (swapped, "有一位写错了", "有一位写错了"),
        (altered(code), "从未签发此核验码", "从未签发此核验码"),
        (code[:-2], "12 位或 16 位", "不是刊登证明的核验码"),
    ):
        client.get_page("/receipts")
        page = client.submit(data={"code": typed}, status=422)
        assert in_form in text_of(page.select_one(".error-summary"))
        assert page.select_one("input[name=code]")["value"] == typed
        for address in ("", "/compare"):
            page = client.get_page(f"/publications/{typed}{address}", status=404)
            assert title in text_of(page.h1)
            assert page.select_one('main a[href="/receipts"]')
    response = client.get(f"/publications/{code.lower()}")
    assert (response.status_code, response.location) == (301, f"/publications/{code}")


def test_the_one_box_of_the_check_takes_the_code_too(client, saving):
    code = code_of(saving)
    for typed in (code, code.lower(), f"https://register.example.cn/publications/{code}", f"核验码：{code}"):
        client.get_page("/check")
        client.submit("#check-form", {"number": typed})
        assert client.url == f"/publications/{code}"
    client.get_page("/check")
    assert client.submit("#check-form", {"number": altered(code)}).select(".verdict")


def test_nothing_is_written_and_guessing_is_throttled(make_app, client, saving, db):
    code = code_of(saving)
    with db.read_engine.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA data_version").scalar()
        client.post("/receipts", data={"code": code})
        client.get(f"/publications/{code}")
        client.post(f"/publications/{code}/compare", data={"number": "1"})
        assert connection.exec_driver_sql("PRAGMA data_version").scalar() == before
    app = make_app(rate_limits=True)
    guessing = FlaskClient(app, app.response_class)
    codes = [guessing.post("/receipts", data={"code": ELSEWHERE}).status_code for _ in range(21)]
    assert codes == [422] * 20 + [429]
    codes = [guessing.post(f"/publications/{code}/compare", data={"number": "1"}).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_the_pdf_is_one_sheet_with_everything_in_reading_order(client, saving, read_pdf):
    changes = {"declarant": COMPANY, "declarant_type": "organisation"}
    reference = as_editors_see(client, saving, make.licence(), **changes)
    response = client.get(f"/follow/{reference}/publication.pdf")
    assert response.headers["Content-Disposition"] == f"attachment; filename=publication-{reference}.pdf"
    assert pages_of(read_pdf, response.data) == 1
    text = closed_up(read_pdf(response.data, "pdftotext", "-raw"))
    parts = ("刊登证明", "兹证明", "第1期", "因不慎将", make.COMPANY_CODE, "登记号", "刊登时间", "核验码", "/receipts")
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    for font in read_pdf(response.data, "pdffonts").splitlines()[2:]:
        assert font.split()[-5:-3] == ["yes", "yes"]
    assert re.search(rf"Title: +刊登证明 {reference}", read_pdf(response.data, "pdfinfo"))


@cases(("size", "plain"), [(3, False), (9, False), (10, False), (6, True), (8, True), (10, True)])
def test_each_size_of_a_proof_stays_one_sheet(client, saving, read_pdf, monkeypatch, size, plain):
    name = COMPANY * 3 if plain else (COMPANY * 10)[:100]
    with saving() as session:
        declaration = make.published(session, make.seal(), declarant=name, declarant_type="organisation")
        if not plain:
            change_status(session, declaration, "contested", actor=SYSTEM, action="contested")
        reference, secret = declaration.reference, service.secret_of(session, declaration)
    text = text_of_size(size, sheets.SHARE_IN_A_PLAIN_PROOF if plain else sheets.SHARE_IN_A_PROOF)
    monkeypatch.setattr(sheets, "text_of", lambda *_, **__: set_text([Run(text)], largest=size))
    client.get_page(f"/follow/{reference}/{secret}")
    assert pages_of(read_pdf, client.get(f"/follow/{reference}/publication.pdf?lang=en").data) == 1


def test_the_sizes_of_proofs_hold_twenty_documents():
    for digits, share in ((18, sheets.SHARE_IN_A_PROOF), (64, sheets.SHARE_IN_A_PLAIN_PROOF)):
        number = "1" * digits
        twenty = [Run("山西顺合昌物流有限公司的工作证丢失，工作证号为"), Run(number, whole=digits < 24), Run("；")] * 20
        assert set_text(twenty, share=share).size < LONGEST


def test_a_sheet_of_tomorrow_has_the_day_of_tomorrow(client, saving):
    reference = as_editors_see(client, saving)
    codes = []
    for days in (0, 1):
        with clock.at(clock.now() + timedelta(days=days)):
            page = client.get_page(f"/follow/{reference}/publication")
        codes.append(text_of(page.select_one(".sheet-code")))
    assert codes[0] != codes[1]
    with saving() as session:
        days = [find_publication(session, code).made_on for code in codes]
        assert days[1] - days[0] == timedelta(days=1)
        assert get_declaration(session, reference).published_on == days[0]
