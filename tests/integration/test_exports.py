"""A search's whole result as a file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sqlalchemy import event

from registry.declarations import editions
from registry.search import walking
from registry.web import downloads
from registry.web.public import exports
from tests.support import factories as make

ADDRESSES = ("/declarations.csv", "/declarations.jsonl")


def rows(answer):
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def objects(answer):
    assert answer.mimetype == "application/x-ndjson"
    return [json.loads(line) for line in answer.data.decode().splitlines()]


@pytest.fixture
def get(client):
    """`get(address)`: the answer, closed as a server closes it when it was sent."""
    return lambda address: client.get(address, buffered=True)


@pytest.fixture
def register(saving):
    """Two published declarations and one that is not; returns the references of the two, the newer first."""
    with saving() as session:
        first = make.published(session, make.work_id(), make.licence(), declarant="杨阔远")
        second = make.published(session, make.seal(), declarant="山西顺合昌物流有限公司")
        make.submitted(session, declarant="未刊登")
        return [second.reference, first.reference]


def test_everything_is_in_the_file_the_newest_first(get, register):
    found = rows(get("/declarations.csv"))
    assert [row["reference"] for row in found] == [register[0], register[1], register[1]]
    assert [row["number"] for row in found] == ["", "\t**********333", f"\t{make.COMPANY_CODE}"]
    assert found[0]["url"] == f"http://localhost/declarations/{register[0]}"
    answer = get("/declarations.jsonl")
    assert [one["reference"] for one in objects(answer)] == register
    name = answer.headers["Content-Disposition"]
    assert name == f"attachment; filename=declarations-{make.today()}.jsonl"


def test_the_filters_of_the_list_narrow_the_file(get, register):
    for query, expected in (
        ("q=阔远", register[1:]),
        ("kind=seal_code", register[:1]),
        ("status=withdrawn", []),
        (f"until={make.today()}", register[1:]),
        ("q=未刊登", []),
        ("lang=en", register),
    ):
        found = objects(get(f"/declarations.jsonl?{query}"))
        assert [one["reference"] for one in found] == expected, query


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_misspelt_is_refused_by_name(client, register, address):
    page = client.get_page(f"{address}?knid=seal_code&since=gestern&lang=en", status=422)
    assert "Unknown filter: knid; Published from: Enter the day like this: 2026-03-27" in page.get_text()
    page = client.get_page(f"{address}?q={make.RESIDENT_ID}&lang=zh", status=422)
    assert "只能完整输入查验" in page.get_text()
    assert make.RESIDENT_ID not in page.get_text()
    for query in (
        "status=published&status=withdrawn",
        "kind=none",
        "status=draft",
        "since=2026-03-02&until=2026-03-01",
        "q=" + "长" * 101,
        "cursor=o1",
    ):
        client.get_page(f"{address}?{query}", status=422)


@pytest.mark.one_database
def test_an_empty_register_gives_an_empty_file(get):
    assert rows(get("/declarations.csv")) == []
    assert objects(get("/declarations.jsonl")) == []


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_that_breaks_off_says_so(client, register, monkeypatch, caplog, address):
    def breaking(database, filters):
        yield from walking.walk_public(database, filters)
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(exports, "walk_public", breaking)
    answer = client.get(address)
    assert "文件不完整" in answer.data.decode().splitlines()[-1]
    assert f"unhandled RuntimeError id={answer.headers['X-Request-Id']}" in caplog.text


@pytest.mark.one_database
def test_as_many_downloads_at_once_as_there_are_places(app, client, register):
    places = app.extensions["registry_downloads"] = downloads.Downloads(most=2, most_each=1)
    held = client.get("/declarations.csv", buffered=False)
    page = client.get_page("/declarations.csv?lang=en", status=503)
    assert "Many files are being downloaded" in page.get_text()
    assert client.response.headers["Retry-After"] == "60"
    held.close()
    assert client.get("/declarations.csv", buffered=True).status_code == 200
    assert client.head("/declarations.csv", buffered=True).status_code == 200
    assert not places._by_address


@pytest.mark.one_database
def test_a_download_that_is_given_up_leaves_nothing_open(app, client, register):
    events = []
    for name in ("connect", "close"):
        event.listen(
            app.extensions["registry_database"].snapshot_engine, name, lambda *_, name=name: events.append(name)
        )
    answer = client.get("/declarations.csv", buffered=False)
    pieces = iter(answer.response)
    next(pieces), next(pieces)
    assert events == ["connect"]
    del pieces
    answer.close()
    assert events == ["connect", "close"]
    assert not app.extensions["registry_downloads"]._by_address


@pytest.mark.one_database
def test_memory_does_not_grow_with_the_file(client, saving, monkeypatch):
    asked = []

    def watched(session, filters, **options):
        for found, cursor in walking_batches(session, filters, **options):
            asked.append(len(found))
            yield found, cursor

    walking_batches = walking.batches_public
    monkeypatch.setattr(walking, "batches_public", watched)
    with saving() as session:
        actor, day = make.an_editor(session), make.today()
        for place in range(7):
            make.approved(session, make.submitted(session, declarant=f"声明人{place}号"), actor, day)
        editions.publish(session, day=day, today=day, actor=actor)
    monkeypatch.setattr(walking.walk_public, "__kwdefaults__", {"batch": 2, "seconds": 60.0})
    answer = client.get("/declarations.jsonl", buffered=False)
    pieces = iter(answer.response)
    for read in (1, 2, 3):
        next(pieces)
        assert len(asked) == read
    assert max(asked) == 2
    answer.close()
