"""Reading house styles: one TOML file each, shipped ones in `styles/`, an operator's own wherever they keep it.

What is wrong in a file is told with its line, all of it at once, because an operator corrects it in an editor.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from registry import kinds
from registry.errors import ConfigError, StyleRefused
from registry.text import Text
from registry.wording import trying
from registry.wording.patterns import DOCUMENT, MOST_CHARACTERS, SENTENCE, Pattern
from registry.wording.style import (
    NARROW,
    RULES,
    Column,
    DocumentPatterns,
    HouseStyle,
    PriceRule,
    SentencePatterns,
)
from registry.wording.toml_lines import Lines, parse

FOLDER: Final = Path(__file__).parent / "styles"
DEFAULT: Final = "yangquan"
MOST_BYTES: Final = 100_000
_POINTS_A_MM: Final = Decimal(72) / Decimal("25.4")
_TABLES: Final = ("sentence", "document", "family", "measure", "column", "price")
_TEXTS: Final = ("title", "bullet", "heading")
COLUMN_KEYS: Final = ("width_mm", "size_pt", "leading_pt", "characters", "extra_lines")
PRICE_KEYS: Final = ("rule", "amount", "minimum", "block", "bullet", "half", "corrections", "withdrawals")
_MEASURE: Final = re.compile(r"[\u4e00-\u9fff]{1,2}")


@cache
def shipped() -> tuple[str, ...]:
    """Return the names of the styles that come with the program, the default first."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return (DEFAULT, *(name for name in names if name != DEFAULT))


def shipped_file(name: str) -> Path:
    """Return the file of a style that comes with the program."""
    return FOLDER / f"{name}.toml"


def load(choice: str, folder: Path) -> HouseStyle:
    """Return the style that the setting HOUSE_STYLE names: a shipped one, or a file, looked for in `folder`.

    Raises:
        ConfigError: there is no such file, or it cannot be read.
        StyleRefused: it is no house style; a ConfigError that tells every fault with its line.
    """
    if choice in shipped():
        return _shipped(choice)
    if not choice.endswith(".toml"):
        raise ConfigError(f"HOUSE_STYLE must be {', '.join(shipped())}, or a file that ends in .toml, not {choice!r}.")
    return read_file(folder / choice)


