"""Rate limits, in one table. Generous for a bank clerk, tight for whoever tries secrets.

Counted per address, and at sign-in per account as well, so that many addresses cannot try one account. What programs
ask is counted in registry.web.api.callers.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from registry.config import Settings

# endpoint → (limit, methods)
LIMITS: dict[str, tuple[str, tuple[str, ...]]] = {
    "public.check": ("120 per minute", ("GET", "POST")),
    "public.family": ("120 per minute", ("POST",)),
    "api.check": ("120 per minute", ("GET",)),
    "api.checks": ("60 per minute", ("POST",)),
    "api.examine": ("240 per minute", ("POST",)),
    "public.declarations_atom": ("120 per minute", ("GET",)),
    "public.declarations_csv": ("10 per minute", ("GET",)),
    "public.declarations_jsonl": ("10 per minute", ("GET",)),
    "public.open_data_file": ("60 per minute", ("GET",)),
    "api.declarations": ("120 per minute", ("GET",)),
    "api.declaration": ("240 per minute", ("GET",)),
    "api.editions": ("120 per minute", ("GET",)),
    "api.edition": ("120 per minute", ("GET",)),
    "api.kinds": ("120 per minute", ("GET",)),
    "api.kind": ("240 per minute", ("GET",)),
    "api.openapi": ("60 per minute", ("GET",)),
    "public.notice_pdf": ("30 per minute", ("GET",)),
    "public.edition_pdf": ("10 per minute", ("GET",)),
    "public.edition_text": ("60 per minute", ("GET",)),
    "public.edition_docx": ("10 per minute", ("GET",)),
    "declare.choose": ("60 per hour", ("POST",)),
    "declare.proof": ("20 per hour", ("POST",)),
    "file.upload": ("20 per hour", ("POST",)),
    "file.choose": ("60 per hour", ("POST",)),
    "file.show": ("240 per minute", ("GET",)),
    "file.progress": ("240 per minute", ("GET",)),
    "file.download": ("60 per hour", ("GET",)),
    "declare.options": ("120 per hour", ("POST",)),
    "follow.enter": ("10 per minute", ("POST",)),
    "follow.open_link": ("30 per minute", ("GET",)),
    "receipts.make_receipt": ("20 per minute;300 per hour", ("POST",)),
    "receipts.enter": ("20 per minute", ("POST",)),
    "receipts.show": ("60 per minute", ("GET",)),
    "receipts.compare": ("10 per minute;100 per hour", ("POST",)),
    "receipts.pdf": ("30 per minute", ("GET",)),
    "security.login": ("10 per minute", ("POST",)),
    "security.change_password": ("10 per minute", ("POST",)),
}
LIMIT_PER_ACCOUNT = "30 per hour"
# Of numbers checked many at a time. Whoever tries out what a mask hides needs more; who has so many asks for a key.
NUMBERS_LIMIT = "20000 per hour"


def install(app: Flask, settings: Settings) -> None:
    if not settings.rate_limits:
        return
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=settings.rate_limits_storage,
        strategy="moving-window",
        headers_enabled=True,
    )
    views: dict[str, Any] = app.view_functions
    for endpoint in LIMITS.keys() & views.keys():
        limit, methods = LIMITS[endpoint]
        views[endpoint] = limiter.limit(limit, methods=list(methods))(views[endpoint])
    if "security.login" in views:
        per_account = limiter.limit(LIMIT_PER_ACCOUNT, key_func=_account, methods=["POST"])
        views["security.login"] = per_account(views["security.login"])


def _account() -> str:
    return request.form.get("email", "").strip().lower()[:255]
