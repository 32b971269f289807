"""What a request says of the site that it is sent to.

There are few, and what is worked out of one is kept; but callers choose what stands in `Host`, so only some may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Site = tuple[str | None, ...]

_SAYING: Final = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")


def site_in(environ: WSGIEnvironment) -> Site:
    """Return what a request says of its site."""
    return tuple(map(environ.get, _SAYING))


def without_host(site: Site) -> Site:
    """Return the same with the server's own name, whatever the request called it."""
    return tuple(None if name == "HTTP_HOST" else said for name, said in zip(_SAYING, site, strict=True))


def environ_of(site: Site) -> dict[str, str]:
    """Return an environment that says this of its site, and nothing else."""
    return {name: said for name, said in zip(_SAYING, site, strict=True) if said is not None}
