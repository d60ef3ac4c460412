"""Days, sizes and contacts in official Vietnamese."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.wording import kind_and_size, phone_link, vietnamese_moment, web_link
from tests.channels.site import URL, ZONE


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2023, 9, 5, 7, 30, tzinfo=ZONE), "Thứ Ba, 05/9/2023 07:30"),
        (datetime(2024, 2, 29, 0, 5, tzinfo=ZONE), "Thứ Năm, 29/02/2024 00:05"),
        (datetime(2026, 1, 4, 20, 0, tzinfo=ZONE), "Chủ nhật, 04/01/2026 20:00"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=ZONE), "Thứ Năm, 31/12/2026 23:59"),
    ],
)
def test_a_moment_in_official_vietnamese(moment: datetime, words: str) -> None:
    assert vietnamese_moment(moment) == words


@pytest.mark.parametrize(
    ("name", "media_type", "size", "words"),
    [
        ("a.pdf", "application/pdf", 1_234_567, "PDF, 1,2\u00a0MB"),
        ("a.docx", "application/msword", 845_300, "DOCX, 845\u00a0KB"),
        ("a.jpeg", "image/jpeg", 3, "JPG, 1\u00a0KB"),
        ("a.pdf", "application/pdf", 999_499, "PDF, 999\u00a0KB"),
        ("a.pdf", "application/pdf", 999_500, "PDF, 1,0\u00a0MB"),
        ("giay-moi", "application/octet-stream", 5_000, "5\u00a0KB"),
    ],
)
def test_the_kind_and_size_of_a_file(name: str, media_type: str, size: int, words: str) -> None:
    assert kind_and_size(name, media_type, size) == words


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("02583.810.440", "tel:02583810440"),
        ("(+84) 258 3810 440", "tel:+842583810440"),
        ("0258.3810.440 – 0258.3810.441", ""),
        ("113 hoặc 114", ""),
    ],
)
def test_only_one_telephone_number_becomes_a_link(phone: str, link: str) -> None:
    assert phone_link(phone) == link


@pytest.mark.parametrize("website", ["javascript:alert(1)", "snv.example.gov.vn", "https://", ""])
def test_only_a_web_address_becomes_a_link(website: str) -> None:
    assert web_link(website) == ""
    assert web_link(URL) == URL
