"""Reads a printed sentence back into its record, by the patterns of the style that it was said in.

It is made from the style alone and from what the catalogue knows of titles, labels and copies. Every way of reading a
sentence is found, so that a style whose sentences can be read in two ways is caught.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from registry import kinds
from registry.wording import HouseStyle
from registry.wording.counting import say_copies, say_count, say_day
from registry.wording.style import DocumentPatterns

FREE_TITLES = ("会员证",)
COUNTS = ("一枚", "两枚", "三枚", "十二本", "一张", "一本", "一份", "一块")
NO_NAME = re.compile(r"[，。；：、,;:()（）在]|于\d")
NUMBER = re.compile(r"(?:[^，。；：、,;:()（）为]|[（(][^（）()]*[）)])+")

Read = tuple[int, dict[str, Any]]
Part = Callable[[str, int], Iterator[Read]]


class Reader:
    """Reads the sentences of one style."""

    def __init__(self, style: HouseStyle) -> None:
        how = style.sentence
        about = {"day": _day(style), "reference": _reference}
        loss = _loss(style)
        self._sentences = [
            ("loss", loss),
            ("correction", _pattern(how.correction, {**about, "loss": loss})),
            ("withdrawal", _pattern(how.withdrawal, {**about, "declarant": _name("declarant")})),
        ]

    def read(self, sentence: str) -> list[dict[str, Any]]:
        """Return every record that the sentence, without its bullet, can be of: what it says and who owns what."""
        found = []
        for nature, part in self._sentences:
            for end, said in part(sentence, 0):
                record = {"nature": nature, **said}
                if end == len(sentence) and record not in found:
                    found.append(record)
        return found


def _loss(style: HouseStyle) -> Part:
    how = style.sentence
    when = _option(_pattern(how.when, {"day": _day(style)}), "when")
    where = _option(_pattern(how.where, {"place": _name("where")}), None)
    person, organisation = (
        _pattern(opening, {"declarant": _name("declarant")}) for opening in (how.person, how.organisation)
    )
    first, further = (_clause(style, when if one else _nothing, where if one else _nothing) for one in (True, False))
    parts = {
        "opening": _either(_say(person, {"organisation": False}), _say(organisation, {"organisation": True})),
        "declarant": _name("declarant"),
        "signature": _pattern(how.signature, {"declarant": _name("declarant"), "day": _renamed(_day(style), "signed")}),
        "when": when,
        "where": where,
        "clauses": _list(first, further, _text(how.clause_joint), "clauses"),
    }
    # A signature without its day ends in no blank.
    return _pattern(how.loss, parts)


def _clause(style: HouseStyle, when: Part, where: Part) -> Part:
    how = style.sentence
    openings = [_text(how.person), _text(how.organisation)]
    own = _pattern(how.own, {"owner": _name("owner"), "opening": _say(_either(*openings), {"own": True})})
    owner = _either(own, _pattern(how.owner, {"owner": _name("owner")}), _say(_nothing, {"same": True}))
    # Families that are said alike are read together.
    alike: dict[DocumentPatterns, list[str]] = {}
    for family in kinds.families():
        alike.setdefault(style.patterns_of(family.slug), []).append(family.slug)
    items = _once(_either(*(_item(patterns, tuple(slugs)) for patterns, slugs in alike.items())))
    runs = _once(_either(*(_run(style, patterns, tuple(slugs)) for patterns, slugs in alike.items() if patterns.each)))
    joint = _either(_text(how.item_joint), _text(how.numbered_joint))
    either = _either(items, runs)
    return _pattern(
        how.clause,
        {
            "owner": owner,
            "when": when,
            "where": where,
            "items": _once(_list(either, either, joint, "items")),
            "numbers": _once(_either(*(_numbers(patterns) for patterns in alike))),
        },
    )


def _item(patterns: DocumentPatterns, families: tuple[str, ...]) -> Part:
    copies = _pattern(patterns.copies, {"copies": _copies(patterns)})
    if not patterns.uncounted:
        copies = _option(copies, None)
    title = _words("title", _titles(families), longest=True)
    return _pattern(patterns.item, {"title": title, "copies": copies, "numbers": _once(_numbers(patterns))})


def _run(style: HouseStyle, patterns: DocumentPatterns, families: tuple[str, ...]) -> Part:
    """Several documents that are counted together: 公章、财务专用章各一枚."""
    titles_only = {"title": _words("title", _titles(families), longest=True), "copies": _nothing, "numbers": _nothing}
    title = _pattern(patterns.item, titles_only)
    titles = _list(title, title, _text(style.sentence.item_joint), "run")

    def read(text: str, start: int) -> Iterator[Read]:
        for end, said in titles(text, start):
            for measure in {kind.measure for kind in kinds.CATALOGUE if kind.family in families}:
                each = patterns.each.format(one=say_count(1, patterns.numerals), measure=measure)
                if len(said["run"]) > 1 and text.startswith(each, end):
                    run = [{**one, "copies": f"一{measure}", "numbers": ()} for one in said["run"]]
                    yield end + len(each), {"run": run}

    return read


def _numbers(patterns: DocumentPatterns) -> Part:
    labels = {label for kind in kinds.CATALOGUE for field in kind.numbers for label in field.labels}
    one = _pattern(
        patterns.number, {"label": _words("label", labels, longest=True), "number": _matching(NUMBER, "number")}
    )
    all_of_them = _pattern(patterns.numbers, {"numbers": _list(one, one, _text(patterns.number_joint), "pairs")})

    def read(text: str, start: int) -> Iterator[Read]:
        yield start, {"numbers": ()}
        for end, said in all_of_them(text, start):
            yield end, {"numbers": tuple((pair["label"], pair["number"]) for pair in said["pairs"])}

    return read


def _titles(families: tuple[str, ...]) -> set[str]:
    known = {title.zh for kind in kinds.CATALOGUE if kind.family in families for title in kind.titles}
    return known | set(FREE_TITLES if "other" in families else ())


def _copies(patterns: DocumentPatterns) -> Part:
    offered = dict.fromkeys([*(c for kind in kinds.CATALOGUE for c in kind.copies), *COUNTS, "正、副本"])
    said = {say_copies(copies, numerals=patterns.numerals, both=patterns.both): copies for copies in offered}

    def read(text: str, start: int) -> Iterator[Read]:
        for way, copies in said.items():
            if text.startswith(way, start):
                yield start + len(way), {"copies": copies}

    return read


def _day(style: HouseStyle) -> Part:
    how = style.sentence
    days = [date(2026, month, day) for month in range(1, 13) for day in range(1, 29)]
    said = {say_day(day, pattern=how.day, numerals=how.numerals): day for day in days}
    longest = max(map(len, said))

    def read(text: str, start: int) -> Iterator[Read]:
        for length in range(1, longest + 1):
            day = said.get(text[start : start + length])
            if day and start + length <= len(text):
                yield start + length, {"day": day}

    return read


def _reference(text: str, start: int) -> Iterator[Read]:
    match = re.compile(r"S\d\d-\d{4}-\d{3}[\dX]").match(text, start)
    if match:
        yield match.end(), {"reference": match[0]}


# What patterns are made of


def _nothing(_text: str, start: int) -> Iterator[Read]:
    yield start, {}


def _text(wanted: str) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        if text.startswith(wanted, start):
            yield start + len(wanted), {}

    return read


def _name(key: str) -> Part:
    """Names are told apart from what is around them only by what follows, so every length is tried.

    在 opens a place and 于 before a digit a day: a name with them may be misread by anybody. 本人 is nobody's name.
    """

    def read(text: str, start: int) -> Iterator[Read]:
        end = start
        while end < len(text) and not NO_NAME.match(text, end):
            end += 1
            if text[start:end] not in ("本人", "本单位"):
                yield end, {key: text[start:end]}

    return read


def _matching(pattern: re.Pattern[str], key: str) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        match = pattern.match(text, start)
        if match:
            yield match.end(), {key: match[0]}

    return read


def _words(key: str, words: Iterable[str], *, longest: bool = False) -> Part:
    known = frozenset(words)
    lengths = sorted({len(word) for word in known}, reverse=True)

    def read(text: str, start: int) -> Iterator[Read]:
        for length in lengths:
            word = text[start : start + length]
            if word in known and len(word) == length:
                yield start + length, {key: word}
                if longest:
                    return

    return read


def _once(part: Part) -> Part:
    """What was read at a place is not read there again."""
    kept: dict[int, list[Read]] = {}
    of = ""

    def read(text: str, start: int) -> Iterator[Read]:
        nonlocal of
        if text is not of:
            kept.clear()
            of = text
        if start not in kept:
            kept[start] = list(part(text, start))
        return iter(kept[start])

    return read


def _option(part: Part, key: str | None) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        yield start, {}
        for end, said in part(text, start):
            yield end, ({key: said["day"]} if key else said)

    return read


def _renamed(part: Part, key: str) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        yield start, {}
        for end, said in part(text, start):
            yield end, {key: said["day"]}

    return read


def _say(part: Part, more: dict[str, Any]) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        for end, said in part(text, start):
            yield end, {**said, **more}

    return read


def _either(*parts: Part) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        for part in parts:
            yield from part(text, start)

    return read


def _pattern(pattern: str, parts: dict[str, Part]) -> Part:
    pieces: list[Part] = []
    for literal, name, _, _ in string.Formatter().parse(pattern):
        if literal:
            pieces.append(_text(literal))
        if name is not None:
            pieces.append(parts[name])

    def read(text: str, start: int, at: int = 0) -> Iterator[Read]:
        if at == len(pieces):
            yield start, {}
            return
        for end, said in pieces[at](text, start):
            for last, further in read(text, end, at + 1):
                yield last, {**said, **further}

    return read


def _list(first: Part, further: Part, joint: Part, key: str) -> Part:
    def read(text: str, start: int) -> Iterator[Read]:
        for end, said in first(text, start):
            yield end, {**_outside(said), key: _flat(said)}
            yield from more(text, end, _outside(said), _flat(said))

    def more(text: str, start: int, outside: dict[str, Any], before: list[Any]) -> Iterator[Read]:
        for middle, _ in joint(text, start):
            for end, said in further(text, middle):
                together = before + _flat(said)
                yield end, {**outside, key: together}
                yield from more(text, end, outside, together)

    return read


def _flat(said: dict[str, Any]) -> list[Any]:
    return said["run"] if "run" in said else [{k: v for k, v in said.items() if k not in ("when", "where")}]


def _outside(said: dict[str, Any]) -> dict[str, Any]:
    return {key: said[key] for key in ("when", "where") if key in said}
