"""A document in an office's letterhead: our words and text, their file, and Word opens it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openxml_audit import OpenXmlValidator

from loa.core.errors import LoaError
from tests.notices.letterhead.stage import (
    WHOLE,
    changed,
    found,
    opened,
    parts_of,
    plain,
    rich,
    texts,
    word_file,
    written,
    zipped,
)
from tests.notices.samples import ISSUED, composed, dispatch, notice


def audited(folder: Path, content: bytes) -> list[str]:
    path = folder / "audited.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def test_the_components_stand_where_their_tags_were(tmp_path: Path) -> None:
    file = written(tmp_path, word_file(*WHOLE), composed(dispatch(), issue=ISSUED).document)
    assert texts(file) == [
        "UBND TỈNH SÔNG TRÀ",
        "SỞ NỘI VỤ",
        "Số: 05/SNV-CCHC",
        "Sông Trà, ngày 05 tháng 02 năm 2026",
        "V/v phối hợp tuyên truyền khảo sát mức độ hài lòng năm 2026",
        "Kính gửi: ",
        "- Các sở, ban, ngành;",
        "- UBND các xã, phường, đặc khu.",
        "Sở Nội vụ đề nghị các cơ quan, đơn vị quan tâm, phối hợp./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Báo Sông Trà;",
        "- Lưu: VT, CCHC.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Thị Bình",
    ]


def test_a_single_addressee_stands_on_the_line_itself(tmp_path: Path) -> None:
    assert "Kính gửi: UBND tỉnh" in texts(written(tmp_path, word_file(*WHOLE), plain(to=["UBND tỉnh"])))


def test_a_loop_goes_through_the_bare_words(tmp_path: Path) -> None:
    loop = ("{%p for noi in kinh_gui %}", "{{ loop.index }} {{ noi }}", "{%p endfor %}")
    file = written(tmp_path, word_file(*WHOLE, *loop))
    assert texts(file)[-2:] == ["1 Các sở, ban, ngành", "2 UBND các xã, phường, đặc khu"]


def test_markup_in_a_value_stays_text(tmp_path: Path) -> None:
    words = "Công an & Quân đội <tỉnh> {{ so }} {% x %} {_{ “a”"
    document = plain(
        to=["Một"], cc=[words.replace("{{ so }}", "{{ '{{ so }}' }}").replace("{% x %}", "{{ '{% x %}' }}")]
    )
    assert f"- {words};" in texts(written(tmp_path, word_file(*WHOLE), document))


def test_tags_that_word_has_split_over_runs_are_whole(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        paragraph = file.add_paragraph("Số ")
        for part in ("{", "{ s", "o", " }", "}", "{% i", "f so %}", " có số{% endif ", "%}"):
            paragraph.add_run(part).bold = True
            mark = paragraph._p.makeelement(qn("w:proofErr"), {qn("w:type"): "spellStart"})
            paragraph._p.append(mark)

    document = composed(dispatch(), issue=ISSUED).document
    content = word_file(*(line for line in WHOLE if "{{ so }}" not in line), "/{{ ky_hieu }}", add=add)
    assert found(tmp_path, content, document) == []
    assert texts(written(tmp_path, content, document))[-1] == "Số 05 có số"


def test_open_blanks_are_highlighted_and_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    file = written(tmp_path, word_file(*WHOLE))
    yellow = [run.text for p in file.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert len(yellow) == 2
    assert all(not blank.strip() for blank in yellow)
    assert file.sections[0].header.paragraphs[0].text == "DỰ THẢO"
    done = written(tmp_path, word_file(*WHOLE), composed(dispatch(), issue=ISSUED).document)
    assert [p.text for p in done.sections[0].header.paragraphs] == [""]
    assert "w:highlight" not in done.element.xml


def test_lines_of_a_list_look_like_the_paragraph_of_their_tag(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(12)
        paragraph.add_run("{{ noi_nhan }}").italic = True

    file = written(tmp_path, word_file(*(line for line in WHOLE if "noi_nhan" not in line), add=add))
    lines = file.paragraphs[-3:]
    assert [line.text for line in lines] == ["- Như trên;", "- Báo Sông Trà;", "- Lưu: VT, CCHC."]
    assert {round(line.paragraph_format.left_indent.mm) for line in lines if line.paragraph_format.left_indent} == {12}
    assert all(line.runs[0].italic for line in lines)


def test_the_text_keeps_emphasis_tables_pictures_links_and_footnotes(tmp_path: Path) -> None:
    content = opened(tmp_path, word_file(*WHOLE)).write(rich())
    file = docx.Document(io.BytesIO(content))
    bold = [run.text for p in file.paragraphs for run in p.runs if run.bold]
    assert "đề nghị" in bold
    assert [cell.text for cell in file.tables[0].rows[1].cells] == ["A & B", "1.000"]
    assert len(file.inline_shapes) == 1
    assert [link.address for p in file.paragraphs for link in p.hyperlinks] == ["https://snv.example.gov.vn"]
    parts = parts_of(content)
    notes = parts["word/footnotes.xml"].decode()
    called = re.findall(r'<w:footnoteReference w:id="(\d+)"', parts["word/document.xml"].decode())
    assert called == re.findall(r'<w:footnote w:id="(\d+)"', notes) == ["1", "2"]
    assert "w:hyperlink" not in notes
    assert "vbpl.example.gov.vn" in notes


def test_footnotes_of_the_letterhead_itself_stay(tmp_path: Path) -> None:
    with_note = parts_of(opened(tmp_path, word_file(*WHOLE)).write(plain(body="Một[^1]./.\n\n[^1]: Của mẫu.")))
    text = with_note["word/document.xml"].decode()
    again = re.sub(r"<w:t [^>]*>Một</w:t>", "<w:t>{{ noi_dung }}</w:t>", text)
    mine = zipped(with_note | {"word/document.xml": again.encode()})
    # the tag and the mark of the note share a paragraph: put the tag into one of its own
    mine = changed(mine, "word/document.xml", "<w:t>{{ noi_dung }}</w:t>", "<w:t>Mẫu</w:t>")
    mine = changed(mine, "word/document.xml", "<w:sectPr", "<w:p><w:r><w:t>{{ noi_dung }}</w:t></w:r></w:p><w:sectPr")
    content = opened(tmp_path, mine).write(plain(body="Hai[^1]./.\n\n[^1]: Của văn bản."))
    parts = parts_of(content)
    ids = re.findall(r'<w:footnoteReference w:id="(\d+)"', parts["word/document.xml"].decode())
    assert ids == ["1", "2"]
    notes = parts["word/footnotes.xml"].decode()
    assert notes.index("Của mẫu") < notes.index("Của văn bản")


def test_an_office_sets_the_text_in_its_own_typography(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.styles.add_style("Nội dung", WD_STYLE_TYPE.PARAGRAPH).font.name = "Arial"

    body = next(p for p in written(tmp_path, word_file(*WHOLE, add=add)).paragraphs if "quan tâm" in p.text)
    assert body.style is not None
    assert (body.style.name, body.style.font.name) == ("Nội dung", "Arial")
    own = next(p for p in written(tmp_path, word_file(*WHOLE)).paragraphs if "quan tâm" in p.text)
    assert own.style is not None
    assert (own.style.style_id, own.style.font.name) == ("LoaBody", "Times New Roman")


def test_appendices_follow_on_pages_of_their_own(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.sections[0].different_first_page_header_footer = True
        file.sections[0].first_page_header.paragraphs[0].text = "BIỂU TRƯNG"
        file.sections[0].header.paragraphs[0].text = "Trang sau"

    file = written(tmp_path, word_file(*WHOLE, add=add), rich())
    letter, first, second = file.sections
    wide = [bool((s.page_width or 0) > (s.page_height or 0)) for s in (letter, first, second)]
    assert wide == [False, True, False]
    assert [p.text for p in letter.first_page_header.paragraphs] == ["DỰ THẢO", "BIỂU TRƯNG"]
    for section in (first, second):
        assert [p.text for p in section.first_page_header.paragraphs if p.text] == ["DỰ THẢO"]
        assert [p.text for p in section.header.paragraphs] == ["DỰ THẢO", "Trang sau"]
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert texts(file)[-2:] == ["DANH SÁCH", "Nội dung./."] or "DANH SÁCH" in texts(file)


@pytest.mark.parametrize(("ends_in_table", "words"), [(False, "Cuối thư"), (True, "")])
def test_a_letter_that_fills_its_last_page_pushes_out_no_empty_one(
    tmp_path: Path, ends_in_table: bool, words: str
) -> None:
    """The letter's own last paragraph ends its section in Word; behind a table one does that is 1 pt high."""

    def add(file: DocxDocument) -> None:
        if ends_in_table:
            file.add_table(1, 1)
        else:
            file.add_paragraph("Cuối thư")

    file = written(tmp_path, word_file(*WHOLE, add=add), rich())
    before, last = (p for p in file.paragraphs if p._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None)
    assert before.text == words
    assert ends_in_table is (before.paragraph_format.line_spacing == Pt(1))
    assert last.text


