"""The static site from outside: publish, look up, read the files."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import channels.static.files
from channels.answers import NotSent, OutcomeUnknown, Receipt, Rejected
from channels.post import Attachment
from channels.static.reading import folders_of
from tests.channels.site import PAPER, POST, URL, earlier, listed, open_site, put, sought, tree

PATH = "tb/2023/khao-sat-muc-do-hai-long-bat-dau-tu-thang-9-7k3q/"


def test_a_published_post_has_a_page_its_files_and_a_receipt(tmp_path: Path) -> None:
    receipt = put(open_site(tmp_path), replace(POST, attachments=(PAPER,)))
    link = f"{URL}/{PATH}"
    media = {PAPER.name: f"{link}{PAPER.name}"}
    assert receipt == Receipt(remote_id=PATH, link=link, published_at=POST.published_at, media=media)
    files = tree(tmp_path)
    assert files[f"{PATH}thong-bao.pdf"] == PAPER.content
    assert set(files) == {
        *(f"{PATH}{name}" for name in ("index.html", "noi-dung.txt", "post.json", "thong-bao.pdf")),
        *("index.html", "luu-tru/index.html", "so-do-trang/index.html", "site.css", "site.js", "tb/index.json"),
        *("rss.xml", "atom.xml", "feed.json", "sitemap.xml", "robots.txt"),
    }


def test_the_machine_list_tells_all_about_a_post(tmp_path: Path) -> None:
    post = replace(POST, attachments=(PAPER,))
    put(open_site(tmp_path), post)
    content = json.loads(tree(tmp_path)["tb/index.json"])
    assert content == {
        "url": f"{URL}/",
        "items": [
            {
                "id": "tag:snv.example.gov.vn,2026:7k3q",
                "marker": "7k3q",
                "state": "current",
                "url": f"{URL}/{PATH}",
                "title": POST.title,
                "topic": "",
                "summary": POST.summary,
                "published": "2023-09-05T07:30:00+07:00",
                "modified": "2023-09-05T07:30:00+07:00",
                "sha256": post.fingerprint(),
                "attachments": [
                    {
                        "name": "thong-bao.pdf",
                        "title": "Thông báo niêm yết",
                        "media_type": "application/pdf",
                        "size": 1_200_000,
                        "sha256": hashlib.sha256(PAPER.content).hexdigest(),
                        "url": f"{URL}/{PATH}thong-bao.pdf",
                    }
                ],
            }
        ],
    }


def test_publishing_again_changes_no_byte_and_touches_no_file(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    first = put(site, replace(POST, attachments=(PAPER,)))
    before, times = tree(tmp_path), _times(tmp_path)
    assert put(site, replace(POST, attachments=(PAPER,))) == first
    assert tree(tmp_path) == before
    assert _times(tmp_path) == times


def test_the_order_of_publishing_leaves_no_trace(tmp_path: Path) -> None:
    posts = [earlier(days) for days in range(22)]
    for workspace, order in ((tmp_path / "a", posts), (tmp_path / "b", posts[::-1])):
        site = open_site(workspace)
        for post in order:
            put(site, post)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_the_newest_post_comes_first(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    for days in (3, 1, 2):
        put(site, earlier(days))
    assert listed(tmp_path) == ["c1", "c2", "c3"]


def test_two_posts_with_the_same_title_have_two_addresses(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    links = {put(site, replace(POST, marker=marker)).link for marker in ("7k3q", "7k3r")}
    assert len(links) == 2
    assert sorted(listed(tmp_path)) == ["7k3q", "7k3r"]


def test_a_title_without_letters_still_has_an_address(tmp_path: Path) -> None:
    assert put(open_site(tmp_path), replace(POST, title="!!!")).remote_id == "tb/2023/tin-7k3q/"


def test_the_year_of_the_address_is_that_of_the_office(tmp_path: Path) -> None:
    new_year = POST.published_at.replace(year=2024, month=1, day=1, hour=0, minute=30)
    assert put(open_site(tmp_path), replace(POST, published_at=new_year)).remote_id.startswith("tb/2024/")


def test_changed_content_replaces_the_old_at_the_same_address(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    before = put(site, replace(POST, attachments=(PAPER,)))
    after = put(site, replace(POST, title="Đính chính", attachments=()))
    assert after.link == before.link
    assert listed(tmp_path) == ["7k3q"]
    assert "Đính chính" in tree(tmp_path)[f"{PATH}index.html"].decode()
    assert f"{PATH}thong-bao.pdf" not in tree(tmp_path)


def test_the_identity_of_a_post_outlives_a_move_of_the_site(tmp_path: Path) -> None:
    put(open_site(tmp_path))
    put(open_site(tmp_path, url="https://moi.example.gov.vn"))
    item = json.loads(tree(tmp_path)["tb/index.json"])["items"][0]
    assert item["id"] == "tag:snv.example.gov.vn,2026:7k3q"
    assert item["url"].startswith("https://moi.example.gov.vn/")


@pytest.mark.parametrize("name", ["index.html", "Post.JSON", "noi-dung.txt"])
def test_a_file_called_like_one_of_ours_is_rejected(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected) as caught:
        put(open_site(tmp_path), replace(POST, attachments=(replace(PAPER, name=name),)))
    assert (caught.value.reason_key, caught.value.values) == ("channel.attachment_name", {"name": name})


def test_the_templates_and_the_style_of_the_office_come_first(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "site"
    own.mkdir(parents=True)
    (own / "site.css").write_text("body { color: navy }", encoding="utf-8")
    (own / "index.html.j2").write_text("<!doctype html><title>Của tôi</title>", encoding="utf-8")
    put(open_site(tmp_path))
    files = tree(tmp_path)
    assert files["site.css"] == b"body { color: navy }"
    assert "Của tôi" in files["index.html"].decode()
    assert POST.title in files[f"{PATH}index.html"].decode()


# Looking up


def test_look_up_gives_the_receipt_of_publishing(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    receipt = put(site, replace(POST, attachments=(PAPER,)))
    assert site.look_up(sought()) == receipt


def test_looking_up_on_a_site_that_does_not_exist_writes_nothing(tmp_path: Path) -> None:
    assert open_site(tmp_path).look_up(sought()) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("marker", ["7k3", "k3q", "9", "*", "../..", ""])
def test_a_marker_that_was_not_published_is_not_found(tmp_path: Path, marker: str) -> None:
    site = open_site(tmp_path)
    put(site)
    assert site.look_up(sought(marker)) is None


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


@pytest.mark.parametrize("damage", [Path.unlink, _cut])
@pytest.mark.parametrize("name", ["index.html", "noi-dung.txt", "post.json", "thong-bao.pdf"])
def test_a_post_with_a_damaged_file_is_not_found_and_publishing_mends_it(
    tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    site, post = open_site(tmp_path), replace(POST, attachments=(PAPER,))
    receipt, before = put(site, post), tree(tmp_path)
    damage(tmp_path / "output/site" / PATH / name)
    assert site.look_up(sought(post.marker)) is None
    assert put(site, post) == receipt
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["index.html", "atom.xml", "luu-tru/index.html", "site.css", "tb/index.json"])
def test_look_up_makes_lost_lists_again(tmp_path: Path, name: str) -> None:
    site = open_site(tmp_path)
    put(site)
    before = tree(tmp_path)
    (tmp_path / "output/site" / name).unlink()
    assert site.look_up(sought()) is not None
    assert tree(tmp_path) == before


# What the file system may do to us


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    """The system refuses to write more, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_cannot_be_written_leaves_no_page_and_may_be_tried_again(tmp_path: Path) -> None:
    site, post = open_site(tmp_path), replace(POST, attachments=(PAPER,))
    with _no_file_larger_than(100_000), pytest.raises(NotSent) as caught:
        put(site, post)
    assert caught.value.reason_key == "channel.cannot_write"
    assert str(caught.value.values["path"]).endswith("thong-bao.pdf")
    assert tree(tmp_path) == {}
    assert site.look_up(sought(post.marker)) is None
    assert put(site, post).remote_id == PATH


