"""What portals, search engines and shared links read in a page of the static site."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from PIL import Image

from channels.static.pages import HOME_PAGES
from tests.channels.site import POST, PUBLISHER, URL, open_site, put, tree
from tests.channels.static_drawing import PAGES, PICTURE, meta, page_of


@pytest.mark.parametrize("name", ["title", "creator", "date", "description", "publisher", "identifier", "language"])
def test_the_mandatory_dublin_core_is_on_everypage_of(tmp_path: Path, name: str) -> None:
    put(open_site(tmp_path), replace(POST, summary="", text=""))
    for path, content in tree(tmp_path).items():
        if path.endswith(".html"):
            assert meta(lxml.html.document_fromstring(content.decode()), f"DC.{name}").strip()


def test_other_services_learn_title_address_time_and_picture_from_thepage_of() -> None:
    page = page_of(attachments=(PICTURE,))
    address = f"{URL}/tb/2023/tin-7k3q/"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert meta(page, "og:url") == meta(page, "DC.identifier") == address
    assert meta(page, "og:title") == POST.title
    assert meta(page, "og:type") == "article"
    assert meta(page, "article:published_time") == "2023-09-05T07:30:00+07:00"
    assert meta(page, "og:image") == f"{address}ap-phich.png"


def _linked(page: Any) -> dict[str, Any]:
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_search_engines_learn_who_says_what_since_when_and_until_when() -> None:
    things = _linked(page_of(attachments=(PICTURE,), valid_until=date(2023, 11, 30)))
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
    home = PAGES.lists([], HOME_PAGES, updated=None)["index.html"]
    assert set(_linked(lxml.html.document_fromstring(home.decode()))) == {"GovernmentOrganization", "WebSite"}


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b ]]> 'c' \"d\""])
def test_no_title_gets_out_of_the_data_for_search_engines(title: str) -> None:
    page = page_of(title=title)
    assert _linked(page)["NewsArticle"]["headline"] == title
    (data,) = page.xpath("//script[not(@src)]")
    assert len(page.xpath("//script[@src]")) == 1
    assert not set("<>&") & set(data.text)


def test_a_picture_says_its_size_where_it_can_be_told() -> None:
    stream = io.BytesIO()
    Image.new("1", (1200, 630)).save(stream, "PNG")
    page = page_of(attachments=(replace(PICTURE, content=stream.getvalue()),))
    assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == ("1200", "630")
    assert meta(page, "twitter:card") == "summary_large_image"
    (shown,) = page.iter("img")
    assert (shown.get("width"), shown.get("height")) == ("1200", "630")
    (shown,) = page_of(attachments=(PICTURE,)).iter("img")  # no picture at all, whatever its name says
    assert shown.get("width") is None
