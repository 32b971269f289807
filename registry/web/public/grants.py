"""Which declarations this browser may follow: kept in its signed session once it showed the secret, or filed one."""

from __future__ import annotations

from flask import session

KEY = "follow"
# The session is a cookie of 4 KB; whoever files more than this keeps the latest ones open.
MOST = 50


def grant(reference: str) -> None:
    """Let this browser follow the declaration of this reference."""
    others = [known for known in session.get(KEY, []) if known != reference]
    session[KEY] = [*others, reference][-MOST:]


def is_granted(reference: str) -> bool:
    """Whether this browser may follow the declaration of this reference."""
    return reference in session.get(KEY, [])


def revoke(reference: str) -> None:
    """Forget that this browser may follow the declaration, as on a computer that others use too."""
    session[KEY] = [known for known in session.get(KEY, []) if known != reference]
