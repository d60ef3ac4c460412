"""Zalo's OAuth for Official Accounts (version 4): an administrator's consent, and what it is exchanged for."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from channels.answers import OutcomeUnknown
from channels.http import Answer, Door
from channels.zalo.settings import ZaloSettings
from loa.core.secrets import Secret, redacted

_TOLD = 200  # characters of what Zalo says; nobody reads more
_USUAL_LIFE = timedelta(hours=25)  # of an access token, when Zalo does not say
_DEAD_TOKEN = frozenset({-14005, -14014, -14020})  # a code or refresh token that is unknown, used or expired
_SETUP = frozenset({-14002, -14003, -14004, -14018})  # app, redirect address, secret, grant type


class Answered(StrEnum):
    """What the token endpoint said to a request that gave no pair."""

    DEAD = "dead"  # clearly: this code or token will never work
    EMPTY = "empty"  # HTTP 200 and no JSON: how a token that was used before has been seen to be answered
    SETUP = "setup"  # app, secret or redirect address are wrong; the token is untouched


class TokenRefusal(Exception):  # noqa: N818 - Zalo's word; what becomes of the account is decided elsewhere
    """No pair was given. ``text`` is Zalo's own, without secrets."""

    def __init__(self, answered: Answered, code: int = 0, text: str = "") -> None:
        self.answered = answered
        self.code = code
        self.text = text
        super().__init__(f"{answered} {code} {text}")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A fresh access token with the refresh token that works once."""

    access: Secret
    refresh: Secret
    life: timedelta  # of the access token, from now


def new_verifier() -> str:
    """A verifier for one consent: 32 random bytes as base64url without padding (RFC 7636)."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """Its challenge: base64url without padding of its SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def consent_address(settings: ZaloSettings, *, state: str, verifier: str) -> str:
    """The page on which an administrator of the account agrees. An empty ``verifier`` asks for no challenge."""
    fields = {"app_id": settings.app_id, "redirect_uri": settings.callback or ""}
    if verifier:
        fields["code_challenge"] = challenge_of(verifier)
    return f"{settings.oauth}/v4/oa/permission?{urlencode(fields | {'state': state})}"


class OAuth:
    """The token endpoint. What it is sent and what it answers shows nowhere."""

    def __init__(self, settings: ZaloSettings, door: Door) -> None:
        self._settings = settings
        self._door = door

    def exchange(self, code: Secret, verifier: str, *, secret: Secret, now: datetime) -> Pair:
        """The first pair for the code of a consent. Raises as ``refresh``."""
        fields = {"grant_type": "authorization_code", "code": code.reveal()}
        if verifier:
            fields["code_verifier"] = verifier
        return self._ask(fields, secret, code, now=now)

    def refresh(self, token: Secret, *, secret: Secret, now: datetime) -> Pair:
        """The next pair for a refresh token, which is used up by it. Sent once.

        Raises TokenRefusal when Zalo gives none, Unreachable when it was not asked, and OutcomeUnknown when nobody
        knows whether the token was used up.
        """
        return self._ask({"grant_type": "refresh_token", "refresh_token": token.reveal()}, secret, token, now=now)

    def _ask(self, fields: Mapping[str, str], secret: Secret, given: Secret, *, now: datetime) -> Pair:
        answer = self._door.send(
            "POST",
            f"{self._settings.oauth}/v4/oa/access_token",
            now=now,
            timeout=self._settings.timeout,
            headers={"secret_key": secret.reveal()},
            data={"app_id": self._settings.app_id, **fields},
        )
        return _read(answer, secret, given)


def _read(answer: Answer, *known: Secret) -> Pair:
    if answer.status != 200 or not answer.whole:
        raise OutcomeUnknown("zalo.tokens_unanswered")
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        raise TokenRefusal(Answered.EMPTY) from None
    if not isinstance(body, dict):
        raise OutcomeUnknown("zalo.tokens_unanswered")
    if isinstance(code := body.get("error"), int) and code:
        raise _refusal(code, redacted(_words(body), *known)[:_TOLD])
    access, refresh = body.get("access_token"), body.get("refresh_token")
    if not (isinstance(access, str) and access.strip() and isinstance(refresh, str) and refresh.strip()):
        raise OutcomeUnknown("zalo.tokens_unanswered")
    return Pair(access=Secret(access), refresh=Secret(refresh), life=_life(body.get("expires_in")))


def _refusal(code: int, text: str) -> TokenRefusal | OutcomeUnknown:
    if code in _DEAD_TOKEN:
        return TokenRefusal(Answered.DEAD, code, text)
    # The number for a wrong verifier is not known, only its words.
    if code in _SETUP or "verifier" in text.lower():
        return TokenRefusal(Answered.SETUP, code, text)
    return OutcomeUnknown("zalo.tokens_unanswered")


def _words(body: Mapping[str, object]) -> str:
    """What Zalo says; ``error_reason`` is mostly empty, and any of them may be missing."""
    return str(body.get("error_name") or body.get("message") or body.get("error_description") or "")


def _life(told: object) -> timedelta:
    """``expires_in``, which comes as a text or as a number of seconds."""
    typed = str(told)
    return timedelta(seconds=min(int(typed), 10_000_000)) if typed.isascii() and typed.isdecimal() else _USUAL_LIFE
