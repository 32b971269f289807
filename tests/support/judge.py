"""What every page must be, whatever it says. The test client puts each page it receives before `judge`."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from weakref import WeakKeyDictionary

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.builder import HTML5TreeBuilder
from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from registry.web.sessions import READING_POSTS, SEALED_POSTS

ORIGIN = "http://localhost"
# Where the application for programs has its addresses.
PREFIX = "/api"
LANGUAGES = {"zh-CN", "en"}
# Attributes whose value is a list of ids on the same page.
REFERENCES = {"aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "for", "list", "headers", "form"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
# Line and column, code, and what belongs into the code's text.
SyntaxFault = tuple[tuple[int, int], str, dict[str, str]]
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CONTROLS = {"input", "select", "textarea"}
LEFTOVER = re.compile(r"\bUndefined\b|\{\{|\{%|%\(\w+\)[sd]|<[\w.]+ object at 0x")
FOREIGN = re.compile(r"(https?:)?//", re.IGNORECASE)
TOKEN = re.compile(r'(?<= name="csrf_token" value=")[^"]+')
# How many pages that were found good are kept: as many as tests ask for before they ask for the same one again.
KEPT = 256


class _Builder(HTML5TreeBuilder):
    """Beautiful Soup's builder, which throws away what html5lib found wrong, without throwing it away."""

    errors: list[SyntaxFault]

    def feed(self, markup: Any) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup).original_encoding = None
        self.errors = parser.errors


def judge(response: TestResponse, app: Flask, url: str) -> BeautifulSoup:
    """Return the page as soup. Raises AssertionError with everything that is wrong with it, one fault a line.

    Half of all pages that tests ask for have been judged before, as another test began on the same one. Such a page is
    the soup of the first time, with the tokens of this time: whoever wants to change it makes a copy.
    """
    text = response.get_data(as_text=True)
    # What is said of a page depends on its text, on where it stands, and on which addresses there are.
    key = (TOKEN.sub("…", text), url, _rules_of(app))
    found = list(_response_faults(response))
    page = _judged.get(key)
    if page is None:
        builder = _Builder()
        page = BeautifulSoup(text, builder=builder)
        found += [*_syntax_faults(text, builder.errors), *page_faults(page, app, url)]
    if found:
        listed = "\n".join(f"  - {fault}" for fault in dict.fromkeys(found))
        raise AssertionError(f"{response.status} {url} is not a page we would show:\n{listed}")
    fields = page.select('input[name="csrf_token"][value]:not([value=""])')
    for field, token in zip(fields, TOKEN.findall(text), strict=True):
        field["value"] = token
    _judged[key] = page
    _judged.move_to_end(key)
    if len(_judged) > KEPT:
        _judged.popitem(last=False)
    return page


_judged: OrderedDict[tuple[str, str, tuple[str, ...]], BeautifulSoup] = OrderedDict()


def page_faults(page: BeautifulSoup, app: Flask, url: str) -> Iterator[str]:
    # Searching the page anew for every element and attribute would take longer than parsing it.
    tags: list[Tag] = []
    strings: list[NavigableString] = []
    for part in page.descendants:
        if isinstance(part, Tag):
            tags.append(part)
        elif isinstance(part, NavigableString):
            strings.append(part)
    for check in (_headings, _labels, _images):
        yield from check(page, tags)
    yield from _leftovers(strings)
    yield from _forms(tags, app, url)
    yield from _ids(tags)
    yield from _inline(tags)
    ids = {str(tag["id"]) for tag in tags if "id" in tag.attrs}
    addresses = _addresses_of(app)
    for link in _links(tags):
        yield from _link_faults(link, ids, addresses, url)


def _response_faults(response: TestResponse) -> Iterator[str]:
    if response.headers.get("Content-Type") != "text/html; charset=utf-8":
        yield f"content type is {response.headers.get('Content-Type')}"
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"content security policy is {policy!r}"
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        yield "no X-Content-Type-Options: nosniff"
    if response.status_code >= 500 and response.status_code != 503:
        yield "a server error"


