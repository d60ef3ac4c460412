"""Lines of about equal length."""

from __future__ import annotations

import time

import pytest

from notices.balance import even_lines, fitted
from notices.document import Role, text_run
from notices.fonts import text_width
from notices.lines import set_lines
from notices.rules import HEAD_COLUMNS, HEAD_ROOM, formats


def width(text: str) -> float:
    return text_width(text, 13, bold=True)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("SỞ NỘI VỤ", ["SỞ NỘI VỤ"]),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", ["SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH"]),
        ("PHƯỜNG XUÂN HƯƠNG - ĐÀ LẠT", ["PHƯỜNG XUÂN HƯƠNG", "- ĐÀ LẠT"]),
        ("BAN QUẢN LÝ KHU KINH TẾ VÂN PHONG", ["BAN QUẢN LÝ KHU", "KINH TẾ VÂN PHONG"]),
    ],
)
def test_a_name_breaks_where_a_typist_would_break_it(name: str, lines: list[str]) -> None:
    assert even_lines(name, HEAD_ROOM.pt, width) == lines


def test_a_word_longer_than_the_room_stands_alone() -> None:
    assert even_lines("A" * 60 + " B", HEAD_ROOM.pt, width) == ["A" * 60, "B"]


def test_the_longest_name_that_is_allowed_is_quickly_broken() -> None:
    start = time.perf_counter()
    lines = even_lines("Ủy ban nhân dân " * 10, HEAD_ROOM.pt, width)
    assert " ".join(lines) == "Ủy ban nhân dân " * 10
    assert time.perf_counter() - start < 1


def test_a_centred_paragraph_keeps_its_number_of_lines_and_evens_them() -> None:
    form = formats(14)[Role.SUBJECT]
    runs = text_run("V/v báo cáo kết quả thực hiện công tác cải cách hành chính định kỳ")
    column = HEAD_COLUMNS[0].pt
    greedy = set_lines(runs, form, column)
    even = set_lines(runs, fitted(runs, form, column), column)
    assert len(even) == len(greedy)
    spread = [max(line.width for line in lines) - min(line.width for line in lines) for lines in (greedy, even)]
    assert spread[1] < spread[0]


def test_running_text_is_left_alone() -> None:
    form = formats(14)[Role.BODY]
    assert fitted(text_run("Mời người dân " * 30), form, 400) is form
