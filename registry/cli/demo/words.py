"""What editors and declarants write to each other in the demo."""

from __future__ import annotations

from typing import Final

RETURNED: Final = (
    "证件号码与证件种类的编号规则不符，请对照证件核对后再提交。",
    "请写明证件上的全称，简称刊登后容易引起误会。",
    "请注明遗失的是正本还是副本。",
    "声明人名称与证照上的名称不符，请核对。",
)
REJECTED: Final = (
    "所述物品不属于可以声明遗失的证件或印章。",
    "同一证件的声明已经刊登，不再重复刊登。",
    "多次联系声明人未果，不予刊登。",
)
FOUND: Final = (
    "证件已经找到。",
    "在家中旧书柜里找到了，不再需要声明。",
    "拾得者已将证件送回。",
    "印章在库房盘点时找到。",
)
CONTESTED: Final = ("持有人来函称证件一直由其保管，从未遗失，正在核实。",)
# What an editor puts in the place of the first words, because a declarant asked for it.
CARELESS: Final = ("因不慎", "因保管不善")
