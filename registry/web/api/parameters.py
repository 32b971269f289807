"""Reading what a program asks: nothing unknown, nothing twice, and every refusal names what has to be changed.

What may be asked is a pydantic model; the description of the API is made of the same one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NoReturn, TypeVar

from flask import request
from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from registry.web.api.problems import Fault, Problem
from registry.web.i18n import gettext_noop as _n

# What `code` of an error can be, and what it means.
CODES: Final = {
    "unknown": _n("There is no such parameter or field. Nothing is ignored, so that a slip of the hand is noticed."),
    "repeated": _n("It was given more than once."),
    "missing": _n("It is needed and was not given."),
    "wrong_type": _n("It is of another type: a text where a list belongs, or the like."),
    "too_long": _n("The text is too long."),
    "too_short": _n("The text or the list is empty."),
    "too_many": _n("The list is too long."),
    "no_choice": _n("It is none of the values that can be chosen."),
    "no_number": _n("It is no whole number, or one out of range."),
    "no_day": _n("It is no day of the calendar, or not written as year-month-day."),
    "no_edition": _n("It is neither the number of an edition nor a day, written as year-month-day."),
    "out_of_order": _n("The last day is before the first one."),
    "unreadable": _n("It cannot be the number of a document: blank, too long, or with characters that nobody prints."),
    "sensitive": _n("It holds an identity number, which belongs into no address and is found by a check alone."),
    "torn": _n("The cursor is none that the API has given out."),
}
# Of a batch of ten thousand, nobody reads more.
MOST_FAULTS: Final = 20
_NAME: Final = re.compile(r"[A-Za-z_][\w.\-\[\]]{0,39}", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BY_TYPE: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "too_long": "too_many",
    "literal_error": "no_choice",
    "greater_than_equal": "no_number",
    "less_than_equal": "no_number",
    "no_number": "no_number",
    "no_day": "no_day",
    "no_edition": "no_edition",
}

Asked = TypeVar("Asked", bound=BaseModel)


class Question(BaseModel):
    """Base of what can be asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoQuery(Question):
    """An address without parameters."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text out of `values`."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.values))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, in an address as digits."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        number = core_schema.int_schema(ge=self.least, le=self.most)
        return core_schema.no_info_before_validator_function(_digits, number)


class Day:
    """A day of the calendar, `2026-11-20`."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(iso_day, core_schema.date_schema())


def ask_query(model: type[Asked]) -> Asked:
    """Return what the address asks.

    Raises:
        Problem: something is unknown, given twice or not as it has to be.
    """
    given = {name: values[0] for name, values in request.args.lists()}
    refuse_odd_parameters(model.model_fields)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        _refuse(error, model, "query")


def ask_body(model: type[Asked]) -> Asked:
    """Return what the body, a JSON object, asks; and let the address ask nothing.

    Raises:
        Problem: the body is no JSON object, or something is unknown, given twice or not as it has to be.
    """
    refuse_odd_parameters(())
    if not request.is_json:
        raise Problem("unsupported-media-type")
    body = _parse(request.get_data(cache=False))
    try:
        return model.model_validate(body)
    except ValidationError as error:
        _refuse(error, model, "body")


def refuse_odd_parameters(known: Collection[str]) -> None:
    """Raise a Problem for each parameter of the address that is not `known` or was given more than once."""
    faults = []
    for name, values in request.args.lists():
        if name not in known:
            faults.append(_unknown(name, known, "query"))
        elif len(values) > 1:
            faults.append(Fault(name, "query", "repeated", _("Give %(name)s once.", name=name)))
    if faults:
        refuse(faults)


