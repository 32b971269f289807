"""Numbers of organisations' papers, money papers, invoices, licences and property."""

from __future__ import annotations

from registry.kinds import Grade

VALID: dict[str, tuple[str, ...]] = {
    "business_licence_copy_number": ("S0512020040541(1-1)", "14000002202101010001", "1-1", "05000000203975312627"),
    "organisation_code": ("600037341", "799655058", "123456788", "71169159X", "MA5D00024"),
    "organisation_code_certificate_reg": ("组代管110108-123456-1", "组代管440106-0123456"),
    "tax_registration": ("440106799655058", "110108600037341"),
    "tax_registration_person": ("44052418800101001400", "11010519491231002X01", "11010549123100200000"),
    "bank_account_permit_approval": ("J2900000000101", "L5810000000102"),
    "bank_account_permit_serial": ("2900-00000001", "5810-01234567"),
    "social_organisation_registration": ("社证字第3685号", "(浙)社证字第1234号", "52440000MJ0000018D"),
}

REFUSED: dict[str, tuple[tuple[str, Grade, str], ...]] = {
    "business_licence_copy_number": (
        ("无", Grade.DOUBTFUL, "no_digit"),
        ("ABCD12", Grade.DOUBTFUL, "shape"),
    ),
    "organisation_code": (
        ("600037342", Grade.IMPOSSIBLE, "check_digit"),
        ("60003734", Grade.IMPOSSIBLE, "length"),
        ("60003734A", Grade.IMPOSSIBLE, "character"),
        ("6000373粤1", Grade.IMPOSSIBLE, "character"),
    ),
    "organisation_code_certificate_reg": (
        ("110108-123456", Grade.DOUBTFUL, "shape"),
        ("组代管11010-123456", Grade.DOUBTFUL, "shape"),
        ("组代管990108-123456-1", Grade.DOUBTFUL, "province"),
    ),
    "tax_registration": (
        # Tax bureaus gave out codes of their own to those who had none.
        ("440106799655059", Grade.DOUBTFUL, "check_digit"),
        ("990106799655058", Grade.DOUBTFUL, "province"),
        ("4401067996550", Grade.DOUBTFUL, "shape"),
        ("税字", Grade.DOUBTFUL, "no_digit"),
    ),
    "tax_registration_person": (
        ("44052418800101001500", Grade.DOUBTFUL, "check_digit"),
        ("11010549133100200000", Grade.DOUBTFUL, "shape"),
        ("440524188001010014001", Grade.DOUBTFUL, "shape"),
    ),
    "bank_account_permit_approval": (
        ("J290000000010", Grade.DOUBTFUL, "shape"),
        ("K2900000000101", Grade.DOUBTFUL, "shape"),
        ("2900000000101", Grade.DOUBTFUL, "shape"),
    ),
    "bank_account_permit_serial": (
        ("290-00000001", Grade.DOUBTFUL, "shape"),
        ("2900-0000001", Grade.DOUBTFUL, "shape"),
    ),
    "social_organisation_registration": (
        ("社证字号", Grade.DOUBTFUL, "no_digit"),
        ("50440000MJ00000100", Grade.DOUBTFUL, "shape"),
        ("52440000MJ00000180", Grade.IMPOSSIBLE, "check_digit"),
    ),
}

SPELLINGS: tuple[tuple[str, str, str], ...] = (
    ("business_licence_copy_number", "（1-1）", "1-1"),
    ("business_licence_copy_number", "证照编号：S0512020040541（1－1）", "S0512020040541(1-1)"),
    ("organisation_code", "代码：60003734—1", "600037341"),
    ("organisation_code", "71169159-x", "71169159X"),
    ("organisation_code_certificate_reg", "登记号：组代管 110108—123456—1", "组代管110108-123456-1"),
    ("tax_registration", "粤国税字440106799655058号", "440106799655058"),
    ("tax_registration", "(粤)地税字第 440106799655058 号", "440106799655058"),
    ("tax_registration", "粵國稅字440106799655058號", "440106799655058"),
    ("tax_registration_person", "琼国税登字44052418800101001400号", "44052418800101001400"),
    ("bank_account_permit_approval", "核准号：Ｊ２９００ ００００００１０１", "J2900000000101"),
    ("bank_account_permit_serial", "290000000001", "2900-00000001"),
    ("bank_account_permit_serial", "编号 2900—00000001", "2900-00000001"),
    ("social_organisation_registration", "52440000-MJ000001-8d", "52440000MJ0000018D"),
    ("social_organisation_registration", "浙社证字 1234", "浙社证字第1234号"),
    ("social_organisation_registration", "（浙）社證字第1234號", "(浙)社证字第1234号"),
)

