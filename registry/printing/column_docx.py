"""The column as a file of Word: columns of the house's width, and styles that a typesetter finds by their names."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle

from registry.printing.column import EditionColumn
from registry.printing.lines import SIGNATURE_INSET
from registry.printing.sheet import MM_A_POINT, Sheet, sheet_for
from registry.wording.style import Column

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Word knows it by this name on every system, and has its digits half as wide as its characters.
FONT: Final = "宋体"
HEADING: Final = "遗失声明标题"
ITEM: Final = "遗失声明"
SIGNATURE: Final = "遗失声明署名"
FURNITURE: Final = "报头"
NOTE: Final = "遗失声明附注"
_INDENT: Final = 2
_CHINESE_RULES: Final = (
    ("w:kinsoku", "1"),
    ("w:overflowPunct", "1"),
    ("w:autoSpaceDE", "0"),
    ("w:autoSpaceDN", "0"),
    ("w:snapToGrid", "0"),
)
# In characters: with less, Word takes the last character of a full line for one too many.
_SLACK: Final = Decimal("0.1")


def column_docx(column: EditionColumn, *, note: str = "") -> bytes:
    """Return a column as a file of Word; `note` stands below it.

    Word breaks the lines itself, by its own rules for Chinese, so that a typesetter can go on working with the text.
    """
    file = Document()
    sheet = sheet_for(column.style.column)
    _define_styles(file, column, sheet)
    _set_up(file.sections[0], column.style.column, sheet)
    _say_whose(file, column)
    _write_furniture(file.sections[0], column)
    file.add_paragraph(column.style.heading, style=HEADING)
    _divide(file.add_section(WD_SECTION.CONTINUOUS), column.style.column, sheet)
    for item in column.items:
        paragraphs = [file.add_paragraph(column.style.bullet + item.sentence, style=ITEM)]
        paragraphs += [file.add_paragraph(line, style=SIGNATURE) for line in item.signature]
        # A letter and its signature stand in one column.
        for paragraph in paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True
    # Word makes columns even where another section follows on the same page.
    _divide(file.add_section(WD_SECTION.CONTINUOUS), column.style.column, None)
    file.add_paragraph(note, style=NOTE)
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def _define_styles(file: WordFile, column: EditionColumn, sheet: Sheet) -> None:
    how = column.style.column
    _set_font(file.styles["Normal"], how.size)
    # Otherwise marks are taken for those of another language, which stand in the middle of their square. Were digits
    # Chinese too, LibreOffice would tear numbers anywhere.
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    file.styles["Normal"].element.get_or_add_rPr().append(language)
    item = _add_style(file, ITEM, WD_ALIGN_PARAGRAPH.JUSTIFY, how.size, how.leading)
    signature = _add_style(file, SIGNATURE, WD_ALIGN_PARAGRAPH.RIGHT, how.size, how.leading)
    signature.paragraph_format.right_indent = Pt(float(SIGNATURE_INSET * how.size))
    if column.indent:
        item.paragraph_format.first_line_indent = Pt(float(_INDENT * how.size))
        item.paragraph_format.space_before = Pt(float(how.leading))
    heading = _add_style(file, HEADING, WD_ALIGN_PARAGRAPH.CENTER, Decimal(20), Decimal(30))
    heading.font.bold = True
    heading.paragraph_format.space_after = Pt(8)
    _add_style(file, NOTE, WD_ALIGN_PARAGRAPH.LEFT, Decimal("8.5"), Decimal(14))
    furniture = _add_style(file, FURNITURE, WD_ALIGN_PARAGRAPH.LEFT, Decimal("9.5"), Decimal(16))
    width = Decimal(sheet.width) - 2 * sheet.margin
    furniture.paragraph_format.tab_stops.add_tab_stop(_mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    furniture.paragraph_format.tab_stops.add_tab_stop(_mm(width), WD_TAB_ALIGNMENT.RIGHT)


def _add_style(
    file: WordFile, name: str, alignment: WD_ALIGN_PARAGRAPH, size: Decimal, leading: Decimal
) -> ParagraphStyle:
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = file.styles["Normal"]
    style.quick_style = True
    _set_font(style, size)
    how = style.paragraph_format
    how.alignment = alignment
    how.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    how.line_spacing = Pt(float(leading))
    how.space_before = how.space_after = Pt(0)
    how.keep_together = True
    how.widow_control = False
    _set_chinese_rules(style)
    return style


def _set_chinese_rules(style: ParagraphStyle) -> None:
    """No mark begins a line, one that ends it may hang over the edge, no grid of the page moves the lines."""
    properties = style.element.get_or_add_pPr()
    # Word refuses a file whose properties do not stand in the order of their schema.
    following = next(properties.iterchildren(*map(qn, ("w:spacing", "w:ind", "w:jc"))))
    for name, value in _CHINESE_RULES:
        rule = OxmlElement(name)
        rule.set(qn("w:val"), value)
        following.addprevious(rule)


def _set_font(style: Any, size: Decimal) -> None:
    style.font.name = FONT
    style.font.size = Pt(float(size))
    fonts = style.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _set_up(section: Section, column: Column, sheet: Sheet) -> None:
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.left_margin = section.right_margin = _mm(sheet.margin)
    section.top_margin, section.bottom_margin = Mm(22), Mm(15)
    section.header_distance = section.footer_distance = Mm(12)
    _divide(section, column, None)


def _divide(section: Section, column: Column, sheet: Sheet | None) -> None:
    """Give a section the columns of a sheet, or none."""
    properties = section._sectPr
    for name in ("w:cols", "w:docGrid"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    columns = OxmlElement("w:cols")
    if sheet is not None and sheet.columns > 1:
        line = (column.characters + _SLACK) * column.size * MM_A_POINT
        columns.set(qn("w:num"), str(sheet.columns))
        columns.set(qn("w:space"), str(_mm(sheet.gap + column.width - line).twips))
        columns.set(qn("w:sep"), "1")
    properties.append(columns)


def _write_furniture(section: Section, column: EditionColumn) -> None:
    paragraph = section.header.paragraphs[0]
    paragraph.style = FURNITURE
    paragraph.text = f"{column.dateline}\t{column.paper}\t{column.issue}"


def _say_whose(file: WordFile, column: EditionColumn) -> None:
    about = file.core_properties
    about.title = " ".join(part for part in (column.style.heading, column.day.isoformat(), column.issue) if part)
    about.author = about.last_modified_by = column.paper
    about.comments = ""
    about.language = "zh-CN"
    about.created = about.modified = datetime.combine(column.day, time(), UTC)


def _mm(length: Decimal) -> Length:
    return Mm(float(length))
