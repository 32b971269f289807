"""What the application for people and the one for programs have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Request, Response
from flask.templating import DispatchingJinjaLoader
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from registry.web.sites import Site, environ_of, site_in, without_host
from registry.web.templates import InLanguage, Templates
from registry.web.uploads import UploadRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Answer(Response):
    """An answer that is handed to the server as it is where it is a whole page.

    Werkzeug copies the headers twice, and looks among them for what it would change in a redirect or an empty answer.
    """

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        whole = type(self.response) is list and self.headers.getlist("Content-Length")
        if not whole or self.status_code != 200 or environ["REQUEST_METHOD"] == "HEAD" or self._on_close:
            return super().__call__(environ, start_response)
        start_response(self.status, list(self.headers))
        return cast(list[bytes], self.response)


class Application(Flask):
    """A Flask application none of whose views and hooks is a coroutine."""

    jinja_environment = Templates
    request_class = UploadRequest
    response_class = Answer

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._bound = lru_cache(maxsize=100)(self._bind)

    def can_be(self, site: Site) -> bool:
        """Return whether a request may say this of its site, and is not refused for it."""
        try:
            self._bound(site)
        except HTTPException:
            return False
        return True

    def create_global_jinja_loader(self) -> DispatchingJinjaLoader:
        return InLanguage(super().create_global_jinja_loader())  # type: ignore[return-value]

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the view of a request, and writes addresses.

        Which host is meant, and how DNS writes its name, is found out once; Flask does so at every request, twice.
        """
        if request is None or "HTTP_UPGRADE" in request.environ:
            return super().create_url_adapter(request)
        asked = site_in(request.environ)
        try:
            site = self._bound(asked)
        except HTTPException as error:
            # A host that cannot be is refused, by a page that has addresses too: those of the server.
            request.routing_exception = error
            site = self._bound(without_host(asked))
        where = (site.server_name, site.script_name, site.subdomain, site.url_scheme)
        # Werkzeug sends whoever wrote two slashes to the address with one, which the path of the request has already.
        path = request.environ.get("PATH_INFO", "/").encode("latin-1").decode(errors="replace")
        query = request.query_string.decode(errors="replace")
        return MapAdapter(self.url_map, *where, path, request.method, query)

    def update_template_context(self, context: dict[str, Any]) -> None:
        """Add what every template is told; what the view says of the same name goes before it."""
        told = context.copy()
        for tell in self.template_context_processors[None]:
            context.update(cast(dict[str, Any], tell()))
        context.update(told)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func` itself: finding out again at every call of every hook costs a tenth of a request."""
        return func

    def _bind(self, site: Site) -> MapAdapter:
        request = self.request_class({**environ_of(site), "REQUEST_METHOD": "GET", "PATH_INFO": "/"})
        return cast(MapAdapter, super().create_url_adapter(request))
