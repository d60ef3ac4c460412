"""What stands on the pages of the static site."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import loa
from channels.answers import NotSent
from channels.base import NoSteps
from channels.post import Attachment
from channels.static.pages import ARCHIVE, HOME_PAGES, Listing, SitePages
from channels.static.records import Entry, Record
from channels.wording import kind_and_size, phone_link, vietnamese_moment, web_link
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


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every page of a site that has everything: current, corrected, archived and withdrawn posts, several pages."""
    workspace = tmp_path_factory.mktemp("site")
    site = open_site(workspace)
    for days in range(22):
        put(site, replace(earlier(days), attachments=(PICTURE, replace(PAPER, content=b"%PDF"))))
    for days in range(30, 52):
        put(site, replace(earlier(days), valid_until=date(2023, 8, 31)))
    site.correct("tb/2023/tin-cu-thu-0-c0/", replace(earlier(0), title="Đã sửa"), NoSteps())
    site.withdraw("tb/2023/tin-cu-thu-1-c1/", "Sai thời gian")
    site.tidy(date(2023, 9, 1))
    pages = {path: content for path, content in tree(workspace).items() if path.endswith(".html")}
    return {path: lxml.html.document_fromstring(content.decode()) for path, content in pages.items()}


def test_every_page_can_be_used_with_a_screen_reader(whole_site: dict[str, Any]) -> None:
    """WCAG 2.2: 1.3.1, 2.4.1, 2.4.2, 3.1.1, 1.1.1, 4.1.2."""
    titles = set()
    for path, page in whole_site.items():
        assert page.get("lang") == "vi", path
        for landmark in ("header", "main", "footer", "h1"):
            assert len(page.findall(f".//{landmark}")) == 1, (path, landmark)
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
        assert page.xpath("//body/*[1]/@href") == ["#noi-dung"]
        assert page.xpath("//nav[not(@aria-label)] | //img[not(@alt)] | //img[@alt='']") == [], path
        assert all(link.text_content().strip() or link.xpath(".//img") for link in page.xpath("//a[@href]")), path
        identifiers = page.xpath("//@id")
        assert len(set(identifiers)) == len(identifiers), path
        assert "user-scalable" not in page.xpath("//meta[@name='viewport']/@content")[0]
        titles.add(page.findtext(".//title"))
    assert len(titles) == len(whole_site)  # every page has a title of its own
    assert {"trang/2/index.html", "luu-tru/trang/2/index.html", "so-do-trang/index.html"} <= set(whole_site)


def test_links_with_the_same_words_lead_to_the_same_place(whole_site: dict[str, Any]) -> None:
    """WCAG 2.2, 2.4.4 and 3.2.4."""
    for path, page in whole_site.items():
        places: dict[str, set[str]] = {}
        for link in page.xpath("//a[@href][normalize-space()]"):
            places.setdefault(link.text_content().strip(), set()).add(link.get("href"))
        assert {words for words, found in places.items() if len(found) > 1} == set(), path


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
    assert page.xpath("//iframe | //form | //@style | //style | //@onclick") == []
    assert page.xpath("//script/@type") == ["application/ld+json"]  # data, which no browser runs
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


def _linked(page: Any) -> dict[str, Any]:
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_search_engines_learn_who_says_what_since_when_and_until_when() -> None:
    things = _linked(_page(attachments=(PICTURE,), valid_until=date(2023, 11, 30)))
    address = f"{URL}/tb/2023/tin-7k3q/"
    assert things["NewsArticle"] == {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "identifier": "tag:snv.example.gov.vn,2026:7k3q",
        "headline": POST.title,
        "description": POST.summary,
        "inLanguage": "vi",
        "datePublished": "2023-09-05T07:30:00+07:00",
        "dateModified": "2023-09-05T07:30:00+07:00",
        "author": {"@type": "Organization", "name": POST.issuer},
        "publisher": {"@id": f"{URL}/#co-quan"},
        "image": [f"{address}ap-phich.png"],
        "expires": "2023-11-30",
    }
    owner = things["GovernmentOrganization"]
    assert (owner["name"], owner["telephone"]) == (PUBLISHER.full_name, PUBLISHER.phone)
    assert owner["@id"] == f"{URL}/#co-quan"
    assert set(_linked(_lists(1)["index.html"])) == {"GovernmentOrganization", "WebSite"}


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b ]]> 'c' \"d\""])
def test_no_title_gets_out_of_the_data_for_search_engines(title: str) -> None:
    page = _page(title=title)
    assert _linked(page)["NewsArticle"]["headline"] == title
    assert len(page.xpath("//script")) == 1
    assert not set("<>&") & set(page.xpath("string(//script)"))


