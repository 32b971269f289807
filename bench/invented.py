"""An invented register, row by row: the same seed gives the same people, papers and editions.

Names are as uneven as names are: a few surnames and given names stand in many notices, most in few. No number is
anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_2, mod_11_10

from registry import kinds
from registry.db.sealing import Vault
from registry.declarations.indexing import HIDDEN, place_of, tokens_of
from registry.declarations.records import NUMBER_PURPOSE
from registry.declarations.spans import span_of

FIRST_DAY = date(1995, 1, 1)
EDITIONS = 11_000
LEAST_PER_EDITION = 20
# In UTC, with the digits that SQLAlchemy writes into SQLite.
MORNING = "00:00:00.000000"

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁"
    "潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
LONG_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "慕容", "澹台", "尉迟", "长孙")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国文辉鑫宇博浩然子涵雨欣秀春海燕志晓云飞雪婷慧龙玲斌波健"
    "成林凤萍莉东鹏凯荣新利清仁安康宁佳怡思琪梓轩俊豪一诺可馨诗瑶若曦景行致远知返若兮简繁锦程皓月星辰听澜望舒怀瑾握瑜"
    "沐阳煜祺婧玮钰琛瑄翀旸昕晗璟颢頔槿桉栩珩翊飏霁雯霈黛墨砚棠葵蕙蘅茉芷茜荻莺鸢鹭鸿骏骁骞驰"
)
PLACES = (
    "阳泉",
    "太原",
    "大同",
    "长治",
    "晋城",
    "朔州",
    "晋中",
    "运城",
    "忻州",
    "临汾",
    "吕梁",
    "平定",
    "盂县",
    "昔阳",
    "寿阳",
)
TRADES = (
    "商贸",
    "建筑工程",
    "机械回收",
    "物流",
    "餐饮管理",
    "科技",
    "装饰",
    "农业开发",
    "汽车服务",
    "医药",
    "矿业",
    "文化传媒",
)
SEALS = ("公章", "财务专用章", "合同专用章", "发票专用章", "法人章")


def _steep(count: int) -> list[float]:
    """Return weights that fall like those of names: the first is the most frequent by far."""
    return list(accumulate(1 / (place + 3) for place in range(count)))


_SURNAME_WEIGHTS, _GIVEN_WEIGHTS = _steep(len(SURNAMES)), _steep(len(GIVEN))
STATUSES, _STATUS_WEIGHTS = ("published", "withdrawn", "corrected", "contested"), (95, 97, 99, 100)


@dataclass(slots=True)
class Rows:
    """Rows for each table, in the order of COLUMNS."""

    declaration: list[tuple[Any, ...]] = field(default_factory=list)
    document: list[tuple[Any, ...]] = field(default_factory=list)
    document_number: list[tuple[Any, ...]] = field(default_factory=list)
    search_document: list[tuple[Any, ...]] = field(default_factory=list)


COLUMNS = {
    "edition": ("id", "day", "number", "published_at"),
    "declaration": (
        *("id", "reference", "nature", "declarant_type", "declarant", "secret_sealed", "statement", "status"),
        *("edition_id", "created_at", "submitted_at", "published_on", "withdrawn_on"),
        *("circumstances_printed", "wording_corrected", "version"),
    ),
    "document": ("id", "declaration_id", "position", "kind", "title", "copies", "holder"),
    "document_number": (
        *("id", "document_id", "position", "field", "rule", "label", "sensitive", "printed", "masked", "sealed", "key"),
        *("near_key", "range_group", "range_first", "range_last", "full_in_print", "confirmed"),
    ),
    "search_document": ("place", "declaration_id", "tokens"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A lost document with its one number."""

    kind: str
    title: str
    rule: str
    label: str
    number: str
    copies: str | None = None
    sensitive: bool = False


