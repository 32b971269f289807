"""The number on the proof is the number on the receipt, on everybody's pages, and on the edition's list."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from registry import kinds
from registry.db import keys
from registry.db.engine import Database
from registry.db.tables import Price
from registry.declarations import editions, queries, service
from registry.declarations.entries import DocumentEntry, NumberEntry
from registry.declarations.proofs import make_proof
from registry.declarations.records import Reveal, statement_of
from registry.declarations.states import DECLARANT
from registry.wording import load_style
from registry.wording.house_styles import shipped, shipped_file
from tests.support import factories as make
from tests.support.declaring import ID_CARD, PERSON, SEAL, errors, send, sentence, ticked, up_to_proof
from tests.support.desk import accepted, code_of, filed, opened, printed, returned, stored, withdrawal_of, words
from tests.support.judge import text_of

one_database = pytest.mark.one_database
CIRCUMSTANCES = {**PERSON, "lost_on": "2024年3月18日", "lost_at": "阳泉市", "circumstances_printed": True}


@pytest.fixture
def client(app):
    """A client that keeps no request open: some tests have two."""
    return app.test_client()


def price(client):
    """The price on the present page, as its reader sees it."""
    found = {text_of(each) for each in client.page.select(".price")}
    assert len(found) == 1, found
    return found.pop()


def account(page):
    return [text_of(each) for each in page.select(".account dd")]


def own_style(settings, name, **changes):
    """Write a style of one's own into the instance folder; return the setting that names it."""
    text = shipped_file(name).read_text(encoding="utf-8")
    for right, wrong in changes.items():
        key = f"{right} = "
        line = next(line for line in text.splitlines() if line.startswith(key))
        text = text.replace(line, f"{key}{wrong}")
    (settings.instance / "own.toml").write_text(text, encoding="utf-8")
    return "own.toml"


@one_database
@pytest.mark.parametrize("style", shipped())
def test_one_number_from_the_proof_to_the_edition(make_app, saving, style):
    app = make_app(house_style=style)
    client = app.test_client()
    proof = up_to_proof(client, "seal_code:公章", "resident_id_18", documents=[SEAL, ID_CARD], declarant=CIRCUMSTANCES)
    read, shown = sentence(proof), price(client)
    reference = send(client)
    assert price(client) == shown
    client.follow("查看进度")
    assert price(client) == shown
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        assert declaration.price.style == style
        assert read.endswith(statement_of(session, declaration, Reveal.AS_CHOSEN))
        fen = declaration.price.fen
    assert shown == f"{fen // 100}.{fen % 100:02} 元"


def test_editors_see_the_price_on_the_review_page_and_on_the_list(editor, saving, client):
    made = [filed(saving, make.work_id()), filed(saving, make.seal(), make.licence(), declarant="甲公司")]
    shown = []
    for reference in made:
        accepted(saving, reference)
        editor.get_page(f"/staff/declarations/{reference}")
        shown.append(price(editor))
    # 33 characters with the bullet, 3 lines. The other: ■因不慎将甲公司的公章丢失；14, 营业执照副本丢失，9,
    # 统一社会信用代码为9, eighteen digits and a capital 8½+1, ，声明作废。6: 47½, 4 lines.
    assert shown == ["30.00 元", "40.00 元"]
    day = make.today().isoformat()
    editor.get_page(f"/staff/editions/{day}")
    assert [text_of(each) for each in editor.page.select(".column-price .price")] == shown[::-1], "seals stand first"
    assert text_of(editor.page.select_one(".column-sum .price")) == "70.00 元"
    editor.get_page(f"/staff/editions/{day}?lang=en")
    assert text_of(editor.page.select_one(".column-sum")) == "Sum of 2 declarations ¥ 70.00"
    assert [text_of(each) for each in editor.page.select(".column-price")] == ["¥ 40.00 (4 lines)", "¥ 30.00 (3 lines)"]


def some_entry(dice):
    """An entry of any kinds, holders and choices, with the numbers that the catalogue gives as examples."""
    documents = []
    for kind in dice.sample(kinds.CATALOGUE, dice.randint(1, 4)):
        numbers = tuple(
            NumberEntry(field.name, field.example, field.labels[0], full_in_print=dice.random() < 0.5)
            for field in kind.numbers
            if field.required or dice.random() < 0.5
        )
        documents.append(
            DocumentEntry(
                kind.slug,
                kind.titles[0].zh if kind.titles else "会员证",
                copies=dice.choice([None, *kind.copies]),
                holder=dice.choice([None, "司空明远", "𠮷永"]),
                numbers=numbers,
            )
        )
    printed = dice.random() < 0.5
    return make.entry(
        *documents,
        declarant=dice.choice(["杨阔远", "阳泉市砺金山机械租赁有限公司", "Tomasz Wieczorek"]),
        declarant_type=dice.choice(["person", "organisation"]),
        lost_on=make.today() - timedelta(days=3) if printed else None,
        lost_at="迎泽公园" if printed else None,
        circumstances_printed=printed,
    )