def read_file(path: Path) -> HouseStyle:
    """Return the style of a file, by the name of the file.

    Raises:
        ConfigError, StyleRefused: see `load`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"The house style {path} cannot be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise ConfigError(f"The house style {path} is far too long to be one.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise StyleRefused(str(path), ((line, "is not UTF-8: save the file in that encoding"),)) from None
    return read(text, name=path.stem, source=str(path))


def read(text: str, *, name: str, source: str) -> HouseStyle:
    """Return the style that a TOML text describes; `source` names the text in what is raised.

    Raises:
        StyleRefused: with every fault and its line.
    """
    text = text.replace("\r\n", "\n")
    try:
        content = parse(text)
    except tomllib.TOMLDecodeError as error:
        said = re.sub(r" \(at .*\)$", "", str(error))
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise StyleRefused(source, ((line, f"is no TOML: {said}"),)) from None
    reader = _Reader(content)
    style = reader.style(name)
    if not reader.faults:
        reader.faults += [(("sentence", "loss"), fault) for fault in trying.find_faults(style)]
    if reader.faults:
        lines = Lines(text)
        told = {(lines.of(path), message): None for path, message in reader.faults}
        raise StyleRefused(source, tuple(sorted(told)))
    return style


@cache
def _shipped(name: str) -> HouseStyle:
    return read_file(shipped_file(name))


class _Reader:
    """Takes a parsed file apart and notes what is wrong with it, under the path of the key."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.faults: list[tuple[tuple[str, ...], str]] = []
        self._content = content

    def style(self, name: str) -> HouseStyle:
        self._know((), self._content, (*_TEXTS, *_TABLES))
        sentence = self._sentence()
        document = self._table("document")
        self._know(("document",), document, DOCUMENT)
        patterns = DocumentPatterns(**{key: self._said(("document",), document, key) for key in DOCUMENT})
        families = self._families(patterns)
        self._once("numbers", ("document", "item"), clause=sentence.clause, item=patterns.item)
        for slug, own in families.items():
            self._once("numbers", ("family", slug, "item"), clause=sentence.clause, item=own.item)
        for part in ("when", "where"):
            self._once(part, ("sentence", "loss"), loss=sentence.loss, clause=sentence.clause)
        return HouseStyle(
            name=name,
            title=self._title(),
            bullet=self._text((), self._content, "bullet", Pattern(default=""), most=4),
            heading=self._text((), self._content, "heading", Pattern(), most=40),
            sentence=sentence,
            documents=patterns,
            column=self._column(),
            price=self._price(),
            families=families,
            measures=self._measures(),
        )

    def _fault(self, path: tuple[str, ...], message: str) -> None:
        self.faults.append((path, message))

    def _table(self, *path: str) -> dict[str, Any]:
        found: Any = self._content
        for key in path:
            found = found.get(key, {})
        if isinstance(found, dict):
            return found
        self._fault(path, f"[{'.'.join(path)}] must be a table of keys and values")
        return {}

    def _know(
        self, path: tuple[str, ...], table: Mapping[str, Any], known: Mapping[str, Any] | tuple[str, ...]
    ) -> None:
        for key in table.keys() - set(known):
            near = get_close_matches(key, known, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; known here are {', '.join(known)}"
            self._fault((*path, key), f"there is no key {key}{hint}")

    def _text(
        self,
        path: tuple[str, ...],
        table: Mapping[str, Any],
        key: str,
        pattern: Pattern,
        *,
        most: int = MOST_CHARACTERS,
    ) -> str:
        value = table.get(key, pattern.default)
        if value is None:
            self._fault((*path, key), f"{'.'.join((*path, key))} is missing")
            return ""
        if not isinstance(value, str):
            self._fault((*path, key), f"{key} must be a text in quotes")
            return ""
        fault = pattern.fault_of(value, most=most)
        if fault:
            self._fault((*path, key), f"{key} {fault}")
        return value

    def _title(self) -> Text:
        title = self._content.get("title")
        if isinstance(title, dict) and all(isinstance(title.get(lang), str) and title[lang] for lang in ("zh", "en")):
            self._know(("title",), title, ("zh", "en"))
            return Text(zh=title["zh"], en=title["en"])
        self._fault(("title",), 'title must name the style in both languages: { zh = "…", en = "…" }')
        return Text("", "")

    def _said(self, path: tuple[str, ...], table: Mapping[str, Any], key: str) -> str:
        return self._text(path, table, key, (SENTENCE if path == ("sentence",) else DOCUMENT)[key])

    def _sentence(self) -> SentencePatterns:
        table = self._table("sentence")
        self._know(("sentence",), table, SENTENCE)
        if "owner" in table:
            # Most papers name the declarant as they name any other owner.
            table = {"own": table["owner"], **table}
        return SentencePatterns(**{key: self._said(("sentence",), table, key) for key in SENTENCE})

    def _families(self, patterns: DocumentPatterns) -> dict[str, DocumentPatterns]:
        known = {family.slug for family in kinds.families()}
        families = {}
        for slug in self._table("family"):
            path = ("family", slug)
            if slug not in known:
                self._fault(path, f"there is no family {slug}; known are {', '.join(sorted(known))}")
                continue
            table = self._table("family", slug)
            self._know(path, table, DOCUMENT)
            own = {key: self._said(path, table, key) for key in table.keys() & DOCUMENT.keys()}
            families[slug] = replace(patterns, **own)
        return families

    def _once(self, part: str, path: tuple[str, ...], **patterns: str) -> None:
        places = [name for name, pattern in patterns.items() if f"{{{part}}}" in pattern]
        if len(places) != 1:
            both = " and ".join(patterns)
            where = f"both in {both}" if places else f"in neither of {both}"
            self._fault(path, f"{{{part}}} stands {where}: it must stand in one of them")

    def _measures(self) -> dict[str, str]:
        table = self._table("measure")
        known = {kind.slug for kind in kinds.CATALOGUE}
        for slug, word in table.items():
            if slug not in known:
                near = get_close_matches(slug, known, 1)
                self._fault(
                    ("measure", slug), f"there is no kind {slug}" + (f"; did you mean {near[0]}?" if near else "")
                )
            elif not isinstance(word, str) or not _MEASURE.fullmatch(word):
                self._fault(("measure", slug), "a measure word is one or two Chinese characters, such as 枚")
        return {slug: str(word) for slug, word in table.items()}

    def _number(
        self, table: str, key: str, low: str, high: str, default: int | None = None, *, whole: bool = False
    ) -> Decimal:
        value = self._table(table).get(key, default)
        if value is None:
            self._fault((table, key), f"{table}.{key} is missing")
            return Decimal(low)
        right = isinstance(value, int if whole else int | Decimal) and not isinstance(value, bool)
        if not right or not Decimal(low) <= value <= Decimal(high):
            self._fault((table, key), f"{key} must be a {'whole ' if whole else ''}number from {low} to {high}")
            return Decimal(low)
        return Decimal(value)

    def _switch(self, key: str, default: bool) -> bool:
        value = self._table("price").get(key, default)
        if not isinstance(value, bool):
            self._fault(("price", key), f"{key} must be true or false")
        return value is True

    def _column(self) -> Column:
        self._know(("column",), self._table("column"), COLUMN_KEYS)
        column = Column(
            width=self._number("column", "width_mm", "10", "400"),
            size=self._number("column", "size_pt", "4", "30"),
            leading=self._number("column", "leading_pt", "4", "60"),
            characters=int(self._number("column", "characters", "5", "80", whole=True)),
            extra_lines=int(self._number("column", "extra_lines", "0", "10", 0, whole=True)),
        )
        needed = column.characters * column.size / _POINTS_A_MM
        if needed > column.width:
            self._fault(
                ("column", "characters"),
                f"{column.characters} characters of {column.size} points are {needed:.1f} mm wide, and the column is "
                f"{column.width} mm",
            )
        if column.leading < column.size:
            self._fault(("column", "leading_pt"), "leading_pt must not be less than size_pt, or lines overlap")
        return column

    def _price(self) -> PriceRule:
        table = self._table("price")
        self._know(("price",), table, PRICE_KEYS)
        rule = table.get("rule")
        if rule not in RULES:
            self._fault(("price", "rule"), f"rule must be one of {', '.join(RULES)}")
            rule = "free"
        halves = table.get("half", ["digits", "lowercase", "blanks"])
        if not isinstance(halves, list) or not set(map(str, halves)) <= set(NARROW):
            self._fault(("price", "half"), f"half must be a list of {', '.join(NARROW)}")
            halves = []
        return PriceRule(
            rule=rule,
            amount=self._amount("amount", 0 if rule == "free" else None),
            minimum=self._amount("minimum", 0),
            block=int(self._number("price", "block", "1", "1000", 50, whole=True)),
            bullet=self._switch("bullet", default=True),
            halves=tuple(sorted(halves)),
            corrections=self._switch("corrections", default=True),
            withdrawals=self._switch("withdrawals", default=True),
        )

    def _amount(self, key: str, default: int | None) -> int:
        yuan = self._number("price", key, "0", "100000", default)
        fen = yuan * 100
        if fen != fen.to_integral_value():
            self._fault(("price", key), f"{key} is in yuan and goes no further than fen: two places after the point")
        return int(fen)


assert {each.name for each in fields(DocumentPatterns)} == DOCUMENT.keys()
assert {each.name for each in fields(SentencePatterns)} == SENTENCE.keys()
