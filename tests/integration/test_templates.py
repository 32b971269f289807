"""Templates compiled for each language, and the parts of a page that are put together once."""

from __future__ import annotations

import time
from datetime import date

import pytest
from flask import url_for
from jinja2 import DictLoader, UndefinedError

from registry.db.engine import Database
from registry.declarations.references import new_reference
from registry.web.believed import SECONDS
from registry.web.rendering import cached_url_for, declaration_url, edition_url
from registry.web.sessions import database
from tests.support import factories as make

pytestmark = pytest.mark.one_database

CHECK = {"zh": "查验号码", "en": "Check a number"}
TEMPLATES = {
    "alone.html": "{{ _('Check a number') }}",
    "given.html": "{{ (_('Check a number') ~ '!')|upper }}",
    "valued.html": "{{ _('No. %(number)s', number='<1>') }}",
    "strange.html": "{{ _('100 %% sure & <b>nobody</b> translated it') }}",
    "typed.html": "{{ typed }}",
    "called.html": (
        "{% macro i() %}<i>{{ caller() }}</i>{% endmacro %}{% call i() %}{{ '1 < 2' }}{% endcall %}"
        "{% macro pair(one, two) %}|{{ one }}-{{ two }}{% endmacro %}"
        "{{ pair(*('a', 'b')) }}{{ pair(**{'one': 'c', 'two': 'd'}) }}"
        "{% macro word() %}|{{ kwargs['class'] }}{% endmacro %}{{ word(class='x') }}"
    ),
    "child.html": "{% extends 'alone.html' %}",
    "macro.html": "{% macro word() %}{{ _('Check a number') }}{% endmacro %}",
    "caller.html": "{% import 'macro.html' as m %}{{ m.word() }}",
}


@pytest.fixture
def render(app):
    app.jinja_loader = DictLoader(TEMPLATES)

    def in_language(name: str, language: str, **values: object) -> str:
        with app.test_request_context(f"/?lang={language}"):
            return app.jinja_env.get_template(name).render(**values)

    return in_language


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["alone.html", "child.html", "caller.html"])
def test_a_text_is_in_the_readers_language_whoever_asked_first(render, name, language):
    other = "en" if language == "zh" else "zh"
    assert render(name, other) == CHECK[other]
    assert render(name, language) == CHECK[language]


def test_a_text_can_be_worked_with(render):
    assert render("given.html", "en") == "CHECK A NUMBER!"


def test_values_are_put_into_a_text_and_escaped(render):
    assert render("valued.html", "en") == "No. &lt;1&gt;"
    assert "&lt;1&gt;" in render("valued.html", "zh")


def test_a_text_without_a_translation_stands_as_it_is(render):
    assert render("strange.html", "zh") == "100 % sure & <b>nobody</b> translated it"


def test_a_value_with_a_control_character_is_shown_with_a_mark(render):
    assert render("typed.html", "zh", typed="1\x072") == "1\ufffd2"


def test_nothing_that_templates_call_asks_for_their_variables(app):
    # Templates are compiled to call it as it is, and would not pass them. Texts with a context are nowhere in use.
    with app.test_request_context():
        asking = {name for name, called in app.jinja_env.globals.items() if hasattr(called, "jinja_pass_arg")}
    assert asking == {"pgettext", "npgettext"}


def test_a_macro_takes_a_block_a_list_and_a_word_of_python(render):
    assert render("called.html", "zh") == "<i>1 &lt; 2</i>|a-b|c-d|x"


@pytest.mark.parametrize("call", ["pair(three='c')", "pair('a', 'b', 'c')", "pair('a', one='b')"])
def test_a_macro_refuses_what_it_does_not_take(app, call):
    macro = "{% macro pair(one='', two='') %}{{ one }}{{ two }}{% endmacro %}"
    with app.test_request_context(), pytest.raises(TypeError):
        app.jinja_env.from_string(f"{macro}{{{{ {call} }}}}").render()


def test_what_is_not_there_is_no_silent_gap(render):
    with pytest.raises(UndefinedError):
        render("typed.html", "zh")


@pytest.mark.parametrize("root", ["", "/below"])
def test_an_address_that_is_put_together_here_is_the_one_that_flask_makes(app, root):
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
        reference = new_reference(date(2026, 3, 27))
        assert declaration_url(reference) == url_for("public.declaration", reference=reference)
        for day in (date(2026, 3, 27), date(2026, 3, 28)):
            address = url_for("public.edition", day=day)
            assert edition_url(day) == cached_url_for("public.edition", day=day) == address


def test_the_masthead_follows_the_edition_and_the_reader(app, client):
    assert "第 1 号" not in str(client.get_page("/about").select_one(".masthead"))
    with app.app_context(), database().session(write=True) as session:
        make.published(session)
        session.commit()
    chinese = client.get_page("/about").select_one(".masthead-ears").get_text()
    english = client.get_page("/about?lang=en").select_one(".masthead-ears").get_text()
    assert "1" in chinese
    assert "No. 1" in english
    assert chinese != english


def test_the_masthead_follows_what_another_process_published_within_a_second(client, saving, monkeypatch):
    assert "No. 1" not in client.get("/about?lang=en").get_data(as_text=True)
    with saving() as session:
        make.published(session)
    a_second_later = time.monotonic() + SECONDS
    monkeypatch.setattr(time, "monotonic", lambda: a_second_later)
    assert "No. 1" in client.get("/about?lang=en").get_data(as_text=True)


def test_each_page_marks_its_place_in_the_masthead(client):
    for url in ("/editions", "/declarations", "/editions"):
        current = client.get_page(url).select(".site-nav [aria-current=page]")
        assert [link["href"] for link in current] == [url]


def test_two_registries_in_one_process_keep_their_names(make_app):
    from registry.text import Text

    names = ("甲市登记簿", "乙市登记簿")
    clients = [make_app(registry_name=Text(name, name)).test_client() for name in names]
    for _turn in range(2):
        for name, client in zip(names, clients, strict=True):
            assert name in client.get("/about").get_data(as_text=True)


def test_a_page_opens_the_database_for_reading_only(client, monkeypatch):
    monkeypatch.setattr(Database, "session", lambda *_args, **_choices: pytest.fail("a session was opened"))
    client.get_page("/check?number=123456")
