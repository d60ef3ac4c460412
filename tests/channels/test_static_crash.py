"""A static site whose process is killed before every single operation on the file system, one after the other."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from lxml import etree

from channels.base import NoSteps
from channels.post import Post
from channels.static import pages as static_pages
from channels.static.channel import StaticChannel
from tests.channels.killing import killed_before
from tests.channels.site import LATER, PAPER, POST, earlier, listed, open_site, open_site_at, put, sought, tree

SMALL = replace(PAPER, content=b"%PDF-1.7")
NEW = replace(POST, attachments=(SMALL,), valid_until=date(2023, 9, 30))
CHANGED = replace(
    POST, title="Đính chính thời gian khảo sát", attachments=(replace(SMALL, name="moi.pdf"),), valid_until=None
)


@pytest.fixture(scope="module", autouse=True)
def _short_lists() -> Iterator[None]:
    """Two posts fill a page: each kill needs a copy of the whole site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static_pages, "PER_PAGE", 2)
        yield


@pytest.fixture(scope="module")
def full_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose home page is full: one more post makes the second page."""
    workspace = tmp_path_factory.mktemp("full")
    site = open_site(workspace)
    for days in range(1, 3):
        put(site, earlier(days))
    return workspace


@pytest.fixture(scope="module")
def with_old_version(full_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("old") / "w"
    _copy(full_page, workspace)
    put(open_site(workspace), NEW)
    return workspace


@pytest.mark.parametrize(("start", "post"), [("full_page", NEW), ("with_old_version", CHANGED)])
def test_a_kill_at_any_moment_leaves_a_readable_site_that_heals(
    start: str, post: Post, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    before: Path = request.getfixturevalue(start)
    workspace = _copy(before, tmp_path / "w")
    site = open_site(workspace)
    receipt = put(site, post)
    expected, found = tree(workspace), 0
    for number in range(1, 1000):
        _copy(before, workspace)
        survived = killed_before(number, workspace, lambda: put(site, post)) == 0
        _assert_readable(workspace)
        found += _look_up_heals(site, workspace, post)
        assert put(site, post) == receipt
        assert tree(workspace) == expected, f"killed before operation {number}"
        if survived:
            break
    assert survived
    assert number > 20  # a publication has at least as many operations, so the kills did happen
    assert found > 1  # and some of them between the page and the end


def test_an_unfinished_try_under_another_title_leaves_nothing_behind(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    site = open_site(workspace)
    put(site, NEW)
    expected = tree(workspace)
    for number in range(1, 1000):
        shutil.rmtree(workspace)
        killed_before(number, workspace, lambda: put(site, CHANGED))
        if any(path.startswith("tb/") and path.endswith("/index.html") for path in tree(workspace)):
            break  # from here on the address is public and stays
        put(site, NEW)
        assert tree(workspace) == expected, f"killed before operation {number}"
    assert number > 10


def _correct(site: StaticChannel, remote_id: str) -> None:
    site.correct(remote_id, CHANGED, NoSteps())


def _withdraw(site: StaticChannel, remote_id: str) -> None:
    site.withdraw(remote_id, "Sai thời gian")


def _tidy(site: StaticChannel, _: str) -> None:
    site.tidy(date(2023, 10, 1))


@pytest.mark.parametrize("change", [_correct, _withdraw, _tidy])
def test_a_kill_during_any_change_leaves_a_readable_site_and_the_same_again_completes_it(
    change: Callable[[StaticChannel, str], None], with_old_version: Path, tmp_path: Path
) -> None:
    workspace = _copy(with_old_version, tmp_path / "w")
    site = open_site_at(LATER, workspace)
    remote_id = next(path for path in _addresses(workspace) if path.endswith("-7k3q/"))
    change(site, remote_id)
    expected, addresses = tree(workspace), _addresses(workspace)
    later = open_site_at(LATER + timedelta(days=1), workspace)  # the day of the first try counts
    for number in range(1, 1000):
        _copy(with_old_version, workspace)
        survived = killed_before(number, workspace, lambda: change(site, remote_id)) == 0
        _assert_readable(workspace)
        assert _addresses(workspace) == addresses
        has_begun = tree(workspace)[f"{remote_id}post.json"] == expected[f"{remote_id}post.json"]
        change(later if has_begun else site, remote_id)
        assert tree(workspace) == expected, f"killed before operation {number}"
        if survived:
            break
    assert survived
    assert number > 10


def _addresses(workspace: Path) -> set[str]:
    """Every post that the public can open."""
    return {path.removesuffix("index.html") for path in tree(workspace) if re.fullmatch(r"tb/\d+/.*/index\.html", path)}


def test_the_next_post_lists_a_page_that_a_kill_left_unlisted(full_page: Path, tmp_path: Path) -> None:
    workspace, healed = _copy(full_page, tmp_path / "w"), 0
    site = open_site(workspace)
    put(site, NEW)
    for number in range(1, 1000):
        _copy(full_page, workspace)
        survived = killed_before(number, workspace, lambda: put(site, NEW)) == 0
        is_public = any(path.endswith("-7k3q/index.html") for path in tree(workspace))
        was_listed = NEW.marker in listed(workspace)
        put(site, earlier(30))
        assert (NEW.marker in listed(workspace)) == is_public
        healed += is_public and not was_listed
        if survived:
            break
    assert healed > 0


def _copy(before: Path, after: Path) -> Path:
    """A copy by links is quick, and safe because files of a site are replaced and never changed."""
    shutil.rmtree(after, ignore_errors=True)
    shutil.copytree(before, after, copy_function=os.link)
    return after


def _look_up_heals(site: StaticChannel, workspace: Path, post: Post) -> bool:
    """Whether look-up finds ``post``; if it does, every list must know it afterwards."""
    receipt = site.look_up(sought(post.marker))
    if receipt is None:
        return False
    files = tree(workspace)
    assert post.marker in listed(workspace)
    assert receipt.remote_id in files["index.html"].decode()
    assert receipt.link in files["rss.xml"].decode()
    return True


def _assert_readable(workspace: Path) -> None:
    """Every page is whole, every link within the site leads to a file, feed and list can be parsed."""
    site = workspace / "output" / "site"
    for page in site.rglob("*.html"):
        content = page.read_text(encoding="utf-8")
        assert content.rstrip().endswith("</html>"), page
        for _, _, link, _ in lxml.html.fromstring(content).iterlinks():
            if not link.startswith(("http", "tel:", "mailto:", "#")):
                assert (page.parent / unquote(link)).is_file(), (page, link)
    for name in ("rss.xml", "atom.xml", "sitemap.xml"):
        etree.parse(site / name)
    json.loads((site / "feed.json").read_bytes())
    for item in json.loads((site / "tb/index.json").read_text(encoding="utf-8"))["items"]:
        assert item["url"].endswith("/")
