"""Former names of the administration: from their day on, and not in sentences about the past."""

from __future__ import annotations

from datetime import date

import pytest

from notices.lint.data import former_names, spellings, superseded_documents
from notices.lint.table import find_breaches
from tests.notices.lint.papers import a_draft


def former(sentence: str, month: str = "2026-09") -> list[tuple[object, object]]:
    """Former names found in a dispatch of that month, and what to write."""
    found = find_breaches(a_draft(body=f"{sentence}\n\nTrân trọng./.", date=month))
    return [(breach.values["text"], breach.values["instead"]) for breach in found if breach.rule.identifier == "R53"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Đề nghị UBND các huyện, thị xã, thành phố niêm yết.", "các huyện, thị xã, thành phố"),
        ("Gửi 143 xã, phường, thị trấn.", "xã, phường, thị trấn"),
        ("Ủy ban nhân dân cấp huyện tiếp nhận.", "cấp huyện"),
        ("UBND huyện Trà Bồng tiếp nhận.", "UBND huyện"),
        ("Công an thị xã Ninh Hòa phối hợp.", "Công an thị xã"),
        ("Tại thành phố Nha Trang.", "thành phố Nha Trang"),
        ("Tại TP. Quảng Ngãi.", "TP. Quảng Ngãi"),
        ("Tại Quận 1 và Quận 3.", "Quận 1"),
        ("Niêm yết tại bộ phận một cửa.", "bộ phận một cửa"),
        ("Tại Trung tâm Hành chính công tỉnh.", "Trung tâm Hành chính công"),
        ("Sở Kế hoạch và Đầu tư phối hợp.", "Sở Kế hoạch và Đầu tư"),
        ("Sở Lao động - Thương binh và Xã hội phối hợp.", "Sở Lao động - Thương binh và Xã hội"),
        ("Người dân tỉnh Ninh Thuận tham gia.", "tỉnh Ninh Thuận"),
    ],
)
def test_a_former_name_is_found(sentence: str, found: str) -> None:
    assert former(sentence)[0][0] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Xã hội hóa; thị trường; huyền thoại; quận công; thành phố Huế; TP. Hồ Chí Minh.",
        "Tại phường Nha Trang, phường Bình Dương và xã Hòa Bình.",
        "Trung tâm Phục vụ hành chính công tiếp nhận.",
        "Sở Nông nghiệp và Môi trường, Sở Tài chính phối hợp.",
        "Trước đây UBND huyện tiếp nhận.",
        "Năm 2024, UBND huyện đã niêm yết.",
        "Quyết định số 12/QĐ-UBND ngày 05/3/2024 của UBND huyện Trà Bồng còn hiệu lực.",
        "Chuyên mục “Bộ phận một cửa”.",
        "Bộ phận Một cửa của các bộ, cơ quan trung ương.",
        "Tri huyện thời Nguyễn.",
    ],
)
def test_what_is_right_past_or_quoted_is_left_alone(sentence: str) -> None:
    assert former(sentence) == []


@pytest.mark.parametrize(("month", "count"), [("2025-02", 0), ("2025-03", 1), ("2025-06", 1), ("2025-07", 2)])
def test_each_name_counts_from_its_own_day(month: str, count: int) -> None:
    assert len(former("Sở Kế hoạch và Đầu tư và UBND huyện phối hợp.", month)) == count


def test_a_name_is_told_once_a_sheet() -> None:
    assert len(former("UBND huyện tiếp nhận.\n\nUBND huyện trả kết quả.")) == 1


def test_the_data_are_in_order() -> None:
    assert all(date(2000, 1, 1) < entry.since < date(2100, 1, 1) for entry in former_names())
    assert all(date(2000, 1, 1) < entry.since < date(2100, 1, 1) for entry in superseded_documents())
    assert sum(entry.pattern.pattern.count("tỉnh\\ ") for entry in former_names()) in (0, 29)
    given = spellings()
    assert given.verbs <= set(given.agencies)
    assert {phrase.rule for phrase in given.phrases} == {"V12", "V13", "V15"}
