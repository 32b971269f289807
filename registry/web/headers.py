"""Security headers on every answer."""

from __future__ import annotations

from flask import Flask, Response, request

from registry.config import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Pages of one person: nothing on the way may keep them.
PRIVATE = ("declare", "follow", "staff", "security")


def install(app: Flask, settings: Settings) -> None:
    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if settings.https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.blueprint in PRIVATE or request.method == "POST":
            headers["Cache-Control"] = "no-store" if request.blueprint in PRIVATE else "private, no-cache"
            headers["X-Robots-Tag"] = "noindex"
        elif request.endpoint not in ("static", "bootstrap.static", "public.favicon"):
            headers.setdefault("Cache-Control", "private, no-cache")
        return response
