"""The page of open data and feeds, and the files that it offers."""

from __future__ import annotations

import hashlib
import os

import pytest

from registry.exporting import package
from tests.support import factories as make

pytestmark = pytest.mark.one_database


@pytest.fixture
def folder(settings):
    return settings.instance / "open-data"


@pytest.fixture
def made(app, saving):
    """A package of one declaration, in its folder."""
    with saving() as session:
        make.published(session, make.work_id(), declarant="杨阔远")
    assert app.test_cli_runner().invoke(args=["open-data"]).exit_code == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_the_files_and_each_of_them_can_be_had(client, made, lang):
    page = client.get_page(f"/open-data?lang={lang}")
    links = {link.get_text(): link["href"] for link in page.select(".table-files a")}
    assert set(links) == set(package.FILES)

    def get(name, **headers):
        return client.get(links[name], headers=headers, buffered=True)

    described = get("datapackage.json").get_json()
    for resource in described["resources"]:
        answer = get(resource["path"])
        assert answer.status_code == 200
        assert hashlib.sha256(answer.data).hexdigest() == resource["hash"].removeprefix("sha256:")
        assert get(resource["path"], **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    part = get("kinds.csv", Range="bytes=0-3")
    assert (part.status_code, part.data) == (206, b"slug")


def test_a_large_file_takes_a_place_of_the_downloads_and_gives_it_back(app, client, made, folder):
    (folder / "declarations.csv.gz").write_bytes(os.urandom(1_000_001))
    places = app.extensions["registry_downloads"]
    answer = client.get("/open-data/declarations.csv.gz", buffered=False)
    assert places._by_address.total() == 1
    assert len(answer.data) == 1_000_001
    answer.close()
    assert places._by_address.total() == 0


def test_the_page_names_the_terms(make_app, made):
    client = make_app(open_data_licence="CC0-1.0").test_client()
    assert "Attribution" in client.get_page("/open-data").find("a", rel="license").get_text()


def test_before_the_first_package_the_page_says_so(client):
    page = client.get_page("/open-data?lang=en")
    assert "has not been made yet" in page.get_text()
    assert "flask --app app" not in page.get_text()
    page = client.get_page("/open-data/datapackage.json", status=404)
    assert page.select("main a[href='/open-data']")


def test_before_the_first_package_editors_are_told_the_command(editor):
    assert "flask --app app open-data" in editor.get_page("/open-data").get_text()


@pytest.mark.parametrize("name", ["..%2fkeys.json", "keys.json", ".datapackage.json.part", "x", "%00"])
def test_no_other_file_can_be_had(client, made, folder, name):
    (folder / ".datapackage.json.part").write_text("{}", encoding="utf-8")
    assert client.get(f"/open-data/{name}").status_code == 404


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resources": []}', '{"resources": [{"path": 1}]}'])
def test_a_broken_package_counts_as_none(client, folder, text):
    folder.mkdir()
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    assert "还没有生成" in client.get_page("/open-data?lang=zh").get_text()


def test_the_page_explains_every_filter_of_the_list(client):
    fields = {field["name"] for field in client.get_page("/declarations").select("#filters [name]")}
    rows = client.get_page("/open-data").select(".table-filters tbody tr")
    explained = {row.th.get_text(): row.select("td")[1].get_text() for row in rows}
    assert set(explained) == fields
    for name, example in explained.items():
        answer = client.get("/declarations.jsonl", query_string={name: example}, buffered=True)
        assert answer.status_code == 200, name
