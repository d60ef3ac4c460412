"""Signatures of Standard Webhooks 1.0.0."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from channels.sandbox.web import Request

# What the stand-in begins with. It is no secret: it opens nothing outside this computer.
SECRET = "whsec_c2FuZGJveC1wb3J0YWwtc2VjcmV0LTAwMDA="  # noqa: S105 - a stand-in's, printed for everybody
_TOLERANCE = 300  # seconds between the time in the header and ours
_START = "whsec_"


def is_signed(request: Request, secrets: Iterable[str], now: datetime) -> bool:
    """Whether one of the signatures fits the bytes of the body under one of the secrets, and was made just now."""
    name, time = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    if not name or "." in name or not (time.isascii() and time.isdigit()):
        return False
    if abs(now.timestamp() - int(time)) > _TOLERANCE:
        return False
    given = request.headers.get("webhook-signature", "").split(" ")
    message = f"{name}.{time}.".encode() + request.body
    expected = [f"v1,{_signature(secret, message)}" for secret in secrets]
    return any(hmac.compare_digest(one.encode(), other.encode()) for one in given for other in expected)


def _signature(secret: str, message: bytes) -> str:
    """ValueError for a secret that is not ``whsec_`` and base64."""
    try:
        key = base64.b64decode(secret.removeprefix(_START), validate=True)
    except binascii.Error as error:
        raise ValueError("a webhook secret is whsec_ and base64") from error
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
