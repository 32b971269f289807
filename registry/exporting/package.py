"""What the open-data package says of itself: its tables and fields, after Frictionless Data Package 1.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from registry.config import LICENCES, Settings
from registry.db.tables import NATURES
from registry.declarations.states import PUBLIC
from registry.text import Text

DESCRIPTOR: Final = "datapackage.json"
README: Final = "README.md"
REFERENCE: Final = {"pattern": r"S\d{2}-\d{4}-\d{3}[\dX]"}
NO_PROOF: Final = Text(
    "不在登记簿上的号码并不因此有效：可能遗失了没有声明，也可能登在别的报纸上。",
    "A number that is not on the register is not thereby valid: its loss may not have been declared, or in another "
    "paper.",
)
MASKED: Final = Text(
    "身份证号等敏感号码一律以星号遮盖，任何文件里都没有完整号码；查验完整号码请用网站的查验页。",
    "Sensitive numbers, such as those of identity cards, are masked with asterisks and stand in no file in full; the "
    "site's check finds them when they are entered in full.",
)
APOSTROPHE: Final = Text(
    "以等号、加号、减号或 @ 开头的文字前面加了一个单引号，以免被电子表格当作公式。",
    "A text that begins with =, +, - or @ has an apostrophe before it, so that no spreadsheet takes it for a formula.",
)
DESCRIPTION: Final = Text(
    "已刊登的遗失声明及其更正和撤销。", "Published declarations of loss, their corrections and withdrawals."
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column, as Table Schema describes it."""

    name: str
    type: str
    about: Text
    required: bool = True
    constraints: Mapping[str, Any] = field(default_factory=dict)
    format: str = "default"


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the package.

    Attributes:
        path: the file's name; what ends in .gz is compressed.
        key: names of the fields that no two rows have alike.
        links: (own fields, table, its fields): whatever stands in the own ones stands there. Empty for itself.
    """

    name: str
    path: str
    title: Text
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A table's file as it was written: `bytes` and `sha256` are of the file as it lies there."""

    table: Table
    bytes: int
    sha256: str
    rows: int


_OWN_REFERENCE = Field("reference", "string", Text("登记号", "Reference of the declaration"), constraints=REFERENCE)

DECLARATIONS: Final = Table(
    "declarations",
    "declarations.csv.gz",
    Text("声明", "Declarations"),
    (
        Field("reference", "string", Text("登记号", "Reference"), constraints=REFERENCE),
        Field(
            "nature",
            "string",
            Text(
                "性质：遗失、更正、撤销", "Whether it declares a loss, or corrects or withdraws an earlier declaration"
            ),
            constraints={"enum": list(NATURES)},
        ),
        Field(
            "status",
            "string",
            Text(
                "状态：已刊登、有异议、已更正、已撤销。更正和撤销本身的状态是已刊登",
                "Published, contested, corrected or withdrawn; a correction or withdrawal is itself published",
            ),
            constraints={"enum": list(PUBLIC)},
        ),
        Field("published_on", "date", Text("刊登日期", "Day of its edition")),
        Field("edition", "integer", Text("刊期号", "Number of its edition"), constraints={"minimum": 1}),
        Field("declarant", "string", Text("声明人", "Who declares it")),
        Field(
            "sentence",
            "string",
            Text("刊登的原文，敏感号码已遮盖", "The sentence as printed, sensitive numbers masked"),
        ),
        Field(
            "withdrawn_on",
            "date",
            Text("更正或撤销的日期", "Day on which it was corrected or withdrawn"),
            required=False,
        ),
        Field(
            "replaced_by",
            "string",
            Text("更正或撤销它的那份声明的登记号", "Reference of the record that corrected or withdrew it"),
            required=False,
            constraints=REFERENCE,
        ),
        Field("url", "string", Text("网址", "Its page"), required=False, format="uri"),
    ),
    key=("reference",),
    links=((("edition",), "editions", ("number",)), (("replaced_by",), "", ("reference",))),
)
DOCUMENTS: Final = Table(
    "documents",
    "documents.csv.gz",
    Text("证件和印章", "Documents and seals"),
    (
        _OWN_REFERENCE,
        Field(
            "document", "integer", Text("在该声明中的序号", "Its place in the declaration"), constraints={"minimum": 1}
        ),
        Field("kind", "string", Text("种类代号", "Slug of its kind")),
        Field("title", "string", Text("证件或印章的名称", "Title as printed on it")),
        Field("copies", "string", Text("正本、副本、枚数等", "Original, copy, how many"), required=False),
        Field(
            "holder",
            "string",
            Text("持有人，与声明人相同时留空", "Whose it is, if not the declarant's"),
            required=False,
        ),
    ),
    key=("reference", "document"),
    links=((("reference",), "declarations", ("reference",)), (("kind",), "kinds", ("slug",))),
)
NUMBERS: Final = Table(
    "numbers",
    "numbers.csv.gz",
    Text("号码", "Numbers"),
    (
        _OWN_REFERENCE,
        Field("document", "integer", Text("证件的序号", "Place of the document"), constraints={"minimum": 1}),
        Field("place", "integer", Text("在该证件中的序号", "Its place in the document"), constraints={"minimum": 1}),
        Field("label", "string", Text("声明里对号码的称呼", "What the notice calls the number")),
        Field("number", "string", Text("号码，敏感的已遮盖", "The number as printed, masked if it is sensitive")),
        Field("masked", "boolean", Text("是否遮盖", "Whether it is masked")),
    ),
    key=("reference", "document", "place"),
    links=((("reference", "document"), "documents", ("reference", "document")),),
)
FURTHER_RECORDS: Final = Table(
    "further_records",
    "further_records.csv",
    Text("更正和撤销", "Corrections and withdrawals"),
    (
        Field(
            "reference",
            "string",
            Text("更正或撤销的登记号", "Reference of the correction or withdrawal"),
            constraints=REFERENCE,
        ),
        Field("nature", "string", Text("更正或撤销", "Which of the two"), constraints={"enum": list(NATURES[1:])}),
        Field(
            "about",
            "string",
            Text("所更正或撤销的声明", "Reference of the declaration it is about"),
            constraints=REFERENCE,
        ),
        Field("published_on", "date", Text("刊登日期", "Day of its edition")),
    ),
    key=("reference",),
    links=((("reference",), "declarations", ("reference",)), (("about",), "declarations", ("reference",))),
)
EDITIONS: Final = Table(
    "editions",
    "editions.csv",
    Text("刊期", "Editions"),
    (
        Field("number", "integer", Text("刊期号", "Number"), constraints={"minimum": 1}),
        Field("day", "date", Text("日期", "Day"), constraints={"unique": True}),
        Field("published_at", "datetime", Text("出刊时刻（UTC）", "Moment of publication, in UTC")),
        Field("declarations", "integer", Text("声明数", "How many declarations it has"), constraints={"minimum": 1}),
    ),
    key=("number",),
)
KINDS: Final = Table(
    "kinds",
    "kinds.csv",
    Text("种类", "Kinds of documents"),
    (
        Field("slug", "string", Text("代号，不会更改", "Slug, which never changes")),
        Field("title_zh", "string", Text("中文名称", "Chinese title")),
        Field("title_en", "string", Text("英文名称", "English title")),
        Field("family", "string", Text("所属大类的代号", "Slug of its family"), required=False),
        Field("family_zh", "string", Text("大类的中文名称", "Chinese title of the family"), required=False),
        Field("family_en", "string", Text("大类的英文名称", "English title of the family"), required=False),
        Field("sensitive", "boolean", Text("号码是否敏感", "Whether its number is sensitive"), required=False),
    ),
    key=("slug",),
)
TABLES: Final = (DECLARATIONS, DOCUMENTS, NUMBERS, FURTHER_RECORDS, EDITIONS, KINDS)
FILES: Final = (DESCRIPTOR, README, *(table.path for table in TABLES))


