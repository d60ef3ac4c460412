"""What stands on the page of one post of the static site."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

import loa
from channels.answers import NotSent
from tests.channels.site import PAPER, POST, URL, open_site, put, tree
from tests.channels.static_drawing import PICTURE, meta, page_of


def test_the_footer_says_whom_to_ask() -> None:
    footer = page_of().find(".//footer")
    assert "Số 1, đường Hùng Vương, phường Trà Giang" in footer.text_content()
    assert footer.xpath(".//a/@href") == ["tel:02553000100", "mailto:snv@example.gov.vn", URL]
    assert "Fax: 0255.3000.101" in footer.text_content()


def test_the_last_day_and_the_shown_code_stand_on_thepage_of() -> None:
    page = page_of(valid_until=date(2023, 11, 30), visible_code="Mã tin: 7K3Q-0001")
    assert meta(page, "DCTERMS.valid") == "2023-11-30"
    assert page.findtext(".//p[@class='code']") == "Mã tin: 7K3Q-0001"
    assert page_of().find(".//p[@class='code']") is None


def test_the_footer_names_who_answers_for_the_site(tmp_path: Path) -> None:
    put(open_site(tmp_path, responsible="Trần Thị Mai, Chánh Văn phòng"))
    footer = lxml.html.document_fromstring(tree(tmp_path)["index.html"].decode()).find(".//footer")
    assert "Chịu trách nhiệm nội dung: Trần Thị Mai, Chánh Văn phòng" in footer.text_content()


def test_the_time_is_read_by_people_and_by_programs() -> None:
    (time,) = page_of().xpath("//article//time")
    assert (time.text, time.get("datetime")) == ("Thứ Ba, 05/9/2023 07:30", "2023-09-05T07:30:00+07:00")


def test_the_body_is_taken_as_it_is_and_the_rest_is_escaped() -> None:
    page = page_of(title='<script>alert("1")</script> & {{ 7*7 }}', summary="<b>đậm</b>")
    assert page.findtext(".//h1") == '<script>alert("1")</script> & {{ 7*7 }}'
    assert page.findtext(".//p[@class='lead']") == "<b>đậm</b>"
    assert page.findtext(".//strong") == "15 phút"
    assert page.xpath("//b | //script[not(@src) and not(@type='application/ld+json')]") == []


def test_a_file_is_linked_with_its_title_kind_and_size() -> None:
    (link,) = page_of(attachments=(PAPER,)).xpath("//section[@class='attached']//a")
    assert (link.text, link.get("href")) == ("Thông báo niêm yết (PDF, 1,2\u00a0MB)", "thong-bao.pdf")


def test_a_file_name_is_quoted_in_its_link() -> None:
    page = page_of(attachments=(replace(PAPER, name="Thông báo #1.pdf"),))
    assert page.xpath("//section[@class='attached']//a/@href") == ["Th%C3%B4ng%20b%C3%A1o%20%231.pdf"]


def test_a_picture_with_words_for_it_is_shown_and_one_without_is_linked() -> None:
    (shown,) = page_of(attachments=(PICTURE,)).iter("img")
    assert shown.get("alt") == PICTURE.alt
    page = page_of(attachments=(replace(PICTURE, alt=""),))
    assert list(page.iter("img")) == []
    assert page.xpath("//section[@class='attached']//a/@href") == ["ap-phich.png"]


@pytest.mark.parametrize(
    ("summary", "lead"), [("Tóm tắt.", "Tóm tắt."), ("", None), ("Mỗi phiếu chỉ mất …", None), (POST.text, None)]
)
def test_a_summary_stands_above_the_text_unless_it_only_repeats_it(summary: str, lead: str | None) -> None:
    assert page_of(summary=summary).findtext(".//p[@class='lead']") == lead


@pytest.mark.parametrize(("summary", "text"), [("", "chữ " * 200), ("", ""), ("Tóm tắt.", "")])
def test_the_description_is_never_empty_and_never_endless(summary: str, text: str) -> None:
    description = meta(page_of(summary=summary, text=text), "description")
    assert 0 < len(description) <= 200


@given(st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=300))
def test_any_title_is_read_back_from_thepage_of(title: str) -> None:
    page = page_of(title=title)
    assert page.findtext(".//h1") == unicodedata.normalize("NFC", title)
    assert meta(page, "og:title") == unicodedata.normalize("NFC", title)


def test_a_mistake_in_an_own_template_is_told_and_nothing_is_sent(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "site" / "post.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("dòng một\n{% if %}\n", encoding="utf-8")
    with pytest.raises(NotSent) as raised:
        put(open_site(tmp_path))
    assert raised.value.reason_key == "channel.template"
    assert not list((tmp_path / "output").rglob("index.html"))


def test_nothing_comes_from_elsewhere() -> None:
    page = page_of(attachments=(PICTURE, PAPER))
    assert page.xpath("//iframe | //form | //@style | //style | //@onclick") == []
    assert page.xpath("//script/@src") == ["../../../site.js"]
    assert page.xpath("//script[not(@src)]/@type") == ["application/ld+json"]  # data, which no browser runs
    assert page.xpath("//link[@rel='stylesheet']/@href | //img/@src") == ["../../../site.css", "ap-phich.png"]
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    here = "img-src 'self'; style-src 'self'; script-src 'self'"
    assert policy == [f"default-src 'none'; {here}; base-uri 'none'; form-action 'none'"]
    for name in ("site.css", "site.js"):
        asset = (loa.root() / "templates/site" / name).read_text(encoding="utf-8")
        assert not re.search(r"url\(|@import|https?:|fetch", asset), name


def test_a_table_can_be_moved_on_a_phone_and_with_the_arrow_keys() -> None:
    table = "<table><caption>Lịch</caption>\n<tr><td>Sáng</td></tr></table>"
    page = page_of(html=f"<p>Trước</p>{table}<p>Giữa</p><div class='table'>{table}</div>")
    frames = page.xpath("//*[@role='region']")
    assert [frame.get("aria-label") for frame in frames] == [f"Bảng {n}, kéo ngang để xem hết" for n in (1, 2)]
    assert all(frame.get("tabindex") == "0" and [child.tag for child in frame] == ["table"] for frame in frames)
    assert page.xpath("//p[text()='Giữa']/ancestor::*[@role]") == []


def test_an_address_that_shows_as_itself_is_not_printed_twice() -> None:
    address = "https://a.example.gov.vn/?x=1&amp;y=2"
    page = page_of(html=f'<p><a href="{address}">{address}</a> <a href="{address}">Phiếu khảo sát</a></p>')
    assert page.xpath("//div[@class='body']//a/@class") == ["bare"]
    assert page.xpath("//a[@class='bare']/text()") == ["https://a.example.gov.vn/?x=1&y=2"]


def test_a_post_can_be_printed_kept_and_sent_on() -> None:
    """Nghị định 42/2022/NĐ-CP, Điều 7: each news item has a function to print it and one to save it."""
    tools = page_of(title="Đợt 1: 50% & hơn").xpath("//ul[@class='tools']")[0]
    (button,) = tools.iter("button")
    assert (button.get("class"), button.get("hidden")) == ("print", "")  # of no use, and not shown, without the script
    kept, sent = tools.xpath(".//a")
    assert (kept.get("href"), kept.get("download")) == ("noi-dung.txt", "tin-7k3q.txt")
    address = quote(f"{URL}/tb/2023/tin-7k3q/", safe="/")
    assert sent.get("href") == f"mailto:?subject={quote('Đợt 1: 50% & hơn')}&body={address}"
    assert "window.print()" in (loa.root() / "templates/site/site.js").read_text(encoding="utf-8")
