"""What each refusal of Zalo means for a post: decided by its number, because refusals come with HTTP status 200."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from channels.answers import Blocked, ChannelFailure, Closed, Limited, NotSent, OutcomeUnknown, Rejected

PROCESSING = -214  # “Article is being processed”
MEDIA_FAILED = -200  # of a verify: “Upload media failed”
INVALID = -201
AT_NIGHT = -234
DEAD_TOKENS = frozenset({-216, -220})  # “Access token is invalid”, “access_token is expired or removed”

_NEXT_MINUTE = timedelta(minutes=1)
_NEXT_HOUR = timedelta(hours=1)


class Meaning(StrEnum):
    """What a refusal says of the account or the post: the key of its sentence."""

    RATE = "zalo.rate"
    QUOTA = "zalo.quota"
    NIGHT = "zalo.night"
    TOKEN = "zalo.token"  # noqa: S105 - a kind of refusal
    APP = "zalo.app"
    PRODUCT = "zalo.product"
    RIGHT = "zalo.right"
    PACKAGE = "zalo.package"
    VERIFIED = "zalo.verified"
    KIND = "zalo.kind"  # of account
    PROOF = "zalo.proof"
    ACCOUNT = "zalo.account"
    STANDARDS = "zalo.standards"
    REFUSED = "zalo.refused"
    DOUBT = "zalo.doubt"


# Number → meaning. Each is a refusal before anything was done; a number that is not listed leaves the outcome open.
_MEANINGS: Mapping[int, Meaning] = {
    -32: Meaning.RATE,  # two texts: the limit of the app, or of the account
    INVALID: Meaning.REFUSED,  # the text names the field
    -204: Meaning.ACCOUNT,  # disabled
    -205: Meaning.ACCOUNT,  # does not exist
    -207: Meaning.APP,
    -208: Meaning.APP,
    -209: Meaning.APP,  # not activated; also the answer of a path that no longer exists
    -210: Meaning.REFUSED,  # beyond a limit
    -211: Meaning.QUOTA,
    -212: Meaning.PRODUCT,  # “Official Account API” was not added to the app
    -215: Meaning.APP,
    -216: Meaning.TOKEN,
    -219: Meaning.APP,  # removed or disabled
    -220: Meaning.TOKEN,
    -221: Meaning.VERIFIED,
    -223: Meaning.RIGHT,  # or the quota of articles, as the text says
    -224: Meaning.PACKAGE,
    -233: Meaning.REFUSED,
    AT_NIGHT: Meaning.NIGHT,
    -235: Meaning.KIND,
    -240: Meaning.KIND,
    -242: Meaning.PROOF,
    -248: Meaning.STANDARDS,
}
_CONTENT = {Meaning.STANDARDS, Meaning.REFUSED}
_RIGHTS = {Meaning.RIGHT, Meaning.PACKAGE, Meaning.KIND}  # which may differ between reading and posting
_WAITS: Mapping[Meaning, timedelta] = {Meaning.RATE: _NEXT_MINUTE, Meaning.QUOTA: _NEXT_HOUR}


class ZaloRefusal(Exception):  # noqa: N818 - Zalo's word on one call; what it means for a post is said elsewhere
    """The OpenAPI answered with an error. ``text`` is Zalo's own, without secrets."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code} {text}")

    @property
    def meaning(self) -> Meaning:
        """What it says."""
        meaning = _MEANINGS.get(self.code, Meaning.DOUBT)
        # One number for two things: only the text tells a spent quota from a missing right.
        return Meaning.QUOTA if meaning is Meaning.RIGHT and "quota" in self.text.lower() else meaning

    def failure_of_post(self) -> ChannelFailure:
        """The failure of a post that was refused so: a probe, which only reads, would not see that it is mended."""
        if self.meaning in _RIGHTS:
            return Blocked(str(self.meaning), code=self.code, text=self.text)
        return self.failure()

    def failure(self) -> ChannelFailure:
        """The failure of any other call."""
        meaning, values = self.meaning, {"code": self.code, "text": self.text}
        key = str(meaning)
        if meaning is Meaning.DOUBT:
            return OutcomeUnknown(key, **values)
        if meaning in _CONTENT:
            return Rejected(key, **values)
        if meaning is Meaning.NIGHT:
            return NotSent(key, **values)
        if wait := _WAITS.get(meaning):
            return Limited(key, wait=wait, **values)
        return Closed(key, **values)
