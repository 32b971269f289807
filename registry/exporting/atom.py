"""An Atom feed after RFC 4287, in pages after RFC 5005. Why this is not a library's work: docs/adr/0020."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE: Final = "application/atom+xml"
# What XML 1.0 has no way to say.
_UNSAYABLE: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Category:
    """A word of a vocabulary: `term` for programs, `label` for people."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `id` never changes, `updated` moves on when something about it does, `content` is plain Chinese."""

    id: str
    title: str
    author: str
    content: str
    url: str
    published: datetime
    updated: datetime
    categories: tuple[Category, ...] = ()
    related: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed.

    Attributes:
        author: who answers for the feed as a whole.
        updated: when the newest of its entries was.
        links: addresses by relation: self, alternate, first, previous, next.
        entries: no two of one id.
    """

    id: str
    title: str
    subtitle: str
    author: str
    author_url: str
    language: str
    updated: datetime
    links: dict[str, str]
    entries: tuple[Entry, ...]


def feed_xml(feed: Feed) -> bytes:
    """Return the document, in UTF-8."""
    # Said here and not to the whole process, where any other library may take the empty prefix for its own.
    root = Element("feed", {"xmlns": NAMESPACE, XML_LANG: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(feed.updated))
    author = SubElement(root, "author")
    _text(author, "name", feed.author)
    _text(author, "uri", feed.author_url)
    for relation, address in feed.links.items():
        media_type = "text/html" if relation == "alternate" else MEDIA_TYPE
        SubElement(root, "link", {"rel": relation, "type": media_type, "href": address})
    for entry in feed.entries:
        _add_entry(root, entry)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _add_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    author = SubElement(element, "author")
    _text(author, "name", entry.author)
    _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.related:
        SubElement(element, "link", {"rel": "related", "type": "text/html", "href": entry.related})
    for category in entry.categories:
        attributes = {"term": category.term, "scheme": category.scheme, "label": _sayable(category.label)}
        SubElement(element, "category", attributes)
    _text(element, "content", entry.content, {"type": "text", XML_LANG: "zh-CN"})


def _text(parent: Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(parent, name, attributes or {}).text = _sayable(text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _sayable(text: str) -> str:
    return _UNSAYABLE.sub("\ufffd", text)
