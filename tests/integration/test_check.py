"""The check page: each verdict in words, forgiving input, and no number told that was not typed there."""

from __future__ import annotations

import pytest

from registry.declarations import service
from registry.declarations.records import entry_of
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from tests.support import factories as make
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

BOX = "#check-form"


def ask(client, number, *, status=200):
    client.get_page("/check")
    return client.submit(BOX, {"number": number}, status=status)


def words(page):
    return [text_of(word) for word in page.select(".verdict-word")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_box_stands_alone_before_a_check(client, language):
    page = client.get_page(f"/check?lang={language}")
    assert not page.select(".verdict")
    assert page.select_one(f"{BOX} input[name=number]")["autocomplete"] == "off"


def test_a_declared_number_is_answered_with_day_name_and_notice(client, saving):
    with saving() as session:
        declaration = make.published(session)
        reference, day = declaration.reference, declaration.published_on
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["已声明作废"]
    reason = text_of(page.select_one(".verdict-reason"))
    assert "杨阔远" in reason
    assert f"{day.year}年{day.month}月{day.day}日" in reason
    assert text_of(page.select_one(".clipping-sentence")) == (
        "因不慎将杨阔远的工作证丢失，工作证号为**********333，声明作废。"
    )
    assert page.select_one(f'a[href="/declarations/{reference}"]')
    assert page.select_one(f'a[href="/editions/{day.isoformat()}"]')
    assert page.select_one(".void-mark")
    assert "已声明作废" in page.title.string


def test_the_answer_is_also_given_in_english(client, saving):
    with saving() as session:
        make.published(session)
    client.get_page("/check?lang=en")
    page = client.submit(BOX, {"number": make.WORK_NUMBER})
    assert words(page) == ["Declared void"]
    assert "declared by 杨阔远" in text_of(page.select_one(".verdict-reason"))


@pytest.mark.parametrize(
    "typed", ["110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ", "身份证号：11010519491231002X"]
)
def test_spelling_makes_no_difference(client, saving, typed):
    with saving() as session:
        make.published(session, make.resident_id())
    assert words(ask(client, typed)) == ["已声明作废"]


def test_a_sensitive_number_stands_in_the_box_and_nowhere_else(client, saving):
    with saving() as session:
        make.published(session, make.resident_id(full_in_print=True))
    page = ask(client, make.RESIDENT_ID)
    assert page.select_one("input[name=number]")["value"] == make.RESIDENT_ID
    assert client.response.get_data(as_text=True).count(make.RESIDENT_ID) == 1
    assert "private" in client.response.headers["Cache-Control"]


def test_a_sensitive_number_in_an_address_is_not_repeated_in_links(client):
    client.get_page(f"/check?number={make.RESIDENT_ID}")
    assert client.response.get_data(as_text=True).count(make.RESIDENT_ID) == 1


def test_a_public_number_may_be_linked_to(client, saving):
    with saving() as session:
        make.published(session, make.licence(), declarant="山西顺合昌物流有限公司")
    assert words(client.get_page(f"/check?number={make.COMPANY_CODE}")) == ["已声明作废"]


def test_a_filed_number_is_provisional_and_names_nobody(client, saving):
    with saving() as session:
        reference = make.submitted(session).reference
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["已申报，尚未刊登"]
    assert "尚未审核通过" in text_of(page.select_one(".verdict-reason"))
    answer = text_of(page.select_one("main"))
    assert "杨阔远" not in answer
    assert reference not in answer


def test_an_accepted_number_says_when_it_will_be_published(client, saving):
    with saving() as session:
        declaration = make.submitted(session)
        make.approved(session, declaration, make.an_editor(session))
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["已申报，尚未刊登"]
    assert "已审核" in text_of(page.select_one(".verdict-reason"))
    assert "杨阔远" not in text_of(page.select_one("main"))


def test_a_withdrawn_declaration_shows_both_days_and_the_withdrawal(client, saving):
    with saving() as session:
        declaration = make.published(session)
        withdrawal = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到了")
        further = withdrawal.reference
        make.publish(session, withdrawal)
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["已撤销声明"]
    assert text_of(page.select_one(".verdict-reason")).count("年") == 2
    assert page.select_one(f'a[href="/declarations/{further}"]')
    assert not page.select_one(".void-mark")


def test_a_number_that_a_correction_dropped_is_no_longer_covered(client, saving):
    with saving() as session:
        declaration = make.published(session)
        about = service.About(declaration, "correction")
        corrected = make.entry(make.work_id("2036254085334"))
        correction = service.submit(session, corrected, day=make.today(), about=about)
        make.publish(session, correction)
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["已撤销声明"]
    assert "不涉及这个号码" in text_of(page.select_one(".verdict-reason"))
    assert words(ask(client, "2036254085334")) == ["已声明作废"]


def test_a_correction_that_repeats_the_number_answers_since_the_first_day(client, saving):
    with saving() as session:
        declaration = make.published(session)
        day = declaration.published_on
        about = service.About(declaration, "correction")
        correction = service.submit(session, entry_of(session, declaration), day=make.today(), about=about)
        make.publish(session, correction)
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["已声明作废"]
    reason = text_of(page.select_one(".verdict-reason"))
    assert f"{day.month}月{day.day}日" in reason
    assert "更正" in reason


def test_a_contested_declaration_says_so(client, saving):
    with saving() as session:
        declaration = make.published(session)
        change_status(session, declaration, "contested", actor=SYSTEM, action="contested")
    page = ask(client, make.WORK_NUMBER)
    assert words(page) == ["有异议"]
    assert "正在核查" in text_of(page.select_one(".verdict-reason"))


def test_several_verdicts_stand_worst_first(client, saving):
    with saving() as session:
        make.submitted(session)
        make.published(session)
    assert words(ask(client, make.WORK_NUMBER)) == ["已声明作废", "已申报，尚未刊登"]


def test_a_declaration_that_names_a_number_twice_is_shown_once(client, saving):
    with saving() as session:
        make.published(session, make.work_id("A1234567"), make.work_id("A1234567"))
    assert words(ask(client, "A1234567")) == ["已声明作废"]


def test_an_unknown_number_is_no_proof_and_looks_like_something(client):
    page = ask(client, make.COMPANY_CODE)
    assert words(page) == ["未登记"]
    more = text_of(page.select_one(".verdict-more"))
    assert "不能证明证件有效" in more
    assert "营业执照" in more
    assert page.select_one("time[datetime]")


def test_of_many_kinds_that_a_number_fits_three_are_named_and_lead_to_their_help(client):
    page = ask(client, "440100123456")
    more = page.select_one(".verdict-more")
    links = {text_of(link): str(link["href"]) for link in more.select("a")}
    assert len(links) == 3
    assert links["机动车驾驶证"] == "/kinds/transport#driver_licence"
    assert "等。" in text_of(more)
    alone = ask(client, make.COMPANY_CODE).select_one(".verdict-more")
    assert text_of(alone.select_one("a")) == "营业执照"


def test_an_impossible_number_gives_the_reason_and_mends_a_slip_without_showing_a_number(client, saving):
    with saving() as session:
        make.published(session, make.resident_id())
    typed = "110105194912310021"
    page = ask(client, typed)
    assert words(page) == ["号码有误"]
    assert "校验码" in text_of(page.select_one(".verdict-reason"))
    html = client.response.get_data(as_text=True)
    assert make.RESIDENT_ID not in html
    assert html.count(typed) == 1
    slips = {text_of(button): button["value"] for button in page.select("button[name=slip]")}
    place = slips["第 18 位改为 X"]
    mended = client.submit(BOX, unchecked={"slip": place})
    assert words(mended) == ["已声明作废"]
    assert mended.select_one("input[name=number]")["value"] == make.RESIDENT_ID


def test_a_slip_in_a_public_number_is_a_link(client):
    page = ask(client, make.COMPANY_CODE[:-1] + "M")
    assert words(page) == ["号码有误"]
    links = [str(link["href"]) for link in page.select(".slips a")]
    assert f"/check?number={make.COMPANY_CODE}" in links


@pytest.mark.parametrize("place", ["99", "-1", "x", "²"])
def test_a_slip_that_was_never_offered_changes_nothing(client, place):
    client.get_page("/check")
    page = client.submit(BOX, {"number": "110105194912310021"}, unchecked={"slip": place})
    assert words(page) == ["号码有误"]


def test_a_reference_leads_to_its_declaration(client, saving):
    with saving() as session:
        reference = make.published(session).reference
    page = ask(client, reference.lower().replace("-", " "))
    assert reference in text_of(page.h1)
    assert client.url == f"/declarations/{reference}"


def test_a_reference_without_its_letter_is_offered(client, saving):
    with saving() as session:
        reference = make.published(session).reference
    page = ask(client, reference[1:])
    assert page.select_one(f'.verdict a[href="/declarations/{reference}"]')


@pytest.mark.parametrize(("language", "told"), [("zh", "请填写完整的号码"), ("en", "Enter the whole number")])
def test_a_hidden_number_is_asked_for_in_full(client, language, told):
    client.get_page(f"/check?lang={language}")
    page = client.submit(BOX, {"number": "1101**********002X"}, status=422)
    assert told in text_of(page.select_one(".error-summary"))


def test_a_mistyped_reference_is_told_apart_from_an_unknown_one(client):
    page = ask(client, "S26-4071-3851", status=422)
    assert "有一位写错了" in text_of(page.select_one(".error-summary"))


def test_a_reference_that_is_not_published_tells_nothing_of_it(client, saving):
    with saving() as session:
        reference = make.submitted(session).reference
    page = ask(client, reference)
    assert not page.select(".verdict")
    assert "没有已刊登的声明使用此登记号" in text_of(page.select_one("main"))
    assert "杨阔远" not in text_of(page.select_one("main"))


def test_a_name_leads_to_the_search(client, saving):
    with saving() as session:
        make.published(session)
    page = ask(client, "杨阔远")
    assert not page.select(".verdict")
    assert text_of(page.select_one(".clipping-sentence")) == (
        "因不慎将杨阔远的工作证丢失，工作证号为**********333，声明作废。"
    )
    assert client.follow("有 1 则声明").select_one("mark").get_text() == "杨阔远"


def test_a_row_of_a_table_is_checked_by_its_number(client, saving):
    with saving() as session:
        make.published(session)
    page = ask(client, f"杨阔远　{make.WORK_NUMBER}")
    assert words(page) == ["已声明作废"]
    assert "只查验了号码" in text_of(page.select_one("main"))


def test_nothing_typed_is_answered_with_what_to_do(client):
    page = ask(client, "  ", status=422)
    assert text_of(page.select_one(".error-summary li")) == "请输入号码。"
    assert page.select_one("input[name=number]")["aria-invalid"] == "true"


@pytest.mark.parametrize(
    "typed",
    ["12\x00345678", "123\U0001f600456", "9" * 300, "1" * 70, "\x1b[2J12345", "\ufffd12345"],
    ids=["nul", "emoji", "very long", "long", "escape", "replacement"],
)
def test_what_cannot_be_a_number_is_refused_kindly(client, typed):
    ask(client, typed, status=422)
    assert "\x00" not in client.response.get_data(as_text=True)


def test_marks_that_nobody_sees_are_neither_looked_up_nor_shown(client, saving):
    with saving() as session:
        make.published(session)
    page = ask(client, "2036\u202e254\u200b085333")
    assert words(page) == ["已声明作废"]
    assert "\u202e" not in client.response.get_data(as_text=True)


def test_html_is_shown_as_text(client):
    typed = '<script>alert("1")</script>'
    page = ask(client, typed)
    assert page.select_one("input[name=number]")["value"] == typed
    assert all(script.get("src") for script in page.select("script"))


def test_html_in_names_is_shown_as_text(client, saving):
    with saving() as session:
        make.published(session, declarant="<b>甲</b>")
    page = ask(client, make.WORK_NUMBER)
    assert "<b>甲</b>声明" in text_of(page.select_one(".verdict-reason"))
    page = ask(client, "<b>甲</b>")
    assert "含有“<b>甲</b>”" in text_of(page.select_one(".answers > .links a"))
    assert not page.select(".answers b")


def test_a_check_writes_nothing(client, saving, db):
    with saving() as session:
        make.published(session)
    with db.read_engine.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA data_version").scalar()
        ask(client, make.WORK_NUMBER)
        assert connection.exec_driver_sql("PRAGMA data_version").scalar() == before


def test_a_check_needs_no_cookie(client):
    response = client.post("/check", data={"number": make.WORK_NUMBER})
    assert (response.status_code, "Set-Cookie" in response.headers) == (200, False)


def test_several_numbers_are_answered_each(client, saving):
    with saving() as session:
        make.published(session, make.resident_id())
        make.submitted(session, make.licence(), declarant="山西顺合昌物流有限公司")
    page = ask(client, f"{make.RESIDENT_ID}、{make.COMPANY_CODE} 14990332018376，\U0001f600123456789")
    assert [text_of(word) for word in page.select(".several-word")] == ["已声明作废", "已申报，尚未刊登", "未登记"]
    assert [text_of(item) for item in page.select(".tally li")] == ["已声明作废 1", "已申报，尚未刊登 1", "未登记 1"]
    assert "山西顺合昌" not in text_of(page.select_one(".several"))
    assert "无法印刷的字符" in text_of(page.select(".several > li")[3])
    assert client.response.get_data(as_text=True).count(make.RESIDENT_ID) == 1
    assert page.select_one("time[datetime]")
    assert "不等于证件有效" in text_of(page.select_one(".answers"))


def test_one_of_several_numbers_is_picked_without_standing_in_the_button(client, saving):
    with saving() as session:
        make.published(session, make.resident_id())
    page = ask(client, f"{make.COMPANY_CODE}, {make.RESIDENT_ID}")
    values = [button["value"] for button in page.select("button[name=pick]")]
    assert values == ["0", "1"]
    picked = client.submit(BOX, unchecked={"pick": "1"})
    assert words(picked) == ["已声明作废"]
    assert picked.select_one("input[name=number]")["value"] == make.RESIDENT_ID


def test_what_is_taken_for_several_can_be_checked_as_one(client, saving):
    with saving() as session:
        make.published(session, make.work_id("12345678-87654321"))
    assert len(ask(client, "12345678 87654321").select(".several > li")) == 2
    page = client.submit(BOX, unchecked={"whole": "1"})
    assert words(page) == ["未登记"]
    assert page.select_one("input[name=number]")["value"] == "12345678 87654321"


def test_a_number_that_is_on_the_register_with_its_gap_is_one(client, saving):
    with saving() as session:
        make.published(session, make.work_id("12345678 87654321"))
    assert words(ask(client, "12345678 87654321")) == ["已声明作废"]


def test_more_numbers_than_a_hand_types_are_told_so(client):
    page = ask(client, " ".join(f"1499033201{place:04d}" for place in range(21)))
    assert "您输入了 21 个号码" in text_of(page.select_one(".notice"))
    assert text_of(page.select_one('.notice a[href="/check/file"]')) == "更多号码请用文件批量查验"
    assert not page.select(".several")
    assert len(ask(client, " ".join(f"1499033201{place:04d}" for place in range(20))).select(".several > li")) == 20


@pytest.mark.parametrize("value", ["99", "x", "", "1" * 5000])
def test_a_place_among_several_that_was_never_offered_changes_nothing(client, value):
    client.get_page("/check")
    page = client.submit(BOX, {"number": f"{make.COMPANY_CODE} 14990332018376"}, unchecked={"pick": value})
    assert len(page.select(".several > li")) == 2


def test_a_scanned_address_leads_to_its_declaration(client, saving):
    with saving() as session:
        reference = make.published(session).reference
    for typed in (f"https://register.example.cn/declarations/{reference}", f"登记号：{reference}"):
        ask(client, typed)
        assert client.url == f"/declarations/{reference}"


def test_a_name_with_digits_is_answered_as_a_number_and_offered_as_a_name(client, saving):
    with saving() as session:
        make.published(session, make.seal(), declarant="澜川市第3中学")
    page = ask(client, "第3中学")
    assert words(page) == ["未登记"]
    assert "澜川市第3中学" in text_of(page.select_one(".notice-list .clipping-sentence"))
    assert not ask(client, "第4中学").select(".notice-list")


def test_a_name_that_no_declaration_has_is_told_so(client):
    page = ask(client, "诸葛亮")
    assert "已刊登的声明中没有这个名称" in text_of(page.select_one(".answers"))
    assert page.select_one("time[datetime]")


def test_a_person_s_number_beside_a_name_is_in_no_address(client):
    ask(client, f"杨阔远{make.RESIDENT_ID}")
    assert client.response.get_data(as_text=True).count(make.RESIDENT_ID) == 1


def test_the_checked_number_stands_in_groups_beside_the_answer(client):
    page = ask(client, make.COMPANY_CODE)
    assert len(page.select(".verdict-title .num > span")) > 1
    assert text_of(page.select_one(".verdict-title")) == make.COMPANY_CODE


@pytest.mark.parametrize("typed", ["A1", make.COMPANY_CODE + "，14990332018376", "王伟", "S26-0000-0000"])
def test_every_answer_says_when(client, typed):
    assert ask(client, typed, status=[200, 422]).select(".as-of time[datetime]") or client.page.select(".error-summary")
