"""Looking things up on the stand-in for WordPress."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from channels.sandbox.web import Condition
from tests.channels.sandbox.wordpress import POSTS, WordPressSite, code, inner


def slugs(site: WordPressSite, **query: object) -> list[str]:
    return [post["slug"] for post in site.get(POSTS, **query).json]


def test_only_what_is_published_is_found_unless_asked_otherwise(site: WordPressSite) -> None:
    later = f"{site.clock.now() + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"
    site.made(slug="xong")
    site.made(slug="hen", date_gmt=later)
    site.made(slug="nhap", status="draft")
    trashed = site.made(slug="bo")
    site.call("DELETE", f"{POSTS}/{trashed['id']}")
    assert slugs(site) == ["xong"]
    assert set(slugs(site, status="any")) == {"xong", "hen", "nhap"}
    assert slugs(site, status="trash") == ["bo__trashed"]
    assert set(slugs(site, status="draft,future")) == {"hen", "nhap"}
    assert slugs(site, slug="hen", status="any") == ["hen"]
    assert slugs(site, slug="hen") == []
    states = {item.address: item.state for item in site.items}
    assert states["/wordpress/hen/"] is Condition.SCHEDULED


def test_a_slug_is_found_exactly_and_several_at_once(site: WordPressSite) -> None:
    for _ in range(2):
        site.made(slug="tin")
    assert slugs(site, slug="tin") == ["tin"]
    assert set(slugs(site, slug="tin,tin-2,khac")) == {"tin", "tin-2"}
    assert slugs(site, slug="ti") == []


@pytest.mark.parametrize("words", ["Đuối nước", "duoi NUOC", "TB-2026-0001", "tóm tắt"])
def test_a_search_looks_into_everything_and_not_at_accents(site: WordPressSite, words: str) -> None:
    site.made(slug="a", content="<p>Phòng chống đuối nước</p><!-- ma-tin:TB-2026-0001 -->", excerpt="Tóm tắt")
    site.made(slug="b", content="<p>Tin khác</p>")
    assert slugs(site, search=words, status="any") == ["a"]


def test_dates_bound_what_is_found(site: WordPressSite) -> None:
    first = site.made(slug="mot")
    site.clock.advance(hours=1)
    site.made(slug="hai")
    assert slugs(site, after="2026-11-23T08:30:00") == ["hai"]
    assert slugs(site, before="2026-11-23T01:30:00Z") == ["mot"]
    site.clock.advance(hours=1)
    site.send(f"{POSTS}/{first['id']}", {"title": "b"})
    assert slugs(site, modified_after="2026-11-23T09:30:00") == ["mot"]
    assert slugs(site, orderby="modified", order="asc") == ["hai", "mot"]
    assert slugs(site, include=first["id"]) == ["mot"]


def test_lists_come_in_pages_with_totals(site: WordPressSite) -> None:
    made = [site.made(slug=f"tin-so-{number}-x")["id"] for number in range(12)]
    first = site.get(POSTS, per_page=5, _fields="id")
    assert (first.headers["X-WP-Total"], first.headers["X-WP-TotalPages"]) == ("12", "3")
    assert first.json == [{"id": number} for number in made[:-6:-1]]
    found = list(first.json)
    answer = first
    while "Link" in answer.headers:
        address = answer.headers["Link"].partition(">")[0].removeprefix(f"<{site.root}")
        answer = site.get(address)
        found += answer.json
    assert [post["id"] for post in found] == made[::-1]
    assert len(site.get(POSTS).json) == 10
    assert code(site.get(POSTS, per_page=5, page=4)) == (400, "rest_post_invalid_page_number")
    assert site.get(POSTS, search="xyz").json == []


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"per_page": 101}, {"per_page": "rest_out_of_bounds"}),
        ({"per_page": 0, "page": "x"}, {"per_page": "rest_out_of_bounds", "page": "rest_invalid_type"}),
        ({"status": "live"}, {"status": "rest_not_in_enum"}),
        ({"context": "all"}, {"context": "rest_not_in_enum"}),
        ({"after": "22/11/2026"}, {"after": "rest_invalid_date"}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    site: WordPressSite, query: dict[str, Any], wrong: dict[str, str]
) -> None:
    assert inner(site.get(POSTS, **query)) == wrong


def test_fields_can_be_chosen_down_to_their_parts(site: WordPressSite) -> None:
    site.made(slug="tin", content="<p>a</p>")
    asked = "id,slug,status,link,date_gmt,content.raw,nothing.here"
    found = site.get(POSTS, slug="tin", status="any", context="edit", _fields=asked).json[0]
    assert found["content"] == {"raw": "<p>a</p>"}
    assert set(found) == {"id", "slug", "status", "link", "date_gmt", "content"}


def test_readers_get_no_raw_text(site: WordPressSite) -> None:
    post = site.made(content='Chị nói "chào"')
    shown = site.by("").get(f"{POSTS}/{post['id']}").json
    assert "raw" not in shown["content"]
    assert shown["content"]["rendered"] == "<p>Chị nói “chào”</p>\n"
    assert code(site.by("").get(f"{POSTS}/{post['id']}", context="edit")) == (401, "rest_forbidden_context")


def test_categories_exist_once_and_tags_as_often_as_they_are_spelt(site: WordPressSite) -> None:
    assert site.get("/wp/v2/categories", slug="tuyen-truyen").json[0]["id"] == 2
    again = site.send("/wp/v2/categories", {"name": "Tuyên Truyền"})
    assert code(again) == (400, "term_exists")
    assert again.json["data"]["term_id"] == 2
    made = site.send("/wp/v2/categories", {"name": "Trẻ em", "parent": 2})
    assert (made.status, made.json["slug"], made.json["parent"]) == (201, "tre-em", 2)
    tags = [site.send("/wp/v2/tags", {"name": name}).json for name in ("đuối nước", "Đuối Nước", "duoi nuoc")]
    assert [tag["slug"] for tag in tags] == ["duoi-nuoc", "duoi-nuoc-2", "duoi-nuoc-3"]
    post = site.made(categories=[2, made.json["id"]], tags=[tags[0]["id"]])
    assert (post["categories"], post["tags"]) == ([2, made.json["id"]], [tags[0]["id"]])
    assert site.get("/wp/v2/categories/2").json["count"] == 1
    assert code(site.get("/wp/v2/tags/999")) == (404, "rest_term_invalid")
    assert code(site.send("/wp/v2/tags", {"slug": "a"})) == (400, "rest_missing_callback_param")


def test_authors_make_tags_but_no_categories(site: WordPressSite) -> None:
    assert code(site.by("tac-gia").send("/wp/v2/categories", {"name": "Mới"})) == (403, "rest_cannot_create")
    assert site.by("tac-gia").send("/wp/v2/tags", {"name": "mới"}).status == 201
