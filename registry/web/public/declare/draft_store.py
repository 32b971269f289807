"""The draft of this browser: found by the token in its cookie, kept sealed in the database."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from registry.db.sealing import SealBroken
from registry.db.tables import Declaration, Draft
from registry.declarations import drafts
from registry.declarations.drafts import Answers
from registry.declarations.entries import DeclarationEntry
from registry.web.public.declare.answers import DraftAnswers, answers_of_entry
from registry.web.sessions import db, settings

COOKIE = "draft"
A_DAY = 24 * 3600


@dataclass(slots=True)
class OpenDraft:
    """A draft with its answers; `declaration` is what it became, once it was handed in."""

    token: str
    draft: Draft
    answers: DraftAnswers
    declaration: Declaration | None = None

    def save(self) -> None:
        drafts.save(db(), self.draft, self.answers.to_json())


def load() -> OpenDraft | None:
    """Return this browser's draft; None if it has none, or an expired, forged or unreadable one."""
    token = _token()
    draft = drafts.get_draft(db(), token) if token else None
    if draft is None:
        return None
    if draft.declaration_id is not None:
        return OpenDraft(token, draft, DraftAnswers(), db().get_one(Declaration, draft.declaration_id))
    try:
        return OpenDraft(token, draft, DraftAnswers.from_json(drafts.answers_of(db(), draft)))
    except SealBroken:
        # Its key is gone, and with it the answers: they have to be given again.
        return None


def begin(answers: DraftAnswers) -> str:
    """Keep a new draft; return the token that `set_cookie` gives to the browser."""
    return drafts.begin(db(), answers.to_json())


def answers_from_entry(entry: DeclarationEntry) -> Answers:
    """Return the answers for `drafts.begin_amending`, from a stored declaration's entry."""
    return answers_of_entry(entry).to_json()


def set_cookie(response: Response, token: str, *, lasting: bool = True) -> None:
    """Give the browser its token: for as long as drafts are kept, or until it is closed."""
    response.set_cookie(
        COOKIE,
        _serializer().dumps(token),
        max_age=settings().draft_days * A_DAY if lasting else None,
        httponly=True,
        samesite="Lax",
        secure=settings().https,
    )


def clear_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=settings().https)


def _token() -> str:
    try:
        token = _serializer().loads(request.cookies.get(COOKIE, ""), max_age=settings().draft_days * A_DAY)
    except BadSignature:
        return ""
    return token if isinstance(token, str) else ""


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="draft")
