"""How the account of a Page is: whose token it is, what it may do, when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels.answers import Closed, Health, Limited, NotSent, OutcomeUnknown
from channels.facebook.errors import failure_of
from channels.facebook.graph import Graph, GraphRefusal
from channels.facebook.page import Page
from channels.facebook.versions import runs_out
from loa.core.secrets import Secret

# Without which nothing can be posted and found again.
SCOPES = ("pages_manage_posts", "pages_read_engagement", "pages_show_list")


def probe(page: Page, *, app_id: str | None, now: datetime) -> Health:
    """How the account is. Raises Closed, Limited or NotSent.

    Only an app can ask what a token may do and when it ends; without one it is only seen whether it works.
    """
    try:
        me = page.read("me", {"fields": "id,name"})
        own, name = me.get("id"), me.get("name")
        if not isinstance(own, str) or not isinstance(name, str):
            raise OutcomeUnknown("facebook.unreadable", status=200)
        if own != page.id:
            raise Closed("facebook.other_page", found=own[:40], wanted=page.id)
        expires, warnings = _asked_as_app(page, app_id)
    except OutcomeUnknown as unknown:
        raise NotSent(unknown.reason_key, **unknown.values) from None
    if runs_out(page.graph.version, now.date()):
        warnings = (*warnings, "facebook.version_ends")
    if page.graph.served_version:
        warnings = (*warnings, "facebook.version_replaced")
    offset = page.graph.door.offset
    return Health(
        account=name[:200],
        expires_at=expires,
        server_time=now + offset if offset is not None else None,
        warnings=warnings,
    )


def debug(graph: Graph, token: Secret, *, app_id: str, app_secret: Secret) -> Mapping[str, Any]:
    """What Meta tells an app of ``token``. Raises Closed for one that is not valid, and what ``Graph.call`` raises."""
    own = Secret(f"{app_id}|{app_secret.reveal()}")
    # The token under question stands in the address: Meta has no other place for it, and the door shows no address.
    answer = graph.call("GET", "debug_token", own, {"input_token": token}, app_secret=app_secret)
    data = answer.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("is_valid"), bool):
        raise OutcomeUnknown("facebook.unreadable", status=200)
    if not data["is_valid"]:
        raise Closed("facebook.token", code="190", told="", trace="")
    return data


def expiry(data: Mapping[str, Any]) -> datetime | None:
    """When the token ends; None for never."""
    seconds = data.get("expires_at")
    try:
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def missing_right(data: Mapping[str, Any], page_id: str) -> str:
    """The first permission that the token lacks for this Page; empty when it has all. Raises OutcomeUnknown."""
    scopes, narrowed = data.get("scopes"), data.get("granular_scopes", [])
    if not isinstance(scopes, list) or not isinstance(narrowed, list):
        raise OutcomeUnknown("facebook.unreadable", status=200)
    elsewhere = {entry.get("scope") for entry in narrowed if isinstance(entry, dict) and _is_elsewhere(entry, page_id)}
    granted = {scope for scope in scopes if scope not in elsewhere}
    return next((scope for scope in SCOPES if scope not in granted), "")


def _is_elsewhere(entry: Mapping[str, Any], page_id: str) -> bool:
    """Whether a permission was given for other Pages only; without a list of Pages it is for all."""
    targets = entry.get("target_ids")
    return isinstance(targets, list) and page_id not in targets


def _asked_as_app(page: Page, app_id: str | None) -> tuple[datetime | None, tuple[str, ...]]:
    """When the token ends, and what to warn of. Raises Closed for a token that is not valid or lacks a right."""
    secret = page.app_secret()
    if app_id is None or secret is None:
        return None, ()
    try:
        data = debug(page.graph, page.token(), app_id=app_id, app_secret=secret)
    except GraphRefusal as refusal:
        failure = failure_of(refusal.error)
        if isinstance(failure, Limited | OutcomeUnknown):
            raise failure from None
        # The Page answered with its own token a moment ago: it is the app that is not known or has another secret.
        return None, ("facebook.app_refused",)
    if scope := missing_right(data, page.id):
        raise Closed("facebook.scope", scope=scope)
    return expiry(data), ()