def _syntax_faults(text: str, errors: list[SyntaxFault]) -> Iterator[str]:
    for (line, _), code, details in errors:
        said = html5lib.constants.E.get(code, code) % details
        source = text.splitlines()[line - 1].strip()[:100] if 0 < line <= text.count("\n") + 1 else ""
        yield f"line {line}: {said} ({source})"


def _headings(page: BeautifulSoup, tags: list[Tag]) -> Iterator[str]:
    language = page.html.get("lang") if page.html else None
    if language not in LANGUAGES:
        yield f"html lang is {language!r}"
    headings = [text_of(tag) for tag in tags if tag.name == "h1"]
    title = text_of(page.title) if page.title else ""
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    elif not headings[0] or not title.startswith(headings[0]):
        yield f"title {title!r} does not start with the h1 {headings[0]!r}"
    level = 0
    for heading in (tag for tag in tags if tag.name in HEADINGS):
        if int(heading.name[1]) > level + 1 and level:
            yield f"{heading.name} {text_of(heading)!r} follows h{level}"
        level = int(heading.name[1])


def _ids(tags: list[Tag]) -> Iterator[str]:
    counted = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
    yield from (f"id {name!r} stands {count} times" for name, count in counted.items() if count > 1)
    for tag in tags:
        for attribute in REFERENCES & tag.attrs.keys():
            value = tag[attribute]
            for name in value if isinstance(value, list) else str(value).split():
                if name not in counted:
                    yield f"{_shown(tag)}: {attribute} names {name!r}, which is not on the page"


def _labels(_page: BeautifulSoup, tags: list[Tag]) -> Iterator[str]:
    labelled = {str(tag["for"]) for tag in tags if tag.name == "label" and "for" in tag.attrs and text_of(tag)}
    for control in (tag for tag in tags if tag.name in CONTROLS):
        if control.name == "input" and control.get("type", "text") in UNLABELLED:
            continue
        if control.get("id") in labelled or control.find_parent("label"):
            continue
        if not (control.get("aria-label") or control.get("aria-labelledby")):
            yield f"{_shown(control)} has no label"
    for named in (tag for tag in tags if tag.name == "button" or (tag.name == "a" and "href" in tag.attrs)):
        if not (text_of(named) or named.get("aria-label") or named.select_one("[alt], title")):
            yield f"{_shown(named)} has no name"


def _forms(tags: list[Tag], app: Flask, url: str) -> Iterator[str]:
    for form in (tag for tag in tags if tag.name == "form"):
        method = str(form.get("method", "get")).lower()
        token = form.select_one("input[name=csrf_token]")
        if method == "post" and not (token and token.get("value")) and not _needs_none(form, app, url):
            yield f"{_shown(form)} posts without a csrf_token"
        if method == "get" and token:
            yield f"{_shown(form)} puts its csrf_token into the address"
        if method == "post" and form.get("novalidate") is None and form.select("[required], [pattern], [type=email]"):
            yield f"{_shown(form)} lets the browser speak instead of our error summary: no novalidate"


def _inline(tags: list[Tag]) -> Iterator[str]:
    for tag in tags:
        if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
            yield f"inline {_shown(tag)}, which the content security policy forbids"
        for attribute, value in tag.attrs.items():
            if attribute == "style" or attribute.startswith("on"):
                yield f"{_shown(tag)} has {attribute}="
            elif isinstance(value, str) and value.strip().lower().startswith("javascript:"):
                yield f"{_shown(tag)} runs a script from {attribute}="


def _images(_page: BeautifulSoup, tags: list[Tag]) -> Iterator[str]:
    yield from (f"{_shown(tag)} has no alt" for tag in tags if tag.name == "img" and "alt" not in tag.attrs)


def _leftovers(strings: list[NavigableString]) -> Iterator[str]:
    for text in strings:
        if LEFTOVER.search(text):
            yield f"a leftover of the template: {text.strip()[:80]!r}"
        elif text.strip() == "None":
            yield f"a None in {_shown(text.parent) if text.parent else 'the page'}"


