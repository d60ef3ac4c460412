"""Pages and mail boxes in sentences."""

from __future__ import annotations

import pytest

from notices.mentions.addresses import find_emails, find_links, is_private, normal_link


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tại https://snv.example.gov.vn/khao-sat-2026.", ["https://snv.example.gov.vn/khao-sat-2026"]),
        ("(xem http://a.vn/b?c=1&d=2), và", ["http://a.vn/b?c=1&d=2"]),
        ("trang snv.khanhhoa.gov.vn; Zalo: zalo.me/123", ["snv.khanhhoa.gov.vn", "zalo.me/123"]),
        ("https://vi.wikipedia.org/wiki/A_(B)", ["https://vi.wikipedia.org/wiki/A_(B)"]),
        ("(https://a.vn/b)", ["https://a.vn/b"]),
        ("“https://a.vn”", ["https://a.vn"]),
        ("- Lưu: VT. CCHC.01b.", []),
        ("Zalo, Facebook,... và các kênh", []),
        ("TP.HCM, UBND.VP", []),
    ],
)
def test_links_are_found_without_the_marks_around_them(text: str, found: list[str]) -> None:
    assert [mention.text for mention in find_links(text)] == found


def test_an_address_is_the_same_with_and_without_what_browsers_add() -> None:
    written = ("https://www.SNV.example.gov.vn/", "snv.example.gov.vn", "http://snv.example.gov.vn")
    assert {normal_link(link) for link in written} == {"snv.example.gov.vn"}
    assert normal_link("https://a.vn/Trang") == "a.vn/Trang"  # below the host, capitals count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("E-mail: snv@example.gov.vn.", ["snv@example.gov.vn"]),
        ("Phong.CCHC@Example.gov.vn, mailto:b@a.vn", ["phong.cchc@example.gov.vn", "b@a.vn"]),
        ("a @ b", []),
    ],
)
def test_mail_boxes_are_found(text: str, found: list[str]) -> None:
    assert [mention.normal for mention in find_emails(text)] == found


def test_private_mail_boxes_are_told_from_an_offices_own() -> None:
    assert is_private("nguyenvana@gmail.com")
    assert is_private("a@yahoo.com.vn")
    assert not is_private("gmail@example.gov.vn")
