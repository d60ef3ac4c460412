"""The static site for everybody: WCAG 2.2 on every kind of page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import lxml.html
import pytest

import loa
from channels.base import NoSteps
from tests.channels.site import PAPER, POST, earlier, open_site, put, tree
from tests.channels.static_drawing import PICTURE, page_of


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
        assert page.xpath("//nav[not(@aria-label)] | //img[not(@alt)]") == [], path
        # A small picture in a list says nothing that the title beside it does not: those may be passed over.
        assert page.xpath("//img[@alt='' and not(@class='thumb' and parent::article[h2])]") == [], path
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
    page = page_of()
    assert page.get("lang") == "vi"
    assert [len(page.findall(f".//{tag}")) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert page.xpath("//body/*[1]/@href") == ["#noi-dung"]
    assert page.xpath("//main/@id") == ["noi-dung"]
    assert [nav.get("aria-label") for nav in page.iter("nav")] == ["Chính", "Đường dẫn"]
    assert page.findtext(".//title") == f"{POST.title} – Sở Nội vụ tỉnh Sông Trà"


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
        ("ink", "shade"),
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    style = (loa.root() / "templates/site/site.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", style))
    assert _contrast(colours[text], colours[ground]) >= 4.5


def test_the_style_takes_no_focus_away_and_leaves_room_on_small_screens() -> None:
    """WCAG 2.2: 2.4.7, 2.4.11, 1.4.4, 1.4.10, 2.2.2."""
    style = (loa.root() / "templates/site/site.css").read_text(encoding="utf-8")
    assert ":focus-visible { outline: 3px solid" in style
    assert re.findall(r"(\S+) {[^}]*outline: none", style) == ["main:focus"]  # it gets the focus from the skip link
    assert not re.search(r"position: (fixed|sticky)|animation|!important", style)
    assert not re.search(r"[^-]width: \d+(px|rem)|font-size: \d+px", style.split("@media print")[0])
