"""For every kind of the catalogue: it can be ticked, its page asks what it has, and its own example is taken."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from registry import kinds
from registry.declarations import service
from registry.kinds import DocumentKind
from registry.web.public.declare.answers import DocumentAnswer
from registry.web.public.declare.choice import all_picks
from registry.web.public.declare.document_form import DocumentForm, document_form
from tests.support import factories
from tests.support.client import JudgingClient
from tests.support.declaring import FORM, PERSON, choose, send, sentence
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

KINDS = [pytest.param(kind, id=kind.slug) for kind in kinds.CATALOGUE]
# What the form of a document and the class it is made from call something else.
TAKEN = {"title", "copies", "whose", "holder", *dir(DocumentForm)}


def first_pick(kind: DocumentKind) -> str:
    return next(pick.value for pick in all_picks().values() if pick.kind is kind)


def whole_answer(kind: DocumentKind) -> dict[str, Any]:
    answer: dict[str, Any] = {"whose": "own"}
    if kind.free_title:
        answer["title"] = "会计从业资格证书"
    for number in kind.numbers:
        answer[f"{number.name}-text"] = number.example
        if number.sensitive:
            answer[f"{number.name}-in_print"] = "full"
    return answer


@pytest.mark.parametrize("kind", KINDS)
def test_its_example_goes_through_to_the_receipt(client: JudgingClient, kind: DocumentKind) -> None:
    choose(client, first_pick(kind))
    words = text_of(client.page)
    for number in kind.numbers:
        assert number.where.zh in words
        assert [option["value"] for option in client.page.select(f"select[name={number.name}-label] option")] in (
            [],
            list(number.labels),
        )
    client.submit(FORM, whole_answer(kind))
    assert client.url == "/declare/declarant", text_of(client.page)
    client.submit(FORM, PERSON)
    assert not client.page.select_one(".notice-warning")
    for number in kind.numbers:
        assert number.labels[0] in sentence(client.page)
    send(client)


@pytest.mark.parametrize("kind", KINDS)
def test_its_page_speaks_english(client: JudgingClient, kind: DocumentKind) -> None:
    choose(client, first_pick(kind), language="en")
    words = text_of(client.page)
    assert kind.free_title or kind.issuer.en in words
    assert all(number.where.en in words for number in kind.numbers)


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_is_accepted_only_where_it_is_not_required(client: JudgingClient, kind: DocumentKind) -> None:
    choose(client, first_pick(kind))
    title = {"title": "证书"} if kind.free_title else {}
    required = [number for number in kind.numbers if number.required]
    forced = {f"{number.name}-missing": "y" for number in kind.numbers}
    client.submit(FORM, {**title, "whose": "own"}, unchecked=forced, status=422 if required else 200)
    assert client.url == ("/declare/documents/1" if required else "/declare/declarant")


@pytest.mark.parametrize("kind", KINDS)
def test_every_title_copy_and_label_can_be_chosen(app: Flask, kind: DocumentKind) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    chosen = [{"title": title.zh} for title in kind.titles] + [{"copies": copies} for copies in kind.copies]
    chosen += [{f"{number.name}-label": label} for number in kind.numbers for label in number.labels]
    for choice in chosen:
        labels = {f"{number.name}-label": number.labels[0] for number in kind.numbers}
        title = {"title": kind.titles[0].zh} if kind.titles else {}
        with app.test_request_context(method="POST", data={**title, **labels, **whole_answer(kind), **choice}):
            before = DocumentAnswer(kind.slug, title=kind.titles[0].zh if kind.titles else "")
            form = document_form(before)
            assert form.validate(), (choice, form.errors)
            entry = factories.entry(form.answer(before).entry())
        statement, _documents = service.preview(entry)
        assert next(iter(choice.values())) in statement


def test_the_names_of_numbers_collide_with_nothing_on_the_form() -> None:
    assert not [number.name for kind in kinds.CATALOGUE for number in kind.numbers if number.name in TAKEN]
