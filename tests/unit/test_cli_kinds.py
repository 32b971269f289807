"""`kinds` and `examine`: what they print for people, and the lines they write for programs."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from registry import kinds
from registry.cli import examine
from registry.cli import kinds as listing
from registry.kinds.answers import KEYS
from registry.text import Text
from tests.kinds.samples import REFUSED, SPELLINGS, VALID

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(examine.command, list(words), input=stdin)


def answers(stdin: bytes | str) -> list[dict[str, object]]:
    result = run("--stdin", stdin=stdin)
    assert result.exit_code == 0, result.output
    assert result.output.endswith("\n") or not result.output
    return [json.loads(line) for line in result.output.split("\n")[:-1]]


def in_json(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def test_every_kind_is_listed() -> None:
    lines = CliRunner().invoke(listing.command).output.splitlines()
    assert len(lines) == len(kinds.CATALOGUE)
    for line, kind in zip(lines, kinds.CATALOGUE, strict=True):
        words = line.split()
        assert words[:2] == [kind.family, kind.slug]
        assert kind.title.zh in line
        assert kind.title.en in line
        for field in kind.numbers:
            assert {rule.slug for rule in field.rules} <= {word.strip(",") for word in words}
    table = zip(lines, kinds.CATALOGUE, strict=True)
    assert len({listing.columns(line[: line.index(kind.title.zh)]) for line, kind in table}) == 1


def test_every_kind_is_listed_as_json() -> None:
    lines = CliRunner().invoke(listing.command, ["--json"]).output.splitlines()
    listed = [json.loads(line) for line in lines]
    assert [kind["slug"] for kind in listed] == [kind.slug for kind in kinds.CATALOGUE]
    assert {rule for kind in listed for number in kind["numbers"] for rule in number["rules"]} == set(kinds.RULES)


def test_an_answer_in_both_languages() -> None:
    chinese = run("--kind", "resident_id_18", "110105 19491231 002x")
    assert chinese.exit_code == 0
    for words in ("110105 1949 1231 002X", "符合", "不能证明", "北京市", "1949年12月31日", "110**************X"):
        assert words in chinese.output
    english = run("--kind", "resident_id_18", "--lang", "en", "110105194912310021")
    assert english.exit_code == 0
    for words in ("impossible", "check character 18 should be X", "Did you mean", "11010519491231002X"):
        assert words in english.output


def test_a_bare_number_is_recognised() -> None:
    both = run("110105491231002", "--lang", "en").output
    assert "Business registration number" in both
    assert "first generation" in both
    assert "请指明证件种类" in run("2036254085333").output
    assert "输入号码" in run("  ").output


def test_one_json_object_says_what_the_examination_says() -> None:
    result = run("--json", "--kind", "business_licence_uscc", "91110000600037341A")
    found = json.loads(result.output)
    assert tuple(found) == KEYS
    expected = kinds.examine("business_licence_uscc", "91110000600037341A")
    assert found == {
        "kind": "business_licence_uscc",
        "input": "91110000600037341A",
        "canonical": expected.canonical,
        "display": expected.display,
        "masked": expected.masked,
        "grade": "impossible",
        "reasons": [{"code": reason.code, "message": in_json(reason.message)} for reason in expected.reasons],
        "decoded": [],
        "suggestions": list(expected.suggestions),
        "candidates": [],
    }


@pytest.mark.parametrize(
    ("slug", "near"), [("resident_id", "resident_id_18"), ("驾驶证", "driver_licence"), ("seal", "seal_code")]
)
def test_an_unknown_kind_is_wrong_usage(slug: str, near: str) -> None:
    for more in ([], ["--json"]):
        result = run("--kind", slug, "1", *more)
        assert result.exit_code == 2
        assert repr(slug) in result.output
        assert near in result.output


@pytest.mark.parametrize("words", [[], ["--stdin", "1"], ["--stdin", "--kind", "seal_code"]])
def test_what_contradicts_itself_is_wrong_usage(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_lines_are_answered_one_by_one() -> None:
    typed = [
        *((rule, number) for rule, numbers in VALID.items() for number in numbers),
        *((rule, row[0]) for rule, rows in REFUSED.items() for row in rows),
        *((rule, number) for rule, number, _ in SPELLINGS),
        *((kind.slug, field.example) for kind in kinds.CATALOGUE for field in kind.numbers),
    ]
    found = answers("".join(f"{slug}\t{number}\n" for slug, number in typed))
    assert len(found) == len(typed)
    for (slug, number), line in zip(typed, found, strict=True):
        expected = kinds.examine(slug, number)
        assert tuple(line) == KEYS
        assert (line["kind"], line["input"], line["candidates"]) == (slug, number, [])
        assert (line["canonical"], line["display"], line["masked"], line["grade"], line["suggestions"]) == (
            expected.canonical,
            expected.display,
            expected.masked,
            expected.grade.value,
            list(expected.suggestions),
        )
        assert line["decoded"] == [
            {"name": in_json(fact.name), "value": in_json(fact.value)} for fact in expected.decoded
        ]
        assert line["reasons"] == [
            {"code": reason.code, "message": in_json(reason.message)} for reason in expected.reasons
        ]


def test_lines_without_a_kind_are_recognised() -> None:
    numbers = [number for some in VALID.values() for number in some]
    for number, line in zip(numbers, answers("".join(f"\t{number}\n" for number in numbers)), strict=True):
        found = kinds.recognise(number)
        assert tuple(line) == KEYS
        assert line["candidates"] == [
            {"rule": e.rule, "kinds": [kind.slug for kind in kinds.bearing(e.rule)], "grade": e.grade.value}
            for e in found
        ]
        assert line["kind"] == (found[0].rule if found else None)
        assert line["canonical"] == (found[0].canonical if found else kinds.examine("other", number).canonical)
        if not found:
            assert line["grade"] == "doubtful"
            assert line["reasons"]
        if any(examination.sensitive for examination in found):
            assert "*" in str(line["masked"])


def test_lines_of_any_bytes_are_answered() -> None:
    typed = "\ufeffseal_code\t4401060012345\r\n\n\t\n无此\t1\nseal_code\t\t1\n \u2028\x85\n".encode()
    found = answers(typed + b"resident_id_18\t\xff\xfe\xed\xa0\x80\n\0\n11010519491231002X")
    assert [line.get("grade") for line in found] == [
        "valid",
        "impossible",
        "impossible",
        None,
        "doubtful",
        "impossible",
        "impossible",
        "impossible",
        "valid",
    ]
    assert str(found[3]["error"]).startswith("line 4: ")
    assert "无此" in str(found[3]["error"])
    assert (found[3]["kind"], found[3]["input"]) == ("无此", "1")
    assert found[5]["input"] == " \u2028\x85"
    assert "\ufffd" in str(found[6]["input"])


def test_a_line_without_end_is_cut() -> None:
    endless = io.BytesIO(b"seal_code\t" + b"1" * 5_000_000 + b"\nseal_code\t4401060012345")
    found = [line for lines in examine._lines(endless) for line in lines]  # type: ignore[arg-type]
    assert len(found) == 2
    assert max(map(len, found)) <= examine.LONGEST + examine.CHUNK
    assert [line["grade"] for line in answers(endless.getvalue())] == ["impossible", "valid"]


PROGRAMS = {
    "kinds": "from registry.cli.kinds import command; command()",
    "examine": "from registry.cli.examine import command; command()",
}


@pytest.mark.parametrize(
    ("shell", "told"),
    [
        ('"$0" -c "$examine" --stdin <&-', "Nothing can be read"),
        ('echo 1 | "$0" -c "$examine" --stdin >&-', "Nothing can be written"),
        ('echo 1 | "$0" -c "$examine" --stdin >/dev/full', "cannot be written"),
        ('"$0" -c "$examine" 1 >/dev/full', "cannot be written"),
        ('"$0" -c "$kinds" >/dev/full', "cannot be written"),
        # A reader that has seen enough is no failure.
        ('yes 4401060012345 | head -20000 | "$0" -c "$examine" --stdin | head -1', ""),
    ],
)
def test_broken_pipes_are_told_in_a_sentence(shell: str, told: str) -> None:
    environment = {**os.environ, **PROGRAMS}
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == bool(told), done.stderr


def test_an_answer_comes_before_the_next_question() -> None:
    program = "from registry.cli.examine import command; command()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "--stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in ("4401060012345", "无编码"):
            process.stdin.write(f"seal_code\t{number}\n".encode())
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 60)[0]
            assert json.loads(process.stdout.readline())["input"] == number
        process.stdin.close()
    assert process.returncode == 0
