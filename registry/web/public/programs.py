"""The page for those who write programs: the API's description, in the reader's language and with examples to copy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as translated
from markupsafe import Markup, escape

from registry.web.i18n import gettext as _
from registry.web.public.blueprint import public
from registry.web.sessions import settings

DESCRIPTION: Final = "registry_api_description"
JSON: Final = "application/json"
# What every operation may be refused with is told once, in the list of refusals.
EVERYWHERE: Final = frozenset({"invalid-request", "invalid-key", "too-many-requests", "fault", "not-ready"})


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter, or a field of a question or an answer; `link` is the shape that it has."""

    name: str
    sort: str
    link: str | None
    meaning: Markup
    required: bool
    example: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a JSON object of an answer consists of."""

    name: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page shows it."""

    slug: str
    method: str
    path: str
    title: str
    meaning: Markup
    rows: tuple[Row, ...]
    body: str | None
    command: str
    answer: str
    shape: str
    limits: tuple[str, ...]
    keeping: str
    statuses: tuple[tuple[str, str], ...]


@public.get("/docs/api")
def programs() -> ResponseReturnValue:
    spec: dict[str, Any] = current_app.extensions[DESCRIPTION]()
    return render_template(
        "public/programs.html",
        about=[with_code(text) for text in spec["info"]["description"].split("\n\n")],
        base=_base(),
        operations=[
            _operation(spec, path, method, operation)
            for path, methods in spec["paths"].items()
            for method, operation in methods.items()
        ],
        shapes=[_shape(spec, name) for name in spec["components"]["schemas"] if name != "Description"],
        headers={name: with_code(one["description"]) for name, one in spec["components"]["headers"].items()},
        problems=[
            {**one, "title": translated(one["title"]), "advice": with_code(one["advice"])} for one in spec["x-problems"]
        ],
        codes={code: with_code(meaning) for code, meaning in spec["x-codes"].items()},
        problem=_pretty(_example_of_problem(spec)),
    )


def with_code(text: str) -> Markup:
    """Return a text of the description in the reader's language, what stands in backticks as code."""
    # The empty text is the head of a catalogue.
    parts = translated(text).split("`") if text else ()
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def _base() -> str:
    return (settings().registry_url or request.host_url.rstrip("/") + request.script_root) + "/api/v1"


def _operation(spec: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Shown:
    answered = operation["responses"]["200"]["content"][JSON]
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    rows = [_parameter(parameter) for parameter in operation.get("parameters", ())]
    if body:
        rows += _rows(spec["components"]["schemas"][_name_of(body["schema"])])
    return Shown(
        slug=operation["operationId"],
        method=method.upper(),
        path=path,
        title=translated(operation["summary"]),
        meaning=with_code(operation["description"]),
        rows=tuple(rows),
        body=_pretty(body["example"]) if body else None,
        command=_command(path, operation, body),
        answer=_pretty(answered["example"]),
        shape=_name_of(answered["schema"]),
        limits=tuple(_limit(limit) for limit in operation["x-limits"]),
        keeping=_keeping(operation["x-seconds"]),
        statuses=tuple(_statuses(operation)),
    )


def _parameter(parameter: Mapping[str, Any]) -> Row:
    sort, link = _sort(parameter["schema"])
    meaning = with_code(parameter["description"])
    example = str(parameter.get("example", ""))
    return Row(parameter["name"], sort, link, meaning, parameter["required"], example)


def _shape(spec: dict[str, Any], name: str) -> Shape:
    schema = spec["components"]["schemas"][name]
    return Shape(name, translated(schema["title"]), tuple(_rows(schema)))


def _rows(schema: Mapping[str, Any]) -> Iterator[Row]:
    for name, own in schema["properties"].items():
        sort, link = _sort(own)
        yield Row(name, sort, link, with_code(own.get("description", "")), name in schema.get("required", ()))


def _sort(schema: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return in words what a schema takes, and the name of the shape that it is made of."""
    if "$ref" in schema:
        return _name_of(schema), _name_of(schema)
    if "anyOf" in schema:
        sorts = [_sort(one) for one in schema["anyOf"]]
        return _(" or ").join(sort for sort, _link in sorts), next((link for _sort, link in sorts if link), None)
    if schema.get("type") == "array":
        sort, link = _sort(schema["items"])
        return _("list: %(sort)s", sort=sort), link
    if "enum" in schema and len(schema["enum"]) <= 8:
        return " | ".join(schema["enum"]), None
    if schema.get("type") == "integer":
        return _integer(schema), None
    words = {
        "string": _("text"),
        "boolean": _("true or false"),
        "null": "null",
        "object": _("object"),
    }
    formats = {"date": _("day, year-month-day"), "date-time": _("moment, in UTC")}
    return formats.get(schema.get("format", ""), words.get(schema.get("type", ""), "")), None


def _integer(schema: Mapping[str, Any]) -> str:
    if "minimum" in schema and "maximum" in schema:
        return _("whole number, %(least)s to %(most)s", least=schema["minimum"], most=schema["maximum"])
    return _("whole number")


def _name_of(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _command(path: str, operation: Mapping[str, Any], body: Mapping[str, Any] | None) -> str:
    """Return a line for the terminal that asks the example."""
    query = {}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(parameter["example"]))
        elif "example" in parameter:
            query[parameter["name"]] = parameter["example"]
    address = f"{_base()}{path}" + (f"?{urlencode(query, quote_via=quote)}" if query else "")
    if body is None:
        return f"curl '{address}'"
    sent = json.dumps(body["example"], ensure_ascii=False)
    return f"curl '{address}' \\\n  --header 'Content-Type: {JSON}' \\\n  --data '{sent}'"


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _limit(limit: Mapping[str, Any]) -> str:
    count = f"{limit['count']:,}"
    if limit["of"] == "numbers":
        return _("%(count)s numbers an hour", count=count)
    return _("%(count)s requests a minute", count=count)


def _keeping(seconds: int | None) -> str:
    if seconds is None:
        return _("The answer may be kept by nobody.")
    if seconds >= 3600:
        return _("The answer may be kept for an hour.")
    return _("The answer may be kept for a minute.")


def _statuses(operation: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            yield from ((status, sort) for sort in content.get("examples", {}) if sort not in EVERYWHERE)


def _example_of_problem(spec: dict[str, Any]) -> Any:
    answers = spec["paths"]["/check"]["get"]["responses"]["400"]["content"]
    return next(iter(answers.values()))["examples"]["invalid-request"]["value"]
