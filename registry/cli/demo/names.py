"""Names that sound like people, firms and places and are made up; the city of Lanchuan is on no map."""

from __future__ import annotations

from random import Random
from typing import Final

CITY: Final = "澜川市"
_DISTRICTS: Final = ("望塘区", "东澜区", "松渡区", "清湾县", "古岭县")
_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_DOUBLE_SURNAMES: Final = ("欧阳", "上官", "司徒", "诸葛", "慕容", "令狐")
# First and second characters of given names that go together: a father's, a mother's, a child's of today.
_GIVEN: Final = (
    ("建国志文明永德卫东新世振光天宇浩俊立家宏", "军强平伟涛波辉刚超磊峰鹏飞鑫斌林成康远宁"),
    ("春秀丽玉晓思雨欣佳雪慧雅淑美海红", "英芳敏静洁娟艳霞玲桂兰凤梅琳萍婷燕"),
    ("若书景嘉云清可知亦怀南以子", "舟然禾川岚予安宁溪言初遥"),
)

_STYLES: Final = (
    "鑫源", "恒瑞", "华茂", "盛达", "宏图", "瑞丰", "同心", "远帆", "金穗", "晨曦", "聚成", "万和", "博雅", "启明",
    "云帆", "润泽", "天工", "百川", "嘉禾", "星河", "森木", "中和", "泰安", "银杏", "青藤", "北辰", "南风", "长青",
)  # fmt: skip
_TRADES: Final = (
    "商贸有限公司", "建筑劳务有限公司", "餐饮管理有限公司", "物流有限公司", "电子科技有限公司", "农业开发有限公司",
    "文化传媒有限公司", "装饰工程有限公司", "医疗器械有限公司", "机械制造有限公司", "物业服务有限公司",
    "汽车维修有限公司", "教育咨询有限公司", "环保工程有限公司", "服饰有限公司", "房地产经纪有限公司",
)  # fmt: skip
_SHOPS: Final = (
    "面馆", "五金店", "便利店", "理发店", "水果店", "服装店", "药房", "手机维修部", "烘焙坊", "茶叶店", "文具店",
    "洗衣店",
)  # fmt: skip
_LANES: Final = ("老巷口", "桥头", "柳荫", "小南门", "晓月", "家家福", "阿婆", "有间", "春来", "十里香")
_VILLAGES: Final = ("柳湾村", "石桥村", "上河村", "白杨村", "杏花村", "大槐村", "望岭村")
_BODIES: Final = (
    "第三中学", "实验小学", "第二人民医院", "文化馆", "青年志愿者协会", "老年书画协会", "公共交通总公司", "自来水公司",
)  # fmt: skip
_PLACES: Final = (
    "火车站候车室", "人民公园", "滨河路公交站", "中心医院门诊大厅", "长途汽车站", "体育馆", "中山路步行街",
    "政务服务中心", "早市", "大学城食堂", "城南菜市场", "图书馆阅览室",
)  # fmt: skip
_WAYS: Final = ("12路公交车上", "出租车上", "高铁上", "下班途中", "搬家途中")


def person(rng: Random, surname: str = "") -> str:
    """A full name of two to four characters."""
    if not surname:
        surname = rng.choice(_DOUBLE_SURNAMES) if rng.random() < 0.04 else rng.choice(_SURNAMES)
    first, second = rng.choice(_GIVEN)
    return surname + ("" if rng.random() < 0.25 else rng.choice(first)) + rng.choice(second)


def child(rng: Random, parent: str) -> str:
    """A name with a parent's surname."""
    return person(rng, parent[:2] if parent[:2] in _DOUBLE_SURNAMES else parent[:1])


def organisation(rng: Random) -> str:
    """A firm most of the time; a shop, a village committee, a school or another public body now and then."""
    district = rng.choice(_DISTRICTS)
    match rng.choices(("firm", "shop", "village", "body"), (60, 22, 8, 10))[0]:
        case "firm":
            place = CITY if rng.random() < 0.7 else CITY + district
            return place + rng.choice(_STYLES) + rng.choice(_TRADES)
        case "shop":
            return CITY + district + rng.choice(_LANES) + rng.choice(_SHOPS)
        case "village":
            return CITY + district + rng.choice(_VILLAGES) + "村民委员会"
        case _:
            return CITY + (district if rng.random() < 0.4 else "") + rng.choice(_BODIES)


def place(rng: Random) -> str:
    """Where somebody may have lost something."""
    if rng.random() < 0.25:
        return rng.choice(_WAYS)
    return (CITY + rng.choice(_DISTRICTS) if rng.random() < 0.4 else "") + rng.choice(_PLACES)


def phone(rng: Random) -> str:
    """Eleven digits that begin with 125, under which nobody can be called."""
    return f"125{rng.randrange(10**8):08d}"