@one_database
@pytest.mark.parametrize("style", shipped())
def test_whatever_is_declared_costs_what_its_proof_said(settings, style):
    dice = random.Random(style)
    database = Database(replace(settings, house_style=style), keys.ensure(settings))
    with database.session(write=True) as session:
        told = []
        for _ in range(12):
            entry = some_entry(dice)
            proof = make_proof(session, entry, day=make.today())
            declaration = service.submit(session, entry, day=make.today())
            assert declaration.price.fen == proof.price.fen
            assert statement_of(session, declaration, Reveal.AS_CHOSEN) == proof.printed
            make.approved(session, declaration, make.an_editor(session))
            told.append(proof.price.fen)
        column = editions.list_column(session, editions.get_edition(session, make.today()))
        assert sorted(declaration.price.fen for declaration in column) == sorted(told)
        assert editions.sum_of(column) == editions.EditionSum(sum(told), 0)
        session.rollback()
    database.dispose()


@pytest.mark.parametrize("lang", ["zh", "en"])
@one_database
def test_the_proof_tells_how_it_is_counted(client, lang):
    page = up_to_proof(client, language=lang)
    if lang == "zh":
        assert account(page) == ["33", "3", "30.00 元（3行）"]
        assert text_of(page.select_one(".account-rule")) == (
            "每行10.00 元，每行13字，不足一行按一行计；"
            "数字、小写字母两个算一字，大写字母、标点各算一字；每则至少20.00 元。"
        )
    else:
        assert account(page) == ["33", "3", "¥ 30.00 (3 lines)"]
        assert "¥ 10.00 for each line begun, of 13 characters; two digits" in text_of(page.select_one(".account-rule"))


@one_database
def test_free_of_charge(make_app, settings):
    client = make_app(house_style=own_style(settings, "yangquan", rule='"free"', amount="0", minimum="0")).test_client()
    page = up_to_proof(client)
    assert account(page)[2] == "免费"
    assert text_of(page.select_one(".account-rule")) == "本报刊登遗失声明不收费。"
    send(client)
    assert price(client) == "免费"


@one_database
def test_what_the_notice_says_is_chosen_on_its_proof(client, db):
    page = up_to_proof(client, "resident_id_18", documents=[ID_CARD], declarant=CIRCUMSTANCES)
    assert ticked(page, "printed") == ["circumstances"]
    long = account(page)
    client.submit("form.proof-options", {"printed": ["1.number"]})
    assert client.url == "/declare/proof"
    assert sentence(client.page) == f"■因不慎将杨阔远的居民身份证丢失，身份证号为{make.RESIDENT_ID}，声明作废。"
    assert int(account(client.page)[0]) < int(long[0])
    assert account(client.page)[2] != long[2]
    reference = send(client)
    declaration = stored(db, reference)
    assert not declaration.circumstances_printed
    assert declaration.documents[0].numbers[0].full_in_print


@one_database
def test_where_there_is_nothing_to_choose_nothing_is_offered(client):
    page = up_to_proof(client, "seal_code:公章", documents=[SEAL])
    assert page.select_one("form.proof-options") is None


@one_database
def test_a_price_that_changed_meanwhile_is_read_before_it_is_agreed(make_app, settings, db):
    client = make_app().test_client()
    up_to_proof(client)
    dearer = make_app(house_style=own_style(settings, "yangquan", amount="11.00")).test_client()
    dearer.set_cookie("draft", client.get_cookie("draft").value)
    dearer.set_cookie("registry", client.get_cookie("registry").value)
    dearer.page, dearer.url = client.page, client.url
    page = dearer.submit("form.proof-send", {"truth": True}, status=422)
    assert errors(page) == ["内容、文字或价格刚刚有变动，请重新核对声明，然后提交。"]
    assert price(dearer) == "33.00 元"
    reference = send(dearer)
    with db.session(write=False) as session:
        assert queries.get_declaration(session, reference).price.fen == 3300


