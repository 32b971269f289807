"""What holds for every number: nothing raises, spelling does not matter, and single slips are caught."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from registry import kinds
from registry.kinds import Grade, areas, checks, shaping, spelling, traditional
from registry.kinds.areas import PROVINCES
from registry.kinds.checks import USCC_ALPHABET, organisation_check, resident_check, uscc_check
from registry.kinds.credit_code import _WEIGHTS, is_uscc, suggest_uscc
from registry.kinds.slips import MOST, single_slips, wrong_digits, wrong_places
from tests.kinds.samples import REFUSED, VALID

any_text = st.text(st.characters(exclude_categories=[]), max_size=80)
typed_like_a_number = st.text("0123456789XxOIl ABNYGZ-.()（）：:编号第No№〔〕\u3000\u200b０１Ｘ×", max_size=40)
rule_slugs = st.sampled_from(sorted(kinds.RULES))


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    born = date(1900, 1, 1) + timedelta(days=draw(st.integers(0, 45_000)))
    area = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 9999)):04}"
    body = f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + resident_check(body)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    inner = draw(st.text(USCC_ALPHABET, min_size=8, max_size=8))
    head = draw(st.sampled_from("123456789ANY")) + draw(st.sampled_from("123456789"))
    body = f"{head}{draw(st.sampled_from(sorted(PROVINCES)))}0100{inner}{organisation_check(inner)}"
    return body + uscc_check(body)


compact_numbers = st.one_of(
    resident_ids().map(lambda number: ("resident_id_18", number)),
    credit_codes().map(lambda number: ("business_licence_uscc", number)),
    st.sampled_from(
        [(slug, number) for slug in kinds.RULES if kinds.RULES[slug].form == "compact" for number in VALID[slug]]
    ),
)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_sums_are_those_of_a_library(body: str) -> None:
    assert checks.resident_check(body) == ric.calc_check_digit(body + "0")
    assert checks.uscc_check(body) == uscc.calc_check_digit(body + "0")
    assert checks.card_check(body) == luhn.calc_check_digit(body)
    assert checks.registration_check(body) == mod_11_10.calc_check_digit(body)


@given(st.text("0123456789", min_size=2, max_size=15))
def test_wrong_digits_are_the_slips_that_end_right(number: str) -> None:
    slips = [slip for slip in single_slips(number) if slip.isdigit()]
    right = [slip for slip in slips if checks.registration_check(slip[:-1]) == slip[-1]]
    *found, last = wrong_digits(number)
    assert dict.fromkeys(meant for meant in found if meant != number) == dict.fromkeys(right)
    assert last == number[:-1] + checks.registration_check(number[:-1])


@given(credit_codes(), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_a_slip_that_is_not_looked_for_would_not_end_right(code: str, at: int, other: str) -> None:
    number = code[:at] + other + code[at + 1 :]
    everywhere = wrong_places(number, alphabet=USCC_ALPHABET, weights=_WEIGHTS, modulus=31, remainder=0)
    meant = {slip for slip in everywhere if is_uscc(slip)}
    found = set(suggest_uscc(number))
    assert found <= meant
    assert len(found) == min(MOST, len(meant))


@given(st.one_of(any_text, typed_like_a_number))
def test_no_text_raises(text: str) -> None:
    for slug in kinds.RULES:
        examination = kinds.examine(slug, text)
        assert examination.grade is Grade.VALID or examination.reasons
        assert len(examination.masked) == len(examination.canonical) <= 64
    kinds.recognise(text)
    kinds.find(text)
    kinds.as_printed(text)
    for start, end in kinds.find_sensitive(text):
        assert 0 <= start < end <= len(text)


@given(st.one_of(any_text, typed_like_a_number), rule_slugs)
def test_canonical_is_a_fixed_point(text: str, slug: str) -> None:
    once = kinds.examine(slug, text)
    again = kinds.examine(slug, once.canonical)
    assert again.canonical == once.canonical
    assert once.display.replace(" ", "").replace("–", "-") == once.canonical
    if once.canonical:
        assert again.grade == once.grade
        assert kinds.examine(slug, once.display).canonical == once.canonical


@given(st.one_of(any_text, typed_like_a_number))
def test_a_check_looks_for_every_spelling_a_rule_could_have_stored(text: str) -> None:
    forms = kinds.lookup_forms(text)
    for slug in kinds.RULES:
        canonical = kinds.examine(slug, text).canonical
        assert canonical in forms or not canonical


GAPS = ("", " ", "\u3000", "\u200b", "-", "—", ".")
PAIRS = ("()", "（）", "[]", "【】", "〔〕", "［］", "{}", "「」", "『』", "《》", "〈〉", "⟨⟩", "<>")
FRAMES = (
    *(
        "{}",
        " {} ",
        "编号：{}",
        "编号{}",
        "编号为{}",
        "编号——{}",
        "证书编号：No.{}",
        "会员证号：{}",
        "（编号：{}）",
        "{}）",
    ),
    *("No.{}", "NO：{}", "№ {}", "#{}", "Passport No. {}", "ID number: {}", "第{}号", "编号：第 {} 号", "{}号", "{}。"),
    *(pair[0] + "{}" + pair[1] for pair in PAIRS),
)
WIDE = {character: chr(ord(character) + 0xFEE0) for character in map(chr, range(0x21, 0x7F))}


@given(compact_numbers, st.data())
def test_spelling_does_not_matter(entry: tuple[str, str], data: st.DataObject) -> None:
    slug, number = entry
    # In a seal's code a hyphen before the last digits divides the copy's own.
    gaps = GAPS[:4] if slug == "seal_code" else GAPS
    random = data.draw(st.randoms(use_true_random=False))
    typed = "".join(
        (random.choice(gaps) if at else "") + random.choice((char, char.lower(), WIDE.get(char, char)))
        for at, char in enumerate(number)
    )
    # 第…号 and 号 around a plate could be words of its own, so they stay.
    frame = data.draw(st.sampled_from(FRAMES).filter(lambda frame: number.isascii() or "{}号" not in frame))
    examination = kinds.examine(slug, frame.replace("{}", typed))
    assert (examination.canonical, examination.grade) == (number, Grade.VALID)


# Hyphens and dots mean something in these; blanks, widths of letters and what stands around the number do not. NO is
# part of a number only without a blank behind it.
numbers_in_words = st.sampled_from(
    [
        (slug, number)
        for slug, rule in kinds.RULES.items()
        if rule.form != "compact"
        for number in VALID[slug]
        if not kinds.range_of(slug, number) and not number.startswith("NO")
    ]
)
BRACKETS = str.maketrans("()", "〔〕")


@given(numbers_in_words, st.data())
def test_spelling_does_not_matter_to_numbers_in_words(entry: tuple[str, str], data: st.DataObject) -> None:
    slug, number = entry
    random = data.draw(st.randoms(use_true_random=False))
    typed = "".join(
        (random.choice(GAPS[:4]) if at else "") + random.choice((char, WIDE.get(char, char), char.translate(BRACKETS)))
        for at, char in enumerate(number)
    )
    # 第 and 号 around words could belong to them.
    frame = data.draw(st.sampled_from(FRAMES).filter(lambda frame: "{}号" not in frame and "{} 号" not in frame))
    examination = kinds.examine(slug, frame.replace("{}", typed))
    assert (examination.canonical, examination.grade) == (number, Grade.VALID)


@given(resident_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_wrong_character_of_a_resident_id_is_caught(number: str, at: int, wrong: str) -> None:
    slip = number[:at] + wrong + number[at + 1 :]
    if slip != number:
        assert kinds.examine("resident_id_18", slip).grade is Grade.IMPOSSIBLE


@given(resident_ids(), st.integers(0, 16))
def test_every_swap_in_a_resident_id_is_caught(number: str, at: int) -> None:
    slip = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if slip != number:
        assert kinds.examine("resident_id_18", slip).grade is Grade.IMPOSSIBLE
        # Swaps are what hands do most, so the right number is always among the five.
        assert number in kinds.examine("resident_id_18", slip).suggestions


@given(credit_codes(), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_every_wrong_character_of_a_credit_code_is_caught(number: str, at: int, wrong: str) -> None:
    slip = number[:at] + wrong + number[at + 1 :]
    if slip != number:
        assert kinds.examine("business_licence_uscc", slip).grade is Grade.IMPOSSIBLE


@given(credit_codes(), st.integers(0, 16))
def test_every_swap_in_a_credit_code_is_caught(number: str, at: int) -> None:
    # MOD 31 is prime and no two neighbours weigh the same.
    slip = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if slip != number:
        assert kinds.examine("business_licence_uscc", slip).grade is Grade.IMPOSSIBLE
        assert number in kinds.examine("business_licence_uscc", slip).suggestions


@given(st.one_of(resident_ids(), credit_codes()), st.data())
def test_suggestions_are_right_numbers(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 17))
    slip = number[:at] + data.draw(st.sampled_from("0123456789AOISXB")) + number[at + 1 :]
    for slug in ("resident_id_18", "business_licence_uscc"):
        suggestions = kinds.examine(slug, slip).suggestions
        assert len(set(suggestions)) == len(suggestions) <= 5
        assert all(kinds.examine(slug, suggestion).grade is Grade.VALID for suggestion in suggestions)


@given(st.one_of(resident_ids(), credit_codes()), any_text, any_text)
def test_resident_ids_are_found_in_any_text(number: str, before: str, after: str) -> None:
    is_id = kinds.recognise(number)[0].rule == "resident_id_18"
    text = f"{before}，{number}，{after}"
    start = len(before) + 1
    covered = any(left <= start and start + 18 <= right for left, right in kinds.find_sensitive(text))
    assert covered or not is_id


@given(resident_ids())
def test_old_and_new_numbers_are_one(number: str) -> None:
    forms = kinds.lookup_forms(number)
    short = number[:6] + number[8:17]
    assert (short in forms) == (number[6:8] == "19")
    if number[6:8] == "19":
        assert number in kinds.lookup_forms(short)


def test_masks_never_tell_a_birth_date() -> None:
    for slug in ("resident_id_18", "resident_id_15"):
        for number in (*VALID[slug], *(row[0] for row in REFUSED[slug])):
            assert set(kinds.examine(slug, number).masked[6:-1]) <= {"*"}


@pytest.mark.parametrize("module", [areas, checks, shaping, spelling, traditional])
def test_doctests(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]
    assert results.attempted
    assert not results.failed
