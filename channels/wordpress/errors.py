"""What each refusal of WordPress means for a post: decided by its code and status, never by its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from channels.answers import ChannelFailure, Closed, Limited, OutcomeUnknown, Rejected
from channels.http import Answer


class Meaning(StrEnum):
    """What a refusal says; nothing was written with any of them."""

    LOGIN = "login"  # we are nobody there: wrong password, or the header got lost on its way
    RIGHT = "right"  # the account may not
    NO_REST = "no_rest"  # no such route: the interface is switched off, or the address is another site's
    CONTENT = "content"  # what was sent cannot be taken
    FILE = "file"  # a file that the site does not take: kind, size
    GONE = "gone"  # no such post any more


# Code → meaning; what WordPress itself says of it stands beside it. Messages follow the language of the site.
_MEANINGS: Mapping[str, Meaning] = {
    "rest_not_logged_in": Meaning.LOGIN,  # “You are not currently logged in.”
    "rest_forbidden_status": Meaning.LOGIN,  # “Status is forbidden.”: only for those who may not edit at all
    "incorrect_password": Meaning.LOGIN,  # “The provided password is an invalid application password.”
    "invalid_username": Meaning.LOGIN,  # “Unknown username.”
    "invalid_email": Meaning.LOGIN,  # “Unknown email address.”
    "application_passwords_disabled": Meaning.LOGIN,  # “Application passwords are not available.”
    "application_passwords_disabled_for_user": Meaning.LOGIN,
    "rest_cannot_create": Meaning.RIGHT,  # “… not allowed to create posts as this user.”
    "rest_cannot_publish": Meaning.RIGHT,  # “… not allowed to publish posts in this post type.”
    "rest_cannot_edit": Meaning.RIGHT,  # “… not allowed to edit this post.”
    "rest_cannot_edit_others": Meaning.RIGHT,
    "rest_cannot_delete": Meaning.RIGHT,
    "rest_no_route": Meaning.NO_REST,  # “No route was found matching the URL and request method.”
    "rest_invalid_param": Meaning.CONTENT,  # “Invalid parameter(s): …”
    "rest_invalid_json": Meaning.CONTENT,
    "empty_content": Meaning.CONTENT,  # “Content, title, and excerpt are empty.”
    "rest_post_exists": Meaning.CONTENT,  # “Cannot create existing post.”
    # Permanent although two of them come as 500, and a body over the limit of PHP vanishes before it is read.
    "rest_upload_sideload_error": Meaning.FILE,  # “… not allowed to upload this file type.”
    "rest_upload_unknown_error": Meaning.FILE,  # “The uploaded file exceeds the upload_max_filesize …”
    "rest_upload_no_content_disposition": Meaning.FILE,
    "rest_upload_no_data": Meaning.FILE,
    "rest_upload_file_too_big": Meaning.FILE,
    "rest_post_invalid_id": Meaning.GONE,  # “Invalid post ID.”
    "rest_already_trashed": Meaning.GONE,  # “The post has already been deleted.”
}
_PAUSE = timedelta(minutes=5)  # WordPress itself limits nothing; what stands before it often does not say for how long


class Refusal(Exception):  # noqa: N818 - named for what WordPress does
    """An answer that is no success, without its words: they may repeat what was sent."""

    def __init__(self, answer: Answer, *, to_question: bool = False) -> None:
        """``to_question``: whether nothing was to be changed, so that it says nothing of any post."""
        self.status = answer.status
        self.code = _code_in(answer)  # empty when it did not come from WordPress
        self.wait = answer.retry_after
        self.to_question = to_question
        super().__init__(self.status, self.code)

    @property
    def meaning(self) -> Meaning | None:
        """What it says, when that is known."""
        if self.status == 401:  # whatever its code: others come from plugins, or from the web server
            return Meaning.LOGIN
        if self.status >= 500 and _MEANINGS.get(self.code) is not Meaning.FILE:
            return None
        known = _MEANINGS.get(self.code)
        return Meaning.RIGHT if known is None and self.status == 403 and self.code else known

    def failure(self, name: str = "") -> ChannelFailure:
        """The failure of the contract; ``name`` is that of the file that was sent, if one was."""
        told = {"status": self.status, "code": self.code or self.status}
        failure = self._failure(name, told)
        if self.to_question and isinstance(failure, Rejected):  # the question was refused, and not a post
            return OutcomeUnknown("wordpress.unclear", **told)
        return failure

    def _failure(self, name: str, told: Mapping[str, object]) -> ChannelFailure:
        match self.meaning:
            case Meaning.LOGIN:
                return Closed("wordpress.login")
            case Meaning.RIGHT:
                return Closed("wordpress.right", **told)
            case Meaning.NO_REST:
                return Closed("wordpress.no_rest")
            case Meaning.FILE:
                return Rejected("wordpress.file", name=name, **told)
            case Meaning.CONTENT:
                return Rejected("wordpress.content", **told)
            case Meaning.GONE:
                return Rejected("wordpress.gone")
        if self.status == 413:
            return Rejected("wordpress.file" if name else "wordpress.content", name=name, **told)
        if self.status == 429:
            return Limited("wordpress.limited", wait=self.wait or _PAUSE)
        return OutcomeUnknown("wordpress.moved" if 300 <= self.status < 400 else "wordpress.unclear", **told)


def _code_in(answer: Answer) -> str:
    """The code, or the one inside that says more; only what looks like a code, and no password has an underscore."""
    try:
        value = answer.json()
    except ValueError:
        return ""
    if not isinstance(value, dict):
        return ""
    codes = [*_inner(value), value.get("code")]
    known = [code for code in codes if isinstance(code, str) and re.fullmatch(r"[a-z]{1,30}(_[a-z]{1,30}){1,8}", code)]
    return next((code for code in known if code in _MEANINGS), known[0] if known else "")


def _inner(value: Mapping[str, Any]) -> list[object]:
    """The codes of single parameters."""
    data = value.get("data")
    details = data.get("details") if isinstance(data, dict) else None
    return [one.get("code") for one in details.values() if isinstance(one, dict)] if isinstance(details, dict) else []
