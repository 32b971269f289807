"""Every kind of the catalogue, from the box that is ticked to the printed notice. A kind that is added is in at once.

Kinds share declarations, and pages are judged once where only words differ: a journey for each would take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry import kinds
from registry.declarations.entries import MOST_DOCUMENTS, examine_entry
from registry.declarations.queries import get_declaration
from registry.kinds import DocumentKind, sources
from registry.web.public.declare.answers import DocumentAnswer
from registry.web.public.declare.choice import all_picks
from registry.web.public.declare.document_form import DocumentForm, document_form
from registry.web.public.help import shape_of
from registry.wording import NoticeRecord, compose, load_style
from tests.support import factories
from tests.support.client import JudgingClient
from tests.support.declaring import FORM, PERSON, choose, send, sentence
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

# As many in one declaration as it takes, so few that a failure is soon found.
BATCHES = [kinds.CATALOGUE[at : at + MOST_DOCUMENTS] for at in range(0, len(kinds.CATALOGUE), MOST_DOCUMENTS)]
# What the form of a document and the class it is made from call something else.
TAKEN = {"title", "copies", "whose", "holder", *dir(DocumentForm)}
DOUBLED = re.compile(r"[，。；：、]{2,}|为，|为。|，$|⟦|⟧|None")


def first_pick(kind: DocumentKind) -> str:
    return next(pick.value for pick in all_picks().values() if pick.kind is kind)


def whole_answer(kind: DocumentKind) -> dict[str, Any]:
    answer: dict[str, Any] = {"whose": "own"}
    if kind.free_title:
        answer["title"] = "会员证"
    for number in kind.numbers:
        answer[f"{number.name}-text"] = number.example
        if number.sensitive:
            answer[f"{number.name}-in_print"] = "full"
    return answer


def no_answer(kind: DocumentKind, **further: str) -> dict[str, str]:
    title = {"title": kind.titles[0].zh if kind.titles else "会员证"}
    labels = {f"{number.name}-label": number.labels[0] for number in kind.numbers}
    return {"whose": "own", **title, **labels, **further}


def canonical(number: kinds.NumberField) -> str:
    return kinds.examine_field(number, number.example).canonical


def texts(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """A reader whose pages nobody judges, because pages like theirs are judged elsewhere."""
    return FlaskClient(app, app.response_class)


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch[0].slug)
def test_its_example_goes_from_the_box_to_the_print(
    client: JudgingClient, reader: FlaskClient, saving: Callable[[], Any], batch: tuple[DocumentKind, ...]
) -> None:
    choose(client, *(first_pick(kind) for kind in batch))
    told = in_order(batch)
    for kind in told:
        answer_its_page(client, kind)
    client.submit(FORM, PERSON)
    assert client.url == "/declare/proof"
    printed = sentence(client.page)
    assert not DOUBLED.search(printed), printed
    for kind in told:
        for number in kind.numbers:
            assert f"{number.labels[0]}为{canonical(number)}" in printed, (kind.slug, number.name)
    reference = send(client)
    with saving() as session:
        factories.publish(session, get_declaration(session, reference))
    notice = text_of(client.get_page(f"/declarations/{reference}/print"))
    record = text_of(client.get_page(f"/declarations/{reference}"))
    for kind in told:
        assert (kind.titles[0].zh if kind.titles else "会员证") in notice
        is_in_the_register(reader, kind, reference, record)


def in_order(batch: tuple[DocumentKind, ...]) -> Iterator[DocumentKind]:
    return (pick.kind for value, pick in all_picks().items() if value in {first_pick(kind) for kind in batch})


def answer_its_page(client: JudgingClient, kind: DocumentKind) -> None:
    page, words = client.page, text_of(client.page)
    assert kind.free_title or kind.issuer.zh in words, (kind.slug, words[:200])
    for number in kind.numbers:
        assert number.where.zh in words, kind.slug
        offered = [str(option["value"]) for option in page.select(f"select[name={number.name}-label] option")]
        assert offered in ([], list(number.labels)), kind.slug
    before = client.url
    client.submit(FORM, whole_answer(kind))
    assert client.url != before, kind.slug


def is_in_the_register(reader: FlaskClient, kind: DocumentKind, reference: str, record: str) -> None:
    assert reference in texts(reader, f"/declarations?kind={kind.slug}"), kind.slug
    token = re.search(r'name="csrf_token" value="([^"]+)"', texts(reader, "/check"))
    assert token
    for number in kind.numbers:
        examination = kinds.examine_field(number, number.example)
        asked = {"number": number.example, "csrf_token": token[1]}
        answer = reader.post("/check", data=asked).get_data(as_text=True)
        assert "verdict-declared" in answer, (kind.slug, number.example)
        shown = examination.masked if examination.sensitive else examination.canonical
        assert shown in record.replace(" ", ""), (kind.slug, shown)
        if examination.sensitive:
            assert examination.canonical not in record.replace(" ", ""), kind.slug


def test_its_page_and_its_help_speak_english(app: Flask, reader: FlaskClient) -> None:
    filters = texts(reader, "/declarations?lang=en")
    for family in kinds.families():
        page = texts(reader, f"/kinds/{family.slug}?lang=en").replace("&#39;", "'")
        assert f'<optgroup label="{family.title.en}">'.replace("'", "&#39;") in filters
        for kind in family.kinds:
            assert f'<option value="{kind.slug}">' in filters
            assert f'id="{kind.slug}"' in page
            for number in kind.numbers:
                assert number.where.en in page, kind.slug
                assert shape_of(number.rules[0]).en in page, kind.slug
            with app.test_request_context("/declare/documents/1?lang=en"):
                form = document_form(DocumentAnswer(kind.slug))
                labels = [str(number.form.text.label.text) for number in form.number_forms]
            assert len(set(labels)) == len(labels), kind.slug
            assert all(re.match("[A-Z]", label) for label in labels), kind.slug


def test_no_number_is_accepted_only_where_none_is_required(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for kind in kinds.CATALOGUE:
        required = any(number.required for number in kind.numbers)
        said = {f"{kind.numbers[0].name}-missing": "y"}
        for data, accepted in ((no_answer(kind), False), (no_answer(kind, **said), not required)):
            with app.test_request_context(method="POST", data=data):
                form = document_form(DocumentAnswer(kind.slug))
                assert form.validate() is accepted, (kind.slug, form.errors)


def test_one_of_several_numbers_is_enough_where_none_is_required(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    several = [kind for kind in kinds.CATALOGUE if len(kind.numbers) > 1]
    for kind in several:
        for number in kind.numbers:
            one = {f"{number.name}-text": number.example, f"{number.name}-in_print": "full"}
            others = [other for other in kind.numbers if other is not number]
            with app.test_request_context(method="POST", data=no_answer(kind, **one)):
                form = document_form(DocumentAnswer(kind.slug))
                assert form.validate() is not any(other.required for other in others), (kind.slug, form.errors)


def test_every_title_copy_and_label_makes_a_sentence(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for kind in kinds.CATALOGUE:
        choices = [{"title": title.zh} for title in kind.titles[1:]] + [{"copies": copies} for copies in kind.copies]
        choices += [{f"{number.name}-label": label} for number in kind.numbers for label in number.labels[1:]]
        for choice in choices:
            data = {**no_answer(kind), **whole_answer(kind), **choice}
            before = DocumentAnswer(kind.slug, title=kind.titles[0].zh if kind.titles else "")
            with app.test_request_context(method="POST", data=data):
                form = document_form(before)
                assert form.validate(), (kind.slug, choice, form.errors)
                entry = factories.entry(form.answer(before).entry())
            style = load_style("yangquan", Path())
            record = NoticeRecord(entry.declarant, tuple(each.in_notice() for each in examine_entry(entry, style)))
            statement = compose(record, style)
            assert next(iter(choice.values())) in statement, (kind.slug, choice)
            assert not DOUBLED.search(re.sub(r"⟦\d+⟧", "1", statement)), statement


def test_the_names_of_numbers_collide_with_nothing_on_the_form() -> None:
    assert not [number.name for kind in kinds.CATALOGUE for number in kind.numbers if number.name in TAKEN]


def test_sources_are_told_in_chinese_and_shapes_without_advice() -> None:
    rules = kinds.RULES.values()
    told = [*(kind.source for kind in kinds.CATALOGUE), *(rule.source for rule in rules)]
    assert not {part for source in told for part in sources.untranslated(source)}, "to registry/kinds/sources.py"
    for rule in rules:
        shape = shape_of(rule)
        assert not re.search("可以照填|请对照|请确认", shape.zh), rule.slug
        assert not re.search("keep it|Compare|Check that", shape.en), rule.slug
        assert shape.zh.endswith("。"), rule.slug
        assert shape.en.endswith("."), rule.slug
