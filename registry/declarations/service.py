"""What may be done with a declaration. Every function takes a writing session and leaves the commit to its caller."""

from __future__ import annotations

import secrets
from datetime import date

from sqlmodel import Session, col, select

from registry import clock, kinds, wording
from registry.db.engine import vault_of
from registry.db.tables import SENTENCE_LENGTH, Declaration
from registry.declarations import editions
from registry.declarations.entries import DeclarationEntry
from registry.declarations.proofs import About, keep_price, make_proof, withdrawal_of
from registry.declarations.records import (
    SECRET_PURPOSE,
    Reveal,
    notice_record,
    numbers_of,
    seal_contact,
    shown_number,
)
from registry.declarations.references import new_reference
from registry.declarations.states import DECLARANT, Actor, change_status, lock, record_event
from registry.errors import StaleChange, TransitionRefused, WordingRefused
from registry.text import find_forbidden, fold, squeeze
from registry.wording import Price
from registry.wording.patterns import BRACKETS

# 0, O, 1, I and L are left out: the code is read off paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


def submit(
    session: Session,
    entry: DeclarationEntry,
    *,
    day: date,
    about: About | None = None,
    actor: Actor = DECLARANT,
) -> Declaration:
    """Store a new declaration and hand it to the editors.

    `day` is today in the newspaper's zone; the reference carries its year. `about` makes it a correction.

    Raises:
        EntryRefused: see `examine_entry`.
        TransitionRefused: the record it is about can no longer be corrected.
    """
    proof = make_proof(session, entry, day=day, about=about)
    if about:
        _require_open(session, about.declaration)
    vault = vault_of(session)
    declaration = Declaration(
        reference=_free_reference(session, day),
        nature=about.nature if about else "loss",
        follows_id=about.declaration.id if about else None,
        declarant_type=entry.declarant_type,
        declarant=entry.declarant,
        contact_sealed=seal_contact(vault, entry.contact),
        secret_sealed=vault.seal(new_secret(), purpose=SECRET_PURPOSE),
        lost_on=entry.lost_on,
        lost_at=entry.lost_at,
        circumstances_printed=entry.circumstances_printed,
        statement=proof.statement,
        created_at=clock.now(),
    )
    if about:
        # So that who asks the earlier record for what follows it, within this session, is told of this one.
        declaration.follows = about.declaration
    declaration.documents = proof.rows
    keep_price(declaration, proof.price)
    record_event(session, declaration, actor=actor, action="begun", before=None)
    _hand_in(session, declaration, actor=actor, action="submitted")
    session.flush()
    return declaration


def resubmit(session: Session, declaration: Declaration, entry: DeclarationEntry, *, day: date) -> None:
    """Put amended answers in the place of a returned declaration's and hand it in again, on `day`, at a new price.

    Raises:
        EntryRefused: see `examine_entry`.
        TransitionRefused: it is not with the declarant.
    """
    lock(session, declaration)
    if declaration.status != "returned":
        raise TransitionRefused(f"{declaration.reference} is {declaration.status}, not returned")
    about = About(declaration.follows, declaration.nature) if declaration.follows else None
    proof = make_proof(session, entry, day=day, about=about)
    vault = vault_of(session)
    declaration.documents.clear()
    # The old rows have to go before the new ones take their positions.
    session.flush()
    declaration.documents = proof.rows
    keep_price(declaration, proof.price)
    declaration.declarant_type = entry.declarant_type
    declaration.declarant = entry.declarant
    declaration.contact_sealed = seal_contact(vault, entry.contact)
    declaration.lost_on = entry.lost_on
    declaration.lost_at = entry.lost_at
    declaration.circumstances_printed = entry.circumstances_printed
    declaration.statement = proof.statement
    declaration.wording_corrected = False
    _hand_in(session, declaration, actor=DECLARANT, action="resubmitted")
    session.flush()


def approve(session: Session, declaration: Declaration, *, day: date, today: date, actor: Actor, version: int) -> None:
    """Take a declaration into the edition of `day`.

    Raises:
        StaleChange: another editor changed it since `version` was read.
        TransitionRefused: its status does not allow it, or the edition is out or in the past.
    """
    _require_version(session, declaration, version)
    edition = editions.open_edition(session, day=day, today=today)
    declaration.edition = edition
    declaration.column_place = None
    change_status(session, declaration, "approved", actor=actor, action="approved", reason=day.isoformat())
    session.flush()


