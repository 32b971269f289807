"""Papers of soldiers, police officers and veterans.

Next to nothing is published about their numbers, so nothing is impossible here; all of them are sensitive.
"""

from __future__ import annotations

import re
from typing import Final

from registry.kinds.model import DocumentKind, Fact, Family, NumberField, NumberRule, Reason, Repair
from registry.kinds.resident import birth_facts
from registry.kinds.shaping import fours, groups, keep, words_only
from registry.text import Text

_SOLDIER_FORM: Final = re.compile(r"[\u4e00-\u9fff]{1,4}字第[0-9A-Z]{4,8}号")
_SOLDIER_LOOSE: Final = re.compile(r"([\u4e00-\u9fff]{1,4}?字)第?([0-9A-Z]{4,8})号?")


def _with_words(number: str) -> str:
    """The number with 第 and 号, which tell nothing, where they were left out."""
    parts = _SOLDIER_LOOSE.fullmatch(number)
    return f"{parts[1]}第{parts[2]}号" if parts else number


SOLDIER_NUMBER: Final = NumberRule(
    slug="military_officer_id",
    title=Text("军人证件号码", "Military ID number"),
    form="text",
    pattern=_SOLDIER_FORM,
    shape=Reason(
        "shape",
        Text(
            "军人证件号码一般是“某字第某号”，其中 4 至 8 位数字或字母，例如 军字第1234567号；"
            "2016 年以后的新证可能不同，如证件确实如此，可以照填。",
            "A military ID number is usually 字第 with a word before and four to eight digits or letters behind, such "
            "as 军字第1234567; cards since 2016 may differ. If the document really shows this, keep it.",
        ),
    ),
    mask=words_only,
    sensitive=True,
    repair=Repair(_with_words, plain=False),
    evidence=5,
    # Hundreds of other papers are numbered with 字第, but hardly with these words before it.
    guess=re.compile(r"(?:[军士兵政文武警空海炮]|士官|武警|文职)字第\d{6,8}号", re.ASCII),
    source="two published validators; no official rule",
)

