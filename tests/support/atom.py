"""A judge of Atom documents: what RFC 4287 says that a feed must be, as far as it can be seen from outside."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
AT_MOST_ONCE = ("generator", "icon", "logo", "rights", "subtitle", "published", "content", "source", "summary")


def check_musts(document: bytes) -> Element:
    """Return the root of a feed, after judging it. Sections are those of RFC 4287."""
    root = fromstring(document)
    assert root.tag == f"{ATOM}feed"
    judge_container(root)
    entries = root.findall(f"{ATOM}entry")
    # 4.1.1: an author for the feed, unless each entry has one; a link to itself.
    assert root.find(f"{ATOM}author") is not None or all(e.find(f"{ATOM}author") is not None for e in entries)
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1
    versions = Counter()
    for entry in entries:
        judge_container(entry)
        # 4.1.2: an alternate link where there is no content, and one at most of a type and language.
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "text"
        assert not list(content)
        versions[entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")] += 1
    assert all(count == 1 for count in versions.values()), versions
    # A feed is as new as what is newest in it.
    if entries:
        assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
    return root


def judge_container(element: Element) -> None:
    """Judge what feeds and entries have in common."""
    for name in ("id", "title", "updated"):
        assert len(element.findall(f"{ATOM}{name}")) == 1, name
    for name in AT_MOST_ONCE:
        assert len(element.findall(f"{ATOM}{name}")) <= 1, name
    # 4.2.6: an absolute IRI.
    assert urlsplit(element.findtext(f"{ATOM}id") or "").scheme
    for name in ("updated", "published"):
        for moment in element.findall(f"{ATOM}{name}"):
            assert MOMENT.fullmatch(moment.text or ""), moment.text
    for person in element.findall(f"{ATOM}author"):
        assert len(person.findall(f"{ATOM}name")) == 1
    for link in element.findall(f"{ATOM}link"):
        assert urlsplit(link.get("href", "")).scheme in ("http", "https"), link.attrib
    for category in element.findall(f"{ATOM}category"):
        assert category.get("term")
        assert urlsplit(category.get("scheme", "")).scheme
