"""Permanent addresses of many declarations."""

from __future__ import annotations

from collections.abc import Callable

from registry.web.rendering import public_url


def declaration_addresses() -> Callable[[str], str]:
    """Return what makes the permanent address of a reference.

    It is asked for during the request and works when the request is over, as for an answer that is made while it is
    sent.
    """
    start, _name, end = public_url("public.declaration", reference="REFERENCE").partition("REFERENCE")
    return lambda reference: f"{start}{reference}{end}"
