"""A register of invented declarations, written in bulk: the services would take hours for a million."""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from registry.config import Settings
from registry.db import keys, migrate
from registry.db.engine import Database
from registry.db.tables import Declaration, Document, DocumentNumber, Edition, SearchDocument
from registry.declarations.indexing import tokens_of

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国文辉鑫宇博浩然子涵雨欣"
FIRST_DAY = date(2020, 1, 1)
PER_EDITION = 200
BATCH = 20_000


def fill(settings: Settings, count: int, *, seed: int = 4023) -> list[str]:
    """Write `count` published declarations of a seal with a code; return a thousand of the codes, spread evenly.

    The same seed gives the same register. Shows its progress on the terminal.
    """
    migrate.upgrade(settings)
    database = Database(settings, keys.ensure(settings))
    draw = random.Random(seed)
    sample: list[str] = []
    with database.write_engine.begin() as connection:
        editions = [
            {"id": place + 1, "day": FIRST_DAY + timedelta(days=place), "number": place + 1, "published_at": _at(place)}
            for place in range((count - 1) // PER_EDITION + 1)
        ]
        connection.execute(insert(Edition), editions)
        for start in range(0, count, BATCH):
            rows = [_rows(draw, place + 1) for place in range(start, min(start + BATCH, count))]
            for table, part in ((Declaration, 0), (Document, 1), (DocumentNumber, 2), (SearchDocument, 3)):
                connection.execute(insert(table), [row[part] for row in rows])
            sample += [row[2]["key"] for row in rows[:: max(1, count // 1000)]]
            print(f"\r{min(start + BATCH, count):>10,} of {count:,} declarations", end="", file=sys.stderr)
    print(file=sys.stderr)
    with database.write_engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    database.dispose()
    return sample[:1000]


def _rows(draw: random.Random, number: int) -> tuple[dict[str, object], ...]:
    name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2))))
    code = f"1403{number:09d}"
    statement = f"因不慎将{name}的公章丢失，编号为{code}，声明作废。"
    edition = (number - 1) // PER_EDITION
    declaration = {
        "id": number,
        "reference": f"S{number:010d}",
        "nature": "loss",
        "declarant_type": "person",
        "declarant": name,
        "secret_sealed": "k1.",
        "statement": statement.replace(code, "⟦1⟧"),
        "status": "published",
        "edition_id": edition + 1,
        "created_at": _at(edition),
        "submitted_at": _at(edition),
        "published_on": FIRST_DAY + timedelta(days=edition),
        "circumstances_printed": False,
        "wording_corrected": False,
        "version": 3,
    }
    document = {"id": number, "declaration_id": number, "position": 1, "kind": "seal_code", "title": "公章"}
    numbered = {
        "id": number,
        "document_id": number,
        "position": 1,
        "field": "number",
        "rule": "seal_code",
        "label": "编号",
        "sensitive": False,
        "printed": code,
        "masked": code,
        "key": code,
        "full_in_print": False,
        "confirmed": False,
    }
    return declaration, document, numbered, {"declaration_id": number, "tokens": " ".join(tokens_of(statement))}


def _at(days: int) -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=days)
