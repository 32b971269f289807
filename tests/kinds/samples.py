"""Numbers and what the registry must say of them, as data.

Dummies, samples printed in the standards, and codes that organisations publish themselves; no private person's number.
A new rule adds a row to VALID and to REFUSED; the contract test fails for a rule without both. Families with many
numbers have a module of their own, `samples_<family>.py` beside this one, with any of the same tables; all of them
are gathered at the end of this module, and tests import from here alone.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from pathlib import Path

from registry.kinds import Grade

VALID: dict[str, tuple[str, ...]] = {
    # The first two are printed in GB 11643-1999, the third would be 126 years old. python-stdnum's `cn.ric` refuses the
    # second, and the last four in part: its test numbers, two of them for counties that did not exist in that year.
    "resident_id_18": (
        "11010519491231002X",
        "440524188001010014",
        "510107190001010033",
        "360426199101010071",
        "44011320141005001X",
        "412723199010050012",
        "120110198012010073",
        "110111198012010078",
        "110201199312010077",
    ),
    "resident_id_15": ("110105491231002", "440524800101001", "110105000228001"),
    "birth_medical_certificate": ("X329999999", "T509999999", "O449999999", "I449999999", "G140235681"),
    "seal_code": ("4401060012345", "51010000123456"),
    "work_id": ("2036254085333", "粤执01000123", "A-12", "(2019)阳公07"),
    "other": ("阳教字第20190123号", "2019-1-12", "3047-14", "NO123456"),
    "business_licence_uscc": (
        "91110000600037341L",
        "91330100799655058B",
        "92440106MA5D00024R",
        "N2440106MF00000132",
        "51440000500000015C",
        "121200004013590816",
        "91110000710926094P",
        "91120224064012553U",
        "9115220107837757XE",
        "91310115MA1K3BTP2B",
        "9131012056010553X5",
        "914112810713741814",
        "91440300568520498A",
        "9144030071526726XG",
        "91620105L015101280",
    ),
    "business_registration_15": ("110108000000016", "440301000000011", "450981000006273"),
}

# (number, grade, code of the first reason)
REFUSED: dict[str, tuple[tuple[str, Grade, str], ...]] = {
    "resident_id_18": (
        ("110105194912310021", Grade.IMPOSSIBLE, "check_digit"),
        ("440524188001010015", Grade.IMPOSSIBLE, "check_digit"),
        ("36042619910102009X", Grade.IMPOSSIBLE, "check_digit"),
        ("11010519491331002X", Grade.IMPOSSIBLE, "birth_date"),
        ("360426199113010079", Grade.IMPOSSIBLE, "birth_date"),
        ("110105201902290012", Grade.IMPOSSIBLE, "birth_date"),
        ("110105179912310027", Grade.IMPOSSIBLE, "birth_date"),
        ("1101051949123100", Grade.IMPOSSIBLE, "length"),
        ("990426199112010074", Grade.IMPOSSIBLE, "province"),
        ("810000190108230029", Grade.IMPOSSIBLE, "province"),
        ("T60426199101010078", Grade.IMPOSSIBLE, "character"),
    ),
    "resident_id_15": (
        ("110105491331002", Grade.IMPOSSIBLE, "birth_date"),
        ("110105490230002", Grade.IMPOSSIBLE, "birth_date"),
        ("991231491231002", Grade.IMPOSSIBLE, "province"),
        ("11010549123100", Grade.IMPOSSIBLE, "length"),
        ("11010549123100X", Grade.IMPOSSIBLE, "character"),
    ),
    "birth_medical_certificate": (
        # The first edition had digits only, and the provinces are inferred: only the length is sure.
        ("1440000001", Grade.DOUBTFUL, "shape"),
        ("X990000001", Grade.DOUBTFUL, "province"),
        ("X32000001", Grade.IMPOSSIBLE, "length"),
        ("京140235681", Grade.DOUBTFUL, "shape"),
    ),
    "seal_code": (
        ("440106001234", Grade.DOUBTFUL, "shape"),
        ("9901060012345", Grade.DOUBTFUL, "shape"),
        ("44010600123456789", Grade.DOUBTFUL, "shape"),
        ("4401060012345-1", Grade.DOUBTFUL, "shape"),
        ("无编码", Grade.DOUBTFUL, "no_digit"),
    ),
    "work_id": (("1", Grade.DOUBTFUL, "shape"), ("工作证", Grade.DOUBTFUL, "no_digit")),
    "other": (("收据", Grade.DOUBTFUL, "no_digit"), ("ABC", Grade.DOUBTFUL, "no_digit")),
    "business_licence_uscc": (
        ("91110000600037341A", Grade.IMPOSSIBLE, "check_digit"),
        ("91110000600037341N", Grade.IMPOSSIBLE, "check_digit"),
        ("A1110000600037341L", Grade.IMPOSSIBLE, "check_digit"),
        ("9133010079965505SB", Grade.IMPOSSIBLE, "character"),
        ("9111000060003IOZSV", Grade.IMPOSSIBLE, "character"),
        ("91330100799655059B", Grade.IMPOSSIBLE, "check_digit"),
        ("G1330100799655058B", Grade.IMPOSSIBLE, "shape"),
        # Departments are added to the standard, and the code inside is the standard's word only.
        ("G13301007996550584", Grade.DOUBTFUL, "shape"),
        ("91110000600037342P", Grade.DOUBTFUL, "organisation_code"),
        ("12345", Grade.IMPOSSIBLE, "length"),
    ),
    "business_registration_15": (
        ("110108000000017", Grade.IMPOSSIBLE, "check_digit"),
        ("11010800000001", Grade.IMPOSSIBLE, "length"),
        ("1101081234567", Grade.DOUBTFUL, "length"),
        ("11010800000001X", Grade.IMPOSSIBLE, "character"),
    ),
}

# (rule, as typed, canonical)
SPELLINGS: tuple[tuple[str, str, str], ...] = (
    ("resident_id_18", "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
    ("resident_id_18", "110105 1949 1231 002x", "11010519491231002X"),
    ("resident_id_18", "110105-19491231-002Ⅹ", "11010519491231002X"),
    ("resident_id_18", "11010519491231002×", "11010519491231002X"),
    ("resident_id_18", "11010519491231002х", "11010519491231002X"),  # Cyrillic
    ("resident_id_18", "身份证号：11010519491231002Χ。", "11010519491231002X"),  # Greek
    ("resident_id_18", "公民身份号码 110105194912310021", "110105194912310021"),
    ("resident_id_18", "(110105.1949.1231.002X)", "11010519491231002X"),
    # An X that the check digit does not confirm stays what it was.
    ("resident_id_18", "44052418800101001×", "44052418800101001×"),
    ("resident_id_15", "【110105 491231 002】", "110105491231002"),
    ("birth_medical_certificate", "编号为g140235681", "G140235681"),
    ("birth_medical_certificate", "出生医学证明编号：Ｇ14 0235 681", "G140235681"),
    ("birth_medical_certificate", "0140235681", "0140235681"),
    ("birth_medical_certificate", "O140235681", "O140235681"),
    ("business_licence_uscc", "统一社会信用代码：91 110000 60003734-1L", "91110000600037341L"),
    ("business_licence_uscc", "９１１１００００６０００３７３４１ｌ", "91110000600037341L"),
    ("seal_code", "No.4401060012345", "4401060012345"),
    ("seal_code", "№4401060012345", "4401060012345"),
    ("seal_code", "440106-0012345", "4401060012345"),
    # The first copy under a code of 13 digits is not a code of 14.
    ("seal_code", "4401060012345－1", "4401060012345-1"),
    ("seal_code", "4401060012345(1-1)", "4401060012345(1-1)"),
    ("work_id", "工作证号：2036254085333", "2036254085333"),
    ("work_id", "粤执 01000123", "粤执01000123"),
    ("work_id", "工号牌3", "工号牌3"),
    # Brackets of all sorts, around a number that has some itself too; and what is copied from the middle of a sentence.
    ("seal_code", "《4401060012345》", "4401060012345"),
    ("seal_code", "⦅4401060012345⦆", "4401060012345"),
    ("seal_code", "（编号：4401060012345", "4401060012345"),
    ("seal_code", "4401060012345）", "4401060012345"),
    ("work_id", "（编号：(2019)阳公07）", "(2019)阳公07"),
    ("work_id", "【〔2019〕阳公07】", "(2019)阳公07"),
    # Labels that no kind has, and labels of foreigners' papers.
    ("work_id", "保安员证号：2036254085333", "2036254085333"),
    ("resident_id_18", "Passport No. 11010519491231002X", "11010519491231002X"),
    ("resident_id_18", "ID number 11010519491231002X", "11010519491231002X"),
    ("seal_code", "编号——4401060012345", "4401060012345"),
    ("seal_code", "#4401060012345", "4401060012345"),
    ("seal_code", "编号为4401060012345号", "4401060012345"),
    ("other", "编号京教字第3号", "京教字第3号"),
    ("other", "编号取水（桂平）字〔2013〕第04322号", "取水(桂平)字(2013)第04322号"),
    # As Hong Kong and Macao print it.
    ("seal_code", "登記號碼：4401060012345", "4401060012345"),
    ("seal_code", "證號4401060012345", "4401060012345"),
    ("other", "No.京教字第3号", "京教字第3号"),
    ("other", "编号牌3", "编号牌3"),
    ("other", "京教第3号：2", "京教第3号:2"),
    ("other", "12号楼", "12号楼"),
    ("other", "12号", "12"),
    ("other", "第123号", "123"),
    ("other", "第 １２３ 号", "123"),
    ("other", "京教第123号", "京教第123号"),
    ("other", "编 号 ： 123", "123"),
    ("other", "NO123456", "NO123456"),
    ("other", "No. 123456", "123456"),
    ("other", "京〔2019〕7号", "京(2019)7号"),
    ("other", "2019—1—12", "2019-1-12"),
)

# Rule, canonical number, what is shown of it.
MASKS: tuple[tuple[str, str, str], ...] = (
    ("resident_id_18", "11010519491231002X", "110**************X"),
    ("resident_id_18", "1101051949", "110******9"),
    ("resident_id_18", "1101", "***1"),
    ("resident_id_15", "110105491231002", "110***********2"),
    ("birth_medical_certificate", "G140235681", "G14*****81"),
    ("birth_medical_certificate", "G1402", "*****"),
    ("work_id", "2036254085333", "**********333"),
    ("work_id", "0123", "***3"),
    ("work_id", "12", "**"),
    ("work_id", "11010519491231002X", "*****************X"),
    ("seal_code", "4401060012345", "4401060012345"),
    ("seal_code", "11010519491231002X", "110**************X"),
    ("other", "A-11010519491231002X-01", "A-110**************X-01"),
    ("other", "2019-1-12", "2019-1-12"),
)

# Kind, name of the number, as newspapers print it (numbers that are meant to be right): never called impossible.
SEEN: tuple[tuple[str, str, str], ...] = ()

# Rule, canonical number, the values read out of it, in English.
DECODED: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

# Rule, as typed, a number that must be among the suggestions.
MEANT: tuple[tuple[str, str, str], ...] = ()


def _gather() -> None:
    tables = globals()
    for path in sorted(Path(__file__).parent.glob("samples_*.py")):
        module = importlib.import_module(f"tests.kinds.{path.stem}")
        for name in ("VALID", "REFUSED"):
            more = getattr(module, name, {})
            assert not tables[name].keys() & more.keys(), f"{path.name} repeats a rule of another module in {name}"
            tables[name] = {**tables[name], **more}
        for name in ("SPELLINGS", "MASKS", "SEEN", "DECODED", "MEANT"):
            tables[name] = (*tables[name], *getattr(module, name, ()))
    # A rule without samples fails the contract, which says what to do, and no other test.
    for name in ("VALID", "REFUSED"):
        tables[name] = defaultdict(tuple, tables[name])


_gather()
