"""The stand-in for Zalo's articles: what is accepted, when it is there, and what becomes of its pictures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Literal

import pytest

from channels.sandbox.web import Condition, Request, Response
from channels.sandbox.zalo.oa import ZaloAccount
from channels.sandbox.zalo.world import APP_ID, OA_ID
from tests.channels.sandbox.calls import call, serving
from tests.channels.sandbox.zalo import Zalo, article

CREATE, VERIFY, UPDATE, REMOVE, SLICE, DETAIL = (
    f"/v2.0/article/{name}" for name in ("create", "verify", "update", "remove", "getslice", "getdetail")
)
PNG = b"\x89PNG\r\n\x1a\n"
PHOTO = {"cover_type": "photo", "photo_url": "https://snv.example.gov.vn/a.jpg", "status": "show"}


class Pictures:
    """A website with pictures under their sizes: ``/2000`` is a picture of 2000 bytes, ``/0`` is none."""

    name, prefix = "pictures", "/pictures"

    def __init__(self) -> None:
        self.asked = 0

    def handle(self, request: Request) -> Response:
        self.asked += 1
        size = int(request.path.removeprefix("/"))
        return Response(body=PNG + b"0" * size) if size else Response(status=404)

    def route_of(self, request: Request) -> str:
        return ""

    def account_of(self, request: Request) -> str:
        return ""

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        return Response(status=code)

    def items(self) -> list[Any]:
        return []

    def reset(self) -> None:
        self.asked = 0


@pytest.fixture(name="pictures")
def _pictures(oa: Zalo) -> Iterator[tuple[Pictures, str]]:
    pictures = Pictures()
    with serving(oa.clock, pictures) as address:
        yield pictures, f"{address}/pictures"


def cover(address: str) -> dict[str, str]:
    return {"cover_type": "photo", "photo_url": address, "status": "show"}


def test_an_article_is_accepted_then_processed_then_there(oa: Zalo) -> None:
    token = oa.post(CREATE, article()).json["data"]["token"]
    assert len(token) == 88
    assert oa.api.items()[0].state is Condition.SCHEDULED
    assert oa.get(SLICE, type="normal").json["data"]["total"] == 0
    assert oa.post(VERIFY, {"token": token}).json == {"error": -214, "message": "Article is being processed"}
    identifier = oa.post(VERIFY, {"token": token}).json["data"]["id"]
    assert len(identifier) == 20
    assert oa.post(VERIFY, {"token": token}).json["data"]["id"] == identifier
    item = oa.api.items()[0]
    assert (item.id, item.state, item.kind) == (identifier, Condition.LIVE, "article")
    assert item.text == "Mời bà con trả lời khảo sát.\n\nTừ ngày 01/9 đến ngày 30/11."


def test_an_article_that_nobody_asks_for_is_there_all_the_same(oa: Zalo) -> None:
    oa.post(CREATE, article())
    oa.clock.advance(5)
    assert [item.state for item in oa.api.items()] == [Condition.LIVE]
    assert oa.get(SLICE, type="normal").json["data"]["total"] == 1


def test_the_same_article_twice_makes_two(oa: Zalo) -> None:
    assert oa.publish() != oa.publish()
    assert [item.state for item in oa.api.items()] == [Condition.LIVE] * 2


def test_an_unknown_token_is_refused_and_so_is_that_of_another_account(oa: Zalo) -> None:
    token = oa.post(CREATE, article()).json["data"]["token"]
    assert oa.post(VERIFY, {"token": "x"}).json["error"] == -201
    assert oa.post(VERIFY, {}).json["error"] == -201
    oa.world.accounts["4001"] = ZaloAccount(oa_id="4001", name="Sở Y tế")
    other = oa.world.tokens.issue(APP_ID, "4001").access
    assert oa.post(VERIFY, {"token": token}, other).json["error"] == -201


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "news"}, "type accept only 2 value normal and video."),
        ({"title": None}, "title allow 1 to 150 characters"),
        ({"title": "  "}, "title allow 1 to 150 characters"),
        ({"title": "ă" * 150}, "title allow 1 to 150 characters"),
        ({"title": unicodedata.normalize("NFD", "ă" * 75)}, "title allow 1 to 150 characters"),
        ({"description": "a" * 300}, "description allow 1 to 300 characters"),
        ({"author": "a" * 51}, "author allow 1 to 50 characters"),
        ({"cover": None}, "cover value is invalid"),
        ({"cover": {"cover_type": "picture", "status": "show"}}, "cover value is invalid"),
        ({"cover": {"cover_type": "photo", "photo_url": "https://a/b.jpg"}}, "create media failed: cover status"),
        ({"cover": PHOTO | {"photo_url": "https://a/ảnh.jpg"}}, "photo_url value is invalid"),
        ({"cover": PHOTO | {"photo_url": "https://a/anh 1.jpg"}}, "photo_url value is invalid"),
        ({"cover": {"cover_type": "video", "status": "show", "video_id": "1"}}, "cover value is invalid"),
        ({"body": []}, "body value is invalid"),
        ({"body": "text"}, "body value is invalid"),
        ({"body": ["text"]}, "body value is invalid"),
        ({"body": [{"type": "text", "content": ""}]}, "body value is invalid"),
        ({"body": [{"type": "image", "url": "anh.png"}]}, "body value is invalid"),
        ({"body": [{"type": "video", "url": "https://a/b"}]}, "body value is invalid"),
        ({"body": [{"type": "table"}]}, "body value is invalid"),
        ({"status": "shown"}, "status value is invalid"),
        ({"comment": "open"}, "comment value is invalid"),
        ({"tracking_link": "a"}, "tracking_link value is invalid"),
        ({"related_medias": [1]}, "related_medias value is invalid"),
        ({"type": "video", "video_id": ""}, "video_id value is invalid"),
        ({"type": "video", "video_id": "1"}, "avatar value is invalid"),
    ],
)
def test_the_first_thing_wrong_is_named_and_nothing_is_made(oa: Zalo, change: dict[str, object], message: str) -> None:
    assert oa.post(CREATE, article(**change)).json == {"error": -201, "message": message}
    assert oa.api.items() == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "ă" * 149, "description": "a" * 299, "author": "a" * 50},
        {"author": None, "comment": "hide", "tracking_link": "https://a/b", "related_medias": ["x"]},
        {"body": [{"type": "image", "url": "https://a/b.jpg", "caption": "Ảnh"}, {"type": "product", "id": "1"}]},
        {"body": [{"type": "video", "url": "https://a/b", "thumb": "https://a/c.jpg"}]},
        {"cover": {"cover_type": "video", "cover_view": "square", "video_id": "1", "status": "show"}},
        {"type": "video", "video_id": "1", "avatar": "https://a/b.jpg"},
    ],
)
def test_what_keeps_to_the_rules_is_accepted(oa: Zalo, change: dict[str, object]) -> None:
    assert oa.post(CREATE, article(**change)).json["error"] == 0


def test_a_title_of_full_length_is_accepted_where_the_switch_says_so(oa: Zalo) -> None:
    oa.world.switches.full_length_refused = False
    assert oa.post(CREATE, article(title="a" * 150)).json["error"] == 0
    assert oa.post(CREATE, article(title="a" * 151)).json["error"] == -201


def test_without_a_status_an_article_is_hidden(oa: Zalo) -> None:
    identifier = oa.publish(status=None)
    assert oa.api.items()[0].state is Condition.HIDDEN
    listed = oa.get(SLICE, type="normal").json["data"]["medias"][0]
    assert (listed["id"], listed["status"]) == (identifier, "hide")
    assert call("GET", listed["link_view"]).status == 404
    oa.world.switches.lists_hidden = False
    assert oa.get(SLICE, type="normal").json["data"]["total"] == 0


def test_the_list_is_newest_first_and_comes_in_tens(oa: Zalo) -> None:
    identifiers = [oa.publish(title=f"Tin {number}") for number in range(12)]
    first = oa.get(SLICE, type="normal", offset=0, limit=10).json["data"]
    second = oa.get(SLICE, type="normal", offset=10, limit=10).json["data"]
    assert first["total"] == 12
    assert [media["id"] for media in first["medias"] + second["medias"]] == identifiers[::-1]
    assert first["medias"][0]["create_date"] == int((oa.clock.now().timestamp() - 55) * 1000)


def test_of_two_articles_of_one_moment_the_later_comes_first(oa: Zalo) -> None:
    for title in ("Một", "Hai"):
        oa.post(CREATE, article(title=title))
    oa.clock.advance(5)
    assert [media["title"] for media in oa.get(SLICE, type="normal").json["data"]["medias"]] == ["Hai", "Một"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "type accept only 2 value normal and video."),
        ({"data": '{"type":"normal"}'}, "type accept only 2 value normal and video."),
        ({"type": "normal", "limit": 11}, "limit maximum is 10"),
        ({"type": "normal", "limit": 0}, "limit maximum is 10"),
        ({"type": "normal", "offset": "-1"}, "offset value is invalid"),
    ],
)
def test_a_list_asked_for_in_the_wrong_way_is_refused(oa: Zalo, query: dict[str, Any], message: str) -> None:
    assert oa.get(SLICE, **query).json == {"error": -201, "message": message}


def test_the_list_may_lag_behind(oa: Zalo) -> None:
    oa.world.switches.listing_lag = 600
    oa.publish()
    assert oa.get(SLICE, type="normal").json["data"]["total"] == 0
    assert [item.state for item in oa.api.items()] == [Condition.LIVE]
    oa.clock.advance(600)
    assert oa.get(SLICE, type="normal").json["data"]["total"] == 1


def test_the_detail_has_the_body_and_a_page_that_people_read(oa: Zalo) -> None:
    body = [{"type": "text", "content": '<p>Xem <a href="https://snv.example.gov.vn/?m=ab12">trang</a> &amp; gọi</p>'}]
    identifier = oa.publish(body=body)
    detail = oa.get(DETAIL, id=identifier).json["data"]
    assert (detail["body"], detail["author"], detail["comment"]) == (body, "Sở Nội vụ", None)
    page = call("GET", detail["link_view"])
    assert (page.status, "Khảo sát mức độ hài lòng" in page.text) == (200, True)
    assert oa.get(DETAIL, id=identifier).json["data"]["total_view"] == 1
    assert oa.api.items()[0].text.endswith("Xem trang (https://snv.example.gov.vn/?m=ab12) & gọi")
    assert oa.get(DETAIL, id="unknown").json["error"] == -201


def test_an_update_keeps_the_identifier_and_takes_its_time(oa: Zalo) -> None:
    identifier = oa.publish()
    token = oa.post(UPDATE, article(title="Đã sửa") | {"id": identifier}).json["data"]["token"]
    assert oa.get(DETAIL, id=identifier).json["data"]["title"] == "Khảo sát mức độ hài lòng"
    oa.clock.advance(5)
    assert oa.post(VERIFY, {"token": token}).json["data"]["id"] == identifier
    detail = oa.get(DETAIL, id=identifier).json["data"]
    assert (detail["title"], detail["update_date"] > detail["create_date"]) == ("Đã sửa", True)
    assert len(oa.api.items()) == 1
    assert oa.post(UPDATE, article() | {"id": "unknown"}).json["error"] == -201


def test_a_removed_article_is_gone(oa: Zalo) -> None:
    identifier = oa.publish()
    assert oa.post(REMOVE, {"id": identifier}).json == {"error": 0, "message": "Success"}
    assert oa.post(REMOVE, {"id": identifier}).json["error"] == -201
    assert oa.get(SLICE, type="normal").json["data"] == {"total": 0, "medias": []}
    assert [item.state for item in oa.api.items()] == [Condition.REMOVED]


def test_the_quota_of_articles_is_told_by_its_text(oa: Zalo) -> None:
    oa.world.accounts[OA_ID].article_quota = 1
    oa.publish()
    refused = oa.post(CREATE, article()).json
    assert (refused["error"], "quota" in refused["message"]) == (-223, True)
    assert len(oa.api.items()) == 1


def test_pictures_are_fetched_and_a_good_one_lets_the_article_through(oa: Zalo, pictures: tuple[Pictures, str]) -> None:
    body = [{"type": "image", "url": f"{pictures[1]}/2000"}]
    oa.publish(cover=cover(f"{pictures[1]}/1000"), body=body)
    assert pictures[0].asked == 2


@pytest.mark.parametrize("path", ["/0", "/1048576"])
def test_a_picture_that_is_missing_or_too_heavy_fails_the_job_and_leaves_nothing(
    oa: Zalo, pictures: tuple[Pictures, str], path: str
) -> None:
    token = oa.post(CREATE, article(cover=cover(pictures[1] + path))).json["data"]["token"]
    assert oa.api.items()[0].state is Condition.UNPUBLISHED
    oa.clock.advance(5)
    assert oa.post(VERIFY, {"token": token}).json == {"error": -200, "message": "Upload media failed"}
    assert oa.api.items() == []


def test_a_failed_job_may_leave_its_article(oa: Zalo, pictures: tuple[Pictures, str]) -> None:
    oa.world.switches.failed_job_leaves_article = True
    oa.post(CREATE, article(cover=cover(f"{pictures[1]}/0")))
    oa.clock.advance(5)
    assert [item.state for item in oa.api.items()] == [Condition.LIVE]


def test_a_heavy_picture_may_keep_the_article_processing_for_ever(oa: Zalo, pictures: tuple[Pictures, str]) -> None:
    oa.world.switches.heavy_media = "hangs"
    token = oa.post(CREATE, article(cover=cover(f"{pictures[1]}/1048576"))).json["data"]["token"]
    oa.clock.advance(days=1)
    for _ in range(3):
        assert oa.post(VERIFY, {"token": token}).json["error"] == -214


def test_zalo_stops_asking_for_a_picture_that_failed_too_often(oa: Zalo, pictures: tuple[Pictures, str]) -> None:
    tokens = [oa.post(CREATE, article(cover=cover(f"{pictures[1]}/0"))).json["data"]["token"] for _ in range(4)]
    oa.clock.advance(5)
    assert "too many failed attempts" in oa.post(VERIFY, {"token": tokens[-1]}).json["message"]
    assert pictures[0].asked == 3


@pytest.mark.parametrize(("switch", "error"), [("trusted", 0), ("unreachable", -200)])
def test_pictures_outside_this_computer_are_never_asked_for(
    oa: Zalo, switch: Literal["trusted", "unreachable"], error: int
) -> None:
    oa.world.switches.outside_media = switch
    token = oa.post(CREATE, article(cover=cover("http://203.0.113.1/a.jpg"))).json["data"]["token"]
    oa.clock.advance(5)
    assert oa.post(VERIFY, {"token": token}).json["error"] == error


def test_with_fetching_switched_off_every_picture_is_good(oa: Zalo, pictures: tuple[Pictures, str]) -> None:
    oa.world.switches.fetch_media = False
    oa.publish(cover=cover(f"{pictures[1]}/0"))
    assert pictures[0].asked == 0
