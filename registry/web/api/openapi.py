"""The description of the API in OpenAPI 3.1: of its addresses, what is said beside their views, and the models.

It is put together once in a process, when somebody first asks: the schemas of all models take pydantic a while.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from limits import parse
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from pydantic_core import to_json
from werkzeug.routing import Rule

from registry.config import Settings
from registry.web.api.blueprint import DOCUMENTATION, PREFIX, api
from registry.web.api.operations import OPERATIONS, Operation, describe
from registry.web.api.parameters import CODES, NoQuery, ask_query
from registry.web.api.problem_models import Problem
from registry.web.api.problems import SORTS
from registry.web.api.reply import JSON, tagged
from registry.web.api.responses import described_headers, responses_of
from registry.web.i18n import gettext_noop as _n
from registry.web.limits import LIMITS, NUMBERS_LIMIT

DESCRIBED: Final = "registry_api_description"
VERSION: Final = "1.0.0"
SECONDS: Final = 3600
ABOUT: Final = (
    _n(
        "Whether a number is on the register of loss declarations, what was published, and which kinds of document "
        "there are. An answer is never more certain than the register: read what `not_on_register` means."
    ),
    _n(
        "Nothing that is asked is ignored: an unknown, misspelt or repeated parameter or field is refused by name. "
        "Every refusal is problem+json (RFC 9457), and its `type` leads to a paragraph of the documentation."
    ),
    _n(
        "Whoever asks with a key, `Authorization: Bearer` and the key, may ask more often; the registry's editors make "
        "keys. A wrong key is refused and never ignored. What is left of a limit stands in the headers "
        "RateLimit-Policy and RateLimit: `q` is the limit, `w` its seconds, `r` what is left, `t` when it begins anew."
    ),
    _n(
        "Published data has an ETag and may be kept for as long as Cache-Control says: ask again with If-None-Match. "
        "The header Last-Modified says when something was last filed, decided or published. Checks are kept by nobody."
    ),
    _n(
        "GET answers may be read from pages of other sites (CORS), and each GET address answers HEAD. Words for people "
        "come in Chinese or English, as Accept-Language asks, in Chinese unless it names either. Sensitive numbers are "
        "masked in every answer."
    ),
)
_References = dict[type[BaseModel], str]


class Description(BaseModel):
    """A description of an API in OpenAPI 3.1."""

    model_config = ConfigDict(extra="allow")

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]


def install(app: Flask, settings: Settings) -> Callable[[], dict[str, Any]]:
    """Return what describes the application, for whoever shows it to people."""

    @cache
    def description() -> dict[str, Any]:
        return describe_api(app, settings)

    @cache
    def encoded() -> bytes:
        return to_json(description())

    app.extensions[DESCRIBED] = encoded
    return description


@api.get("/openapi.json")
@describe(
    Operation(
        summary=_n("Describe the API"),
        description=_n("This description, in OpenAPI 3.1."),
        answer=Description,
        answered={"openapi": "3.1.0", "info": {"title": "…", "version": VERSION}, "paths": {}},
        seconds=SECONDS,
    )
)
def openapi() -> ResponseReturnValue:
    """Describe the API."""
    ask_query(NoQuery)
    return tagged(current_app.extensions[DESCRIBED](), SECONDS)


def describe_api(app: Flask, settings: Settings) -> dict[str, Any]:
    """Return the description of all operations of the application."""
    references, schemas = _schemas()
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    paths: dict[str, Any] = {}
    for endpoint, operation in OPERATIONS.items():
        method = "post" if operation.body else "get"
        paths.setdefault(_path(rules[endpoint]), {})[method] = _operation(endpoint, operation, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.registry_name.en}: API",
            "version": VERSION,
            "description": "\n\n".join(ABOUT),
        },
        # A whole address or none: the form of descriptions takes no relative one here.
        **({"externalDocs": {"url": f"{settings.registry_url}{DOCUMENTATION}"}} if settings.registry_url else {}),
        "servers": [{"url": f"{settings.registry_url}{PREFIX}{api.url_prefix}"}],
        "security": [{}, {"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key that the registry's editors made."}
            },
            "headers": described_headers(),
        },
        "x-problems": [
            {"sort": slug, "status": sort.status, "title": sort.title, "advice": sort.advice}
            for slug, sort in SORTS.items()
        ],
        "x-codes": dict(CODES),
    }


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(str(api.url_prefix)))


def _operation(endpoint: str, operation: Operation, references: _References) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": endpoint.removeprefix("api."),
        "summary": operation.summary,
        "description": operation.description,
    }
    parameters = [*_path_parameters(operation), *_query_parameters(operation)]
    if parameters:
        described["parameters"] = parameters
    if operation.body:
        schema = {"$ref": references[operation.body]}
        described["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": schema, "example": operation.asked}},
        }
    described["responses"] = responses_of(operation, references[operation.answer], references[Problem])
    limits = [_limit(LIMITS[endpoint][0], "requests")] if endpoint in LIMITS else []
    if endpoint == "api.checks":
        limits.append(_limit(NUMBERS_LIMIT, "numbers"))
    return {**described, "x-limits": limits, "x-seconds": operation.seconds}


def _limit(limit: str, of: str) -> dict[str, Any]:
    parsed = parse(limit)
    return {"count": parsed.amount, "of": of, "seconds": parsed.get_expiry()}


def _path_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name, part in operation.path.items():
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": part.description,
            "schema": dict(part.schema),
            "example": part.example,
        }


def _query_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    schema = _plain(operation.query.model_json_schema())
    asked = dict(parse_qsl(operation.asked)) if isinstance(operation.asked, str) else {}
    for name, own in schema.get("properties", {}).items():
        described = {"name": name, "in": "query", "required": name in schema.get("required", ())}
        description = own.pop("description")
        example = {"example": asked[name]} if name in asked else {}
        own.pop("examples", None)
        yield {**described, "description": description, "schema": _without_null(own), **example}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: whoever does not want it leaves it out, for an address has no null."""
    if schema.get("default", "") in (None, ""):
        schema = {name: value for name, value in schema.items() if name != "default"}
    sorts = [sort for sort in schema.get("anyOf", ()) if sort != {"type": "null"}]
    if len(sorts) != 1:
        return schema
    return {**{name: value for name, value in schema.items() if name != "anyOf"}, **sorts[0]}


def _schemas() -> tuple[_References, dict[str, Any]]:
    """Return where the schema of each model stands, and all schemas by their names."""
    wanted: dict[type[BaseModel], JsonSchemaMode] = {Problem: "serialization"}
    for operation in OPERATIONS.values():
        wanted[operation.answer] = "serialization"
        if operation.body:
            wanted[operation.body] = "validation"
    found, definitions = models_json_schema(list(wanted.items()), ref_template="#/components/schemas/{model}")
    references = {model: found[(model, mode)]["$ref"] for model, mode in wanted.items()}
    schemas = {name: {"title": own["title"], **_plain(own)} for name, own in definitions["$defs"].items()}
    return references, schemas


def _plain(schema: Any) -> Any:
    """Return a schema without the titles that pydantic makes of the names of properties, which say nothing new."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: _plain(part) for name, part in schema.items() if name != "title" or not isinstance(part, str)}
