"""What every kind must have: a kind added to a family file is held to this without another line of test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from registry import kinds
from registry.kinds import CATALOGUE, RULES, DocumentKind, Grade, NumberField, NumberRule, sources
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
    assert text.zh, f"write {text.en!r} in Chinese too"
    assert text.en, f"write {text.zh!r} in English too"
    for words in text:
        assert words == squeeze(words), f"take blanks off the ends and double ones out of {words!r}"
        assert find_forbidden(words) is None, f"leave out {find_forbidden(words)!r}, which cannot be printed: {words!r}"
    assert HAN.search(text.zh) or text.zh == text.en, f"write {text.zh!r} in Chinese"
    assert re.search("[A-Za-z0-9]", text.en), f"write {text.en!r} in English"
    left = re.sub(r"[\u4e00-\u9fff]{2,}|\S*\d\S*", "", text.en)
    assert not HAN.search(left), f"name Chinese words in English texts, but no more: {text.en!r}"
    assert not re.search("[，；：？！。]", text.en), f"set English with English punctuation: {text.en!r}"
    assert not re.search(r"[,;:?!]", text.zh), f"set Chinese with full-width punctuation: {text.zh!r}"


def test_kinds_and_families_have_names_of_their_own() -> None:
    slugs = [kind.slug for kind in CATALOGUE]
    twice = {slug for slug in slugs if slugs.count(slug) > 1}
    assert not twice, f"give each kind a slug of its own: {twice}"
    families = kinds.families()
    assert len({family.slug for family in families}) == len(families)
    assert tuple(kind for family in families for kind in family.kinds) == CATALOGUE
    for family in families:
        assert SLUG.fullmatch(family.slug)
        assert_well_written(family.title)
        strangers = {kind.slug: kind.family for kind in family.kinds if kind.family != family.slug}
        assert not strangers, f"say family={family.slug!r} in: {strangers}"


def test_one_slug_is_one_rule() -> None:
    for kind in CATALOGUE:
        for field in kind.numbers:
            for rule in field.rules:
                assert RULES[rule.slug] is rule, f"give the rule of {kind.slug} another slug: {rule.slug!r} is taken"


@every_kind
def test_kind_is_complete(kind: DocumentKind) -> None:
    assert SLUG.fullmatch(kind.slug), f"write the slug {kind.slug!r} in small letters with underscores"
    assert kinds.get(kind.slug) is kind
    for text in texts_in(kind):
        assert_well_written(text)
    assert bool(kind.titles) != kind.free_title, "name the titles printed on it, or let the declarant write one"
    assert kind.measure in MEASURES, f"choose the measure word from {MEASURES}, or add it here and to the wording"
    assert kind.source, "say in source= who issues it or which law it follows"
    assert not sources.untranslated(kind.source), "name the source in Chinese in registry/kinds/sources.py"
    assert kind.numbers, "give it at least one NumberField"
    for what, all_of_them in (
        ("numbers", [field.name for field in kind.numbers]),
        ("titles", kind.titles),
        ("copies", kind.copies),
        ("aliases", kind.aliases),
    ):
        assert len(set(all_of_them)) == len(all_of_them), f"name each of the {what} once"
    repeated = {title.zh for title in kind.titles} & set(kind.aliases)
    assert not repeated - {kind.title.zh}, f"take titles out of the aliases, they are found anyway: {repeated}"
    assert kind.sensitive == any(field.sensitive for field in kind.numbers)


@every_kind
def test_kind_is_found_by_each_of_its_names(kind: DocumentKind) -> None:
    for words in (kind.title.zh, kind.title.en, *kind.aliases, *(text.zh for text in kind.titles)):
        assert kind in kinds.find(words), words
        assert kind in kinds.find(f"  {words.lower()} "), words
    first = kinds.find(kind.title.zh)[0]
    assert first is kind, f"{kind.title.zh} finds {first.slug} first: give {kind.slug} a title that is nobody else's"


@every_field
def test_field_is_complete(kind: DocumentKind, field: NumberField) -> None:
    assert SLUG.fullmatch(field.name), f"write the name {field.name!r} in small letters with underscores"
    assert field.labels, "give the labels that notices print before the number, the commonest first"
    latin = [label for label in field.labels if not HAN.search(label)]
    assert not latin, f"labels are the Chinese words of a notice, which these are not: {latin}"
    assert len(set(field.labels)) == len(field.labels), "name each label once"
    assert field.rules, "give the number at least one rule"
    examination = kinds.examine_field(field, field.example)
    assert examination.grade is Grade.VALID, f"make the example obey its rule: {examination.reasons}"
    assert examination.rule == field.rules[0].slug, "make the example one of the first rule's"


@every_field
def test_label_before_the_number_is_peeled(kind: DocumentKind, field: NumberField) -> None:
    plain = kinds.examine_field(field, field.example)
    for label in field.labels:
        for typed in (f"{label}：{field.example}", f"{label}为{field.example}", f" {label} {field.example}。"):
            found = kinds.examine_field(field, typed).canonical
            assert found == plain.canonical, f"write the label {label!r} without signs; {typed!r} is read as {found!r}"


@every_rule
def test_rule_is_complete(rule: NumberRule) -> None:
    assert SLUG.fullmatch(rule.slug), f"write the slug {rule.slug!r} in small letters with underscores"
    assert rule.form in ("compact", "hyphen", "text"), "choose one of the three forms that model.py explains"
    assert rule.source, "say in source= how the rule is known"
    assert not sources.untranslated(rule.source), "name the source in Chinese in registry/kinds/sources.py"
    assert kinds.bearing(rule.slug)
    for text in (rule.title, rule.shape.message):
        assert_well_written(text)


@every_rule
def test_rule_has_samples(rule: NumberRule) -> None:
    for name, rows in (("VALID", VALID), ("REFUSED", REFUSED)):
        assert len(rows[rule.slug]) > 1, f"put two numbers of {rule.slug!r} into {name} of a tests/kinds/samples*.py"
    if rule.form == "compact" and rule.lengths:
        single = {len(number) for number in VALID[rule.slug] if not kinds.range_of(rule.slug, number)}
        assert single <= set(rule.lengths), f"add to lengths= of {rule.slug}: {single - set(rule.lengths)}"
    latin = [number for number in VALID[rule.slug] if number.isascii()]
    assert not (rule.worded and latin), f"take worded=True from {rule.slug}: {latin} have no Chinese character"


@every_rule
def test_sensitive_numbers_are_masked(rule: NumberRule) -> None:
    for number in VALID[rule.slug]:
        examination = kinds.examine(rule.slug, number)
        masked = f"{number} is masked as {examination.masked}"
        assert len(examination.masked) == len(examination.canonical), f"keep the length in the mask: {masked}"
        assert examination.sensitive == rule.sensitive
        if rule.sensitive:
            hidden = examination.masked.count("*")
            # A marriage certificate may tell its registry and its year, which are half of it.
            assert hidden >= min(len(examination.canonical) / 2, 7), f"hide more of a sensitive number: {masked}"
            assert number not in repr(examination)
        else:
            # A public number may have a mask too, for places that need not tell all of it.
            assert examination.masked.strip("*"), f"show something of a public number: {masked}"


def test_unknown_slug() -> None:
    with pytest.raises(kinds.UnknownKind) as caught:
        kinds.get("company_seal")
    assert caught.value.slug == "company_seal"
    assert "company_seal" in str(caught.value)
    with pytest.raises(KeyError):
        kinds.examine("company_seal", "1")
