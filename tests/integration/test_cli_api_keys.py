"""Keys of programs: made and revoked at the terminal, and what is kept of them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from registry.db import api_keys
from registry.errors import NotFound
from tests.support import factories as make
from tests.support.cases import cases


@pytest.fixture
def run(make_app):
    app = make_app()

    def invoke(*arguments: str):
        return app.test_cli_runner().invoke(args=["api-keys", *arguments])

    return invoke


def key_in(output: str) -> str:
    found = re.search(r"^  (rk_\S{32})$", output, re.MULTILINE)
    assert found, output
    return found[1]


def test_a_key_is_shown_once_and_kept_as_a_hash(run, db):
    key = key_in(run("add", "澜川银行", "--note", "张经理", "--times", "100").output)
    with db.session(write=False) as session:
        (record,) = api_keys.list_keys(session)
        assert (record.name, record.note, record.times, record.ending) == ("澜川银行", "张经理", 100, key[-4:])
        assert record.key_hash.startswith("hmac:")
        assert key not in record.key_hash
    listed = run("list").output
    assert key not in listed
    assert key[-4:] in listed
    assert "100 × the limits" in listed
    assert "never used" in listed
    assert "张经理" in listed


def test_a_key_finds_its_program_until_it_is_revoked(run, db):
    wide, free = key_in(run("add", "甲").output), key_in(run("add", "乙", "--times", "none").output)
    with db.readers.reader() as reader:
        assert api_keys.find_program(reader, wide).times == 10
        assert api_keys.find_program(reader, free).times is None
        assert api_keys.find_program(reader, wide[:-1] + ("A" if wide[-1] != "A" else "B")) is None
        for text in ("", "rk_", wide + "x", wide.upper(), "\x00", "钥匙"):
            assert api_keys.find_program(reader, text) is None
        number = api_keys.find_program(reader, wide).key_id
        assert "is revoked" in run("revoke", str(number)).output
        assert api_keys.find_program(reader, wide) is None
        assert api_keys.find_program(reader, free) is not None
    assert "was revoked already" in run("revoke", str(number)).output
    assert [line.split()[0] for line in run("list").output.splitlines()] == ["2", "1"]


def test_an_empty_list_says_what_to_do(run):
    assert "api-keys add" in run("list").output


@pytest.mark.one_database
@cases(
    ("arguments", "said"),
    [
        (("add", "  "), "NAME"),
        (("add", "x" * 101), "NAME"),
        (("add", "甲", "--note", "a\u202eb"), "--note"),
        (("add", "甲", "--times", "0"), "1 to 1000"),
        (("add", "甲", "--times", "1001"), "none"),
        (("add", "甲", "--times", "many"), "none"),
        (("revoke", "7"), "no key 7"),
        (("revoke", "0"), "NUMBER"),
        (("revoke", "99999999999"), "NUMBER"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(run, db, arguments, said):
    done = run(*arguments)
    assert done.exit_code != 0
    assert said in done.output
    with db.session(write=False) as session:
        assert not api_keys.list_keys(session)


def test_editors_stand_beside_what_they_did(saving, db):
    with saving() as session:
        actor = make.an_editor(session, name="兰亦可")
        record, _key = api_keys.add_key(session, name="甲", times=10, staff_id=actor.staff_id)
        assert api_keys.revoke_key(session, record.id, staff_id=actor.staff_id)
        number = record.id
    with db.session(write=False) as session:
        record = api_keys.get_key(session, number)
        assert (record.made_by.name, record.revoked_by.name) == ("兰亦可", "兰亦可")
        with pytest.raises(NotFound):
            api_keys.get_key(session, number + 1)


def test_the_last_day_of_use_only_moves_forward(saving, db):
    with saving() as session:
        record, key = api_keys.add_key(session, name="甲", times=10)
        for day in (20, 22, 21):
            api_keys.note_use(session, record.id, date(2026, 11, day))
    with db.session(write=False) as session:
        assert api_keys.list_keys(session)[0].last_used_on == date(2026, 11, 22)
    with db.readers.reader() as reader:
        assert str(api_keys.find_program(reader, key).last_used_on) == "2026-11-22"
