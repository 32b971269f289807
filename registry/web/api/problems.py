"""Refusals of the API, as problem+json (RFC 9457): what sort of refusal, and what the program can do about it.

The `type` of a problem is the address of its paragraph in the documentation, and stays what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from pydantic_core import to_json
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from registry import errors
from registry.web.api.blueprint import DOCUMENTATION, PREFIX
from registry.web.api.language import caller_language
from registry.web.errors import log_fault, wait_for_migrations
from registry.web.i18n import HTML_LANGUAGES
from registry.web.i18n import gettext_noop as _n

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of refusal: its status, and in the words of the catalogues its title and what helps."""

    status: int
    title: str
    advice: str


SORTS: Final[Mapping[str, Sort]] = {
    "unreadable-body": Sort(
        400,
        _n("The body cannot be read"),
        _n("Send one JSON object, with Content-Type: application/json."),
    ),
    "invalid-request": Sort(
        400,
        _n("Something in the request is not right"),
        _n("`errors` names each parameter or field that has to be changed, and says how."),
    ),
    "invalid-key": Sort(
        401,
        _n("This key opens nothing"),
        _n("Send `Authorization: Bearer` and a key that is in use, or no key at all. Editors make keys."),
    ),
    "closed": Sort(403, _n("This address is closed"), _n("It answers nobody. The documentation lists those that do.")),
    "not-found": Sort(
        404,
        _n("There is nothing under this address"),
        _n("Compare the address with the documentation, and the reference, kind or day in it with where it is from."),
    ),
    "mistyped-reference": Sort(
        404,
        _n("One character of this reference is wrong"),
        _n("Its last character does not fit the others. Compare it with the notice or the receipt."),
    ),
    "method-not-allowed": Sort(
        405,
        _n("This address does not take this method"),
        _n("The header Allow names those that it takes."),
    ),
    "too-large": Sort(413, _n("The body is too large"), _n("Send fewer numbers at a time.")),
    "unsupported-media-type": Sort(
        415,
        _n("The body is no JSON"),
        _n("Send one JSON object, with Content-Type: application/json."),
    ),
    "unusable": Sort(
        422,
        _n("This is well-formed, and nothing can be found with it"),
        _n("`errors` names each parameter or field that has to be changed, and says how."),
    ),
    "too-many-requests": Sort(
        429,
        _n("The limit is reached"),
        _n("Wait as many seconds as the header Retry-After says. Whoever asks with a key may ask more often."),
    ),
    "fault": Sort(
        500,
        _n("The registry has made a mistake"),
        _n("Try again in a moment. If it stays, tell the registry the X-Request-Id of this answer."),
    ),
    "not-ready": Sort(
        503,
        _n("The register is being prepared"),
        _n("Wait as many seconds as the header Retry-After says."),
    ),
}
_BY_STATUS: Final = {sort.status: slug for slug, sort in reversed(list(SORTS.items()))}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one part of a request.

    Attributes:
        name: the parameter or field, `numbers[3]` for the fourth of a list; empty for the body as a whole.
        place: `query`, `path` or `body`.
        code: for programs, one of CODES in `registry.web.api.parameters`.
        detail: for people, what to send instead.
        suggestion: the name or value that was probably meant.
    """

    name: str
    place: str
    code: str
    detail: str
    suggestion: str | None = None


class Problem(HTTPException):
    """A request that the API refuses.

    `sort` is one of SORTS; `detail` says more than the sort's own advice, in the caller's language.
    """

    def __init__(
        self,
        sort: str,
        detail: str | None = None,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = SORTS[sort].status
        self.sort = sort
        self.faults = faults
        self.headers = headers or {}


def install(app: Flask) -> Callable[[], bool]:
    """Refuse as problems; return what tells whether the database is ready."""
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(errors.NotFound, lambda _error: _refusal(NotFound()))
    app.register_error_handler(Exception, _fault)
    return wait_for_migrations(app, lambda: _refusal(ServiceUnavailable(retry_after=30)))


def type_of(sort: str) -> str:
    """Return the `type` of a sort of refusal: a relative address, under wherever the registry is mounted."""
    return f"{request.script_root.removesuffix(PREFIX)}{DOCUMENTATION}#problem-{sort}"


def _refusal(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, Problem):
        response = _answer(error.sort, error.description, error.faults)
        response.headers.update(error.headers)
        return response
    if error.response is not None:
        return error.response
    code = error.code or 500
    response = _answer(_BY_STATUS.get(code, "invalid-request" if code < 500 else "fault"), status=code)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _fault(error: Exception) -> ResponseReturnValue:
    log_fault(error)
    return _answer("fault")


def _answer(
    slug: str, detail: str | None = None, faults: Sequence[Fault] = (), *, status: int | None = None
) -> Response:
    sort = SORTS[slug]
    status = status or sort.status
    body: dict[str, Any] = {
        "type": type_of(slug),
        "title": gettext(sort.title),
        "status": status,
        "detail": detail or gettext(sort.advice),
    }
    if faults:
        body["errors"] = [_told(fault) for fault in faults]
    response = Response(to_json(body), status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = HTML_LANGUAGES[caller_language()]
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(fault: Fault) -> dict[str, str]:
    told = asdict(fault)
    told["in"] = told.pop("place")
    return {name: value for name, value in told.items() if value is not None}
