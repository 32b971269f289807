"""No sensitive number, contact or secret in the database, the logs or any page that is not its owner's."""

from __future__ import annotations

import gzip
import io
import logging
import re
import zipfile

import pytest
from sqlalchemy import inspect, text

from registry.declarations import edition_files, publications, queries, service
from registry.declarations.edition_files import MadeFile
from registry.exporting.package import FILES
from registry.search import receipts
from registry.web.access import ACCESS, Access
from tests.support import factories as make
from tests.support.files import work_at_once

PHONE = "13987654321"
MAIL = "lan.yike@registry.example"
BIRTH = "G140235681"
OLD_ID = "110105491231002"
DATA = ("application/atom+xml", "application/x-ndjson", "application/gzip", "application/json")
UNREGISTERED = "110101199003074493"
MISTYPED = "110101199013074493"
SENSITIVE = (make.RESIDENT_ID, make.WORK_NUMBER, BIRTH, OLD_ID, UNREGISTERED, MISTYPED, PHONE, MAIL)


@pytest.fixture
def secrets_of_register(saving):
    """A register of every status, with each sensitive number in it; returns references and secret codes."""
    documents = (
        make.resident_id(full_in_print=True),
        make.work_id(),
        make.resident_id(OLD_ID),
        make.DocumentEntry(
            "birth_medical_certificate", "出生医学证明", numbers=(make.number(BIRTH, full_in_print=True),)
        ),
        make.DocumentEntry("other", "会员卡", numbers=(make.number(f"甲{make.RESIDENT_ID}"),)),
    )
    contact = make.Contact(name="兰亦可", phone=PHONE, email=MAIL)
    with saving() as session:
        out = make.published(session, *documents, contact=contact)
        waiting = make.submitted(session, *documents, contact=contact)
        returned = make.submitted(session, *documents, contact=contact)
        editor = make.an_editor(session, name="甄编辑")
        service.return_to_declarant(session, returned, reason="请补充", actor=editor, version=returned.version)
        further = service.submit(
            session,
            make.entry(*documents, contact=contact),
            day=make.today(),
            about=service.About(out, "correction"),
        )
        make.publish(session, further)
        # What went to press prints numbers whole where their declarant chose so.
        files = [MadeFile("press", kind, " ".join(SENSITIVE).encode()) for kind in ("text", "pdf")]
        edition_files.keep(session, out.edition, files)
        declarations = (out, waiting, returned, further)
        return [(d.reference, service.secret_of(session, d), out.published_on) for d in declarations]


@pytest.fixture
def codes_of_sheets(secrets_of_register, saving):
    """Receipts of checks of every sensitive number, on the register and not, and proofs that declarations were
    published; returns their codes."""
    numbers = (make.RESIDENT_ID, make.WORK_NUMBER, BIRTH, OLD_ID, f"甲{make.RESIDENT_ID}", UNREGISTERED, MISTYPED)
    with saving() as session:
        codes = [receipts.make(session, number, issuer={}, kept_until=make.today()).code for number in numbers]
        declarations = [queries.get_declaration(session, reference) for reference, _code, _day in secrets_of_register]
        published = [one for one in declarations if one.published_on]
        return codes + [publications.prove(session, one, today=one.published_on).code for one in published]


def without_gaps(shown: str) -> str:
    return re.sub(r"[\s\-]|</?span[^>]*>", "", shown)


def leaks(shown: str, wanted: tuple[str, ...]) -> list[str]:
    flat = without_gaps(shown)
    return [secret for secret in wanted if secret in flat]


def test_a_dump_of_the_database_tells_nothing(db, secrets_of_register, codes_of_sheets):
    codes = [*(code for _reference, code, _day in secrets_of_register), *codes_of_sheets]
    secrets = (*SENSITIVE, *map(without_gaps, codes))
    with db.read_engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                assert not leaks("|".join(map(str, row)), secrets), table


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_public_page_shows_a_sensitive_number(app, client, secrets_of_register, codes_of_sheets, language, caplog):
    caplog.set_level(logging.DEBUG)
    references = [reference for reference, _code, _day in secrets_of_register]
    days = {day for *_rest, day in secrets_of_register}
    seen = 0
    for rule in public_rules(app):
        # Sheets take their time, and say the same in every language: see the next test.
        if rule.endpoint.endswith("pdf"):
            continue
        for url in addresses(app, rule, references, days, codes_of_sheets):
            answer = client.get(url, query_string={"lang": language}, follow_redirects=True)
            if answer.mimetype.startswith("text/") or answer.mimetype in DATA:
                seen += 1
                assert not leaks(answer.get_data(as_text=True), SENSITIVE), url
                assert "甄编辑" not in answer.get_data(as_text=True), url
            answer.close()
    assert seen > 20
    assert not leaks(caplog.text, (*SENSITIVE, *map(without_gaps, codes_of_sheets)))


