"""The text file that readers keep of a post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from channels.base import NoSteps
from channels.static.kept import plain_text
from channels.static.records import Record
from tests.channels.site import LATER, PAPER, POST, URL, open_site, open_site_at, put, sought, tree

ADDRESS = f"{URL}/tb/2023/tin-7k3q/"
PATH = "tb/2023/khao-sat-muc-do-hai-long-bat-dau-tu-thang-9-7k3q/"
TEXT = f"{PATH}noi-dung.txt"


def test_it_says_all_that_the_page_says() -> None:
    post = replace(POST, attachments=(PAPER,), visible_code="Mã tin: 7K3Q", valid_until=date(2023, 11, 30))
    content = plain_text(Record.of(post, identity="tag:x").ended(), address=ADDRESS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\n\n") == [
        POST.title,
        "Sở Nội vụ tỉnh Sông Trà\nThứ Ba, 05/9/2023 07:30",
        "Đợt tuyên truyền đã kết thúc ngày 30/11/2023.",
        POST.summary,
        POST.text,
        f"Tệp kèm theo:\n- Thông báo niêm yết (PDF, 1,2\u00a0MB): {ADDRESS}thong-bao.pdf",
        "Mã tin: 7K3Q",
        f"Nguồn: {ADDRESS}\n",
    ]


def test_it_follows_a_correction_and_goes_with_a_withdrawal(tmp_path: Path) -> None:
    put(open_site(tmp_path))
    later = open_site_at(LATER, tmp_path)
    later.correct(PATH, replace(POST, text="Mất 10 phút.", html="<p>Mất 10 phút.</p>"), NoSteps())
    text = tree(tmp_path)[TEXT].decode("utf-8-sig")
    assert "Đính chính ngày 07/9/2023: nội dung dưới đây" in text
    assert "Mất 10 phút." in text
    assert "15 phút" not in text
    later.withdraw(PATH, "Sai thời gian")
    assert TEXT not in tree(tmp_path)


def test_a_page_of_an_older_site_has_none_until_it_is_published_again(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    put(site)
    record = tmp_path / "output/site" / PATH / "post.json"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    record.write_text("".join(line for line in lines if '"text_sha256"' not in line), encoding="utf-8")
    (record.parent / "noi-dung.txt").unlink()
    assert site.look_up(sought()) is not None
    put(site)
    assert TEXT in tree(tmp_path)
