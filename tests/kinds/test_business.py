"""Papers with several numbers, and numbers that are public unless somebody's identity number hides in them."""

from __future__ import annotations

import pytest

from registry import kinds
from registry.kinds import Grade, examine


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("business_licence_uscc", ["number", "copy_number"]),
        ("organisation_code_certificate", ["number", "registration"]),
        ("bank_account_permit", ["approval", "serial"]),
        ("vat_invoice", ["code", "number"]),
        ("real_estate_certificate", ["number", "print_number"]),
    ],
)
def test_one_paper_with_two_numbers_is_one_kind(kind: str, fields: list[str]) -> None:
    assert [field.name for field in kinds.get(kind).numbers] == fields
    for field in kinds.get(kind).numbers:
        examination = examine(kind, field.example)
        assert examination.rule in [rule.slug for rule in field.rules]
        assert examination.grade is Grade.VALID


def test_the_free_number_of_a_blank_does_not_excuse_a_mistyped_code() -> None:
    assert examine("business_licence_uscc", "911100006000373412").grade is Grade.IMPOSSIBLE
    assert examine("business_licence_uscc", "110108000000017").grade is Grade.IMPOSSIBLE
    assert examine("business_licence_uscc", "320105000201601214932").rule == "business_licence_copy_number"


def test_an_account_is_what_no_card_can_be() -> None:
    assert examine("bank_card", "13175906661025775").rule == "bank_account"
    assert examine("bank_card", "6217999999999999990").grade is Grade.IMPOSSIBLE
    assert examine("bank_card", "6217-9999-9999-9999-990").grade is Grade.IMPOSSIBLE
    assert examine("bank_card", "4000023409200123455").grade is not Grade.IMPOSSIBLE


def test_an_organisations_tax_number_is_public_and_a_traders_is_not() -> None:
    public = examine("tax_registration", "粤国税字440106799655058号")
    assert (public.rule, public.sensitive, public.masked) == ("tax_registration", False, "440106799655058")
    for number in ("44052418800101001400", "440524188001010014", "11010549123100200000", "110105491231002"):
        hidden = examine("tax_registration", f"粤地税字{number}号")
        assert hidden.sensitive
        assert set(hidden.masked[3:-1]) == {"*"}
    assert kinds.get("tax_registration").sensitive


def test_a_bare_range_is_guessed_to_be_a_range_only() -> None:
    assert [found.rule for found in kinds.recognise("12345678-12345700")] == ["invoice_number_8", "cheque_number"]
    assert [found.rule for found in kinds.recognise("1020442112345678-1020442112345690")] == ["cheque_number"]
    assert "cheque_number" in [found.rule for found in kinds.recognise("10204421-12345678")]


def test_free_and_short_numbers_are_not_guessed() -> None:
    for number in ("11012345678", "COSU6123456780", "PDAA201944010000012345", "NO0012345", "2019-SJ-0012", "1-1"):
        assert kinds.recognise(number) == (), number
    found = {examination.rule for examination in kinds.recognise("440106001013")}
    assert not found & {"medical_institution_licence", "bank_account_permit_serial", "invoice_code_12"}


def test_words_are_found_in_either_spelling() -> None:
    written = "晋(2019)阳泉市不动产权第0001234号"
    for typed in ("晋〔2019〕阳泉市不动产权0001234", "晋（2019）阳泉市不動產權第0001234號", written):
        assert kinds.lookup_forms(typed)[0] == written