def test_tables_and_pictures_shrink_to_a_narrower_column(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.sections[0].page_width, file.sections[0].page_height = Mm(148), Mm(210)
        file.sections[0].left_margin = file.sections[0].right_margin = Mm(20)

    file = written(tmp_path, word_file(*WHOLE, add=add), rich())
    widths = [int(column.get(qn("w:w"))) for column in file.tables[0]._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert abs(sum(widths) / 1440 * 25.4 - 108) < 1


def test_a_posting_notice_has_its_heading_and_lines(tmp_path: Path) -> None:
    lines = ("{{ tieu_de }}", "{{ noi_dung }}", "{{ ten_co_quan }}", "{{ niem_yet }}")
    document = composed(notice(posted="yes")).document
    assert found(tmp_path, word_file(*lines), document) == []
    file = written(tmp_path, word_file(*lines), document)
    assert texts(file)[:3] == [
        "THÔNG BÁO KHẢO SÁT MỨC ĐỘ HÀI LÒNG NĂM 2026",
        "Trân trọng thông báo./.",
        "Sở Nội vụ tỉnh Sông Trà",
    ]
    assert texts(file)[3].startswith("Niêm yết từ ngày")


def test_headers_and_footers_are_filled(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.sections[0].footer.paragraphs[0].text = "Điện thoại: {{ hotline }} ({{ hotline.label }})"

    file = written(tmp_path, word_file(*WHOLE, add=add))
    assert file.sections[0].footer.paragraphs[0].text == "Điện thoại: 0255.3000.100 (Văn phòng)"


def test_the_file_says_nothing_of_who_made_the_template(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.core_properties.last_modified_by = file.core_properties.keywords = "Lan"

    core = parts_of(opened(tmp_path, word_file(*WHOLE, add=add)).write(plain()))["docProps/core.xml"].decode()
    assert "Lan" not in core
    assert "Công văn phối hợp" in core


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    letterhead = opened(tmp_path, word_file(*WHOLE))
    assert letterhead.write(rich()) == letterhead.write(rich())


def test_an_auditor_of_the_format_finds_nothing(tmp_path: Path) -> None:
    assert audited(tmp_path, opened(tmp_path, word_file(*WHOLE, "{{ hotline }}")).write(rich())) == []


def test_the_auditor_would_see_a_mistake(tmp_path: Path) -> None:
    content = opened(tmp_path, word_file(*WHOLE)).write(plain())
    assert audited(tmp_path, changed(content, "word/document.xml", 'w:val="LoaBody"', 'w:vol="LoaBody"'))


def test_what_conditions_have_emptied_is_mended(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        cell = file.add_table(1, 2).cell(0, 0)
        cell.paragraphs[0].text = "{%p if do_khan %}"
        for text in ("{{ do_khan }}", "{%p endif %}"):
            cell.add_paragraph(text)
        rows = file.add_table(3, 1)
        for row, text in enumerate(("{%tr for dong in can_cu %}", "{{ dong }}", "{%tr endfor %}")):
            rows.cell(row, 0).paragraphs[0].text = text

    content = opened(tmp_path, word_file(*WHOLE, add=add)).write(plain())
    assert audited(tmp_path, content) == []
    [table] = docx.Document(io.BytesIO(content)).tables
    assert [len(cell.paragraphs) for cell in table.rows[0].cells] == [1, 1]


@pytest.mark.parametrize("tag", ["{% if do_khan %}", "{%p if do_khan %}"])
def test_tags_that_tear_the_layout_are_refused(tmp_path: Path, tag: str) -> None:
    def add(file: DocxDocument) -> None:
        file.add_table(1, 1).cell(0, 0).paragraphs[0].text = tag
        file.add_paragraph(tag.replace("if do_khan", "endif"))

    with pytest.raises(LoaError) as caught:
        opened(tmp_path, word_file(*WHOLE, add=add)).write(plain())
    assert [problem.key for problem in caught.value.problems] == ["letterhead.torn"]
