"""The work on a file: every row is answered as a check answers its number, and nothing of it is left."""

from __future__ import annotations

import multiprocessing
import os
import select
import subprocess
import sys
import threading
import time
from collections import deque
from datetime import timedelta

import pytest

from registry import clock
from registry.db import keys
from registry.declarations import service
from registry.declarations.states import DECLARANT
from registry.errors import Busy, NotFound
from registry.search.batch import check_many
from registry.search.facts import facts_in_short
from registry.search.files import checking, folders, launching, reading, results, work
from registry.search.files.folders import AtWork
from tests.support import factories as make
from tests.support import files
from tests.support.workbooks import workbook

UNKNOWN = "1403012345678"
MISTYPED = "11010519491231003X"


@pytest.fixture
def root(settings):
    return settings.instance / folders.NAME


@pytest.fixture
def register(saving):
    """A register with an answer of every sort; returns the references by what was declared."""
    with saving() as session:
        made = {"id": make.published(session, make.resident_id()), "work": make.submitted(session)}
        withdrawn = make.published(session, make.licence())
        further = service.file_withdrawal(session, withdrawn, actor=DECLARANT, day=make.today(), reason="找到了")
        make.publish(session, further)
        return {name: declaration.reference for name, declaration in {**made, "licence": withdrawn}.items()}


def checked(root, settings, content, **chosen):
    folder = files.put(root, content)
    assert files.read(folder).stage == "choosing"
    return folder, files.check(folder, settings, **chosen)


def test_every_row_is_answered_and_bad_rows_are_named_by_line(root, settings, register):
    content = "\r\n".join(
        ["户名,证号", f"甲,{make.RESIDENT_ID}", f"乙,{UNKNOWN}", "", "丙,", f"丁,{make.WORK_NUMBER}", "戊,1.40302E+17",
         f'己,"{make.COMPANY_CODE}"', f"庚,{MISTYPED}", f"辛,{'9' * 90}", "壬,🦀12"]
    )  # fmt: skip
    folder, state = checked(root, settings, content.encode("utf-8-sig"))
    found = {row.line: row for row in files.rows(folder)}
    assert {line: (row.word, row.fault) for line, row in found.items()} == {
        2: ("declared", ""),
        3: ("not_on_register", ""),
        5: ("bad_row", "empty"),
        6: ("provisional", ""),
        7: ("bad_row", "digits_lost"),
        8: ("withdrawn", ""),
        9: ("impossible", ""),
        10: ("bad_row", "too_long"),
        11: ("bad_row", "characters"),
    }
    assert found[2].facts[0].reference == register["id"]
    assert found[7].typed == "1.40302E+17"
    assert state.counts == {
        "declared": 1, "contested": 0, "provisional": 1, "withdrawn": 1, "impossible": 1, "bad_row": 4,
        "not_on_register": 1,
    }  # fmt: skip
    assert set(state.counts) == set(results.WORDS)


def test_a_reference_among_the_numbers_is_no_number_that_is_not_registered(root, settings, register):
    reference = register["id"]
    texts = [reference, reference.lower().replace("-", ""), "S26-4088-3850", reference.removeprefix("S")]
    folder, _state = checked(root, settings, "\n".join(texts).encode())
    rows = list(files.rows(folder))
    assert [row.number for row in rows] == texts
    # Digits alone may be the number of anything.
    assert [row.fault for row in rows] == ["reference", "reference", "reference", ""]


def test_what_is_written_of_an_answer_is_read_again_whole(db, root, settings, register):
    texts = [make.RESIDENT_ID, make.WORK_NUMBER, make.COMPANY_CODE, MISTYPED, UNKNOWN]
    folder, _state = checked(root, settings, "\n".join(texts).encode())
    with db.readers.reader() as reader:
        for row, answer in zip(files.rows(folder), check_many(reader, texts), strict=True):
            wanted = facts_in_short(answer) if row.word != "not_on_register" else []
            assert list(row.facts) == wanted
            assert row.word == answer.verdicts[0].verdict
            assert row.typed == (MISTYPED if row.word == "impossible" else "")
            assert answer.as_of >= row.as_of


