"""Zalo's refusals: each code with the wording that clients are known to branch on."""

from __future__ import annotations

from collections.abc import Mapping

# Codes of openapi.zalo.me; a refusal comes with HTTP 200 and a message.
RATE_LIMIT = -32
EXPIRED_ATTACHMENT = -100
MEDIA_FAILED = -200
INVALID = -201
ACCOUNT_DISABLED = -204
UNKNOWN_ROUTE = -209
BEYOND_LIMIT = -210
OUT_OF_QUOTA = -211
NOT_REGISTERED = -212
NOT_A_FOLLOWER = -213
PROCESSING = -214
TOKEN_INVALID = -216
TOKEN_EXPIRED = -220
NOT_VERIFIED = -221
NOT_AUTHORISED = -223
PACKAGE_TOO_LOW = -224
AT_NIGHT = -234
OLD_MESSAGES_CLOSED = -240
PROOF_INVALID = -242

# Codes of oauth.zaloapp.com.
APP_INVALID = -14002
CALLBACK_INVALID = -14003
SECRET_INVALID = -14004
CODE_INVALID = -14005
REFRESH_INVALID = -14014
GRANT_TYPE_INVALID = -14018
# The number that Zalo gives to a wrong verifier is not known; clients may branch on the text only.
VERIFIER_INVALID = -14019
REFRESH_USED = -14020

MESSAGES: Mapping[int, str] = {
    RATE_LIMIT: "Application has reached the limit of requests per minute",
    EXPIRED_ATTACHMENT: "Attachment is expired",
    MEDIA_FAILED: "Upload media failed",
    INVALID: "Params is invalid",
    ACCOUNT_DISABLED: "Official Account is disabled",
    UNKNOWN_ROUTE: "API is not support",
    BEYOND_LIMIT: "Param is out of limit",
    OUT_OF_QUOTA: "Out of quota",
    NOT_REGISTERED: "Application has not been registered for this API",
    NOT_A_FOLLOWER: "User has not followed the Official Account",
    PROCESSING: "Article is being processed",
    TOKEN_INVALID: "Access token is invalid",
    TOKEN_EXPIRED: "access_token is expired or removed",
    NOT_VERIFIED: "Official Account has not been verified",
    NOT_AUTHORISED: "Official Account has not authorised the application for this API",
    PACKAGE_TOO_LOW: "Official Account's package does not support this API",
    AT_NIGHT: "Sending is not allowed at night",
    OLD_MESSAGES_CLOSED: "Message API v2 has been shut down",
    PROOF_INVALID: "appsecret_proof is invalid",
}

OAUTH_NAMES: Mapping[int, str] = {
    APP_INVALID: "Invalid app id",
    CALLBACK_INVALID: "Invalid redirect uri",
    SECRET_INVALID: "Invalid secret key",
    CODE_INVALID: "Invalid authorization code",
    REFRESH_INVALID: "Invalid refresh token",
    GRANT_TYPE_INVALID: "Invalid grant type",
    VERIFIER_INVALID: "Invalid code verifier",
    REFRESH_USED: "Refresh token is expired or has been used",
}


class ZaloRefusal(Exception):  # noqa: N818 - named for what Zalo does, and the answer is HTTP 200
    """A request that Zalo refuses. ``text`` replaces the code's usual wording; ``status`` is 200 but for odd paths."""

    def __init__(self, code: int, text: str = "", *, status: int = 200) -> None:
        self.code = code
        self.text = text or MESSAGES.get(code) or OAUTH_NAMES.get(code, "Unknown error")
        self.status = status
        super().__init__(f"{code} {self.text}")


def openapi_error(refusal: ZaloRefusal) -> dict[str, object]:
    """The body of a refusal on openapi.zalo.me."""
    return {"error": refusal.code, "message": refusal.text}


def oauth_error(refusal: ZaloRefusal) -> dict[str, object]:
    """The body of a refusal on oauth.zaloapp.com: another shape, and its reason is empty."""
    return {
        "error": refusal.code,
        "error_name": refusal.text,
        "error_reason": "",
        "error_description": refusal.text,
        "ref_doc": "https://developers.zalo.me/docs/social-api/tham-khao/ma-loi",
    }
