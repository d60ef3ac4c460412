"""The components of papers that go through the registry: named types, marks, contact, appendices of every medium."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.section import WD_ORIENT

from notices import rules
from notices.document import Closing, Document, Figure, Kind, Masthead, Paragraph, Role, Table
from notices.layout import SetPage, lay_out
from notices.model import DocumentSpec
from notices.walk import paragraphs_of
from notices.writers.docx import write_docx
from notices.writers.html import write_html
from notices.writers.text import write_text
from tests.notices.samples import ISSUED, appendix, body, composed, dispatch, formal_notice, notice, report, table


def texts(document: Document, role: Role, sheet: int = 0) -> list[str]:
    return [p.text for p in paragraphs_of(document.sheets[sheet].blocks) if p.role is role]


def line_on(page: SetPage, text: str) -> float:
    """How far down a line stands, pt."""
    return next(line.y for line in page.lines if line.line.text.startswith(text))


def test_a_formal_notice_has_its_type_as_heading_and_no_addressee() -> None:
    document = composed(formal_notice(), issue=ISSUED).document
    assert document.sheets[0].kind is Kind.NOTICE
    assert texts(document, Role.NUMBER) == ["Số: 05/TB-SNV"]
    assert texts(document, Role.TYPE_NAME) == ["THÔNG BÁO"]
    assert texts(document, Role.NAMED_SUBJECT) == [
        "Về việc thay đổi giờ làm việc của Trung tâm Phục vụ hành chính công"
    ]
    assert texts(document, Role.SUBJECT) == texts(document, Role.TO) == texts(document, Role.TO_ONE) == []
    assert texts(document, Role.RECIPIENT) == ["- UBND các xã, phường, đặc khu;", "- Lưu: VT."]


def test_a_report_upward_says_kinh_gui_and_nhu_tren() -> None:
    own = composed(report()).document
    assert texts(own, Role.TYPE_NAME) == ["BÁO CÁO"]
    assert texts(own, Role.NAMED_SUBJECT) == ["Kết quả khảo sát mức độ hài lòng năm 2026"]
    assert texts(own, Role.RECIPIENT)[0] == "- UBND tỉnh (để b/c);"
    upward = composed(report(to=["Bộ Nội vụ"]), issue=ISSUED).document
    assert texts(upward, Role.TO_ONE) == ["Kính gửi: Bộ Nội vụ"]
    assert texts(upward, Role.RECIPIENT)[0] == "- Như trên;"
    assert texts(upward, Role.NUMBER) == ["Số: 05/BC-SNV"]


@pytest.mark.parametrize(
    ("subject", "printed"),
    [
        ("về công tác phòng, chống lụt bão", "Về công tác phòng, chống lụt bão"),
        ("Về việc nghỉ Tết", "Về việc nghỉ Tết"),
        ("nghỉ Tết", "Về việc nghỉ Tết"),
        ("lịch tiêm chủng tháng 10", "Lịch tiêm chủng tháng 10"),
        ("vệ sinh môi trường", "Về việc vệ sinh môi trường"),
    ],
)
def test_a_named_type_is_about_something(subject: str, printed: str) -> None:
    assert texts(composed(formal_notice(subject=subject)).document, Role.NAMED_SUBJECT) == [printed]


def test_legal_bases_end_in_semicolons_and_the_last_in_a_full_stop() -> None:
    document = composed(formal_notice(basis=["Căn cứ Luật Thủ đô;", "Căn cứ Luật Báo chí,"])).document
    assert texts(document, Role.BASIS) == ["Căn cứ Luật Thủ đô;", "Căn cứ Luật Báo chí."]
    assert rules.formats(14)[Role.BASIS].italic


@pytest.mark.parametrize(("urgency", "width"), [("khẩn", 20), ("thượng khẩn", 40), ("hỏa tốc", 30)])
def test_the_mark_of_urgency_is_a_red_box_of_its_own_width(urgency: str, width: int) -> None:
    page = lay_out(composed(dispatch(urgency=urgency)).document)[0]
    red = [stroke for stroke in page.strokes if stroke.colour == rules.RED]
    across = max(s.x + s.right + s.width / 2 for s in red) - min(s.x - s.width / 2 for s in red)
    down = max(s.y + s.down for s in red) - min(s.y for s in red)
    assert across / 72 * 25.4 == pytest.approx(width, abs=0.5)
    assert down / 72 * 25.4 == pytest.approx(8, abs=0.3)
    [line] = [line for line in page.lines if line.line.text == urgency.upper()]
    assert {fragment.style.colour for fragment in line.line.fragments} == {rules.RED}
    assert line_on(page, "V/v") < line.y < line_on(page, "Kính gửi")


def test_the_mark_of_circulation_stands_above_the_head_on_page_1_only() -> None:
    first, second = lay_out(composed(dispatch(circulation="lưu hành nội bộ", body=body(9, 3))).document)
    assert line_on(first, "LƯU HÀNH NỘI BỘ") < rules.PAGE.top.pt < line_on(first, "CỘNG HÒA")
    assert all("LƯU HÀNH" not in line.line.text for line in second.lines)


def test_the_contact_stands_at_the_foot_of_page_1_only_and_takes_room_from_its_text() -> None:
    pages = lay_out(composed(dispatch(contact="có", body=body(9, 3))).document)
    plain = lay_out(composed(dispatch(body=body(9, 3))).document)
    assert line_on(pages[0], "Số 1, đường Hùng Vương") < line_on(pages[0], "ĐT: 0255.3000.100, Fax:")
    assert all("E-Mail" not in line.line.text for page in pages[1:] for line in page.lines)
    lowest = max(line.y for line in pages[0].lines if line.y < line_on(pages[0], "Số 1, đường"))
    assert lowest < line_on(pages[0], "Số 1, đường") - rules.CONTACT_GAP.pt
    assert len(pages[0].lines) - 3 < len(plain[0].lines)


def test_marks_and_contact_of_a_dispatch_do_not_return_on_its_appendix() -> None:
    given = dispatch(circulation="lưu hành nội bộ", contact="có", appendices=["phu-luc-1"])
    file = docx.Document(io.BytesIO(write_docx(composed(given, appendix()).document)))
    first, second = file.sections
    assert "LƯU HÀNH NỘI BỘ" in [p.text for p in first.first_page_header.paragraphs]
    assert "LƯU HÀNH NỘI BỘ" not in [p.text for p in second.first_page_header.paragraphs]
    assert any("E-Mail" in p.text for p in first.first_page_footer.paragraphs)
    assert not any(p.text for p in second.first_page_footer.paragraphs)


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({}, "- Lưu: VT, CCHC."),
        ({"drafter": "PL", "copies": "300"}, "- Lưu: VT, CCHC. PL.(300)"),
        ({"drafter": "PL"}, "- Lưu: VT, CCHC. PL"),
    ],
)
def test_the_drafters_symbol_and_the_number_of_copies_follow_luu(changes: dict[str, object], last: str) -> None:
    assert texts(composed(dispatch(**changes)).document, Role.RECIPIENT)[-1] == last


def test_an_appendix_of_an_electronic_paper_leaves_number_and_day_open_for_good() -> None:
    spec = dispatch(appendices=["phu-luc-1"], medium="electronic", body="Gửi kèm theo phụ lục./.")
    document = composed(spec, appendix(), issue=ISSUED).document
    [line] = texts(document, Role.APPENDIX_REFERENCE, sheet=1)
    assert " ".join(line.split()) == "(Kèm theo Công văn số /SNV-CCHC ngày tháng năm 2026 của Sở Nội vụ)"
    runs = [run for block in document.sheets[1].blocks if isinstance(block, Paragraph) for run in block.runs]
    assert not any(run.gap for run in runs)
    assert not document.is_draft


def test_the_year_in_the_line_of_an_electronic_appendix_is_that_of_issue() -> None:
    spec = dispatch(appendices=["phu-luc-1"], medium="electronic", date="2027", body="Gửi kèm theo phụ lục./.")
    paper = composed(spec, appendix(), issue=ISSUED)
    assert "năm\u00a02026" in texts(paper.document, Role.APPENDIX_REFERENCE, sheet=1)[0]
    assert not [problem for problem in paper.problems if problem.rule == "R47"]


def test_an_appendix_names_the_type_of_its_paper() -> None:
    document = composed(report(appendices=["phu-luc-1"], body="Kèm theo phụ lục./."), appendix(), issue=ISSUED).document
    assert texts(document, Role.APPENDIX_REFERENCE, sheet=1) == [
        "(Kèm theo Báo cáo số\u00a005/BC-SNV ngày\u00a005\u00a0tháng\u00a002\u00a0năm\u00a02026 của Sở Nội vụ)"
    ]


def test_a_landscape_appendix_has_its_own_paper() -> None:
    spec = report(appendices=["phu-luc-1", "phu-luc-2"], body="Kèm theo phụ lục./.")
    wide = appendix(orientation="landscape", body=f"{table(3, 6)}\n\nHết./.")
    document = composed(spec, wide, appendix()).document
    shapes = [(page.form.width > page.form.height, page.number) for page in lay_out(document)]
    assert shapes == [(False, 1), (True, 1), (False, 1)]
    sections = docx.Document(io.BytesIO(write_docx(document))).sections
    assert [section.orientation == WD_ORIENT.LANDSCAPE for section in sections] == [False, True, False]


EVERYTHING = [
    dispatch(urgency="khẩn", circulation="xem xong trả lại", contact="có", body=f"A\n\n{table(2, 3)}\n\nB./."),
    formal_notice(basis=["Căn cứ Luật Báo chí"], body='Chương I. Chung\n\n![Sơ đồ](a.png "Hình 1")\n\nHết./.'),
    notice(posted="có", paper="A3"),
]


@pytest.mark.parametrize("spec", EVERYTHING, ids=["dispatch", "formal", "board"])
def test_every_word_of_every_component_is_in_each_medium(spec: DocumentSpec) -> None:
    document = composed(spec).document
    html = write_html(document).decode()
    plain = write_text(document).decode()
    file = write_docx(document)
    drawn = " ".join(line.line.text for page in lay_out(document) for line in page.lines)
    sheet = document.sheets[0]
    said = [*paragraphs_of(sheet.blocks), *sheet.contact, *([sheet.circulation] if sheet.circulation else [])]
    assert any(isinstance(block, Masthead | Table | Figure | Closing) for block in sheet.blocks) or sheet.kind is (
        Kind.POSTING
    )
    shown_in_word = _words_of(file)
    for paragraph in said:
        for word in paragraph.text.split():
            assert word in html.replace("&amp;", "&"), paragraph
            assert word in plain, paragraph
            assert word in drawn, paragraph
            assert word in shown_in_word, paragraph


def _words_of(file: bytes) -> str:
    """Every word of a DOCX, headers and footers of the first page included; hard hyphens are hyphens."""
    opened = docx.Document(io.BytesIO(file))
    parts = [opened.element.body, opened.sections[0].first_page_header._element]
    parts.append(opened.sections[0].first_page_footer._element)
    words = ""
    for part in parts:
        for element in part.iter():
            name = element.tag.rpartition("}")[2]
            words += {"t": element.text or "", "noBreakHyphen": "-", "p": " "}.get(name, "")
    return words


def test_the_picture_of_a_text_says_what_it_shows() -> None:
    document = composed(notice(body="A\n\n![Sơ đồ đường đi](a.png){width=100mm}\n\nB./.")).document
    file = docx.Document(io.BytesIO(write_docx(document)))
    [shape] = file.inline_shapes
    assert shape._inline.docPr.get("descr") == "Sơ đồ đường đi"
    assert shape.width.mm == pytest.approx(100, abs=0.1)
    assert 'alt="Sơ đồ đường đi"' in write_html(document).decode()
    assert "[Sơ đồ đường đi]" in write_text(document).decode()
    [picture] = lay_out(document)[0].pictures
    assert picture.width / picture.height == pytest.approx(900 / 500)