@pytest.mark.one_database
def test_results_hold_a_sensitive_number_only_where_it_has_to_be_explained(root, settings, register):
    unknown, cut = "110101199003074493", f"证{make.RESIDENT_ID}号"
    texts = [make.RESIDENT_ID, make.WORK_NUMBER, MISTYPED, unknown, cut, "110105********0021", UNKNOWN]
    folder, _state = checked(root, settings, "\n".join(texts).encode())
    rows = list(files.rows(folder))
    for row in rows[:5]:
        assert "*" in row.number, row
    assert [bool(row.typed) for row in rows] == [False, False, True, False, False, True, False]
    assert (rows[5].word, rows[6].number) == ("bad_row", UNKNOWN)


@pytest.mark.one_database
def test_two_processes_share_a_long_list_and_lose_no_row(root, settings, register):
    numbers = [f"1403{place:09d}" for place in range(8_000)]
    numbers[17] = numbers[7_777] = make.RESIDENT_ID
    folder = files.put(root, ("编号\n" + "\n".join(numbers)).encode())
    launching.start_reading(folder, slots=2)
    state = files.wait(folder)
    assert (state.stage, state.rows, state.has_heading) == ("choosing", 8_001, True)
    for _turn in range(2):
        launching.start_checking(
            folder,
            column=0,
            has_heading=True,
            slots=2,
            database_url=settings.database_url,
            lookup=keys.ensure(settings).lookup,
        )
    state = files.wait(folder)
    assert state.stage == "done"
    assert state.parts == min(2, len(os.sched_getaffinity(0)))
    found = list(files.rows(folder))
    assert [row.number for row in found if row.word != "declared"] == [n for n in numbers if n != make.RESIDENT_ID]
    assert [row.line for row in found] == list(range(2, 8_002))
    assert [row.line for row in found if row.word == "declared"] == [19, 7_779]
    assert {path.name for path in folder.path.iterdir()} == {"state", "lock", "places", "results-0", "results-1"}
    places = results.read_places(folder)
    assert {word: list(found) for word, found in places.items() if found} == {"declared": [17, 7_778]}
    assert results.read_rows(folder, state, [7_778, 17, 0]) == [found[7_777], found[17], found[0]]


@pytest.mark.one_database
def test_nothing_on_the_disk_tells_a_number(root, settings, register):
    folder = files.put(root, f"姓名,证号\n兰亦可,{make.RESIDENT_ID}\n{UNKNOWN},{UNKNOWN}\n".encode())

    def told():
        return b"".join(path.read_bytes() for path in folder.path.iterdir())

    seen = told()
    files.read(folder)
    seen += told()
    files.check(folder, settings)
    seen += told()
    for secret in (make.RESIDENT_ID, UNKNOWN, "兰亦可", "证号", "declared"):
        assert secret.encode() not in seen
    assert folder.path.stat().st_mode & 0o777 == 0o700


@pytest.mark.one_database
def test_the_upload_and_the_table_are_gone_as_soon_as_they_are_read(root, settings):
    folder = files.put(root, f"{UNKNOWN}\n".encode())
    files.read(folder)
    assert not (folder.path / folders.UPLOAD).exists()
    files.check(folder, settings)
    assert {path.name for path in folder.path.iterdir()} == {"state", "lock", "places", "results-0"}


@pytest.mark.one_database
def test_numbers_stored_as_numbers_are_answered_or_refused_and_counted(root, settings):
    rows = [["编号"], [12345678], [110105194912310021], ["00000001"], [87654321.0]]
    folder, state = checked(root, settings, workbook(rows))
    found = {row.line: (row.number, row.word, row.fault) for row in files.rows(folder)}
    assert found[2][0] == "12345678"
    assert found[3][1:] == ("bad_row", "digits_lost")
    assert found[5][0] == "87654321"
    assert state.stored_as_numbers == 2


@pytest.mark.one_database
@pytest.mark.parametrize(("last", "told"), [("000", 4), ("001", 0)])
def test_numbers_that_all_end_in_zeros_are_told_of(root, settings, last, told):
    numbers = [f"11010519491231{place:01d}000" for place in range(3)] + [f"110105194912315{last}"]
    _folder, state = checked(root, settings, "\n".join(numbers).encode())
    assert state.rounded == told


