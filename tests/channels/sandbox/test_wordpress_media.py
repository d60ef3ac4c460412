"""Files on the stand-in for WordPress: both forms of an upload, names, kinds, limits."""

from __future__ import annotations

import hashlib

import pytest

from tests.channels.sandbox.calls import call
from tests.channels.sandbox.graph import png
from tests.channels.sandbox.wordpress import MEDIA, POSTS, WordPressSite, code, inner

PNG = png()
JPEG = png(form="JPEG")


def test_a_multipart_upload_sets_everything_in_one_call(site: WordPressSite) -> None:
    answer = site.upload(PNG, name="tb-0001-anh1.png", slug="tb-0001-anh1", alt_text="Áp phích", title="Ảnh")
    media = answer.json
    assert (answer.status, media["slug"], media["alt_text"], media["title"]["raw"]) == (
        *(201, "tb-0001-anh1", "Áp phích"),
        "Ảnh",
    )
    assert (media["mime_type"], media["media_type"], media["status"]) == ("image/png", "image", "inherit")
    assert (media["media_details"]["width"], media["media_details"]["height"]) == (40, 30)
    assert media["source_url"] == f"{site.home}/wp-content/uploads/2026/11/tb-0001-anh1.png"
    file = call("GET", media["source_url"])
    assert (file.body, file.headers["Content-Type"]) == (PNG, "image/png")


def test_a_raw_upload_has_its_name_in_the_header_and_fields_in_the_query(site: WordPressSite) -> None:
    headers = {
        "Content-Type": "image/png",
        "Content-Disposition": 'attachment; filename="a.png"',
        "Content-MD5": hashlib.md5(PNG, usedforsecurity=False).hexdigest(),
    }
    media = site.call("POST", MEDIA, PNG, headers=headers, slug="anh", alt_text="Ảnh").json
    assert (media["slug"], media["alt_text"], media["media_details"]["file"]) == ("anh", "Ảnh", "2026/11/a.png")
    wrong = headers | {"Content-MD5": "0" * 32}
    assert code(site.call("POST", MEDIA, PNG, headers=wrong)) == (412, "rest_upload_hash_mismatch")


@pytest.mark.parametrize(
    ("body", "headers", "refused"),
    [
        (b"", {}, "rest_upload_no_data"),
        (PNG, {}, "rest_upload_no_content_type"),
        (PNG, {"Content-Type": "image/png"}, "rest_upload_no_content_disposition"),
        (PNG, {"Content-Type": "image/png", "Content-Disposition": "attachment"}, "rest_upload_invalid_disposition"),
        (
            PNG,
            {"Content-Type": "image/png", "Content-Disposition": "attachment; filename*=UTF-8''a.png"},
            "rest_upload_invalid_disposition",
        ),
    ],
)
def test_a_raw_upload_with_a_piece_missing(
    site: WordPressSite, body: bytes, headers: dict[str, str], refused: str
) -> None:
    assert code(site.call("POST", MEDIA, body, headers=headers)) == (400, refused)


def test_the_same_file_again_is_another_file(site: WordPressSite) -> None:
    names = [site.upload(PNG, name="anh.png").json["media_details"]["file"] for _ in range(3)]
    assert names == ["2026/11/anh.png", "2026/11/anh-1.png", "2026/11/anh-2.png"]
    assert len(site.get(MEDIA).json) == 3


def test_what_a_file_is_decides_its_extension(site: WordPressSite) -> None:
    assert site.upload(JPEG, name="anh.png").json["media_details"]["file"] == "2026/11/anh.jpg"
    assert site.upload(JPEG, name="hai.jpeg").json["media_details"]["file"] == "2026/11/hai.jpeg"
    pdf = site.upload(b"%PDF-1.7", name="van ban.pdf").json
    assert (pdf["media_type"], pdf["media_details"]["file"]) == ("file", "2026/11/van-ban.pdf")


@pytest.mark.parametrize(
    ("content", "name"), [(b"text", "a.png"), (b"<svg/>", "a.svg"), (b"<?php", "a.php"), (PNG, "a.php"), (PNG, "a")]
)
def test_a_kind_that_is_not_allowed_is_an_error_of_class_500(site: WordPressSite, content: bytes, name: str) -> None:
    assert code(site.upload(content, name=name)) == (500, "rest_upload_sideload_error")
    assert site.get(MEDIA).json == []


def test_limits_and_a_wrong_part_name(site: WordPressSite) -> None:
    assert code(site.upload(PNG, part="image")) == (500, "rest_upload_unknown_error")
    site.switches.upload_limit = len(PNG) - 1
    assert code(site.upload(PNG)) == (500, "rest_upload_unknown_error")
    site.switches.body_limit = len(PNG)
    assert code(site.upload(PNG)) == (400, "rest_upload_no_content_disposition")


@pytest.mark.parametrize(("login", "status"), [("", 401), ("cong-tac", 403), ("ban-doc", 403)])
def test_who_may_not_upload(site: WordPressSite, login: str, status: int) -> None:
    assert code(site.by(login).upload(PNG)) == (status, "rest_cannot_create")


def test_media_are_found_by_slug_and_have_no_status_any(site: WordPressSite) -> None:
    made = site.upload(PNG, slug="tb-anh1").json
    site.upload(PNG, slug="khac")
    assert [media["id"] for media in site.by("").get(MEDIA, slug="tb-anh1").json] == [made["id"]]
    assert [media["slug"] for media in site.get(MEDIA, search="KHÁC").json] == ["khac"]
    assert inner(site.get(MEDIA, status="any")) == {"status": "rest_not_in_enum"}
    assert site.get(MEDIA, status="trash").json == []


def test_a_file_gives_way_to_a_post_and_a_post_not_to_a_file(site: WordPressSite) -> None:
    site.made(slug="tin")
    assert site.upload(PNG, slug="tin").json["slug"] == "tin-2"
    site.upload(PNG, slug="anh")
    assert site.made(slug="anh")["slug"] == "anh"


def test_a_file_is_changed_and_deleted(site: WordPressSite) -> None:
    route = f"{MEDIA}/{site.upload(PNG).json['id']}"
    assert site.send(route, {"alt_text": "Mới", "slug": "moi"}).json["alt_text"] == "Mới"
    assert site.get(route).json["slug"] == "moi"
    assert code(site.by("tac-gia").send(route, {"alt_text": "a"})) == (403, "rest_cannot_edit")
    assert code(site.call("DELETE", route)) == (501, "rest_trash_not_supported")
    assert site.call("DELETE", route, force="true").json["deleted"] is True
    assert code(site.get(route)) == (404, "rest_post_invalid_id")
    assert site.page("/wp-content/uploads/2026/11/anh.png").status == 404


def test_a_featured_picture_is_seen_by_readers(site: WordPressSite) -> None:
    media = site.upload(PNG, alt_text='Áp "phích"').json
    post = site.made(slug="tin", featured_media=media["id"])
    assert post["featured_media"] == media["id"]
    assert 'alt="Áp &quot;phích&quot;"' in site.page("/tin/").text
    assert site.items[0].pictures[0].alt == 'Áp "phích"'
    assert site.send(f"{POSTS}/{post['id']}", {"featured_media": 0}).json["featured_media"] == 0
