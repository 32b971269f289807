"""A check's answer as JSON has it: never more certain than the register, and without anybody's sensitive number."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.wsgi import get_host

from registry import kinds
from registry.config import Settings
from registry.db.direct import Reader
from registry.declarations.references import BadReference, looks_like_reference, parse_reference
from registry.kinds import Grade
from registry.search.check import Answer, Verdict, each_once
from registry.search.entries import Entry, find_published
from registry.text import Text
from registry.web.api.blueprint import PREFIX
from registry.web.sessions import settings
from registry.web.sites import Site, environ_of, site_in

NOTICE: Final = Text(
    "未登记不能证明证件有效：证件可能已经遗失而没有声明，也可能声明在别处。详情请向签发机关查询。",
    "Not being on the register is no proof of validity: a document may be lost and not declared, or declared "
    "elsewhere. Whoever issued it can tell more.",
)
# `S26-4088-385X`, with as many blanks as anybody types; and without anything between its characters.
LONGEST_REFERENCE: Final = 24
_BARE_REFERENCE: Final = 11
_NOTHING: Final[dict[str, Any]] = {
    **dict.fromkeys(
        ("kind", "title", "number", "reference", "since", "until", "filed_on", "edition", "url", "replaced_by")
    ),
    "reasons": (),
    "suggestions": (),
}


def site() -> str:
    """Return where the pages are, without a slash at the end."""
    return address_of(settings(), site_in(request.environ))


def address_of(settings: Settings, site: Site) -> str:
    """Return where the pages are, as REGISTRY_URL or else the request says it, without a slash at the end."""
    return settings.registry_url or _address(site)


@lru_cache(maxsize=64)
def _address(site: Site) -> str:
    environ = environ_of(site)
    mounted = environ.get("SCRIPT_NAME", "").removesuffix(PREFIX)
    return f"{environ['wsgi.url_scheme']}://{get_host(environ)}{mounted}"


def page_of(site: str, reference: str) -> str:
    """Return the address of the page of a published declaration."""
    return f"{site}/declarations/{reference}"


class Teller:
    """Tells the answers to one request.

    `language` is its caller's, `site` where the pages are, `zone` the newspaper's time zone.
    """

    def __init__(self, reader: Reader, language: str, site: str, zone: str) -> None:
        self._reader = reader
        self._language = language
        self._site = site
        self._zone = zone

    def tell(self, answer: Answer) -> dict[str, Any]:
        """Return an answer about something that could be a number."""
        shown = _shown(answer)
        return {
            "number": answer.number if shown is None else shown,
            "canonical": _canonical(answer) if shown is None else None,
            "as_of": answer.as_of.replace(microsecond=0),
            "verdicts": [self._verdict(verdict) for verdict in each_once(answer.verdicts)],
            "is_cut": answer.is_cut,
            "candidates": [_candidate(rule, grade) for rule, grade in answer.candidates],
            "near": [self._near(entry) for entry in answer.near],
            "reference": None if answer.is_registered else self._reference(answer.number),
            "notice": NOTICE.in_language(self._language),
        }

    def _verdict(self, verdict: Verdict) -> dict[str, Any]:
        entry = verdict.entry
        told = {"verdict": verdict.verdict, **_NOTHING}
        if entry is None:
            if verdict.examination:
                told["reasons"] = [
                    {"code": reason.code, "detail": reason.message.in_language(self._language)}
                    for reason in verdict.examination.reasons
                ]
                told["suggestions"] = [] if verdict.examination.sensitive else verdict.examination.suggestions
            return told
        told["kind"] = entry.kind
        if entry.edition_day:
            told["edition"] = {"number": entry.edition_number, "day": entry.edition_day}
        if verdict.verdict == "provisional":
            # Nobody has looked at what is only filed: what it says may be untrue, and names nobody.
            told["filed_on"] = self._local_day(verdict.filed_at)
            return told
        told["title"] = entry.title
        told["number"] = entry.shown
        told["reference"] = entry.reference
        told["since"] = verdict.since
        told["until"] = verdict.until
        told["url"] = page_of(self._site, entry.reference)
        if verdict.replaced_by:
            told["replaced_by"] = {
                "reference": verdict.replaced_by.reference,
                "nature": verdict.replaced_by.nature,
                "url": page_of(self._site, verdict.replaced_by.reference),
            }
        return told

    def _local_day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(ZoneInfo(self._zone)).date() if moment else None

    def _near(self, entry: Entry) -> dict[str, Any]:
        return {
            "number": entry.shown,
            "kind": entry.kind,
            "title": entry.title,
            "reference": entry.reference,
            "url": page_of(self._site, entry.reference),
        }

    def _reference(self, text: str) -> dict[str, Any] | None:
        # Shorter or longer it is none, however it is spelled.
        if not 10 <= len(text) <= (_BARE_REFERENCE if text.isalnum() else LONGEST_REFERENCE):
            return None
        try:
            reference = parse_reference(text)
        except BadReference as error:
            mistyped = error.mistyped and looks_like_reference(text)
            return {"state": "mistyped", "reference": None, "url": None} if mistyped else None
        if find_published(self._reader, reference) is not None:
            return {"state": "published", "reference": reference, "url": page_of(self._site, reference)}
        # Digits alone are rather some other number.
        if looks_like_reference(text):
            return {"state": "unpublished", "reference": reference, "url": None}
        return None


def _shown(answer: Answer) -> str | None:
    """Return a sensitive number as it may be repeated; None for one that is not sensitive."""
    if answer.best and answer.best.sensitive:
        return answer.best.masked
    for verdict in answer.verdicts:
        if verdict.entry and verdict.entry.sensitive:
            return verdict.entry.shown
    hidden = kinds.find_sensitive(answer.number)
    if not hidden:
        return None
    text = answer.number
    for start, end in hidden:
        text = text[:start] + "*" * (end - start) + text[end:]
    return text


def _canonical(answer: Answer) -> str:
    return answer.best.canonical if answer.best else answer.forms[0]


@cache
def _candidate(rule: str, grade: Grade) -> dict[str, Any]:
    title = kinds.RULES[rule].title
    return {
        "rule": rule,
        "title": {"zh": title.zh, "en": title.en},
        "grade": grade.value,
        "kinds": [kind.slug for kind in kinds.bearing(rule)],
    }
