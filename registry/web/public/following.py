"""Whether this browser may follow a declaration, asked by every page of one's own declaration."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from registry.db.tables import Declaration
from registry.declarations import queries
from registry.declarations.references import BadReference, parse_reference
from registry.errors import NotFound
from registry.web.public import grants
from registry.web.sessions import db


def granted(reference: str) -> Declaration | None:
    """Return the declaration if this browser may follow it, or the one it corrects or withdraws."""
    declaration = queries.find_declaration(db(), spelled(reference))
    known = declaration
    while known and not grants.is_granted(known.reference):
        known = known.follows
    return declaration if known else None


def ask_again(reference: str) -> ResponseReturnValue:
    """Lead to where reference and secret code are asked for."""
    return redirect(url_for("follow.enter", reference=spelled(reference)), 303)


def spelled(reference: str) -> str:
    """Return the one spelling of a reference in an address.

    Raises:
        NotFound: it is none.
    """
    try:
        return parse_reference(reference)
    except BadReference as error:
        raise NotFound(reference) from error
