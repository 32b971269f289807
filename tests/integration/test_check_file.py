"""A file of numbers, as a clerk meets it: upload, choice of the column, answers, downloads, and nothing left behind."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from datetime import timedelta

import pytest

from registry import clock, kinds
from registry.errors import Busy
from registry.search.files import folders, launching, reading, sheets
from registry.search.files.model import Marked
from registry.web import uploads
from registry.web.public.file import answers, uploading
from tests.support import factories as make
from tests.support import files
from tests.support.judge import text_of
from tests.support.workbooks import workbook

pytestmark = pytest.mark.one_database

MB = 1024 * 1024
UNKNOWN = "1403012345678"
MISTYPED = "11010519491231003X"
ROWS = ["户名,证号", f"甲,{make.RESIDENT_ID}", f"乙,{UNKNOWN}", f"丙,{make.WORK_NUMBER}", "丁,1.40302E+17",
        f"戊,{MISTYPED}", "己,", "庚,=1+1", f"辛,{make.COMPANY_CODE}"]  # fmt: skip
TABLE = "\r\n".join(ROWS).encode("gb18030")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    files.work_at_once(monkeypatch)


@pytest.fixture
def register(saving):
    with saving() as session:
        first = make.published(session, make.resident_id(), make.licence())
        make.submitted(session)
        return first.reference


def upload(client, content, name="名单.csv", status=200):
    return client._arrived(send(client, content, name, follow_redirects=True), status)


def send(client, content, name="名单.csv", **options):
    """Post a form with a file, or with none; whole, or the test client puts a large one into a file of its own."""
    mark = "x" * 30
    named = f'name="file"; filename="{name}"' if content is not None else 'name="file"; filename=""'
    body = [
        f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{client.csrf_token("/check/file")}\r\n',
        f"--{mark}\r\nContent-Disposition: form-data; {named}\r\nContent-Type: text/csv\r\n\r\n",
    ]
    data = "".join(body).encode() + (content or b"") + f"\r\n--{mark}--\r\n".encode()
    return client.post("/check/file", data=data, content_type=f"multipart/form-data; boundary={mark}", **options)


def answered(client, content=TABLE, **chosen):
    upload(client, content)
    return client.submit("#choose", chosen)


def download(client, kind):
    answer = client.get(f"{client.url.partition('?')[0]}/result.{kind}")
    answer.get_data()
    answer.close()
    return answer


def table(page):
    return [[text_of(cell) for cell in row.select("th, td")] for row in page.select(".file-rows tbody tr")]


def counts(page):
    return {
        text_of(one.select("a, span")[-1]): text_of(one.select_one(".count-number")) for one in page.select(".count")
    }


def lines_of(answer):
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_journey(client, register, language):
    client.get_page(f"/?lang={language}")
    client.follow("批量查验号码" if language == "zh" else "Check a file of numbers")
    assert client.url == "/check/file"
    page = upload(client, TABLE)
    assert "GB18030" in text_of(page.main)
    assert page.select_one("#choose [name=column][checked]")["value"] == "1"
    assert page.select_one("#choose [name=heading][checked]")["value"] == "yes"
    assert make.RESIDENT_ID not in str(page)
    page = client.submit("#choose")
    assert list(counts(page).values()) == ["2", "0", "1", "0", "1", "2", "2"]
    assert [row[0] for row in table(page)] == ["2", "9", "4", "6", "5", "7"]
    assert register in table(page)[0][3]
    assert download(client, "csv").status_code == 200
    client.submit("main form[action$=erase]")
    assert client.url == "/check/file"


def test_the_page_and_the_downloads_mask_and_answer_row_by_row(client, register):
    page = answered(client)
    files = [b"".join(download(client, kind).response) for kind in ("csv", "xlsx")]
    with zipfile.ZipFile(io.BytesIO(files[1])) as archive:
        sheets_of_workbook = "".join(archive.read(name).decode() for name in archive.namelist())
    for secret in (make.RESIDENT_ID, make.WORK_NUMBER, MISTYPED):
        for shown in (str(page), files[0].decode(), sheets_of_workbook):
            assert secret not in re.sub(r"\s|</?span[^>]*>", "", shown)
    found = {line[0]: line for line in lines_of(download(client, "csv"))[1:]}
    assert found["2"][1] == f"\t{kinds.examine('resident_id_18', make.RESIDENT_ID).masked}"
    assert found["2"][2:6] == ["已声明作废", "declared", register, "居民身份证"]
    assert found["3"][2:4] == ["未登记", "not_on_register"]
    assert "不能证明" in found["3"][8]
    assert found["4"][3:6] == ["provisional", "", "工作证"]
    assert "文本格式" in found["5"][8]
    assert found["7"][3] == "bad_row"


def test_whoever_lists_references_is_told_what_to_list(client, register):
    page = answered(client, f"登记号\n{register}\n{UNKNOWN}\n".encode())
    (row,) = table(page)
    assert row[:3] == ["2", register, "无法查验"]
    assert "请填写证件上的号码" in row[3]


def test_a_correction_and_its_first_notice_are_both_told(client, saving):
    with saving() as session:
        references = [make.published(session, make.licence()).reference for _turn in range(2)]
    page = answered(client, make.COMPANY_CODE.encode())
    assert all(reference in text_of(page.main) for reference in references)
    assert text_of(page.select(".file-rows td strong")[-1]) == "已声明作废。"
    line = lines_of(download(client, "csv"))[1]
    assert [line[4], line[9]] == [references[0], f"已声明作废 {references[1]}"]


def test_the_csv_opens_rightly_and_can_be_sent_again(client, register):
    answered(client)
    answer = download(client, "csv")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(ROWS)
    for line in lines_of(answer):
        for cell in line:
            assert cell[:1] not in tuple("=+-@\r\n")
            assert not cell.startswith("\t") or cell[1:2].isalnum() or cell[1] == "*"
    assert lines_of(answer)[7][1] == "'=1+1"
    public = [[line[0], line[2], line[3]] for line in lines_of(answer)[1:] if "*" not in line[1]]
    answered(client, content)
    again = [line for line in lines_of(download(client, "csv"))[1:] if "*" not in line[1]]
    assert [[line[2], line[3]] for line in again] == [line[1:] for line in public]


def test_the_workbook_holds_texts_under_a_frozen_heading(client, register):
    answered(client)
    content = download(client, "xlsx").get_data()
    rows = [row.cells for row in sheets.read([content]).rows]
    assert rows[8][:4] == [Marked("number", "9"), make.COMPANY_CODE, "已声明作废", "declared"]
    assert rows[7][1] == "=1+1"
    assert not any(isinstance(cell, Marked) for row in rows for cell in row[1:])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert 'state="frozen"' in archive.read("xl/worksheets/sheet1.xml").decode()
        assert "不能证明" in archive.read("xl/worksheets/sheet2.xml").decode()


def test_a_first_row_that_is_no_heading_is_checked(client, register):
    page = answered(client, f"{make.COMPANY_CODE}\n{UNKNOWN}\n".encode())
    assert [row[0] for row in table(page)] == ["1"]
    page = answered(client, TABLE, column="0", heading="no")
    assert counts(page)["无法查验"] == "0"
    assert len(lines_of(download(client, "csv"))) == len(ROWS) + 1


def test_a_column_that_is_not_offered_is_refused_with_the_choice_kept(client):
    upload(client, TABLE)
    page = client.submit("#choose", unchecked={"column": "7"}, status=422)
    assert page.select_one(".error-summary a[href='#column']")
    page = client.submit("#choose", unchecked={"column": "x", "heading": ""}, status=422)
    assert len(page.select(".error-summary li")) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "请选择含有号码的文件"),
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "另存为 .xlsx"),
        (b"%PDF-1.7", "都不是"),
        (b"<html><table>", "网页"),
        (b"9" * (MB + 1), "1 MB"),
    ],
)
def test_what_is_no_file_of_numbers_is_refused_in_words(make_app, settings, content, said):
    client = make_app(check_file_mb=1).test_client()
    assert send(client, content, "x.xls").status_code == 422
    assert said in text_of(client.page.select_one(".error-summary"))
    assert said in text_of(client.page.select_one("#file-error"))
    assert folders._folders(settings.instance / folders.NAME) == []


def test_a_body_that_is_far_too_long_is_refused_unread(client):
    token = client.csrf_token("/check/file")
    answer = client.post("/check/file", data={"csrf_token": token}, environ_overrides={"CONTENT_LENGTH": str(99 * MB)})
    assert answer.status_code == 413
    assert "20 MB" in text_of(client.page.select_one(".error-summary"))


def test_a_file_of_exactly_the_most_is_taken(make_app):
    client = make_app(check_file_mb=1).test_client()
    upload(client, (UNKNOWN.encode() + b"\n") * (MB // 14) + b"\n" * (MB % 14))
    assert client.page.select_one("#choose")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook([["1"]])[:-9], "重新保存"),
        (workbook([[]]), "空的"),
        (b"\n \n", "空的"),
        (b"1\n2\n3\n4\n", "2 行"),
        (b"\x00\x01", "都不是"),
    ],
)
def test_what_turns_out_to_be_none_is_refused_where_it_is_looked_at(client, content, said, monkeypatch):
    for module in (reading, answers.words):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    page = upload(client, content, status=422)
    assert said in text_of(page.select_one(".error-summary"))
    upload(client, UNKNOWN.encode())
    assert client.page.select_one("#choose")


def test_nobody_else_finds_a_file(app, register):
    client, other = app.test_client(), app.test_client()
    answered(client)
    address = client.url
    upload(other, UNKNOWN.encode())
    for path in ("", "/progress", "/result.csv", "/result.xlsx"):
        assert other.get(address + path).status_code == 404
        assert app.test_client().get(address + path).status_code == 404
    token = other.csrf_token("/check/file")
    for path in ("", "/erase"):
        assert other.post(address + path, data={"csrf_token": token}).status_code == 404
    assert client.get_page(address)
    assert client.get("/check/file/..%2fx").status_code == 404


def test_a_file_that_is_gone_is_missed_kindly(client, settings):
    upload(client, UNKNOWN.encode())
    address = client.url
    with clock.at(clock.now() + timedelta(hours=1)):
        folders.sweep(uploads.folder(settings), older_than=timedelta(minutes=settings.check_file_minutes))
    page = client.get_page(address, status=404)
    assert page.select_one("main a[href='/check/file']")


def test_a_new_file_takes_the_place_of_the_last(client, settings):
    upload(client, UNKNOWN.encode())
    client.get_page("/check/file")
    assert "名单.csv" in text_of(client.page.main)
    upload(client, UNKNOWN.encode())
    assert len(folders._folders(settings.instance / folders.NAME)) == 1


def begun(client, monkeypatch, content=TABLE):
    """Upload a file whose work does not end; returns the lock that the work would hold."""
    locks = []
    monkeypatch.setattr(launching, "_start", lambda _folder, lock, _stage, _told: locks.append(lock))
    upload(client, content)
    return locks[0]


def test_the_work_is_watched_called_off_or_waited_for(client, monkeypatch, settings):
    lock = begun(client, monkeypatch)
    page, address = client.page, client.url
    assert page.select_one("progress")
    assert page.select_one("noscript meta[http-equiv=refresh]") or "refresh" in str(page.head)
    (path,) = folders._folders(settings.instance / folders.NAME)
    assert client.get(f"{address}/progress").json == {
        "stage": "reading", "at_work": True, "percent": None, "said": "已读取 0 行"
    }  # fmt: skip
    upload(client, TABLE, status=422)
    assert "还在处理中" in text_of(client.page.select_one(".error-summary"))
    client.get_page(address)
    client.submit("main form[action$=erase]")
    assert not path.exists()
    os.close(lock)


def test_work_that_was_cut_off_is_told(client, monkeypatch):
    os.close(begun(client, monkeypatch))
    page = client.get_page(client.url)
    assert "没有处理完" in text_of(page.h1)
    assert client.get(f"{client.url}/progress").json["at_work"] is False
    client.submit("main form[action$=erase]")
    assert client.url == "/check/file"


def test_the_check_tells_how_far_it_is_and_takes_one_press(client, monkeypatch, settings):
    upload(client, TABLE)
    address = client.url
    locks = []
    monkeypatch.setattr(launching, "_start", lambda _folder, lock, _stage, _told: locks.append(lock))
    token = client.csrf_token(address)
    for _press in range(2):
        answer = client.post(address, data={"csrf_token": token, "column": "1", "heading": "yes"})
        assert (answer.status_code, answer.location) == (303, address)
    assert len(locks) == 1
    with client.session_transaction() as session:
        number, ticket = session["file"]
    folder, _state, _at_work = folders.find(uploads.folder(settings), number, ticket)
    folder.save_progress(0, folders.Progress(4))
    assert client.get(f"{address}/progress").json == {
        "stage": "checking", "at_work": True, "percent": 50, "said": "已查验 4 行，共 8 行"
    }  # fmt: skip
    folder.save_progress(0, folders.Progress(waits=True))
    assert "轮到" in text_of(client.get_page(address).select_one("[role=status]"))
    assert client.get(f"{address}/result.csv").status_code == 404
    os.close(locks[0])


def test_a_machine_that_has_enough_to_do_says_when_to_come_back(client, app, monkeypatch):
    monkeypatch.setattr(uploading, "WAITING_FOR_EACH", 0)
    token = client.csrf_token("/check/file")
    answer = client.post("/check/file", data={"csrf_token": token, "file": (io.BytesIO(b"1"), "x.txt")})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    turned_away = app.test_client().post("/check/file", environ_base={"registry.turned_away": True})
    assert (turned_away.status_code, turned_away.headers["Retry-After"]) == (503, "60")
    assert issubclass(Busy, Exception)


def test_the_rows_are_looked_at_by_answer_and_by_page(client, register, monkeypatch):
    monkeypatch.setattr(answers, "ROWS_ON_A_PAGE", 2)
    page = answered(client)
    assert [row[0] for row in table(page)] == ["2", "9"]
    client.follow("下一页")
    assert [row[0] for row in table(client.page)] == ["4", "6"]
    client.follow("无法查验")
    assert [row[0] for row in table(client.page)] == ["5", "7"]
    address = client.url.partition("?")[0]
    assert [row[0] for row in table(client.get_page(f"{address}?show=bad_row&page=99"))] == ["5", "7"]
    assert [row[0] for row in table(client.get_page(f"{address}?show=nothing&page=x"))] == ["2", "9"]
    assert table(client.get_page(f"{address}?show=contested")) == []


@pytest.mark.parametrize(("language", "read"), [("zh", "共读取 1,200 行"), ("en", "1,200 rows were read")])
def test_rows_are_counted_as_people_write_large_numbers(client, language, read):
    client.get_page(f"/?lang={language}")
    page = upload(client, b"".join(b"%013d\n" % number for number in range(1_200)))
    assert read in text_of(page.main)


def test_shortened_numbers_and_lost_zeros_are_spoken_of(client):
    page = answered(client, workbook([["编号"], [12345678], *[[f"14030219900101{n}000"] for n in range(3)]]))
    said = text_of(page.main)
    assert "3 个号码都以零结尾" in said
    assert "前面不会有零" in said


def test_the_token_is_asked_for(client):
    answer = client.post("/check/file", data={"file": (io.BytesIO(b"1"), "x.txt")})
    assert answer.status_code == 400


def test_limits_hold_for_uploads(make_app):
    client = make_app(rate_limits=True).test_client()
    token = client.csrf_token("/check/file")
    codes = [client.post("/check/file", data={"csrf_token": token}).status_code for _turn in range(21)]
    assert codes == [422] * 20 + [429]
    assert client.response.headers["Retry-After"]
