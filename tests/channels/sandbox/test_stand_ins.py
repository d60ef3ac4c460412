"""What holds for every stand-in behind the one port: faults in their own words, no token in the journal."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels.sandbox.faults import Fault
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Condition
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD
from channels.sandbox.zalo.world import ACCESS_TOKEN, REFRESH_TOKEN
from tests.channels.sandbox.calls import call
from tests.channels.sandbox.graph import png
from tests.channels.sandbox.wordpress import POSTS, WordPressSite, code
from tests.channels.sandbox.zalo import Zalo, article


def test_an_error_asked_for_comes_in_the_words_of_the_service_and_nothing_is_done(
    oa: Zalo, site: WordPressSite, box: Sandbox
) -> None:
    box.faults.next("zalo", "create", Fault.ERROR_CODE, code=-32)
    assert oa.post("/v2.0/article/create", article()).json["error"] == -32
    box.faults.next("oauth", "token", Fault.ERROR_CODE, code=-14014)
    assert oa.token({"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}).json["error"] == -14014
    box.faults.next("wordpress", "create", Fault.ERROR_CODE, code=403)
    assert code(site.post())[0] == 403
    box.faults.next("wordpress", "create", Fault.ERROR_CODE)
    assert code(site.post()) == (500, "db_insert_error")
    box.faults.next("portal", "hook", Fault.ERROR_CODE, code=504)
    assert call("POST", f"{box.address}/portal/hook").status == 504
    assert box.truth() == []


def test_an_error_may_come_after_the_fact(oa: Zalo, site: WordPressSite, box: Sandbox) -> None:
    box.faults.next("zalo", "create", Fault.EXECUTE_AND_ERROR, code=-200)
    assert oa.post("/v2.0/article/create", article()).json["error"] == -200
    box.faults.next("wordpress", "create", Fault.HTTP_500_AFTER)
    assert site.post().status == 500
    box.clock.advance(60)
    assert [(item.service, item.state) for item in box.truth()] == [
        ("zalo", Condition.LIVE),
        ("wordpress", Condition.LIVE),
    ]


def test_a_dropped_connection_may_have_done_its_work(oa: Zalo, site: WordPressSite, box: Sandbox) -> None:
    for fault, count in ((Fault.DROP_BEFORE, 0), (Fault.DROP_AFTER, 2)):
        box.faults.next("*", "create", fault, times=2)
        with pytest.raises(ConnectionError):
            oa.post("/v2.0/article/create", article())
        with pytest.raises(ConnectionError):
            site.post()
        assert len(box.truth()) == count


def test_a_late_commit_is_there_when_its_time_has_come(site: WordPressSite, box: Sandbox) -> None:
    box.faults.next("wordpress", "create", Fault.LATE_COMMIT, seconds=90)
    headers = site.headers | {"Content-Type": "application/json"}
    with pytest.raises(TimeoutError):
        call("POST", site.root + POSTS, b'{"title":"a","status":"publish"}', headers=headers, timeout=0.2)
    box.clock.advance(89)
    assert box.truth() == []
    box.clock.advance(1)
    assert [item.title for item in box.truth()] == ["a"]


def test_zalo_fetches_a_picture_from_the_website_next_door(oa: Zalo, site: WordPressSite) -> None:
    address = site.upload(png()).json["source_url"]
    cover = {"cover_type": "photo", "photo_url": address, "status": "show"}
    oa.publish(cover=cover)
    assert oa.api.items()[0].pictures[0].address == address
    missing = cover | {"photo_url": f"{site.home}/wp-content/uploads/2026/11/khac.png"}
    token = oa.post("/v2.0/article/create", article(cover=missing)).json["data"]["token"]
    oa.clock.advance(5)
    assert oa.post("/v2.0/article/verify", {"token": token}).json["error"] == -200


def test_of_many_at_once_each_post_is_made_once_and_one_refresh_wins(
    oa: Zalo, site: WordPressSite, box: Sandbox
) -> None:
    with ThreadPoolExecutor(8) as pool:
        posts = list(pool.map(lambda _: site.made(slug="tin")["slug"], range(16)))
        jobs = list(pool.map(lambda _: oa.post("/v2.0/article/create", article()).json["error"], range(16)))
        asked = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}
        pairs = list(pool.map(lambda _: oa.token(asked).body, range(8)))
    assert len(set(posts)) == 16
    assert jobs == [0] * 16
    assert len([pair for pair in pairs if pair]) == 1
    box.clock.advance(60)
    assert len([item for item in box.truth() if item.state is Condition.LIVE]) == 32


def test_no_token_gets_into_the_journal_or_the_truth(oa: Zalo, site: WordPressSite, box: Sandbox) -> None:
    oa.publish()
    oa.token({"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN})
    site.get(POSTS, status="any")
    site.made()
    told = call("GET", f"{box.address}/_journal").text + call("GET", f"{box.address}/_truth").text
    assert json.loads(call("GET", f"{box.address}/_journal").body)
    for secret in (ACCESS_TOKEN, REFRESH_TOKEN, APPLICATION_PASSWORD, site.headers["Authorization"]):
        assert secret not in told
