"""Recognising bare numbers, the spellings a check looks for, and resident IDs hidden in text."""

from __future__ import annotations

import pytest

from registry import kinds
from registry.kinds import Grade


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("11010519491231002x", ["resident_id_18"]),
        ("统一社会信用代码 91110000600037341L", ["business_licence_uscc"]),
        ("G140235681", ["birth_medical_certificate"]),
        ("4401060012345", ["seal_code"]),
        ("440524800101001", ["resident_id_15"]),
        # Both: the check digit says more than a date.
        ("110105491231002", ["business_registration_15", "resident_id_15"]),
        # Work IDs and other free numbers fit anything, so they are nobody's guess.
        ("2036254085333", []),
        ("123", []),
        ("粤执01000123", []),
        ("粤A12345", ["licence_plate"]),
        ("LSVAB4184KN000001", ["vin"]),
        ("T11010519491231002X", ["special_operations_certificate"]),
        # Somebody born in 1900, or a diploma of that year: nothing in the number says which.
        ("110105190001010028", ["resident_id_18", "graduation_certificate"]),
        ("102231201605000001", ["graduation_certificate"]),
        # A lawyer's seventeen digits pass as a vehicle's number one time in eleven.
        ("14400201010000001", ["lawyer_licence"]),
    ],
)
def test_recognise(text: str, rules: list[str]) -> None:
    found = kinds.recognise(text)
    assert [examination.rule for examination in found] == rules
    assert all(examination.grade is not Grade.IMPOSSIBLE for examination in found)


@pytest.mark.parametrize(
    ("text", "rule", "meant"),
    [
        ("110105194912310021", "resident_id_18", "11010519491231002X"),
        ("11O105194912310O2X", "resident_id_18", "11010519491231002X"),
        ("91110000600037341A", "business_licence_uscc", "91110000600037341L"),
        ("9133010079965505SB", "business_licence_uscc", "91330100799655058B"),
        ("粤AI2345", "licence_plate", "粤A12345"),
    ],
)
def test_near_misses_are_recognised_with_what_was_meant(text: str, rule: str, meant: str) -> None:
    first = kinds.recognise(text)[0]
    assert first.rule == rule
    assert first.grade is Grade.IMPOSSIBLE
    assert meant in first.suggestions


# As a bank clerk types them into the one box: telephones, days, amounts, postcodes, QQ numbers, waybills, serials.
NOBODYS = (
    *(
        "13800138000",
        "+8613800138000",
        "86-13912345678",
        "010-62345678",
        "02087654321",
        "0755-86012345",
        "0311 8765 4321",
    ),
    *("4008123123", "400-820-8820", "95588", "10086", "12306", "110"),
    *("20240131", "2024-01-31", "2024.1.31", "2024年1月31日", "20240131120000", "202401", "1949-10-01", "01/31/2024"),
    *(
        "20240131-20240205",
        "20240131至20240205",
        "1000",
        "10000.00",
        "1,234.56",
        "￥5,000.00",
        "100000000",
        "2,000,000",
    ),
    *("100000", "510000", "200120", "123456789", "1234567", "2851234567", "88888888", "10001", "31001234567890123456"),
    *("SF1234567890123", "YT1234567890123", "773012345678901", "EE123456789CN", "9787111111111", "978-7-111-11111-1"),
    *(
        "6901234567892",
        "192.168.1.1",
        "1234-5678",
        "ABCDEFGH",
        "123abc",
        "3-1",
        "2024-1",
        "000000000000000000",
        "Wi-Fi6",
    ),
)


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_no_papers_number_is_nobodys_guess(text: str) -> None:
    assert [examination.rule for examination in kinds.recognise(text)] == []


def test_a_number_whose_check_fails_is_named_only_for_a_telling_form() -> None:
    # A waybill of 15 digits is no tax number because a twelfth of all such have the right check digit.
    assert kinds.recognise("440106799655059") == ()
    assert [(e.rule, e.grade) for e in kinds.recognise("LSVAB4185KN000001")] == [("vin", Grade.DOUBTFUL)]


