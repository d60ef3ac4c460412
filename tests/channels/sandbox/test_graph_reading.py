"""Reading from the Graph API: fields, lists, pages of lists, lag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.channels.sandbox.calls import call
from tests.channels.sandbox.graph import START, TOKEN, USER, Api, error_of, graph

LINK = "https://snv.example.gov.vn/tb/2026/khao-sat-7k3q/"


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def test_without_fields_there_is_little(api: Api) -> None:
    post = api.made(message="Một", link=LINK)
    assert api.get(post).json == {"id": post, "message": "Một", "created_time": "2026-12-01T00:30:00+0000"}


def test_fields_tell_all_about_a_post(api: Api) -> None:
    post = api.made(message="Một", link=LINK)
    fields = "id,message,permalink_url,is_published,application{id},from,status_type,attachments{url,target},shares"
    assert api.get(post, fields=fields).json == {
        "id": post,
        "message": "Một",
        "permalink_url": f"{api.box.address}/graph/permalink/{post}",
        "is_published": True,
        "application": {"id": "1234567890"},
        "from": {"id": "1000", "name": "Sở Nội vụ tỉnh Sông Trà"},
        "status_type": "shared_story",
        "attachments": {"data": [{"url": LINK, "target": {"url": LINK}}]},
    }


def test_counts_without_a_summary_of_names(api: Api) -> None:
    told = api.get(api.made(message="Một"), fields="comments.summary(true).limit(0),reactions.summary(true)").json
    assert told["comments"] == {"data": [], "summary": {"total_count": 0}}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("id,no_such", 100),
        ("id,type", 12),
        ("id,attachments{url", 2500),
        ("id message", 2500),
        ("id}", 2500),
        ("?", 2500),
    ],
)
def test_one_wrong_field_fails_the_whole_call(api: Api, fields: str, code: int) -> None:
    api.made(message="Một")
    assert error_of(api.get("1000/published_posts", fields=fields)) == (400, code, 0)


def test_lists_are_newest_first(api: Api) -> None:
    posts = []
    for text in ("Một", "Hai", "Ba"):
        posts.append(api.made(message=text))
        api.box.clock.advance(minutes=1)
    assert api.listed() == api.listed("posts") == posts[::-1]


def test_each_list_has_its_own(api: Api) -> None:
    live = api.made(message="Một")
    draft = api.made(message="Hai", published="false")
    when = str(int((START + timedelta(hours=1)).timestamp()))
    waiting = api.made(message="Ba", published="false", scheduled_publish_time=when)
    assert set(api.listed("feed", fields="id,is_published")) == {live, draft, waiting}
    assert (api.listed(), api.listed("scheduled_posts"), api.listed("ads_posts")) == ([live], [waiting], [draft])


def test_a_list_is_read_page_by_page(api: Api) -> None:
    posts = [api.made(message=str(number)) for number in range(5)]
    first = api.get("1000/published_posts", limit=2, fields="id,message").json
    after = first["paging"]["cursors"]["after"]
    query = parse_qs(urlsplit(first["paging"]["next"]).query)
    assert query == {"access_token": [TOKEN], "limit": ["2"], "fields": ["id,message"], "after": [after]}
    followed = call("GET", first["paging"]["next"]).json
    assert followed["data"] == api.get("1000/published_posts", limit=2, after=after, fields="id,message").json["data"]
    last = api.get("1000/published_posts", limit=2, after=followed["paging"]["cursors"]["after"]).json
    assert "next" not in last["paging"]
    read = [post["id"] for page in (first, followed, last) for post in page["data"]]
    assert read == posts[::-1]


def test_what_comes_between_two_pages_is_missed_not_doubled(api: Api) -> None:
    posts = [api.made(message=str(number)) for number in range(4)]
    first = api.get("1000/published_posts", limit=2).json
    api.made(message="Mới")
    rest = api.listed(limit=2, after=first["paging"]["cursors"]["after"])
    assert [post["id"] for post in first["data"]] + rest == posts[::-1]


def test_a_page_may_be_empty_and_have_a_next_one(api: Api) -> None:
    api.box.graph.switches.empty_first_page = True
    post = api.made(message="Một")
    first = api.get("1000/published_posts").json
    assert first["data"] == []
    assert [one["id"] for one in call("GET", first["paging"]["next"]).json["data"]] == [post]


@pytest.mark.parametrize("query", [{"limit": 101}, {"limit": 0}, {"limit": "many"}, {"after": "QVF"}, {"since": "now"}])
def test_a_list_that_cannot_be_read(api: Api, query: dict[str, object]) -> None:
    assert error_of(api.get("1000/published_posts", **query)) == (400, 100, 0)


def test_an_empty_list_has_no_pages(api: Api) -> None:
    assert api.get("1000/published_posts").json == {"data": []}


def test_since_and_until_are_heeded(api: Api) -> None:
    api.made(message="Một")
    api.box.clock.advance(hours=1)
    late = api.made(message="Hai")
    half = int((START + timedelta(minutes=30)).timestamp())
    assert api.listed(since=half) == [late]
    assert late not in api.listed(until=half)


def test_lists_may_lag_behind_the_truth(api: Api) -> None:
    api.box.graph.switches.listing_lag = timedelta(minutes=10)
    post = api.made(message="Một")
    assert (api.listed(), [item.id for item in api.box.truth()]) == ([], [post])
    api.box.clock.advance(minutes=9)
    assert api.listed() == []
    api.box.clock.advance(minutes=1)
    assert api.listed() == [post]


def test_reading_needs_scope_and_page(api: Api) -> None:
    api.box.graph.add_page("1001", "UBND phường Trà Giang")
    assert error_of(api.get("1001/published_posts")) == (403, 10, 0)
    assert Api(box=api.box, token=USER).get("1001/published_posts").status == 200
    assert error_of(api.get("2000/published_posts")) == (400, 100, 33)
    api.box.graph.token_of("1000").scopes -= {"pages_read_engagement"}
    assert error_of(api.get("1000/published_posts")) == (403, 10, 0)
