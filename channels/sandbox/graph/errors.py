"""Errors in the Graph API's own form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from channels.sandbox.web import Response, answer

# Codes that do not come with status 400.
_STATUS: Mapping[int, int] = {1: 500, 2: 500, 3: 403, 4: 403, 10: 403, 17: 403, 32: 403, 200: 403}
_TRANSIENT = frozenset({2, 4, 17, 32, 341, 613, 80001})
_OF_TOKENS = frozenset({4, 10, 17, 32, 102, 190, 200, 613, 80001})  # whose header speaks of the token
_MESSAGES: Mapping[int, str] = {
    1: "An unknown error has occurred.",
    2: "An unexpected error has occurred. Please retry your request later.",
    3: "(#3) Application does not have the capability to make this API call.",
    4: "(#4) Application request limit reached",
    10: "(#10) Application does not have permission for this action",
    17: "(#17) User request limit reached",
    32: "(#32) Page request limit reached",
    100: "(#100) Invalid parameter",
    190: "Invalid OAuth access token - Cannot parse access token",
    197: "(#197) The post is empty. Please enter a message to share.",
    200: "(#200) Permissions error",
    324: "(#324) Missing or invalid image file",
    341: "(#341) Feed action request limit reached",
    368: "(#368) The action attempted has been deemed abusive or is otherwise disallowed",
    506: "(#506) Duplicate status message",
    613: "(#613) Calls to this api have exceeded the rate limit.",
    1500: "(#1500) The url you supplied is invalid",
    2500: "An active access token must be used to query information about the current user.",
    80001: "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
    1609005: "(#1609005) There was a problem scraping the link you tried to share.",
}
_BY_SUBCODE: Mapping[tuple[int, int], str] = {
    (190, 458): "Error validating access token: The user has not authorized application.",
    (
        190,
        460,
    ): "Error validating access token: The session has been invalidated because the user changed the password.",
    (190, 463): "Error validating access token: Session has expired.",
    (190, 492): "Error validating access token: The user must be an administrator of the page.",
    (368, 1390008): "(#368) We limit how often you can post, comment or do other things in a given amount of time.",
    (
        100,
        1366046,
    ): "Your photos couldn't be uploaded. Photos should be smaller than 4 MB and saved as JPG, PNG, GIF, TIFF.",
    (100, 1609008): "(#100) Links to facebook.com cannot be shared.",
}
# What a person is told, where the service tells a person anything.
_TOLD: Mapping[tuple[int, int], tuple[str, str]] = {
    (368, 1390008): ("Bạn hiện không thể đăng", "Chúng tôi giới hạn tần suất đăng bài. Bạn có thể thử lại sau."),
    (100, 1366046): ("Không thể tải ảnh lên", "Ảnh phải nhỏ hơn 4 MB và có định dạng JPG, PNG, GIF, TIFF."),
}


class GraphError(Exception):
    """A refusal; nothing was done, unless ``original`` names what was made all the same."""

    def __init__(
        self, code: int, message: str = "", *, subcode: int = 0, kind: str = "OAuthException", original: str = ""
    ) -> None:
        self.code = code
        self.subcode = subcode
        self.kind = kind
        self.original = original
        known = _BY_SUBCODE.get((code, subcode)) or _MESSAGES.get(code) or f"(#{code}) An error has occurred."
        self.message = message or known
        super().__init__(self.message)

    def response(self) -> Response:
        """The envelope, with the HTTP status that goes with the code."""
        title, told = _TOLD.get((self.code, self.subcode), ("", ""))
        error: dict[str, object] = {
            "message": self.message,
            "type": self.kind,
            "code": self.code,
            **({"error_subcode": self.subcode} if self.subcode else {}),
            **({"is_transient": True} if self.code in _TRANSIENT else {}),
            **({"error_user_title": title, "error_user_msg": told} if told else {}),
            **({"original_response": {"id": self.original}} if self.original else {}),
            "fbtrace_id": secrets.token_urlsafe(8),
        }
        status = 200 if self.original else _STATUS.get(self.code, 400)
        why = "invalid_token" if self.code in _OF_TOKENS else "invalid_request"
        header = f'OAuth "Facebook Platform" "{why}" "{self.message}"'.encode("ascii", "replace").decode()
        return answer({"error": error}, status, WWW_Authenticate=header)


def missing(verb: str, name: str) -> GraphError:
    """What is not there, or not for this token; the answer does not tell which."""
    message = (
        f"Unsupported {verb} request. Object with ID '{name}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation."
    )
    return GraphError(100, message, subcode=33, kind="GraphMethodException")
