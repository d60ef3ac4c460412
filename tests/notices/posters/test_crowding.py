"""A poster that is too full: what takes its room, and what to leave out, is said by key."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from notices.posters.crowding import heights, larger_paper, remedies
from notices.posters.document import LayoutName, PosterDocument, Trust, Words
from notices.posters.pages import compose_pages
from notices.posters.room import NoRoomError
from tests.notices.posters.samples import GUARDED, LAYOUTS, poster

POINTS = tuple(f"Ý thứ {n} nói thêm một điều mà ai cũng đã biết từ trước rồi" for n in "12345")
TRUST = Trust(
    title="Tránh bị giả mạo",
    lines=(
        "Khảo sát viên đeo thẻ có tên, ảnh, dấu của Sở Nội vụ",
        "Số gọi đến: 0255.3000.123",
        "Không thu tiền; không hỏi mã OTP, mật khẩu.",
    ),
)
MORE = ("Không mất phí khai sinh, khai tử, kết hôn", "Mang theo căn cước và điện thoại có cài VNeID")
FULLER = replace(GUARDED, trust=TRUST, points=(*GUARDED.points, *MORE))
CROWDED = replace(FULLER, points=POINTS)


def crowded(words: Words, layout: LayoutName) -> PosterDocument:
    return poster(words, layout, landscape=True)


@pytest.mark.parametrize(("layout", "landscape"), list(product(LAYOUTS, (False, True))))
def test_a_trust_block_and_lines_to_fill_in_fit_beside_three_points_on_a4(layout: LayoutName, landscape: bool) -> None:
    assert compose_pages(poster(GUARDED, layout, landscape=landscape))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_so_does_all_of_it_with_five_points_on_an_upright_page(layout: LayoutName) -> None:
    assert compose_pages(poster(FULLER, layout))
    assert compose_pages(poster(CROWDED, layout))


@pytest.mark.parametrize("layout", ["field", "photo", "date"])
def test_what_is_said_to_help_helps(layout: LayoutName) -> None:
    document = crowded(FULLER, layout)
    with pytest.raises(NoRoomError):
        compose_pages(document)
    keys = remedies(document)
    assert {"trust", "points", "staff"} <= set(keys)
    assert compose_pages(crowded(replace(FULLER, trust=None), layout))
    assert compose_pages(crowded(replace(FULLER, points=FULLER.points[:-1]), layout))
    assert compose_pages(crowded(replace(FULLER, blanks=FULLER.blanks[:1]), layout))


def test_where_no_part_alone_helps_pairs_are_named() -> None:
    document = crowded(CROWDED, "field")
    keys = remedies(document)
    assert "staff + trust" in keys
    assert all(" + " in key for key in keys)
    assert compose_pages(crowded(replace(CROWDED, trust=None, blanks=CROWDED.blanks[:1]), "field"))


def test_the_next_larger_paper_is_one_on_which_it_fits() -> None:
    document = crowded(FULLER, "field")
    assert larger_paper(document) == "A3"
    assert compose_pages(replace(document, paper="A3"))
    assert larger_paper(replace(document, paper="A1")) is None
    assert larger_paper(replace(document, paper="A5", two_up=True)) is None


def test_what_takes_most_room_comes_first() -> None:
    found = heights(crowded(CROWDED, "photo"))
    assert found[0][0] == "points"
    assert {key for key, _ in found} == {"headline", "points", "trust", "posted", "staff", "link", "when", "phone"}
    assert [height for _, height in found] == sorted((height for _, height in found), reverse=True)
