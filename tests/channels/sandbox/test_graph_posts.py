"""Posts on the Graph API: made, changed, scheduled, taken down, refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from channels.sandbox.graph.model import Budget, Duplicates
from channels.sandbox.web import Condition
from tests.channels.sandbox.calls import call, send_json
from tests.channels.sandbox.graph import START, TOKEN, USER, Api, error_of, graph

VIETNAMESE = "Khảo sát mức độ hài lòng năm 2026 📢\n\nMời bà con trả lời trước ngày 30/11."
LINK = "https://snv.example.gov.vn/tb/2026/khao-sat-7k3q/"


@pytest.fixture
def api() -> Iterator[Api]:
    with graph() as api:
        yield api


def in_minutes(minutes: float) -> str:
    return str(int((START + timedelta(minutes=minutes)).timestamp()))


def state(api: Api, post: str) -> Condition:
    return {item.id: item.state for item in api.box.truth()}[post]


def test_a_post_with_text_and_link_is_live_at_once(api: Api) -> None:
    answer = api.post("1000/feed", message=VIETNAMESE, link=LINK)
    assert answer.json == {"id": "1000_122100000000001", "post_supports_client_mutation_id": True}
    (item,) = api.box.truth()
    assert (item.text, item.link, item.created, item.state) == (VIETNAMESE, LINK, START, Condition.LIVE)
    assert (item.service, item.account, item.account_name) == ("graph", "1000", "Sở Nội vụ tỉnh Sông Trà")


def test_the_same_request_twice_makes_two_posts(api: Api) -> None:
    """There is no idempotency key, whatever a client sends."""
    ids = {api.made(message="Một", client_mutation_id="7") for _ in range(2)}
    assert len(ids) == len(api.box.truth()) == 2


def test_a_body_may_be_json(api: Api) -> None:
    head = {"Authorization": f"Bearer {TOKEN}"}
    address = f"{api.box.address}/graph/v26.0/1000/feed"
    assert send_json("POST", address, {"message": VIETNAMESE, "published": False, "link": None}, head).status == 200
    assert [(item.text, item.state) for item in api.box.truth()] == [(VIETNAMESE, Condition.UNPUBLISHED)]
    broken = call("POST", address, b'{"message"', headers={**head, "Content-Type": "application/json"})
    assert error_of(broken) == (400, 100, 0)


REFUSED = [
    ({}, 197),
    ({"message": "  "}, 197),
    ({"message": "Một", "published": "False"}, 100),  # Python's spelling: nobody knows whether it would pass
    ({"message": "Một", "link": "snv.example.gov.vn"}, 1500),
    ({"message": "Một", "link": "ftp://snv.example.gov.vn"}, 1500),
    ({"message": "Một", "link": "http://[snv"}, 1500),
    ({"message": "ả" * 63_207}, 100),
    ({"message": "📢" * 31_604}, 100),  # two units each
    ({"message": "Một", "attached_media": "media_fbid"}, 100),
    ({"message": "Một", "attached_media": '["122100000000001"]'}, 100),
    ({"message": "Một", "attached_media": '{"media_fbid": "1"}'}, 100),
    ({"message": "Một", "scheduled_publish_time": "tomorrow", "published": "false"}, 100),
]


@pytest.mark.parametrize(("fields", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_post_that_cannot_be(api: Api, fields: dict[str, str], code: int) -> None:
    assert error_of(api.post("1000/feed", **fields)) == (400, code, 0)
    assert api.box.truth() == []


def test_text_may_be_as_long_as_publishers_say(api: Api) -> None:
    assert api.post("1000/feed", message="📢" * 31_603).status == 200


def test_links_to_facebook_are_refused(api: Api) -> None:
    answer = api.post("1000/feed", message="Một", link="https://www.facebook.com/1000")
    assert error_of(answer) == (400, 100, 1609008)


def test_a_field_that_does_not_exist_hides_a_post_behind_an_error(api: Api) -> None:
    answer = api.post("1000/feed", message="Một", fields="id,no_such")
    assert answer.status == 200
    assert answer.json["error"]["original_response"] == {"id": api.box.truth()[0].id}
    good = api.post("1000/feed", message="Hai", fields="id,permalink_url")
    assert good.json == {"id": api.box.truth()[1].id, "permalink_url": good.json["permalink_url"]}


@pytest.mark.parametrize(("switch", "code"), [(Duplicates.REFUSED_506, 506), (Duplicates.REFUSED_368, 368)])
def test_the_newest_words_again_may_be_refused(api: Api, switch: Duplicates, code: int) -> None:
    api.box.graph.switches.duplicates = switch
    api.made(message="Một")
    assert error_of(api.post("1000/feed", message="Một", link=LINK)) == (400, code, 0)
    api.made(message="Hai")
    assert api.post("1000/feed", message="Một").status == 200, "they are the newest no more"


def test_posting_too_fast_is_refused_for_a_while(api: Api) -> None:
    api.box.graph.store.pages["1000"].pace = Budget(2, timedelta(hours=1))
    answers = [api.post("1000/feed", message=text) for text in ("Một", "Hai", "Ba")]
    assert [answer.status for answer in answers] == [200, 200, 400]
    assert error_of(answers[2]) == (400, 368, 1390008)
    assert answers[2].json["error"]["error_user_msg"]
    api.box.clock.advance(hours=2)
    assert api.post("1000/feed", message="Ba").status == 200


# --- changing and taking down --------------------------------------------------------------------------------


def test_words_can_be_changed(api: Api) -> None:
    post = api.made(message="Sai")
    api.box.clock.advance(minutes=5)
    assert api.post(post, message="Đúng").json == {"success": True}
    told = api.get(post, fields="message,created_time,updated_time").json
    assert told == {
        "id": post,
        "message": "Đúng",
        "created_time": "2026-12-01T00:30:00+0000",
        "updated_time": "2026-12-01T00:35:00+0000",
    }


def test_publishing_an_unpublished_post_again_makes_no_second_one(api: Api) -> None:
    post = api.made(message="Một", published="false")
    assert state(api, post) is Condition.UNPUBLISHED
    for _ in range(2):
        assert api.post(post, is_published="true").json == {"success": True}
    assert [item.state for item in api.box.truth()] == [Condition.LIVE]


def test_a_post_can_be_hidden(api: Api) -> None:
    post = api.made(message="Một")
    api.post(post, is_hidden="true")
    assert state(api, post) is Condition.HIDDEN
    assert api.listed() == [post]


def test_a_post_that_was_taken_down_is_nowhere(api: Api) -> None:
    post = api.made(message="Một")
    assert api.delete(post).json == {"success": True}
    assert (state(api, post), api.listed()) == (Condition.REMOVED, [])
    for answer in (api.get(post), api.post(post, message="Hai"), api.delete(post)):
        assert error_of(answer) == (400, 100, 33)
        assert answer.json["error"]["type"] == "GraphMethodException"


def test_people_post_and_remove_by_hand(api: Api) -> None:
    theirs = api.box.graph.post_by_hand("1000", "Một")
    ours = api.made(message="Một")
    told = api.get("1000/published_posts", fields="application").json["data"]
    assert [(post["id"], "application" in post) for post in told] == [(ours, True), (theirs.id, False)]
    api.box.graph.remove_by_hand(ours)
    assert error_of(api.get(ours)) == (400, 100, 33)


def test_what_an_unfinished_app_posts_is_seen_by_its_people_alone(api: Api) -> None:
    api.box.graph.store.app.live = False
    post = api.made(message="Một")
    assert (state(api, post), api.listed()) == (Condition.HIDDEN, [post])
    api.box.graph.store.app.live = True
    assert state(api, post) is Condition.LIVE


# --- scheduling ----------------------------------------------------------------------------------------------


def test_a_scheduled_post_goes_live_at_its_time(api: Api) -> None:
    post = api.made(message="Một", published="false", scheduled_publish_time=in_minutes(30))
    assert state(api, post) is Condition.SCHEDULED
    assert (api.listed(), api.listed("scheduled_posts")) == ([], [post])
    assert api.get(post, fields="scheduled_publish_time").json["scheduled_publish_time"] == int(in_minutes(30))
    api.box.clock.advance(minutes=31)
    assert state(api, post) is Condition.LIVE
    assert (api.listed(), api.listed("scheduled_posts")) == ([post], [])
    assert api.get(post, fields="created_time").json["created_time"] == "2026-12-01T01:00:00+0000"


def test_a_scheduled_post_may_vanish(api: Api) -> None:
    api.box.graph.switches.scheduled_vanish = True
    post = api.made(message="Một", published="false", scheduled_publish_time=in_minutes(30))
    api.box.clock.advance(minutes=31)
    assert state(api, post) is Condition.REMOVED
    assert error_of(api.get(post)) == (400, 100, 33)


@pytest.mark.parametrize("minutes", [-5, 0, 9.9, 30 * 24 * 60 + 1])
def test_a_time_too_near_or_too_far_is_refused(api: Api, minutes: float) -> None:
    answer = api.post("1000/feed", message="Một", published="false", scheduled_publish_time=in_minutes(minutes))
    assert error_of(answer) == (400, 100, 0)
    assert answer.json["error"]["message"] == "(#100) The specified scheduled publish time is invalid."


def test_a_public_post_cannot_be_scheduled(api: Api) -> None:
    answer = api.post("1000/feed", message="Một", scheduled_publish_time=in_minutes(30))
    assert error_of(answer) == (400, 100, 0)
    post = api.made(message="Một")
    assert error_of(api.post(post, scheduled_publish_time=in_minutes(30))) == (400, 100, 0)


def test_a_scheduled_post_can_be_moved(api: Api) -> None:
    iso = (START + timedelta(minutes=20)).isoformat()
    post = api.made(message="Một", published="false", scheduled_publish_time=iso)
    assert api.post(post, scheduled_publish_time=in_minutes(60)).json == {"success": True}
    api.box.clock.advance(minutes=30)
    assert state(api, post) is Condition.SCHEDULED


# --- who may -------------------------------------------------------------------------------------------------


def test_publishing_needs_the_token_of_the_page(api: Api) -> None:
    api.box.graph.add_page("1001", "UBND phường Trà Giang")
    assert error_of(api.post("1001/feed", message="Một")) == (403, 200, 0)
    assert error_of(Api(box=api.box, token=USER).post("1000/feed", message="Một")) == (403, 200, 0)
    assert error_of(api.post("2000/feed", message="Một")) == (400, 100, 33)
    post = Api(box=api.box, token=api.box.graph.token_of("1001").text).post("1001/feed", message="Một")
    assert error_of(api.delete(post.json["id"])) == (403, 200, 0)


def test_publishing_needs_scope_and_task(api: Api) -> None:
    token = api.box.graph.token_of("1000")
    token.scopes -= {"pages_manage_posts"}
    assert error_of(api.post("1000/feed", message="Một")) == (403, 200, 0)
    token.scopes |= {"pages_manage_posts"}
    api.box.graph.store.pages["1000"].tasks = ("ANALYZE",)
    assert error_of(api.post("1000/feed", message="Một")) == (403, 200, 0)


def test_a_link_can_be_scraped_anew(api: Api) -> None:
    assert api.post("", id=LINK, scrape="true").json["url"] == LINK


def test_there_are_no_other_paths(api: Api) -> None:
    assert error_of(api.get("1000/videos")) == (400, 2500, 0)
    assert error_of(api.post("1000/feed/more", message="Một")) == (400, 2500, 0)
