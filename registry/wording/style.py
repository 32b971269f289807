"""House styles: how one newspaper words and marks its column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The patterns of a newspaper's wording. Braces name the parts that the composer fills in.

    Attributes:
        bullet: stands before every item of the column.
        heading: of the column.
        loss: the whole sentence; `{when}` and `{where}` are empty unless the declarant has them printed.
        clause: one owner's papers that share a number, or have none.
        number: a number behind its clause.
        correction, withdrawal: the sentence of a further record about an earlier one.
    """

    name: str
    bullet: str
    heading: str
    loss: str
    when: str
    where: str
    owner: str
    clause: str
    number: str
    title_joint: str
    number_joint: str
    clause_joint: str
    correction: str
    withdrawal: str


# After the column of the Yangquan paper of March 2024: ■因不慎将某某的工作证丢失，工作证号为…，声明作废。
YANGQUAN = HouseStyle(
    name="yangquan",
    bullet="■",
    heading="遗失声明",
    loss="因不慎{when}{where}将{clauses}，声明作废。",
    when="于{year}年{month}月{day}日",
    where="在{place}",
    owner="{owner}的",
    clause="{owner}{titles}丢失",
    number="，{label}为{number}",
    title_joint="、",
    number_joint="",
    clause_joint="；",
    correction="本报{year}年{month}月{day}日刊登的遗失声明（登记号{reference}）有误，更正为：{loss}",
    withdrawal="本报{year}年{month}月{day}日刊登的{declarant}遗失声明（登记号{reference}）现予撤销，特此声明。",
)