class Register:
    """An invented register of `count` published declarations, handed out in batches of rows."""

    def __init__(self, vault: Vault, count: int, seed: int) -> None:
        self.count = count
        self.per_edition = max(LEAST_PER_EDITION, -(-count // EDITIONS))
        self._seed = seed
        self._vault = vault
        self._draw = random.Random(seed)

    def editions(self) -> Iterator[tuple[object, ...]]:
        for place in range((self.count - 1) // self.per_edition + 1):
            day = _day(place).isoformat()
            yield place + 1, day, place + 1, f"{day} {MORNING}"

    def batch(self, start: int, size: int) -> Rows:
        """Return the rows of so many declarations from number `start`; batches may be made in any order."""
        self._draw = random.Random(f"{self._seed}-{start}")
        rows = Rows()
        for number in range(start, min(start + size, self.count + 1)):
            self._add(rows, number)
        return rows

    def _add(self, rows: Rows, number: int) -> None:
        draw = self._draw
        edition, position = divmod(number - 1, self.per_edition)
        day = _day(edition)
        printed_day = day.isoformat()
        moment = f"{printed_day} {MORNING}"
        organisation = draw.random() < 0.45
        declarant = self._company() if organisation else self._person()
        paper = self._paper(number, organisation=organisation)
        holder = self._person() if draw.random() < 0.1 else None
        status = draw.choices(STATUSES, cum_weights=_STATUS_WEIGHTS)[0]
        owner, copies = holder or declarant, paper.copies or ""
        statement = f"因不慎将{owner}的{paper.title}{copies}丢失，{paper.label}为⟦1⟧，声明作废。"
        withdrawn_on = None if status in ("published", "contested") else printed_day
        rows.declaration.append(
            (
                *(number, _reference(day, number), "loss", "organisation" if organisation else "person", declarant),
                *("k1.", statement, status, edition + 1, moment, moment, printed_day, withdrawn_on),
                *(False, False, 3),
            )
        )
        rows.document.append((number, number, 1, paper.kind, paper.title, paper.copies, holder))
        rows.document_number.append(self._number(number, paper))
        sentence = statement.replace("⟦1⟧", HIDDEN if paper.sensitive else paper.number)
        tokens = tokens_of([sentence, declarant, paper.title, holder or ""], status=status, kinds=(paper.kind,))
        rows.search_document.append((place_of(day, position + 1), number, tokens))

    def _paper(self, number: int, *, organisation: bool) -> Paper:
        lot = self._draw.random()
        if organisation:
            if lot < 0.5:
                title = self._draw.choice(SEALS)
                return Paper("seal_code", title, "seal_code", "编号", f"1403{number:09d}", "一枚")
            if lot < 0.8:
                body = f"91140300MA{number:07d}"
                code = body + uscc.calc_check_digit(body)
                return Paper(
                    "business_licence_uscc", "营业执照", "business_licence_uscc", "统一社会信用代码", code, "副本"
                )
            if lot < 0.9:
                first = number * 25
                code = f"{first:09d}-{first + 24:09d}"
                return Paper("receipt", "收据", "receipt", "编号", code)
            body = f"214{number:010d}"
            code = f"JY{body}{mod_11_10.calc_check_digit(body)}"
            return Paper("food_business_licence", "食品经营许可证", "food_business_licence", "许可证编号", code)
        if lot < 0.45:
            born = date(1950, 1, 1) + timedelta(number % 20_000)
            body = f"140302{born:%Y%m%d}{number % 1000:03d}"
            return Paper(
                "resident_id_18",
                "居民身份证",
                "resident_id_18",
                "身份证号",
                body + ric.calc_check_digit(body),
                sensitive=True,
            )
        if lot < 0.6:
            return Paper("work_id", "工作证", "work_id", "工作证号", f"20362{number:08d}", sensitive=True)
        if lot < 0.75:
            # School, form of study, year, level and place in the year's list.
            code = f"101125{2002 + number // 1_000_000 % 20}05{number % 1_000_000:06d}"
            return Paper("graduation_certificate", "毕业证书", "graduation_certificate", "证书编号", code)
        if lot < 0.9:
            return Paper("student_card", "学生证", "student_card", "学号", f"2019{number:08d}")
        return Paper("other", "会员卡", "other", "编号", f"H{number:09d}")

    def _number(self, number: int, paper: Paper) -> tuple[object, ...]:
        hidden: tuple[str | None, str, str | None]
        if paper.sensitive:
            masked = paper.number[:2] + "*" * (len(paper.number) - 4) + paper.number[-2:]
            hidden = (None, masked, self._vault.seal(paper.number, purpose=NUMBER_PURPOSE))
            keys = (self._vault.lookup_key(paper.number), None, None, None, None)
        else:
            hidden = (paper.number, paper.number, None)
            span = span_of(paper.rule, paper.number) if paper.rule == "receipt" else None
            ends = (span.group, span.first, span.last) if span else (None, None, None)
            keys = (paper.number, kinds.lookalike(paper.number), *ends)
        head = (number, number, 1, "number", paper.rule, paper.label, paper.sensitive)
        return (*head, *hidden, *keys, False, False)

    def _person(self) -> str:
        draw = self._draw
        if draw.random() < 0.01:
            surname = draw.choice(LONG_SURNAMES)
        else:
            surname = draw.choices(SURNAMES, cum_weights=_SURNAME_WEIGHTS)[0]
        return surname + "".join(draw.choices(GIVEN, cum_weights=_GIVEN_WEIGHTS, k=1 if draw.random() < 0.2 else 2))

    def _company(self) -> str:
        draw = self._draw
        name = "".join(draw.choices(GIVEN, cum_weights=_GIVEN_WEIGHTS, k=2))
        return f"{draw.choice(PLACES)}市{name}{draw.choice(TRADES)}有限公司"


def _day(edition: int) -> date:
    return FIRST_DAY + timedelta(edition)


def _reference(day: date, number: int) -> str:
    body = f"{day.year % 100:02d}{number * 7919 % 10**7:07d}"
    return f"S{body[:2]}-{body[2:6]}-{body[6:]}{mod_11_2.calc_check_digit(body)}"
