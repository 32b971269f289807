"""The answers about numbers as JSON, one object a line, for lists that are longer than anybody reads.

The text is put together here and not by `json.dumps`, which would take as long as the examination: most of every
answer is the same few labels and reasons over and over, in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Final

from registry.kinds.catalogue import KINDS, RULES, bearing, find
from registry.kinds.examining import examine
from registry.kinds.model import Fact, Grade, Reason, UnknownKind
from registry.kinds.recognising import recognise_best
from registry.kinds.trying import Examination
from registry.text import Text

KEYS: Final = (
    "kind",
    "input",
    "canonical",
    "display",
    "masked",
    "grade",
    "reasons",
    "decoded",
    "suggestions",
    "candidates",
)
UNRECOGNISED: Final = Reason(
    "unrecognised",
    Text(
        "从号码本身看不出是哪种证件，请指明证件种类再查一次。",
        "No kind of document can be told from this number. Name the kind and examine it again.",
    ),
)
_NEAR: Final = 3
# No slug is as long, and none that is longer is worth reading to the end.
_LONGEST_SLUG: Final = 80
_BYTE_ORDER_MARK: Final = "\ufeff"


def answer(kind: str, number: str) -> str:
    """One JSON object, which has all of KEYS, about `number` as a number of `kind`, a kind's or a rule's slug.

    With an empty `kind` the number is recognised: `kind` is then the rule of the likeliest of `candidates`, or null
    where nothing can be told; the grade is then `doubtful` or, where nothing could be kept of it, `impossible`.

    Raises UnknownKind.
    """
    if kind:
        return _join(kind, examine(kind, number), "[]")
    best, candidates = recognise_best(number)
    if candidates:
        return _join(best.rule, best, f"[{', '.join([_candidate(rule, grade) for rule, grade in candidates])}]")
    return _join(None, best, "[]")


def answer_lines(lines: Sequence[bytes], start: int = 1) -> list[str]:
    """One JSON object for each line `slug<TAB>number`, without an end of line; a line without a tab is a number.

    Bytes that are no UTF-8 become U+FFFD, which no number has. A slug that no kind has is answered with an object whose
    `error` names the line, counted from `start`.

    >>> import json
    >>> json.loads(answer_lines([b"seal_cod\\t4401060012345"])[0])["error"]
    "line 1: no document kind is called 'seal_cod'; near it: seal_code"
    """
    answers = [""] * len(lines)
    # Those of one kind and one length together: they are held against the same patterns, which the processor then has
    # at hand. In the order of the lines it takes a third longer.
    for place in sorted(range(len(lines)), key=lambda place: (lines[place].partition(b"\t")[0], len(lines[place]))):
        answers[place] = _answer_line(lines[place], start + place)
    return answers


def _answer_line(line: bytes, place: int) -> str:
    text = line.decode("utf-8", "replace").rstrip("\r\n")
    if place == 1:
        text = text.removeprefix(_BYTE_ORDER_MARK)
    slug, tab, number = text.partition("\t")
    if not tab:
        slug, number = "", slug
    try:
        return answer(slug.strip()[:_LONGEST_SLUG], number)
    except UnknownKind as unknown:
        return refusal(f"line {place}: {explain(unknown)}", unknown.slug, number)


def refusal(error: str, kind: str, number: str) -> str:
    """The JSON object in place of an answer that cannot be given."""
    return f'{{"kind": {_string(kind)}, "input": {_string(number)}, "error": {_string(error)}}}'


def explain(unknown: UnknownKind) -> str:
    """A sentence that names the slug that no kind has, and those it may stand for."""
    near = near_slugs(unknown.slug)
    return f"{unknown}; near it: {', '.join(near)}" if near else str(unknown)


@lru_cache(maxsize=1_000)
def near_slugs(words: str) -> tuple[str, ...]:
    """The slugs that may be meant by what is none: a mistyped one, or a name in Chinese or English."""
    slugs = list(dict.fromkeys((*KINDS, *RULES)))
    near = get_close_matches(words, slugs, n=_NEAR, cutoff=0.7) or [slug for slug in slugs if words and words in slug]
    near = near or [kind.slug for kind in find(words.replace("_", " ")) if not kind.free_title]
    return tuple(near[:_NEAR])


def _join(kind: str | None, examination: Examination, candidates: str) -> str:
    canonical, grade, reasons = examination.canonical, examination.grade, examination.reasons
    decoded, meant = examination.decoded, examination.suggestions
    if kind is None and not reasons:
        reasons, grade = (UNRECOGNISED,), Grade.DOUBTFUL
    # Nobody gets here with a slug that is none.
    known = f'"{kind}"' if kind else "null"
    # Groups and mask are made of the number's own characters.
    written = encode_basestring if canonical.isprintable() else encode_basestring_ascii
    return (
        f'{{"kind": {known}, "input": {_string(examination.input)}, '
        f'"canonical": {written(canonical)}, "display": {written(examination.display)}, '
        f'"masked": {written(examination.masked)}, '
        f'"grade": "{grade}", '
        f'"reasons": [{", ".join([_reason(reason) for reason in reasons]) if reasons else ""}], '
        f'"decoded": [{", ".join([_fact(fact) for fact in decoded]) if decoded else ""}], '
        f'"suggestions": [{", ".join([_string(number) for number in meant]) if meant else ""}], '
        f'"candidates": {candidates}}}'
    )


def _string(text: str) -> str:
    # A line separator or a lone surrogate would end a line or break UTF-8.
    return encode_basestring(text) if text.isprintable() else encode_basestring_ascii(text)


# Names and reasons, places and days: there are not many, and what stands in both languages is no part of a number.
@lru_cache(maxsize=10_000)
def _both(text: Text) -> str:
    return f'{{"zh": {_string(text.zh)}, "en": {_string(text.en)}}}'


def _fact(fact: Fact) -> str:
    name, value = fact
    if value.zh != value.en:
        return f'{{"name": {_both(name)}, "value": {_both(value)}}}'
    same = _string(value.zh)
    return f'{{"name": {_both(name)}, "value": {{"zh": {same}, "en": {same}}}}}'


@lru_cache(maxsize=10_000)
def _reason(reason: Reason) -> str:
    return f'{{"code": {_string(reason.code)}, "message": {_both(reason.message)}}}'


@cache
def _candidate(rule: str, grade: Grade) -> str:
    slugs = ", ".join(_string(kind.slug) for kind in bearing(rule))
    return f'{{"rule": {_string(rule)}, "kinds": [{slugs}], "grade": "{grade}"}}'