@pytest.mark.one_database
@pytest.mark.parametrize(("rows", "code"), [(3, ""), (4, "too_many_rows")])
def test_more_rows_than_are_taken_are_refused(root, rows, code, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    for heading in ("", "编号\n"):
        folder = files.put(root, (heading + "12345678\n" * rows).encode())
        assert files.read(folder).refusal == code
        assert not (folder.path / folders.UPLOAD).exists()
        assert (folder.path / folders.ROWS).exists() is not bool(code)


@pytest.mark.one_database
def test_what_breaks_while_it_is_read_is_refused_and_erased(root, monkeypatch):
    def too_much(_pieces):
        raise MemoryError

    monkeypatch.setattr(reading.sheets, "read", too_much)
    folder = files.put(root, workbook([["1"]]))
    state = files.read(folder)
    assert (state.stage, state.refusal) == ("refused", "too_large_inside")
    assert {path.name for path in folder.path.iterdir()} == {"state", "lock"}


@pytest.mark.one_database
def test_only_who_has_the_key_finds_a_file(root):
    folder = files.put(root, b"1")
    assert folders.find(root, folder.id, folder.ticket)[1].stage == "reading"
    other = files.put(root, b"1")
    for number, ticket in ((folder.id, other.ticket), (folder.id, ""), (folder.id, "é"), ("../checks", folder.ticket)):
        with pytest.raises(NotFound):
            folders.find(root, number, ticket)


@pytest.mark.one_database
def test_one_works_on_a_file_and_no_more_files_than_allowed(root):
    folder = files.put(root, b"1")
    lock = folder.take()
    assert folders.is_at_work(folder.path)
    with pytest.raises(AtWork):
        folder.take()
    with pytest.raises(Busy):
        files.put(root, b"1", most_waiting=1)
    os.close(lock)
    assert not folders.is_at_work(folder.path)
    files.put(root, b"1", most_waiting=1)


@pytest.mark.one_database
def test_a_column_is_taken_while_the_process_that_read_the_file_still_ends(root, monkeypatch):
    folder, begun = files.put(root, f"{UNKNOWN}\n".encode()), []
    files.read(folder)
    monkeypatch.setattr(launching, "_start", lambda _folder, lock, stage, _told: begun.append((lock, stage)))
    chosen = {"column": 0, "has_heading": False, "slots": 1, "database_url": "", "lookup": b""}
    ending = threading.Timer(0.15, os.close, (folder.take(),))
    ending.start()
    launching.start_checking(folder, **chosen)
    ending.join()
    launching.start_checking(folder, **chosen)
    (lock, stage) = begun.pop()
    assert (stage, folder.state().stage, begun) == ("check", "checking", [])
    folder.change(stage="choosing")
    monkeypatch.setattr(launching, "_TRIES", 1)
    with pytest.raises(Busy):
        launching.start_checking(folder, **chosen)
    os.close(lock)


@pytest.mark.one_database
def test_a_machine_keeps_only_so_many_files(root, monkeypatch):
    monkeypatch.setattr(folders, "MOST_FOLDERS", 2)
    files.put(root, b"1")
    files.put(root, b"1").erase()
    files.put(root, b"1")
    with pytest.raises(Busy):
        files.put(root, b"1")


@pytest.mark.one_database
def test_what_nobody_comes_back_to_is_swept_away(root):
    old, new, at_work = (files.put(root, b"1") for _turn in range(3))
    lock = at_work.take()
    half = root / ".erased-xyz"
    half.mkdir()
    for folder in (old, at_work):
        past = clock.now().timestamp() - 3_600
        os.utime(folder.path / folders.STATE, (past, past))
    assert folders.sweep(root, older_than=timedelta(hours=1)) == 2
    assert not old.path.exists()
    assert not half.exists()
    assert new.path.exists()
    assert at_work.path.exists()
    with clock.at(clock.now() + timedelta(hours=3)):
        assert folders.sweep(root, older_than=timedelta(hours=1)) == 2
    os.close(lock)
    assert folders.sweep(root.parent / "nowhere", older_than=timedelta(0)) == 0


@pytest.mark.one_database
def test_erasing_calls_the_work_off(root):
    folder = files.put(root, b"1\n" * 2_000)
    folder.erase()
    with pytest.raises(FileNotFoundError):
        reading.read(folder)
    assert list(root.glob("*")) == []


@pytest.mark.one_database
def test_who_waits_for_a_slot_waits_and_a_killed_process_is_known_to_be_gone(root):
    folder, first = files.put(root, f"{UNKNOWN}\n".encode()), files.put(root, b"1")
    work._wait_for_turn(first, slots=1)
    launching.start_reading(folder, slots=1)
    while not folder.progress().waits:
        assert folders.is_at_work(folder.path)
    folder.erase()
    assert not folder.path.exists()


@pytest.mark.one_database
def test_a_process_ends_with_whoever_began_it_and_takes_its_lock_along(root):
    folder, first = files.put(root, b"1"), files.put(root, b"1")
    work._wait_for_turn(first, slots=1)
    lock = folder.take()
    worker = launching.Worker("read").tell(folder, lock, {"slots": 1})
    os.close(lock)
    assert folders.is_at_work(folder.path)
    worker.line.close()
    assert worker.process.wait(60) == work._CALLED_OFF
    assert not folders.is_at_work(folder.path)
    assert folder.state().stage == "reading"


@pytest.mark.one_database
def test_a_process_is_ready_when_the_column_is_chosen_and_waits_for_a_while(root, settings, register, monkeypatch):
    monkeypatch.setattr(launching, "_ready", deque())
    launching.start_reading(folder := files.put(root, f"{UNKNOWN}\n".encode()), slots=1)
    files.wait(folder)
    ready = _soon(lambda: launching._ready and launching._ready[0])
    chosen = {"slots": 1, "database_url": settings.database_url, "lookup": keys.ensure(settings).lookup}
    launching.start_checking(folder, column=0, has_heading=False, **chosen)
    assert not launching._ready
    assert files.wait(folder).stage == "done"
    assert ready.process.wait(60) == 0

    monkeypatch.setattr(launching, "PATIENCE_SECONDS", 0.1)
    launching._ready.append(unneeded := launching.Worker("check"))
    assert unneeded.process.wait(60) == work._CALLED_OFF
    assert not launching._ready

    launching._ready.append(unneeded)
    other = files.put(root, f"{UNKNOWN}\n".encode())
    files.read(other)
    launching.start_checking(other, column=0, has_heading=False, **chosen)
    assert files.wait(other).stage == "done"


def _soon(find):
    """Return what `find` gives once it gives something."""
    deadline = time.monotonic() + 30
    while not (found := find()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


HELPER = """
import multiprocessing, time
from registry.search.files import work

def help():
    work._watch(work._parent_ends)
    print("here", flush=True)
    time.sleep(60)

helper = multiprocessing.get_context("fork").Process(target=help)
helper.start()
helper.join()
"""


@pytest.mark.one_database
def test_a_helper_ends_with_the_process_that_forked_it_however_that_ends():
    with subprocess.Popen([sys.executable, "-c", HELPER], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"here\n"
        process.kill()
        # The helper has this end of the pipe too, and would keep it for a minute.
        assert select.select([process.stdout], [], [], 30)[0]
        assert process.stdout.read() == b""


@pytest.mark.one_database
def test_a_check_whose_helper_failed_is_not_done(root, settings, register):
    folder = files.put(root, f"{UNKNOWN}\n".encode())
    files.read(folder)
    helper = multiprocessing.get_context("spawn").Process(target=sys.exit, args=(1,))
    helper.start()
    folder.change(stage="checking")
    with pytest.raises(checking.PartFailed):
        checking.check(folder, files.told(settings), [helper])
    assert folder.state().stage == "checking"


@pytest.mark.one_database
def test_a_fault_is_logged_without_what_it_was_about(root, capfd):
    folder = files.put(root, f"{UNKNOWN}\n".encode())
    (folder.path / folders.UPLOAD).write_bytes(b"\x00\x00\x00\x20" + b"x" * 32)
    lock = folder.take()
    worker = launching.Worker("read").tell(folder, lock, {"slots": 1})
    os.close(lock)
    assert worker.process.wait(60) == 1
    said = capfd.readouterr().err
    assert "a file was not finished: SealBroken in sealed_files.py" in said
    assert "Traceback" not in said