def refuse(faults: Iterable[Fault], *, sort: str = "invalid-request") -> NoReturn:
    """Raise the Problem that names these faults."""
    listed = list(faults)[:MOST_FAULTS]
    raise Problem(sort, " ".join(fault.detail for fault in listed[:3]), listed)


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the one of `known` that `word` was probably meant to be."""
    if len(word) > 80:
        return None
    folded = word.lower().replace("-", "_")
    return next(iter(get_close_matches(folded, known, n=1, cutoff=0.6)), None)


def _parse(body: bytes) -> Any:
    """Return a JSON object, in which no name may stand twice."""
    try:
        parsed = json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem("unreadable-body") from None
    if not isinstance(parsed, dict):
        raise Problem("unreadable-body")
    return parsed


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _value in pairs)
        twice = [shown(name) for name, count in counts.items() if count > 1]
        refuse(Fault(name, "body", "repeated", _("Give %(name)s once.", name=name)) for name in twice)
    return found


def _refuse_constant(_word: str) -> NoReturn:
    raise ValueError("JSON has no such number")


def shown(name: str) -> str:
    """Return the name of a parameter as an answer may repeat it: none that could be somebody's number."""
    return name if _NAME.fullmatch(name) and not re.search(r"\d{4}", name) else "…"


def _unknown(name: str, known: Collection[str], place: str) -> Fault:
    meant = nearest(name, known)
    if meant:
        detail = _("There is no %(name)s: did you mean %(meant)s?", name=shown(name), meant=meant)
    elif known:
        detail = _("There is no %(name)s. Known are: %(known)s.", name=shown(name), known=", ".join(known))
    else:
        detail = _("There is no %(name)s: this address takes no parameters.", name=shown(name))
    return Fault(shown(name), place, "unknown", detail, meant)


def _refuse(error: ValidationError, model: type[BaseModel], place: str) -> NoReturn:
    found = error.errors(include_url=False, include_input=True)[:MOST_FAULTS]
    refuse(_fault_of(fault, model, place) for fault in found)


def _fault_of(error: Mapping[str, Any], model: type[BaseModel], place: str) -> Fault:
    code = _BY_TYPE.get(error["type"], "wrong_type")
    name = "".join(f"[{part}]" if isinstance(part, int) else str(part) for part in error["loc"])
    if code == "unknown":
        return _unknown(name, model.model_fields, place)
    suggestion = None
    if code == "no_choice":
        suggestion = nearest(error["input"], _choices(model, name)) if isinstance(error["input"], str) else None
    return Fault(name, place, code, _detail(code, name, error, suggestion), suggestion)


def _choices(model: type[BaseModel], name: str) -> tuple[str, ...]:
    return next((one.values for one in model.model_fields[name].metadata if isinstance(one, OneOf)), ())


def _detail(code: str, name: str, error: Mapping[str, Any], suggestion: str | None) -> str:
    context = error.get("ctx", {})
    match code:
        case "missing":
            return _("Give %(name)s.", name=name)
        case "too_long":
            return _("Shorten %(name)s to at most %(most)d characters.", name=name, most=context["max_length"])
        case "too_short":
            return _("%(name)s is empty: give something, or leave it out.", name=name)
        case "too_many":
            return _("Give at most %(most)d of %(name)s at a time.", name=name, most=context["max_length"])
        case "no_choice" if suggestion:
            return _("%(name)s has no such value: did you mean %(meant)s?", name=name, meant=suggestion)
        case "no_choice":
            return _("%(name)s has no such value; the documentation lists them.", name=name)
        case "no_number":
            return _("Give %(name)s as a whole number within its limits, in digits.", name=name)
        case "no_day":
            return _("Give %(name)s as a day, year-month-day, such as 2026-11-20.", name=name)
        case "no_edition":
            return _("Give %(name)s as the number of an edition, or as its day, such as 2026-11-20.", name=name)
        case _:
            return _("%(name)s is of another type; the documentation says of which.", name=name)


def _digits(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return int(value)
    raise PydanticCustomError("no_number", "no whole number")


def iso_day(value: Any) -> date:
    """Return the day that is written `2026-11-20`, and nothing else that Python takes for one."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("no_day", "no day")