def take_back(session: Session, declaration: Declaration, *, actor: Actor, version: int) -> None:
    """Take an approved declaration out of its edition, back to the queue."""
    _require_version(session, declaration, version)
    change_status(session, declaration, "submitted", actor=actor, action="taken_back")
    declaration.edition = None
    session.flush()


def return_to_declarant(session: Session, declaration: Declaration, *, reason: str, actor: Actor, version: int) -> None:
    """Give a declaration back to be amended; the declarant reads `reason`.

    Raises:
        StaleChange: another editor changed it since `version` was read.
        TransitionRefused: its status does not allow it, or it is a withdrawal, in which there is nothing to amend.
    """
    _require_version(session, declaration, version)
    if declaration.nature == "withdrawal":
        raise TransitionRefused("a withdrawal has nothing to amend")
    change_status(session, declaration, "returned", actor=actor, action="returned", reason=reason)
    session.flush()


def reject(session: Session, declaration: Declaration, *, reason: str, actor: Actor, version: int) -> None:
    """Refuse a declaration for good; the declarant reads `reason`."""
    _require_version(session, declaration, version)
    change_status(session, declaration, "rejected", actor=actor, action="rejected", reason=reason)
    session.flush()


def correct_wording(session: Session, declaration: Declaration, *, text: str, actor: Actor, version: int) -> None:
    """Replace the sentence of a declaration that is not yet out.

    `text` holds the full numbers, as the editor read them; the stored statement keeps its placeholders.

    Raises:
        StaleChange: another editor changed it since `version` was read.
        TransitionRefused: it is published, or with the declarant.
        WordingRefused: a name or number of the record vanished from it, it holds a resident ID that is not in the
            record, or it cannot be printed.
    """
    _require_version(session, declaration, version)
    if declaration.status not in ("submitted", "approved"):
        raise TransitionRefused(f"the wording of a {declaration.status} declaration stays")
    statement = reworded(session, declaration, text)
    if statement == declaration.statement:
        return
    before = declaration.statement
    declaration.statement = statement
    declaration.wording_corrected = True
    declaration.version += 1
    record_event(
        session,
        declaration,
        actor=actor,
        action="wording_corrected",
        reason=f"{before}\n{statement}",
        before=declaration.status,
    )
    session.flush()


def reworded(session: Session, declaration: Declaration, text: str) -> str:
    """Return the statement, with placeholders, that an editor's sentence with the full numbers would become.

    Raises:
        WordingRefused: see `correct_wording`; what cannot be printed or hides an ID comes without names of what is
            missing.
    """
    sentence = squeeze(text)
    numbers = [shown_number(session, number, Reveal.FULL) for number in numbers_of(declaration)]
    vanished = wording.find_vanished(sentence, notice_record(declaration), numbers)
    statement = wording.hide_numbers(sentence, numbers)
    too_long = not 1 <= len(statement) <= SENTENCE_LENGTH
    # A placeholder that was typed would stand for a number that the record may not have.
    unprintable = find_forbidden(sentence) or any(bracket in sentence for bracket in BRACKETS)
    if vanished or too_long or unprintable or kinds.find_sensitive(statement):
        raise WordingRefused(vanished)
    return statement


def withdraw_unpublished(
    session: Session, declaration: Declaration, *, actor: Actor, day: date, reason: str, version: int | None = None
) -> None:
    """End a declaration that is not yet out. A declarant may do so whatever `version` they saw.

    Raises:
        StaleChange: another changed it since `version` was read.
        TransitionRefused: it is published (see `file_withdrawal`) or already ended.
    """
    if version is not None:
        _require_version(session, declaration, version)
    if declaration.status not in ("submitted", "returned", "approved"):
        raise TransitionRefused(f"{declaration.reference} is {declaration.status}")
    change_status(session, declaration, "withdrawn", actor=actor, action="withdrawn", reason=reason)
    declaration.edition = None
    declaration.withdrawn_on = day
    session.flush()


