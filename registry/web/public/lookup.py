"""Finding a public declaration by what stands in an address, however the reference is spelled there."""

from __future__ import annotations

from sqlmodel import Session

from registry.db.tables import Declaration
from registry.declarations.queries import get_public_declaration
from registry.declarations.references import BadReference, parse_reference
from registry.errors import NotFound


class MistypedReference(NotFound):
    """The shape of a reference, whose check character says that it was mistyped."""


def find_public(session: Session, reference: str) -> Declaration:
    """Return a declaration that was published.

    Raises:
        MistypedReference: one of the characters must be wrong.
        NotFound: there is none of this reference that everybody may see.
    """
    try:
        return get_public_declaration(session, parse_reference(reference))
    except BadReference as error:
        raise (MistypedReference if error.mistyped else NotFound)(reference) from error