def descriptor(settings: Settings, written: tuple[Written, ...], *, created: datetime, day: date) -> dict[str, Any]:
    """Return the contents of datapackage.json; `day` is the one in the newspaper's zone, and the version."""
    name, paper = settings.registry_name, settings.paper_name
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "loss-declarations",
        "title": _both(name),
        "description": " ".join((*DESCRIPTION, *MASKED, *NO_PROOF, *APOSTROPHE)),
        "version": f"{day.year}.{day.month}.{day.day}",
        "created": _moment(created),
        "licenses": [licence(settings)],
        "contributors": [{"title": _both(paper if paper.zh else name), "role": "publisher"}],
        "keywords": ["遗失声明", "作废", "loss declarations", "void documents"],
        "resources": [_resource(one) for one in written],
    }
    if settings.registry_url:
        described["homepage"] = settings.registry_url
    return described


def licence(settings: Settings) -> dict[str, str]:
    chosen = settings.open_data_licence
    if chosen in LICENCES:
        title, address = LICENCES[chosen]
        return {"name": chosen, "title": title, "path": address}
    return {"title": "发布者的条款 Terms of the publisher", "path": chosen}


def readme(described: Mapping[str, Any]) -> str:
    """Return the contents of README.md, for whoever has the files and not the site."""
    return "\n".join(_readme_lines(described)) + "\n"


def _readme_lines(described: Mapping[str, Any]) -> Iterator[str]:
    terms = described["licenses"][0]
    yield f"# {described['title']}\n"
    if "homepage" in described:
        yield f"<{described['homepage']}>\n"
    yield f"{described['created']} · {terms['title']}: <{terms['path']}>\n"
    for text in (DESCRIPTION, MASKED, NO_PROOF, APOSTROPHE):
        yield f"{text.zh}\n\n{text.en}\n"
    yield (
        f"文件为 UTF-8 编码的 CSV。`{DESCRIPTOR}` 依 Frictionless Data Package 1.0 说明每个字段，并载有各文件的 "
        "SHA-256；下载后请核对，不符即表示其间已有新的数据，请重新下载。\n"
    )
    yield (
        f"The files are CSV in UTF-8. `{DESCRIPTOR}` describes every field after Frictionless Data Package 1.0 and has "
        "the SHA-256 of every file: compare it after downloading. Where it differs, newer data were put in place "
        "meanwhile, so download again.\n"
    )
    for resource, table in zip(described["resources"], TABLES, strict=True):
        yield f"## {table.path}\n\n{_both(table.title)} · {resource['rows']:,}\n"
        yield "| 字段 Field | 类型 Type | 说明 Meaning |\n| --- | --- | --- |"
        yield from (f"| `{one.name}` | {one.type} | {one.about.zh}。{one.about.en}. |" for one in table.fields)
        yield ""


def _resource(written: Written) -> dict[str, Any]:
    table = written.table
    described: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": _both(table.title),
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.bytes,
        "hash": f"sha256:{written.sha256}",
        "rows": written.rows,
        "schema": {
            "fields": [_described(one) for one in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
        },
    }
    if table.path.endswith(".gz"):
        described["compression"] = "gz"
    if table.links:
        described["schema"]["foreignKeys"] = [
            {"fields": list(own), "reference": {"resource": other, "fields": list(theirs)}}
            for own, other, theirs in table.links
        ]
    return described


def _described(one: Field) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.type,
        "format": one.format,
        "title": one.about.zh,
        "description": f"{one.about.zh}。{one.about.en}.",
        "constraints": {"required": one.required, **one.constraints},
    }


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
