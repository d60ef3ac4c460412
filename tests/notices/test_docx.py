"""The DOCX is what a careful person would have made in Word: styles, real footnotes, clean, and open to editing."""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from notices.document import Document
from notices.writers.docx import write_docx
from tests.conftest import ROOT
from tests.notices.bundled import BUNDLED
from tests.notices.libreoffice import to_pdf
from tests.notices.pages import read_pages, texts
from tests.notices.samples import ISSUED, appendix, body, composed, dispatch, notice, table

EVERYTHING = composed(
    dispatch(appendices=["phu-luc-1", "phu-luc-2"], body=body(30, 4, notes=2)),
    appendix(body=body(4, 5, notes=1)),
    notice(body=body(3, 6)),
).document
LINKED = composed(
    notice(body="A[^1] b[^2]./.\n\n[^1]: Xem https://a.vn/x.\n\n[^2]: Và https://a.vn/x hay [đây](https://b.vn).")
).document
COMPONENTS = composed(
    dispatch(
        urgency="khẩn",
        circulation="lưu hành nội bộ",
        contact="có",
        appendices=["phu-luc-1"],
        body=f'Chương I. Chung\n\n{table(3, 4)}\n\n![Sơ đồ](a.png "Hình 1")\n\nXem phụ lục./.',
    ),
    appendix(orientation="landscape", body=f"{table(30, 6)}\n\nHết./."),
).document
DOCUMENTS = BUNDLED | {
    "everything": EVERYTHING,
    "short": composed(dispatch(), issue=ISSUED).document,
    "linked-notes": LINKED,
    "components": COMPONENTS,
}


def opened(document: Document) -> DocxDocument:
    return docx.Document(io.BytesIO(write_docx(document)))


def part(document: Document, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_auditor_of_the_format_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(write_docx(DOCUMENTS[name]))
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []


def test_the_auditor_would_see_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    with zipfile.ZipFile(io.BytesIO(write_docx(EVERYTHING))) as given, zipfile.ZipFile(path, "w") as broken:
        for name in given.namelist():
            content = given.read(name)
            broken.writestr(name, content.replace(b"<w:jc ", b"<w:jcc ") if name == "word/styles.xml" else content)
    assert OpenXmlValidator().validate(path).errors


def test_every_paragraph_has_one_of_our_styles() -> None:
    file = opened(EVERYTHING)
    ours = {style.style_id for style in file.styles} - {"Normal"}
    used = {p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") for p in file.element.body.iter(qn("w:p"))}
    assert None not in used
    assert {style.get(qn("w:val")) for style in used} <= ours


def test_there_are_no_text_boxes_and_no_drawings() -> None:
    text = part(EVERYTHING, "word/document.xml")
    assert not re.search(r"txbx|w:drawing|w:pict|mc:AlternateContent", text)


def test_the_font_is_times_new_roman_and_the_language_vietnamese() -> None:
    styles = part(EVERYTHING, "word/styles.xml")
    fonts = re.search(r"<w:rFonts ([^>]*)/>", styles)
    assert fonts is not None
    assert re.findall(r'w:(\w+)="([^"]*)"', fonts[1]) == [
        (name, "Times New Roman") for name in ("ascii", "hAnsi", "eastAsia", "cs")
    ]
    assert 'w:lang w:val="vi-VN"' in styles
    assert "rFonts" not in part(EVERYTHING, "word/document.xml")


def test_the_properties_say_who_and_what_and_nothing_else() -> None:
    core = opened(EVERYTHING).core_properties
    assert core.title.startswith("Công văn phối hợp")
    assert core.author == "Sở Nội vụ tỉnh Sông Trà"
    assert core.language == "vi-VN"
    assert (core.comments, core.keywords, core.last_modified_by, core.subject) == ("", "", "", "")


def test_nothing_of_the_library_s_own_template_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(EVERYTHING))) as archive:
        names = archive.namelist()
    assert not [name for name in names if re.search("thumbnail|customXml|stylesWithEffects|numbering", name)]
    assert "python-docx" not in part(EVERYTHING, "docProps/core.xml")


def test_footnotes_are_real_and_numbered_through_all_sheets() -> None:
    text, notes = part(EVERYTHING, "word/document.xml"), part(EVERYTHING, "word/footnotes.xml")
    called = re.findall(r'<w:footnoteReference w:id="(\d+)"', text)
    assert called == ["1", "2", "3"]
    assert re.findall(r'<w:footnote w:id="(\d+)"', notes) == called


def test_a_paper_without_footnotes_has_no_such_part() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(DOCUMENTS["short"]))) as archive:
        assert "word/footnotes.xml" not in archive.namelist()


def test_every_section_is_a4_with_the_margins_of_the_decree_and_counts_from_one() -> None:
    sections = opened(EVERYTHING).sections
    assert len(sections) == 3
    for section in sections:
        assert [round(m.mm) for m in (section.page_width, section.page_height) if m] == [210, 297]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(m.mm) for m in margins if m] == [20, 20, 30, 15]
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_numbers_of_documents_have_hyphens_at_which_no_line_ends() -> None:
    text = part(EVERYTHING, "word/document.xml")
    assert "12/KH</w:t><w:noBreakHyphen/>" in text
    assert "e-learning" in text


def test_a_draft_is_marked_and_its_gaps_are_coloured_and_a_final_paper_is_not() -> None:
    draft, final = EVERYTHING, DOCUMENTS["short"]
    assert "DỰ THẢO" in part(draft, "word/header1.xml")
    assert part(draft, "word/document.xml").count("w:highlight") == 6
    assert "DỰ THẢO" not in part(final, "word/header1.xml")
    assert "w:highlight" not in part(final, "word/document.xml")


def test_the_file_can_be_edited_and_still_opens(tmp_path: Path) -> None:
    file = opened(DOCUMENTS["short"])
    paragraph = next(p for p in file.paragraphs if p.text.endswith("./."))
    paragraph.insert_paragraph_before("Đoạn thêm vào sau khi mở bằng Word.", style=paragraph.style)
    edited = io.BytesIO()
    file.save(edited)
    pages = texts(read_pages(to_pdf({"edited": edited.getvalue()}, tmp_path)["edited"]))
    assert any("Đoạn thêm vào sau khi mở bằng Word." in line for line in pages[0])


def test_links_in_footnotes_are_relations_of_the_footnotes() -> None:
    relations = part(LINKED, "word/_rels/footnotes.xml.rels")
    assert 'Target="https://a.vn/x"' in relations
    assert 'Target="https://b.vn"' in relations
    assert relations.count("<Relationship ") == 2


def test_a_paper_does_not_depend_on_what_was_written_before_it() -> None:
    """One in 14 pt, then the same in 13 pt, which another process writes first."""
    lines = "Kết quả khảo sát mức độ hài lòng của người dân đối với sự phục vụ của cơ quan hành chính " * 2
    larger, smaller = (composed(dispatch(size=size, subject=lines.strip())).document for size in ("14", "13"))
    write_docx(larger)
    alone = "import pickle, sys\nfrom notices.writers.docx import write_docx\n"
    alone += "sys.stdout.buffer.write(write_docx(pickle.load(sys.stdin.buffer)))"
    made = subprocess.run(
        [sys.executable, "-c", alone], input=pickle.dumps(smaller), capture_output=True, check=True, cwd=ROOT
    )
    assert write_docx(smaller) == made.stdout
