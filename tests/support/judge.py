"""What every page must be, whatever it says. The test client puts each page it receives before `judge`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
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
FOREIGN = re.compile(r"(https?:)?//", re.IGNORECASE)


class _Builder(HTML5TreeBuilder):
    """Beautiful Soup's builder, which throws away what html5lib found wrong, without throwing it away."""

    errors: list[SyntaxFault]

    def feed(self, markup: Any) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup).original_encoding = None
        self.errors = parser.errors


def judge(response: TestResponse, app: Flask, url: str) -> BeautifulSoup:
    """Return the page as soup. Raises AssertionError with everything that is wrong with it, one fault a line."""
    builder = _Builder()
    text = response.get_data(as_text=True)
    page = BeautifulSoup(text, builder=builder)
    found = [*_response_faults(response), *_syntax_faults(text, builder.errors), *page_faults(page, app, url)]
    if found:
        listed = "\n".join(f"  - {fault}" for fault in dict.fromkeys(found))
        raise AssertionError(f"{response.status} {url} is not a page we would show:\n{listed}")
    return page


def page_faults(page: BeautifulSoup, app: Flask, url: str) -> Iterator[str]:
    for check in (_headings, _labels, _images, _leftovers):
        yield from check(page)
    yield from _forms(page, app, url)
    # Searching the page anew for every attribute would take longer than parsing it.
    tags = page.find_all(True)
    yield from _ids(tags)
    yield from _inline(tags)
    for link in _links(tags):
        yield from _link_faults(link, page, app, url)


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


def _headings(page: BeautifulSoup) -> Iterator[str]:
    language = page.html.get("lang") if page.html else None
    if language not in LANGUAGES:
        yield f"html lang is {language!r}"
    headings = [text_of(h1) for h1 in page.find_all("h1")]
    title = text_of(page.title) if page.title else ""
    if len(headings) != 1:
        yield f"{len(headings)} h1: {headings}"
    elif not headings[0] or not title.startswith(headings[0]):
        yield f"title {title!r} does not start with the h1 {headings[0]!r}"
    level = 0
    for heading in page.select("h1, h2, h3, h4, h5, h6"):
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


def _labels(page: BeautifulSoup) -> Iterator[str]:
    labelled = {str(label["for"]) for label in page.find_all("label", attrs={"for": True}) if text_of(label)}
    for control in page.select("input, select, textarea"):
        if control.name == "input" and control.get("type", "text") in UNLABELLED:
            continue
        if control.get("id") in labelled or control.find_parent("label"):
            continue
        if not (control.get("aria-label") or control.get("aria-labelledby")):
            yield f"{_shown(control)} has no label"
    for named in page.select("a[href], button"):
        if not (text_of(named) or named.get("aria-label") or named.select_one("[alt], title")):
            yield f"{_shown(named)} has no name"


def _forms(page: BeautifulSoup, app: Flask, url: str) -> Iterator[str]:
    for form in page.find_all("form"):
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


def _images(page: BeautifulSoup) -> Iterator[str]:
    yield from (f"{_shown(image)} has no alt" for image in page.find_all("img", alt=False))


def _leftovers(page: BeautifulSoup) -> Iterator[str]:
    for text in page.find_all(string=True):
        if re.search(r"\bUndefined\b|\{\{|\{%|%\(\w+\)[sd]|<[\w.]+ object at 0x", text):
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


def _link_faults(link: tuple[Tag, str, str], page: BeautifulSoup, app: Flask, url: str) -> Iterator[str]:
    tag, address, method = link
    if address.startswith(("mailto:", "tel:", "data:")):
        return
    if address.startswith("#"):
        if not page.find(id=unquote(address[1:])):
            yield f"{_shown(tag)} leads to {address}, which is not on the page"
        return
    target = urlsplit(urljoin(urljoin(ORIGIN, url), address))
    if FOREIGN.match(address) and f"{target.scheme}://{target.netloc}" != ORIGIN:
        if tag.name != "a":
            yield f"{_shown(tag)} asks another server: {address}"
        return
    path = unquote(target.path)
    if path.startswith(f"{PREFIX}/"):
        app, path = app.extensions["registry_api"], path.removeprefix(PREFIX)
    try:
        endpoint, values = app.url_map.bind("localhost").match(path, method=method)
    except RequestRedirect as redirect:
        yield f"{_shown(tag)} leads to {address}, which only redirects to {redirect.new_url}"
    except MethodNotAllowed:
        yield f"{_shown(tag)} leads to {address}, which does not answer {method}"
    except HTTPException:
        yield f"{_shown(tag)} leads to {address}, which is no page of ours"
    else:
        folder = _static_folder(app, endpoint)
        if folder and not (folder / str(values["filename"])).is_file():
            yield f"{_shown(tag)} asks for {address}, and there is no such file"


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
