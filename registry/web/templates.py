"""Templates: a copy of each for each language, compiled into less than Jinja makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from keyword import iskeyword
from typing import Any, Final

from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import BaseLoader, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, TOKEN_NAME, TOKEN_STRING, Token, TokenStream
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from registry.web.i18n import reader_language, words_in

_TEXT: Final = ("name", "lparen", "string", "rparen")
_TEXT_WITH_VALUES: Final = ("name", "lparen", "string", "comma")
# C0 and C1 but for tab and line ends, and the characters that Unicode says are none.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# What HTML would take for something else than text.
SPECIAL: Final = re.compile("[<>&\"']")


def without_controls(value: Any) -> Any:
    """Return what is put into a page, control characters made visible: HTML has no way to say them.

    Somebody's answer that holds one comes back with the mark in its place, beside the error that names it.
    """
    if isinstance(value, str) and _CONTROL.search(value):
        return type(value)(_CONTROL.sub("\ufffd", value))
    return value


def in_html(value: Any) -> str:
    """Return a value as it stands in a page: escaped, and control characters made visible.

    Markup was put together from values that went through here one by one, and inputs by a macro that sees to it.
    """
    kind = type(value)
    if kind is str:
        shown = value if value.isprintable() else without_controls(value)
        # Hardly any text has something to escape, and asking first is cheaper.
        return escape(shown) if SPECIAL.search(shown) else shown
    return value if kind is Markup else escape(value)


class _Compiler(CodeGenerator):
    """Writes a value as `in_html(value)`, and a call as a call.

    Jinja wraps a value into Markup before it is joined to the others, and asks at each call whether what is called
    wants to know the variables of the template. Nothing here does; both together took a tenth of a page.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.in_html(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write what makes a macro: ours, which the environment has."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call."""
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(keyword.key) for keyword in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class _Macro(Macro):
    """A macro that Python calls with what it takes.

    Jinja's makes an exception for each argument that is left out, ten times a page.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return what the macro makes of these arguments. Raises TypeError for one that it does not take."""
        if self.catch_kwargs or self.catch_varargs or self.explicit_caller:
            return super().__call__(*args, **kwargs)
        rest = [kwargs.pop(name, missing) for name in self.arguments[len(args) :]]
        if self.caller:
            rest.append(kwargs.pop("caller", None) or self._environment.undefined(name="caller"))
        if kwargs:
            raise TypeError(f"macro {self.name!r} takes no {', '.join(kwargs)}")
        return self._invoke([*args, *rest], self._default_autoescape)


class _Context(Context):
    """The variables of a template, which says of no global that it were its own.

    Jinja compares at each import, of which a page has five, whether the importing template has more globals.
    """

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> None:
        super().__init__(environment, parent, name, blocks)


class Templates(Environment):
    """Jinja's environment with a copy of each template for each language, and with globals that are one dictionary."""

    code_generator_class = _Compiler
    context_class = _Context
    Macro = _Macro
    in_html = staticmethod(in_html)

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._at_hand: dict[tuple[str, str], Template] = {}

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
        asked = (name, parent or reader_language())
        # Jinja keeps templates too, and takes twenty calls to give one; a page asks for a dozen.
        if asked in self._at_hand:
            return self._at_hand[asked]
        # What a template imports is in its language.
        language = asked[1].partition(":")[0]
        template = super().get_template(f"{language}:{name}", None, globals)
        if not self.auto_reload:
            self._at_hand[asked] = template
        return template


class InLanguage(BaseLoader):
    """Gives the copies of a template, `zh:base.html` and `en:base.html`, the one source that they have."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._loader.get_source(environment, template.partition(":")[2])

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()


class FixedTexts(Extension):
    """Puts the translation of `_('…')` into the compiled template: looked up at each request it cost a third of a page.

    Of a text with values, `_('Edition of %(day)s', day=…)`, only these are still to be filled in.
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
            elif _is_text(tokens, place, _TEXT_WITH_VALUES):
                translated = words_in(language).gettext(tokens[place + 2].value)
                yield Token(token.lineno, TOKEN_NAME, "filled")
                yield tokens[place + 1]
                yield Token(token.lineno, TOKEN_STRING, translated)
                place += 3
            else:
                yield token
                place += 1


def _is_text(tokens: list[Token], place: int, shape: tuple[str, ...] = _TEXT) -> bool:
    found = tokens[place : place + 4]
    return tuple(token.type for token in found) == shape and found[0].value == "_"


def _translated(text: str, language: str) -> str:
    return words_in(language).gettext(text) % {}
