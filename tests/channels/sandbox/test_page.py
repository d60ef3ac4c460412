"""The pages that readers would see, read as a reader does: text, links, pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import lxml.html
import pytest

from channels.sandbox.page import MOST, draw_board, draw_item
from channels.sandbox.plain_text import plain_text
from channels.sandbox.web import Condition, Item, Picture
from tests.channels.sandbox.calls import call
from tests.channels.sandbox.graph import PAGE, START, Api, graph, png


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def item(number: int = 0, **changes: object) -> Item:
    fields = {"service": "graph", "account": PAGE, "id": str(number), "text": f"Tin {number}", "created": START}
    return Item(**{**fields, **changes})  # type: ignore[arg-type]  # told by each test


def board(*items: Item) -> str:
    return draw_board(["graph", "oauth", "zalo", "wordpress", "portal"], items, START).body.decode()


def seen(html: str) -> str:
    """The words on a page, blanks folded."""
    return " ".join(lxml.html.document_fromstring(html).find("body").text_content().split())


def test_the_board_shows_every_place_and_what_is_there(api: Api) -> None:
    api.made(message="Khảo sát bắt đầu\n\nMời bà con trả lời", link="https://snv.example.gov.vn/tb/1")
    answer = call("GET", f"{api.box.address}/")
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    page = lxml.html.document_fromstring(answer.body)
    places = {section.findtext("h2"): section for section in page.iter("section")}
    assert list(places) == ["Facebook", "Zalo", "Trang WordPress", "Cổng thông tin"]
    facebook = " ".join(places["Facebook"].text_content().split())
    for words in ("Sở Nội vụ tỉnh Sông Trà", "Thứ Ba, 01/12/2026, 07:30", "Mời bà con trả lời", "snv.example.gov.vn"):
        assert words in facebook
    assert "Chưa có tin nào." in places["Zalo"].text_content()


def test_the_board_needs_no_script_and_reloads_itself(api: Api) -> None:
    answer = call("GET", f"{api.box.address}/")
    assert "<script" not in answer.text
    assert 'http-equiv="refresh"' in answer.text
    assert "default-src 'none'" in (answer.headers["Content-Security-Policy"] or "")
    assert call("GET", f"{api.box.address}/_style.css").status == 200


def test_pictures_and_links_of_the_board_lead_somewhere(api: Api) -> None:
    photos = [
        api.upload(png(colour), published="false", alt_text_custom=colour).json["id"] for colour in ("red", "blue")
    ]
    api.made(message="Hai ảnh", attached_media=json.dumps([{"media_fbid": photo} for photo in photos]))
    page = lxml.html.document_fromstring(call("GET", f"{api.box.address}/").body)
    assert page.xpath("//img/@alt") == ["red", "blue"]
    targets = page.xpath("//img/@src | //article//a/@href | //link/@href")
    assert [call("GET", f"{api.box.address}{target}").status for target in targets] == [200] * 4


def test_a_picture_on_a_website_that_is_not_there_yet_is_told_and_not_broken() -> None:
    away = Picture(address="https://snv.example.gov.vn/tb/a.png", alt="Áp phích mời")
    html = draw_item(item(pictures=(away, Picture(address="/graph/pictures/1", alt="Ảnh chụp")))).body.decode()
    assert lxml.html.document_fromstring(html).xpath("//img/@alt") == ["Ảnh chụp"]
    assert "Áp phích mời Ảnh ở snv.example.gov.vn, chưa xem được từ máy này" in seen(html)


def test_the_cover_of_an_article_comes_before_its_title() -> None:
    cover = Picture(address="/openapi/cover.png")
    for service, order in (("zalo", ["img", "h3"]), ("graph", ["h3", "img"])):
        html = draw_item(item(service=service, title="Mời", pictures=(cover,))).body.decode()
        page = lxml.html.document_fromstring(html)
        assert [one.tag for one in page.iter("img", "h3")] == order


def test_words_out_of_markup_have_no_gaps() -> None:
    source = "<p>Một</p>\n<p>Tài liệu kèm theo:</p>\n<ul>\n<li>A</li>\n<li>B</li>\n</ul>\n<!-- mark -->\n<p>C</p>"
    assert plain_text(source) == "Một\n\nTài liệu kèm theo:\n\nA\nB\n\nC"


def test_a_post_has_a_page_until_it_is_taken_down(api: Api) -> None:
    post = api.made(message="Khảo sát bắt đầu")
    address = api.get(post, fields="permalink_url").json["permalink_url"]
    assert "Khảo sát bắt đầu" in call("GET", address).text
    api.delete(post)
    gone = call("GET", address)
    assert (gone.status, "Khảo sát" in gone.text) == (404, False)
    assert call("GET", f"{api.box.address}/graph/pictures/1").status == 404


def test_a_scheduled_post_gets_its_page_in_time(api: Api) -> None:
    when = str(int((START + timedelta(hours=1)).timestamp()))
    post = api.made(message="Một", published="false", scheduled_publish_time=when)
    address = f"{api.box.address}/graph/permalink/{post}"
    assert call("GET", address).status == 404
    api.box.clock.advance(hours=1)
    assert call("GET", address).status == 200


def test_what_readers_do_not_see_is_only_counted() -> None:
    states = [*Condition, Condition.REMOVED]
    words = seen(board(*(item(number, state=state, text=f"Tin {state}") for number, state in enumerate(states))))
    assert [state for state in Condition if f"Tin {state}" in words] == [Condition.LIVE]
    assert "người đọc không thấy: 1 tin hẹn giờ, 1 tin chờ duyệt, 1 tin chưa đăng, 1 tin đang ẩn, 2 tin đã gỡ." in words


def test_only_the_newest_are_shown() -> None:
    items = [item(number, created=START + timedelta(minutes=number // 2)) for number in range(MOST + 3)]
    page = board(*items)
    shown = [int(number) for number in re.findall(r"Tin (\d+)", page)]
    assert shown == list(range(MOST + 2, 2, -1))
    assert "còn 3 tin cũ hơn" in page


def test_accounts_of_one_service_do_not_mix() -> None:
    other = item(1, account="1001", account_name="UBND phường Trà Giang", created=START + timedelta(hours=1))
    words = seen(board(item(0, account_name="Sở Nội vụ"), other))
    assert words.index("Sở Nội vụ") < words.index("Tin 0") < words.index("UBND phường Trà Giang") < words.index("Tin 1")


def test_what_a_client_sends_stays_text() -> None:
    evil = "<script>alert(1)</script> & \"'"
    picture = Picture(address='"><script>', alt=evil)
    shown = item(title=evil, text=evil, account_name=evil, link=f"https://x.vn/{evil}", pictures=(picture,))
    for response in (draw_item(shown), draw_board(["graph"], [shown], START)):
        page = response.body.decode()
        assert "<script" not in page
        assert "<script>alert(1)</script>" in unescape(page)


def test_a_link_that_runs_a_script_is_no_link() -> None:
    page = draw_item(item(link="javascript:alert(1)")).body.decode()
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 9, 5, 0, 30, tzinfo=UTC), "Thứ Bảy, 05/9/2026, 07:30"),
        (datetime(2027, 1, 31, 17, 0, tzinfo=UTC), "Thứ Hai, 01/02/2027, 00:00"),
        (datetime(2026, 11, 22, 1, 5, tzinfo=UTC), "Chủ nhật, 22/11/2026, 08:05"),
    ],
)
def test_times_are_those_of_readers(moment: datetime, words: str) -> None:
    assert words in draw_item(item(created=moment)).body.decode()
