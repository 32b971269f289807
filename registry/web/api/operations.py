"""What each address of the API is for: said beside its view, read by the description of the API and by the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from registry.web.api.parameters import NoQuery

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of the address that the caller fills in."""

    description: str
    schema: Mapping[str, Any]
    example: str


@dataclass(frozen=True, slots=True)
class Link:
    """What an answer leads to: another operation, asked with something out of the answer.

    `operation` is what its view is called; `asked` its parameters and `body` the fields of its body, by name, each as
    the JSON pointer to its value in the answer.
    """

    operation: str
    asked: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked.

    Attributes:
        summary, description: in the words of the catalogues.
        answer: the model of the answer, `query` and `body` those of the question.
        path: the parts of the address that the caller fills in, by name.
        problems: the sorts of refusal that other operations do not have.
        seconds: for how long everybody may keep the answer; None where nobody may.
        asked: an invented question: a query, or the JSON of a body.
        answered: what is answered to it, in an invented register.
        links: where the answer leads, by what that is called.
    """

    summary: str
    description: str
    answer: type[BaseModel]
    answered: Any
    query: type[BaseModel] = NoQuery
    body: type[BaseModel] | None = None
    path: Mapping[str, PathPart] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    seconds: int | None = None
    asked: Any = None
    links: Mapping[str, Link] = field(default_factory=dict)


OPERATIONS: Final[dict[str, Operation]] = {}


def describe(operation: Operation) -> Callable[[View], View]:
    """Decorate the view that carries out an operation."""

    def keep(view: View) -> View:
        OPERATIONS[f"api.{view.__name__}"] = operation
        return view

    return keep
