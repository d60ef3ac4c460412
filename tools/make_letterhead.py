"""Make the sample letterhead, an ordinary Word file with tags for a dispatch, and its copy of a bundled campaign."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).parent.parent
WHERE = (
    ROOT / "templates" / "word" / "cong-van.docx",
    ROOT / "campaigns" / "tep" / "giay-tieu-de-so-noi-vu.docx",
)
FONT = "Times New Roman"
BLUE = RGBColor(0x1F, 0x4E, 0x79)
_UNWANTED = ("customXml", "stylesWithEffects", "numbering", "webSettings", "thumbnail")
_STYLES = (
    *("Normal", "Header", "HeaderChar", "Footer", "FooterChar"),
    *("DefaultParagraphFont", "TableNormal", "NoList"),
)
_DEFAULTS = qn("w:docDefaults")
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def make_letterhead() -> bytes:
    """The sample as a DOCX; the same bytes each time."""
    file = docx.Document()
    for rels in (file.part.rels, file.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _UNWANTED]:
            rels.pop(key)
    styles = file.styles.element
    for style in [style for style in styles if style.get(qn("w:styleId")) not in _STYLES and style.tag != _DEFAULTS]:
        styles.remove(style)
    normal = file.styles["Normal"]
    styles.find(f".//{qn('w:lang')}").set(qn("w:val"), "vi-VN")
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    mode = next(file.settings.element.iter(qn("w:compatSetting")))
    mode.set(qn("w:val"), "15")  # Word of today
    _add_head(file)
    _line(file.add_paragraph(), "", size=12)
    _line(file.add_paragraph(), "Kính gửi: {{ kinh_gui }}", left=Mm(25))
    _line(file.add_paragraph(), "", size=12)
    for tag in ("{%p if can_cu %}", "{{ can_cu }}", "{%p endif %}"):
        _line(file.add_paragraph(), tag, italic=True).paragraph_format.first_line_indent = Mm(12.7)
    file.add_paragraph("{{ noi_dung }}")
    _line(file.add_paragraph(), "", size=6).paragraph_format.keep_with_next = True
    _add_foot(file)
    contact = "{% if lien_he %}{{ lien_he | join(' · ') }}{% endif %}"
    section.different_first_page_header_footer = True
    _line(section.first_page_footer.paragraphs[0], contact, size=10, align=CENTRE, colour=BLUE)
    number = _line(section.header.paragraphs[0], "", size=13, align=CENTRE)
    number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "/>'))
    for name in ("author", "comments", "last_modified_by", "title"):
        setattr(file.core_properties, name, "")
    return _without_clock(file)


def _add_head(file: DocxDocument) -> None:
    left, right = _columns(file, Mm(65), Mm(100))
    _line(left.paragraphs[0], "{{ co_quan_chu_quan }}", size=13, align=CENTRE)
    _line(left.add_paragraph(), "{{ co_quan }}", size=13, bold=True, align=CENTRE)
    _rule(left.add_paragraph(), Mm(21))
    _line(left.add_paragraph(), "Số: {{ so }}/{{ ky_hieu }}", size=13, align=CENTRE)
    _line(left.add_paragraph(), "V/v {{ trich_yeu }}", size=12, align=CENTRE)
    for tag in ("{%p if do_khan %}", "{{ do_khan }}", "{%p endif %}"):
        _line(left.add_paragraph(), tag, size=13, bold=True, align=CENTRE).paragraph_format.space_before = Pt(6)
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True, align=CENTRE)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", bold=True, align=CENTRE)
    _rule(right.add_paragraph(), Mm(20))
    date = _line(right.add_paragraph(), "{{ dia_danh }}, {{ ngay_thang }}", size=13, italic=True, align=CENTRE)
    date.paragraph_format.space_before = Pt(4)


def _add_foot(file: DocxDocument) -> None:
    left, right = _columns(file, Mm(80), Mm(85))
    _line(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    _line(left.add_paragraph(), "{{ noi_nhan }}", size=11)
    _line(right.paragraphs[0], "{{ quyen_han }}", bold=True, align=CENTRE)
    signer = _line(right.add_paragraph(), "{{ nguoi_ky }}", bold=True, align=CENTRE)
    signer.paragraph_format.space_before = Mm(28)
    # Word wants a paragraph behind a table; one of ordinary height would take a full page over to the next.
    _line(file.add_paragraph(), "", size=1).paragraph_format.line_spacing = Pt(1)


def _rule(paragraph: Paragraph, inset: Mm) -> None:
    """A line below a name, so far from both edges of its column."""
    _line(paragraph, "", size=2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(2), Pt(6)
    top = '<w:top w:val="single" w:sz="6" w:space="0" w:color="1F4E79"/>'
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{top}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _columns(file: DocxDocument, *widths: Mm) -> list[Cell]:
    table = file.add_table(1, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width
    return list(table.rows[0].cells)


def _line(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    left: Mm | None = None,
    colour: RGBColor | None = None,
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    if colour:
        run.font.color.rgb = colour
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.left_indent = left
    return paragraph


def _without_clock(file: DocxDocument) -> bytes:
    for child in list(properties := file.core_properties._element):
        properties.remove(child)
    raw, clean = io.BytesIO(), io.BytesIO()
    file.save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name), given.read(name), zipfile.ZIP_DEFLATED)
    return clean.getvalue()


if __name__ == "__main__":
    for path in WHERE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(make_letterhead())
        sys.stdout.write(f"{path}\n")