def test_a_page_whose_lists_cannot_be_written_is_an_unknown_outcome_that_look_up_settles(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    (tmp_path / "output/site/rss.xml").mkdir(parents=True)
    with pytest.raises(OutcomeUnknown):
        put(site)
    with pytest.raises(OutcomeUnknown):
        site.look_up(sought())
    (tmp_path / "output/site/rss.xml").rmdir()
    assert site.look_up(sought()) is not None
    assert listed(tmp_path) == [POST.marker]


def test_a_site_that_cannot_be_read_is_no_proof_of_absence(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    (tmp_path / "output/site").mkdir(parents=True)
    (tmp_path / "output/site/tb").write_text("not a folder", encoding="utf-8")
    with pytest.raises(NotSent):
        put(site)
    with pytest.raises(OutcomeUnknown):
        site.look_up(sought())


def test_a_site_that_another_process_keeps_busy_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels.static.files, "_PATIENCE", 0.1)
    site = open_site(tmp_path)
    put(site)
    with (tmp_path / "output/.site.lock").open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(NotSent) as caught:
            put(site, earlier(1))
        with pytest.raises(OutcomeUnknown):
            site.look_up(sought())
    assert caught.value.reason_key == "channel.busy"
    assert listed(tmp_path) == [POST.marker]


def test_a_record_nobody_can_read_is_left_out_and_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = open_site(tmp_path)
    put(site)
    (tmp_path / "output/site" / PATH / "post.json").write_text("{", encoding="utf-8")
    put(site, earlier(1))
    assert listed(tmp_path) == ["c1"]
    assert "cannot be read" in caplog.text


def test_processes_that_publish_at_the_same_time_lose_no_entry(tmp_path: Path) -> None:
    children = [_start(partial(_publish_some, tmp_path, number)) for number in range(4)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert sorted(listed(tmp_path)) == sorted(f"c{days}" for days in range(20))


def _publish_some(workspace: Path, number: int) -> None:
    site = open_site(workspace)
    for days in range(number, 20, 4):
        put(site, earlier(days))


def _start(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def _times(workspace: Path) -> dict[str, int]:
    site = workspace / "output" / "site"
    return {str(path): path.stat().st_mtime_ns for path in site.rglob("*")}


def test_many_files_may_go_with_one_post(tmp_path: Path) -> None:
    files = tuple(
        Attachment(name=f"Phụ lục {n}.pdf", media_type="application/pdf", content=b"%PDF", title=f"Phụ lục {n}")
        for n in range(3)
    )
    site = open_site(tmp_path)
    put(site, replace(POST, attachments=files))
    (folder,) = folders_of(tmp_path / "output/site", POST.marker)
    own = {"index.html", "noi-dung.txt", "post.json"}
    assert {path.name for path in folder.iterdir()} == own | {file.name for file in files}