def test_a_diploma_is_nobodys_identity_number() -> None:
    number = "110105190001010028"
    assert kinds.find_sensitive(number)
    diploma = kinds.examine("graduation_certificate", number)
    assert diploma.grade is Grade.VALID
    assert not diploma.sensitive
    # A school's number has no form that could tell the two apart.
    assert kinds.examine("school_diploma", "440524800101001").sensitive


def test_digits_that_no_slip_explains_are_not_called_impossible() -> None:
    for number in ("100051201705000123", "990426199112010074", "911100006000373412", "110108000000017"):
        assert all(examination.grade is not Grade.IMPOSSIBLE for examination in kinds.recognise(number)), number


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("11010519491231002x", ("11010519491231002X", "110105491231002")),
        ("110105 491231 002", ("110105491231002", "11010519491231002X")),
        # Orders 996 to 999 were kept for centenarians, and may be younger people's since.
        ("440524800101999", ("440524800101999", "440524188001019991", "440524198001019990")),
        ("440106-0012345", ("4401060012345", "440106-0012345")),
        ("2019-1-12", ("2019-1-12",)),
        ("NO123456", ("NO123456", "123456")),
        ("No.123456", ("123456",)),
        ("粤执 01000123", ("粤执01000123",)),
    ],
)
def test_lookup_forms(typed: str, forms: tuple[str, ...]) -> None:
    found = kinds.lookup_forms(typed)
    assert found[0] == forms[0]
    assert set(found) == set(forms)
    assert len(found) == len(set(found))


def test_old_and_new_resident_numbers_find_each_other() -> None:
    assert "110105491231002" in kinds.lookup_forms("11010519491231002X")
    assert "11010519491231002X" in kinds.lookup_forms("110105491231002")
    assert not any(len(form) == 15 for form in kinds.lookup_forms("44011320141005001X")), "born after 15 digits ended"
    assert not any(len(form) == 15 for form in kinds.lookup_forms("110105194912310021")), "nobody's number"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("11010519491231002X", ["11010519491231002X"]),
        ("身份证11010519491231002x丢失", ["11010519491231002x"]),
        ("号码１１０１０５ １９４９１２３１ ００２Ｘ。", ["１１０１０５ １９４９１２３１ ００２Ｘ"]),
        ("110105-1949-1231-002×", ["110105-1949-1231-002×"]),
        ("1101\u200b0519491231002X", ["1101\u200b0519491231002X"]),
        # Inside a longer number: a disability card adds two digits.
        ("44052418800101001442", ["440524188001010014"]),
        ("T440524188001010014", ["440524188001010014"]),
        ("旧号110105491231002，新号11010519491231002X", ["110105491231002", "11010519491231002X"]),
        ("110105 491231 002", ["110105 491231 002"]),
        # Residents from Hong Kong, Macao and Taiwan, and foreigners who live here for good.
        ("居住证810000190108230029丢失", ["810000190108230029"]),
        ("永居证号9318 4019 0106 1500 1x", ["9318 4019 0106 1500 1x"]),
        ("810000190108230020", []),
        ("110105194912310021", []),
        ("11010519491331002X", []),
        ("91110000600037341L", []),
        ("电话13800138000，编号2036254085333", []),
        # A business registration number of 15 digits has a birth date only if somebody was born in 1900.
        ("110108000101016", []),
        ("1101054912310021", []),
        ("", []),
    ],
)
def test_hidden_resident_numbers(text: str, hidden: list[str]) -> None:
    assert [text[start:end] for start, end in kinds.find_sensitive(text)] == hidden


def test_overlapping_finds_are_one_span() -> None:
    spans = kinds.find_sensitive("11010519491231002X" * 3)
    assert spans == ((0, 18), (18, 36), (36, 54))


def test_long_text_is_searched_in_linear_time() -> None:
    text = "1101051949" * 5_000
    assert kinds.find_sensitive(text + "，11010519491231002X")[-1] == (len(text) + 1, len(text) + 19)


def test_a_resident_number_in_a_free_number_makes_it_sensitive() -> None:
    for slug in ("other", "work_id", "seal_code"):
        examination = kinds.examine(slug, "11010519491231002X")
        assert examination.sensitive
        assert "1949" not in examination.masked
    assert not kinds.examine("other", "20190123").sensitive
