"""The macros that every page is put together from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from registry.config import ROOT

pytestmark = pytest.mark.one_database


class DocumentForm(Form):
    title = StringField("证件名称", [InputRequired("请输入证件名称")])
    number = StringField("号码", [Optional()], description="在封面右下角")


class DeclarationForm(Form):
    name = StringField("姓名", [InputRequired("请输入姓名"), Length(max=5)], description="与证件一致")
    who = RadioField(
        "您是谁",
        [InputRequired("请选择")],
        choices=[SelectChoice("person", "个人"), SelectChoice("organisation", "单位")],
    )
    lost = SelectMultipleField(
        "丢失了什么",
        choices=[
            SelectChoice("a", "公章", optgroup="印章"),
            SelectChoice("b", "法人章", optgroup="印章"),
            SelectChoice("c", "工作证", optgroup="其他"),
        ],
    )
    token = HiddenField("", [InputRequired("请重新打开此页")])
    documents = FieldList(FormField(DocumentForm), min_entries=2)
    sure = BooleanField("属实", [InputRequired("请勾选")])

    def validate_documents(self, field: FieldList) -> None:
        raise ValidationError(lazy_gettext("Error:"))


def verdict_of(word: str, text: str) -> SimpleNamespace:
    facts = SimpleNamespace(is_published=False)
    return SimpleNamespace(word=word, title=text, display=text, reason=text, facts=facts, further=(text,), slips=())


def drawn(app: Flask, source: str, **values: Any) -> BeautifulSoup:
    imports = "".join(
        f'{{% import "components/{name}.html" as {name} with context %}}'
        for name in ("forms", "status", "verdict", "document", "pagination", "flash", "steps")
    )
    imports += '{% import "public/answer.html" as answers with context %}'
    with app.test_request_context("/?lang=zh"):
        return BeautifulSoup(render_template_string(imports + source, **values), "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} {selector}"
    return found[0]


@pytest.fixture
def refused() -> DeclarationForm:
    form = DeclarationForm(MultiDict({"documents-0-title": "", "documents-1-title": "工作证"}))
    assert not form.validate()
    form.form_errors.append("两份证件相同")
    return form


def test_the_summary_lists_each_error_once_in_the_order_of_the_fields(app: Flask, refused: DeclarationForm) -> None:
    page = drawn(app, "{{ forms.error_summary(form) }}", form=refused)
    assert one(page, "[role=alert][tabindex='-1'] h2").get_text() == "请更正以下内容"
    items = [(item.get_text(), item.a["href"] if item.a else None) for item in page.select("[role=alert] li")]
    assert items == [
        ("两份证件相同", None),
        ("请输入姓名", "#name"),
        ("请选择", "#who"),
        ("请重新打开此页", None),
        ("请输入证件名称", "#documents-0-title"),
        ("错误：", "#documents"),
        ("请勾选", "#sure"),
    ]


def test_a_form_without_errors_has_no_summary(app: Flask) -> None:
    assert drawn(app, "{{ forms.error_summary(form) }}", form=DeclarationForm()).select("div") == []


def test_a_field_says_its_hint_and_its_error_to_those_who_only_hear_it(app: Flask, refused: DeclarationForm) -> None:
    page = drawn(app, "{{ forms.text_field(form.name, autocomplete='name') }}", form=refused)
    box = one(page, "input#name")
    assert box["aria-describedby"] == "name-hint name-error"
    assert box["aria-invalid"] == "true"
    assert box["autocomplete"] == "name"
    assert one(page, "label[for=name]").get_text() == "姓名"
    assert one(page, "p.field-error#name-error").get_text(" ", strip=True) == "错误： 请输入姓名"


def test_a_field_without_hint_and_error_names_neither(app: Flask) -> None:
    page = drawn(app, "{{ forms.text_field(form.sure) }}", form=DeclarationForm())
    assert {"aria-describedby", "aria-invalid"}.isdisjoint(one(page, "input").attrs)


def test_only_what_may_be_left_out_is_marked(app: Flask) -> None:
    page = drawn(app, "{{ forms.text_field(form.title) }}{{ forms.text_field(form.number) }}", form=DocumentForm())
    assert [label.get_text() for label in page.select("label")] == ["证件名称", "号码 （选填）"]


def test_choices_are_a_group_whose_first_input_has_the_id_of_the_field(app: Flask, refused: DeclarationForm) -> None:
    source = "{{ forms.radios(form.who, hint='见证件', hints={'person': '含监护人', 'organisation': '须有公章'}) }}"
    page = drawn(app, source, form=refused)
    assert one(page, "fieldset > legend").get_text(strip=True) == "您是谁"
    assert [choice["id"] for choice in page.select("input")] == ["who", "who-1"]
    assert one(page, "fieldset")["aria-describedby"] == "who-hint who-error"
    notes = [one(page, f"#{choice['aria-describedby']}").get_text() for choice in page.select("input")]
    assert [one(page, "#who-hint").get_text(), *notes] == ["见证件", "含监护人", "须有公章"]


def test_grouped_choices_keep_their_groups_and_unique_ids(app: Flask) -> None:
    form = DeclarationForm(MultiDict([("lost", "b"), ("lost", "c")]))
    page = drawn(app, "{{ forms.checkboxes(form.lost) }}", form=form)
    assert [title.get_text() for title in page.select(".choice-group-title")] == ["印章", "其他"]
    assert [box["id"] for box in page.select("input")] == ["lost", "lost-1", "lost-2"]
    assert [box["value"] for box in page.select("input[checked]")] == ["b", "c"]


def test_a_copied_number_has_no_spaces(app: Flask) -> None:
    page = drawn(app, "{{ document.number('140302 1990 0101 001X') }}")
    assert page.get_text() == "14030219900101001X"
    assert len(page.select(".num > span")) == 4


def test_what_is_typed_never_becomes_markup(app: Flask) -> None:
    nasty = '<script>alert("1")</script>'
    form = DeclarationForm(MultiDict({"name": nasty}))
    page = drawn(
        app,
        "{{ forms.text_field(form.name) }}{{ document.number(nasty) }}{{ document.clipping(nasty, reference=nasty) }}"
        "{{ answers.answer(one) }}{{ document.facts([(nasty, nasty)]) }}",
        form=form,
        one=verdict_of("impossible", nasty),
        nasty=nasty,
    )
    assert page.select("script") == []
    assert one(page, "#name")["value"] == nasty


STATUSES = {
    "draft": "草稿",
    "submitted": "待审核",
    "returned": "退回修改",
    "rejected": "不予刊登",
    "approved": "待刊登",
    "published": "已刊登",
    "contested": "异议中",
    "corrected": "已更正",
    "withdrawn": "已撤销",
}


def test_every_status_has_its_word(app: Flask) -> None:
    page = drawn(app, "{% for s in all %}{{ status.status_stamp(s) }}{% endfor %}", all=list(STATUSES))
    assert [stamp.get_text() for stamp in page.select(".stamp")] == list(STATUSES.values())


VERDICTS = {
    "declared": "已声明作废",
    "provisional": "已申报，尚未刊登",
    "contested": "有异议",
    "withdrawn": "已撤销声明",
    "not_on_register": "未登记",
    "impossible": "号码有误",
}


def test_verdicts_differ_in_word_shape_and_class(app: Flask) -> None:
    given = [verdict_of(word, "x") for word in VERDICTS]
    page = drawn(app, "{% for one in given %}{{ answers.answer(one) }}{% endfor %}", given=given)
    assert [word.get_text() for word in page.select("h2.verdict-word")] == list(VERDICTS.values())
    assert len({str(mark) for mark in page.select("svg")}) == len(VERDICTS)
    assert len({tuple(section["class"]) for section in page.select("section")}) == len(VERDICTS)


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 3, ["1", "2", "3"]),
        (1, 1, []),
        (7, 52, ["1", "…", "6", "7", "8", "…", "52"]),
        (3, 5, ["1", "2", "3", "4", "5"]),
        (400000, 400000, ["1", "…", "399999", "400000"]),
    ],
)
def test_pages_show_where_one_is_and_the_ends(app: Flask, page: int, pages: int, shown: list[str]) -> None:
    source = "{{ pagination.pagination('static', page, pages, args={'filename': 'x', 'q': '杨'}) }}"
    list_of_pages = drawn(app, source, page=page, pages=pages)
    numbers = [
        item.get_text().replace("页码", "").strip() for item in list_of_pages.select(".pages-number, .pages-gap")
    ]
    assert numbers == shown
    assert all("q=%E6%9D%A8" in str(link["href"]) for link in list_of_pages.select("a"))


def test_pages_without_a_total_only_step(app: Flask) -> None:
    source = "{{ pagination.pagination('static', 2, has_next=true, args={'filename': 'x'}) }}"
    assert [link["rel"] for link in drawn(app, source).select("a")] == [["prev"], ["next"]]


def test_bootstrap_comes_from_this_server(app: Flask) -> None:
    with app.test_request_context("/"):
        link = one(BeautifulSoup(render_template_string("{{ bootstrap.load_css() }}"), "html.parser"), "link")
    assert str(link["href"]).startswith("/")
    assert not link.has_attr("integrity")
    with app.test_client() as client, client.get(str(link["href"])) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("sheet", sorted((ROOT / "registry/static/css").glob("*.css")), ids=lambda path: path.name)
def test_style_sheets_ask_nobody_for_anything(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert [foreign for foreign in ("http", "@import", "//") if foreign in text] == []
