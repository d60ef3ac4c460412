"""What each error of the Graph API means for a post: decided by code and subcode, never by status or wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from channels.answers import Blocked, ChannelFailure, Closed, Limited, NotSent, OutcomeUnknown, Rejected
from channels.facebook.usage import WAIT


class Meaning(StrEnum):
    """What an error says of the post; each is the key of its sentence."""

    LIMITED = "facebook.limited"  # too many calls; nothing was done
    SPAM = "facebook.spam"  # too many posts; nothing was done
    DOUBT = "facebook.doubt"  # an outage, or not known to us: the post may be there
    SAID_BEFORE = "facebook.said_before"  # refused as a repetition: it may be there from an earlier try
    TOKEN = "facebook.token"  # noqa: S105 - a new log-in is needed
    RIGHTS = "facebook.rights"  # a permission or a role is missing
    ACCOUNT = "facebook.account"  # a person must act on facebook.com
    PROOF = "facebook.proof"  # app secret and token do not belong together
    LINK_UNREAD = "facebook.link_unread"  # Facebook could not open the link; nothing was done
    LINK = "facebook.link"  # an address that Facebook does not take
    PICTURE = "facebook.picture"  # a picture that Facebook does not take
    GONE = "facebook.gone"  # no such post, or none for us
    REFUSED = "facebook.refused"  # the content, for another reason


@dataclass(frozen=True, kw_only=True)
class GraphError:
    """An error as the Graph API tells it. The texts are without secrets."""

    code: int
    subcode: int = 0
    message: str = ""  # in English, for developers
    told: str = ""  # for people, where Meta has such words
    is_transient: bool = False
    trace: str = ""  # by which Meta finds the call
    wait: timedelta | None = None  # what the headers ask for

    @property
    def number(self) -> str:
        """``190/463``; without subcode ``190``."""
        return f"{self.code}/{self.subcode}" if self.subcode else str(self.code)


# (code, subcode) → meaning; subcode 0: without one, or with one that has no row of its own. Meta's own words beside it.
_MEANINGS: Mapping[tuple[int, int], Meaning] = {
    (1, 0): Meaning.DOUBT,  # “An unknown error has occurred.” Seen while the post was live
    (2, 0): Meaning.DOUBT,  # “An unexpected error has occurred. Please retry your request later.” Seen likewise
    (3, 0): Meaning.RIGHTS,  # “Application does not have the capability to make this API call.”
    (4, 0): Meaning.LIMITED,  # “Application request limit reached”
    (10, 0): Meaning.RIGHTS,  # “Application does not have permission for this action”; also unused for 90 days
    (17, 0): Meaning.LIMITED,  # “User request limit reached”
    (31, 3858385): Meaning.ACCOUNT,  # an action on the account is pending
    (32, 0): Meaning.LIMITED,  # “Page request limit reached”
    (100, 33): Meaning.GONE,  # “Unsupported get request. Object with ID '…' does not exist …”
    (33, 0): Meaning.GONE,
    (102, 0): Meaning.TOKEN,  # the session is invalid
    (104, 0): Meaning.PROOF,  # a bad signature
    (190, 0): Meaning.TOKEN,  # “Error validating access token: …”
    (190, 459): Meaning.ACCOUNT,  # the person has to pass a check
    (190, 464): Meaning.ACCOUNT,  # the person is not confirmed
    (190, 490): Meaning.ACCOUNT,  # the log-in is blocked
    (190, 492): Meaning.RIGHTS,  # the person has no role on the Page any more: a new token would not help
    (324, 0): Meaning.PICTURE,  # “Missing or invalid image file”
    (341, 0): Meaning.LIMITED,  # “Feed action request limit reached”
    (368, 0): Meaning.ACCOUNT,  # “… deemed abusive or is otherwise disallowed”; repeating lengthens the block
    (368, 1390008): Meaning.SPAM,  # “We limit how often you can post …”
    (459, 0): Meaning.ACCOUNT,
    (464, 0): Meaning.ACCOUNT,
    (506, 0): Meaning.SAID_BEFORE,  # “Duplicate status message”
    (613, 0): Meaning.LIMITED,  # “Calls to this api have exceeded the rate limit.”
    (1500, 0): Meaning.LINK,  # “The url you supplied is invalid”
    (1705, 0): Meaning.RIGHTS,  # called as a person, not as the Page
    (5101, 0): Meaning.PICTURE,  # the file is too large
    (1609005, 0): Meaning.LINK_UNREAD,  # “There was a problem scraping the link …”
    **{(code, 0): Meaning.LIMITED for code in (*range(80000, 80007), 80008, 80009, 80014)},
    **{(code, 0): Meaning.RIGHTS for code in range(200, 300)},  # “Permissions error”, 283 and others
    (200, 2069030): Meaning.REFUSED,  # an endpoint that Pages of the new kind do not have
}
# Subcodes that mean the same with every code.
_SUBCODES: Mapping[int, Meaning] = {
    1346003: Meaning.ACCOUNT,  # judged abusive
    1349125: Meaning.REFUSED,  # invalid format of the content
    1363047: Meaning.DOUBT,  # service unavailable
    1366046: Meaning.PICTURE,  # “Photos should be smaller than 4 MB and saved as JPG, PNG, GIF, TIFF …”
    1366051: Meaning.SAID_BEFORE,  # this picture was posted already
    1404006: Meaning.ACCOUNT,  # a security check
    1404078: Meaning.ACCOUNT,  # the Page must be authorised to publish
    1404102: Meaning.ACCOUNT,  # against the standards
    1404112: Meaning.ACCOUNT,  # the account is limited
    1487390: Meaning.ACCOUNT,
    1609008: Meaning.LINK,  # a link to facebook.com itself
    1609010: Meaning.DOUBT,
    2061006: Meaning.LINK,  # a malformed address
    2069019: Meaning.PICTURE,  # an invalid file
    4854002: Meaning.ACCOUNT,  # the person must confirm who they are
}
_FAILURES: Mapping[Meaning, type[ChannelFailure]] = {
    Meaning.DOUBT: OutcomeUnknown,
    Meaning.SAID_BEFORE: OutcomeUnknown,
    Meaning.TOKEN: Closed,
    Meaning.RIGHTS: Closed,
    Meaning.ACCOUNT: Closed,
    Meaning.PROOF: Closed,
    Meaning.LINK_UNREAD: NotSent,
    Meaning.LINK: Rejected,
    Meaning.PICTURE: Rejected,
    Meaning.GONE: Rejected,
    Meaning.REFUSED: Rejected,
}
# Codes with which posts may be refused while reading works: a probe cannot see that they are mended.
_OF_POSTS = frozenset({3, 10, 368, *range(200, 300)})


def meaning_of(error: GraphError) -> Meaning:
    """What an error means for a post that was to be made."""
    if error.subcode and (row := _MEANINGS.get((error.code, error.subcode)) or _SUBCODES.get(error.subcode)):
        return row
    # Two cases that have no code of their own: what 368 refuses as a repetition, and a proof that is missing or wrong.
    if error.code == 368 and "already posted" in error.message.lower():
        return Meaning.SAID_BEFORE
    if error.code in (1, 100) and "appsecret_proof" in error.message:
        return Meaning.PROOF
    return _MEANINGS.get((error.code, 0)) or (Meaning.DOUBT if error.is_transient else Meaning.REFUSED)


def failure_of_post(error: GraphError) -> ChannelFailure:
    """The failure to raise for an error that came instead of a post."""
    failure = failure_of(error)
    if isinstance(failure, Closed) and error.code in _OF_POSTS:
        return Blocked(failure.reason_key, **failure.values)
    return failure


def failure_of(error: GraphError) -> ChannelFailure:
    """The failure to raise for an error that came instead of any other answer."""
    meaning = meaning_of(error)
    values = {"code": error.number, "told": error.told or error.message, "trace": error.trace}
    if meaning in {Meaning.LIMITED, Meaning.SPAM}:
        wait = error.wait or WAIT
        return Limited(meaning.value, wait=wait, minutes=round(wait / timedelta(minutes=1)), **values)
    return _FAILURES[meaning](meaning.value, **values)
