"""Appendices that are files of their own, each signed by the registry by itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pydantic import ValidationError

from loa.core.errors import Problem
from notices.compose import compose_paper
from notices.content import FILE_BREAK, content_by_file, content_of, differences
from notices.context import Context, Issue
from notices.document import Document, Role
from notices.layout import SetPage, lay_out
from notices.model import DocumentSpec
from notices.render import render, render_pdf
from notices.walk import paragraphs_of
from notices.writers.docx import write_docx
from tests.notices.samples import ISSUED, appendix, body, composed, context, dispatch, notice

APART: Mapping[str, object] = {"medium": "electronic", "appendix_files": "apart", "body": "Gửi kèm phụ lục./."}


def texts(document: Document, role: Role) -> list[str]:
    return [p.text for sheet in document.sheets for p in paragraphs_of(sheet.blocks) if p.role is role]


def apart(*others: DocumentSpec, issue: Issue | None = ISSUED, **changes: object) -> Document:
    """A dispatch whose appendices are files of their own."""
    names = [f"phu-luc-{index}" for index, _ in enumerate(others, 1)]
    return composed(dispatch(**{**APART, "appendices": names, **changes}), *others, issue=issue).document


def test_an_appendix_apart_is_a_file_that_carries_all_that_ties_it_to_its_paper() -> None:
    paper = apart(appendix(), notice(heading="Thông báo khảo sát"))
    assert [sheet.name for sheet in paper.sheets] == ["van-ban"]
    first, second = paper.apart
    assert (first.name, second.name) == ("van-ban-05-SNV-CCHC_Phu-luc-I", "van-ban-05-SNV-CCHC_Phu-luc-II")
    assert (first.title, second.title) == ("Phụ lục I: Nội dung tuyên truyền", "Phụ lục II: Thông báo khảo sát")
    assert texts(second, Role.APPENDIX_LABEL) == ["Phụ lục II"]
    assert texts(second, Role.APPENDIX_TITLE) == ["THÔNG BÁO KHẢO SÁT"]
    [line] = texts(second, Role.APPENDIX_REFERENCE)
    assert " ".join(line.split()) == "(Kèm theo Công văn số /SNV-CCHC ngày tháng năm 2026 của Sở Nội vụ)"
    assert texts(second, Role.SIGN_OFF) == ["Sở Nội vụ tỉnh Sông Trà"]


def test_the_only_appendix_apart_has_no_number() -> None:
    assert [file.name for file in apart(appendix(), issue=None).apart] == ["van-ban_Phu-luc"]


def test_an_appendix_apart_is_a_draft_as_long_as_its_paper_is_one() -> None:
    assert [file.is_draft for file in apart(appendix(), issue=None).files] == [True, True]
    assert [file.is_draft for file in apart(appendix()).files] == [False, False]


def test_an_appendix_apart_takes_the_size_of_its_paper_and_counts_its_own_pages_and_notes() -> None:
    paper = apart(appendix(body=body(30, 3, notes=2)), size="13", body=f"Phụ lục./.{body(2, 2, notes=1)}")
    [file] = paper.apart
    assert file.body_size == 13
    assert [page.number for page in lay_out(file)] == list(range(1, len(lay_out(file)) + 1))
    assert '<w:footnoteReference w:id="1"/>' in docx_part(file, "word/document.xml")


def test_room_for_the_registrys_signature_stands_at_the_top_right_of_a_separate_appendix_only() -> None:
    paper = apart(appendix())
    [own], [separate] = (docx.Document(io.BytesIO(write_docx(file))).sections for file in paper.files)
    assert "Thông tin ký số" not in [p.style.name for p in own.first_page_header.paragraphs if p.style]
    [line] = separate.first_page_header.paragraphs
    assert line.style
    assert (line.style.name, line.text) == ("Thông tin ký số", "")
    assert line.style.font.size
    assert (line.style.font.size.pt, line.style.paragraph_format.alignment) == (10, WD_ALIGN_PARAGRAPH.RIGHT)


def test_the_words_of_a_separate_appendix_stand_where_they_do_behind_its_paper() -> None:
    text = body(12, 5)
    [alone] = apart(appendix(body=text)).apart
    together = composed(
        dispatch(appendices=["phu-luc-1"], medium="electronic", body="Gửi kèm phụ lục./."),
        appendix(body=text),
        issue=ISSUED,
    ).document
    behind = [page for page in lay_out(together) if page.sheet == "phu-luc-1"]
    assert [places(page) for page in lay_out(alone)] == [places(page) for page in behind]


def places(page: SetPage) -> list[tuple[float, float]]:
    return [(line.x, line.y) for line in page.lines if line.line.text]


def docx_part(document: Document, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as file:
        return file.read(name).decode()


def test_every_file_of_a_paper_is_written_under_its_own_name() -> None:
    files = render(apart(appendix(orientation="landscape"), appendix(title="Danh sách")), ["pdf", "txt"])
    stems = ("van-ban-05-SNV-CCHC", "van-ban-05-SNV-CCHC_Phu-luc-I", "van-ban-05-SNV-CCHC_Phu-luc-II")
    assert list(files) == [f"{stem}.{suffix}" for stem in stems for suffix in ("pdf", "txt")]
    assert "DANH SÁCH" in files[f"{stems[2]}.txt"].decode()
    assert "DANH SÁCH" not in files[f"{stems[0]}.txt"].decode()


def test_appendices_of_a_paper_on_paper_are_no_files_of_their_own() -> None:
    with pytest.raises(ValidationError, match="apart_on_paper"):
        dispatch(appendices=["phu-luc-1"], appendix_files="apart")


def office(*, issue: Issue | None = ISSUED) -> Context:
    documents: dict[str, DocumentSpec] = {
        "cong-van": dispatch(**APART, appendices=["danh-sach", "thong-bao"]),
        "danh-sach": appendix(title="Danh sách"),
        "thong-bao": notice(),
    }
    return context(documents, issue=issue)


def test_an_appendix_asked_for_by_its_name_is_what_it_is_with_its_paper() -> None:
    paper, alone = compose_paper("cong-van", office()), compose_paper("danh-sach", office())
    assert alone.document == paper.document.apart[0]
    assert alone.problems == paper.problems


def test_an_appendix_asked_for_by_its_name_has_the_gaps_of_its_paper() -> None:
    keys = [problem.key for problem in compose_paper("danh-sach", office(issue=None)).problems]
    assert keys == ["form.no_number", "form.no_day"]


def test_a_notice_asked_for_by_its_name_is_the_sheet_to_post() -> None:
    sheet = compose_paper("thong-bao", office()).document
    assert not texts(sheet, Role.APPENDIX_LABEL)
    assert texts(sheet, Role.SIGN_OFF) == ["Sở Nội vụ tỉnh Sông Trà"]


class PlainLetterhead:
    """An office's own Word file that takes whatever it is given."""

    file = "mau.docx"
    sha256 = "0" * 64

    def check(self, document: Document) -> list[Problem]:
        return []

    def write(self, document: Document) -> bytes:
        return document.name.encode()