@one_database
def test_what_is_handed_in_keeps_its_sentence_and_its_price_when_the_style_changes(make_app, saving, settings):
    with saving() as session:
        declaration = make.published(session)
        reference = declaration.reference
    before = make_app().test_client().get_page(f"/declarations/{reference}")
    later = make_app(house_style="letter").test_client()
    assert sentence(later.get_page(f"/declarations/{reference}")) == sentence(before)
    opened(later, saving, reference)
    assert price(later) == "30.00 元"
    # A sentence that a style said in its own way can be corrected under another.
    database = Database(replace(settings, house_style="in-brackets"), keys.ensure(settings))
    with database.session(write=True) as session:
        made = service.submit(session, make.entry(make.licence(), declarant="甲公司"), day=make.today())
        session.commit()
    with saving() as session:
        again = queries.get_declaration(session, made.reference)
        text = statement_of(session, again, Reveal.FULL).replace("遗失,声明作废", "不慎遗失，声明作废")
        service.correct_wording(session, again, text=text, actor=make.an_editor(session), version=again.version)
        assert again.statement.endswith("不慎遗失，声明作废。")
        assert again.price.rule == "block", "what an editor corrects is not charged for again"
    database.dispose()


def test_an_amended_declaration_is_priced_anew(saving, db):
    reference = filed(saving, make.work_id())
    returned(saving, reference)
    with saving() as session:
        declaration = queries.get_declaration(session, reference)
        service.resubmit(session, declaration, make.entry(make.seal(), make.licence()), day=make.today())
    with db.session(write=False) as session:
        prices = session.exec(select(Price)).all()
        # ■因不慎将4 杨阔远的4 公章丢失；5: 14 with the bullet; the rest as above 33½: 47½.
        assert [(each.fen, each.units) for each in prices] == [(4000, 4)]


@one_database
def test_a_withdrawal_tells_its_price_first_and_an_editors_is_free(client, saving, db, editor):
    reference = printed(saving, make.work_id())
    opened(client, saving, reference)
    client.follow("撤销声明")
    # ■本报2½年1月1或2日: the day's digits count half, so the sum depends on the day; the page and the store agree.
    shown = price(client)
    client.submit(data={"reason": "找到了"})
    with db.session(write=False) as session:
        fen = session.exec(select(Price.fen).order_by(Price.declaration_id.desc())).first()
    assert shown == f"{fen // 100}.{fen % 100:02} 元"
    assert fen >= 4000
    assert price(client) == shown
    other = printed(saving, make.seal())
    with saving() as session:
        made = service.file_withdrawal(
            session,
            queries.get_declaration(session, other),
            actor=make.an_editor(session),
            day=make.today(),
            reason="本报排版有误",
        ).reference
    editor.get_page(f"/staff/declarations/{made}")
    assert price(editor) == "免费"


@one_database
def test_a_withdrawal_whose_price_changed_is_not_handed_in(client, make_app, saving, settings):
    reference = printed(saving, make.work_id())
    opened(client, saving, reference)
    client.follow("撤销声明")
    dearer = make_app(house_style=own_style(settings, "yangquan", amount="11.00")).test_client()
    dearer.set_cookie("registry", client.get_cookie("registry").value)
    dearer.page, dearer.url = client.page, client.url
    page = dearer.submit(data={"reason": "找到了"}, status=422)
    assert "撤销的费用有变动" in " ".join(errors(page))


@one_database
def test_an_older_declaration_has_no_price_and_says_so(editor, client, saving):
    reference = filed(saving, make.work_id())
    accepted(saving, reference)
    with saving() as session:
        session.delete(queries.get_declaration(session, reference).price)
    opened(client, saving, reference)
    assert client.page.select(".price") == []
    editor.get_page(f"/staff/declarations/{reference}")
    assert editor.page.select(".price") == []
    editor.get_page(f"/staff/editions/{make.today().isoformat()}")
    assert "未记价格" in words(editor)
    assert "其中1则提交时还没有记录价格" in words(editor)


def test_a_withdrawal_of_the_register_itself_costs_what_it_says(saving, db):
    reference = printed(saving, make.work_id())
    withdrawal = stored(db, withdrawal_of(saving, reference))
    style = load_style("yangquan", Path())
    with db.session(write=False) as session:
        made = queries.get_declaration(session, withdrawal.reference)
        assert made.price.version == style.price_version
        assert made.price.style == "yangquan"
    assert code_of(saving, withdrawal.reference)
    assert DECLARANT.role == "declarant"
