"""The lists of the static site: home page, archive, site maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

import channels.static.lists
import channels.static.pages
from channels.static.files import remove_lists_but
from channels.static.lists import sitemaps
from channels.static.pages import ARCHIVE, HOME_PAGES, Listing, near_pages
from channels.static.records import Entry, Record
from loa.core.files import write_files
from tests.channels.site import PAPER, POST, URL, earlier, open_site, put, tree
from tests.channels.static_drawing import PAGES, PICTURE, meta


def _drawn(pages: Mapping[str, bytes]) -> dict[str, Any]:
    return {path: lxml.html.document_fromstring(page.decode()) for path, page in pages.items()}


def _lists(count: int, listing: Listing = HOME_PAGES) -> dict[str, Any]:
    records = [Record.of(earlier(days), identity=f"tag:{days}") for days in range(count)]
    entries = [Entry(path=f"tb/2023/tin-{record.marker}/", record=record) for record in records]
    return _drawn(PAGES.lists(entries, listing, updated=None))


def test_a_list_shows_the_first_picture_of_each_post_that_has_one() -> None:
    with_picture, without = replace(earlier(0), attachments=(PAPER, PICTURE)), replace(earlier(1), attachments=(PAPER,))
    entries = [
        Entry(path=f"tb/2023/tin-{one.marker}/", record=Record.of(one, identity=f"tag:{one.marker}"))
        for one in (with_picture, without)
    ]
    (page,) = _drawn(PAGES.lists(entries, ARCHIVE, updated=None)).values()
    first, second = page.findall(".//article")
    assert first.xpath("img/@src") == [f"../{entries[0].path}{PICTURE.name}"]
    assert first.xpath("img/@loading") == ["lazy"]
    assert not second.xpath(".//img")


@pytest.mark.parametrize(("posts", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_a_page_of_the_list_has_twenty_posts(posts: int, pages: int) -> None:
    lists = _lists(posts)
    assert sorted(lists) == sorted(["index.html", *(f"trang/{n}/index.html" for n in range(2, pages + 1))])
    assert sum(len(page.findall(".//article")) for page in lists.values()) == posts


def test_the_pages_of_the_list_lead_to_each_other() -> None:
    lists = _lists(41)
    links = {path: page.xpath("//nav[@class='pages']//a[@rel]/@href") for path, page in lists.items()}
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
    assert set(links) == {"../../../luu-tru/index.html"}
    assert lists["luu-tru/index.html"].xpath("//nav[@aria-label='Chính']//a[@aria-current]/text()") == ["Lưu trữ"]


def test_the_site_map_names_every_post_by_its_year() -> None:
    new_year = replace(POST, marker="moi", published_at=POST.published_at.replace(year=2024))
    posts = (new_year, POST, earlier(1))
    entries = [Entry(path=f"tb/{post.marker}/", record=Record.of(post, identity="tag:x")) for post in posts]
    (page,) = _drawn(PAGES.site_map(entries)).values()
    assert [heading.text for heading in page.iter("h2")] == ["Các trang chính", "Tin năm 2024", "Tin năm 2023"]
    links = page.xpath("//main//a[starts-with(@href, '../tb/')]/@href")
    assert links == [f"../tb/{marker}/index.html" for marker in ("moi", "7k3q", "c1")]


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (2, 3, [1, 2, 3]),
        (1, 98, [1, 2, None, 98]),
        (3, 98, [1, 2, 3, 4, None, 98]),
        (50, 98, [1, None, 49, 50, 51, None, 98]),
        (98, 98, [1, None, 97, 98]),
    ],
)
def test_a_long_list_leads_to_its_ends_and_its_neighbours(number: int, total: int, shown: list[int | None]) -> None:
    assert near_pages(number, total) == shown


def test_every_page_of_a_list_says_which_one_it_is() -> None:
    page = _lists(101)["trang/3/index.html"]
    assert page.xpath("//nav[@class='pages']//*[@aria-current]/text()") == ["Trang 3 trên 6"]
    labels = page.xpath("//nav[@class='pages']//a/@aria-label")
    assert labels == ["Trang 1", "Trang 2", "Trang 4", "Trang 6"]
    assert page.xpath("//nav[@class='pages']//li[@class='gap']/@aria-hidden") == ["true"]


def _entries(count: int, year: int) -> list[Entry]:
    record = Record.of(replace(POST, published_at=POST.published_at.replace(year=year)), identity="tag:x")
    return [Entry(path=f"tb/{year}/tin-{number}/", record=record) for number in range(count)]


def test_a_large_site_map_has_a_page_for_each_year() -> None:
    pages = _drawn(PAGES.site_map([*_entries(300, 2024), *_entries(250, 2023)]))
    assert sorted(pages) == [f"so-do-trang/{name}" for name in ("2023/index.html", "2024/index.html", "index.html")]
    links = pages["so-do-trang/index.html"].xpath("//div[@class='map']//a[contains(@href, '/20')]/@href")
    assert links == ["../so-do-trang/2024/index.html", "../so-do-trang/2023/index.html"]
    year = pages["so-do-trang/2023/index.html"]
    assert len(year.xpath("//div[@class='map']//li")) == 250
    assert year.xpath("//div[@class='map']//a/@href")[0] == "../../tb/2023/tin-0/index.html"
    assert meta(year, "DC.title") == "Sơ đồ trang: tin năm 2023"


def test_a_list_that_has_become_shorter_leaves_no_file_behind(tmp_path: Path) -> None:
    kept = tmp_path / "so-do-trang/2024/index.html"
    gone = [tmp_path / path for path in ("trang/9/index.html", "so-do-trang/2023/index.html", "sitemap-3.xml")]
    foreign = tmp_path / "trang/rieng/index.html"
    write_files(dict.fromkeys([kept, foreign, *gone], b"x"))
    remove_lists_but(tmp_path, {kept})
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {kept, foreign}
    assert not gone[0].parent.exists()


def test_the_last_post_of_a_year_takes_its_page_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the title of what was withdrawn would stay there."""
    monkeypatch.setattr(channels.static.pages, "_MAP_MOST", 1)
    site, new_year = open_site(tmp_path), replace(POST, marker="moi", published_at=POST.published_at.replace(year=2024))
    remote_id = put(site, new_year).remote_id
    put(site)
    put(site, earlier(1))
    assert {"so-do-trang/2023/index.html", "so-do-trang/2024/index.html"} <= set(tree(tmp_path))
    site.withdraw(remote_id, "Sai thời gian")
    years = [path for path in tree(tmp_path) if path.startswith("so-do-trang/20")]
    assert years == ["so-do-trang/2023/index.html"]


def test_more_addresses_than_one_file_may_hold_go_into_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels.static.lists, "_SITEMAP_MOST", 5)
    entries = _entries(10, 2024)
    files = {name: etree.fromstring(content) for name, content in sitemaps(entries, url=URL, updated=None).items()}
    sizes = {"sitemap-1.xml": 5, "sitemap-2.xml": 5, "sitemap-3.xml": 3, "sitemap.xml": 3}
    assert {name: len(root) for name, root in files.items()} == sizes
    index = files.pop("sitemap.xml")
    assert etree.QName(index).localname == "sitemapindex"
    assert _locations(index) == [f"{URL}/{name}" for name in files]
    named = [address for root in files.values() for address in _locations(root)]
    assert named[3:] == [f"{URL}/{entry.path}" for entry in entries]


def _locations(root: Any) -> list[str]:
    return [str(address) for address in root.xpath("//*[local-name()='loc']/text()")]
