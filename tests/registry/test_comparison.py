"""Comparing what a PDF says with what was numbered: order and breaks do not count, words do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import process_time

import pytest

from loa.core.errors import Place
from loa.planning.workspace import open_workspace
from loa.registry.comparison import compare
from loa.registry.pdf import PdfPage, read_pdf
from notices.compose import compose_paper
from notices.content import content_of
from notices.context import Issue
from notices.model import Issued
from notices.render import render
from tests.conftest import ROOT

CONTENT = (
    "UBND TỈNH SÔNG TRÀ",
    "SỞ NỘI VỤ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 12/SNV-CCHC",
    "Sông Trà, ngày 05 tháng 9 năm 2026",
    "Sở Nội vụ[1] đề nghị các cơ quan phối hợp tuyên truyền từ ngày 01/9 đến ngày 30/11/2026.",
    "STT | Đơn vị | Số phiếu",
    "1 | Sở Y tế | 6.045",
    "2 | Sở Tài chính | 302",
    "[3f2a9c0d11e4b7a8: Ảnh hội nghị]",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT, CCHC.",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Trần Văn An",
    "[1] Điện thoại: 0255.3000.100",
)
# As a program that reads line by line gives it: columns side by side, broken lines, page numbers, a head printed again.
FIRST = (
    "UBND TỈNH SÔNG TRÀ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "SỞ NỘI VỤ",
    "Số: 12/SNV-",
    "CCHC Sông Trà, ngày 05 tháng 9 năm 2026",
    "Sở Nội vụ1 đề nghị các cơ quan phối hợp tuyên tru\ufffe",
    "yền từ ngày 01/9",
    "1 Điện thoại: 0255.3000.100",
)
SECOND = (
    "2",
    "đến ngày 30/11/2026.",
    "STT Đơn vị Số phiếu",
    "1 Sở Y tế 6.045",
)
THIRD = (
    "STT Đơn vị Số phiếu",
    "2 Sở Tài chính 302",
    "Nơi nhận: KT. GIÁM ĐỐC",
    "- Như trên; PHÓ GIÁM ĐỐC",
    "- Lưu: VT, CCHC.",
    "Trần Văn An",
    "3",
)


def pages(*texts: Sequence[str]) -> list[PdfPage]:
    return [PdfPage(lines=tuple(lines), is_picture=False) for lines in texts]


def changed(texts: Sequence[Sequence[str]], old: str, new: str) -> list[list[str]]:
    assert sum(line.count(old) for lines in texts for line in lines) == 1
    return [[line.replace(old, new) for line in lines] for lines in texts]


def found(*texts: Sequence[str]) -> list[tuple[str, str, int]]:
    compared = compare(CONTENT, pages(*texts), ["Sở Nội vụ tỉnh Sông Trà", "Trần Văn An"])
    return [(one.ours, one.theirs, one.page) for one in compared.deviations]


def test_order_breaks_page_numbers_and_repeated_heads_do_not_count() -> None:
    assert found(FIRST, SECOND, THIRD) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("30/11/2026", "31/12/2026", ("30/11/2026.", "31/12/2026.", 2)),
        ("6.045", "60.45", ("6.045", "60.45", 2)),
        ("ngày 05 tháng", "ngày 06 tháng", ("05", "06", 1)),
        ("đề nghị các", "đề nghị tất cả các", ("", "tất cả", 1)),
        ("GIÁM ĐỐC", "TRƯỞNG PHÒNG", ("GIÁM ĐỐC", "TRƯỞNG PHÒNG", 3)),
        ("Sở Tài chính", "Sở Tài chinh", ("chính", "chinh", 3)),
    ],
)
def test_a_word_that_differs_is_named_alone(old: str, new: str, expected: tuple[str, str, int]) -> None:
    texts = (FIRST, SECOND, THIRD)
    if old == "GIÁM ĐỐC":  # stands twice
        assert expected in found(*(tuple(line.replace(f"PHÓ {old}", f"PHÓ {new}") for line in t) for t in texts))
    else:
        assert expected in found(*changed(texts, old, new))


def test_a_change_between_the_halves_of_a_paragraph_is_seen() -> None:
    texts = changed((FIRST, SECOND, THIRD), "0255.3000.100", "0255.3000.190")
    assert "0255.3000.190" in " ".join(theirs for _, theirs, _ in found(*texts))


def test_two_values_that_changed_places_are_seen() -> None:
    swapped = [
        [line.replace("01/9", "@").replace("30/11/2026", "01/9").replace("@", "30/11/2026") for line in lines]
        for lines in (FIRST, SECOND, THIRD)
    ]
    assert len(found(*swapped)) >= 2


@pytest.mark.parametrize(
    "line",
    ["Ký bởi: Sở Nội vụ", "Thời gian ký: 05.09.2026 10:11:12 +07:00", "SỞ NỘI VỤ", "Digitally signed by Trần Văn An"],
)
def test_signatures_and_seals_do_not_count(line: str) -> None:
    assert found((*FIRST, line), SECOND, THIRD) == []


@pytest.mark.parametrize("line", ["Mỗi phiếu thu 50.000 đồng.", "DỰ THẢO", "Ký thay", "9"])
def test_any_other_line_counts(line: str) -> None:
    assert [one[:2] for one in found((*FIRST[:2], line, *FIRST[2:]), SECOND, THIRD)] == [("", line)]


def test_a_signature_ends_with_its_time() -> None:
    signed = ("Ký bởi: Sở Nội vụ", "Thời gian ký: 05.09.2026", "10:11:12 +07:00", "Mỗi phiếu thu 50.000 đồng.")
    assert [one[1] for one in found((*FIRST, *signed), SECOND, THIRD)] == ["Mỗi phiếu thu 50.000 đồng."]


@pytest.mark.parametrize(
    "lines",
    [
        ("Email: thutien@example.com", "Mỗi hộ nộp 200.000 đồng", "trước 17:00 ngày 30/9"),
        ("Reason: nộp phiếu", "Mỗi hộ nộp phí", "trước 17:00 ngày 30/9"),
        ("Date: 30/9", "Mỗi hộ nộp phí", "17:00"),
        ("Date: 17:00 ngày 30/9 nộp phí",),
        ("5.000.000",),
        ("Người ký nộp 200.000 đồng cho văn thư",),
    ],
)
def test_a_line_that_only_looks_like_a_key_of_a_signature_counts(lines: Sequence[str]) -> None:
    assert " ".join(lines[:2]) in found((*FIRST, *lines), SECOND, THIRD)[0][1]


@pytest.mark.parametrize(
    "lines",
    [
        ("Ký bởi: Văn thư", "Sở Nội vụ", "Email: snv@example.gov.vn", "Thời gian ký: 05.09.2026", "10:11:12 +07:00"),
        ("Digitally signed by", "Trần Thị Bình", "Date: 2026.09.05 10:11:12", "+07'00'"),
        ("Người ký: Trần Thị Bình", "Cơ quan: Văn phòng Ủy ban", "nhân dân tỉnh", "Email: ubnd@example.gov.vn"),
    ],
)
def test_the_further_lines_of_a_signature_do_not_count(lines: Sequence[str]) -> None:
    assert found((*FIRST, *lines), SECOND, THIRD) == []


@pytest.mark.parametrize(
    ("before", "behind"),
    [("Email: snv@example.gov.vn", ""), ("", "Email: snv@example.gov.vn")],
    ids=["last", "first"],
)
def test_a_signature_hides_no_figure_between_its_lines(before: str, behind: str) -> None:
    lines = [line for line in ("Ký bởi: Sở Nội vụ", before, "Mỗi hộ nộp 200.000 đồng", behind) if line]
    assert "200.000" in found((*FIRST, *lines), SECOND, THIRD)[0][1]
    alone = [line.replace("Mỗi hộ nộp 200.000 đồng", "200.000") for line in lines]
    assert found((*FIRST, *alone), SECOND, THIRD)[0][1].startswith("200.000")


def differing(content: Sequence[str], *texts: Sequence[str]) -> list[tuple[str, str]]:
    return [(one.ours, one.theirs) for one in compare(content, pages(*texts)).deviations]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tăng trưởng -5 %", "Tăng trưởng 5 %"),
        ("Tăng trưởng (-5 %)", "Tăng trưởng (5 %)"),
        ("trong 10-15 ngày", "trong 1015 ngày"),
        ("trong 10 – 15 ngày", "trong 1015 ngày"),
        ("đạt 1 5 phiếu", "đạt 15 phiếu"),
        ("đạt 15 phiếu", "đạt 1 5 phiếu"),
        ("10² hộ", "102 hộ"),
        ("5 m²", "5 m2"),
    ],
)
def test_a_figure_that_changed_with_its_sign_or_blank_is_seen(ours: str, theirs: str) -> None:
    assert differing([ours], [theirs])


@pytest.mark.parametrize(
    ("ours", "lines"),
    [
        ("Tăng trưởng -5 %", ["Tăng trưởng", "–5 %"]),
        ("trong 10-15 ngày", ["trong 10\ufffe", "15 ngày"]),
        ("trong 10-15 ngày", ["trong 10-", "15 ngày"]),
        ("trong 10 - 15 ngày", ["trong 10 –", "15 ngày"]),
        ("COVID-19", ["COVID-", "19"]),
        ("- 5 hộ", ["- 5 hộ"]),
        ("năm 2026[1] có 5 xã", ["năm 20261 có 5 xã"]),
        ("năm 2026[1] có 5 xã", ["năm 2026 1 có 5 xã"]),
        ("chính xác, hoàn chỉnh file", ["chính xác, hoàn chỉnh ﬁle"]),
    ],
)
def test_figures_that_only_break_otherwise_are_the_same(ours: str, lines: Sequence[str]) -> None:
    assert differing([ours], lines) == []


TABLE = ("Xã | Năm 2025 | Tỷ lệ", "An Phú | 60 | 92", "Trà Giang | 70 | 81", "Trà Khúc |  | 2")


@pytest.mark.parametrize(
    "lines",
    [
        ("An Phú 60 81", "Trà Giang 70 92", "Trà Khúc 2"),
        ("An Phú", "60", "81", "Trà Giang", "70", "92", "Trà Khúc", "2"),
        ("An Phú 92 60", "Trà Giang 70 81", "Trà Khúc 2"),
        ("An Phú 60 92", "Trà Giang 81", "Trà Khúc 70 2"),
        ("An Phú 60 92", "Trà Giang 70 81", "Trà Khúc 2", "2025"),
    ],
    ids=["rows", "cells", "columns", "into an empty cell", "a word of the head"],
)
def test_values_that_changed_their_cells_are_seen(lines: Sequence[str]) -> None:
    assert differing(TABLE, ["Xã Năm 2025 Tỷ lệ", *lines])


@pytest.mark.parametrize(
    ("row", "line"),
    [("An Phú | từ 60 | từ 92", "An Phú từ 92 từ 60"), ("An Phú | 5\nTrà Khúc | ", "An Phú\nTrà Khúc 5")],
    ids=["words around it alike", "beside a row that is whole"],
)
def test_a_moved_value_is_seen_whatever_stands_around_it(row: str, line: str) -> None:
    assert differing(["Xã | Số", *row.split("\n")], ["Xã Số", *line.split("\n")])


@pytest.mark.parametrize(
    "texts",
    [
        (("Xã Năm 2025 Tỷ lệ", "An Phú", "60 92", "Trà Giang 70 81"), ("2", "Xã Năm 2025 Tỷ lệ", "Trà Khúc 2")),
        (("Xã", "Năm 2025", "Tỷ lệ", "An", "Phú", "60", "92", "Trà Giang", "70", "81", "Trà Khúc", "2"), ("2",)),
        (("Xã Năm 2025 Tỷ lệ", "An 60 92", "Phú", "Trà 70 81", "Giang", "Trà 2", "Khúc"),),
        (("Xã Năm 2025 Tỷ lệ", "An Phú 60 92", "Trà 70 81"), ("Xã Năm 2025 Tỷ lệ", "Giang", "Trà Khúc 2")),
    ],
    ids=["rows", "cells, one like a page number", "lines across cells", "a row on two pages"],
)
def test_a_table_is_the_same_however_its_rows_are_read(texts: Sequence[Sequence[str]]) -> None:
    assert differing(TABLE, *texts) == []


def test_a_paper_of_a_hundred_pages_is_compared_in_seconds() -> None:
    content = [f"Đoạn văn số {number} nói về việc số {7 * number}" for number in range(2000)]
    started = process_time()
    assert differing(content, *(content[first : first + 20] for first in range(0, 2000, 20))) == []
    assert process_time() - started < 3


def test_letters_that_are_put_together_otherwise_are_the_same() -> None:
    decomposed = [[line.replace("ộ", "o\u0323\u0302") for line in lines] for lines in (FIRST, SECOND, THIRD)]
    assert found(*decomposed) == []


def issued() -> list[tuple[str, str]]:
    place = open_workspace(ROOT)
    return [
        (name, document)
        for name in ("dong-thap-2023", "khanh-hoa-2023", "khanh-hoa-2024")
        for document, spec in place.campaign(name).campaign.documents.items()
        if isinstance(spec, Issued)
    ]


@pytest.mark.parametrize(("name", "document"), issued())
def test_our_own_pdf_says_what_the_paper_says(name: str, document: str) -> None:
    place = open_workspace(ROOT)
    context = place.context(place.campaign(name), {document: Issue(number=12, day=date(2023, 9, 5))})
    paper = compose_paper(document, context).document
    [pdf] = render(paper, ["pdf"]).values()
    compared = compare(content_of(paper), read_pdf(pdf, Place()))
    assert (compared.deviations, compared.found) == ((), 1.0)
