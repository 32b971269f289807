"""The public list and the page of a declaration."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from registry.declarations import editions, service
from registry.declarations.entries import DocumentEntry
from registry.declarations.queries import get_declaration
from registry.declarations.records import entry_of
from registry.declarations.references import new_reference
from registry.declarations.states import DECLARANT
from registry.search import listing
from tests.support import factories as make
from tests.support.cases import cases
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

FILTERS = "#filters"


def references(page):
    return [text_of(reference) for reference in page.select(".notice-list .clipping-reference")]


@pytest.fixture
def three(saving):
    """Three published declarations by the day of their editions: seal, work ID, licence; their references."""
    with saving() as session:
        made = [
            make.published(session, make.seal(), declarant="阳泉思成工程机械回收有限公司"),
            make.published(session),
            make.published(session, make.licence(), declarant="山西顺合昌物流有限公司"),
        ]
        return [declaration.reference for declaration in made]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_register_says_so(client, language):
    page = client.get_page(f"/declarations?lang={language}")
    assert not page.select(".notice-list")
    assert page.select_one("main .section h2")


def test_the_list_is_newest_first(client, three):
    page = client.get_page("/declarations")
    assert references(page) == three[::-1]
    assert text_of(page.select_one(".result-count")) == "共 3 则声明"


def test_what_is_not_published_is_not_in_the_list(client, saving, three):
    with saving() as session:
        make.submitted(session, declarant="顾安宁")
        accepted = make.submitted(session, declarant="顾安宁")
        make.approved(session, accepted, make.an_editor(session), make.today() + timedelta(days=30))
    page = client.get_page("/declarations?q=顾安宁")
    assert not references(page)


def test_words_find_any_part_of_a_name_and_are_marked(client, three):
    client.get_page("/declarations")
    page = client.submit(FILTERS, {"q": "顺合"})
    assert references(page) == [three[2]]
    assert [mark.get_text() for mark in page.select("mark")] == ["顺合"]
    assert page.select_one("input[name=q]")["value"] == "顺合"


def test_kind_and_status_and_days_narrow_the_list(client, saving, three):
    assert references(client.get_page("/declarations?kind=work_id")) == [three[1]]
    assert references(client.get_page("/declarations?status=withdrawn")) == []
    tomorrow = make.today() + timedelta(days=1)
    assert references(client.get_page(f"/declarations?since={tomorrow}&until={tomorrow}")) == [three[1]]
    assert references(client.get_page(f"/declarations?since={tomorrow}")) == [three[2], three[1]]


@pytest.mark.parametrize("spelling", ["%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d"])
def test_days_may_be_written_in_many_ways(client, three, spelling):
    tomorrow = make.today() + timedelta(days=1)
    assert references(client.get_page("/declarations?since=" + quote(tomorrow.strftime(spelling)))) == three[:0:-1]


def test_pages_lead_older_and_newer_and_keep_the_filters(client, saving):
    with saving() as session:
        actor = make.an_editor(session)
        for _ in range(52):
            make.approved(session, make.submitted(session), actor)
        editions.publish(session, day=make.today(), today=make.today(), actor=actor)
    first = references(client.get_page("/declarations?q=杨阔远"))
    second = references(client.follow("较早"))
    third = references(client.follow("较早"))
    assert [len(first), len(second), len(third)] == [25, 25, 2]
    assert len({*first, *second, *third}) == 52
    assert "q=" in client.url
    assert references(client.follow("较新")) == second
    assert references(client.follow("回到最新")) == first


def test_a_large_result_is_counted_only_so_far(client, three, monkeypatch):
    for most in ("MOST_COUNTED", "MOST_COUNTED_ON_POSTGRESQL"):
        monkeypatch.setattr(listing, most, 2)
    # The second time it is known that there are more.
    for _ in range(2):
        assert "超过 2 则" in text_of(client.get_page("/declarations").select_one(".result-count"))
    assert "1 则" in text_of(client.get_page("/declarations?q=顺合").select_one(".result-count"))
    answer = client.get("/api/v1/declarations").get_json()
    assert (answer["total"], answer["total_is_capped"]) == (2, True)
    # Every sentence has it, and so the check offers what it could count.
    assert "超过 2 则声明含有“声明作废”" in text_of(client.get_page("/check?number=声明作废").select_one("main"))


def test_what_is_published_after_a_count_is_counted(client, three, saving, monkeypatch):
    for most in ("MOST_COUNTED", "MOST_COUNTED_ON_POSTGRESQL"):
        monkeypatch.setattr(listing, most, 3)
    assert "3 则" in text_of(client.get_page("/declarations").select_one(".result-count"))
    with saving() as session:
        make.published(session)
    assert "超过 3 则" in text_of(client.get_page("/declarations").select_one(".result-count"))


@cases(
    ("query", "field", "said"),
    [
        ("since=yesterday", "since", "2026-03-27"),
        ("until=2026-02-30", "until", "2026-03-27"),
        ("since=2026-05-02&until=2026-05-01", "until", "不早于"),
        ("kind=passport_of_atlantis", "kind", "种类"),
        ("family=weather", "family", "类别"),
        ("edition=yesterday", "edition", "期号"),
        ("status=draft", "status", "状态"),
        ("q=%00", "q", "字符"),
        ("q=%F0%9F%98%80", "q", "字符"),
        ("q=" + "a" * 101, "q", "100"),
    ],
)
def test_what_cannot_be_searched_is_explained_at_its_field(client, three, query, field, said):
    page = client.get_page(f"/declarations?{query}", status=422)
    assert said in text_of(page.select_one(f"#{field}-error"))
    assert page.select_one(f'.error-summary a[href="#{field}"]')
    assert not references(page)


@cases("cursor", ["", "x", "o20261399-1", "o20260101-", "o20260101-99999999999999999999", "%00"])
def test_a_torn_cursor_shows_the_first_page_and_says_so(client, three, cursor):
    page = client.get_page(f"/declarations?cursor={cursor}")
    assert references(page) == three[::-1]
    assert "网址不完整" in text_of(page.select_one("main"))


def offers(page):
    """Return the searches that are offered: words, address and count."""
    return [
        (text_of(offer.a), offer.a["href"], text_of(offer.select_one(".soft"))) for offer in page.select(".offers li")
    ]


def test_nothing_found_offers_what_finds_something(client, saving, three):
    with saving() as session:
        make.published(session, declarant="张玮")
    page = client.get_page("/declarations?q=杨阔远&kind=seal_code&status=published")
    assert offers(page) == [
        ("去掉“声明中的文字”再找", "/declarations?kind=seal_code&status=published", "共 1 则声明"),
        ("去掉“证件种类”再找", "/declarations?q=" + quote("杨阔远") + "&status=published", "共 1 则声明"),
    ]
    assert client.get_page(offers(page)[1][1]).select(".notice-list li")
    for typed, offered in (
        ("張瑋", "张玮"),
        ("章伟", None),
        ("张伟", "张玮"),
        ("扬阔远", "杨阔远"),
        ("杨阔 公章", None),
    ):
        found = offers(client.get_page("/declarations?q=" + quote(typed)))
        assert [words for words, _url, _count in found][:1] == ([f"改找“{offered}”"] if offered else []), typed
    assert (
        offers(client.get_page("/declarations?q=" + quote("山西顺合昌物流有限公司厂")))[0][0]
        == "改找“山西顺合昌物流有限公司”"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_found_and_nothing_near_it_says_what_else_there_is(client, three, language):
    page = client.get_page(f"/declarations?q={quote('欧阳')}&lang={language}")
    assert not offers(page)
    links = [link["href"] for link in page.select("main .section a")]
    assert links == ["/check", "/declarations"]


def test_beyond_the_end_the_list_says_so(client, three):
    page = client.get_page("/declarations?q=" + quote("公司") + "&cursor=o2000010100001")
    assert text_of(page.h2) == "列表到此为止"
    assert page.select_one("main .section a")["href"] == "/declarations?q=" + quote("公司")


def test_empty_fields_of_the_form_do_not_stay_in_the_address(client, three):
    client.get_page("/declarations")
    client.submit(FILTERS, {"q": "公司", "family": "seals"})
    assert client.url.endswith("/declarations?q=公司&family=seals")
    response = client.get("/declarations?q=&kind=&lang=en")
    assert (response.status_code, response.headers["Location"]) == (302, "/declarations?lang=en")


def test_families_and_editions_narrow_the_list(client, three):
    assert references(client.get_page("/declarations?family=seals")) == [three[0]]
    for spelling in ("2", "第2期", "No. 2", "２", str(make.today() + timedelta(days=1))):
        page = client.get_page("/declarations?edition=" + quote(spelling))
        assert references(page) == [three[1]], spelling
        assert "已选 1 项" in text_of(page.select_one("details.filters-more summary"))


def test_the_filters_are_open_where_they_may_be_what_is_wrong(client, three):
    for query, opened in (
        ("q=1", False),
        ("edition=2", False),
        ("edition=9", True),
        ("edition=x", True),
        ("q=x", False),
    ):
        page = client.get_page(f"/declarations?{query}", status=422 if query == "edition=x" else 200)
        assert page.select_one("details.filters-more").has_attr("open") == opened, query


def test_a_number_is_better_checked(client, three):
    page = client.get_page(f"/declarations?q={make.COMPANY_CODE}")
    assert references(page) == [three[2]]
    client.submit("main .notice form")
    assert client.page.select(".verdict-declared")


def test_a_resident_id_is_neither_searched_nor_repeated(client, saving):
    with saving() as session:
        make.published(session, make.resident_id())
    page = client.get_page(f"/declarations?q={make.RESIDENT_ID}&kind=resident_id_18")
    assert not references(page)
    html = client.response.get_data(as_text=True)
    assert html.count(make.RESIDENT_ID) == html.count(f'value="{make.RESIDENT_ID}"') == 2
    client.submit("main .notice form")
    assert client.url.endswith("/check")
    assert client.page.select(".verdict-declared")


def test_html_in_names_and_words_stays_text(client, saving):
    with saving() as session:
        make.published(session, declarant="<b>甲</b>公司")
    page = client.get_page("/declarations?q=" + quote("<b>甲"))
    sentence = page.select_one(".clipping-sentence")
    assert "<b>甲</b>公司" in sentence.get_text()
    assert [mark.get_text() for mark in sentence.select("mark")] == ["b", "甲", "b"]


def test_no_public_page_tells_a_sensitive_number(client, saving):
    with saving() as session:
        declaration = make.published(session, make.resident_id(full_in_print=True), make.work_id())
        reference, day = declaration.reference, declaration.published_on
    for url in (
        "/",
        "/declarations",
        f"/declarations/{reference}",
        f"/declarations/{reference}/print",
        "/editions",
        f"/editions/{day}",
        f"/editions/{day}/print",
    ):
        client.get_page(url)
        html = client.response.get_data(as_text=True)
        assert make.RESIDENT_ID not in html
        assert make.WORK_NUMBER not in html
        assert make.PHONE not in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_declaration(client, saving, language):
    with saving() as session:
        declaration = make.published(
            session,
            DocumentEntry(
                "birth_medical_certificate", "出生医学证明", holder="杨鑫", numbers=(make.number("G140235681"),)
            ),
            make.licence(),
            lost_on=make.today(),
            lost_at="太原站",
            circumstances_printed=True,
        )
        reference, day = declaration.reference, declaration.published_on
    page = client.get_page(f"/declarations/{reference}?lang={language}")
    assert reference in text_of(page.h1)
    record = text_of(page.select_one("dl.facts"))
    for part in ("出生医学证明", "G14", "81", "杨鑫", "营业执照副本", "91", "太原站", "杨阔远"):
        assert part in record
    assert "G140235681" not in client.response.get_data(as_text=True)
    assert page.select_one(f'a[href="/editions/{day}"]')
    assert page.select_one(f'a[href="/check?number={make.COMPANY_CODE}"]')
    assert page.select_one(f'a[href="/declarations/{reference}/print"]')
    assert page.select_one(f'a[href="/declarations/{reference}.pdf"]')


def test_circumstances_that_were_not_printed_are_not_shown(client, saving):
    with saving() as session:
        reference = make.published(session, lost_on=make.today(), lost_at="太原站").reference
    client.get_page(f"/declarations/{reference}")
    assert "太原站" not in client.response.get_data(as_text=True)


def test_withdrawal_and_declaration_lead_to_each_other(client, saving):
    with saving() as session:
        declaration = make.published(session)
        withdrawal = service.file_withdrawal(session, declaration, actor=DECLARANT, day=make.today(), reason="找到")
        first, second = declaration.reference, withdrawal.reference
    assert second not in text_of(client.get_page(f"/declarations/{first}").select_one("main"))
    with saving() as session:
        make.publish(session, get_declaration(session, second))
    page = client.get_page(f"/declarations/{first}")
    assert "已于" in text_of(page.select_one(".notice-warning"))
    assert not page.select_one(".void-mark")
    page = client.follow(second)
    assert text_of(page.h1) == f"撤销声明 {second}"
    assert first in text_of(client.follow(first).h1)


def test_correction_and_declaration_lead_to_each_other(client, saving):
    with saving() as session:
        declaration = make.published(session)
        about = service.About(declaration, "correction")
        correction = service.submit(session, entry_of(session, declaration), day=make.today(), about=about)
        make.publish(session, correction)
        first, second = declaration.reference, correction.reference
    page = client.get_page(f"/declarations/{first}")
    assert "已更正" in text_of(page.select_one(".stamp"))
    page = client.follow(second)
    assert text_of(page.h1) == f"更正声明 {second}"
    assert page.select_one(".void-mark")
    assert page.select_one(f'dl.facts a[href="/declarations/{first}"]')


def test_a_reference_in_another_spelling_moves_to_the_address_it_has(client, saving):
    with saving() as session:
        reference = make.published(session).reference
    for ending in ("", "/print"):
        response = client.get(f"/declarations/{reference.lower().replace('-', '')}{ending}")
        assert response.status_code == 301
        assert response.headers["Location"] == f"/declarations/{reference}{ending}"


@pytest.mark.parametrize("ending", ["", "/print", ".pdf"])
def test_a_mistyped_reference_is_told_apart_from_an_unknown_one(client, saving, ending):
    page = client.get_page(f"/declarations/S26-4071-3851{ending}", status=404)
    assert "有一位写错了" in text_of(page.h1)
    with saving() as session:
        filed = make.submitted(session).reference
    page = client.get_page(f"/declarations/{filed}{ending}", status=404)
    unknown = client.get_page(f"/declarations/{new_reference(make.today())}{ending}", status=404)
    assert text_of(page.h1) == text_of(unknown.h1) == "没有已刊登的声明使用此登记号"
    client.get_page(f"/declarations/xyz{ending}", status=404)
