"""The open-data package: a command writes it, the site offers it, and it is what it says of itself."""

from __future__ import annotations

import fcntl
import gc
import gzip
import json
import os
import warnings

import frictionless
import pytest

from registry.declarations import service
from registry.declarations.states import DECLARANT
from registry.exporting import opendata, package
from registry.kinds import CATALOGUE
from tests.support import factories as make


@pytest.fixture
def flask(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=list(words))


@pytest.fixture
def folder(settings):
    return settings.instance / "open-data"


def text_of(path):
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode()


def lines_of(path):
    return text_of(path).split("\r\n")[1:-1]


def report_of(path):
    """Return whether frictionless calls the package valid, and its faults, the type first."""
    with warnings.catch_warnings():
        # It leaves its files for the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        report = frictionless.Package(str(path / "datapackage.json")).validate()
        faults = report.flatten(["type", "note", "fieldName", "rowNumber"])
        valid = report.valid
        del report
        gc.collect()
    return valid, faults


@pytest.fixture
def register(saving):
    """A withdrawn declaration with its withdrawal, another, and one that is not published."""
    with saving() as session:
        first = make.published(session, make.work_id(), make.licence(), declarant="杨阔远")
        make.publish(session, service.file_withdrawal(session, first, actor=DECLARANT, day=make.today(), reason="找到"))
        make.published(session, make.DocumentEntry("other", "=会员卡", holder="顾安宁"))
        make.submitted(session, declarant="未刊登")


def test_the_package_holds_everything_published_and_is_valid(flask, folder, register):
    done = flask("open-data")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1].startswith("3 declarations, 0.0 MB, in ")
    assert {path.name for path in folder.iterdir()} == set(package.FILES)
    assert report_of(folder) == (True, [])
    withdrawn, withdrawal, other = (line.split(",") for line in lines_of(folder / "declarations.csv.gz"))
    assert withdrawn[1:3] == ["loss", "withdrawn"]
    assert withdrawn[8] == withdrawal[0]
    assert withdrawal[1:3] == ["withdrawal", "published"]
    assert lines_of(folder / "further_records.csv") == [f"{withdrawal[0]},withdrawal,{withdrawn[0]},{withdrawal[3]}"]
    assert lines_of(folder / "numbers.csv.gz") == [
        f"{withdrawn[0]},1,1,工作证号,**********333,true",
        f"{withdrawn[0]},2,1,统一社会信用代码,{make.COMPANY_CODE},false",
    ]
    assert lines_of(folder / "documents.csv.gz")[-1] == f"{other[0]},1,other,'=会员卡,,顾安宁"
    assert len(lines_of(folder / "kinds.csv")) == len(CATALOGUE)
    assert "未刊登" not in "".join(text_of(folder / name) for name in package.FILES)


@pytest.mark.one_database
def test_an_empty_register_is_a_valid_package(flask, tmp_path):
    assert flask("open-data", "--to", str(tmp_path / "a" / "b")).exit_code == 0
    assert report_of(tmp_path / "a" / "b") == (True, [])


@pytest.mark.one_database
def test_frictionless_would_see_what_is_wrong(flask, folder, register):
    flask("open-data")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    kinds = folder / "kinds.csv"
    kinds.write_text(text_of(kinds).replace("work_id,", "work_ids,"), encoding="utf-8", newline="")
    valid, faults = report_of(folder)
    assert not valid
    assert {fault[0] for fault in faults} >= {"hash-count", "foreign-key"}
    described["resources"][0]["schema"]["fields"][5]["type"] = "integer"
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert "type-error" in {fault[0] for fault in report_of(folder)[1]}


@pytest.mark.one_database
def test_the_same_register_makes_the_same_files(flask, folder, register):
    flask("open-data")
    before = {table.path: (folder / table.path).read_bytes() for table in package.TABLES}
    flask("open-data")
    assert before == {table.path: (folder / table.path).read_bytes() for table in package.TABLES}


@pytest.mark.one_database
def test_a_package_that_cannot_be_written_leaves_the_one_before(flask, folder, register, monkeypatch):
    flask("open-data")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def failing(session):
        yield from ()
        raise OSError(28, "No space left on device", str(folder / "x"))

    monkeypatch.setattr(opendata, "iterate_all", failing)
    done = flask("open-data")
    assert done.exit_code == 1
    assert done.output.strip().endswith("x cannot be written: No space left on device.")
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.one_database
def test_two_do_not_write_at_once(flask, folder, register):
    flask("open-data")
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        done = flask("open-data")
    finally:
        os.close(descriptor)
    assert done.exit_code == 1
    assert "Another process is writing" in done.output
    assert flask("open-data").exit_code == 0


@pytest.mark.one_database
def test_a_kind_that_left_the_catalogue_still_has_its_row(flask, folder, saving, db):
    with saving() as session:
        made = make.published(session, make.seal())
        made.documents[0].kind = "papers_of_old"
        session.add(made)
    flask("open-data")
    assert "papers_of_old,papers_of_old,papers_of_old,,,," in lines_of(folder / "kinds.csv")
    assert report_of(folder)[0]


@pytest.mark.one_database
@pytest.mark.parametrize("licence", ["CC0-1.0", "https://register.example.cn/terms"])
def test_terms_and_address_are_those_of_the_operator(make_app, folder, register, licence, settings):
    app = make_app(open_data_licence=licence, registry_url="https://register.example.cn")
    app.test_cli_runner().invoke(args=["open-data"])
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert described["homepage"] == "https://register.example.cn"
    terms = described["licenses"][0]
    assert licence in (terms.get("name"), terms["path"])
    assert report_of(folder) == (True, [])
    assert terms["path"] in text_of(folder / "README.md")
    assert "https://register.example.cn/declarations/S" in text_of(folder / "declarations.csv.gz")