@pytest.mark.one_database
def test_no_public_sheet_shows_a_sensitive_number(app, client, secrets_of_register, codes_of_sheets, read_pdf, caplog):
    caplog.set_level(logging.DEBUG, logger="registry")
    references = [reference for reference, _code, _day in secrets_of_register]
    days = {day for *_rest, day in secrets_of_register}
    sheets = 0
    for rule in public_rules(app):
        if rule.endpoint.endswith("pdf"):
            for url in addresses(app, rule, references, days, codes_of_sheets[:1]):
                answer = client.get(url)
                if answer.status_code == 200:
                    sheets += 1
                    assert not leaks(read_pdf(answer.data, "pdftotext"), SENSITIVE), url
    # Two declarations that are out, the edition of one of them, and a receipt.
    assert sheets == 4
    assert not leaks(caplog.text, (*SENSITIVE, *map(without_gaps, codes_of_sheets)))


def public_rules(app):
    return [
        rule
        for rule in app.url_map.iter_rules()
        if ACCESS[rule.endpoint] is Access.EVERYBODY and "GET" in rule.methods and not rule.endpoint.endswith("static")
    ]


def test_no_file_of_the_open_data_tells_what_the_pages_do_not(app, secrets_of_register):
    done = app.test_cli_runner().invoke(args=["open-data"])
    assert done.exit_code == 0, done.output
    folder = app.extensions["registry_settings"].instance / "open-data"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(files) == set(FILES)
    for name, data in files.items():
        shown = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
        assert_public(shown, secrets_of_register, name)


@pytest.mark.parametrize("address", ["/declarations.atom", "/declarations.csv", "/declarations.jsonl"])
def test_no_feed_and_no_export_tells_what_the_pages_do_not(client, secrets_of_register, address, caplog):
    caplog.set_level(logging.DEBUG)
    out = secrets_of_register[0][0]
    for query in ("", "?q=杨阔远", "?kind=resident_id_18", "?status=corrected"):
        answer = client.get(address + query, buffered=True)
        assert_public(answer.get_data(as_text=True), secrets_of_register, address + query)
        assert out in answer.get_data(as_text=True)
    assert not leaks(caplog.text, SENSITIVE)


def assert_public(shown, secrets_of_register, where):
    """What goes out names no sensitive number, contact, secret or editor, and nothing that is not published."""
    _out, (waiting, *_), (returned, *_), _further = secrets_of_register
    codes = tuple(without_gaps(code) for _reference, code, _day in secrets_of_register)
    assert not leaks(shown, (*SENSITIVE, *codes, "兰亦可", "甄编辑", "请补充", "hmac:")), where
    assert waiting not in shown, where
    assert returned not in shown, where


def test_searching_and_checking_show_no_more_than_was_typed(client, secrets_of_register):
    for typed in (make.WORK_NUMBER, make.WORK_NUMBER[:8], "杨阔远", BIRTH[:5]):
        page = client.get(f"/declarations?q={typed}")
        assert not leaks(page.get_data(as_text=True).replace(typed, ""), SENSITIVE)
    for typed in (make.RESIDENT_ID, BIRTH, OLD_ID):
        client.get_page("/check")
        client.submit(data={"number": typed})
        shown = str(client.page)
        assert "declared" in shown or "作废" in shown
        assert not leaks(shown.replace(typed, "", 1), tuple(s for s in SENSITIVE if s != typed))


def test_the_log_names_rules_and_no_values(client, secrets_of_register, caplog):
    caplog.set_level(logging.DEBUG)
    reference, code, _day = secrets_of_register[0]
    client.get(f"/check?number={make.WORK_NUMBER}")
    client.get(f"/follow/{reference}/{code}")
    client.get(f"/declarations?q={make.WORK_NUMBER}")
    lines = [record.getMessage() for record in caplog.records if record.name == "registry.request"]
    assert len(lines) == 3
    assert all(re.fullmatch(r"GET /[a-z/<>:]* \d{3} [\d.]+ms id=[0-9a-f]{12}", line) for line in lines), lines
    assert not leaks(caplog.text, (*SENSITIVE, code.replace("-", "")))


