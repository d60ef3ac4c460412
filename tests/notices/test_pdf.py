"""The PDF carries its fonts, its text and its links, and the same document gives the same bytes."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from notices.compose import compose_paper
from notices.layout import SetPage, lay_out
from notices.rules import PAGE
from notices.writers.pdf import write_pdf
from notices.writers.png import write_pngs
from tests.notices.bundled import BUNDLED
from tests.notices.samples import ISSUED, body, composed, context, dispatch, notice

DRAFT = composed(dispatch(body=body(30, 4))).document


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    output = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    return [line.split() for line in output.splitlines()[2:]]


@pytest.mark.parametrize("name", BUNDLED)
def test_every_font_is_tinos_embedded_as_a_subset_with_its_characters_known(name: str, tmp_path: Path) -> None:
    fonts = fonts_of(write_pdf(BUNDLED[name]), tmp_path)
    assert fonts
    for font in fonts:
        assert re.fullmatch(r"[A-Z]{6}\+Tinos-\w+", font[0])
        assert font[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, unicode


def test_the_file_says_its_language_title_and_author() -> None:
    pdf = write_pdf(DRAFT)
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title").startswith("Công văn phối hợp")
    assert document.get_metadata_value("Author") == "Sở Nội vụ tỉnh Sông Trà"
    assert document.get_version() == 17
    document.close()
    assert b"/Lang (vi-VN)" in pdf


def test_the_text_can_be_taken_out_again_composed_as_it_went_in() -> None:
    document = pypdfium2.PdfDocument(write_pdf(BUNDLED["khanh-hoa-2024.thong-bao"]))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert unicodedata.is_normalized("NFC", text)
    assert "Lực lượng khảo sát viên1 của Sở Nội vụ" in text.replace("\r\n", " ")


def test_links_lead_where_they_say() -> None:
    paper = composed(notice(body="Xem [trang tin](https://snv.example.gov.vn/a?b=1&c=2)./.")).document
    assert b"https://snv.example.gov.vn/a?b=1&c=2" in write_pdf(paper)


def _lines(page: SetPage) -> list[str]:
    return [line.line.text for line in page.lines]


def test_page_numbers_begin_on_the_second_page_of_each_sheet() -> None:
    paper = composed(
        dispatch(appendices=["phu-luc-1"], body=body(40, 2)), notice(body=body(30, 3)), issue=ISSUED
    ).document
    pages = lay_out(paper)
    assert [page.number for page in pages if page.sheet == "van-ban"] == list(range(1, 1 + _count(pages, "van-ban")))
    for page in pages:
        assert (str(page.number) in _lines(page)[-1:]) is (page.number > 1)


def _count(pages: list[SetPage], sheet: str) -> int:
    return sum(page.sheet == sheet for page in pages)


@pytest.mark.parametrize("paragraphs", range(1, 30))
def test_the_signature_is_never_alone_on_a_page_and_never_torn(paragraphs: int) -> None:
    pages = lay_out(composed(dispatch(body=body(paragraphs, paragraphs + 50)), issue=ISSUED).document)
    last = _lines(pages[-1])
    assert any(line.endswith("./.") for line in last)
    for words in ("Nơi nhận:", "KT. GIÁM ĐỐC", "- Lưu: VT, CCHC.", "Trần Thị Bình"):
        assert words in last


@pytest.mark.parametrize("paragraphs", [5, 60])
def test_nothing_stands_outside_the_margins(paragraphs: int) -> None:
    document = composed(dispatch(body=body(paragraphs, 8, notes=3))).document
    for page in lay_out(document):
        for line in page.lines:
            right = line.x + line.line.x + line.line.width
            assert right <= PAGE.width.pt - PAGE.right.pt + 0.1
            assert line.y <= PAGE.height.pt - PAGE.bottom.pt
        for stroke in page.strokes:
            assert stroke.x + stroke.right <= PAGE.width.pt - PAGE.right.pt + 0.1


def test_the_national_name_stands_on_one_line_and_its_motto_is_ruled_for_its_whole_length() -> None:
    page = lay_out(DRAFT)[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in _lines(page)
    motto = next(line for line in page.lines if line.line.text == "Độc lập - Tự do - Hạnh phúc")
    assert any(abs(stroke.right - motto.line.width) < 0.01 for stroke in page.strokes)
    issuer = next(line for line in page.lines if line.line.text == "SỞ NỘI VỤ")
    shares = [stroke.right / issuer.line.width for stroke in page.strokes]
    assert any(1 / 3 <= share <= 1 / 2 for share in shares)


def test_number_and_date_stand_on_one_line() -> None:
    page = lay_out(DRAFT)[0]
    number, date = (next(s for s in page.lines if s.line.text.startswith(w)) for w in ("Số:", "Sông Trà,"))
    assert number.y == date.y


def test_a_long_name_takes_several_lines_and_keeps_the_place_together() -> None:
    agency = context({}).agency.model_copy(update={"name": "Ủy ban nhân dân tỉnh Sông Trà"})
    document = compose_paper("van-ban", context({"van-ban": dispatch()}, agency=agency)).document
    lines = _lines(lay_out(document)[0])
    assert "ỦY BAN NHÂN DÂN" in lines
    assert "TỈNH SÔNG TRÀ" in lines


def test_a_word_longer_than_a_line_is_cut_and_nothing_of_it_is_lost() -> None:
    word = "https://snv.example.gov.vn/" + "a" * 300
    document = composed(notice(body=f"Xem {word}./.")).document
    text = "".join(_lines(lay_out(document)[0]))
    assert word in text.replace(" ", "")


def test_there_is_a_picture_of_every_page() -> None:
    pngs = write_pngs(write_pdf(DRAFT))
    assert len(pngs) == len(lay_out(DRAFT))
    assert all(png.startswith(b"\x89PNG") for png in pngs)
