"""`flask --app app examine`: what the registry says of a number, to a person or to a program, one or a million."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO, Final

import click

from registry import kinds
from registry.cli.kinds import columns
from registry.cli.pipes import failing_plainly, standard_input, standard_output
from registry.kinds import Examination, Grade, UnknownKind
from registry.kinds.answers import UNRECOGNISED, answer, answer_lines, explain
from registry.text import Text

CHUNK: Final = 1 << 18
# A number has at most a few hundred bytes; the rest of a line without end must not fill the memory.
LONGEST: Final = 1 << 16

GRADES: Final = {
    # A form that fits is no proof that the document is real: whoever reads the answer must see that here too.
    Grade.VALID: Text(
        "符合编号规则（不能证明证件真实有效）", "fits the rule of such numbers, which proves no document"
    ),
    Grade.DOUBTFUL: Text("存疑", "doubtful"),
    Grade.IMPOSSIBLE: Text("不可能是这种号码", "impossible as such a number"),
}
NUMBER: Final = Text("号码", "Number")
RULE: Final = Text("规则", "Rule")
ANSWER: Final = Text("判断", "Answer")
MASKED: Final = Text("公开时显示", "Shown in public")
GAP: Final = "  "
WIDTH: Final = 16
LIST: Final = {"zh": "、", "en": ", "}
PERHAPS: Final = Text("是否想填", "Did you mean")


@click.command("examine")
@click.option("--kind", "slug", metavar="SLUG", help="A kind or a rule as `kinds` lists them; without it, any.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the text.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, in both languages.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read SLUG<TAB>NUMBER lines; write a JSON object for each.")
@click.argument("number", required=False)
def command(slug: str | None, lang: str, as_json: bool, from_stdin: bool, number: str | None) -> None:
    """Examine NUMBER: is it possible, what does it tell, what may be meant.

    With --stdin a line without a slug asks which kinds the number may belong to. A line that cannot be answered is
    answered with an object that has the key "error"; the others are answered all the same.
    """
    if from_stdin:
        if slug or number:
            raise click.UsageError("--stdin reads slugs and numbers from the lines: give neither --kind nor NUMBER.")
        with failing_plainly():
            _stream(standard_input(), standard_output())
        return
    if number is None:
        raise click.UsageError("Give the NUMBER to examine, or --stdin to read many.")
    # Bytes that are no UTF-8 come from the shell as lone surrogates, which cannot be printed.
    number = number.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        told = answer(slug or "", number) if as_json else "\n".join(_describe(slug, number, lang))
    except UnknownKind as unknown:
        # What Click prints names the option; the status is that of wrong usage, 2.
        raise click.BadParameter(f"{explain(unknown)}.", param_hint="--kind") from None
    with failing_plainly():
        click.echo(told)


def _stream(source: BufferedReader, target: BinaryIO) -> None:
    """Answer what has arrived at once: whoever holds the other end of both pipes need not wait for an answer."""
    place = 1
    for lines in _lines(source):
        target.write("".join([f"{line}\n" for line in answer_lines(lines, place)]).encode())
        target.flush()
        place += len(lines)


def _lines(source: BufferedReader) -> Iterator[list[bytes]]:
    rest = b""
    while chunk := source.read1(CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest[:LONGEST]
        if lines:
            yield lines
    if rest:
        yield [rest]


def _describe(slug: str | None, number: str, lang: str) -> Iterator[str]:
    found = (kinds.examine(slug, number),) if slug else kinds.recognise(number)
    for place, examination in enumerate(found):
        if place:
            yield ""
        yield from _paragraph(examination, lang)
    if not found:
        # Why it is nobody's number: there is none, or nothing of it can be kept.
        reasons = kinds.examine("other", number).reasons or (UNRECOGNISED,)
        yield from (reason.message.in_language(lang) for reason in reasons)


def _paragraph(examination: Examination, lang: str) -> Iterator[str]:
    yield _row(RULE, kinds.RULES[examination.rule].title.in_language(lang), lang)
    if examination.canonical:
        yield _row(NUMBER, examination.display, lang)
    yield _row(ANSWER, GRADES[examination.grade].in_language(lang), lang)
    yield from (f"{GAP}{reason.message.in_language(lang)}" for reason in examination.reasons)
    for fact in examination.decoded:
        yield _row(fact.name, fact.value.in_language(lang), lang)
    if examination.suggestions:
        yield _row(PERHAPS, LIST[lang].join(examination.suggestions), lang)
    if examination.masked != examination.canonical:
        yield _row(MASKED, examination.masked, lang)


def _row(name: Text, value: str, lang: str) -> str:
    label = name.in_language(lang)
    return f"{label}{' ' * (WIDTH - columns(label))}{GAP}{value}"
