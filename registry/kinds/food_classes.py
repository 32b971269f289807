"""Classes of food by the digits that stand for them in a production licence (食品生产许可分类目录)."""

from __future__ import annotations

from typing import Final

from registry.text import Text

FOODS: Final[dict[str, Text]] = {
    "01": Text("粮食加工品", "Grain products"),
    "02": Text("食用油、油脂及其制品", "Edible oils and fats"),
    "03": Text("调味品", "Condiments"),
    "04": Text("肉制品", "Meat products"),
    "05": Text("乳制品", "Dairy products"),
    "06": Text("饮料", "Beverages"),
    "07": Text("方便食品", "Instant food"),
    "08": Text("饼干", "Biscuits"),
    "09": Text("罐头", "Canned food"),
    "10": Text("冷冻饮品", "Frozen drinks"),
    "11": Text("速冻食品", "Quick-frozen food"),
    "12": Text("薯类和膨化食品", "Potato and puffed food"),
    "13": Text("糖果制品", "Confectionery"),
    "14": Text("茶叶及相关制品", "Tea"),
    "15": Text("酒类", "Alcoholic drinks"),
    "16": Text("蔬菜制品", "Vegetable products"),
    "17": Text("水果制品", "Fruit products"),
    "18": Text("炒货食品及坚果制品", "Roasted seeds and nuts"),
    "19": Text("蛋制品", "Egg products"),
    "20": Text("可可及焙烤咖啡产品", "Cocoa and coffee"),
    "21": Text("食糖", "Sugar"),
    "22": Text("水产制品", "Aquatic products"),
    "23": Text("淀粉及淀粉制品", "Starch"),
    "24": Text("糕点", "Pastry"),
    "25": Text("豆制品", "Soya products"),
    "26": Text("蜂产品", "Bee products"),
    "27": Text("保健食品", "Health food"),
    "28": Text("特殊医学用途配方食品", "Food for medical purposes"),
    "29": Text("婴幼儿配方食品", "Infant formula"),
    "30": Text("特殊膳食食品", "Food for special diets"),
    "31": Text("其他食品", "Other food"),
}
ADDITIVES: Final[dict[str, Text]] = {
    "01": Text("食品添加剂", "Food additives"),
    "02": Text("食品用香精", "Food flavourings"),
    "03": Text("复配食品添加剂", "Compound food additives"),
}
