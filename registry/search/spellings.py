"""Other spellings of words that were not found: what an ear, an eye or a keyboard may have put in their place.

Width, case and invisible characters are folded by the index already. Nothing is taken silently: a spelling is offered
if it finds something.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from opencc import OpenCC

from registry.search.text import terms_of
from registry.search.traditional import in_traditional

MOST: Final = 32

# Characters of names that are taken for each other, by sound or by look; most frequent first in each group.
_GROUPS: Final = """
    王黄汪 张章彰 李黎厉 刘留柳 陈程成 杨阳扬旸洋 赵兆 吴武伍邬 周邹 徐许续 孙荪 朱祝竺 胡扈 高郜 林琳霖 何贺和
    郭国 马玛 罗骆洛 梁良 宋松 郑正政 谢解 韩寒 唐汤棠 冯封 于余俞喻虞 董栋 肖萧 曹操 袁元原 邓登 付傅富 沈申
    曾增 彭朋 吕侣 苏甦 卢鲁芦 蒋江姜 蔡菜 贾甲 丁鼎 魏卫巍 薛雪 叶业 阎闫颜严 潘攀 杜渡 戴代 夏厦 钟锺仲忠 田甜
    任仁 范樊 石时 姚瑶 谭覃 廖寥 邱丘秋 秦勤琴 侯候 邵绍 孟梦 龙隆 万婉 段断 雷蕾 钱前 尹伊 易艺 常长 乔桥 赖籁
    龚巩 文闻 伟玮炜纬 芳方 娜那 敏闽 静靖婧 丽莉俪 强墙 磊蕾 军君钧均 勇永咏 艳燕彦 杰洁捷婕 娟涓 涛滔韬
    明铭鸣茗 超朝 霞侠 平萍苹 刚钢 桂贵 英瑛 华骅桦 玉钰 兰岚蓝 红宏鸿洪虹 梅美 建健 辉晖徽 鑫新欣馨心 宇雨羽语
    博波 浩皓昊 然冉 子梓紫 涵含晗 秀绣 春椿 志智治 晓小筱 云芸 婷亭 慧惠会 玲铃灵 斌彬宾 锋峰烽 成诚 凤奉 东冬
    鹏朋 凯恺楷 荣容蓉 利力立 清青卿 宁凝 佳嘉家 怡仪宜 琪祺淇 轩萱暄 俊峻骏竣 豪毫 依伊 诗思斯 若偌 曦熙希 景璟
    致志 远媛 知之芝 简俭 锦瑾 月悦岳 星兴 辰晨宸 舒书 瑜渝 沐木 颖莹 珍真臻 淑书 学雪 祥翔 福富 连莲廉 亮良
    庆青 义毅艺亿 己已巳 未末 戊戌戍 士土 日曰 籍藉 拨拔 折拆 贷货 壁璧 辩辨 帐账 版板 象像 祗祇
"""
ALIKE: Final = tuple(_GROUPS.split())


def other_spellings(words: str) -> list[str]:
    """Return other spellings of the words, likely ones first, at most MOST."""
    found = dict.fromkeys(islice(_spellings(words), MOST))
    found.pop(words, None)
    return list(found)


def shorter_words(words: str) -> list[str]:
    """Return the words with the first or the last character of a term left out, where two or more remain."""
    found: list[str] = []
    terms = terms_of(words)
    for place, term in enumerate(terms):
        if len(term) > 2:
            found += [" ".join([*terms[:place], part, *terms[place + 1 :]]) for part in (term[1:], term[:-1])]
    return found[:MOST]


def _spellings(words: str) -> Iterator[str]:
    for converted in (_simplifier().convert(words), in_traditional(words)):
        if converted != words:
            yield converted
    alike = _alike()
    for place, character in enumerate(words):
        for other in alike.get(character, ""):
            yield words[:place] + other + words[place + 1 :]


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _alike() -> dict[str, str]:
    alike: dict[str, str] = {}
    for group in ALIKE:
        for character in group:
            alike[character] = alike.get(character, "") + group.replace(character, "")
    return alike