def _links(tags: list[Tag]) -> Iterator[tuple[Tag, str, str]]:
    """Every address on the page: its tag, the address, and the method it would be asked with."""
    for tag in tags:
        if tag.name == "form":
            yield tag, str(tag.get("action") or ""), str(tag.get("method", "get")).upper()
        for attribute in {"href", "src"} & tag.attrs.keys():
            if tag.find_parent("svg") is None:
                yield tag, str(tag[attribute]), "GET"


def _needs_none(form: Tag, app: Flask, url: str) -> bool:
    target = urlsplit(urljoin(urljoin(ORIGIN, url), str(form.get("action") or url)))
    try:
        endpoint, _ = app.url_map.bind("localhost").match(unquote(target.path), method="POST")
    except HTTPException:
        return False
    return endpoint in READING_POSTS | SEALED_POSTS


def _link_faults(
    link: tuple[Tag, str, str], ids: set[str], addresses: Callable[[str, str], str], url: str
) -> Iterator[str]:
    tag, address, method = link
    if address.startswith(("mailto:", "tel:", "data:")):
        return
    if address.startswith("#"):
        if unquote(address[1:]) not in ids:
            yield f"{_shown(tag)} leads to {address}, which is not on the page"
        return
    target = urlsplit(urljoin(urljoin(ORIGIN, url), address))
    if FOREIGN.match(address) and f"{target.scheme}://{target.netloc}" != ORIGIN:
        if tag.name != "a":
            yield f"{_shown(tag)} asks another server: {address}"
        return
    fault = addresses(unquote(target.path), method)
    if fault:
        yield f"{_shown(tag)} leads to {address}, {fault}"


def _addresses_of(app: Flask) -> Callable[[str, str], str]:
    """Return what tells of a path and a method why a link must not lead there; nothing if it may.

    Applications with the same rules share what they have found out.
    """
    programs = app.extensions.get("registry_api")
    known = _known.setdefault(_rules_of(app), {})

    def find(path: str, method: str) -> str:
        if (path, method) not in known:
            known[path, method] = _address_fault(app, programs, path, method)
        return known[path, method]

    return find


_known: dict[tuple[str, ...], dict[tuple[str, str], str]] = {}


def _rules_of(app: Flask) -> tuple[str, ...]:
    """Return the addresses of an application and of the one for programs in it, as they were when first asked for."""
    if app not in _rules:
        programs = app.extensions.get("registry_api")
        _rules[app] = tuple(repr(rule) for one in (app, programs) if one for rule in one.url_map.iter_rules())
    return _rules[app]


_rules: WeakKeyDictionary[Flask, tuple[str, ...]] = WeakKeyDictionary()


def _address_fault(app: Flask, programs: Flask | None, path: str, method: str) -> str:
    if programs and path.startswith(f"{PREFIX}/"):
        app, path = programs, path.removeprefix(PREFIX)
    try:
        endpoint, values = app.url_map.bind("localhost").match(path, method=method)
    except RequestRedirect as redirect:
        return f"which only redirects to {redirect.new_url}"
    except MethodNotAllowed:
        return f"which does not answer {method}"
    except HTTPException:
        return "which is no page of ours"
    folder = _static_folder(app, endpoint)
    if folder and not (folder / str(values["filename"])).is_file():
        return "and there is no such file"
    return ""


def _static_folder(app: Flask, endpoint: str) -> Path | None:
    blueprint, _, name = endpoint.rpartition(".")
    if name != "static":
        return None
    owner = app.blueprints[blueprint] if blueprint else app
    return Path(owner.static_folder) if owner.static_folder else None


def text_of(tag: Tag) -> str:
    """The words of a tag with their blanks joined, as a reader sees them."""
    return " ".join(tag.get_text().split())


def _shown(tag: Tag) -> str:
    attributes = "".join(f' {name}="{tag[name]}"' for name in ("id", "name", "href", "action", "src") if tag.get(name))
    return f"<{tag.name}{attributes}>"
