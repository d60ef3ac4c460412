"""Who may call Zalo's OpenAPI: the token, the app, the account and its rights, and how often."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass

from channels.sandbox.web import Request
from channels.sandbox.zalo.errors import (
    ACCOUNT_DISABLED,
    INVALID,
    NOT_AUTHORISED,
    NOT_REGISTERED,
    NOT_VERIFIED,
    PACKAGE_TOO_LOW,
    PROOF_INVALID,
    RATE_LIMIT,
    UNKNOWN_ROUTE,
    ZaloRefusal,
)
from channels.sandbox.zalo.oa import Right, ZaloAccount, ZaloApp
from channels.sandbox.zalo.world import ZaloWorld


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request that was let in."""

    request: Request
    world: ZaloWorld
    app: ZaloApp
    account: ZaloAccount

    def body(self) -> dict[str, object]:
        """The JSON object that was sent. Raises ZaloRefusal."""
        try:
            value = self.request.json()
        except ValueError as error:
            raise ZaloRefusal(INVALID) from error
        if not isinstance(value, dict):
            raise ZaloRefusal(INVALID)
        return value


class Meter:
    """Counts requests: each app has so many a minute for articles, and as many for the rest."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def count(self, world: ZaloWorld, app_id: str, family: str) -> int:
        """Note one request; how many more the minute allows, below zero when it was one too many."""
        minute = f"{world.clock.now():%Y%m%d%H%M}"
        if any(seen != minute for _, _, seen in self._counts):
            self._counts.clear()
        self._counts[app_id, family, minute] += 1
        return world.switches.requests_per_minute - self._counts[app_id, family, minute]


def admit(request: Request, world: ZaloWorld, rights: frozenset[Right]) -> Call:
    """Let a request in that needs ``rights``. Raises ZaloRefusal; only then is nothing counted or changed."""
    access = request.headers.get("access_token", "")
    pair = world.tokens.holder(access)
    app, account = world.apps[pair.app_id], world.accounts[pair.oa_id]
    if not app.active:
        raise ZaloRefusal(UNKNOWN_ROUTE, "Application has not been activated")
    if not app.registered:
        raise ZaloRefusal(NOT_REGISTERED)
    if app.proof_required and not hmac.compare_digest(
        request.headers.get("appsecret_proof", "").encode(), proof(app.secret, access).encode()
    ):
        raise ZaloRefusal(PROOF_INVALID)
    if not account.enabled:
        raise ZaloRefusal(ACCOUNT_DISABLED)
    if not rights <= account.consent:
        raise ZaloRefusal(NOT_AUTHORISED)
    if not account.verified and rights != {Right.INFO}:
        raise ZaloRefusal(NOT_VERIFIED)
    if not rights <= account.package:
        raise ZaloRefusal(PACKAGE_TOO_LOW)
    return Call(request=request, world=world, app=app, account=account)


def check_rate(left: int) -> None:
    """ZaloRefusal when the meter says that this request was one too many."""
    if left < 0:
        raise ZaloRefusal(RATE_LIMIT)


def proof(secret: str, access: str) -> str:
    """``appsecret_proof``: hexadecimal HMAC-SHA256 of the access token under the app's secret."""
    return hmac.new(secret.encode(), access.encode(), hashlib.sha256).hexdigest()
