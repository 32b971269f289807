"""Addresses of the application compiled once for all the applications of a session.

Werkzeug writes a function for each address, to build it; that is two thirds of what an application costs, and each test
has one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_compiled: dict[Any, Callable[..., tuple[str, str]]] = {}
_compile = Rule._compile_builder


def remember_compiled_rules() -> None:
    """Have Werkzeug write the function for a rule once: what it converts with, it finds in the rule it is called on."""
    Rule._compile_builder = _remembering  # type: ignore[method-assign]


def _remembering(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    key = (tuple(rule._trace), repr(rule.defaults), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]
