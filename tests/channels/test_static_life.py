"""What becomes of a page after it was published: corrected, withdrawn, archived."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from channels.answers import NotSent, OutcomeUnknown, Rejected
from channels.base import NoSteps
from channels.static.channel import StaticChannel
from tests.channels.site import LATER, PAPER, POST, URL, earlier, listed, open_site, open_site_at, put, sought, tree

PATH = "tb/2023/khao-sat-muc-do-hai-long-bat-dau-tu-thang-9-7k3q/"
FULL = replace(POST, attachments=(PAPER,))
CHANGED = replace(FULL, title="Khảo sát từ ngày 10 tháng 9", text="Mất 10 phút.", html="<p>Mất 10 phút.</p>")
LAST_DAY = date(2023, 9, 30)


def _page(workspace: Path, path: str = PATH) -> Any:
    return lxml.html.document_fromstring(tree(workspace)[f"{path}index.html"].decode())


def _meta(page: Any, name: str) -> list[str]:
    return [str(value) for value in page.xpath("//meta[@name=$name or @property=$name]/@content", name=name)]


def _note(page: Any) -> str:
    return " ".join(page.xpath("string(//*[contains(@class, 'note')])").split())


def _correct(site: StaticChannel, remote_id: str = PATH) -> None:
    site.correct(remote_id, CHANGED, NoSteps())


def _everywhere(workspace: Path, *, but: str = "") -> str:
    """All text that the site shows, apart from one folder."""
    return "".join(content.decode() for path, content in tree(workspace).items() if not path.startswith(but or "-"))


@pytest.fixture
def site(tmp_path: Path) -> StaticChannel:
    """A site with one post, two days later."""
    put(open_site(tmp_path), FULL)
    return open_site_at(LATER, tmp_path)


# Correcting


def test_a_corrected_page_says_when_and_keeps_its_address_and_its_day(tmp_path: Path, site: StaticChannel) -> None:
    receipt = site.correct(PATH, CHANGED, NoSteps())
    assert (receipt.remote_id, receipt.published_at) == (PATH, POST.published_at)
    page = _page(tmp_path)
    assert page.findtext(".//h1") == CHANGED.title
    assert _note(page).startswith("Đính chính ngày 07/9/2023:")
    assert page.xpath("//article//p[@class='by']/time/@datetime") == ["2023-09-05T07:30:00+07:00"]
    assert _meta(page, "article:modified_time") == _meta(page, "DCTERMS.modified") == ["2023-09-07T09:15:30+07:00"]
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["@graph"][1]["dateModified"] == "2023-09-07T09:15:30+07:00"


def test_lists_and_feeds_learn_of_a_correction(tmp_path: Path, site: StaticChannel) -> None:
    _correct(site)
    files = tree(tmp_path)
    assert "Đính chính ngày 07/9/2023" in files["index.html"].decode()
    assert json.loads(files["feed.json"])["items"][0]["date_modified"] == "2023-09-07T09:15:30+07:00"
    assert json.loads(files["tb/index.json"])["items"][0]["modified"] == "2023-09-07T09:15:30+07:00"
    entry = etree.fromstring(files["atom.xml"]).find("{*}entry")
    assert (entry.findtext("{*}published"), entry.findtext("{*}updated")) == (
        "2023-09-05T07:30:00+07:00",
        "2023-09-07T09:15:30+07:00",
    )
    assert POST.title not in _everywhere(tmp_path)


def test_correcting_again_changes_nothing_and_keeps_the_day(tmp_path: Path, site: StaticChannel) -> None:
    _correct(site)
    before = tree(tmp_path)
    _correct(open_site_at(LATER + timedelta(days=3), tmp_path))
    assert tree(tmp_path) == before


def test_the_same_words_again_are_no_correction(tmp_path: Path, site: StaticChannel) -> None:
    before = tree(tmp_path)
    site.correct(PATH, FULL, NoSteps())
    assert tree(tmp_path) == before


def test_a_correction_takes_away_files_that_it_no_longer_has(tmp_path: Path, site: StaticChannel) -> None:
    site.correct(PATH, replace(CHANGED, attachments=()), NoSteps())
    assert f"{PATH}thong-bao.pdf" not in tree(tmp_path)


def test_a_correction_by_another_occurrence_keeps_code_and_identity(tmp_path: Path, site: StaticChannel) -> None:
    site.correct(PATH, replace(CHANGED, marker="sua1"), NoSteps())
    assert listed(tmp_path) == [POST.marker]
    assert site.look_up(sought()) is not None


@pytest.mark.parametrize("remote_id", ["tb/2023/khac-abcd/", "", "../../state/", "tb/2023/", "tb/"])
def test_what_is_not_there_cannot_be_corrected(tmp_path: Path, site: StaticChannel, remote_id: str) -> None:
    before = tree(tmp_path)
    with pytest.raises(Rejected) as caught:
        _correct(site, remote_id)
    assert caught.value.reason_key == "static.no_record"
    assert tree(tmp_path) == before


# Withdrawing


def test_a_withdrawn_page_says_when_and_why_instead_of_its_text(tmp_path: Path, site: StaticChannel) -> None:
    site.withdraw(PATH, "Thông tin về thời gian <chưa> chính xác")
    page = _page(tmp_path)
    assert page.findtext(".//h1") == POST.title
    assert "Tin này đã được gỡ ngày 07/9/2023." in _note(page)
    assert "Lý do: Thông tin về thời gian <chưa> chính xác" in _note(page)
    assert _meta(page, "robots") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{URL}/{PATH}"]


def test_nothing_of_a_withdrawn_post_is_left_on_the_site(tmp_path: Path, site: StaticChannel) -> None:
    site.withdraw(PATH, "Sai thời gian")
    files = tree(tmp_path)
    assert f"{PATH}thong-bao.pdf" not in files
    assert "15 phút" not in _everywhere(tmp_path)
    assert POST.summary not in _everywhere(tmp_path)
    for name in ("index.html", "rss.xml", "atom.xml", "feed.json", "sitemap.xml", "so-do-trang/index.html"):
        assert PATH not in files[name].decode(), name
    (item,) = json.loads(files["tb/index.json"])["items"]
    assert (item["state"], item["attachments"]) == ("withdrawn", [])
    assert etree.fromstring(files["atom.xml"]).findtext("{*}updated") == "2023-09-07T09:15:30+07:00"


def test_withdrawing_again_changes_nothing_and_keeps_the_day(tmp_path: Path, site: StaticChannel) -> None:
    site.withdraw(PATH, "Sai thời gian")
    before = tree(tmp_path)
    open_site_at(LATER + timedelta(days=3), tmp_path).withdraw(PATH, "Sai thời gian")
    assert tree(tmp_path) == before


def test_what_is_not_there_needs_no_withdrawing(tmp_path: Path, site: StaticChannel) -> None:
    before = tree(tmp_path)
    site.withdraw("tb/2023/khac-abcd/", "Sai thời gian")
    assert tree(tmp_path) == before


def test_what_was_withdrawn_does_not_come_back_by_itself(tmp_path: Path, site: StaticChannel) -> None:
    """An old ledger that was restored may ask for it again."""
    site.withdraw(PATH, "Sai thời gian")
    before = tree(tmp_path)
    assert site.look_up(sought()) is None
    for again in (lambda: put(site, FULL), lambda: _correct(site)):
        with pytest.raises(Rejected) as caught:
            again()
        assert caught.value.reason_key == "static.withdrawn"
        assert caught.value.values == {"day": "07/9/2023", "title": POST.title}
    assert tree(tmp_path) == before


def test_a_page_whose_record_cannot_be_read_is_left_to_a_person(tmp_path: Path, site: StaticChannel) -> None:
    (tmp_path / "output/site" / PATH / "post.json").write_text("{", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        site.withdraw(PATH, "Sai thời gian")
    assert caught.value.values == {"path": f"{PATH}post.json"}


# Seeing


def test_a_page_is_live_until_it_is_withdrawn_or_damaged(tmp_path: Path, site: StaticChannel) -> None:
    assert site.is_live(PATH)
    _correct(site)
    assert site.is_live(PATH)
    (tmp_path / "output/site" / PATH / "thong-bao.pdf").unlink()
    assert not site.is_live(PATH)
    put(site, FULL)
    site.withdraw(PATH, "Sai thời gian")
    assert not site.is_live(PATH)
    assert not site.is_live("tb/2023/khac-abcd/")


def test_a_site_that_cannot_be_read_says_nothing_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "output/site").mkdir(parents=True)
    (tmp_path / "output/site/tb").write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutcomeUnknown):
        open_site(tmp_path).is_live(PATH)


# Archiving


@pytest.fixture
def ending(tmp_path: Path) -> StaticChannel:
    """A site with two posts whose window ends, and one without end."""
    site = open_site(tmp_path)
    put(site, replace(FULL, valid_until=LAST_DAY))
    put(site, replace(earlier(1), valid_until=LAST_DAY))
    put(site, earlier(2))
    return site


def test_on_its_last_day_a_campaign_is_still_current(tmp_path: Path, ending: StaticChannel) -> None:
    before = tree(tmp_path)
    assert not ending.tidy(LAST_DAY)
    assert tree(tmp_path) == before


def test_after_its_last_day_a_campaign_moves_to_the_archive(tmp_path: Path, ending: StaticChannel) -> None:
    assert ending.tidy(LAST_DAY + timedelta(days=1))
    files = tree(tmp_path)
    for name in ("index.html", "rss.xml", "atom.xml", "feed.json"):
        assert PATH not in files[name].decode(), name
        assert "tin-cu-thu-2-c2" in files[name].decode(), name
    for name in ("luu-tru/index.html", "so-do-trang/index.html", "sitemap.xml"):
        assert PATH in files[name].decode(), name
    page = _page(tmp_path)
    assert _note(page).startswith("Đợt tuyên truyền đã kết thúc ngày 30/9/2023.")
    assert page.xpath("//nav[@aria-label='Đường dẫn']//a/text()") == ["Trang chủ", "Lưu trữ"]
    assert "15 phút" in page.text_content()
    assert files[f"{PATH}thong-bao.pdf"] == PAPER.content
    assert ending.is_live(PATH)
    states = {item["marker"]: item["state"] for item in json.loads(files["tb/index.json"])["items"]}
    assert states == {"7k3q": "archived", "c1": "archived", "c2": "current"}


def test_tidying_again_touches_no_file(tmp_path: Path, ending: StaticChannel) -> None:
    ending.tidy(date(2023, 10, 1))
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "output/site").rglob("*")}
    assert not ending.tidy(date(2023, 12, 1))
    assert times == {path: path.stat().st_mtime_ns for path in (tmp_path / "output/site").rglob("*")}


def test_the_archive_outlives_the_next_publication(tmp_path: Path, ending: StaticChannel) -> None:
    ending.tidy(date(2023, 10, 1))
    put(ending, replace(POST, marker="moi", published_at=POST.published_at + timedelta(days=40)))
    put(ending, replace(FULL, valid_until=LAST_DAY))
    assert PATH in tree(tmp_path)["luu-tru/index.html"].decode()
    assert PATH not in tree(tmp_path)["index.html"].decode()


def test_a_longer_window_brings_a_page_back(tmp_path: Path, ending: StaticChannel) -> None:
    ending.tidy(date(2023, 10, 1))
    put(ending, replace(FULL, valid_until=date(2023, 10, 31)))
    assert PATH in tree(tmp_path)["index.html"].decode()
    assert PATH not in tree(tmp_path)["luu-tru/index.html"].decode()


def test_a_withdrawn_post_is_not_archived(tmp_path: Path, ending: StaticChannel) -> None:
    ending.withdraw(PATH, "Sai thời gian")
    ending.tidy(date(2023, 10, 1))
    assert PATH not in tree(tmp_path)["luu-tru/index.html"].decode()
    assert "đã được gỡ" in _note(_page(tmp_path))


def test_a_page_that_a_hand_has_changed_is_put_right(tmp_path: Path, ending: StaticChannel) -> None:
    before = tree(tmp_path)
    (tmp_path / "output/site" / PATH / "index.html").write_text("Đã sửa", encoding="utf-8")
    assert ending.tidy(LAST_DAY)
    assert tree(tmp_path) == before


def test_the_order_of_tidying_and_publishing_leaves_no_trace(tmp_path: Path) -> None:
    posts = [replace(earlier(days), valid_until=LAST_DAY) for days in range(3)]
    for workspace, tidied in ((tmp_path / "a", 1), (tmp_path / "b", 3)):
        site = open_site(workspace)
        for number, post in enumerate(posts, start=1):
            put(site, post)
            if number >= tidied:
                site.tidy(date(2023, 10, 1))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_site_that_does_not_exist_has_nothing_to_tidy(tmp_path: Path) -> None:
    assert not open_site(tmp_path).tidy(date(2023, 10, 1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("ending")
def test_a_page_that_cannot_be_rewritten_is_archived_the_next_time(tmp_path: Path) -> None:
    own = tmp_path / "templates/site/post.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{% if %}", encoding="utf-8")
    with pytest.raises(NotSent) as caught:
        open_site(tmp_path).tidy(date(2023, 10, 1))
    assert caught.value.reason_key == "channel.template"
    own.unlink()
    assert open_site(tmp_path).tidy(date(2023, 10, 1))
    assert "đã kết thúc" in _note(_page(tmp_path))


# Sites made before there was any of this


def test_the_record_of_an_older_site_is_still_read(tmp_path: Path, site: StaticChannel) -> None:
    path = tmp_path / "output/site" / PATH / "post.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    later = {"archived", "code", "modified", "reason", "text_sha256", "valid_until", "withdrawn"}
    for file in record["attachments"]:
        del file["width"], file["height"]
    old = {key: value for key, value in record.items() if key not in later}
    path.write_text(json.dumps(old), encoding="utf-8")
    assert site.look_up(sought()) is not None
    assert listed(tmp_path) == [POST.marker]
    _correct(site)
    assert _note(_page(tmp_path)).startswith("Đính chính")