def test_a_picture_says_its_size_where_it_can_be_told() -> None:
    stream = io.BytesIO()
    Image.new("1", (1200, 630)).save(stream, "PNG")
    page = _page(attachments=(replace(PICTURE, content=stream.getvalue()),))
    assert (_meta(page, "og:image:width"), _meta(page, "og:image:height")) == ("1200", "630")
    assert _meta(page, "twitter:card") == "summary_large_image"
    (shown,) = page.iter("img")
    assert (shown.get("width"), shown.get("height")) == ("1200", "630")
    (shown,) = _page(attachments=(PICTURE,)).iter("img")  # no picture at all, whatever its name says
    assert shown.get("width") is None


def test_the_last_day_and_the_shown_code_stand_on_the_page() -> None:
    page = _page(valid_until=date(2023, 11, 30), visible_code="Mã tin: 7K3Q-0001")
    assert _meta(page, "DCTERMS.valid") == "2023-11-30"
    assert page.findtext(".//p[@class='code']") == "Mã tin: 7K3Q-0001"
    assert _page().find(".//p[@class='code']") is None


def test_the_footer_names_who_answers_for_the_site(tmp_path: Path) -> None:
    put(open_site(tmp_path, responsible="Trần Thị Mai, Chánh Văn phòng"))
    footer = lxml.html.document_fromstring(tree(tmp_path)["index.html"].decode()).find(".//footer")
    assert "Chịu trách nhiệm nội dung: Trần Thị Mai, Chánh Văn phòng" in footer.text_content()


# Content


def test_the_time_is_read_by_people_and_by_programs() -> None:
    (time,) = _page().xpath("//article//time")
    assert (time.text, time.get("datetime")) == ("Thứ Ba, 05/9/2023 07:30", "2023-09-05T07:30:00+07:00")


def test_the_body_is_taken_as_it_is_and_the_rest_is_escaped() -> None:
    page = _page(title='<script>alert("1")</script> & {{ 7*7 }}', summary="<b>đậm</b>")
    assert page.findtext(".//h1") == '<script>alert("1")</script> & {{ 7*7 }}'
    assert page.findtext(".//p[@class='lead']") == "<b>đậm</b>"
    assert page.findtext(".//strong") == "15 phút"
    assert page.xpath("//b | //script[not(@type='application/ld+json')]") == []


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


def _lists(count: int, listing: Listing = HOME_PAGES) -> dict[str, Any]:
    records = [Record.of(earlier(days), identity=f"tag:{days}") for days in range(count)]
    entries = [Entry(path=f"tb/2023/tin-{record.marker}/", record=record) for record in records]
    return {
        path: lxml.html.document_fromstring(page.decode())
        for path, page in PAGES.lists(entries, listing, updated=None).items()
    }


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
    assert "Chưa có tin nào được đăng" in _lists(0)["index.html"].text_content()
    assert "Chưa có tin nào trong lưu trữ" in _lists(0, ARCHIVE)["luu-tru/index.html"].text_content()


def test_the_archive_has_pages_of_its_own() -> None:
    lists = _lists(21, ARCHIVE)
    assert list(lists) == ["luu-tru/trang/2/index.html", "luu-tru/index.html"]
    links = lists["luu-tru/trang/2/index.html"].xpath("//nav[@class='pages']//a/@href")
    assert links == ["../../../luu-tru/index.html"]
    assert lists["luu-tru/index.html"].xpath("//nav[@aria-label='Chính']//a[@aria-current]/text()") == ["Lưu trữ"]


def test_the_site_map_names_every_post_by_its_year() -> None:
    new_year = replace(POST, marker="moi", published_at=POST.published_at.replace(year=2024))
    posts = (new_year, POST, earlier(1))
    entries = [Entry(path=f"tb/{post.marker}/", record=Record.of(post, identity="tag:x")) for post in posts]
    page = lxml.html.document_fromstring(PAGES.site_map(entries).decode())
    assert [heading.text for heading in page.iter("h2")] == ["Các trang chính", "Tin năm 2024", "Tin năm 2023"]
    links = page.xpath("//main//a[starts-with(@href, '../tb/')]/@href")
    assert links == [f"../tb/{marker}/index.html" for marker in ("moi", "7k3q", "c1")]


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
        ("ink", "notice"),
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
