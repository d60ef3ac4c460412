"""The RSS feed, read with an XML parser like any reader does."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from channels.feeds import rss
from channels.post import Post
from channels.static_pages import TITLE
from channels.static_records import Entry, Record
from tests.channels.site import PAPER, POST, PUBLISHER, URL, earlier, open_site, put, tree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def _channel(*posts: Post) -> Any:
    entries = [
        Entry(path=f"tb/2023/tin-{post.marker}/", record=Record.of(post, identity=f"tag:x,2026:{post.marker}"))
        for post in posts
    ]
    root = etree.fromstring(rss(entries, url=URL, title=TITLE, publisher=PUBLISHER))
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
