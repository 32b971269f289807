"""What every kind must have: a kind added to a family file is held to this without another line of test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from registry import kinds
from registry.kinds import CATALOGUE, RULES, DocumentKind, Grade, NumberField, NumberRule
from registry.text import Text, find_forbidden, squeeze
from tests.kinds.samples import REFUSED, VALID

SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MEASURES = {"枚", "本", "张", "份", "块", "套"}
HAN = re.compile(r"[\u4e00-\u9fff]")

every_kind = pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.slug)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)
every_field = pytest.mark.parametrize(
    ("kind", "field"),
    [pytest.param(kind, field, id=f"{kind.slug}.{field.name}") for kind in CATALOGUE for field in kind.numbers],
)


def texts_in(thing: object) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts_in(part)
    elif is_dataclass(thing):
        for part in fields(thing):
            yield from texts_in(getattr(thing, part.name))


def assert_well_written(text: Text) -> None:
    assert text.zh
    assert text.en
    for words in text:
        assert words == squeeze(words)
        assert find_forbidden(words) is None
    assert HAN.search(text.zh) or text.zh == text.en
    assert not HAN.search(re.sub(r"[\u4e00-\u9fff]{2,}|\S*\d\S*", "", text.en)), "English names Chinese words, no more"
    assert not re.search(r"[,;:?!]", text.zh), "Chinese takes full-width punctuation"


def test_kinds_and_families_have_names_of_their_own() -> None:
    slugs = [kind.slug for kind in CATALOGUE]
    assert len(set(slugs)) == len(slugs)
    families = kinds.families()
    assert len({family.slug for family in families}) == len(families)
    assert tuple(kind for family in families for kind in family.kinds) == CATALOGUE
    for family in families:
        assert SLUG.fullmatch(family.slug)
        assert_well_written(family.title)
        assert {kind.family for kind in family.kinds} == {family.slug}


def test_one_slug_is_one_rule() -> None:
    for kind in CATALOGUE:
        for field in kind.numbers:
            for rule in field.rules:
                assert RULES[rule.slug] is rule


@every_kind
def test_kind_is_complete(kind: DocumentKind) -> None:
    assert SLUG.fullmatch(kind.slug)
    assert kinds.get(kind.slug) is kind
    for text in texts_in(kind):
        assert_well_written(text)
    assert bool(kind.titles) != kind.free_title
    assert kind.measure in MEASURES
    assert kind.source
    assert kind.numbers
    names = [field.name for field in kind.numbers]
    assert len(set(names)) == len(names)
    assert len(set(kind.titles)) == len(kind.titles)
    assert len(set(kind.copies)) == len(kind.copies)
    assert len(set(kind.aliases)) == len(kind.aliases)
    assert not {title.zh for title in kind.titles} & set(kind.aliases) - {kind.title.zh}, "a title need be no alias"
    assert kind.sensitive == any(field.sensitive for field in kind.numbers)


@every_kind
def test_kind_is_found_by_each_of_its_names(kind: DocumentKind) -> None:
    for words in (kind.title.zh, kind.title.en, *kind.aliases, *(text.zh for text in kind.titles)):
        assert kind in kinds.find(words), words
        assert kind in kinds.find(f"  {words.lower()} "), words
    assert kinds.find(kind.title.zh)[0] is kind


@every_field
def test_field_is_complete(kind: DocumentKind, field: NumberField) -> None:
    assert SLUG.fullmatch(field.name)
    assert field.labels
    assert all(HAN.search(label) for label in field.labels)
    assert len(set(field.labels)) == len(field.labels)
    assert field.rules
    examination = kinds.examine_field(field, field.example)
    assert examination.grade is Grade.VALID
    assert examination.rule == field.rules[0].slug


@every_field
def test_label_before_the_number_is_peeled(kind: DocumentKind, field: NumberField) -> None:
    plain = kinds.examine_field(field, field.example)
    for label in field.labels:
        for typed in (f"{label}：{field.example}", f"{label}为{field.example}", f" {label} {field.example}。"):
            assert kinds.examine_field(field, typed).canonical == plain.canonical, typed


@every_rule
def test_rule_is_complete(rule: NumberRule) -> None:
    assert SLUG.fullmatch(rule.slug)
    assert rule.form in ("compact", "hyphen", "text")
    assert rule.source
    assert kinds.bearing(rule.slug)
    for text in (rule.title, rule.shape.message):
        assert_well_written(text)
    if rule.form == "compact" and rule.lengths:
        single = [number for number in VALID[rule.slug] if not kinds.range_of(rule.slug, number)]
        assert {len(number) for number in single} <= set(rule.lengths)
    if rule.worded:
        assert not any(number.isascii() for number in VALID[rule.slug])
    assert len(VALID[rule.slug]) > 1
    assert len(REFUSED[rule.slug]) > 1


@every_rule
def test_sensitive_numbers_are_masked(rule: NumberRule) -> None:
    for number in VALID[rule.slug]:
        examination = kinds.examine(rule.slug, number)
        assert len(examination.masked) == len(examination.canonical)
        assert examination.sensitive == rule.sensitive
        if rule.sensitive:
            hidden = examination.masked.count("*")
            # A marriage certificate may tell its registry and its year, which are half of it.
            assert hidden >= min(len(examination.canonical) / 2, 7)
            assert number not in repr(examination)
        else:
            # A public number may have a mask too, for places that need not tell all of it.
            assert examination.masked.strip("*")


def test_unknown_slug() -> None:
    with pytest.raises(kinds.UnknownKind) as caught:
        kinds.get("company_seal")
    assert caught.value.slug == "company_seal"
    assert "company_seal" in str(caught.value)
    with pytest.raises(KeyError):
        kinds.examine("company_seal", "1")
