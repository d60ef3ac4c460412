"""Signatures of Standard Webhooks 1.0.0, with shared secrets (v1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

from channels.answers import Closed
from loa.core.secrets import Secret

_START = "whsec_"
_BYTES = range(24, 65)  # of a key, as the standard asks


def signed_headers(event: str, body: bytes, keys: Sequence[bytes], now: datetime) -> Mapping[str, str]:
    """The three headers: which event, when it was sent (seconds since 1970), one signature for each key.

    ``event`` is the same at each try of the same event, and has no dot, because dots part what is signed.
    """
    if "." in event:
        raise ValueError(f"a dot in the name of an event: {event!r}")
    moment = str(int(now.timestamp()))
    message = f"{event}.{moment}.".encode() + body
    signatures = (base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode() for key in keys)
    return {
        "webhook-id": event,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


def key_in(secret: Secret) -> bytes:
    """The key inside ``whsec_…``. Raises Closed (``webhook.secret``) for anything else."""
    typed = secret.reveal().strip()
    try:
        key = base64.b64decode(typed.removeprefix(_START), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not typed.startswith(_START) or len(key) not in _BYTES:
        raise Closed("webhook.secret")
    return key
