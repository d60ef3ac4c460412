"""Photos on the Graph API: alone, several in a post, waiting for one, refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from channels.sandbox.web import Condition
from tests.channels.sandbox.calls import call
from tests.channels.sandbox.graph import START, Api, error_of, graph, png


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def staged(api: Api, colour: str = "navy", **fields: str) -> str:
    """The id of an unpublished photo."""
    return str(api.upload(png(colour), published="false", **fields).json["id"])


def media(*photos: str) -> str:
    return json.dumps([{"media_fbid": photo} for photo in photos])


def test_a_published_photo_is_a_post(api: Api) -> None:
    told = api.upload(png(), caption="Áp phích", alt_text_custom="Áp phích mời trả lời khảo sát").json
    (item,) = api.box.truth()
    assert (item.id, item.text, item.state) == (told["post_id"], "Áp phích", Condition.LIVE)
    assert item.pictures[0].alt == "Áp phích mời trả lời khảo sát"
    assert call("GET", f"{api.box.address}{item.pictures[0].address}").body == png()
    assert api.get(told["id"]).json["alt_text_custom"] == "Áp phích mời trả lời khảo sát"


def test_an_unpublished_photo_is_no_post(api: Api) -> None:
    assert set(api.upload(png(), published="false").json) == {"id"}
    assert api.box.truth() == []


def test_several_photos_keep_their_order(api: Api) -> None:
    photos = [staged(api, colour) for colour in ("red", "green", "blue")]
    shown = [photos[2], photos[0], photos[1]]
    post = api.made(message="Ba ảnh", attached_media=media(*shown))
    (item,) = api.box.truth()
    assert [picture.address for picture in item.pictures] == [f"/graph/pictures/{photo}" for photo in shown]
    fields = "attachments{media_type,subattachments{target{id}}}"
    (album,) = api.get(post, fields=fields).json["attachments"]["data"]
    assert album["media_type"] == "album"
    assert [one["target"]["id"] for one in album["subattachments"]["data"]] == shown


def test_photos_may_be_named_in_indexed_fields(api: Api) -> None:
    red, blue = staged(api, "red"), staged(api, "blue")
    fields = {f"attached_media[{index}]": json.dumps({"media_fbid": photo}) for index, photo in ((10, blue), (2, red))}
    api.post("1000/feed", message="Hai ảnh", **fields)
    assert [picture.address[-15:] for picture in api.box.truth()[0].pictures] == [red, blue]


def test_one_photo_can_go_the_same_way(api: Api) -> None:
    post = api.made(message="Một ảnh", attached_media=media(staged(api)))
    told = api.get(post, fields="full_picture,attachments{media_type},status_type").json
    assert told["attachments"]["data"] == [{"media_type": "photo"}]
    assert call("GET", told["full_picture"]).body == png()
    assert told["status_type"] == "added_photos"


def test_a_photo_belongs_to_one_post(api: Api) -> None:
    photo = staged(api)
    api.made(message="Một", attached_media=media(photo))
    assert error_of(api.post("1000/feed", message="Hai", attached_media=media(photo))) == (400, 100, 0)
    twice = staged(api)
    assert error_of(api.post("1000/feed", message="Ba", attached_media=media(twice, twice))) == (400, 100, 0)
    assert error_of(api.post("1000/feed", message="Bốn", attached_media=media("999"))) == (400, 100, 33)


def test_a_photo_of_another_page_cannot_be_used(api: Api) -> None:
    api.box.graph.add_page("1001", "UBND phường Trà Giang")
    other = Api(box=api.box, token=api.box.graph.token_of("1001").text)
    photo = other.upload(png(), page="1001", published="false").json["id"]
    assert error_of(api.post("1000/feed", message="Một", attached_media=media(photo))) == (400, 100, 33)


def test_a_photo_that_no_post_shows_is_forgotten_after_a_day(api: Api) -> None:
    orphan, used = staged(api), staged(api)
    post = api.made(message="Một", attached_media=media(used))
    api.box.clock.advance(hours=23, minutes=59)
    assert api.get(orphan).status == 200
    api.box.clock.advance(minutes=1)
    assert error_of(api.get(orphan)) == (400, 100, 33)
    assert error_of(api.post("1000/feed", message="Hai", attached_media=media(orphan))) == (400, 100, 33)
    assert api.get(used).status == 200
    api.delete(post)
    assert error_of(api.get(used)) == (400, 100, 33)


def test_only_a_photo_that_no_post_shows_can_be_deleted(api: Api) -> None:
    orphan, used = staged(api), staged(api)
    api.made(message="Một", attached_media=media(used))
    assert api.delete(orphan).json == {"success": True}
    assert error_of(api.delete(orphan)) == (400, 100, 33)
    assert error_of(api.delete(used)) == (400, 100, 33)


def test_a_scheduled_post_takes_temporary_photos(api: Api) -> None:
    when = str(int((START + timedelta(hours=1)).timestamp()))
    scheduled = {"published": "false", "scheduled_publish_time": when, "unpublished_content_type": "SCHEDULED"}
    lasting = api.post("1000/feed", message="Một", attached_media=media(staged(api)), **scheduled)
    assert error_of(lasting) == (400, 100, 0)
    photo = staged(api, temporary="true")
    untold = {name: value for name, value in scheduled.items() if name != "unpublished_content_type"}
    assert error_of(api.post("1000/feed", message="Một", attached_media=media(photo), **untold)) == (400, 100, 0)
    assert api.post("1000/feed", message="Một", attached_media=media(photo), **scheduled).status == 200


def test_a_photo_can_be_scheduled_itself(api: Api) -> None:
    when = str(int((START + timedelta(hours=1)).timestamp()))
    told = api.upload(png(), caption="Một", published="false", scheduled_publish_time=when).json
    assert api.listed("scheduled_posts") == [told["post_id"]]
    both = api.upload(png(), published="false", scheduled_publish_time=when, temporary="true")
    assert error_of(both) == (400, 100, 0)


@pytest.mark.parametrize("form", ["JPEG", "BMP", "PNG", "GIF", "TIFF"])
def test_the_usual_formats_are_taken(api: Api, form: str) -> None:
    assert api.upload(png(form=form)).status == 200


BROKEN = [
    (b"", 324, 0),
    (b"no picture", 324, 0),
    (png()[:40], 324, 0),
    (png(form="WEBP"), 100, 1366046),
    (png() + bytes(4_000_000), 100, 1366046),
]


@pytest.mark.parametrize(("content", "code", "subcode"), BROKEN, ids=range(len(BROKEN)))
def test_a_picture_that_cannot_be_taken(api: Api, content: bytes, code: int, subcode: int) -> None:
    assert error_of(api.upload(content)) == (400, code, subcode)
    assert api.box.truth() == []


def test_a_picture_is_fetched_from_an_address_on_this_computer(api: Api) -> None:
    first = api.upload(png("red"), published="false").json["id"]
    address = f"{api.box.address}/graph/pictures/{first}"
    second = api.post("1000/photos", url=address, caption="Một").json["id"]
    assert call("GET", f"{api.box.address}/graph/pictures/{second}").body == png("red")


@pytest.mark.parametrize(
    "url", ["https://example.com/a.png", "http://192.0.2.1/a.png", "http://x y/", "", "http://127.0.0.1:1/a.png"]
)
def test_nothing_is_fetched_from_elsewhere(api: Api, url: str) -> None:
    assert error_of(api.post("1000/photos", url=url)) == (400, 324, 0)
    missing = f"{api.box.address}/graph/pictures/1"
    assert error_of(api.post("1000/photos", url=missing)) == (400, 324, 0)
