"""Posts on the stand-in for WordPress: made, changed, dated, taken down, refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels.sandbox.web import Condition
from tests.channels.sandbox.wordpress import POSTS, WordPressSite, code, inner

TEXT = '<p>Tháng hành động "vì trẻ em" 📢 …</p>\r\n<!-- ma-tin:TB-2026-000123 -->  \\ '


def at(site: WordPressSite, **parts: float) -> str:
    """A moment from now, in UTC and as ``date_gmt`` wants it."""
    return f"{site.clock.now() + timedelta(**parts):%Y-%m-%dT%H:%M:%S}"


def test_a_post_is_made_and_its_text_comes_back_to_the_byte(site: WordPressSite) -> None:
    answer = site.post(title="  Khảo sát ", content=TEXT, slug="khao-sat", comment_status="closed", sticky=True)
    post = answer.json
    assert (answer.status, answer.headers["Location"]) == (201, f"{site.root}{POSTS}/{post['id']}")
    assert post["content"]["raw"] == TEXT
    assert post["content"]["rendered"] != TEXT
    assert (post["title"]["raw"], post["slug"], post["status"]) == ("Khảo sát", "khao-sat", "publish")
    assert (post["comment_status"], post["ping_status"], post["sticky"]) == ("closed", "open", True)
    assert (post["date"], post["date_gmt"]) == ("2026-11-23T08:00:00", "2026-11-23T01:00:00")
    item = site.items[0]
    assert (item.id, item.state, item.account) == (str(post["id"]), Condition.LIVE, "bien-tap")
    assert (item.address, item.title) == ("/wordpress/khao-sat/", "Khảo sát")


def test_the_same_post_twice_makes_two_also_with_an_idempotency_key(site: WordPressSite) -> None:
    body = b'{"title":"a","slug":"a","status":"publish"}'
    headers = {"Content-Type": "application/json", "Idempotency-Key": "1"}
    slugs = [site.call("POST", POSTS, body, headers=headers).json["slug"] for _ in range(3)]
    assert slugs == ["a", "a-2", "a-3"]
    assert len(site.items) == 3


def test_a_form_works_and_json_under_another_name_does_not(site: WordPressSite) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert site.call("POST", POSTS, b"title=a&status=publish&categories=1,2", headers=form).json["categories"] == [1, 2]
    text = site.call("POST", POSTS, b'{"title":"a"}', headers={"Content-Type": "text/plain"})
    assert code(text) == (400, "empty_content")


@pytest.mark.parametrize(("body", "number"), [(b"{", 4), (b'{"title": "\xff"}', 5)])
def test_broken_json_is_told_by_a_number(site: WordPressSite, body: bytes, number: int) -> None:
    answer = site.call("POST", POSTS, body, headers={"Content-Type": "application/json"})
    assert code(answer) == (400, "rest_invalid_json")
    assert answer.json["data"]["json_error_code"] == number


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"status": "live"}, {"status": "rest_not_in_enum"}),
        ({"date": "22/11/2026"}, {"date": "rest_invalid_date"}),
        ({"date_gmt": "2026-02-31T00:00:00"}, {"date_gmt": "rest_invalid_date"}),
        ({"categories": ["Tuyên truyền"]}, {"categories": "rest_invalid_type"}),
        ({"title": 5, "sticky": "maybe"}, {"title": "rest_invalid_type", "sticky": "rest_invalid_type"}),
        ({"comment_status": "shut"}, {"comment_status": "rest_not_in_enum"}),
    ],
)
def test_everything_wrong_is_named_at_once(
    site: WordPressSite, fields: dict[str, object], wrong: dict[str, str]
) -> None:
    assert inner(site.post(**fields)) == wrong
    assert site.items == []


def test_what_wordpress_swallows_without_a_word(site: WordPressSite) -> None:
    post = site.made(categories=[99], tags=[98], featured_media=97, meta={"x": 1}, unknown="y")
    assert (post["categories"], post["tags"], post["featured_media"], post["meta"]) == ([], [], 0, [])
    assert site.made()["categories"] == [1]


def test_a_post_without_words_or_with_an_id_is_refused(site: WordPressSite) -> None:
    assert code(site.post(title=" ", content="")) == (400, "empty_content")
    assert code(site.post(id=5)) == (400, "rest_post_exists")
    assert site.items == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date": "2027-01-05T08:30:00"}, "2027-01-05T01:30:00"),
        ({"date_gmt": "2027-01-05T08:30:00"}, "2027-01-05T08:30:00"),
        ({"date": "2027-01-05T08:30:00+07:00"}, "2027-01-05T01:30:00"),
        ({"date_gmt": "2027-01-05T08:30:00+07:00"}, "2027-01-05T01:30:00"),
        ({"date": "2027-01-05 08:30:00.123Z"}, "2027-01-05T08:30:00"),
        ({"date_gmt": "2020-01-05T08:30:00"}, "2020-01-05T08:30:00"),
    ],
)
def test_dates_are_in_the_sites_zone_in_utc_or_in_their_own(
    site: WordPressSite, date: dict[str, object], expected: str
) -> None:
    assert site.made(**date)["date_gmt"] == expected


@pytest.mark.parametrize("asked", ["publish", "future"])
@pytest.mark.parametrize(("seconds", "status"), [(60, "future"), (59, "publish"), (-60, "publish")])
def test_a_minute_ahead_is_the_future(site: WordPressSite, asked: str, seconds: float, status: str) -> None:
    assert site.made(status=asked, date_gmt=at(site, seconds=seconds))["status"] == status


def test_future_without_a_date_is_now(site: WordPressSite) -> None:
    assert site.made(status="future")["status"] == "publish"


def test_a_scheduled_post_goes_live_with_the_first_visit_after_its_time(site: WordPressSite) -> None:
    post = site.made(slug="hen-gio", date_gmt=at(site, hours=1))
    assert post["link"] == f"{site.home}/?p={post['id']}"
    site.clock.advance(hours=2)
    assert site.items[0].state is Condition.SCHEDULED  # looking at the truth is no visit
    assert site.get(f"{POSTS}/{post['id']}").json["status"] == "future"  # this one was the visit
    after = site.get(f"{POSTS}/{post['id']}").json
    assert (after["status"], after["date_gmt"]) == ("publish", post["date_gmt"])
    assert site.page("/hen-gio/").status == 200


def test_publish_alone_leaves_a_scheduled_post_scheduled(site: WordPressSite) -> None:
    post = site.made(date_gmt=at(site, hours=1))
    route = f"{POSTS}/{post['id']}"
    assert site.send(route, {"status": "publish"}).json["status"] == "future"
    assert site.send(route, {"status": "publish", "date_gmt": at(site)}).json["status"] == "publish"


def test_a_draft_has_a_floating_date_and_no_slug(site: WordPressSite) -> None:
    post = site.made(status="draft")
    site.clock.advance(hours=1)
    route = f"{POSTS}/{post['id']}"
    assert (post["slug"], site.get(route).json["date_gmt"]) == ("", at(site))
    site.clock.advance(hours=1)
    out = site.send(route, {"status": "publish"}).json
    assert (out["slug"], out["date_gmt"], out["status"]) == ("khao-sat", at(site), "publish")


@pytest.mark.parametrize(
    ("slug", "kept"),
    [
        ("Thông báo Đợt 1", "thong-bao-dot-1"),
        ("a_b.c/d--e", "a_b-c-d-e"),
        ("2026", "2026"),
        ("-a!-", "a"),
        ("a" * 250, "a" * 200),
    ],
)
def test_slugs_are_folded(site: WordPressSite, slug: str, kept: str) -> None:
    assert site.made(slug=slug)["slug"] == kept


def test_a_taken_slug_gets_a_number_also_on_a_draft(site: WordPressSite) -> None:
    site.made(slug="tin")
    assert site.made(slug="tin", status="draft")["slug"] == "tin-2"
    assert site.made(title="Tin")["slug"] == "tin-3"


def test_in_a_race_two_posts_have_one_slug(site: WordPressSite) -> None:
    site.switches.race = True
    assert [site.made(slug="race")["slug"] for _ in range(2)] == ["race", "race"]
    assert len(site.get(POSTS, slug="race").json) == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_an_update_changes_what_it_names(site: WordPressSite, method: str) -> None:
    post = site.made(content=TEXT, slug="tin")
    site.clock.advance(60)
    answer = site.send(f"{POSTS}/{post['id']}", {"title": "Đã sửa"}, method)
    assert answer.status == 200
    after = answer.json
    assert (after["title"]["raw"], after["content"]["raw"], after["slug"]) == ("Đã sửa", TEXT, "tin")
    assert after["modified_gmt"] > after["date_gmt"]
    assert [item.title for item in site.items] == ["Đã sửa"]


def test_an_update_that_is_refused_changes_nothing(site: WordPressSite) -> None:
    post = site.made(slug="tin")
    refused = site.send(f"{POSTS}/{post['id']}", {"title": "", "content": "", "slug": "khac"})
    assert code(refused) == (400, "empty_content")
    assert site.get(f"{POSTS}/{post['id']}", context="edit").json["title"]["raw"] == "Khảo sát"
    assert code(site.send(f"{POSTS}/1", {"title": "a"})) == (404, "rest_post_invalid_id")


def test_the_trash_frees_the_slug(site: WordPressSite) -> None:
    post = site.made(slug="tin")
    route = f"{POSTS}/{post['id']}"
    trashed = site.call("DELETE", route)
    assert (trashed.status, trashed.json["status"], trashed.json["slug"]) == (200, "trash", "tin__trashed")
    assert code(site.call("DELETE", route)) == (410, "rest_already_trashed")
    assert site.items[0].state is Condition.REMOVED
    assert site.made(slug="tin")["slug"] == "tin"
    assert [found["id"] for found in site.get(POSTS, slug="tin__trashed", status="trash").json] == [post["id"]]
    back = site.send(route, {"status": "publish"}).json
    assert (back["status"], back["slug"]) == ("publish", "tin-2")


def test_deleting_for_good(site: WordPressSite) -> None:
    post = site.made(slug="tin")
    gone = site.call("DELETE", f"{POSTS}/{post['id']}", force="true").json
    assert (gone["deleted"], gone["previous"]["slug"]) == (True, "tin")
    assert code(site.get(f"{POSTS}/{post['id']}")) == (404, "rest_post_invalid_id")
    assert site.items[0].state is Condition.REMOVED


def test_other_methods_can_be_named_in_the_header_or_the_query(site: WordPressSite) -> None:
    route = f"{POSTS}/{site.made()['id']}"
    put = {"X-HTTP-Method-Override": "PUT", "Content-Type": "application/json"}
    assert site.call("POST", route, b'{"title":"b"}', headers=put).json["title"]["raw"] == "b"
    assert site.call("POST", route, _method="DELETE").json["status"] == "trash"


@pytest.mark.parametrize(
    ("login", "status", "expected"),
    [
        ("ban-doc", "draft", (403, "rest_cannot_create")),
        ("cong-tac", "publish", (403, "rest_cannot_publish")),
        ("cong-tac", "future", (403, "rest_cannot_publish")),
        ("cong-tac", "pending", None),
        ("tac-gia", "publish", None),
        ("quan-tri", "publish", None),
        ("", "draft", (401, "rest_cannot_create")),
    ],
)
def test_who_may_make_what(site: WordPressSite, login: str, status: str, expected: tuple[int, str] | None) -> None:
    answer = site.by(login).post(status=status)
    assert (code(answer) if expected else answer.status) == (expected or 201)


def test_a_contributor_loses_the_slug_and_then_the_post(site: WordPressSite) -> None:
    post = site.by("cong-tac").made(status="pending", slug="tin", content=TEXT)
    route = f"{POSTS}/{post['id']}"
    assert post["slug"] == ""
    assert site.items[0].state is Condition.PENDING
    assert site.by("cong-tac").send(route, {"title": "b"}).status == 200
    assert site.send(route, {"status": "publish"}).json["status"] == "publish"
    assert code(site.by("cong-tac").send(route, {"title": "c"})) == (403, "rest_cannot_edit")
    assert [found["id"] for found in site.get(POSTS, search="tb-2026-000123", status="any").json] == [post["id"]]


def test_an_author_has_only_the_own_posts(site: WordPressSite) -> None:
    author, other = site.by("tac-gia"), site.made(slug="cua-bien-tap")
    hidden = site.made(slug="nhap", status="draft")
    assert code(author.send(f"{POSTS}/{other['id']}", {"title": "b"})) == (403, "rest_cannot_edit")
    assert code(author.call("DELETE", f"{POSTS}/{other['id']}")) == (403, "rest_cannot_delete")
    assert code(author.get(f"{POSTS}/{hidden['id']}")) == (403, "rest_forbidden")
    assert code(author.post(author=2)) == (403, "rest_cannot_edit_others")
    author.made(slug="cua-toi", status="draft")
    assert {post["slug"] for post in author.get(POSTS, status="any").json} == {"cua-bien-tap", "cua-toi"}


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('<p class="a" data-x="1" onclick="b()">c</p>', '<p class="a" data-x="1">c</p>'),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<time datetime="2026">2026</time>', "2026"),
        ('<a href="javascript:alert(1)">x</a>', '<a href="alert(1)">x</a>'),
        ('<a href="tel:0255">x</a> &amp; &#273;', '<a href="tel:0255">x</a> &amp; &#273;'),
        ('<img src="a.png" srcset="b" alt="đ" decoding="async" />', '<img src="a.png" alt="đ" />'),
        ('<p style="color:red;position:fixed">a</p>', '<p style="color:red">a</p>'),
        ("<!-- ma-tin:x --><my-tag>a</my-tag>", "<!-- ma-tin:x -->a"),
    ],
)
def test_what_an_author_writes_goes_through_a_filter(site: WordPressSite, source: str, kept: str) -> None:
    assert site.by("tac-gia").made(content=source)["content"]["raw"] == kept
    assert site.made(content=source)["content"]["raw"] == source
