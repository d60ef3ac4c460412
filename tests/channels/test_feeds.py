"""The feeds, read with a parser like any reader does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from channels.post import Post
from channels.static.feeds import Feed, atom, json_feed, rss
from channels.static.lists import sitemap
from channels.static.pages import TITLE
from channels.static.records import Entry, Record
from tests.channels.site import PAPER, POST, PUBLISHER, URL, earlier, open_site, put, tree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def _feed(*posts: Post) -> Feed:
    entries = [
        Entry(path=f"tb/2023/tin-{post.marker}/", record=Record.of(post, identity=f"tag:x,2026:{post.marker}"))
        for post in posts
    ]
    updated = max((post.published_at for post in posts), default=None)
    return Feed(entries=entries, site=URL, name=TITLE, publisher=PUBLISHER, updated=updated)


def _channel(*posts: Post) -> Any:
    root = etree.fromstring(rss(_feed(*posts)))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    return root.find("channel")


def test_the_feed_says_whose_it_is_and_where_it_lies() -> None:
    channel = _channel(POST)
    assert channel.findtext("title") == "Thông tin tuyên truyền – Sở Nội vụ tỉnh Sông Trà"
    assert channel.findtext("link") == f"{URL}/"
    assert channel.findtext("language") == "vi"
    own = channel.find(f"{ATOM}link")
    assert own.attrib == {"href": f"{URL}/rss.xml", "rel": "self", "type": "application/rss+xml"}


def test_an_item_carries_the_whole_post() -> None:
    item = _channel(replace(POST, attachments=(PAPER,))).find("item")
    assert {child.tag: child.text for child in item} == {
        "title": POST.title,
        "link": f"{URL}/tb/2023/tin-7k3q/",
        "guid": "tag:x,2026:7k3q",
        "pubDate": "Tue, 05 Sep 2023 07:30:00 +0700",
        f"{DC}creator": PUBLISHER.full_name,
        "description": POST.summary,
        f"{CONTENT}encoded": POST.html,
        "enclosure": None,
    }
    assert item.find("guid").attrib == {"isPermaLink": "false"}
    assert item.find("enclosure").attrib == {
        "url": f"{URL}/tb/2023/tin-7k3q/thong-bao.pdf",
        "length": "1200000",
        "type": "application/pdf",
    }


def test_the_build_date_is_that_of_the_newest_post() -> None:
    channel = _channel(POST, earlier(3))
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")) == POST.published_at


def test_a_feed_of_nothing_has_no_date() -> None:
    channel = _channel()
    assert channel.find("lastBuildDate") is None
    assert channel.find("item") is None


@pytest.mark.parametrize("text", ["a < b & c > d", "]]>", "\"'", "Đợt 1\u00a0năm", "💡"])
def test_any_text_survives_the_feed(text: str) -> None:
    item = _channel(replace(POST, title=text, summary=text, html=text)).find("item")
    assert [item.findtext(tag) for tag in ("title", "description", f"{CONTENT}encoded")] == [text] * 3


def test_the_feed_of_the_site_has_the_twenty_newest_posts(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    for days in range(22):
        put(site, earlier(days))
    items = etree.fromstring(tree(tmp_path)["rss.xml"]).findall("channel/item")
    assert [item.findtext("title") for item in items] == [f"Tin cũ thứ {days}" for days in range(20)]


# Atom (RFC 4287) and JSON Feed 1.1

NEWS = replace(POST, attachments=(replace(PAPER, name="Thông báo.pdf"),))


def _atom(*posts: Post) -> Any:
    root = etree.fromstring(atom(_feed(*posts)))
    assert (root.tag, root.get(f"{XML}lang")) == (f"{ATOM}feed", "vi")
    return root


def _texts(element: Any) -> dict[str, str]:
    return {etree.QName(child).localname: child.text for child in element if child.text and child.text.strip()}


def test_an_atom_feed_says_whose_it_is_and_when_it_last_changed() -> None:
    feed = _atom(POST, earlier(3))
    assert _texts(feed) == {
        "id": "tag:snv.example.gov.vn,2026:tin",
        "title": "Thông tin tuyên truyền – Sở Nội vụ tỉnh Sông Trà",
        "updated": "2023-09-05T07:30:00+07:00",
    }
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == PUBLISHER.full_name
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{URL}/atom.xml", "alternate": f"{URL}/"}


def test_an_atom_entry_carries_the_whole_post() -> None:
    entry = _atom(NEWS).find(f"{ATOM}entry")
    assert _texts(entry) == {
        "id": "tag:x,2026:7k3q",
        "title": POST.title,
        "published": "2023-09-05T07:30:00+07:00",
        "updated": "2023-09-05T07:30:00+07:00",
        "summary": POST.summary,
        "content": POST.html,
    }
    assert entry.find(f"{ATOM}content").get("type") == "html"
    (file,) = (link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure")
    assert file.get("href") == f"{URL}/tb/2023/tin-7k3q/Th%C3%B4ng%20b%C3%A1o.pdf"
    assert (file.get("type"), file.get("length")) == ("application/pdf", "1200000")


def test_an_atom_feed_has_what_the_standard_demands_even_when_empty() -> None:
    assert set(_texts(_atom())) == {"id", "title", "updated"}


def test_a_json_feed_carries_the_whole_post() -> None:
    feed = json.loads(json_feed(_feed(NEWS)))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["home_page_url"], feed["feed_url"], feed["language"]) == (f"{URL}/", f"{URL}/feed.json", "vi")
    assert feed["items"] == [
        {
            "id": "tag:x,2026:7k3q",
            "url": f"{URL}/tb/2023/tin-7k3q/",
            "title": POST.title,
            "summary": POST.summary,
            "content_html": POST.html,
            "date_published": "2023-09-05T07:30:00+07:00",
            "date_modified": "2023-09-05T07:30:00+07:00",
            "authors": [{"name": POST.issuer}],
            "language": "vi",
            "attachments": [
                {
                    "url": f"{URL}/tb/2023/tin-7k3q/Th%C3%B4ng%20b%C3%A1o.pdf",
                    "mime_type": "application/pdf",
                    "title": "Thông báo niêm yết",
                    "size_in_bytes": 1_200_000,
                }
            ],
        }
    ]


def test_a_json_feed_shows_the_first_picture() -> None:
    picture = replace(PAPER, name="a.png", media_type="image/png", alt="Áp phích")
    (item,) = json.loads(json_feed(_feed(replace(POST, attachments=(PAPER, picture)))))["items"]
    assert item["image"] == f"{URL}/tb/2023/tin-7k3q/a.png"


@pytest.mark.parametrize("make", [rss, atom])
def test_a_reader_of_feeds_takes_them_without_complaint(make: Callable[[Feed], bytes]) -> None:
    read = feedparser.parse(make(_feed(NEWS, earlier(3))))
    assert not read.bozo
    assert [entry.title for entry in read.entries] == [POST.title, "Tin cũ thứ 3"]
    assert read.entries[0].enclosures[0].type == "application/pdf"
    assert read.feed.language == "vi"


# Site map and robots


def test_search_engines_learn_every_address_and_when_it_changed(tmp_path: Path) -> None:
    put(open_site(tmp_path))
    files = tree(tmp_path)
    root = etree.fromstring(files["sitemap.xml"])
    assert root.tag == f"{SITEMAP}urlset"
    assert [(url.findtext(f"{SITEMAP}loc"), url.findtext(f"{SITEMAP}lastmod")) for url in root] == [
        (f"{URL}/", "2023-09-05T07:30:00+07:00"),
        (f"{URL}/luu-tru/", None),
        (f"{URL}/so-do-trang/", None),
        (f"{URL}/tb/2023/khao-sat-muc-do-hai-long-bat-dau-tu-thang-9-7k3q/", "2023-09-05T07:30:00+07:00"),
    ]
    assert files["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {URL}/sitemap.xml\n"


def test_a_file_of_addresses_holds_no_more_than_the_protocol_allows() -> None:
    entries = list(_feed(POST).entries) * 50_010
    root = etree.fromstring(sitemap(entries, url=URL, updated=None))
    assert len(root) == 50_000
