"""Reading declarations. Every list has a total order that ends in the primary key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import contains_eager, selectinload
from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import Session, col, select

from registry import kinds
from registry.db.engine import vault_of
from registry.db.tables import Declaration, Document, DocumentNumber, Draft
from registry.declarations.records import Reveal, numbers_of, shown_number
from registry.declarations.states import PENDING, PUBLIC
from registry.errors import NotFound


def whole() -> tuple[ORMOption, ...]:
    """Return the options that load a declaration with all a page shows of it, without a query per row."""
    return (
        selectinload(Declaration.documents).selectinload(Document.numbers),  # type: ignore[arg-type]
        selectinload(Declaration.edition),  # type: ignore[arg-type]
        selectinload(Declaration.follows),  # type: ignore[arg-type]
        selectinload(Declaration.followers),  # type: ignore[arg-type]
    )


def get_declaration(session: Session, reference: str) -> Declaration:
    """Return a declaration in any status, for staff and for its declarant.

    Raises:
        NotFound: there is none with this reference.
    """
    declaration = find_declaration(session, reference)
    if declaration is None:
        raise NotFound(reference)
    return declaration


def find_declaration(session: Session, reference: str) -> Declaration | None:
    """Return a declaration in any status; None where no declaration has this reference."""
    return session.exec(select(Declaration).where(Declaration.reference == reference).options(*whole())).first()


def get_public_declaration(session: Session, reference: str) -> Declaration:
    """Return a declaration that was published.

    Raises:
        NotFound: there is none, or it never was published.
    """
    declaration = get_declaration(session, reference)
    if declaration.status not in PUBLIC or declaration.published_on is None:
        raise NotFound(reference)
    return declaration


def count_by_status(session: Session) -> dict[str, int]:
    rows = session.exec(select(Declaration.status, func.count(col(Declaration.id))).group_by(Declaration.status))
    return dict(list(rows))


def registry_is_empty(session: Session) -> bool:
    return session.exec(select(Declaration.id).limit(1)).first() is None


def find_by_keys(session: Session, keys: Sequence[str]) -> list[DocumentNumber]:
    """Return the numbers on the register under any of these keys, for those who work with the whole record.

    They come with their document, declaration and edition. Drafts, rejected and unpublished-withdrawn declarations are
    no part of the register and never come back from here.
    """
    statement = (
        select(DocumentNumber)
        .join(Document, col(Document.id) == col(DocumentNumber.document_id))
        .join(Declaration, col(Declaration.id) == col(Document.declaration_id))
        .where(
            col(DocumentNumber.key).in_(keys),
            col(Declaration.status).in_((*PUBLIC, *PENDING)),
            (col(Declaration.status).in_(PENDING)) | (col(Declaration.published_on).is_not(None)),
        )
        .order_by(col(Declaration.id), col(DocumentNumber.id))
        .options(
            contains_eager(DocumentNumber.document).contains_eager(Document.declaration),  # type: ignore[arg-type]
            contains_eager(DocumentNumber.document)  # type: ignore[arg-type]
            .contains_eager(Document.declaration)  # type: ignore[arg-type]
            .options(
                selectinload(Declaration.followers),  # type: ignore[arg-type]
                selectinload(Declaration.follows),  # type: ignore[arg-type]
                selectinload(Declaration.edition),  # type: ignore[arg-type]
            ),
        )
    )
    return list(session.exec(statement))


def find_duplicates(session: Session, declaration: Declaration) -> list[DocumentNumber]:
    """Return other declarations' numbers that this one declares again; what it is about itself is left out.

    Old and new spellings of one number count as the same.
    """
    vault = vault_of(session)
    keys: list[str] = []
    for number in numbers_of(declaration):
        forms = kinds.lookup_forms(shown_number(session, number, Reveal.FULL))
        keys += [number.key, *forms, *(vault.lookup_key(form) for form in forms)]
    if not keys:
        return []
    own = {declaration.id, declaration.follows_id}
    return [number for number in find_by_keys(session, keys) if number.document.declaration_id not in own]


def erase_contacts(session: Session, *, before: datetime) -> int:
    """Erase the contacts of declarations that were handed in before `before` and have ended or are out.

    Returns how many were erased.
    """
    statement = select(Declaration).where(
        col(Declaration.contact_sealed).is_not(None),
        col(Declaration.submitted_at) < before,
        col(Declaration.status).not_in(PENDING),
    )
    declarations = list(session.exec(statement))
    for declaration in declarations:
        declaration.contact_sealed = None
        session.add(declaration)
    return len(declarations)


def erase_drafts(session: Session, *, before: datetime) -> int:
    """Delete drafts that nobody touched since `before`; return how many."""
    drafts = list(session.exec(select(Draft).where(col(Draft.updated_at) < before)))
    for draft in drafts:
        session.delete(draft)
    return len(drafts)
