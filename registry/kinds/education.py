"""Papers of schools, students and teachers.

Diplomas have a number of 18 digits (17 until 2001) since the ministry registers them; degrees one of 16, with letters
up to 19. Diplomas of middle and vocational schools, and everything older, are free: a rule of their own takes what is
shorter, and nothing of theirs is impossible.

A diploma number has a year where a resident ID has the birth year and 01 to 06 where that has the month: one plausible
number in eight looks like an ID and one in eighty passes its check as well. It is not looked through for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.kinds.areas import PROVINCE, province_fact
from registry.kinds.model import DocumentKind, Fact, Family, Finding, NumberField, NumberRule, Reason
from registry.kinds.reasons import impossible, wrong_length
from registry.kinds.shaping import fours, groups, keep
from registry.text import Text

_YEAR: Final = r"(?:19|20)\d{2}"
_ISSUED: Final = Text("年份", "Year")
_SCHOOL: Final = Text("学校代码", "Institution code")


def _year(year: str) -> Fact:
    return Fact(_ISSUED, Text(year, year))


STUDENT_NUMBER: Final = NumberRule(
    slug="student_card",
    title=Text("学生证号", "Student card number"),
    # Every school has its own form, so a hyphen may mean something.
    form="hyphen",
    pattern=re.compile(r"(?=.*[0-9])[0-9A-Z][0-9A-Z\-]{2,18}[0-9A-Z]", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "学号一般是 4 至 20 位数字或字母；如学生证上确实如此，可以照填。",
            "A student number is usually 4 to 20 digits or letters. If the card really shows this, keep it.",
        ),
    ),
    mask=keep(0, 3),
    group=fours,
    sensitive=False,
    free=True,
    source="free form, each school's own",
)

_STUDY: Final = {
    "1": Text("普通高等教育", "Regular higher education"),
    "5": Text("成人高等教育", "Adult higher education"),
    "6": Text("自学考试", "Self-study examination"),
    "7": Text("网络教育", "Online education"),
}
_LEVELS: Final = {
    "01": Text("博士", "Doctor"),
    "02": Text("硕士", "Master"),
    "04": Text("第二学士学位", "Second bachelor"),
    "05": Text("本科", "Undergraduate"),
    "06": Text("专科", "College"),
}
_DIPLOMA: Final = rf"[15-9]\d{{4}}[1567]{_YEAR}0[1-6]"
_REGISTERED: Final = re.compile(rf"{_DIPLOMA}\d{{6}}|1\d{{4}}[1567]{_YEAR}0[1-6]\d{{5}}", re.ASCII)


def _decode_diploma(number: str) -> tuple[Fact, ...]:
    if not _REGISTERED.fullmatch(number):
        return ()
    level = _LEVELS.get(number[10:12])
    return (
        Fact(_SCHOOL, Text(number[:5], number[:5])),
        Fact(Text("办学类型", "Kind of study"), _STUDY[number[5]]),
        _year(number[6:10]),
        *((Fact(Text("层次", "Level"), level),) if level else ()),
    )


DIPLOMA_NUMBER: Final = NumberRule(
    slug="graduation_certificate",
    title=Text("毕业证书编号", "Graduation certificate number"),
    # The last are those of self-study examinations, whose check digit nobody has described.
    pattern=re.compile(rf"{_REGISTERED.pattern}|6\d{{15,16}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "高等学校的证书编号一般为 18 位数字（旧证 17 位）；中学、中专等学校的编号没有统一格式，"
            "如证书上确实如此，可以照填。",
            "Numbers of universities and colleges are usually 18 digits (17 on old certificates); those of schools "
            "have no common form. If the certificate really shows this, keep it.",
        ),
    ),
    lengths=(16, 17, 18),
    decode=_decode_diploma,
    mask=keep(5, 2),
    group=lambda number: groups(5, 1, 4, 2, 6)(number) if len(number) == 18 else fours(number),
    sensitive=False,
    evidence=22,
    guess=_REGISTERED,
    source="Ministry of Education, electronic registration of diplomas; four agreeing descriptions",
)

SCHOOL_DIPLOMA_NUMBER: Final = NumberRule(
    slug="school_diploma",
    title=Text("中学、中专毕业证书编号", "School diploma number"),
    form="text",
    pattern=re.compile(r"(?=.*[0-9])(?:[0-9A-Z\-]{5,15}|(?=.*[\u4e00-\u9fff])[0-9A-Z()\-\u4e00-\u9fff]{4,30})"),
    shape=Reason(
        "shape",
        Text(
            "中学、中专等学校的证书编号一般是 5 至 15 位数字或字母，或带“字第…号”的文字；如证书上确实如此，可以照填。",
            "Numbers of school diplomas are usually 5 to 15 digits or letters, or words and digits. "
            "If the certificate really shows this, keep it.",
        ),
    ),
    mask=keep(3, 2),
    group=fours,
    sensitive=False,
    free=True,
    source="free form, each province's and school's own",
)

_DEGREES: Final = {"2": Text("博士", "Doctor"), "3": Text("硕士", "Master"), "4": Text("学士", "Bachelor")}
_DEGREE: Final = re.compile(rf"((?:[CZ][A-Z]?)?)(\d{{5}})([2-4])({_YEAR})(Z?)\d{{6}}", re.ASCII)


def _decode_degree(number: str) -> tuple[Fact, ...]:
    match = _DEGREE.fullmatch(number)
    if not match:
        return ()
    prefix, school, degree, year, _ = match.groups()
    adult = (Fact(Text("类别", "Category"), Text("成人高等教育", "Adult higher education")),)
    return (
        *(adult if prefix.startswith("C") else ()),
        Fact(_SCHOOL, Text(school, school)),
        Fact(Text("学位", "Degree"), _DEGREES[degree]),
        _year(year),
    )


DEGREE_NUMBER: Final = NumberRule(
    slug="degree_certificate",
    title=Text("学位证书编号", "Degree certificate number"),
    pattern=_DEGREE,
    shape=Reason(
        "shape",
        Text(
            "学位证书编号一般为 16 位数字（可带字母）：5 位学校代码、1 位学位级别（2—4）、4 位年份、6 位顺序号；"
            "2000 年以前的格式不一，如证书上确实如此，可以照填。",
            "A degree number is usually 16 digits, perhaps with letters: five of the institution, one of the degree "
            "(2 to 4), the year and six of the series. Before 2000 forms differ; if it really shows this, keep it.",
        ),
    ),
    lengths=(16, 17, 18, 19),
    decode=_decode_degree,
    mask=keep(5, 2),
    group=lambda number: groups(5, 1, 4, 6)(number) if len(number) == 16 else number,
    sensitive=False,
    evidence=14,
    source="Office of the Academic Degrees Committee; three agreeing descriptions",
)

_SINCE_2001: Final = re.compile(r"20\d{13,17}", re.ASCII)
_TEACHER_17: Final = re.compile(rf"{_YEAR}{PROVINCE}\d{{3}}[1-7][0-2]\d{{6}}", re.ASCII)
_TEACHERS: Final = Text("教师资格证书号码", "A teacher's certificate number")
_SCHOOLS: Final = {
    "1": Text("幼儿园", "Kindergarten"),
    "2": Text("小学", "Primary school"),
    "3": Text("初级中学", "Junior middle school"),
    "4": Text("高级中学", "Senior middle school"),
    "5": Text("中等职业学校", "Vocational school"),
    "6": Text("中等职业学校实习指导", "Vocational practice"),
    "7": Text("高等学校", "Higher education"),
}
_SEXES: Final = {"1": Text("男", "male"), "2": Text("女", "female")}


def _explain_teacher(number: str) -> Iterable[Finding]:
    if _SINCE_2001.fullmatch(number) and len(number) != 17:
        return (impossible(wrong_length(_TEACHERS, Text("17", "17"), len(number))),)
    return ()


def _decode_teacher(number: str) -> tuple[Fact, ...]:
    if not _TEACHER_17.fullmatch(number):
        # 15 digits: the year has two, and of the rest only the province is sure.
        return province_fact(number[2:4])
    facts = [_year(number[:4]), *province_fact(number[4:6])]
    facts.append(Fact(Text("资格种类", "Qualified for"), _SCHOOLS[number[9]]))
    # Until 2008 one source has 0 for women where two others have it for men.
    if number[:4] >= "2009" and (sex := _SEXES.get(number[10])):
        facts.append(Fact(Text("性别", "Sex"), sex))
    return tuple(facts)


TEACHER_NUMBER: Final = NumberRule(
    slug="teacher_qualification",
    title=Text("教师资格证书号码", "Teacher's certificate number"),
    pattern=re.compile(rf"{_TEACHER_17.pattern}|\d{{2}}{PROVINCE}\d{{4}}[1-7][01]\d{{5}}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "教师资格证书号码一般为 17 位数字：4 位年份、2 位省份、3 位机构、资格种类、性别和 6 位顺序号；"
            "如证书上确实如此，可以照填。",
            "A teacher's certificate number is usually 17 digits: the year, two of the province, three of the office, "
            "the qualification, the sex and six of the series. If it really shows this, keep it.",
        ),
    ),
    lengths=(15, 17),
    explain=_explain_teacher,
    decode=_decode_teacher,
    mask=lambda number: keep(4 if len(number) == 17 else 2, 2)(number),
    group=lambda number: groups(4, 2, 3, 2, 6)(number) if len(number) == 17 else fours(number),
    sensitive=True,
    evidence=16,
    guess=_TEACHER_17,
    source="Ministry of Education; six agreeing descriptions of the 17 digits, one of the 15 before them",
)

STUDENT_CARD: Final = DocumentKind(
    slug="student_card",
    family="education",
    title=Text("学生证", "Student card"),
    titles=(
        Text("学生证", "Student card"),
        Text("研究生证", "Postgraduate card"),
        Text("学生优惠卡", "Student railway discount card"),
        Text("校园卡", "Campus card"),
    ),
    aliases=("学生卡", "一卡通", "火车优惠卡"),
    issuer=Text("学校", "School"),
    numbers=(
        NumberField(
            name="number",
            labels=("学号", "编号", "学生证号", "证号"),
            where=Text(
                "学生证内页“学号”或“编号”之后；没有号码的不填。",
                "Inside after 学号 or 编号. Leave it empty if the card has none.",
            ),
            example="201930123456",
            rules=(STUDENT_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="free form",
)

GRADUATION_CERTIFICATE: Final = DocumentKind(
    slug="graduation_certificate",
    family="education",
    title=Text("毕业证书", "Graduation certificate"),
    titles=(
        Text("毕业证书", "Graduation certificate"),
        Text("毕业证", "Diploma"),
        Text("结业证书", "Certificate of completion"),
        Text("肄业证书", "Certificate of incomplete studies"),
        Text("学历证书", "Certificate of education"),
        Text("普通高中毕业证书", "Senior middle school diploma"),
        Text("初中毕业证书", "Junior middle school diploma"),
        Text("中等专业学校毕业证书", "Secondary technical school diploma"),
    ),
    aliases=("毕业证件", "结业证", "肄业证", "学历证", "文凭", "中专毕业证", "高中毕业证", "大学毕业证"),
    issuer=Text("学校", "School or university"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "编号", "证号", "毕业证书编号", "毕业证号", "证书号"),
            where=Text(
                "证书下方“证书编号”之后，高校的一般为 18 位；学信网上可以查到。",
                "At the foot of the certificate after 证书编号, usually 18 digits; "
                "the ministry's site chsi.com.cn shows it too.",
            ),
            example="102231201605000001",
            rules=(DIPLOMA_NUMBER, SCHOOL_DIPLOMA_NUMBER),
            required=False,
        ),
    ),
    measure="本",
    source="Ministry of Education",
)

DEGREE_CERTIFICATE: Final = DocumentKind(
    slug="degree_certificate",
    family="education",
    title=Text("学位证书", "Degree certificate"),
    titles=(
        Text("学位证书", "Degree certificate"),
        Text("学士学位证书", "Bachelor's degree certificate"),
        Text("硕士学位证书", "Master's degree certificate"),
        Text("博士学位证书", "Doctor's degree certificate"),
    ),
    aliases=("学位证", "学士学位证", "硕士学位证", "博士学位证"),
    issuer=Text("学位授予单位", "Degree-granting institution"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书编号", "编号", "学位证书编号", "证号", "学位证号"),
            where=Text(
                "证书下方“证书编号”之后，一般为 16 位。",
                "At the foot of the certificate after 证书编号, usually 16 digits.",
            ),
            example="1022332016000001",
            rules=(DEGREE_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="Office of the Academic Degrees Committee of the State Council",
)

TEACHER_CERTIFICATE: Final = DocumentKind(
    slug="teacher_qualification",
    family="education",
    title=Text("教师资格证书", "Teacher's certificate"),
    titles=(Text("教师资格证书", "Teacher qualification certificate"), Text("教师资格证", "Teacher's certificate")),
    aliases=("教师证", "教资", "教师资格"),
    issuer=Text("教育行政部门", "Education bureau"),
    numbers=(
        NumberField(
            name="number",
            labels=("证书号码", "证书编号", "编号", "证书号", "证号"),
            where=Text(
                "证书内页“证书号码”之后的 17 位数字；中国教师资格网上可以查到。",
                "Inside after 证书号码, 17 digits; the site jszg.edu.cn shows it too.",
            ),
            example="20194400031000001",
            rules=(TEACHER_NUMBER,),
        ),
    ),
    measure="本",
    source="Ministry of Education",
)

FAMILY: Final = Family(
    "education",
    Text("学历与教师证书", "Education"),
    (STUDENT_CARD, GRADUATION_CERTIFICATE, DEGREE_CERTIFICATE, TEACHER_CERTIFICATE),
)
