"""What the registry says of single numbers: the samples, one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry import clock, kinds
from registry.kinds import Examination, Grade, examine
from registry.kinds.checks import resident_check
from registry.kinds.examining import examine_under
from tests.kinds.samples import DECODED, MASKS, MEANT, REFUSED, SEEN, SPELLINGS, VALID


def under(rule: str, text: str) -> Examination:
    """The answer of one rule, not of the best of its kind."""
    return examine_under(((kinds.RULES[rule],),), text)


@pytest.mark.parametrize(("rule", "number"), [(rule, number) for rule, numbers in VALID.items() for number in numbers])
def test_valid(rule: str, number: str) -> None:
    examination = under(rule, number)
    assert examination.grade is Grade.VALID
    assert examination.reasons == ()
    assert examination.suggestions == ()
    assert examination.canonical == number
    assert examination.display.replace(" ", "").replace("–", "-") == number
    assert under(rule, examination.display).canonical == number


@pytest.mark.parametrize(
    ("rule", "number", "grade", "code"), [(rule, *row) for rule, rows in REFUSED.items() for row in rows]
)
def test_not_valid(rule: str, number: str, grade: Grade, code: str) -> None:
    examination = under(rule, number)
    assert examination.grade is grade
    assert examination.reasons[0].code == code
    assert examination.canonical == number
    for reason in examination.reasons:
        assert reason.message.zh.endswith("。")
        assert reason.message.en.endswith(".")
    for suggestion in examination.suggestions:
        assert under(rule, suggestion).grade is Grade.VALID
    assert len(examination.suggestions) <= 5


@pytest.mark.parametrize(("rule", "typed", "canonical"), SPELLINGS)
def test_spelling(rule: str, typed: str, canonical: str) -> None:
    examination = under(rule, typed)
    assert examination.canonical == canonical
    assert examination.input == typed
    assert canonical in kinds.lookup_forms(typed)


@pytest.mark.parametrize(("rule", "number", "masked"), MASKS)
def test_mask(rule: str, number: str, masked: str) -> None:
    assert under(rule, number).masked == masked


@pytest.mark.parametrize(("kind", "name", "printed"), SEEN)
def test_what_newspapers_print_is_never_impossible(kind: str, name: str, printed: str) -> None:
    field = next(field for field in kinds.get(kind).numbers if field.name == name)
    examination = kinds.examine_field(field, printed)
    assert examination.grade is not Grade.IMPOSSIBLE, examination.reasons
    assert examination.canonical


@pytest.mark.parametrize(("rule", "number", "values"), DECODED)
def test_decoded(rule: str, number: str, values: tuple[str, ...]) -> None:
    assert tuple(fact.value.en for fact in under(rule, number).decoded) == values


@pytest.mark.parametrize(("rule", "typed", "meant"), MEANT)
def test_meant(rule: str, typed: str, meant: str) -> None:
    assert meant in under(rule, typed).suggestions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u3000\u200b", "empty"),
        ("编号：", "empty"),
        ("编号", "empty"),
        ("1" * 65, "too_long"),
        ("1" * 1_000_000, "too_long"),
        ("\ufdfa" * 20, "too_long"),
        ("123\0", "characters"),
        ("12😀3", "characters"),
        ("12\ud8003", "characters"),
    ],
)
@pytest.mark.parametrize("rule", kinds.RULES)
def test_nothing_that_could_be_kept(rule: str, text: str, code: str) -> None:
    examination = under(rule, text)
    assert examination.grade is Grade.IMPOSSIBLE
    assert examination.reasons[0].code == code
    assert examination.canonical == examination.display == examination.masked == ""
    assert kinds.lookup_forms(text) == ()
    assert kinds.recognise(text) == ()


def test_an_invisible_mark_is_not_part_of_a_number() -> None:
    assert examine("resident_id_18", "\u202d110105\u200b19491231002X\u202c").grade is Grade.VALID


def test_kind_answers_with_the_rule_that_fits_best() -> None:
    assert examine("resident_id_18", "110105491231002").rule == "resident_id_15"
    assert examine("resident_id_18", "110105491231002").grade is Grade.VALID
    assert examine("resident_id_18", "11010519491231002").rule == "resident_id_18"
    assert examine("business_licence_uscc", "440301000000011").rule == "business_registration_15"
    assert examine("business_registration_15", "440301000000011").grade is Grade.VALID


def test_what_is_wrong_is_said_by_the_rule_whose_form_it_has() -> None:
    # A household may have a number of its own of any form, so that a householder's failed check is no proof.
    household = examine("household_register", "110105194912310021")
    assert (household.rule, household.grade, household.reasons[0].code) == (
        "resident_id_18",
        Grade.DOUBTFUL,
        "check_digit",
    )
    assert "11010519491231002X" in household.suggestions
    # What another number of the paper looks like is no excuse.
    for slug, number, rule in (
        ("driver_licence", "110105194912310021", "driver_licence_number"),
        ("organisation_code_certificate", "600037342", "organisation_code"),
        ("vehicle_licence", "粤AI2345", "licence_plate"),
    ):
        examination = examine(slug, number)
        assert (examination.rule, examination.grade) == (rule, Grade.IMPOSSIBLE), slug


@pytest.mark.parametrize(
    "typed",
    ["1101**********002X", "1101＊＊＊＊＊＊＊＊＊＊002X", "1101××××××××××002X", "1101xxxxxxxxxx002X", "●●●●1234"],
)
@pytest.mark.parametrize("rule", kinds.RULES)
def test_a_hidden_number_is_no_number(rule: str, typed: str) -> None:
    examination = under(rule, typed)
    assert (examination.grade, examination.reasons[0].code) == (Grade.DOUBTFUL, "masked")
    assert kinds.is_masked(examination.canonical)
    assert kinds.recognise(typed) == ()


def test_resident_id_is_decoded() -> None:
    facts = {fact.name.en: fact.value for fact in examine("resident_id_18", "11010519491231002X").decoded}
    assert facts["First registered in"] == ("北京市朝阳区", "Beijing, 朝阳区")
    assert facts["Born"] == ("1949年12月31日", "31 December 1949")
    assert facts["Sex"] == ("女", "female")
    old = {fact.name.en: fact.value.en for fact in examine("resident_id_15", "440524800101999").decoded}
    assert old["Born"] == "1 January 1880"
    assert old["Sex"] == "male"


def test_birth_certificate_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 3, 1, tzinfo=UTC))
    facts = [fact.value.en for fact in examine("birth_medical_certificate", "G140235681").decoded]
    assert facts == ["2006", "Shanxi"]
    assert [fact.value.en for fact in examine("birth_medical_certificate", "Z140235681").decoded] == ["Shanxi"]


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("91110000600037341L", ["Market regulation", "Company", "Beijing", "60003734-1"]),
        ("N2440106MF00000132", ["Agriculture and rural affairs", "Guangdong, 广州市天河区", "MF000001-3"]),
        ("51440000500000015C", ["Civil affairs", "Guangdong", "50000001-5"]),
    ],
)
def test_credit_code_is_decoded(number: str, facts: list[str]) -> None:
    assert [fact.value.en for fact in examine("business_licence_uscc", number).decoded] == facts


def test_registration_number_is_decoded() -> None:
    facts = examine("business_registration_15", "440301000000011").decoded
    assert [fact.value.en for fact in facts] == ["Guangdong, 深圳市", "Domestic company"]


def test_nobody_is_born_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    # Midnight in Beijing comes eight hours before midnight in UTC.
    monkeypatch.setattr(clock, "now", lambda: datetime(2014, 10, 4, 15, 59, tzinfo=UTC))
    assert examine("resident_id_18", "44011320141005001X").grade is Grade.IMPOSSIBLE
    assert kinds.find_sensitive("44011320141005001X") == ()
    monkeypatch.setattr(clock, "now", lambda: datetime(2014, 10, 4, 16, 0, tzinfo=UTC))
    assert examine("resident_id_18", "44011320141005001X").grade is Grade.VALID


def test_taiwan_area_and_great_age_are_doubted_not_refused() -> None:
    for body in ("71010519491231002", "11010518491231002"):
        number = body + resident_check(body)
        assert examine("resident_id_18", number).grade is Grade.DOUBTFUL, number


def test_letters_for_digits_are_suggested_never_assumed() -> None:
    examination = examine("resident_id_18", "11O1O5I949123IOO2X")
    assert examination.grade is Grade.IMPOSSIBLE
    assert examination.canonical == "11O1O5I949123IOO2X"
    assert examination.suggestions == ("11010519491231002X",)


@pytest.mark.parametrize(
    ("slug", "typed", "meant"),
    [
        ("resident_id_18", "11010519492131002X", "11010519491231002X"),
        ("resident_id_18", "11010519491231002", "11010519491231002X"),
        ("resident_id_18", "1101051949123100022", None),
        ("resident_id_18", "110105194912310020", "11010519491231002X"),
        ("business_licence_uscc", "9133010079965505SB", "91330100799655058B"),
        ("business_licence_uscc", "9111O000600037341L", "91110000600037341L"),
        ("business_licence_uscc", "91110000600037314L", "91110000600037341L"),
        ("business_licence_uscc", "911100000600037341L", "91110000600037341L"),
        ("business_licence_uscc", "9111000060003734lL", None),
        ("business_licence_uscc", "91110000600037341L（1-1）", "91110000600037341L"),
        ("business_registration_15", "110108000000061", "110108000000016"),
        ("business_registration_15", "1I0108000000016", "110108000000016"),
    ],
)
def test_did_you_mean(slug: str, typed: str, meant: str | None) -> None:
    suggestions = examine(slug, typed).suggestions
    if meant:
        assert meant in suggestions
    assert typed not in suggestions
    assert len(suggestions) == len(set(suggestions)) <= 5


def test_chooser() -> None:
    assert kinds.find("") == kinds.CATALOGUE
    assert kinds.find("我的公章丢了怎么办")[0].slug == "seal_code"
    assert kinds.find("残疾军人证不慎遗失")[0].slug == "disabled_soldier_certificate"
    assert kinds.find("外国人永久居留身份证(2023版)")[0].slug == "foreigner_permanent_residence"
    assert [kind.slug for kind in kinds.find("chop stick")] == []
    assert kinds.find("identity card")[0].slug == "resident_id_18"
    assert kinds.find("card resident")[0].slug == "resident_id_18"
    assert kinds.find("证")[-1].slug == "other"
    # Most permits of this name are not for residents from Hong Kong, Macao and Taiwan.
    assert [kind.slug for kind in kinds.find("居住证")][:2] == ["residence_permit", "hmt_residence_permit"]
    assert kinds.find("港澳台居民居住证")[0].slug == "hmt_residence_permit"
    assert kinds.find("我的暂住证丢了")[0].slug == "residence_permit"
    assert kinds.find("港澳居民來往內地通行證")[0].slug == "hk_macau_home_return_permit"
    assert kinds.find("營業執照副本")[0].slug == "business_licence_uscc"


def test_as_printed_keeps_what_folding_would_change() -> None:
    assert kinds.as_printed("编号：京〔2019〕7号。") == "京〔2019〕7号"
    assert kinds.as_printed("第 12 号") == "12"
    assert kinds.as_printed("Ｎｏ．ab 12") == "ab 12"
    assert kinds.as_printed("（编号：京〔2019〕7号）") == "京〔2019〕7号"
    assert kinds.as_printed("Passport No. E12345678") == "E12345678"
