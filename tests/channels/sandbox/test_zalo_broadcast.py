"""The stand-in for Zalo's broadcasts: which are accepted, when, and how many."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from channels.sandbox.web import Condition, Item
from channels.sandbox.zalo.world import OA_ID
from tests.channels.sandbox.zalo import Zalo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def broadcasts(oa: Zalo) -> list[Item]:
    return [item for item in oa.api.items() if item.kind == "broadcast"]


def test_a_broadcast_is_accepted_and_delivered_half_an_hour_later(oa: Zalo) -> None:
    identifier = oa.publish()
    accepted = oa.broadcast(identifier)
    assert accepted["error"] == 0
    assert accepted["data"]["message_id"] == broadcasts(oa)[0].id
    assert broadcasts(oa)[0].state is Condition.SCHEDULED
    oa.clock.advance(minutes=30)
    item = broadcasts(oa)[0]
    assert (item.state, item.title, item.account) == (Condition.LIVE, "Khảo sát mức độ hài lòng", OA_ID)


def test_the_same_broadcast_twice_goes_out_twice(oa: Zalo) -> None:
    identifier = oa.publish()
    oa.broadcast(identifier)
    oa.broadcast(identifier)
    assert len(broadcasts(oa)) == 2


@pytest.mark.parametrize("count", [0, 6])
def test_one_to_five_articles_make_a_broadcast(oa: Zalo, count: int) -> None:
    identifier = oa.publish()
    assert oa.broadcast(*[identifier] * count) == {"error": -201, "message": "Params is invalid"}
    assert oa.broadcast(*[identifier] * 5)["error"] == 0


def test_only_articles_that_are_there_and_shown_are_broadcast(oa: Zalo) -> None:
    hidden, removed = oa.publish(status="hide"), oa.publish()
    oa.post("/v2.0/article/remove", {"id": removed})
    for identifier in (hidden, removed, "unknown"):
        assert oa.broadcast(identifier)["error"] == -201
    oa.world.switches.broadcasts_hidden = True
    assert oa.broadcast(hidden)["error"] == 0


@pytest.mark.parametrize(
    "target",
    [
        {},
        {"gender": 0, "cities": 20},
        {"gender": "0", "cities": "20,63"},
        {"ages": [0, 7], "platform": ["1"]},
    ],
)
def test_a_target_is_given_as_numbers_texts_or_lists(oa: Zalo, target: dict[str, object]) -> None:
    assert oa.broadcast(oa.publish(), target=target)["error"] == 0


@pytest.mark.parametrize("target", ["all", {"cities": 64}, {"cities": "x"}, {"ages": []}, {"town": 1}])
def test_a_target_that_is_none_is_refused(oa: Zalo, target: object) -> None:
    assert oa.broadcast(oa.publish(), target=target)["error"] == -201


@pytest.mark.parametrize(
    ("hour", "minute", "error"), [(5, 59, -234), (6, 0, 0), (21, 59, 0), (22, 0, -234), (0, 30, -234)]
)
def test_broadcasts_are_taken_from_six_to_ten_in_the_evening_in_vietnam(
    oa: Zalo, hour: int, minute: int, error: int
) -> None:
    identifier = oa.publish()
    oa.clock.set(datetime(2026, 11, 23, hour, minute, tzinfo=VIETNAM))
    assert oa.broadcast(identifier)["error"] == error


def test_the_months_allowance_is_counted_in_vietnam(oa: Zalo) -> None:
    oa.clock.set(datetime(2026, 11, 30, 15, 0, tzinfo=VIETNAM))
    oa.api.reset()  # tokens of that day
    identifier = oa.publish()
    for _ in range(4):
        assert oa.broadcast(identifier)["error"] == 0
    assert oa.broadcast(identifier) == {"error": -211, "message": "Out of quota"}
    oa.clock.set(datetime(2026, 12, 1, 6, 30, tzinfo=VIETNAM))  # still November in UTC
    assert oa.broadcast(identifier)["error"] == 0


def test_a_missing_entitlement_looks_like_a_wrong_parameter(oa: Zalo) -> None:
    identifier = oa.publish()
    oa.world.accounts[OA_ID].may_broadcast = False
    assert oa.broadcast(identifier) == {"error": -201, "message": "Params is invalid"}


@pytest.mark.parametrize("message", [None, {}, {"text": "Chào"}, {"attachment": {"type": "file"}}])
def test_there_is_no_broadcast_of_plain_text(oa: Zalo, message: object) -> None:
    body = {"recipient": {"target": {}}, "message": message}
    assert oa.post("/v2.0/oa/message", body).json["error"] == -201
