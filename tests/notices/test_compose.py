"""What a document says, in what order: components of the decree, blanks of a draft, appendices, footnotes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from loa.core.errors import LoaError
from notices.compose import compose_paper
from notices.context import Issue
from notices.document import Closing, Masthead, Paragraph, Role
from notices.fill import fill_line
from notices.template import Text
from notices.walk import all_text, paragraphs_of
from notices.writers.docx import write_docx
from tests.notices.samples import AGENCY, ISSUED, appendix, composed, context, dispatch, notice


def texts(*roles: Role, **changes: object) -> list[str]:
    sheet = composed(dispatch(**changes), issue=ISSUED).document.sheets[0]
    return [p.text for p in paragraphs_of(sheet.blocks) if p.role in roles]


def keys(error: LoaError) -> list[tuple[str, str]]:
    return [(problem.key, problem.place.part) for problem in error.problems]


@pytest.mark.parametrize(("number", "printed"), [(1, "01"), (9, "09"), (10, "10"), (123, "123")])
def test_a_number_below_ten_has_a_leading_zero(number: int, printed: str) -> None:
    issue = Issue(number=number, day=date(2026, 9, 5))
    head = composed(dispatch(), issue=issue).document.sheets[0].blocks[0]
    assert isinstance(head, Masthead)
    assert head.number.text == f"Số: {printed}/SNV-CCHC"


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 2, 5), "Sông Trà, ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "Sông Trà, ngày 15 tháng 3 năm 2026"),
        (date(2026, 12, 31), "Sông Trà, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_a_date_is_padded_as_the_decree_asks(day: date, printed: str) -> None:
    head = composed(dispatch(), issue=Issue(number=1, day=day)).document.sheets[0].blocks[0]
    assert isinstance(head, Masthead)
    assert head.place_date.text == printed


def test_a_draft_leaves_gaps_for_number_and_day_and_says_so() -> None:
    paper = composed(dispatch())
    head = paper.document.sheets[0].blocks[0]
    assert isinstance(head, Masthead)
    assert [run.text for run in head.number.runs if run.gap] == [" " * 6]
    assert [bool(run.gap) for run in head.place_date.runs].count(True) == 1
    assert paper.document.is_draft
    assert [(p.key, str(p.severity)) for p in paper.problems] == [("form.no_number", "gap"), ("form.no_day", "gap")]


def test_a_numbered_paper_is_no_draft() -> None:
    paper = composed(dispatch(), issue=ISSUED)
    assert not paper.document.is_draft
    assert paper.problems == ()


def test_an_open_month_is_a_gap_too() -> None:
    head = composed(dispatch(date="2026")).document.sheets[0].blocks[0]
    assert isinstance(head, Masthead)
    assert sum(run.gap for run in head.place_date.runs) == 2


def test_one_addressee_stands_on_the_line_of_kinh_gui() -> None:
    assert texts(Role.TO, Role.TO_ONE, Role.TO_ITEM, Role.TO_LAST, to=["Bộ Nội vụ"]) == ["Kính gửi: Bộ Nội vụ"]


def test_several_addressees_stand_below_with_dashes_and_the_last_has_a_full_stop() -> None:
    assert texts(Role.TO, Role.TO_ITEM, Role.TO_LAST, to=["A", "B", "C"]) == ["Kính gửi:", "- A;", "- B;", "- C."]


def test_copies_begin_with_nhu_tren_and_end_with_luu() -> None:
    assert texts(Role.RECIPIENT) == ["- Như trên;", "- Báo Sông Trà;", "- Lưu: VT, CCHC."]
    own = texts(Role.RECIPIENT, cc=["Như trên (VBĐT)"], file="VT, CCHC (02).")
    assert own == ["- Như trên (VBĐT);", "- Lưu: VT, CCHC (02)."]


def test_names_and_offices_are_printed_in_capitals() -> None:
    assert texts(Role.PARENT, Role.ISSUER) == ["UBND TỈNH SÔNG TRÀ", "SỞ NỘI VỤ"]
    assert texts(Role.AUTHORITY, sign=["kt. Giám đốc", "Phó Giám đốc", "Lê An"]) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


def test_an_agency_without_a_parent_has_one_line() -> None:
    agency = AGENCY.model_copy(update={"parent": None})
    head = compose_paper("van-ban", context({"van-ban": dispatch()}, agency=agency)).document.sheets[0].blocks[0]
    assert isinstance(head, Masthead)
    assert [p.role for p in head.issuer] == [Role.ISSUER]


def test_one_appendix_has_no_number_and_two_have_roman_ones() -> None:
    one = composed(dispatch(appendices=["phu-luc-1"]), appendix()).document.sheets[1:]
    two = composed(dispatch(appendices=["phu-luc-1", "phu-luc-2"]), appendix(), notice()).document.sheets[1:]
    labels = [[p.text for p in paragraphs_of(s.blocks) if p.role is Role.APPENDIX_LABEL] for s in (*one, *two)]
    assert labels == [["Phụ lục"], ["Phụ lục I"], ["Phụ lục II"]]


def test_an_appendix_names_its_dispatch_in_number_and_date() -> None:
    sheet = composed(dispatch(appendices=["phu-luc-1"]), appendix(), issue=ISSUED).document.sheets[1]
    reference = next(p.text for p in paragraphs_of(sheet.blocks) if p.role is Role.APPENDIX_REFERENCE)
    assert reference.split("\u00a0") == [  # what stands together stays on one line
        *("(Kèm theo Công văn số", "05/SNV-CCHC ngày", "05", "tháng", "02", "năm", "2026 của Sở Nội vụ)"),
    ]


def test_a_notice_closes_with_the_agency_also_when_it_is_attached() -> None:
    paper = composed(dispatch(appendices=["phu-luc-1"]), notice())
    assert [b.text for b in paper.document.sheets[1].blocks if isinstance(b, Paragraph)][-1] == AGENCY.full_name


def test_the_closing_is_the_last_block_of_a_dispatch() -> None:
    assert isinstance(composed(dispatch()).document.sheets[0].blocks[-1], Closing)


def test_facts_stand_in_single_lines_too() -> None:
    given = context({"van-ban": dispatch(subject="khảo sát năm {{ nam }}", to=["Sở {{ ten_so }}"])})
    given = replace(given, values={"agency": AGENCY, "nam": "2026", "ten_so": "Y_tế & *Công an*"})
    text = list(all_text(compose_paper("van-ban", given).document))
    assert "V/v khảo sát năm 2026" in text
    assert "Kính gửi: Sở Y_tế & *Công an*" in text


def test_a_line_with_an_unknown_fact_is_refused_at_its_place() -> None:
    with pytest.raises(LoaError) as raised:
        composed(dispatch(to=["Sở {{ ten_so }}", "B"]))
    assert keys(raised.value) == [("template.undefined", "documents.van-ban.to.0")]


@pytest.mark.parametrize(
    ("line", "printed"), [("Mời *người dân* {{ agency.name }}", "Mời *người dân* Sở Nội vụ"), ("a_b [c]", "a_b [c]")]
)
def test_a_single_line_is_no_markdown_with_or_without_facts(line: str, printed: str) -> None:
    assert fill_line(Text(text=line), context({})) == printed


def test_a_character_that_the_faces_lack_is_refused() -> None:
    with pytest.raises(LoaError) as raised:
        composed(notice(body="Chúc mừng 🎉./."))
    assert keys(raised.value) == [("text.no_glyph", "documents.van-ban")]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("Một[^a]./.", "text.unknown_note"),
        ("Xem [đây](www.example.vn)./.", "text.lost_address"),
        ("Xem **[đây](trang-2.html)**./.", "text.lost_address"),
        ("Xem[^a]./.\n\n[^a]: Ở [đây](ftp://example.vn/tệp).", "text.lost_address"),
        ("Một./.\n\n[^a]: Không ai gọi.", "text.unused_note"),
        ("Một[^a]./.\n\n[^a]: Xem[^b].\n\n[^b]: Lồng nhau.", "text.note_in_note"),
    ],
)
def test_a_footnote_or_link_that_would_be_lost_is_refused(body: str, key: str) -> None:
    with pytest.raises(LoaError) as raised:
        composed(notice(body=body))
    assert keys(raised.value) == [(key, "documents.van-ban.body")]


def test_a_footnote_called_twice_stands_twice() -> None:
    paper = composed(notice(body="Một[^a] hai[^a] ba[^b]./.\n\n[^a]: A.\n\n[^b]: B.")).document.sheets[0]
    assert ["".join(run.text for run in note) for note in paper.notes] == ["A.", "A.", "B."]


def test_recipients_that_fill_a_page_are_refused() -> None:
    with pytest.raises(LoaError) as raised:
        composed(dispatch(cc=[f"Đơn vị số {number}" for number in range(59)]))
    assert keys(raised.value) == [("form.tall_closing", "documents.van-ban.cc")]


def test_a_subject_of_five_hundred_characters_makes_a_paper() -> None:
    assert write_docx(composed(dispatch(subject="phối hợp tuyên truyền " * 22)).document)


def test_what_was_checked_before_is_not_asked_again() -> None:
    """The same paper, with what is open in it: that makes it a draft."""
    breaking = context({"van-ban": dispatch(subject="Phối hợp tuyên truyền.")})
    first = compose_paper("van-ban", breaking)
    again = compose_paper("van-ban", replace(breaking, is_checked=True))
    assert again.document == first.document
    assert [problem.key for problem in again.problems] == ["form.no_number", "form.no_day"]
    assert {"rule.R27"} <= {problem.key for problem in first.problems}
