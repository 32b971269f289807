"""The Atom feed: what a feed reader finds in it, and when it finds something new."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import feedparser
import pytest

from registry import clock
from registry.declarations import queries, service
from registry.declarations.states import DECLARANT
from registry.web.public import feed
from tests.support import factories as make
from tests.support.atom import check_musts


@pytest.fixture
def read(client):
    """`read(address)`: the feed as a reader understands it, after it was judged."""

    def read(address="/declarations.atom"):
        answer = client.get(address)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        check_musts(answer.data)
        # With its headers, as a reader gets it: an encoding that they deny would be a fault of the feed.
        found = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
        assert not found.bozo, found.bozo_exception
        assert found.version == "atom10"
        return found

    return read


def local(url):
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def test_the_newest_declarations_come_with_all_that_a_reader_shows(saving, read):
    with saving() as session:
        older = make.published(session, make.seal(), make.licence(), declarant="山西顺合昌物流有限公司")
        newer = make.published(session, make.work_id(), declarant="杨阔远")
        references = [newer.reference, older.reference]
        make.submitted(session, declarant="未刊登")
    found = read()
    assert [entry.link.rpartition("/")[2] for entry in found.entries] == references
    second = found.entries[1]
    assert second.title == "山西顺合昌物流有限公司 · 公章、营业执照"
    assert second.author == "山西顺合昌物流有限公司"
    assert second.content[0].type == "text/plain"
    assert second.content[0].value.startswith("因不慎将")
    assert second.content[0].language == "zh-CN"
    assert [(tag.term, tag.label) for tag in second.tags] == [
        ("seal_code", "印章"),
        ("business_licence_uscc", "营业执照"),
    ]
    assert second.published == second.updated
    assert found.feed.updated == found.entries[0].updated
    assert make.WORK_NUMBER not in found.entries[0].content[0].value


@pytest.mark.one_database
def test_an_entry_has_one_id_for_ever(saving, make_app):
    with saving() as session:
        declaration = make.published(session)
        tag = f"{declaration.published_on}:{declaration.reference}"
    client = make_app(registry_url="https://register.example.cn").test_client()
    zh, en = (feedparser.parse(client.get(f"/declarations.atom?lang={lang}").data) for lang in ("zh", "en"))
    assert zh.entries[0].id == en.entries[0].id == f"tag:register.example.cn,{tag}"
    assert zh.feed.id == en.feed.id == "tag:register.example.cn,2026:declarations"
    assert zh.entries[0].link == f"https://register.example.cn/declarations/{declaration.reference}"


def test_a_withdrawal_is_an_entry_and_brings_the_declaration_to_the_front_once_more(saving, read):
    with saving() as session:
        earlier = make.published(session, make.seal(), declarant="杨阔远")
        for _ in range(2):
            make.published(session, make.licence())
        reference = earlier.reference
    before = {entry.id: entry for entry in read("/declarations.atom?kind=seal_code").entries}
    with clock.at(clock.now() + timedelta(hours=1)), saving() as session:
        earlier = queries.get_declaration(session, reference)
        withdrawal = service.file_withdrawal(session, earlier, actor=DECLARANT, day=make.today(), reason="找到")
        make.publish(session, withdrawal)
        further = withdrawal.reference
    first, second = sorted(read().entries[:2], key=lambda entry: entry.title)
    assert first.title == "已撤销 · 杨阔远 · 公章"
    assert second.title == f"撤销声明 · 杨阔远 · {reference}"
    assert second.link.endswith(further)
    assert [link.href for link in second.links if link.rel == "related"] == [first.link]
    # The withdrawal itself is of no kind, and yet who follows seals learns of it.
    for address in ("/declarations.atom?kind=seal_code", "/declarations.atom?status=withdrawn"):
        (entry,) = read(address).entries
        assert entry.id in before
        assert entry.updated > before[entry.id].updated
        assert entry.published == before[entry.id].published
    assert not read("/declarations.atom?status=published&kind=seal_code").entries


def test_what_changed_of_late_is_there_however_old_it_is(saving, read, monkeypatch):
    monkeypatch.setattr(feed, "ENTRIES", 2)
    with saving() as session:
        earlier = make.published(session, make.work_id(), declarant="杨阔远")
        make.publish(
            session, service.file_withdrawal(session, earlier, actor=DECLARANT, day=make.today(), reason="找到")
        )
        make.published(session, declarant="顾安宁")
        reference = earlier.reference
    shown = [entry.link.rpartition("/")[2] for entry in read().entries]
    assert len(shown) == 3
    assert reference in shown
    with clock.at(clock.now() + timedelta(days=feed.DAYS_OF_CHANGES + 5)):
        assert len(read().entries) == 2


def test_older_entries_are_on_further_pages(saving, read, monkeypatch):
    monkeypatch.setattr(feed, "ENTRIES", 2)
    with saving() as session:
        for place in range(5):
            make.published(session, declarant=f"声明人{place}号")
    names, address, pages = [], "/declarations.atom?q=声明人", []
    while address:
        page = read(address)
        links = {link.rel: local(link.href) for link in page.feed.links}
        names += [entry.author for entry in page.entries]
        pages.append(links)
        address = links.get("next")
    assert names == [f"声明人{place}号" for place in (4, 3, 2, 1, 0)]
    assert all(links["first"] == pages[0]["self"] for links in pages)
    assert "previous" not in pages[0]
    assert [entry.author for entry in read(pages[1]["previous"]).entries] == ["声明人4号", "声明人3号"]


def test_a_search_has_a_feed_of_its_own(saving, read):
    with saving() as session:
        make.published(session, make.work_id(), declarant="杨阔远")
        make.published(session, make.seal(), declarant="顾安宁")
    found = read("/declarations.atom?q=阔远&kind=work_id&lang=en")
    assert [entry.author for entry in found.entries] == ["杨阔远"]
    assert found.feed.title == "Register of Loss Declarations · 阔远 · Work ID"
    links = {link.rel: local(link.href) for link in found.feed.links}
    asked = "kind=work_id&lang=en&q=%E9%98%94%E8%BF%9C"
    assert sorted(links["alternate"].partition("?")[2].split("&")) == asked.split("&")
    assert links["self"].startswith("/declarations.atom?")
    assert found.feed.id.endswith("declarations?kind=work_id&q=%E9%98%94%E8%BF%9C")


@pytest.mark.one_database
def test_a_feed_without_entries_is_whole(read):
    assert read().entries == []


@pytest.mark.one_database
def test_a_reader_that_has_it_gets_nothing_anew(saving, client):
    with saving() as session:
        make.published(session)
    first = client.get("/declarations.atom")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert first.cache_control.public
    assert first.cache_control.max_age == feed.SECONDS_TO_KEEP
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": modified}):
        again = client.get("/declarations.atom", headers=headers)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
    with clock.at(clock.now() + timedelta(days=1)), saving() as session:
        make.published(session)
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": modified}):
        assert client.get("/declarations.atom", headers=headers).status_code == 200


@pytest.mark.one_database
def test_what_a_cache_keeps_is_nobodys_choice_of_language(client):
    client.get("/?lang=en")
    assert b'xml:lang="zh-CN"' in client.get("/declarations.atom").data
    english = client.get("/declarations.atom?lang=en")
    assert b'xml:lang="en"' in english.data
    assert "Set-Cookie" not in english.headers


@pytest.mark.one_database
@pytest.mark.parametrize("address", ["/declarations.atom?cursor=x", "/declarations.atom?kund=work_id"])
def test_an_address_that_is_torn_or_misspelt_is_refused(client, address):
    for lang in ("zh", "en"):
        client.get_page(f"{address}&lang={lang}", status=422)


@pytest.mark.one_database
def test_the_list_leads_to_the_feed_of_its_search(client, saving):
    with saving() as session:
        make.published(session, declarant="杨阔远")
    page = client.get_page("/declarations?q=阔远&lang=en")
    (link,) = page.select("link[rel=alternate][type='application/atom+xml']")
    assert feedparser.parse(client.get(link["href"]).data).entries
    assert client.get(page.find("a", string="Subscribe to this search")["href"]).status_code == 200
    assert not client.get_page(f"/declarations?q={make.RESIDENT_ID}").select("link[type='application/atom+xml']")
