"""The Atom feed of the newest declarations, and of any search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from registry.declarations.editions import get_latest_edition
from registry.declarations.public import PublicDeclaration, list_by_ids
from registry.declarations.register import changes_of, list_changed_ids
from registry.exporting.atom import MEDIA_TYPE, Category, Entry, Feed, feed_xml
from registry.search.listing import Cursor, Page, keep_found, list_public
from registry.web.i18n import HTML_LANGUAGES, LOCALES
from registry.web.i18n import gettext as _
from registry.web.public.addresses import declaration_addresses
from registry.web.public.blueprint import public
from registry.web.public.records import kind_title
from registry.web.public.searches import STATUSES, Search, UnreadableSearch, read_search
from registry.web.rendering import in_reader_language, public_url, today
from registry.web.sessions import db, settings

ENTRIES = 50
# How long a correction or withdrawal brings the declaration it is about to the front once more.
DAYS_OF_CHANGES = 10
SECONDS_TO_KEEP = 300
# Before the first edition there is nothing that could have been updated.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Part of the names of feeds for ever: a tag URI (RFC 4151) says when its domain was whose.
TAGGED = 2026


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the register is: what makes a declaration's address, the address of the kinds, the name of the host."""

    address: Callable[[str], str]
    kinds: str
    host: str


@public.get("/declarations.atom")
def declarations_atom() -> ResponseReturnValue:
    # Caches keep one answer for an address, so what the reader once chose for the pages is no matter here.
    g.language = request.args["lang"] if request.args.get("lang") in LOCALES else "zh"
    search, cursor = read_search("cursor"), _read_cursor()
    page = list_public(db(), search.filters, cursor=cursor, size=ENTRIES)
    changed = [] if cursor else _list_changed(search, page)
    feed = _feed(search, page, [*changed, *page.declarations], cursor)
    response = Response(feed_xml(feed), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS_TO_KEEP
    # With each edition some declaration may have left the search, of which no entry tells.
    latest = get_latest_edition(db())
    response.last_modified = max(feed.updated, latest.published_at or NEVER) if latest else feed.updated
    response.add_etag()
    return response.make_conditional(request)


def _read_cursor() -> Cursor | None:
    cursor = Cursor.parse(request.args.get("cursor", ""))
    if cursor is None and "cursor" in request.args:
        raise UnreadableSearch([_("Begin with the first page of the feed: this one has no place in it")])
    return cursor


def _list_changed(search: Search, page: Page[PublicDeclaration]) -> list[PublicDeclaration]:
    """Return what was corrected or withdrawn of late and is too old for the first page."""
    since = today() - timedelta(days=DAYS_OF_CHANGES)
    listed = {declaration.declaration_id for declaration in page.declarations}
    ids = [one for one in list_changed_ids(db(), since=since, most=ENTRIES) if one not in listed]
    return list_by_ids(db(), keep_found(db(), search.filters, ids)) if ids else []


def _feed(
    search: Search, page: Page[PublicDeclaration], listed: list[PublicDeclaration], cursor: Cursor | None
) -> Feed:
    changes = changes_of(db(), [declaration.declaration_id for declaration in listed])
    place = _Place(declaration_addresses(), public_url("public.kinds"), _host())
    entries = [_entry(one, changes.get(one.declaration_id, one.published_at), place) for one in listed]
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    site = settings()
    return Feed(
        id=f"tag:{place.host},{TAGGED}:declarations?{urlencode(sorted(search.used.items()))}".rstrip("?"),
        title=" · ".join([in_reader_language(site.registry_name), *search.words]),
        subtitle=_("A number that is not on the register is not thereby proven valid."),
        author=in_reader_language(site.paper_name) or in_reader_language(site.registry_name),
        author_url=public_url("public.home"),
        language=HTML_LANGUAGES[g.language],
        updated=max((entry.updated for entry in entries), default=NEVER),
        links=_links(search, page, cursor),
        entries=tuple(entries),
    )


def _links(search: Search, page: Page[PublicDeclaration], cursor: Cursor | None) -> dict[str, str]:
    asked = {**search.used, "lang": g.language} if "lang" in request.args else search.used

    def feed_url(at: Cursor | None) -> str:
        return public_url("public.declarations_atom", **asked, **({"cursor": str(at)} if at else {}))

    links = {"self": feed_url(cursor), "alternate": public_url("public.declarations", **asked), "first": feed_url(None)}
    if page.newer:
        links["previous"] = feed_url(page.newer)
    if page.older:
        links["next"] = feed_url(page.older)
    return links


def _entry(declaration: PublicDeclaration, updated: datetime, place: _Place) -> Entry:
    slugs = dict.fromkeys(document.kind for document in declaration.documents)
    return Entry(
        id=f"tag:{place.host},{declaration.published_on}:{declaration.reference}",
        title=_title(declaration),
        author=declaration.declarant,
        content=declaration.sentence,
        url=place.address(declaration.reference),
        published=declaration.published_at,
        updated=max(updated, declaration.published_at),
        categories=tuple(Category(slug, place.kinds, kind_title(slug) or slug) for slug in slugs),
        related=place.address(declaration.about) if declaration.about else None,
    )


def _title(declaration: PublicDeclaration) -> str:
    """Return who declares which papers lost, and what became of it; for a further record, what it does to which."""
    nature = {"correction": _("Correction"), "withdrawal": _("Withdrawal")}.get(declaration.nature)
    status = str(STATUSES[declaration.status]) if declaration.status != "published" else None
    papers = "、".join(document.title for document in declaration.documents) or declaration.about
    return " · ".join(part for part in (nature, status, declaration.declarant, papers) if part)


def _host() -> str:
    host = urlsplit(public_url("public.home")).hostname or ""
    return host.replace(":", "-")
