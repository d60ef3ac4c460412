"""Zalo's quota and upload endpoints, which belong to messages and not to articles."""

from __future__ import annotations

import secrets

from channels.sandbox.zalo.broadcast_book import ZONE, month_of
from channels.sandbox.zalo.errors import INVALID, OUT_OF_QUOTA, ZaloRefusal
from channels.sandbox.zalo.gate import Call

_IMAGE_LIMIT = 1024 * 1024  # bytes
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_WRONG_IMAGE = "file allow jpg, png and maximum 1MB"
_ACTIVE_TOTAL = 1000


def upload_image(call: Call) -> dict[str, object]:
    """``POST /v2.0/oa/upload/image``: an ``attachment_id`` for messages; no article takes it as a cover."""
    file = call.request.files().get("file")
    if file is None or not file.content.startswith(_PICTURES) or len(file.content) > _IMAGE_LIMIT:
        raise ZaloRefusal(INVALID, _WRONG_IMAGE)
    with call.world.lock:
        key = f"{call.account.oa_id}/{month_of(call.world.clock.now())}"
        used = call.world.uploads.get(key, 0)
        if used >= call.account.monthly_uploads:
            raise ZaloRefusal(OUT_OF_QUOTA)
        call.world.uploads[key] = used + 1
    return {"attachment_id": secrets.token_urlsafe(60)}


def old_quota(call: Call) -> dict[str, object]:
    """``POST /v2.0/oa/quota/message``: the monthly allowance of messages, or of broadcasts."""
    asked = call.body() if call.request.body else {}
    if asked.get("type") == "promotion":
        remain, total = _broadcasts(call)
        return {"type": "promotion", "remain": remain, "total": total}
    return {"type": "active", "remain": _ACTIVE_TOTAL, "total": _ACTIVE_TOTAL}


def quota(call: Call) -> dict[str, object] | list[dict[str, object]]:
    """``POST /v3.0/oa/quota/message``: one path, two questions."""
    asked = call.body()
    remain, total = _broadcasts(call)
    if isinstance(asked.get("user_id"), str):
        now = call.world.clock.now()
        promotion = {"daily_remain": 1, "daily_total": 1, "monthly_remain": remain, "monthly_total": total}
        return {"last_interaction": str(int(now.timestamp() * 1000)), "promotion": promotion}
    if str(asked.get("quota_owner", "")).upper() not in ("OA", "APP"):
        raise ZaloRefusal(INVALID)
    return [
        {
            "asset_id": call.account.oa_id,
            "product_type": asked.get("product_type", "cs"),
            "quota_type": asked.get("quota_type", "sub_quota"),
            "valid_through": f"{call.world.clock.now().astimezone(ZONE):%d/%m/%Y}",
            "total": total,
            "remain": remain,
        }
    ]


def _broadcasts(call: Call) -> tuple[int, int]:
    with call.world.lock:
        total = call.account.monthly_broadcasts
        return max(total - call.world.broadcasts.this_month(call.account.oa_id), 0), total
