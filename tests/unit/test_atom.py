"""The Atom document, held against what RFC 4287 says that it must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring, register_namespace

import pytest

from registry.exporting.atom import Category, Entry, Feed, feed_xml
from tests.support.atom import ATOM, check_musts

ENTRY = Entry(
    id="tag:register.example.cn,2026-11-20:S26-4071-3850",
    title="杨阔远 · 工作证",
    author="杨阔远",
    content="因不慎将杨阔远的工作证丢失，声明作废。",
    url="https://register.example.cn/declarations/S26-4071-3850",
    published=datetime(2026, 11, 20, 1, 2, 3, 456, tzinfo=UTC),
    updated=datetime(2026, 11, 21, tzinfo=UTC),
    categories=(Category("work_id", "https://register.example.cn/kinds", "工作证"),),
)
FEED = Feed(
    id="tag:register.example.cn,2026:declarations",
    title="登记簿",
    subtitle="不等于有效",
    author="澜川日报",
    author_url="https://register.example.cn/",
    language="zh-CN",
    updated=ENTRY.updated,
    links={
        "self": "https://register.example.cn/declarations.atom?q=%E9%98%94&lang=en",
        "alternate": "https://register.example.cn/declarations",
    },
    entries=(ENTRY,),
)


def test_a_feed_is_what_the_standard_asks_for() -> None:
    root = check_musts(feed_xml(FEED))
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}published") == "2026-11-20T01:02:03Z"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-21T00:00:00Z"
    assert entry.find(f"{ATOM}link[@rel='related']") is None


def test_other_libraries_may_name_the_spaces_of_the_process() -> None:
    document = feed_xml(FEED)
    register_namespace("", "https://example.cn/other")
    register_namespace("elsewhere", "http://www.w3.org/2005/Atom")
    assert feed_xml(FEED) == document


def test_an_empty_feed_is_one() -> None:
    check_musts(feed_xml(replace(FEED, entries=())))


def test_what_it_is_about_is_a_related_link() -> None:
    earlier = "https://register.example.cn/declarations/S26-0411-8472"
    root = check_musts(feed_xml(replace(FEED, entries=(replace(ENTRY, related=earlier),))))
    found = root.find(f"{ATOM}entry/{ATOM}link[@rel='related']")
    assert found is not None
    assert found.get("href") == earlier


@pytest.mark.parametrize("text", ["<b>&amp;</b>]]>", "a\x00b\x0bc\ufffe", "𠮷\U0002ebf0", "\u2028\u202e", "\r\n\t"])
def test_any_text_can_stand_in_it(text: str) -> None:
    entry = replace(ENTRY, title=text, author=text, content=text, categories=(Category("x", "https://x/", text),))
    root = check_musts(feed_xml(replace(FEED, title=text, subtitle=text, entries=(entry,))))
    shown = root.findtext(f"{ATOM}entry/{ATOM}content")
    assert shown is not None
    said = text.replace("\x00", "\ufffd").replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    assert shown.replace("\n", "") == said.replace("\r\n", "").replace("\n", "")


def test_the_judge_of_feeds_sees_what_is_wrong() -> None:
    good = feed_xml(FEED).decode()
    for wrong in (
        good.replace("<id>tag:register.example.cn,2026:declarations</id>", ""),
        good.replace("2026-11-21T00:00:00Z", "2026-11-21 00:00"),
        good.replace("<author><name>澜川日报</name>", "<author>"),
        good.replace('rel="alternate"', 'rel="related"'),
        good.replace("<entry>", "<entry><id>tag:x,2026:y</id>"),
        good.replace("</feed>", good[good.index("<entry>") : good.index("</entry>")] + "</entry></feed>"),
    ):
        fromstring(wrong)
        with pytest.raises(AssertionError):
            check_musts(wrong.encode())
