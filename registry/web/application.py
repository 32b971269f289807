"""What the application for people and the one for programs have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import DispatchingJinjaLoader, Environment
from jinja2 import BaseLoader, Template
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, TOKEN_STRING, Token, TokenStream

from registry.web.i18n import reader_language, words_in
from registry.web.uploads import UploadRequest

_TEXT = ("name", "lparen", "string", "rparen")


class Templates(Environment):
    """Jinja's environment with a copy of each template for each language, and with globals that are one dictionary."""

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._at_hand: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template.

        Jinja chains two mappings, and goes through both in Python at every import and include: fifteen times a page.
        """
        return super().make_globals(d) if d else self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """Return a template in the language of the reader."""
        if isinstance(name, Template):
            return name
        named = f"{reader_language()}:{name}"
        # Jinja keeps templates too, and takes twenty calls to give one; a page asks for a dozen.
        if named in self._at_hand:
            return self._at_hand[named]
        template = super().get_template(named, None, globals)
        if not self.auto_reload:
            self._at_hand[named] = template
        return template


class _InLanguage(BaseLoader):
    """Gives the copies of a template, `zh:base.html` and `en:base.html`, the one source that they have."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._loader.get_source(environment, template.partition(":")[2])

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()


class FixedTexts(Extension):
    """Puts the translation of `_('…')` into the compiled template: looked up at each request it cost a third of a page.

    Texts with values, `_('Edition of %(day)s', day=…)`, are still translated when they are needed.
    """

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        language = (stream.name or "").partition(":")[0]
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if (
                token.type == "variable_begin"
                and _is_text(tokens, place + 1)
                and tokens[place + 5].type == "variable_end"
            ):
                yield Token(token.lineno, TOKEN_DATA, _translated(tokens[place + 3].value, language))
                place += 6
            elif _is_text(tokens, place):
                yield Token(token.lineno, TOKEN_STRING, _translated(tokens[place + 2].value, language))
                place += 4
            else:
                yield token
                place += 1


def _is_text(tokens: list[Token], place: int) -> bool:
    found = tokens[place : place + 4]
    return tuple(token.type for token in found) == _TEXT and found[0].value == "_"


def _translated(text: str, language: str) -> str:
    return words_in(language).gettext(text) % {}


class Application(Flask):
    """A Flask application none of whose views and hooks is a coroutine."""

    jinja_environment = Templates
    request_class = UploadRequest

    def create_global_jinja_loader(self) -> DispatchingJinjaLoader:
        return _InLanguage(super().create_global_jinja_loader())  # type: ignore[return-value]

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func` itself: finding out again at every call of every hook costs a tenth of a request."""
        return func
