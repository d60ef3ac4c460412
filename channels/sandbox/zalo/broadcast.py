"""Zalo's broadcast endpoint: articles to every follower, by day, within the package."""

from __future__ import annotations

from channels.sandbox.zalo.article_book import Article
from channels.sandbox.zalo.broadcast_book import is_at_night
from channels.sandbox.zalo.errors import (
    AT_NIGHT,
    INVALID,
    NOT_A_FOLLOWER,
    OLD_MESSAGES_CLOSED,
    OUT_OF_QUOTA,
    ZaloRefusal,
)
from channels.sandbox.zalo.gate import Call
from channels.sandbox.zalo.oa import ENTERPRISE

_MOST_ARTICLES = 5
# Target key → its highest value; values come as numbers, as lists, or as texts parted by commas.
_TARGETS = {"ages": 7, "gender": 2, "locations": 2, "cities": 63, "platform": 3}


def broadcast(call: Call) -> dict[str, object]:
    """``POST /v2.0/oa/message`` with a target: the identifier of what was accepted, not yet delivered."""
    body = call.body()
    recipient = body.get("recipient")
    if isinstance(recipient, dict) and "user_id" in recipient:
        # Messages to one person are not played here; this is how the two types of account refuse them.
        raise ZaloRefusal(OLD_MESSAGES_CLOSED if call.account.oa_type == ENTERPRISE else NOT_A_FOLLOWER)
    if not isinstance(recipient, dict) or not _is_target(recipient.get("target")) or not call.account.may_broadcast:
        raise ZaloRefusal(INVALID)  # a missing entitlement looks like a wrong parameter
    identifiers = _identifiers(body.get("message"))
    with call.world.lock:
        articles = tuple(_article(call, identifier) for identifier in identifiers)
        if is_at_night(call.world.clock.now()):
            raise ZaloRefusal(AT_NIGHT)
        if call.world.broadcasts.this_month(call.account.oa_id) >= call.account.monthly_broadcasts:
            raise ZaloRefusal(OUT_OF_QUOTA)
        return {"message_id": call.world.broadcasts.accept(call.account.oa_id, articles).id}


def _identifiers(message: object) -> list[object]:
    match message:
        case {
            "attachment": {"type": "template", "payload": {"template_type": "media", "elements": list() as elements}}
        } if 1 <= len(elements) <= _MOST_ARTICLES:
            return [_identifier(element) for element in elements]
    raise ZaloRefusal(INVALID)


def _identifier(element: object) -> object:
    match element:
        case {"media_type": "article", "attachment_id": identifier}:
            return identifier
    raise ZaloRefusal(INVALID)


def _article(call: Call, identifier: object) -> Article:
    article = call.world.articles.find(call.account.oa_id, identifier)
    if not article.shown and not call.world.switches.broadcasts_hidden:
        raise ZaloRefusal(INVALID, "attachment_id is invalid")
    return article


def _is_target(target: object) -> bool:
    """Whether ``target`` is an object of known keys; an empty one means all followers."""
    if not isinstance(target, dict):
        return False
    return all(key in _TARGETS and _are_values(values, _TARGETS[key]) for key, values in target.items())


def _are_values(values: object, highest: int) -> bool:
    parts = values if isinstance(values, list) else str(values).split(",")
    return bool(parts) and all(
        str(part).strip().isascii() and str(part).strip().isdigit() and int(str(part)) <= highest for part in parts
    )