def test_a_letterhead_of_an_office_carries_the_paper_and_not_its_separate_appendices() -> None:
    documents = {**office().documents, "cong-van": dispatch(**APART, appendices=["danh-sach"], word="mau.docx")}
    lettered = replace(office(), documents=documents, letterhead=lambda _name, _place: PlainLetterhead())
    files = render(compose_paper("cong-van", lettered).document, ["docx"])
    assert files["cong-van-05-SNV-CCHC.docx"] == b"cong-van-05-SNV-CCHC"
    [appendix_file] = docx.Document(io.BytesIO(files["cong-van-05-SNV-CCHC_Phu-luc.docx"])).sections
    assert appendix_file.first_page_header.paragraphs[0].style


def test_what_is_frozen_has_the_words_of_every_file() -> None:
    paper = apart(appendix(title="Danh sách"), appendix(title="Câu hỏi"))
    content = content_of(paper)
    own, first, second = content_by_file(content)
    assert "SỞ NỘI VỤ" in own
    assert first[:2] == ("Phụ lục I", "DANH SÁCH")
    assert second[:2] == ("Phụ lục II", "CÂU HỎI")
    assert content == (*own, FILE_BREAK, *first, FILE_BREAK, *second)


def test_what_was_frozen_before_files_were_apart_is_one_file() -> None:
    assert content_by_file(("một", "hai")) == [("một", "hai")]


def test_a_word_changed_in_a_separate_appendix_is_found() -> None:
    before, after = (content_of(apart(appendix(body=f"Nộp {count} phiếu./."))) for count in ("hai", "ba"))
    assert [str(found) for found in differences(before, after)] == ["“hai” → “ba”"]


def test_files_apart_or_together_say_the_same_words() -> None:
    before, after = (content_of(apart(appendix(), appendix_files=kind)) for kind in ("together", "apart"))
    assert differences(before, after) == ()


def test_the_pdf_of_a_paper_does_not_hold_its_separate_appendices() -> None:
    paper = apart(appendix())
    assert render_pdf(paper) == render(paper, ["pdf"])["van-ban-05-SNV-CCHC.pdf"]
