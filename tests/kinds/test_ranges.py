"""Ranges: a book of blank invoices is one number with two ends, and a number inside is found."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import kinds
from registry.kinds import Grade, ordinals, ranges

RANGED = sorted(rule.slug for rule in kinds.RULES.values() if rule.ranged)
any_text = st.text(st.characters(exclude_categories=[]), max_size=80)
typed_like_a_range = st.text("0123456789NOA-—–~～至到自起止第号№. :：()（）/", max_size=40)
BETWEEN = ("-", "—", "——", "–", "－", "~", "～", "〜", "至", "到", " 至 ", " — ")
FRAMES = ("{}", "号码：{}", "自{}止", "（{}）", "{}。")
ENDS = ("{}", "№{}", "No.{}", "第{}号", "{}号")


@st.composite
def invoice_ranges(draw: st.DrawFn) -> tuple[int, int]:
    first = draw(st.integers(0, 99_990_000))
    return first, first + draw(st.integers(0, 9_999))


def test_what_takes_ranges() -> None:
    assert RANGED == ["cheque_number", "insurance_policy", "invoice_number_8", "receipt"]


def test_a_range_is_one_number() -> None:
    examination = kinds.examine("invoice_number_8", "№ 00000001 至 № 00000025")
    assert examination.grade is Grade.VALID
    assert examination.canonical == "00000001-00000025"
    assert examination.display == examination.masked == "00000001–00000025"
    assert [(fact.name.zh, fact.value.zh) for fact in examination.decoded] == [("号码个数", "25")]
    assert kinds.range_of("invoice_number_8", examination.canonical) == ("00000001", "00000025")


@given(invoice_ranges(), st.data())
def test_spelling_does_not_matter(pair: tuple[int, int], data: st.DataObject) -> None:
    first, last = (f"{number:08}" for number in pair)
    end = data.draw(st.sampled_from(ENDS))
    joined = end.format(first) + data.draw(st.sampled_from(BETWEEN)) + end.format(last)
    typed = data.draw(st.sampled_from(FRAMES)).format(joined)
    for slug in ("invoice_number_8", "receipt"):
        examination = kinds.examine(slug, typed)
        assert (examination.canonical, examination.grade) == (f"{first}-{last}", Grade.VALID), typed
        assert kinds.range_of(slug, examination.canonical) == (first, last)
        assert examination.canonical in kinds.lookup_forms(typed)
        assert kinds.examine(slug, examination.display).canonical == examination.canonical
    assert kinds.recognise(typed)[0].rule == "invoice_number_8"


@given(invoice_ranges(), st.integers(0, 99_999_999))
def test_a_number_is_inside_where_its_digits_are(pair: tuple[int, int], number: int) -> None:
    ends = kinds.range_of("invoice_number_8", f"{pair[0]:08}-{pair[1]:08}")
    assert ends
    (prefix, first), (_, last), (own, digits) = (kinds.split_serial(text) for text in (*ends, f"{number:08}"))
    assert prefix == own
    assert (first <= digits <= last) == (pair[0] <= number <= pair[1])


@given(st.one_of(any_text, typed_like_a_range), st.sampled_from(RANGED))
def test_whatever_is_typed(text: str, slug: str) -> None:
    examination = kinds.examine(slug, text)
    again = kinds.examine(slug, examination.canonical)
    assert again.canonical == examination.canonical
    pair = kinds.range_of(slug, examination.canonical)
    assert pair == kinds.range_of(slug, again.canonical)
    if pair:
        assert "-".join(pair) == examination.canonical
        assert examination.display.count("–") == 1
        assert all(kinds.range_of(slug, end) is None for end in pair)
    for suggestion in examination.suggestions:
        assert kinds.examine(slug, suggestion).grade is Grade.VALID


@pytest.mark.parametrize(
    ("slug", "typed", "pair"),
    [
        ("invoice_number_8", "12345678", None),
        # Faulty ends are ends all the same: the declarant may have to confirm them.
        ("invoice_number_8", "0072018-0072049", ("0072018", "0072049")),
        ("invoice_number_8", "12345700-12345678", None),
        ("invoice_number_8", "12345678-700", None),
        ("receipt", "8123456-1", None),
        ("receipt", "2019-0001", None),
        ("receipt", "SJ-0001-SJ-0025", ("SJ-0001", "SJ-0025")),
        ("receipt", "A0001-B0025", None),
        ("cheque_number", "31003385-31003396", ("31003385", "31003396")),
        # The two rows of one number.
        ("cheque_number", "10204421-12345678", None),
        ("cheque_number", "1020442112345678-1020442112345690", ("1020442112345678", "1020442112345690")),
        # Contracts have hyphens, never ranges.
        ("contract_number", "2019-2020", None),
        ("business_licence_copy_number", "1-1", None),
        ("no_such_rule", "0001-0025", None),
    ],
)
def test_range_of(slug: str, typed: str, pair: tuple[str, str] | None) -> None:
    canonical = kinds.examine(slug, typed).canonical if slug in kinds.RULES else typed
    assert kinds.range_of(slug, canonical) == pair


def test_a_range_of_resident_ids_is_masked_at_both_ends() -> None:
    examination = kinds.examine("receipt", "440524188001010014至440524188001010019")
    assert examination.sensitive
    assert examination.masked == "440**************4–440**************9"
    # Digits of both ends together are nobody's number.
    assert not kinds.examine("receipt", "44052418800101001至44052418800101009").sensitive


@pytest.mark.parametrize("module", [ranges, ordinals])
def test_doctests(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]
    assert results.attempted
    assert not results.failed
