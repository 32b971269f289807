"""Other spellings that are tried where words are not found."""

from __future__ import annotations

from opencc import OpenCC

from registry.search.spellings import ALIKE, MOST, other_spellings, shorter_words
from registry.search.traditional import in_traditional


def test_traditional_and_simplified_come_first():
    assert other_spellings("營業執照")[0] == "营业执照"
    assert other_spellings("遗失声明")[0] == "遺失聲明"


def test_each_character_is_changed_as_opencc_changes_it_alone():
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    assert in_traditional("\n".join(characters)) == OpenCC("s2t").convert("\n".join(characters))


def test_one_character_at_a_time_is_taken_for_one_that_sounds_or_looks_alike():
    spellings = other_spellings("扬阔远")
    assert "杨阔远" in spellings
    assert "阳阔远" in spellings
    assert all(len(spelling) == 3 for spelling in spellings)


def test_there_are_not_too_many_and_never_the_words_themselves():
    words = "".join(group[0] for group in ALIKE)[:100]
    spellings = other_spellings(words)
    assert len(spellings) == len(set(spellings)) <= MOST
    assert words not in spellings
    assert other_spellings("abc") == other_spellings("") == []


def test_alike_characters_stand_in_groups_without_repetition():
    for group in ALIKE:
        assert len(set(group)) == len(group) > 1, group


def test_shorter_words_leave_out_an_end_of_one_term():
    assert shorter_words("杨阔远 公章") == ["阔远 公章", "杨阔 公章"]
    assert shorter_words("公章") == []
