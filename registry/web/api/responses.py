"""What an operation may answer, as the description of the API says it: statuses, headers, bodies, where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from registry.web.api.blueprint import DOCUMENTATION
from registry.web.api.operations import Link, Operation
from registry.web.api.problems import MEDIA_TYPE, SORTS
from registry.web.api.reply import JSON
from registry.web.i18n import gettext_noop as _n


@dataclass(frozen=True, slots=True)
class Header:
    """A header of answers: what it says, what it looks like, and whether it is there `always` or only sometimes."""

    meaning: str
    pattern: str
    always: bool = True


_DAY: Final = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH: Final = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
HEADERS: Final = {
    "ETag": Header(_n("The tag of the answer, for If-None-Match."), '^"[0-9a-f]+"$'),
    "Cache-Control": Header(
        _n("For how long the answer may be kept, and by whom."), "^(no-store|public, max-age=[0-9]+)$"
    ),
    "Last-Modified": Header(
        _n("When something on the register was last filed, decided or published."),
        f"^{_DAY}, [0-9]{{2}} {_MONTH} [0-9]{{4}} [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}} GMT$",
        always=False,
    ),
    "RateLimit-Policy": Header(
        _n("The limit: its name, how much (q) in how many seconds (w)."), '^"[a-z]+";q=[0-9]+;w=[0-9]+$', always=False
    ),
    "RateLimit": Header(
        _n("What is left of the limit (r), and in how many seconds it begins anew (t)."),
        '^"[a-z]+";r=[0-9]+;t=[0-9]+$',
        always=False,
    ),
    "X-Request-Id": Header(_n("By what the registry finds this answer in its log."), "^[0-9a-f]{12}$"),
    "Content-Language": Header(_n("Of a refusal: the language of its words."), "^(zh-CN|en)$"),
    "Retry-After": Header(_n("Of a refusal: after how many seconds to ask again."), "^[0-9]+$"),
    "WWW-Authenticate": Header(_n("Of a refused key: how one is sent."), "^Bearer "),
}
_COUNTED: Final = ("RateLimit-Policy", "RateLimit")
_OF_REFUSAL: Final = ("Cache-Control", "X-Request-Id", "Content-Language")
# What the refusals of one status have besides.
_BY_STATUS: Final = {
    401: (*_COUNTED, "WWW-Authenticate"),
    429: (*_COUNTED, "Retry-After"),
    503: ("Retry-After",),
}
_ALWAYS: Final = ("invalid-request", "invalid-key", "too-many-requests", "fault", "not-ready")
_WITH_BODY: Final = ("unreadable-body", "too-large", "unsupported-media-type", "unusable")


def described_headers() -> dict[str, Any]:
    """Return the headers of all answers, by their names."""
    return {
        name: {
            "description": header.meaning,
            "required": header.always,
            "schema": {"type": "string", "pattern": header.pattern},
        }
        for name, header in HEADERS.items()
    }


def responses_of(operation: Operation, answer: str, problem: str) -> dict[str, Any]:
    """Return the responses of an operation; `answer` and `problem` are where the schemas of the bodies stand."""
    own = ("Cache-Control", "Last-Modified", *_COUNTED, "X-Request-Id")
    headers = own if operation.seconds is None else ("ETag", *own)
    whole: dict[str, Any] = {
        "description": _n("The answer."),
        "headers": _references(headers),
        "content": {JSON: {"schema": {"$ref": answer}, "example": operation.answered}},
    }
    if operation.links:
        whole["links"] = {name: _link(link) for name, link in operation.links.items()}
    responses = {"200": whole}
    if operation.seconds is not None:
        responses["304"] = {
            "description": _n("Nothing has changed: the answer with this tag is still right."),
            "headers": _references(headers),
        }
    sorts = dict.fromkeys((*_ALWAYS, *(_WITH_BODY if operation.body else ()), *operation.problems))
    for status in sorted({SORTS[sort].status for sort in sorts}):
        responses[str(status)] = _refusal(status, [sort for sort in sorts if SORTS[sort].status == status], problem)
    return responses


def _refusal(status: int, sorts: list[str], problem: str) -> dict[str, Any]:
    return {
        "description": " / ".join(SORTS[sort].title for sort in sorts),
        "headers": _references((*_OF_REFUSAL, *_BY_STATUS.get(status, _COUNTED))),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": problem},
                "examples": {sort: {"value": _example_of(sort)} for sort in sorts},
            }
        },
    }


def _references(headers: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in headers}


def _link(link: Link) -> dict[str, Any]:
    described: dict[str, Any] = {"operationId": link.operation}
    if link.asked:
        described["parameters"] = _expressions(link.asked)
    if link.body:
        described["requestBody"] = _expressions(link.body)
    return described


def _expressions(pointers: Mapping[str, str]) -> dict[str, str]:
    return {name: f"$response.body#{pointer}" for name, pointer in pointers.items()}


def _example_of(sort: str) -> dict[str, Any]:
    told = SORTS[sort]
    example: dict[str, Any] = {
        "type": f"{DOCUMENTATION}#problem-{sort}",
        "title": told.title,
        "status": told.status,
        "detail": told.advice,
    }
    if sort == "invalid-request":
        detail = "There is no nubmer: did you mean number?"
        example["detail"] = detail
        example["errors"] = [
            {"name": "nubmer", "in": "query", "code": "unknown", "detail": detail, "suggestion": "number"}
        ]
    return example
