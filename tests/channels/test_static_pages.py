"""What stands on the pages of the static site."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

import loa
from channels.answers import NotSent
from channels.post import Attachment
from channels.static_pages import SitePages, kind_and_size, phone_link, vietnamese_moment, web_link
from channels.static_records import Entry, Record, RecordedFile
from tests.channels.site import PAPER, POST, PUBLISHER, URL, ZONE, earlier, open_site, put, tree

PICTURE = Attachment(
    name="ap-phich.png",
    media_type="image/png",
    content=b"\x89PNG",
    title="Áp phích",
    alt="Áp phích mời trả lời khảo sát",
)
PAGES = SitePages(own=Path("no-templates-of-our-own"), shipped=loa.root() / "templates", url=URL, publisher=PUBLISHER)


def _page(**changes: Any) -> Any:
    record = Record.of(replace(POST, **changes), identity="tag:snv.example.gov.vn,2026:7k3q")
    return lxml.html.document_fromstring(PAGES.post("tb/2023/tin-7k3q/", record).decode())


def _meta(page: Any, name: str) -> str:
    (value,) = page.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
    return str(value)


# Structure


def test_a_page_has_the_landmarks_one_heading_and_a_way_past_the_header() -> None:
    page = _page()
    assert page.get("lang") == "vi"
    assert [len(page.findall(f".//{tag}")) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert page.xpath("//body/*[1]/@href") == ["#noi-dung"]
    assert page.xpath("//main/@id") == ["noi-dung"]
    assert [nav.get("aria-label") for nav in page.iter("nav")] == ["Chính", "Đường dẫn"]
    assert page.findtext(".//title") == f"{POST.title} – Sở Nội vụ tỉnh Sông Trà"


def test_nothing_comes_from_elsewhere_and_no_script_runs() -> None:
    page = _page(attachments=(PICTURE, PAPER))
    assert page.xpath("//script | //iframe | //form | //@style | //style | //@onclick") == []
    assert page.xpath("//link[@rel='stylesheet']/@href | //img/@src") == ["../../../site.css", "ap-phich.png"]
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"]
    assert "url(" not in (loa.root() / "templates/site/site.css").read_text(encoding="utf-8")


def test_the_footer_says_whom_to_ask() -> None:
    footer = _page().find(".//footer")
    assert "Số 1, đường Hùng Vương, phường Trà Giang" in footer.text_content()
    assert footer.xpath(".//a/@href") == ["tel:02553000100", URL]


@pytest.mark.parametrize("name", ["title", "creator", "date", "description", "publisher", "identifier", "language"])
def test_the_mandatory_dublin_core_is_on_every_page(tmp_path: Path, name: str) -> None:
    put(open_site(tmp_path), replace(POST, summary="", text=""))
    for path, content in tree(tmp_path).items():
        if path.endswith(".html"):
            assert _meta(lxml.html.document_fromstring(content.decode()), f"DC.{name}").strip()


def test_other_services_learn_title_address_time_and_picture_from_the_page() -> None:
    page = _page(attachments=(PICTURE,))
    address = f"{URL}/tb/2023/tin-7k3q/"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert _meta(page, "og:url") == _meta(page, "DC.identifier") == address
    assert _meta(page, "og:title") == POST.title
    assert _meta(page, "og:type") == "article"
    assert _meta(page, "article:published_time") == "2023-09-05T07:30:00+07:00"
    assert _meta(page, "og:image") == f"{address}ap-phich.png"


# Content


def test_the_time_is_read_by_people_and_by_programs() -> None:
    (time,) = _page().xpath("//article//time")
    assert (time.text, time.get("datetime")) == ("Thứ Ba, 05/9/2023 07:30", "2023-09-05T07:30:00+07:00")


def test_the_body_is_taken_as_it_is_and_the_rest_is_escaped() -> None:
    page = _page(title='<script>alert("1")</script> & {{ 7*7 }}', summary="<b>đậm</b>")
    assert page.findtext(".//h1") == '<script>alert("1")</script> & {{ 7*7 }}'
    assert page.findtext(".//p[@class='lead']") == "<b>đậm</b>"
    assert page.findtext(".//strong") == "15 phút"
    assert page.xpath("//script | //b") == []


def test_a_file_is_linked_with_its_title_kind_and_size() -> None:
    (link,) = _page(attachments=(PAPER,)).xpath("//section[@class='attached']//a")
    assert (link.text, link.get("href")) == ("Thông báo niêm yết (PDF, 1,2\u00a0MB)", "thong-bao.pdf")


def test_a_file_name_is_quoted_in_its_link() -> None:
    page = _page(attachments=(replace(PAPER, name="Thông báo #1.pdf"),))
    assert page.xpath("//section[@class='attached']//a/@href") == ["Th%C3%B4ng%20b%C3%A1o%20%231.pdf"]


def test_a_picture_with_words_for_it_is_shown_and_one_without_is_linked() -> None:
    (shown,) = _page(attachments=(PICTURE,)).iter("img")
    assert shown.get("alt") == PICTURE.alt
    page = _page(attachments=(replace(PICTURE, alt=""),))
    assert list(page.iter("img")) == []
    assert page.xpath("//section[@class='attached']//a/@href") == ["ap-phich.png"]


@pytest.mark.parametrize(
    ("summary", "lead"), [("Tóm tắt.", "Tóm tắt."), ("", None), ("Mỗi phiếu chỉ mất …", None), (POST.text, None)]
)
def test_a_summary_stands_above_the_text_unless_it_only_repeats_it(summary: str, lead: str | None) -> None:
    assert _page(summary=summary).findtext(".//p[@class='lead']") == lead


@pytest.mark.parametrize(("summary", "text"), [("", "chữ " * 200), ("", ""), ("Tóm tắt.", "")])
def test_the_description_is_never_empty_and_never_endless(summary: str, text: str) -> None:
    description = _meta(_page(summary=summary, text=text), "description")
    assert 0 < len(description) <= 200


@given(st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=300))
def test_any_title_is_read_back_from_the_page(title: str) -> None:
    page = _page(title=title)
    assert page.findtext(".//h1") == unicodedata.normalize("NFC", title)
    assert _meta(page, "og:title") == unicodedata.normalize("NFC", title)


# Lists


def _lists(count: int) -> dict[str, Any]:
    records = [Record.of(earlier(days), identity=f"tag:{days}") for days in range(count)]
    entries = [Entry(path=f"tb/2023/tin-{record.marker}/", record=record) for record in records]
    return {path: lxml.html.document_fromstring(page.decode()) for path, page in PAGES.lists(entries).items()}


@pytest.mark.parametrize(("posts", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_a_page_of_the_list_has_twenty_posts(posts: int, pages: int) -> None:
    lists = _lists(posts)
    assert sorted(lists) == sorted(["index.html", *(f"trang/{n}/index.html" for n in range(2, pages + 1))])
    assert sum(len(page.findall(".//article")) for page in lists.values()) == posts


def test_the_pages_of_the_list_lead_to_each_other() -> None:
    lists = _lists(41)
    links = {path: page.xpath("//nav[@class='pages']//a/@href") for path, page in lists.items()}
    assert links == {
        "index.html": ["trang/2/index.html"],
        "trang/2/index.html": ["../../index.html", "../../trang/3/index.html"],
        "trang/3/index.html": ["../../trang/2/index.html"],
    }
    assert lists["trang/2/index.html"].xpath("//link[@rel='canonical']/@href") == [f"{URL}/trang/2/"]


def test_an_empty_list_says_so() -> None:
    assert "Chưa có tin nào" in _lists(0)["index.html"].text_content()


# Words


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
    file = RecordedFile(name=name, title="Tệp", media_type=media_type, size=size, sha256="")
    assert kind_and_size(file) == words


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


# Colours


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, definition of contrast ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "ground"),
        ("soft", "paper"),
        ("soft", "ground"),
        ("link", "paper"),
        ("link", "ground"),
        ("deep", "paper"),
        ("white", "red"),
        ("cream", "red"),
        ("cream", "night"),
        ("white", "link"),
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    style = (loa.root() / "templates/site/site.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", style))
    assert _contrast(colours[text], colours[ground]) >= 4.5


def test_a_mistake_in_an_own_template_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "site" / "post.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("dòng một\n{% if %}\n", encoding="utf-8")
    with pytest.raises(NotSent) as raised:
        put(open_site(tmp_path))
    assert raised.value.reason_key == "channel.template"
    assert not list((tmp_path / "output").rglob("index.html"))