def file_withdrawal(session: Session, declaration: Declaration, *, actor: Actor, day: date, reason: str) -> Declaration:
    """Hand in a further record that withdraws a published declaration; it takes effect when that is published.

    One that an editor files is free: nobody is charged a price that they have not read.

    Raises:
        TransitionRefused: it is not published, or a further record about it is already under way.
    """
    _require_open(session, declaration)
    statement, price = withdrawal_of(session, declaration)
    vault = vault_of(session)
    withdrawal = Declaration(
        reference=_free_reference(session, day),
        nature="withdrawal",
        follows_id=declaration.id,
        declarant_type=declaration.declarant_type,
        declarant=declaration.declarant,
        contact_sealed=declaration.contact_sealed,
        secret_sealed=vault.seal(new_secret(), purpose=SECRET_PURPOSE),
        statement=statement,
        created_at=clock.now(),
    )
    withdrawal.follows = declaration
    if actor.role == "editor":
        price = Price(0, "free", 0, price.style, price.version)
    keep_price(withdrawal, price)
    record_event(session, withdrawal, actor=actor, action="begun", before=None)
    _hand_in(session, withdrawal, actor=actor, action="submitted", reason=reason)
    session.flush()
    return withdrawal


def secret_of(session: Session, declaration: Declaration) -> str:
    """Return the declarant's secret code, `XXXX-XXXX-XXXX`."""
    secret = vault_of(session).open(declaration.secret_sealed, purpose=SECRET_PURPOSE).reveal()
    return "-".join(secret[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def is_secret_of(session: Session, declaration: Declaration, typed: str) -> bool:
    """Whether `typed` (any case, width, spaces and dashes) is the declarant's secret code.

    It takes the same time either way.
    """
    plain = "".join(character for character in fold(typed) if character.isalnum())
    secret = vault_of(session).open(declaration.secret_sealed, purpose=SECRET_PURPOSE).reveal()
    return secrets.compare_digest(plain.encode(), secret.encode())


def find_by_secret(session: Session, reference: str, typed: str) -> Declaration | None:
    """Return the declaration that a reference and its secret code open together.

    None for a wrong reference as for a wrong code: who asks is not to learn which references exist, so both take the
    same steps.
    """
    declaration = session.exec(select(Declaration).where(Declaration.reference == reference)).first()
    decoy = Declaration(
        reference=reference,
        declarant_type="person",
        declarant=reference,
        secret_sealed=vault_of(session).seal(new_secret(), purpose=SECRET_PURPOSE),
        statement=reference,
        created_at=clock.now(),
    )
    opened = is_secret_of(session, declaration or decoy, typed)
    return declaration if opened else None


def new_secret() -> str:
    """Return a secret code of 59 bits: too many to try against a throttled page."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def _hand_in(
    session: Session, declaration: Declaration, *, actor: Actor, action: str, reason: str | None = None
) -> None:
    change_status(session, declaration, "submitted", actor=actor, action=action, reason=reason)
    declaration.submitted_at = clock.now()


def _require_version(session: Session, declaration: Declaration, version: int) -> None:
    lock(session, declaration)
    if declaration.version != version:
        raise StaleChange(f"{declaration.reference} was changed meanwhile")


def _require_open(session: Session, declaration: Declaration) -> None:
    lock(session, declaration)
    if declaration.status not in ("published", "contested"):
        raise TransitionRefused(f"{declaration.reference} is {declaration.status}, not published")
    if declaration.nature == "withdrawal":
        raise TransitionRefused("a withdrawal is not corrected or withdrawn; declare again")
    under_way = select(Declaration.id).where(
        col(Declaration.follows_id) == declaration.id,
        col(Declaration.status).in_(("submitted", "returned", "approved")),
    )
    if session.exec(under_way).first() is not None:
        raise TransitionRefused(f"a further record about {declaration.reference} is under way")


def _free_reference(session: Session, day: date) -> str:
    while True:
        reference = new_reference(day)
        if session.exec(select(Declaration.id).where(Declaration.reference == reference)).first() is None:
            return reference
