"""Drafts: answers that are kept while a declaration is being written, sealed whole.

A draft is found by the token in the browser's cookie, of which the table holds only a keyed hash.
"""

from __future__ import annotations

import json
import secrets
from datetime import date
from typing import Any

from sqlmodel import Session, select

from registry import clock
from registry.db.engine import vault_of
from registry.db.tables import Declaration, Draft
from registry.declarations import service
from registry.declarations.entries import DeclarationEntry
from registry.declarations.proofs import About

PURPOSE = "draft.answers_sealed"
Answers = dict[str, Any]


def begin(session: Session, answers: Answers) -> str:
    """Keep the answers of a new draft; return the browser's token, which is not kept."""
    token = secrets.token_urlsafe(24)
    now = clock.now()
    session.add(
        Draft(
            token_hash=vault_of(session).token_hash(token),
            answers_sealed=_seal(session, answers),
            created_at=now,
            updated_at=now,
        )
    )
    session.flush()
    return token


def begin_amending(session: Session, declaration: Declaration, answers: Answers) -> str:
    """Start a draft from a stored declaration: to amend one that was returned, or to correct one that is published."""
    token = begin(session, answers)
    draft = get_draft(session, token)
    assert draft is not None
    if declaration.status == "returned":
        draft.amends_id = declaration.id
    else:
        draft.follows_id = declaration.id
    session.flush()
    return token


def get_draft(session: Session, token: str) -> Draft | None:
    """Return the draft of a browser's token, also when it was already submitted."""
    if not token:
        return None
    return session.exec(select(Draft).where(Draft.token_hash == vault_of(session).token_hash(token))).first()


def answers_of(session: Session, draft: Draft) -> Answers:
    """Return the answers of a draft; empty once it was submitted."""
    answers: Answers = json.loads(vault_of(session).open(draft.answers_sealed, purpose=PURPOSE).reveal())
    return answers


def save(session: Session, draft: Draft, answers: Answers) -> None:
    """Keep changed answers."""
    draft.answers_sealed = _seal(session, answers)
    draft.updated_at = clock.now()
    session.add(draft)
    session.flush()


def discard(session: Session, draft: Draft) -> None:
    session.delete(draft)
    session.flush()


def submit(session: Session, token: str, entry: DeclarationEntry, *, day: date) -> Declaration:
    """Make the declaration of a draft, once: a second call for the same draft returns the first one's declaration.

    Raises:
        LookupError: the draft is gone.
        EntryRefused, TransitionRefused: see `service.submit` and `service.resubmit`.
    """
    token_hash = vault_of(session).token_hash(token)
    # Two clicks of one button arrive together: the second waits here and then finds the declaration of the first. The
    # row is read anew, for the page has read it already, before the first click was through.
    waiting = select(Draft).where(Draft.token_hash == token_hash).with_for_update()
    draft = session.exec(waiting, execution_options={"populate_existing": True}).first()
    if draft is None:
        raise LookupError("the draft is gone")
    if draft.declaration_id is not None:
        declaration = session.get_one(Declaration, draft.declaration_id)
    elif draft.amends_id is not None:
        declaration = session.get_one(Declaration, draft.amends_id)
        service.resubmit(session, declaration, entry, day=day)
    else:
        about = None
        if draft.follows_id is not None:
            about = About(session.get_one(Declaration, draft.follows_id), "correction")
        declaration = service.submit(session, entry, day=day, about=about)
    draft.declaration_id = declaration.id
    # The declaration holds it all now; a copy of a contact in a second place would outlive its erasure.
    draft.answers_sealed = _seal(session, {})
    session.add(draft)
    session.flush()
    return declaration


def _seal(session: Session, answers: Answers) -> str:
    return vault_of(session).seal(json.dumps(answers, ensure_ascii=False), purpose=PURPOSE)