SOLDIER_CARD: Final = DocumentKind(
    slug="military_officer_id",
    family="service",
    title=Text("军官证", "Military officer ID"),
    titles=(
        Text("军官证", "Military officer ID"),
        Text("文职干部证", "Civilian cadre ID"),
        Text("士兵证", "Soldier ID"),
        Text("士官证", "Non-commissioned officer ID"),
        Text("义务兵证", "Conscript ID"),
        Text("军人证", "Serviceman ID"),
        Text("文职人员证", "Civilian staff ID"),
        Text("武警警官证", "Armed police officer ID"),
    ),
    aliases=("警官证（武警）", "武警证", "军人身份证件", "军官身份证"),
    issuer=Text("军队或武警部队发证机关", "Authority of the army or the armed police"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "军官证号", "士兵证号", "证件号码", "证号"),
            where=Text(
                "内页“编号”之后，一般为“某字第某号”；记不清的可以向原单位查询。",
                "Inside after 编号, usually 字第 and digits; the unit can look it up.",
            ),
            example="军字第1234567号",
            rules=(SOLDIER_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="two published validators; no official rule",
)


def _all_hidden(number: str) -> str:
    return "*" * len(number)


POLICE_NUMBER: Final = NumberRule(
    slug="police_id",
    title=Text("警号", "Police number"),
    pattern=re.compile(r"\d{6}", re.ASCII),
    shape=Reason(
        "shape",
        Text(
            "警号一般是 6 位数字；辅警证件由各地编号，如证件确实如此，可以照填。",
            "A police number is usually six digits; auxiliary officers have local ones. "
            "If the document really shows this, keep it.",
        ),
    ),
    lengths=(6,),
    mask=_all_hidden,
    sensitive=True,
    source="common practice; no standard found",
)

POLICE_CARD: Final = DocumentKind(
    slug="police_id",
    family="service",
    title=Text("人民警察证", "People's police ID"),
    titles=(
        Text("人民警察证", "People's police ID"),
        Text("警官证", "Police officer ID"),
        Text("警察证", "Police ID"),
        Text("辅警工作证", "Auxiliary police work ID"),
    ),
    aliases=("警号", "警号牌", "辅警证", "公安工作证"),
    issuer=Text("公安机关", "Public security authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("警号", "编号", "证号"),
            where=Text(
                "证件内卡“警号”之后，一般为 6 位数字。",
                "On the inner card after 警号, usually six digits.",
            ),
            example="012345",
            rules=(POLICE_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="common practice; no standard found",
)

VETERAN_NUMBER: Final = NumberRule(
    slug="veteran_certificate",
    title=Text("退役军人证件编号", "Veteran's certificate number"),
    form="text",
    pattern=re.compile(r"(?=.*[0-9])[0-9A-Z\u4e00-\u9fff()\-]{4,30}"),
    shape=Reason(
        "shape",
        Text(
            "编号一般由 4 至 30 位汉字、数字或字母组成，其中有数字；如证件确实如此，可以照填。",
            "The number is usually 4 to 30 Chinese characters, digits or letters, with a digit among them. "
            "If the document really shows this, keep it.",
        ),
    ),
    mask=keep(0, 3),
    group=fours,
    sensitive=True,
    free=True,
    source="free form",
)

VETERAN_CERTIFICATE: Final = DocumentKind(
    slug="veteran_certificate",
    family="service",
    title=Text("退役军人证件", "Veteran's certificate"),
    titles=(
        Text("退伍证", "Discharge certificate"),
        Text("退伍军人证", "Discharged soldier's certificate"),
        Text("退役证", "Certificate of retirement from service"),
        Text("义务兵退出现役证", "Conscript's certificate of discharge"),
        Text("士官退出现役证", "Non-commissioned officer's certificate of discharge"),
        Text("转业军人证明书", "Certificate of transfer to civilian work"),
        Text("转业证", "Transfer certificate"),
        Text("退役军人优待证", "Veteran's preferential treatment card"),
    ),
    aliases=("优待证", "复员证", "复员军人证", "军官转业证", "退役军人证"),
    issuer=Text("部队或退役军人事务部门", "The unit or the veterans affairs authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "证号", "证书编号"),
            where=Text(
                "内页“编号”或“字第…号”处；没有编号的不填。",
                "Inside after 编号 or as 字第 and digits. Leave it empty if there is none.",
            ),
            example="退字第20091234号",
            rules=(VETERAN_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="free form",
)

_YEAR: Final = Text("发证年份", "Issued in")
_UNIT: Final = Text("单位代码", "Code of the unit")
_CAUSE: Final = Text("致残性质", "Cause of the disability")
_CAUSES: Final = {
    "1": Text("因战", "War"),
    "2": Text("因公", "Duty"),
    "3": Text("因病", "Illness"),
}
_GRADE: Final = Text("伤残等级", "Grade of the disability")
_NUMERALS: Final = "一二三四五六七八九十"
_DISABLED_FORM: Final = re.compile(
    r"(?:19|20)\d{2}\d{4}[123](?:0[1-9]|10)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[12]\d{4}"
    r"|[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]?军[A-Z]\d{6}",
    re.ASCII,
)
# Nobody is a soldier, let alone a disabled one, before this age.
_YOUNGEST: Final = 16


def _decode_disabled(number: str) -> tuple[Fact, ...]:
    if len(number) != 22:
        return ()
    grade = int(number[9:11])
    year = int(number[:4])
    century = "20" if 2000 + int(number[11:13]) + _YOUNGEST <= year else "19"
    return (
        Fact(_YEAR, Text(number[:4], number[:4])),
        Fact(_UNIT, Text(number[4:8], number[4:8])),
        Fact(_CAUSE, _CAUSES[number[8]]),
        Fact(_GRADE, Text(f"{_NUMERALS[grade - 1]}级", str(grade))),
        *birth_facts(century + number[11:17], number[17]),
    )


def _mask_disabled(number: str) -> str:
    # Birth date, sex and the grade of the disability stand in the clear behind the year.
    return keep(4, 0)(number) if number.isascii() else words_only(number)


DISABLED_SOLDIER_NUMBER: Final = NumberRule(
    slug="disabled_soldier_certificate",
    title=Text("残疾军人证编号", "Disabled serviceman's certificate number"),
    pattern=_DISABLED_FORM,
    shape=Reason(
        "shape",
        Text(
            "残疾军人证编号一般是 22 位数字，或“军”字、一个字母加 6 位数字，例如 湘军J012345；"
            "如证件确实如此，可以照填。",
            "The number usually has 22 digits, or a letter and six digits behind Chinese characters, such as "
            "湘军J012345. If the document really shows this, keep it.",
        ),
    ),
    lengths=(22, 9, 8),
    decode=_decode_disabled,
    mask=_mask_disabled,
    group=groups(4, 4, 1, 2, 6, 1, 4),
    sensitive=True,
    evidence=20,
    source="a document of one service for 22 digits; the form with a letter: from memory",
)

DISABLED_SOLDIER_CERTIFICATE: Final = DocumentKind(
    slug="disabled_soldier_certificate",
    family="service",
    title=Text("残疾军人证", "Disabled serviceman's certificate"),
    titles=(
        Text("残疾军人证", "Disabled serviceman's certificate"),
        Text("中华人民共和国残疾军人证", "Disabled serviceman's certificate of the People's Republic of China"),
        Text("伤残军人证", "Wounded serviceman's certificate"),
        Text("革命伤残军人证", "Revolutionary wounded serviceman's certificate"),
    ),
    aliases=("军人残疾证", "革命残废军人证", "荣军证"),
    issuer=Text("军队或退役军人事务部门", "The army or the veterans affairs authority"),
    numbers=(
        NumberField(
            name="number",
            labels=("编号", "证号", "证件编号"),
            where=Text(
                "内页“编号”之后，22 位数字，或“军”字加一个字母和 6 位数字。",
                "Inside after 编号: 22 digits, or a letter and six digits behind Chinese characters.",
            ),
            example="2007201520770100110001",
            rules=(DISABLED_SOLDIER_NUMBER,),
            required=False,
        ),
    ),
    measure="本",
    source="Ministry of Veterans Affairs; the number: a document of one service",
)

FAMILY: Final = Family(
    "service",
    Text("军警与退役证件", "Military, police and veterans' papers"),
    (SOLDIER_CARD, POLICE_CARD, VETERAN_CERTIFICATE, DISABLED_SOLDIER_CERTIFICATE),
)