MASKS: tuple[tuple[str, str, str], ...] = (
    ("business_licence_copy_number", "11010519491231002X", "110**************X"),
    ("tax_registration", "440106799655058", "440106799655058"),
    # It may be somebody's first-generation number as well as an organisation's.
    ("tax_registration", "110105491231002", "110***********2"),
    ("tax_registration_person", "44052418800101001400", "440****************0"),
    ("tax_registration_person", "11010549123100200000", "110****************0"),
)

SEEN: tuple[tuple[str, str, str], ...] = (
    ("business_licence_uscc", "number", "16707672—1"),
    ("business_licence_uscc", "number", "企独沪总字第012345号"),
    ("business_licence_uscc", "number", "9235 0581 MAT6 201B 2P"),
    ("business_licence_uscc", "number", "92150105mat638521f"),
    ("business_licence_uscc", "number", "130182602196753"),
    ("business_licence_uscc", "copy_number", "05000000203975312627"),
    ("business_licence_uscc", "copy_number", "320105000201601214932"),
    ("organisation_code_certificate", "number", "71169159-X"),
    ("organisation_code_certificate", "number", "58182077-8"),
    ("organisation_code_certificate", "number", "50521558-4"),
    ("organisation_code_certificate", "registration", "组代管441900-429476-1"),
    ("organisation_code_certificate", "registration", "组代管142701-033205"),
    ("tax_registration", "number", "琼国税登字46902219750813983300号"),
    ("tax_registration", "number", "46002719730618980100"),
    ("tax_registration", "number", "陕税联字610423761784700号"),
    ("tax_registration", "number", "140311590579795"),
    ("tax_registration", "number", "653101380904958"),
    ("bank_account_permit", "approval", "J6510046086701"),
    ("bank_account_permit", "approval", "J5210026880302"),
    ("bank_account_permit", "serial", "5210-07365137"),
    ("social_organisation_registration", "number", "52469026MAQ3539BXH"),
    ("social_organisation_registration", "number", "京朝民证字第0020728号"),
    ("social_organisation_registration", "number", "东民证字第052904号"),
)

DECODED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("business_licence_copy_number", "S0512020040541(2-1)", ("2-1",)),
    ("organisation_code_certificate_reg", "组代管440106-0123456", ("Guangdong",)),
    ("tax_registration", "440106799655058", ("Guangdong", "79965505-8")),
    ("tax_registration_person", "11010519491231002X01", ("Beijing", "31 December 1949", "female")),
    ("tax_registration_person", "44052480010100100000", ("Guangdong", "1 January 1980", "male")),
    ("bank_account_permit_approval", "L5810000000102", ("Temporary account", "02")),
    ("social_organisation_registration", "52440000MJ0000018D", ("Private non-profit unit", "Guangdong", "MJ000001-8")),
    ("social_organisation_registration", "(浙)社证字第1234号", ("Association",)),
)

MEANT: tuple[tuple[str, str, str], ...] = (
    ("organisation_code", "60003743-1", "600037341"),
    ("organisation_code", "6OOO37341", "600037341"),
    ("organisation_code_certificate_reg", "110108-123456-1", "组代管110108-123456-1"),
    ("tax_registration", "440106799650558", "440106799655058"),
    ("social_organisation_registration", "52440000MJ0000081D", "52440000MJ0000018D"),
)
