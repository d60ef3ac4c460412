"""Zalo's tokens: codes of ten minutes, access tokens of a day or so, refresh tokens that work once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.sandbox.zalo.errors import (
    CODE_INVALID,
    REFRESH_INVALID,
    TOKEN_EXPIRED,
    TOKEN_INVALID,
    VERIFIER_INVALID,
    ZaloRefusal,
)
from channels.sandbox.zalo.oa import ZaloSwitches

CODE_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An access token with its refresh token, and for whom they were issued."""

    access: str
    refresh: str
    app_id: str
    oa_id: str
    issued: datetime


@dataclass(frozen=True, kw_only=True)
class _Code:
    app_id: str
    oa_id: str
    challenge: str  # empty: no verifier is asked for
    issued: datetime


class RefreshConsumed(Exception):  # noqa: N818 - a fact about the token; how it is answered is a switch
    """A refresh token that was used before."""


class ZaloTokens:
    """The book of codes and tokens. Its owner holds the lock; ``now`` tells the time in UTC."""

    def __init__(self, now: Callable[[], datetime], switches: ZaloSwitches) -> None:
        self._now = now
        self._switches = switches
        self._codes: dict[str, _Code] = {}
        self._pairs: dict[str, Pair] = {}  # every pair ever issued, by its access token
        self._current: dict[tuple[str, str], Pair] = {}  # by app and account: the only pair that works
        self._consumed: set[str] = set()

    def consent(self, app_id: str, oa_id: str, challenge: str) -> str:
        """The code that a browser carries back after an administrator said yes."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Code(app_id=app_id, oa_id=oa_id, challenge=challenge, issued=self._now())
        return code

    def exchange(self, app_id: str, code: str, verifier: str) -> Pair:
        """The first pair for a code, which works once. Raises ZaloRefusal."""
        known = self._codes.get(code)
        if known is None or known.app_id != app_id or self._now() - known.issued > CODE_LIFE:
            raise ZaloRefusal(CODE_INVALID)
        if known.challenge and challenge_of(verifier) != known.challenge:
            raise ZaloRefusal(VERIFIER_INVALID)
        del self._codes[code]
        return self.issue(app_id, known.oa_id)

    def refresh(self, app_id: str, token: str) -> Pair:
        """The next pair; the old access token dies with it. Raises RefreshConsumed, ZaloRefusal."""
        if token in self._consumed:
            raise RefreshConsumed
        pair = next((pair for pair in self._current.values() if pair.refresh == token), None)
        if pair is None or pair.app_id != app_id or self._now() - pair.issued > REFRESH_LIFE:
            raise ZaloRefusal(REFRESH_INVALID)
        self._consumed.add(token)
        return self.issue(app_id, pair.oa_id)

    def issue(self, app_id: str, oa_id: str) -> Pair:
        """A new pair that replaces the one before: what the console's API explorer gives an administrator by hand."""
        pair = Pair(
            access=secrets.token_urlsafe(60),
            refresh=secrets.token_urlsafe(60),
            app_id=app_id,
            oa_id=oa_id,
            issued=self._now(),
        )
        self.adopt(pair)
        return pair

    def adopt(self, pair: Pair) -> None:
        """Let ``pair`` be the one that works for its app and account, as if Zalo had issued it at its time."""
        self._pairs[pair.access] = pair
        self._current[pair.app_id, pair.oa_id] = pair

    def revoke(self, oa_id: str) -> None:
        """The administrator took the consent back: every token of the account is dead, and none was used."""
        self._current = {key: pair for key, pair in self._current.items() if pair.oa_id != oa_id}

    def holder(self, access: str) -> Pair:
        """The pair that a living access token belongs to. Raises ZaloRefusal."""
        pair = self._pairs.get(access)
        if pair is None:
            raise ZaloRefusal(TOKEN_INVALID)
        living = self._current.get((pair.app_id, pair.oa_id))
        if living is None or living.access != access or self._now() - pair.issued > self._switches.access_life:
            raise ZaloRefusal(TOKEN_EXPIRED)
        return pair

    def issued(self, access: str) -> Pair | None:
        """The pair that an access token was ever part of, dead or alive; None for an unknown one."""
        return self._pairs.get(access)


def challenge_of(verifier: str) -> str:
    """The challenge of a verifier: base64url, without padding, of the SHA-256 of its ASCII letters."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
