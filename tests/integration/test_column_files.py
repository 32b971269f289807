"""The column of an edition as it goes to the typesetter: its styles, its text, its file for Word, its PDF."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from registry.declarations import editions
from registry.printing import fonts
from registry.printing.sheet import stylesheet
from tests.support import factories as make
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

RARE = "欧㐱䶮𠅤𠮷"


@pytest.fixture
def paper(make_app):
    """A function from a house style to a client of a registry with one published edition of two, and its day."""

    def publish(style="yangquan"):
        app = make_app(house_style=style)
        with app.extensions["registry_database"].session(write=True) as session:
            actor, day = make.an_editor(session), editions.next_edition_day(session, make.today())
            company = make.entry(make.seal(), declarant="阳泉思成工程机械回收有限公司", declarant_type="organisation")
            for filed in (
                make.submitted(session, make.work_id(full_in_print=True), declarant=RARE),
                make.service.submit(session, company, day=make.today()),
            ):
                make.approved(session, filed, actor, day)
            editions.publish(session, day=day, today=day, actor=actor)
            session.commit()
        return app.test_client(), day

    return publish


# Seals stand before cards.
SENTENCES = (
    "■因不慎将阳泉思成工程机械回收有限公司的公章丢失，声明作废。",
    f"■因不慎将{RARE}的工作证丢失，工作证号为**********333，声明作废。",
)


def test_the_width_and_the_type_of_the_column_are_the_house_s(paper):
    client, day = paper("in-brackets")
    page = client.get_page(f"/editions/{day}/print")
    address = page.select_one('link[href*="column.css"]')["href"]
    answer = client.get(address)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/css", "public, max-age=86400")
    assert "width: 52mm; font-size: 8pt; line-height: 10pt" in answer.text
    assert "width: 18em" in answer.text
    assert answer.text == stylesheet(client.application.extensions["registry_database"].style.column)
    other, day = paper("letter")
    assert other.get_page(f"/editions/{day}/print").select_one('link[href*="column.css"]')["href"] != address


def test_letters_are_signed_on_lines_of_their_own(paper):
    client, day = paper("letter")
    items = client.get_page(f"/editions/{day}/print").select(".print-column > li")
    assert [item.select_one(".line-signature").get_text() for item in items] == [
        "声明人：阳泉思成工程机械回收有限公司", f"声明人：{RARE}",
    ]  # fmt: skip
    assert items[1].get_text().startswith(f"本人因保管不善，不慎将工作证（工作证号：{'*' * 10}333）遗失")
    assert re.search(r"特此声明。 声明人：\S+ 二〇\S+日$", items[1].get_text())


def test_the_text_is_masked_for_the_public_and_as_chosen_for_the_press(paper, first_editor, editor):
    client, day = paper()
    answer = client.get(f"/editions/{day}.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={day}.txt"
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert lines[0].endswith("第1期")
    assert lines[2:] == ["遗失声明", "", *SENTENCES, ""]
    assert make.WORK_NUMBER in editor.get(f"/staff/editions/{day}.txt").data.decode("utf-8-sig")
    assert editor.get("/staff/editions/2020-01-01.txt").status_code == 404
    assert client.get("/editions/2020-01-01.docx").status_code == 404


def test_the_file_for_word_has_columns_of_the_house(paper, editor):
    client, day = paper()
    answer = client.get(f"/editions/{day}.docx")
    assert answer.mimetype.endswith("wordprocessingml.document")
    assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None
    file = Document(io.BytesIO(answer.data))
    said = {paragraph.text: paragraph.style.name for paragraph in file.paragraphs if paragraph.text}
    assert list(said)[:3] == ["遗失声明", *SENTENCES]
    assert list(said.values()) == ["遗失声明标题", "遗失声明", "遗失声明", "遗失声明附注"]
    item = file.styles["遗失声明"]
    assert (item.font.size, item.paragraph_format.line_spacing) == (Pt(8), Pt(11.5))
    assert item.paragraph_format.alignment.name == "JUSTIFY"
    assert item.element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    columns = [section._sectPr.find(qn("w:cols")).get(qn("w:num")) for section in file.sections]
    assert columns == [None, "4", None]
    assert round(file.sections[1].page_width.mm) == 210
    header = file.sections[0].header.paragraphs[0].text.split("\t")
    assert header[0].startswith(f"{day.year}年")
    assert header[2] == "第1期"
    assert make.WORK_NUMBER in "".join(
        paragraph.text for paragraph in Document(io.BytesIO(editor.get(f"/staff/editions/{day}.docx").data)).paragraphs
    )


def test_the_properties_in_the_file_for_word_stand_in_the_order_of_their_schema(paper):
    """Word takes a file with others for damaged: ECMA-376, Part 1, CT_PPrBase and CT_SectPr."""
    paragraph = "pStyle keepNext keepLines widowControl tabs kinsoku overflowPunct autoSpaceDE autoSpaceDN snapToGrid"
    order = f"{paragraph} spacing ind jc headerReference footerReference type pgSz pgMar cols".split()
    client, day = paper("letter")
    file = Document(io.BytesIO(client.get(f"/editions/{day}.docx").data))
    signature = file.styles["遗失声明署名"].paragraph_format
    assert (signature.alignment.name, signature.right_indent) == ("RIGHT", Pt(18))
    own = [file.styles[name].element.pPr for name in ("遗失声明标题", "遗失声明", "遗失声明署名", "报头")]
    for properties in (*own, *(section._sectPr for section in file.sections)):
        names = [child.tag.partition("}")[2] for child in properties]
        assert names == sorted(names, key=order.index)


def test_the_pdf_of_letters_with_rare_characters_is_sound(paper, read_pdf, tmp_path):
    client, day = paper("letter")
    data = client.get(f"/editions/{day}.pdf").data
    raw = read_pdf(data, "pdftotext", "-raw")
    text = re.sub(r"\s", "", raw)
    assert text.index("遗失声明") < text.index("本单位因保管不善") < text.index(f"声明人：{RARE}")
    page = client.get_page(f"/editions/{day}/print")
    lines = [re.sub(r"\s", "", line) for line in raw.splitlines()]
    set_lines = [re.sub(r"\s", "", line.get_text()) for line in page.select(".line")]
    assert len(set_lines) > 10
    assert [line for line in lines if line in set_lines] == set_lines, "the PDF has the lines that were set"
    for font in read_pdf(data, "pdffonts").splitlines()[2:]:
        assert font.split()[-5:-3] == ["yes", "yes"], "embedded, and of each font what is used"
    if not shutil.which("qpdf"):
        pytest.skip("needs Debian's qpdf: apt-get install qpdf")
    file = tmp_path / "column.pdf"
    file.write_bytes(data)
    subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_character_without_a_font_is_named_with_its_declaration_and_never_a_box(paper, monkeypatch, language):
    client, day = paper()
    monkeypatch.setattr(fonts, "find_uncovered", lambda text: "".join(c for c in "𠅤" if c in text))
    page = client.get_page(f"/editions/{day}/print?lang={language}")
    reference = re.search(r"S\d\d-\d{4}-\d{3}[\dX]", text_of(page.select_one(".toolbar-note li")))
    assert text_of(page.select_one(".toolbar-note li")) == f"𠅤 U+20164 {reference[0]}"
    assert RARE in text_of(client.get_page(f"/declarations/{reference[0]}"))
    page = client.get_page(f"/editions/{day}.pdf", status=503)
    assert f"𠅤 U+20164 {reference[0]}" in text_of(page.select_one("main"))
    assert client.get(f"/editions/{day}.txt").status_code == 200
