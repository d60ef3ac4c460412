"""Posts that belong together: the page that lists them, and the ways to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from channels.post import Post
from tests.channels.site import POST, URL, open_site, put, tree

SURVEY, FLOOD = "Khảo sát mức độ hài lòng năm 2023", "Ứng phó mùa mưa lũ"
FOLDER = "chu-de/khao-sat-muc-do-hai-long-nam-2023"


def post(number: int, topic: str = SURVEY) -> Post:
    at = POST.published_at + timedelta(days=number)
    return replace(POST, marker=f"tin{number}", title=f"Tin số {number}", topic=topic, published_at=at)


def page(workspace: Path, path: str) -> Any:
    return lxml.html.document_fromstring((workspace / "output/site" / path).read_text(encoding="utf-8"))


def titles(workspace: Path, path: str) -> list[str]:
    return [str(title) for title in page(workspace, path).xpath("//article/h2/a/text()")]


def test_a_topic_lists_its_posts_newest_first_and_each_leads_to_it(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    receipts = [put(site, one) for one in (post(1), post(2, FLOOD), post(3))]
    assert titles(tmp_path, f"{FOLDER}/index.html") == ["Tin số 3", "Tin số 1"]
    assert page(tmp_path, f"{FOLDER}/index.html").findtext(".//h1") == SURVEY
    found = page(tmp_path, f"{receipts[0].remote_id}index.html")
    assert found.xpath("//p[@class='topic']/a/@href") == [f"../../../{FOLDER}/index.html"]
    assert found.xpath("//p[@class='topic']/a/text()") == [SURVEY]


def test_the_site_maps_know_every_topic(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    for one in (post(1), post(2, FLOOD), post(3)):
        put(site, one)
    known = page(tmp_path, "so-do-trang/index.html").xpath("//ul/li[a[contains(@href, '/chu-de/')]]")
    assert [" ".join(line.text_content().split()) for line in known] == [f"{SURVEY} 2 tin", f"{FLOOD} 1 tin"]
    addresses = etree.parse(tmp_path / "output/site/sitemap.xml").xpath("//*[local-name()='loc']/text()")
    assert {f"{URL}/{FOLDER}/", f"{URL}/chu-de/ung-pho-mua-mua-lu/"} <= set(addresses)


def test_what_has_no_topic_leads_to_none(tmp_path: Path) -> None:
    receipt = put(open_site(tmp_path))
    assert not page(tmp_path, f"{receipt.remote_id}index.html").xpath("//p[@class='topic']")
    assert not (tmp_path / "output/site/chu-de").exists()


def test_an_archived_post_stays_in_its_topic_and_a_withdrawn_one_does_not(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    receipts = [put(site, replace(post(number), valid_until=POST.published_at.date())) for number in (1, 2)]
    site.tidy(POST.published_at.date() + timedelta(days=9))
    assert titles(tmp_path, f"{FOLDER}/index.html") == ["Tin số 2", "Tin số 1"]
    site.withdraw(receipts[1].remote_id, "nhầm ngày")
    assert titles(tmp_path, f"{FOLDER}/index.html") == ["Tin số 1"]


def test_a_topic_of_which_nothing_is_left_is_gone_with_all_its_pages(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    receipts = [put(site, post(number)) for number in range(21)]
    assert (tmp_path / "output/site" / FOLDER / "trang/2/index.html").exists()
    for receipt in receipts:
        site.withdraw(receipt.remote_id, "")
    assert not (tmp_path / "output/site" / FOLDER).exists()


def test_the_topic_is_no_part_of_what_was_approved() -> None:
    assert post(1).content_sha256() == post(1, FLOOD).content_sha256()
    assert post(1).fingerprint() == post(1, FLOOD).fingerprint()


def test_the_same_posts_in_another_order_give_the_same_site(tmp_path: Path) -> None:
    for folder, order in (("a", (1, 2, 3)), ("b", (3, 1, 2))):
        site = open_site(tmp_path / folder)
        for number in order:
            put(site, post(number, FLOOD if number == 2 else SURVEY))
    assert tree(tmp_path / "a" / "output/site") == tree(tmp_path / "b" / "output/site")