def test_a_receipt_tells_no_more_than_was_typed(client, codes_of_sheets, caplog):
    caplog.set_level(logging.DEBUG)
    code = codes_of_sheets[0]
    for typed in (make.RESIDENT_ID, MISTYPED):
        client.get_page(f"/receipts/{code}")
        client.submit(".compare form", {"number": typed})
        assert not leaks(str(client.page).replace(typed, "", 1), SENSITIVE)
    client.get_page("/check")
    client.submit("#check-form", {"number": f"{make.RESIDENT_ID}，{BIRTH}，{UNREGISTERED}"})
    assert not leaks(str(client.page.select_one(".answers")), SENSITIVE)
    client.submit("#check-form", unchecked={"pick": "0"})
    client.submit(".receipt-request")
    assert not leaks(str(client.page), SENSITIVE)
    assert not leaks(caplog.text, SENSITIVE)


def dump_of(db, instance):
    """Everything that is in the database and in the folder of an instance, as bytes by their places."""
    with db.read_engine.connect() as connection:
        tables = {
            table: repr(connection.execute(text(f'SELECT * FROM "{table}"')).all()).encode()
            for table in inspect(connection).get_table_names()
        }
    files = {
        path: path.read_bytes() for path in instance.rglob("*") if path.is_file() and "registry.db" not in path.name
    }
    return {**tables, **files}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_of_a_file_of_numbers_nothing_is_shown_and_nothing_stays(
    app, client, db, settings, secrets_of_register, kind, caplog, monkeypatch
):
    caplog.set_level(logging.DEBUG)
    work_at_once(monkeypatch)
    secrets = (make.RESIDENT_ID, make.WORK_NUMBER, BIRTH, OLD_ID, UNREGISTERED, MISTYPED)
    rows = [*secrets, f"甲{make.RESIDENT_ID}", f"=1+{make.RESIDENT_ID}", f"{BIRTH}🦀{UNREGISTERED}", make.COMPANY_CODE]
    before = dump_of(db, settings.instance)
    client.get_page("/check/file")
    token = client.csrf_token("/check/file")
    table = "\r\n".join(["户名,证号", *(f"兰亦可,{row}" for row in rows)]).encode()
    sent = {"csrf_token": token, "file": (io.BytesIO(table), f"{make.RESIDENT_ID}.csv")}
    client.post("/check/file", data=sent, follow_redirects=True)
    shown, address = [str(client.page)], client.url
    shown.append(str(client.submit("#choose")))
    held = dump_of(db, settings.instance)
    assert client.page.select(".file-rows tbody tr")
    answer = client.get(f"{address}/result.{kind}", buffered=True)
    shown.append(in_clear(answer.data) if kind == "xlsx" else answer.get_data(as_text=True))
    client.get_page(address)
    client.submit("main form[action$=erase]")
    choice, *answers = (page.replace(f"{make.RESIDENT_ID}.csv", "") for page in shown)
    # Before it is looked up nobody can tell that a row of digits is somebody's work number.
    assert leaks(choice, secrets) in ([], [make.WORK_NUMBER])
    assert [leaks(page, secrets) for page in answers] == [[], []]
    assert make.COMPANY_CODE in answers[-1]
    kept = [content for place, content in held.items() if before.get(place) != content]
    assert len(kept) >= 4
    for content in kept:
        assert not any(secret.encode() in content for secret in (*secrets, "兰亦可"))
    assert dump_of(db, settings.instance) == before
    assert not list((settings.instance / "checks").iterdir())
    assert not leaks(caplog.text, secrets)


def in_clear(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def addresses(app, rule, references, days, codes):
    adapter = app.url_map.bind("localhost")
    names = rule.arguments
    if rule.endpoint.startswith("file."):
        known = {"number": "x" * 22, "kind": "csv"}
        return [adapter.build(rule.endpoint, {name: known[name] for name in names})]
    if "reference" in names:
        return [
            adapter.build(rule.endpoint, {name: "K7QM-3TXD-9PWA" if name == "secret" else reference for name in names})
            for reference in references
        ]
    if "code" in names:
        return [adapter.build(rule.endpoint, {"code": code}) for code in codes]
    if "day" in names:
        return [adapter.build(rule.endpoint, {"day": day}) for day in days]
    if "month" in names:
        return [adapter.build(rule.endpoint, {"month": day}) for day in days]
    return [adapter.build(rule.endpoint, dict.fromkeys(names, 1))]
